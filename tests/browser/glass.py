"""Live in the browser's hands: start and stop the player, and measure it from glass to glass."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from playwright.sync_api import Frame, Page, expect

BAR_CAMERA = Path(__file__).with_name("bar_camera.js").read_text(encoding="utf-8")


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
    player(page).wait_for_function("() => { const v = document.querySelector('video'); return v && v.videoWidth > 0 && "
                                   "v.currentTime > 0; }", timeout=seconds * 1000)


def measure(page: Page, seconds: float) -> Glass:
    """Watch the bar code that comes back for some seconds."""
    seen = player(page).evaluate(f"glass.read({seconds * 1000})")
    ages = np.array(seen["ages"] or [np.inf])
    p50, p95 = np.percentile(ages, [50, 95])
    return Glass(len(seen["ages"]) / seen["seconds"], float(p50), float(p95), seen["width"], seen["height"])


def live_tracks(page: Page, holder: str = "glass") -> int:
    """Camera tracks that are still on, in the player's frame."""
    return int(player(page).evaluate(f"{holder}.tracks.filter((track) => track.readyState === 'live').length"))


def setting(page: Page, key: str, option: str) -> None:
    """Choose an option of a control on the page."""
    page.locator(f".st-key-{key}").get_by_text(option, exact=True).click()
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)
