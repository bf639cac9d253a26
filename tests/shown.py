"""Chromium as an independent decoder of files: how the browser itself shows a picture file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

DRAW = Path(__file__).with_name("shown.js").read_text(encoding="utf-8")


def shown(page: Page, file: bytes) -> npt.NDArray[np.uint8] | None:
    """The file as Chromium draws it, H x W x 4, straight alpha (rounded by the canvas); None where it refuses."""
    drawn: Any = page.evaluate(DRAW, base64.b64encode(file).decode())
    if drawn is None:
        return None
    width, height, pixels = drawn
    return np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 4)
