"""Outlines: where a picture changes, as lines that are equally thick and equally many at every size."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Floats, Image
from effects.kernels.enlarging import reduce_to
from effects.kernels.gaussian import gaussian
from effects.kernels.glow import screen_pictures
from effects.kernels.ink import Sheet, gray
from effects.kernels.lookups import LookUp
from effects.kernels.surroundings import Surroundings
from effects.memory.bands import each_band

REFERENCE = 1000
"""The shorter side in pixels at which sizes and thresholds mean what OpenCV means by them."""

MAX_ENLARGEMENT = 4.0
"""By how much a small picture is enlarged at most before its outlines are looked for."""

SOFTEN = 2.2
"""Standard deviation, in pixels of the reference size, of the blur under which slopes are measured."""

SOBEL = 0.42
"""The variance, in squared pixels, of the blur that Sobel's kernels are by themselves."""

BRIGHT = 8.0
"""A slope of 1 / `BRIGHT` of the range in one pixel of the reference size is drawn at full light."""


def canny(image: Image, low: float, high: float, radius: float, thickness: float) -> Sheet:
    """The outlines that cv2.Canny finds after a blur (255 on 0), h x w.

    Thresholds are shares of 255, the blur's standard deviation and the thickness of the shorter side.

    They are looked for at a shorter side of 1000 pixels, whatever the picture's own, so that a small copy has the
    outlines of the large one. Source: Canny, 1986.
    """
    height, width = image.shape[:2]
    share = min(REFERENCE / min(height, width), MAX_ENLARGEMENT)
    sheet = reduce_to(gray(image), REFERENCE)
    if share > 1:
        sheet = cv2.resize(sheet, (round(width * share), round(height * share)), interpolation=cv2.INTER_CUBIC)
    lines = cv2.Canny(gaussian(sheet, radius * min(sheet.shape)), low * 255, high * 255)
    stroke = max(1, round(thickness * REFERENCE))
    if stroke > 1:
        lines = cv2.dilate(lines, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (stroke, stroke)))
    return resize_lines(lines, height, width, stroke)


def resize_lines(lines: Sheet, height: int, width: int, stroke: int) -> Sheet:
    """Lines of 0 and 255, `stroke` pixels thick, at another size: grey where it is smaller, smooth where larger."""
    if lines.shape == (height, width):
        return lines
    if height * width < lines.size:
        return cv2.resize(lines, (width, height), interpolation=cv2.INTER_AREA).reshape(height, width)
    large = cv2.resize(cv2.GaussianBlur(lines, (0, 0), 0.7), (width, height), interpolation=cv2.INTER_LINEAR)
    # Steep enough that an edge is about a pixel wide again. A slanting line of one pixel is faint once it is blurred.
    middle = 0.28 if stroke == 1 else 0.42
    ramp = np.clip((np.arange(256) / 255 - middle) * 2 * height / lines.shape[0] + 0.5, 0, 1)
    return LookUp(np.rint(255 * ramp).astype(np.uint8))(large)


def slopes(image: Image, amount: float) -> Image:
    """How steep each channel is at each place, 0..255 times `amount`: the length of the Sobel gradient.

    Measured after a slight blur, and per length of the picture's side, so that a small copy has the same lines.
    Source: Sobel; scaled as in scikit-image's `filters.sobel`, times `BRIGHT`, at a shorter side of 1000 pixels.
    """
    small = reduce_to(image, REFERENCE)
    share = min(small.shape[:2]) / REFERENCE
    soft = gaussian(small, max((SOFTEN * share) ** 2 - SOBEL, 0) ** 0.5)
    out, height = np.empty_like(small), small.shape[0]

    def work(rows: slice) -> None:
        top, bottom = max(0, rows.start - 1), min(height, rows.stop + 1)
        inner = slice(rows.start - top, rows.stop - top)
        across, down = (
            cv2.Sobel(soft[top:bottom], cv2.CV_16S, *axes, borderType=cv2.BORDER_REFLECT)
            .reshape(bottom - top, *small.shape[1:])[inner]
            .astype(np.float32)
            for axes in ((1, 0), (0, 1))
        )
        # Sobel's kernels sum to 4 on either side; scikit-image takes the root of the mean square of both directions.
        length = cv2.magnitude(across, down, across)
        out[rows] = cv2.convertScaleAbs(length, alpha=amount * BRIGHT * share / 4 / 2**0.5).reshape(out[rows].shape)

    each_band(work, *small.shape[:2], bytes_per_pixel=45)
    if small is image:
        return out
    return cv2.resize(out, image.shape[1::-1], interpolation=cv2.INTER_LINEAR).reshape(image.shape)


def steepness(colors: Floats, around: Surroundings) -> Floats:
    """What `slopes` measures, for floats 0..1 and an amount of 1."""
    share = np.minimum(around.frame.short, REFERENCE) / REFERENCE
    blur = np.sqrt(np.maximum((SOFTEN * share) ** 2 - SOBEL, 0)) / (share * REFERENCE)
    soft, pixel = around.gaussian(colors, blur), 2 / (share * REFERENCE)

    def beside(x: int, y: int) -> Floats:
        return around.at(soft, around.points + np.stack([x * pixel, y * pixel]))

    across = beside(1, -1) + 2 * beside(1, 0) + beside(1, 1) - beside(-1, -1) - 2 * beside(-1, 0) - beside(-1, 1)
    down = beside(-1, 1) + 2 * beside(0, 1) + beside(1, 1) - beside(-1, -1) - 2 * beside(0, -1) - beside(1, -1)
    return np.sqrt(across**2 + down**2) * (BRIGHT * share / 4 / 2**0.5)


def add_glow(lines: Image, glow: float, radius: float) -> Image:
    """Lines with their own light around them, `radius` pixels wide."""
    around = cv2.convertScaleAbs(gaussian(lines, radius), alpha=2 * glow).reshape(lines.shape)
    return screen_pictures(lines, around)
