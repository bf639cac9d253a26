"""What Firefox and WebKit draw by themselves: a drag on Snapshot, and Live on this device."""

from __future__ import annotations

import time
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from tests.browser.conftest import server
from tests.browser.engines.places import (
    ALERT,
    BOOTH_OPTIONS,
    BURST,
    CANVAS,
    CLOSE,
    DEVICE_CANVAS,
    DEVICE_VIDEO,
    DRAWN_HERE,
    FILE,
    ON_DEVICE,
    PIECES,
    PLAYER,
    SERVERS_PICTURE,
    SHUTTER,
    STAGE,
    START,
    STOP,
    TILE,
    Place,
    keyed,
)
from tests.browser.engines.visitor import (
    let_go,
    press,
    quiet,
    sought,
    stack_in_address,
    swing,
    take_hold,
    told,
    until,
    upload,
    wait_for,
)
from tests.engines.firefox import firefox_on_screen
from tests.engines.webkit import webkit
from tests.engines.window import Window
from tests.pictures import encoded, pixels_of
from tests.scene import landscape
from tests.shader_page import differences

BROWSERS: dict[str, Callable[[Path], AbstractContextManager[Window]]] = {
    "firefox": firefox_on_screen,
    "webkit": webkit,
}

PHOTO = landscape(540, 960)
STACK = Pipeline((EFFECTS["exposure"].step(stops=0.5), EFFECTS["sepia"].step(amount=0.7), EFFECTS["swirl"].step()))

PATIENT = """() => {
  const now = performance.now.bind(performance), begun = now();
  performance.now = () => begun + (now() - begun) / 1000;
}"""
"""A machine that others work on draws more slowly than a visitor's; whether it is too slow is measured elsewhere."""

COUNT_MESSAGES = """() => {
  const send = WebSocket.prototype.send;
  window.messages = 0;
  WebSocket.prototype.send = function (message) {
    window.messages += 1;
    return send.call(this, message);
  };
}"""

PIXELS = "canvas => canvas.toDataURL('image/png')"
SHOWN = """picture => {
  const sides = { width: picture.naturalWidth, height: picture.naturalHeight };
  const canvas = Object.assign(document.createElement("canvas"), sides);
  canvas.getContext("2d").drawImage(picture, 0, 0);
  return canvas.toDataURL("image/png");
}"""

PROVEN = 3.0  # s in which a browser that can draw has proven it

# Drawn by software, it takes the whole machine.
pytestmark = [pytest.mark.deep, pytest.mark.alone]


@pytest.fixture(params=BROWSERS)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    """A window of each browser, on a screen: without one Firefox has no WebGL."""
    with BROWSERS[request.param](tmp_path) as opened:
        yield opened


def drawn(window: Window) -> int:
    """How many pictures the stage has drawn."""
    return int(told(window, STAGE, "stage => stage.dataset.frames") or 0)


def picture(window: Window, where: Place, function: str = PIXELS) -> Image:
    """The pixels of a canvas or a picture, once they stand still."""
    seen = [""]

    def still() -> str | None:
        time.sleep(0.3)
        seen.append(told(window, where, function) or "")
        return seen[-1] if seen[-1] == seen[-2] else None

    return pixels_of(b64decode(until(still, f"{where} at rest").partition(",")[2]))


def is_of(image: Image, stack: Pipeline) -> bool:
    """Whether it is the library's result, but for a level."""
    return bool(differences(image, stack.apply(Photo(PHOTO)).image).mean() <= 1)


