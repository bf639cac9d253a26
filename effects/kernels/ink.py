"""Drawing with one ink on one paper: what is dark and light on the sheet, and the colours of both."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image, to_uint8
from effects.kernels.gradient import rgb
from effects.memory.bands import each_band

Sheet = npt.NDArray[np.uint8]
"""uint8, h x w: one value a pixel."""

DeepSheet = npt.NDArray[np.uint16]
"""The same in 16 bits, on the scale v * 257."""


def gray(image: Image) -> Sheet:
    """The picture in greys, by OpenCV's luma (Rec. 601)."""
    return cv2.cvtColor(image, cv2.COLOR_RGB2GRAY).reshape(image.shape[:2])


def grey_picture(sheet: Sheet) -> Image:
    """The sheet as a picture in greys."""
    return cv2.cvtColor(sheet, cv2.COLOR_GRAY2RGB).reshape(*sheet.shape, 3)


def ink_on_paper(coverage: Sheet, ink: str, paper: str) -> Image:
    """Ink where the coverage is 255, paper where it is 0, and the mixture of both between; swatches."""
    share = np.linspace(0, 1, 256)[:, None]
    colors = to_uint8(rgb(paper) + share * (rgb(ink) - rgb(paper)))
    return cv2.applyColorMap(coverage, colors[:, None]).reshape(*coverage.shape, 3)


def to_sixteen_bits(sheet: Sheet) -> DeepSheet:
    """The sheet in 16 bits, for what 8 would not keep apart."""
    return np.multiply(sheet, np.uint16(257), dtype=np.uint16)


def dodge(sheet: Sheet | DeepSheet, soft: Sheet | DeepSheet) -> Sheet:
    """The sheet dodged by the negative of `soft`: sheet / soft, white where that is above 1; black stays black.

    Both are of the same depth. Source: color-dodge of W3C Compositing and Blending Level 1.
    """
    out = np.empty(sheet.shape, np.uint8)

    def work(rows: slice) -> None:
        cv2.divide(sheet[rows], soft[rows], dst=out[rows], scale=255, dtype=cv2.CV_8U)
        lit = (soft[rows] == 0) & (sheet[rows] > 0)
        out[rows][lit] = 255

    each_band(work, *sheet.shape, bytes_per_pixel=8)
    return out
