"""Recordings in a real Chromium: the colours that were recorded are the colours that are played."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from effects.image import Image
from tests.patches import chart, off
from tests.pictures import pixels_of
from tests.recordings import recorded

PLAY = Path(__file__).with_name("play.js").read_text(encoding="utf-8")


def played(browser: Browser, kind: str, data: bytes) -> Image:
    """A frame as Chromium shows it, read back from a canvas."""
    page = browser.new_page()
    png = page.evaluate(PLAY, [kind, base64.b64encode(data).decode()])
    page.close()
    return pixels_of(base64.b64decode(png))


@pytest.mark.parametrize(("height", "width"), [(480, 640), (720, 1280), (1280, 720), (719, 1279), (37, 51), (36, 50)])
def test_a_recording_plays_with_the_colours_it_was_made_of(browser: Browser, height: int, width: int) -> None:
    data = recorded("MP4", ((chart(height, width), number / 10) for number in range(6)))
    seen = played(browser, "video/mp4", data)
    assert seen.shape == (height - height % 2, width - width % 2, 3)
    assert off(seen) <= 4


def test_a_gif_plays_with_the_colours_it_was_made_of(browser: Browser) -> None:
    data = recorded("GIF", ((chart(720, 1280), number / 10) for number in range(4)))
    assert off(played(browser, "image/gif", data)) <= 4
