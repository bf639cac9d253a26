"""Every way a photo comes in opens it as the uploader does; by AppTest, with a real server for what is fetched."""

from __future__ import annotations

import ssl
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from pages.components.photo import photo_url
from pages.components.photo.web_photo import Reach, fetch
from tests.pictures import encoded, photograph
from tests.test_pages import bench_of, opened
from tests.unforeseen import unforeseen
from tests.web_server import certificate, web_server

pytestmark = pytest.mark.slow

HOST = "photos.example"
PHOTO = encoded(photograph(60, 90), "JPEG")


def ask(app: AppTest, address: str) -> list[str]:
    """Fetch from an address; what is told of it."""
    app.text_input(key="photo_url").set_value(address)
    app.button(key="fetch_photo").click().run()
    assert not unforeseen(app)
    return [str(error.value) for error in app.error]


def test_a_photo_from_an_address_is_opened_and_what_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    contents = {"/lake.jpg": PHOTO, "/page.html": b"<!doctype html><p>no picture</p>"}

    def answer(connection: ssl.SSLSocket, path: str) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\n\r\n" + contents[path])

    app = opened()
    for refused, word in (
        ("http://photos.example/lake.jpg", "begin with https:"),
        ("https://127.0.0.1/lake.jpg", "private network"),
        ("https://169.254.169.254/latest/meta-data/", "private network"),
    ):
        (told,) = ask(app, refused)
        assert word in told
    assert bench_of(app).photo is None

    pem = certificate(HOST, tmp_path)
    with web_server(pem, answer) as place:
        reach = Reach(lambda _host: [place], lambda _address: True, ssl.create_default_context(cafile=pem))
        monkeypatch.setattr(photo_url, "fetch", lambda address: fetch(address, reach))
        assert ask(app, f"https://{HOST}/lake.jpg") == []
        photo = bench_of(app).photo
        assert photo is not None
        assert (photo.name, photo.data, photo.is_own) == ("lake.jpg", PHOTO, True)
        (told,) = ask(app, f"https://{HOST}/page.html")
        assert told.startswith("page.html: This is a web page")
        assert bench_of(app).photo is photo
        app.selectbox(key="add_effect").set_value("sepia").run()
        assert not app.error, "one goes on with the photo that is there"
        app.run()
        assert bench_of(app).address_asked == ""


def test_what_a_script_hands_over_is_one_s_own_photo_and_no_sample() -> None:
    app = opened()
    app.segmented_control(key="source").set_value("Sample").run()
    app.file_uploader(key="intake").upload("pasted.png", PHOTO, "image/png").run()
    assert not unforeseen(app)
    photo = bench_of(app).photo
    assert photo is not None
    assert (photo.name, photo.is_own) == ("pasted.png", True)
    assert app.segmented_control(key="source").value == "Upload"
    app.file_uploader(key="intake").upload("notes.txt", b"no picture", "text/plain").run()
    assert [str(error.value)[:11] for error in app.error] == ["notes.txt: "]
    assert bench_of(app).photo is photo
