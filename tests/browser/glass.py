"""Live in the browser's hands: start and stop the player, and measure it from glass to glass."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Frame, Page, expect

from tests.browser.hands import until

BAR_CAMERA = Path(__file__).with_name("bar_camera.js").read_text(encoding="utf-8")

LEDGER = Path(__file__).with_name("ledger.js").read_text(encoding="utf-8")


@contextmanager
def person(browser: Browser, address: str, *scripts: str, **wishes: Any) -> Iterator[Page]:
    """A new person's page at /live; gone, with the camera, when the test is."""
    context = browser.new_context(accept_downloads=True, **{"viewport": {"width": 1280, "height": 900}, **wishes})
    for script in (*scripts, LEDGER):
        context.add_init_script(script)
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("h1", timeout=60_000)
    try:
        yield page
    finally:
        context.close()


@dataclass(frozen=True)
class Glass:
    """Frames a second that differ, their age on the screen in ms, and the size that came back."""

    fps: float
    p50: float
    p95: float
    width: int
    height: int

    def __str__(self) -> str:
        return f"{self.width} x {self.height}  {self.fps:5.1f} fps  p50 {self.p50:4.0f} ms  p95 {self.p95:4.0f} ms"


def player(page: Page) -> Frame:
    """The frame that the player lives in."""
    page.wait_for_selector(".st-key-live iframe", timeout=30_000)
    element = page.query_selector(".st-key-live iframe")
    frame = element.content_frame() if element else None
    assert frame is not None
    return frame


def start(page: Page) -> None:
    player(page).get_by_role("button", name="Start").click(timeout=30_000)


def stop(page: Page) -> None:
    player(page).get_by_role("button", name="Stop").click()


def wait_for_video(page: Page, seconds: float = 30) -> None:
    """Until a picture has come back from the server."""
    until(
        page,
        """() => [...document.querySelectorAll("iframe")].some((frame) => {
            const video = frame.contentDocument?.querySelector("video");
            return video?.videoWidth > 0 && video.currentTime > 0;
        })""",
        seconds=seconds,
    )


def measure(page: Page, seconds: float) -> Glass:
    """Watch the bar code that comes back for some seconds."""
    return glass_of(player(page).evaluate(f"glass.read({seconds * 1000})"))


def measure_on_device(page: Page, seconds: float) -> Glass:
    """The same of what this device draws."""
    canvas = page.locator(".st-key-device canvas")
    return glass_of(canvas.evaluate("(canvas, ms) => glass.look(canvas, ms)", seconds * 1000))


def glass_of(seen: dict[str, Any]) -> Glass:
    """What a script has seen, in figures."""
    p50, p95 = np.percentile(seen["ages"], [50, 95]) if seen["ages"] else (np.inf, np.inf)
    return Glass(len(seen["ages"]) / seen["seconds"], float(p50), float(p95), seen["width"], seen["height"])


def live_tracks(page: Page) -> int:
    """Camera tracks that are still on, of all that were ever given to this person's pages."""
    return int(page.evaluate("ledger.tracks.filter((track) => track.readyState === 'live').length"))


def asked(page: Page) -> int:
    """How often the camera was asked for."""
    return int(page.evaluate("window.ledger ? ledger.asked : 0"))


def wait_until_off(page: Page, seconds: float) -> None:
    """Until every track has ended; fails if one is still live after so many seconds."""
    until(
        page,
        "ledger.tracks.length > 0 && ledger.tracks.every((track) => track.readyState === 'ended')",
        seconds=seconds,
    )


def colour(page: Page) -> list[float]:
    """The mean red, green and blue of what the player shows."""
    return list(
        player(page).evaluate("""() => {
      const video = document.querySelector("video"), canvas = document.createElement("canvas");
      canvas.width = 16; canvas.height = 12;
      const pen = canvas.getContext("2d");
      pen.drawImage(video, 0, 0, 16, 12);
      const pixels = pen.getImageData(0, 0, 16, 12).data, sum = [0, 0, 0];
      pixels.forEach((value, n) => { if (n % 4 < 3) sum[n % 4] += value; });
      return sum.map((total) => total / (16 * 12));
    }""")
    )


def setting(page: Page, key: str, option: str) -> None:
    """Choose an option of a control on the page."""
    page.locator(f".st-key-{key}").get_by_text(option, exact=True).click()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
