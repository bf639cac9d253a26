"""What Pillow's decoders read: opening one format only, and its modes as samples and alpha."""

from __future__ import annotations

import io

import cv2
import numpy as np
from PIL import Image as PILImage

from effects.codec.formats import FORMATS
from effects.codec.limits import check_size, refuse
from effects.codec.raster import Model, Raster, Samples, from_arrays
from effects.image import Alpha

MODELS: dict[str, Model] = {"L": "grey", "RGB": "rgb", "CMYK": "cmyk"}

PLAIN_MODES: dict[str, str] = {
    "1": "L",
    "YCbCr": "RGB",
    "PA": "RGBA",
    "La": "LA",
    "RGBa": "RGBA",
    "RGBX": "RGB",
    "HSV": "RGB",
}
"""Modes that Pillow turns into one of ours without loss."""


def open_picture(data: bytes, name: str, limited: bool = True) -> PILImage.Image:
    """The picture in `data`, its header read and nothing decoded; no other plugin than this format's is asked.

    Without that list an EPS file would start Ghostscript. `limited` checks the size, for all that is a picture.
    """
    plugin = FORMATS[name].plugin
    if plugin is None:
        raise ValueError(f"{name} is not opened by Pillow")
    picture = PILImage.open(io.BytesIO(data), formats=(plugin,))
    if limited:
        check_size(*picture.size)
    return picture


def raster_of(picture: PILImage.Image) -> Raster:
    """The samples of a picture that `open_picture` gave; decodes it."""
    picture.load()
    mode = picture.mode
    mode = PLAIN_MODES.get(mode, mode)
    if "transparency" in picture.info:
        mode = {"L": "LA", "RGB": "RGBA", "P": "RGBA"}.get(mode, mode)
    elif mode == "P":
        mode = "RGB"
    if mode.startswith("I;16"):
        return from_arrays(np.asarray(picture).astype(np.uint16)[..., None], None, "grey")
    base = {"LA": "L", "RGBA": "RGB"}.get(mode, mode)
    if base not in MODELS:
        refuse(f"This {picture.format} picture keeps its pixels as {mode}, which cannot be shown.")

    def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
        is_whole = (top, bottom) == (0, picture.height)
        band = picture if is_whole else picture.crop((0, top, picture.width, bottom))
        pixels = np.asarray(band if band.mode == mode else band.convert(mode))
        if mode == "LA":
            return pixels[..., :1], pixels[..., 1]
        if mode == "RGBA":
            return cv2.cvtColor(pixels, cv2.COLOR_RGBA2RGB), pixels[..., 3]
        return pixels.reshape(bottom - top, picture.width, -1), None

    return Raster(picture.width, picture.height, MODELS[base], rows)


def embedded_bytes(picture: PILImage.Image, key: str) -> bytes | None:
    """Bytes that a plugin found beside the pixels (`icc_profile`, `exif`, `xmp`), or None."""
    found = picture.info.get(key)
    return found if isinstance(found, bytes) and found else None
