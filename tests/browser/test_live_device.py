"""Live on this device, in a real browser: nothing is sent, the photo is the library's, and the camera goes off."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from effects import EFFECTS, Pipeline
from tests.browser.glass import asked, live_tracks, person, wait_until_off
from tests.browser.hands import download, keyed, quiet
from tests.pictures import pixels_of

pytestmark = pytest.mark.video

OFF = 3.0  # s within which the camera has to be off, on a busy machine
WORDS = 50_000  # bytes to the server that clicks and sliders are, and no picture is


def link(*names: str) -> str:
    return Pipeline(tuple(EFFECTS[name].step() for name in names)).to_link()


@contextmanager
def on_device(
    browser: Browser, address: str, *names: str, scripts: tuple[str, ...] = (), **wishes: object
) -> Iterator[Page]:
    """A person who has chosen that this device computes these effects."""
    with person(browser, f"{address}/live?recipe={link(*names)}", *scripts, **wishes) as page:
        keyed(page, "live_way").get_by_text("On this device", exact=True).click()
        expect(root(page)).to_have_attribute("data-instant", "gpu")
        quiet(page)
        yield page


def root(page: Page) -> Locator:
    return keyed(page, "device").locator(".live")


def press(page: Page, name: str) -> None:
    root(page).locator(f".{name}").click()


def frames(page: Page) -> int:
    return int(root(page).get_attribute("data-frames") or 0)


def wait_for_frames(page: Page, count: int) -> None:
    before = frames(page)
    for _ in range(300):
        if frames(page) >= before + count:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{frames(page) - before} frames in 30 s")


def colours(page: Page) -> np.ndarray:
    """The mean red, green and blue of the canvas."""
    return np.array(
        root(page)
        .locator("canvas")
        .evaluate("""canvas => {
            const pen = Object.assign(document.createElement("canvas"), { width: 16, height: 12 }).getContext("2d");
            pen.drawImage(canvas, 0, 0, 16, 12);
            const pixels = pen.getImageData(0, 0, 16, 12).data;
            return [0, 1, 2].map(at => pixels.reduce((sum, value, n) => sum + (n % 4 === at ? value : 0), 0) / 192);
        }""")
    )


def sent_by(page: Page) -> list[int]:
    """How many bytes each message and each upload to the server has, from now on."""
    sizes: list[int] = []
    inspector = page.context.new_cdp_session(page)
    inspector.on(
        "Network.webSocketFrameSent", lambda event: sizes.append(len(b64decode(event["response"]["payloadData"])))
    )
    inspector.send("Network.enable")
    page.on("request", lambda request: sizes.append(len(request.post_data_buffer or b"")))
    return sizes


def shot(page: Page) -> bytes:
    """A photo, as Save gives it."""
    before = root(page).locator(".tile img").count() and root(page).locator(".tile img").get_attribute("src")
    press(page, "shutter")
    expect(root(page).get_by_role("status").first).to_have_text("Photo taken")
    expect(root(page).locator(".tile img")).not_to_have_attribute("src", str(before))
    press(page, "tile")
    with page.expect_download() as coming:
        press(page, "save")
    return Path(coming.value.path()).read_bytes()


def test_on_this_device_nothing_is_sent_and_the_photo_is_the_librarys(browser: Browser, address: str) -> None:
    with on_device(browser, address, "exposure", "sepia", "trails") as page:
        expect(page.get_by_text("Trails can be computed on the server only")).to_be_visible()
        expect(page.get_by_text("Left out on this device: only")).to_have_count(1)
        assert (asked(page), page.evaluate("ledger.peers.length")) == (0, 0)
        sent = sent_by(page)
        press(page, "start")
        wait_for_frames(page, 5)
        assert live_tracks(page) == 1
        photo = pixels_of(shot(page))
        assert photo.shape == (480, 640, 3)
        press(page, "close")
        press(page, "stop")
        wait_until_off(page, OFF)
        assert page.evaluate("ledger.peers.length") == 0
        assert sum(sent) < WORDS

        press(page, "start")
        wait_for_frames(page, 3)
        press(page, "tile")
        press(page, "edit")  # now the camera's own picture goes up, and only that
        expect(page.get_by_role("heading", name="Snapshot")).to_be_visible()
        wait_until_off(page, OFF)
        assert sum(sent) > WORDS
        expect(keyed(page, "toolbar")).to_contain_text("emulsion-photo")
        quiet(page)
        made = pixels_of(download(page)[0])
        assert np.abs(made.astype(int) - photo.astype(int)).max() <= 2