def test_a_drag_is_drawn_at_once_with_nothing_sent_and_the_server_agrees(
    window: Window, address: str, tmp_path: Path
) -> None:
    (tmp_path / "view.png").write_bytes(encoded(PHOTO))
    window.open(f"{address}/?recipe={STACK.to_link()}")
    wait_for(window, STAGE)
    quiet(window)
    window.ask(PATIENT)
    upload(window, FILE, tmp_path / "view.png")
    until(lambda: told(window, SERVERS_PICTURE, f"shown => shown.naturalWidth === {PHOTO.shape[1]}"), "the photo")
    wait_for(window, DRAWN_HERE)
    window.ask(COUNT_MESSAGES)
    stops, before = keyed("c1-stops", "input[type=range]"), drawn(window)
    x, y = take_hold(window, stops)
    swing(window, x, y, 25, 60)
    moved = picture(window, CANVAS)
    assert drawn(window) - before >= 10
    assert window.ask("() => window.messages") == 0
    value = round(float(sought(window, stops, "value")), 4)
    assert value > 0.5
    wanted = Pipeline((EFFECTS["exposure"].step(stops=value), *STACK.steps[1:]))
    assert is_of(moved, wanted)
    let_go(window)
    until(lambda: not sought(window, CANVAS, "count"), "the server's picture")
    assert window.ask("() => window.messages") > 0
    assert until(lambda: stack_in_address(window) == wanted, "the stack in the address")
    assert differences(picture(window, SERVERS_PICTURE, SHOWN), moved).mean() <= 1


def test_firefox_that_keeps_pixels_from_pages_leaves_it_to_the_server(tmp_path: Path, address: str) -> None:
    (tmp_path / "view.png").write_bytes(encoded(PHOTO))
    with firefox_on_screen(tmp_path, {"privacy.resistFingerprinting": True}) as window:
        window.open(f"{address}/?recipe={STACK.to_link()}")
        wait_for(window, STAGE)
        quiet(window)
        window.ask(PATIENT)
        upload(window, FILE, tmp_path / "view.png")
        until(lambda: told(window, SERVERS_PICTURE, f"shown => shown.naturalWidth === {PHOTO.shape[1]}"), "the photo")
        quiet(window)
        time.sleep(PROVEN)
        x, y = take_hold(window, keyed("c1-stops", "input[type=range]"))
        swing(window, x, y, 25, 20)
        assert not sought(window, CANVAS, "count")
        assert told(window, STAGE, "stage => stage.dataset.instant") == "server"
        before = told(window, SERVERS_PICTURE, "shown => shown.src")
        let_go(window)
        until(lambda: told(window, SERVERS_PICTURE, "shown => shown.src") != before, "the server's picture")
        assert not sought(window, ALERT, "count")


@pytest.fixture(scope="module")
def live_here() -> Iterator[str]:
    """The address of Live on a server that leaves it to the visitor's device."""
    with server(EMULSION_LIVE_WAY="device") as started:
        yield started.address + "/live"


def test_live_in_firefox_that_keeps_pixels_from_pages_is_the_servers(tmp_path: Path, live_here: str) -> None:
    with firefox_on_screen(tmp_path, {"privacy.resistFingerprinting": True}) as window:
        window.open(live_here)
        wait_for(window, PLAYER)
        until(lambda: not sought(window, ON_DEVICE, "count"), "the other way gone")
        assert not sought(window, ALERT, "count")


def test_live_is_drawn_on_this_device_and_the_booth_takes_a_strip(window: Window, live_here: str) -> None:
    window.open(f"{live_here}?recipe={Pipeline((EFFECTS['grayscale'].step(),)).to_link()}")
    wait_for(window, ON_DEVICE)
    quiet(window)
    press(window, START)
    wait_for(window, SHUTTER)
    until(lambda: grey_of_video(window) is not None, "the camera without its colours")
    seen = grey_of_video(window)
    assert seen is not None
    assert seen.std() > 5, "the camera shows something"
    press(window, BOOTH_OPTIONS)
    press(window, BURST)
    press(window, BOOTH_OPTIONS)
    press(window, SHUTTER)
    wait_for(window, TILE)
    wait_for(window, SHUTTER)
    press(window, TILE)
    assert until(lambda: sought(window, PIECES, "count"), "the photos") == 5, "four photos and their strip"
    press(window, CLOSE)
    told(window, DEVICE_VIDEO, "video => Object.assign(window, { track: video.srcObject.getTracks()[0] }) && true")
    assert window.ask("() => track.readyState") == "live"
    press(window, STOP)
    until(lambda: window.ask("() => track.readyState") == "ended", "the camera's end")


def grey_of_video(window: Window) -> Image | None:
    """What is drawn of the camera now, once that is grey."""
    seen = pixels_of(b64decode(str(told(window, DEVICE_CANVAS, PIXELS)).partition(",")[2]))
    return seen[..., 0] if np.ptp(seen, axis=-1).max() <= 1 else None
