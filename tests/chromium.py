"""Chromium as a reference: what CSS makes of a picture, photographed off the screen."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import numpy as np
from PIL import Image as PILImage
from playwright.sync_api import Page, sync_playwright

from effects.image import Image
from tests.pictures import written
from tests.tools import chromium


@contextmanager
def opened_page(graphics: Sequence[str] = ("--disable-gpu",)) -> Iterator[Page]:
    """An empty page, one pixel of it a pixel of the screen, in sRGB; `graphics` are arguments of Chromium's."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--force-color-profile=srgb", *graphics]
        browser = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        page = browser.new_page(viewport={"width": 1000, "height": 700}, device_scale_factor=1)
        yield page
        browser.close()


def address(image: Image) -> str:
    """The picture as a `data:` address."""
    return "data:image/png;base64," + base64.b64encode(written(image, "PNG", compress_level=1)).decode()


def photographed(page: Page, image: Image, style: str, body: str = "<figure></figure>") -> Image:
    """The picture as the background of a `figure` of its size, under the given style sheet."""
    height, width = image.shape[:2]
    page.set_content(
        f"<style>body {{ margin: 0 }} figure {{ margin: 0; position: relative; isolation: isolate; "
        f"width: {width}px; height: {height}px; background: url({address(image)}) }} {style}</style>{body}"
    )
    photo = page.locator("figure").screenshot(type="png")
    return np.asarray(PILImage.open(io.BytesIO(photo)).convert("RGB"))
