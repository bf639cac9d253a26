"""Two people at one server: neither's photo, nor its name, comes to the other, to the log or to the disk."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PILImage
from playwright.sync_api import BrowserContext, Response, expect

from effects import EFFECTS
from tests.browser.conftest import Launch, server
from tests.browser.hands import add_effect, download, keyed, quiet, upload
from tests.pictures import encoded

pytestmark = pytest.mark.deep

FAR = 60  # levels of 255 that a picture's mean is from another's
MARKUP = "<img src=x onerror=document.title=1>"  # as a part of a file's name


def coloured(red: int, green: int, blue: int, seed: int) -> bytes:
    """A photo all of one colour, but for noise that no other file has."""
    noise = np.random.default_rng(seed).integers(-20, 20, (240, 320, 3))
    return encoded((np.array([red, green, blue]) + noise).clip(0, 255).astype(np.uint8))


class Received:
    """All that comes to a person's browser."""

    def __init__(self, person: BrowserContext) -> None:
        self.texts: list[bytes] = []
        self.answers: list[Response] = []
        person.on("response", self._note)
        person.on("page", lambda page: page.on("websocket", lambda socket: socket.on("framereceived", self._keep)))

    def _note(self, answer: Response) -> None:
        self.answers.append(answer)

    def _keep(self, frame: str | bytes) -> None:
        self.texts.append(frame if isinstance(frame, bytes) else frame.encode())

    def everything(self) -> list[bytes]:
        """What came, whole, with the addresses of what was fetched."""
        found = [*self.texts]
        for answer in self.answers:
            found.append(answer.url.encode())
            if answer.ok and answer.request.method == "GET" and answer.status == 200:
                found.append(answer.body())
        return found


def mean_of(data: bytes) -> tuple[float, ...] | None:
    """The mean colour of a picture's file; None for what is none."""
    try:
        return tuple(np.asarray(PILImage.open(BytesIO(data)).convert("RGB")).reshape(-1, 3).mean(axis=0))
    except OSError:
        return None


def test_what_one_person_brings_comes_to_nobody_else(launch: Launch, tmp_path: Path) -> None:
    files = {"ann": coloured(230, 30, 200, 1), "ben": coloured(30, 60, 210, 2)}  # neither is the other's negative
    names = {who: f"{who}-diary-7c1e" for who in files}
    received: dict[str, Received] = {}
    saved: dict[str, bytes] = {}
    log_file, disk = tmp_path / "log", tmp_path / "tmp"
    disk.mkdir()
    with log_file.open("wb") as log, server(log=log, TMPDIR=str(disk), EMULSION_EVENTS="all") as started:
        browser = launch()
        for who, data in files.items():
            person = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 800})
            received[who] = Received(person)
            page = person.new_page()
            page.goto(started.address)
            page.wait_for_selector("h1")
            upload(page, data, f"{names[who]}{MARKUP}.png")
            add_effect(page, EFFECTS["sepia"].title)
            quiet(page)
            saved[who], _ = download(page, "PNG")
            expect(keyed(page, "file")).to_contain_text(names[who])
            assert page.title() != "1"
            assert page.locator("img[onerror]").count() == 0, "a name became HTML"
        came = {who: each.everything() for who, each in received.items()}
        written = b"".join(path.read_bytes() for path in disk.rglob("*") if path.is_file())
        told = log_file.read_bytes()
    for who, other in (("ann", "ben"), ("ben", "ann")):
        marks = [names[who].encode(), files[who][400:432], saved[who][400:432]]
        assert any(marks[0] in part for part in came[who]), "the mark can be found where it belongs"
        assert not [part[:80] for part in came[other] for mark in marks if mark in part]
        assert not [mark for mark in marks if mark in told or mark in written]
        mine, colours = mean_of(files[who]), [mean for part in came[other] if (mean := mean_of(part))]
        assert mine is not None
        assert colours
        assert all(np.abs(np.subtract(mine, colour)).max() > FAR for colour in colours)
    assert b'"event": "job"' in told
