"""What browsers keep comes compressed once, the same for everyone, and nothing else is touched."""

from __future__ import annotations

import gzip

import pytest
from starlette.applications import Starlette
from starlette.types import Message, Receive, Scope, Send

from pages.components.page_script import component_scripts, served_script
from pages.shell.assets import SANS, STREAMLIT, Assets, takes_gzip
from tests.straight import ROUTES, SCRIPT, SCRIPT_AT, STYLE, WORDS, asked, served, through


def test_a_script_comes_compressed_to_who_takes_it_and_is_the_same() -> None:
    answer = asked(SCRIPT_AT, accept_encoding="gzip, deflate, br, zstd")

    assert gzip.decompress(answer.body) == SCRIPT.read_bytes()
    assert len(answer.body) < 0.35 * SCRIPT.stat().st_size
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-length"] == str(len(answer.body))
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["vary"] == "Accept-Encoding"
    assert "immutable" in answer.headers["cache-control"]


def test_a_components_script_comes_once_and_is_kept() -> None:
    for name, entry in component_scripts().items():
        answer = asked(f"/static/shell/{name}", accept_encoding="gzip")
        assert gzip.decompress(answer.body).decode() == served_script(entry)
        assert "immutable" in answer.headers["cache-control"]


@pytest.mark.parametrize("accepted", ["", "identity", "br", "gzip;q=0", "gzip; q=0.0, *", "*;q=0"])
def test_a_script_comes_plain_to_who_does_not_take_gzip(accepted: str) -> None:
    answer = asked(SCRIPT_AT, accept_encoding=accepted)

    assert answer.body == SCRIPT.read_bytes()
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    ("accepted", "takes"),
    [
        ("gzip", True),
        ("GZip", True),
        ("br;q=1, gzip;q=0.5", True),
        ("*", True),
        ("br, *;q=0.1", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0, *;q=1", False),
        ("deflate", False),
        ("", False),
        ("xgzip", False),
    ],
)
def test_what_a_browser_accepts_is_read_by_weight(accepted: str, takes: bool) -> None:
    assert takes_gzip(accepted) is takes


def test_plain_and_compressed_are_two_versions_and_each_is_known_again() -> None:
    plain, small = asked(SCRIPT_AT), asked(SCRIPT_AT, accept_encoding="gzip")
    assert plain.headers["etag"] != small.headers["etag"]

    again = asked(SCRIPT_AT, accept_encoding="gzip", if_none_match=f'"x", W/{small.headers["etag"]}')
    assert (again.status, again.body, again.headers["vary"]) == (304, b"", "Accept-Encoding")
    assert asked(SCRIPT_AT, accept_encoding="gzip", if_none_match=plain.headers["etag"]).status == 200
    assert asked(SCRIPT_AT, if_none_match=plain.headers["etag"]).status == 304


def test_a_question_for_the_head_has_the_length_and_no_body() -> None:
    whole = asked(SCRIPT_AT, accept_encoding="gzip")
    head = asked(SCRIPT_AT, "HEAD", accept_encoding="gzip")
    assert (head.body, head.headers["content-length"]) == (b"", whole.headers["content-length"])
    assert asked("/", "HEAD").body == b""


def test_a_part_of_a_script_is_a_part_of_what_is_plain() -> None:
    part = asked(SCRIPT_AT, accept_encoding="gzip", range="bytes=10-19")
    assert (part.status, part.body) == (206, SCRIPT.read_bytes()[10:20])
    assert part.headers["content-range"] == f"bytes 10-19/{SCRIPT.stat().st_size}"
    assert "content-encoding" not in part.headers


def test_a_script_is_compressed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    app, compress, sizes = served(), gzip.compress, []

    def counted(data: bytes, level: int, *, mtime: float) -> bytes:
        sizes.append(len(data))
        return compress(data, level, mtime=mtime)

    monkeypatch.setattr(gzip, "compress", counted)
    for _ in range(3):
        asked(SCRIPT_AT, app=app, accept_encoding="gzip")
    assert sizes == [SCRIPT.stat().st_size]


@pytest.mark.parametrize("path", ["/letter", "/film"])
def test_what_is_somebodys_own_or_a_film_is_sent_as_it_was(path: str) -> None:
    inner = asked(path, app=Starlette(routes=ROUTES), accept_encoding="gzip")
    answer = asked(path, accept_encoding="gzip")
    assert answer == inner
    assert "content-encoding" not in answer.headers


def test_an_upload_arrives() -> None:
    assert asked("/upload", "PUT", body=b"x" * 70_000, accept_encoding="gzip").body == b"70000"


def test_a_socket_is_handed_on() -> None:
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "websocket.connect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {
        "type": "websocket",
        "path": "/stream",
        "raw_path": b"/stream",
        "query_string": b"",
        "headers": [],
        "root_path": "",
        "scheme": "ws",
        "subprotocols": [],
    }
    through(served(), scope, receive, send)
    assert [message["type"] for message in sent] == ["websocket.accept", "websocket.close"]


@pytest.mark.parametrize(
    "path",
    [
        "/static/js/../../index.html",
        "/static/js/nothing.js",
        "/static",
        "/other/static/js/x.js",
        "/statics",
        f"/static/css/{SCRIPT.name}",
    ],
)
def test_what_is_no_asset_is_answered_by_streamlit(path: str) -> None:
    """Which answers by its page or a refusal, never by a file from elsewhere."""
    answer = asked(path)
    assert answer.status in (400, 404) or WORDS in answer.text


def test_a_picture_of_streamlits_is_not_compressed() -> None:
    picture = next((STREAMLIT / "static/media").glob("*.png"))
    answer = asked(f"/static/media/{picture.name}", accept_encoding="gzip")
    assert answer.body == picture.read_bytes()
    assert "content-encoding" not in answer.headers


def test_a_font_is_kept_for_good_and_sent_as_it_is() -> None:
    answer = asked(f"/static/{SANS.name}", accept_encoding="gzip")
    assert answer.body[:4] == b"wOF2"
    assert answer.headers["content-type"] == "font/woff2"
    assert "immutable" in answer.headers["cache-control"]
    assert "content-encoding" not in answer.headers


def test_streamlits_style_comes_without_its_font_of_all_signs() -> None:
    assert "MaterialSymbols" in STYLE.read_text(encoding="utf-8")
    text = asked(f"/static/css/{STYLE.name}", accept_encoding="gzip").text
    assert "MaterialSymbols" not in text
    assert "SourceSansVF-Upright" in text


@pytest.mark.parametrize("path", [SCRIPT_AT, "/live"])
def test_it_works_where_the_app_is_mounted_under_an_address_of_its_own(path: str) -> None:
    app = served("/photos")
    answer = asked("/photos" + path, app=app, accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"


def test_it_works_under_a_base_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("streamlit.get_option", {"server.baseUrlPath": "/photos/"}.get)

    async def nobody(scope: Scope, receive: Receive, send: Send) -> None:
        raise AssertionError("handed on")

    assert asked("/photos" + SCRIPT_AT, app=Assets(nobody), accept_encoding="gzip").status == 200
