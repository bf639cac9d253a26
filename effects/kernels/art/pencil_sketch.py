"""Pencil: hatching that follows the picture."""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import PREVIEW_SIDE, Image
from effects.kernels.enlarging import enlarge_rows, reduce_to
from effects.kernels.gaussian import gaussian
from effects.kernels.ink import dodge, gray, grey_picture
from effects.memory.bands import each_band

MAX_PENCIL_SIDE = 720
"""The shorter side in pixels at which is drawn: a stroke is as wide as one of these, on every picture.

No more than a preview has. What only the large picture shows would make its paper darker there than in the preview.
"""

DODGE_LIFT = 16.0
"""Levels added before dodging: what is nearly black is an even surface, and its noise no lines."""


def draw_pencil(image: Image, radius: float, threshold: float, shade: float, *, colored: bool) -> Image:
    """cv2.pencilSketch with sigma_s = `radius` * the shorter side, sigma_r = `threshold`, shade_factor = `shade`.

    Drawn at a shorter side of at most 720 pixels, by way of a preview's 1280; on a smaller picture with `shade` larger
    in proportion, since OpenCV counts pixels. Larger pictures get it enlarged, with their own finest lines drawn over
    it by dodging.
    Source: Gastal and Oliveira, Domain Transform, 2011, as in OpenCV's photo module.
    """
    small = reduce_to(as_preview(image), MAX_PENCIL_SIDE)
    short = min(small.shape[:2])
    if short < 2:
        return grey_picture(gray(image))
    # OpenCV takes blue for the first channel, and its colours are laid under the pencil by their luma.
    grays, colors = cv2.pencilSketch(
        cv2.cvtColor(small, cv2.COLOR_RGB2BGR),
        sigma_s=max(radius * short, 0.1),
        sigma_r=threshold,
        shade_factor=shade * MAX_PENCIL_SIDE / short,
    )
    sketch = cv2.cvtColor(colors, cv2.COLOR_BGR2RGB) if colored else grey_picture(grays)
    return sketch if small is image else enlarge_sketch(image, sketch)


def as_preview(image: Image) -> Image:
    """The picture as a preview has it: what shrinking smooths, the noise between neighbours, would make strokes, too.

    Averaged in one go, since a second one would smooth more.
    """
    share = PREVIEW_SIDE / max(image.shape[:2])
    if share >= 1:
        return image
    size = [max(1, round(length * share)) for length in image.shape[1::-1]]
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA)


def enlarge_sketch(image: Image, sketch: Image) -> Image:
    """The small sketch at the picture's size, multiplied by a dodge sketch of what it is too small to show."""
    times = min(image.shape[:2]) / min(sketch.shape[:2])
    sheet = gray(image)
    soft = gaussian(sheet, 0.6 * (times**2 - 1) ** 0.5)
    fine = dodge(cv2.add(sheet, DODGE_LIFT), cv2.add(soft, DODGE_LIFT))
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        cv2.multiply(enlarge_rows(sketch, rows, image.shape), grey_picture(fine[rows]), dst=out[rows], scale=1 / 255)

    each_band(work, *image.shape[:2], bytes_per_pixel=13)
    return out
