"""A photo fetched from an address: what comes, and what never does; against a real server by TLS."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from pages.components.photo.web_photo import (
    MAX_BYTES,
    Place,
    Reach,
    WebPhotoError,
    fetch,
    name_in_address,
    read_address,
)
from tests.web_server import certificate, web_server

HOST = "photos.example"
PICTURE = bytes(range(256)) * 300


def head(status: str, *lines: str) -> bytes:
    return "".join(f"{line}\r\n" for line in (f"HTTP/1.1 {status}", *lines, "")).encode("latin-1")


def whole(content: bytes, *lines: str) -> bytes:
    return head("200 OK", f"Content-Length: {len(content)}", *lines) + content


def onward(address: str) -> bytes:
    return head("302 Found", f"Location: {address}", "Content-Length: 0")


def in_pieces(content: bytes) -> bytes:
    parts = [content[at : at + 999] for at in range(0, len(content), 999)]
    return head("200 OK", "Transfer-Encoding: chunked") + b"".join(
        f"{len(part):x}\r\n".encode() + part + b"\r\n" for part in (*parts, b"")
    )


ANSWERS = {
    "/photo.jpg": whole(PICTURE),
    "/a%20b/f%C3%A4rg.jpg?s=1": whole(PICTURE),
    "/": whole(PICTURE),
    "/pieces.jpg": in_pieces(PICTURE),
    "/until-the-end.jpg": head("200 OK") + PICTURE,
    "/most.jpg": whole(bytes(MAX_BYTES)),
    "/too-large.jpg": head("200 OK", f"Content-Length: {MAX_BYTES + 1}"),
    "/too-large-unsaid.jpg": head("200 OK") + bytes(MAX_BYTES + 1),
    "/packed.jpg": whole(PICTURE, "Content-Encoding: gzip"),
    "/plain.jpg": whole(PICTURE, "Content-Encoding: identity"),
    "/broken-off.jpg": head("200 OK", f"Content-Length: {len(PICTURE) + 1}") + PICTURE,
    "/missing.jpg": head("404 Nothing <b>here</b>", "Content-Length: 0"),
    "/teapot.jpg": head("799 Strange", "Content-Length: 0"),
    "/no-http.jpg": b"SSH-2.0-OpenSSH\r\n\r\n",
    "/1.jpg": onward("/2.jpg"),
    "/2.jpg": onward(f"https://{HOST}/3.jpg"),
    "/3.jpg": onward("photo.jpg"),
    "/4.jpg": onward("1.jpg"),
    "/round.jpg": onward("/round.jpg"),
    "/to-private.jpg": onward("https://inside.example/secret.jpg"),
    "/to-metadata.jpg": onward("https://169.254.169.254/latest/meta-data/"),
    "/to-http.jpg": onward(f"http://{HOST}/photo.jpg"),
    "/to-nothing.jpg": onward("https://["),
    "/to-letters.jpg": onward("/a b/f\u00c3\u00a4rg.jpg?s=1"),  # UTF-8, as it looks in Latin-1
}


@dataclass
class Web:
    """What is around a fetch: a server for the public host, and what was asked of the resolver and of the server."""

    reach: Reach
    pem: Path
    resolved: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(HOST, tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def web(pem: Path) -> Iterator[Web]:
    """The public host at 127.0.0.1, a private one beside it at 127.0.0.2; only the first may be asked."""

    def answer(connection: ssl.SSLSocket, path: str) -> None:
        found.asked.append(path)
        connection.sendall(ANSWERS[path])

    with web_server(pem, answer) as place:

        def places(host: str) -> list[Place]:
            found.resolved.append(host)
            if host == HOST:
                return [place]
            if host == "both.example":
                return [place, ("127.0.0.2", place[1])]
            if host == "inside.example":
                return [("127.0.0.2", place[1])]
            return [info[4] for info in socket.getaddrinfo(host, 443, flags=socket.AI_NUMERICHOST)]

        certificates = ssl.create_default_context(cafile=pem)
        found = Web(Reach(places, lambda address: address == "127.0.0.1", certificates, seconds=30), pem)
        yield found


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/photo.jpg", "photo.jpg"),
        ("/photo.jpg#part", "photo.jpg"),
        ("/a b/f\u00e4rg.jpg?s=1", "f\u00e4rg.jpg"),
        ("/a%20b/f%C3%A4rg.jpg?s=1", "f\u00e4rg.jpg"),
        ("/pieces.jpg", "pieces.jpg"),
        ("/until-the-end.jpg", "until-the-end.jpg"),
        ("/plain.jpg", "plain.jpg"),
        ("/to-letters.jpg", "f\u00e4rg.jpg"),
        ("/1.jpg", "photo.jpg"),
        ("", HOST),
        (":443/", HOST),
    ],
)
def test_a_file_comes_whole_under_the_name_that_its_address_gives_it(web: Web, path: str, name: str) -> None:
    photo = fetch(f" https://{HOST}{path} ", web.reach)
    assert (photo.name, photo.data) == (name, PICTURE)


def test_a_file_of_ten_megabytes_comes_and_one_byte_more_does_not(web: Web) -> None:
    assert len(fetch(f"https://{HOST}/most.jpg", web.reach).data) == 10 * 2**20
    for path in ("too-large", "too-large-unsaid"):
        with pytest.raises(WebPhotoError, match="larger than 10 MB"):
            fetch(f"https://{HOST}/{path}.jpg", web.reach)


@pytest.mark.parametrize(
    ("path", "word"),
    [
        ("packed", r"packs its answer \(gzip\)"),
        ("broken-off", "broke off before"),
        ("missing", r"answered 404 \(Not Found\)\.$"),
        ("teapot", r"answered 799\.$"),
        ("no-http", "no answer of a web server"),
        ("4", "3 times are followed"),
        ("round", "3 times are followed"),
        ("to-http", "begins with http:"),
        ("to-nothing", "could not be reached|no web address"),
    ],
)
def test_an_answer_that_is_no_file_is_told_in_a_sentence(web: Web, path: str, word: str) -> None:
    with pytest.raises(WebPhotoError, match=word) as told:
        fetch(f"https://{HOST}/{path}.jpg", web.reach)
    assert len(str(told.value)) <= 400


@pytest.mark.parametrize("path", ["to-private", "to-metadata"])
def test_no_redirect_leads_to_a_private_address(web: Web, path: str) -> None:
    with pytest.raises(WebPhotoError, match="private network"):
        fetch(f"https://{HOST}/{path}.jpg", web.reach)
    assert web.asked == [f"/{path}.jpg"]


def test_a_host_with_one_private_address_among_others_is_not_asked(web: Web) -> None:
    with pytest.raises(WebPhotoError, match="private network"):
        fetch("https://both.example/photo.jpg", web.reach)
    assert web.asked == []


def test_the_connection_goes_to_the_address_that_was_looked_at(web: Web) -> None:
    """A resolver that says another address when it is asked again (DNS rebinding)."""
    changing, steady = [], web.reach.places

    def rebinding(host: str) -> list[Place]:
        changing.append(host)
        return steady(host if len(changing) == 1 else "inside.example")

    assert fetch(f"https://{HOST}/photo.jpg", replace(web.reach, places=rebinding)).data == PICTURE
    assert changing == [HOST]
    with pytest.raises(WebPhotoError, match="private network"):  # a redirect is looked up, and looked at, anew
        fetch(f"https://{HOST}/1.jpg", replace(web.reach, places=rebinding))


@pytest.mark.parametrize(
    "written",
    [
        "localhost",
        "127.0.0.1",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "[::]",
        "0",
    ],
)
def test_this_very_machine_is_not_asked_however_it_is_written(written: str) -> None:
    with pytest.raises(WebPhotoError, match=r"private network|no server called"):
        fetch(f"https://{written}/photo.jpg")


@pytest.mark.parametrize(
    ("address", "word"),
    [
        ("http://photos.example/a.jpg", "begins with http:"),
        ("file:///etc/passwd", "begins with file:"),
        ("ftp://photos.example/a.jpg", "begins with ftp:"),
        ("javascript:alert(1)", "begins with javascript:"),
        ("photos.example/a.jpg", "this one does not"),
        ("", "this one does not"),
        ("https://", "no server"),
        ("https:///a.jpg", "no server"),
        ("https://photos.example:8443/a.jpg", "port 8443"),
        ("https://photos.example:0/a.jpg", "port 0"),
        ("https://photos.example:x/a.jpg", "no web address"),
        ("https://[::1/a.jpg", "no web address"),
        ("https://me:secret@photos.example/a.jpg", "name or password"),
        ("https://@photos.example/a.jpg", "name or password"),
        ("https://photos.example\\@inside.example/a.jpg", "name or password"),
        ("https://photos example/a.jpg", "no server"),
        ("https://photos.example\\a/b.jpg", "no server"),
        (f"https://photos.example/{'a' * 2000}", "2023 letters"),
    ],
)
def test_an_address_that_is_not_asked_is_told_in_a_sentence(address: str, word: str) -> None:
    with pytest.raises(WebPhotoError, match=word):
        read_address(address)


def test_a_server_without_the_host_s_certificate_is_not_believed(web: Web, pem: Path) -> None:
    found = web.reach.places(HOST)
    ours, everybody_s = ssl.create_default_context(cafile=pem), ssl.create_default_context()
    for name, trusted in (("other.example", ours), (HOST, everybody_s)):
        reach = Reach(lambda _host: found, web.reach.is_allowed, trusted)
        with pytest.raises(WebPhotoError, match="certificate"):
            fetch(f"https://{name}/photo.jpg", reach)
    assert web.asked == []


def test_a_name_that_nobody_has_and_a_place_where_nobody_answers_are_told(web: Web) -> None:
    def nobody(_host: str) -> list[Place]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(WebPhotoError, match="no server called"):
        fetch(f"https://{HOST}/photo.jpg", replace(web.reach, places=nobody))
    with socket.create_server(("127.0.0.1", 0)) as closed:
        place = closed.getsockname()
    with pytest.raises(WebPhotoError, match="could not be reached"):
        fetch(f"https://{HOST}/photo.jpg", replace(web.reach, places=lambda _host: [place]))
    found = web.reach.places(HOST)
    photo = fetch(f"https://{HOST}/photo.jpg", replace(web.reach, places=lambda _host: [place, *found]))
    assert photo.data == PICTURE
    for impossible in ("https://.example/a.jpg", f"https://{'a' * 64}.example/a.jpg", "https://\u2024\u2024/a.jpg"):
        with pytest.raises(WebPhotoError):
            fetch(impossible, web.reach)


DRIPS = 60  # of 50 ms: a good answer comes in six times as long as there is


def drip(connection: ssl.SSLSocket, pieces: Iterable[bytes]) -> None:
    for piece in pieces:
        connection.sendall(piece)
        time.sleep(0.05)


def drip_head(connection: ssl.SSLSocket, _path: str) -> None:
    answer = whole(b"photo", f"X-Long: {'x' * DRIPS}")
    drip(connection, (answer[at : at + 2] for at in range(0, len(answer), 2)))


def drip_body(connection: ssl.SSLSocket, _path: str) -> None:
    connection.sendall(head("200 OK"))
    drip(connection, [b"J"] * DRIPS)


def go_on_for_long(connection: ssl.SSLSocket, _path: str) -> None:
    drip(connection, [head("100 Continue")] * DRIPS)
    connection.sendall(whole(b"photo"))


def say_nothing(_connection: ssl.SSLSocket, _path: str) -> None:
    time.sleep(2)


@pytest.mark.slow
@pytest.mark.parametrize("answer", [drip_head, drip_body, go_on_for_long, say_nothing])
def test_a_server_that_drips_has_no_more_time_than_another(
    pem: Path, answer: Callable[[ssl.SSLSocket, str], None]
) -> None:
    with web_server(pem, answer) as place:
        reach = Reach(lambda _host: [place], lambda _address: True, ssl.create_default_context(cafile=pem), 0.5)
        began = time.monotonic()
        with pytest.raises(WebPhotoError, match=r"0\.5 s to come"):
            fetch(f"https://{HOST}/photo.jpg", reach)
    assert time.monotonic() - began >= 0.5


def test_a_resolver_and_a_handshake_that_hang_are_not_waited_for() -> None:
    def slow(_host: str) -> list[Place]:
        time.sleep(2)
        return []  # which would be told in other words

    with socket.create_server(("127.0.0.1", 0)) as silent:
        for places in (slow, lambda _host: [silent.getsockname()]):
            with pytest.raises(WebPhotoError, match=r"0\.2 s to come"):
                fetch(f"https://{HOST}/photo.jpg", Reach(places, lambda _address: True, seconds=0.2))


def test_no_proxy_of_the_machine_is_asked(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.2:9")
    assert fetch(f"https://{HOST}/photo.jpg", web.reach).data == PICTURE


def test_a_name_of_a_file_has_no_folders_no_signs_that_cannot_be_seen_and_an_end() -> None:
    for path, name in (
        ("/a/b.jpg", "b.jpg"),
        ("/a/b.jpg/", "b.jpg"),
        ("/a%2F..%2Fb.jpg", "b.jpg"),
        ("/a%5Cb.jpg", "b.jpg"),
        ("/a%00%0Ab%E2%80%AE.jpg", "ab.jpg"),
        ("/%00", HOST),
        (f"/{'a' * 200}.jpg", f"{'a' * 96}.jpg"),
    ):
        assert name_in_address(read_address(f"https://{HOST}{path}")) == name
