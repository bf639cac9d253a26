"""Chromium as an independent decoder of files: how the browser itself shows a picture file."""

from __future__ import annotations

import base64
from typing import Any

import numpy as np
import numpy.typing as npt
from playwright.sync_api import Page

DRAW = """async (file) => {
  const bytes = Uint8Array.from(atob(file), c => c.charCodeAt(0));
  const url = URL.createObjectURL(new Blob([bytes]));
  const picture = new Image();
  picture.src = url;
  try { await picture.decode(); } catch { return null; } finally { URL.revokeObjectURL(url); }
  const canvas = document.createElement("canvas");
  canvas.width = picture.naturalWidth;
  canvas.height = picture.naturalHeight;
  const pen = canvas.getContext("2d", {colorSpace: "srgb", willReadFrequently: true});
  pen.drawImage(picture, 0, 0);
  const pixels = pen.getImageData(0, 0, canvas.width, canvas.height).data;
  let text = "";
  for (let at = 0; at < pixels.length; at += 32768) {
    text += String.fromCharCode(...pixels.subarray(at, at + 32768));
  }
  return [canvas.width, canvas.height, btoa(text)];
}"""


def shown(page: Page, file: bytes) -> npt.NDArray[np.uint8] | None:
    """The file as Chromium draws it, H x W x 4, straight alpha (rounded by the canvas); None where it refuses."""
    drawn: Any = page.evaluate(DRAW, base64.b64encode(file).decode())
    if drawn is None:
        return None
    width, height, pixels = drawn
    return np.frombuffer(base64.b64decode(pixels), np.uint8).reshape(height, width, 4)
