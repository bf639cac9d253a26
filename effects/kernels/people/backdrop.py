"""What is behind somebody: blurs of that alone, colours and gradients, and pictures put together."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image as PILImage

from effects.backdrop import Backdrop
from effects.image import Alpha, Frame, Image, Place
from effects.kernels.enlarging import halved
from effects.kernels.gaussian import gaussian
from effects.kernels.gradient import along_line, between, rgb
from effects.kernels.sampling import pixel_axis
from effects.kernels.weighing import average_by_weight
from effects.memory.bands import MAX_KEPT_PIXELS, each_band
from effects.memory.cache import byte_cache
from effects.memory.sheets import sheet

QUARTER = 4.0
"""A standard deviation in pixels: a frame's blurs from here on are made on a quarter of its width, others on half."""

LEAST_SUM = 0.5
"""A sum of weights in levels below which a frame's blur has no colour of its own, and is black under what hides it."""

MAX_KEPT = 2
"""Gradients of frames, or pictures of their size: one that is there, and one that is about to be."""


def blurred_where(image: Image, weight: Alpha, sigma: float) -> Image:
    """The picture blurred where the weight is, of nothing but what counts there."""
    return average_by_weight(lambda plane: gaussian(plane, sigma), image, weight, lambda: gaussian(image, sigma))


def blurred_frame(image: Image, weight: Alpha, sigma: float) -> Image:
    """As `blurred_where`, for a frame that has no time for more: on a smaller one, in a fifth of the time.

    Half the frame is weighed and halved again, so that nothing of what does not count comes in. Averaging and
    interpolating blur by themselves (see `gaussian`), which the blur in between is spared.
    """
    times = 4 if sigma >= QUARTER else 2
    small = halved(image)
    share = halved(weight)
    colors = cv2.multiply(small, cv2.merge([share] * 3), scale=1 / 255, dtype=cv2.CV_32F)
    total = share.astype(np.float32)
    if times > 2:
        colors, total = halved(colors), halved(total)
    left_over = float(np.sqrt(max(0.0, sigma**2 - (times**2 - 1) / 12 - times**2 / 6))) / times
    colors, total = gaussian(colors, left_over), np.maximum(gaussian(total, left_over), np.float32(LEAST_SUM))
    soft = cv2.divide(colors, cv2.merge([total] * 3), scale=255, dtype=cv2.CV_8U)
    wide = cv2.resize(soft, (times * soft.shape[1], times * soft.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.ascontiguousarray(wide[: image.shape[0], : image.shape[1]])


def composed(front: Image, plane: Alpha, behind: Image) -> Image:
    """The front over another picture: `plane` / 255 of it."""
    out: Image = sheet(front.shape)

    def work(rows: slice) -> None:
        share = cv2.merge([plane[rows]] * 3)
        near = cv2.multiply(front[rows], share, scale=1 / 255)
        far = cv2.multiply(behind[rows], cv2.bitwise_not(share), scale=1 / 255)
        cv2.add(near, far, dst=out[rows])

    each_band(work, *plane.shape, bytes_per_pixel=12)
    return out


def even(shape: tuple[int, ...], color: str) -> Image:
    """A picture of one colour."""
    out: Image = sheet(shape)
    # Whole rows are copied many times as fast as single pixels.
    out[:] = np.tile(np.rint(rgb(color) * 255).astype(np.uint8), (shape[1], 1))
    return out


def gradient(shape: tuple[int, ...], color: str, second: str, angle: float) -> Image:
    """A picture that goes evenly from one colour to another along a line (0 degrees: up, 90: to the right).

    Of a frame's size it is kept for the next one.
    """
    passing = shape[0] * shape[1] > MAX_KEPT_PIXELS
    return (kept_gradient.__wrapped__ if passing else kept_gradient)(shape, color, second, angle)


@byte_cache(most=MAX_KEPT)
def kept_gradient(shape: tuple[int, ...], color: str, second: str, angle: float) -> Image:
    """The same, not to be written to."""
    frame, out = Frame(*shape[:2]), sheet(shape)
    across, down = (pixel_axis(count, frame.short).astype(np.float32) for count in (frame.width, frame.height))

    def work(rows: slice) -> None:
        share = np.clip(along_line(Place(frame, across[None], down[rows, None]), angle), 0, 1)
        colors = np.broadcast_to(between(rgb(color), rgb(second), share), out[rows].shape)
        np.copyto(out[rows], np.rint(colors * 255), casting="unsafe")

    each_band(work, frame.height, frame.width, bytes_per_pixel=60)
    out.setflags(write=False)
    return out


def covered(shape: tuple[int, ...], backdrop: Backdrop) -> Image:
    """A backdrop so large that it covers a picture of this shape, and what lies beyond it cut off on both sides alike.

    Of a frame's size it is kept for the next one, with the backdrop.
    """
    if shape[0] * shape[1] > MAX_KEPT_PIXELS:
        return cover(shape, backdrop)
    kept, found = backdrop.covers, backdrop.covers.get(shape)
    if found is None:
        found = cover(shape, backdrop)
        for other in [*kept][: len(kept) + 1 - MAX_KEPT]:
            kept.pop(other, None)
        kept[shape] = found
    return found


def cover(shape: tuple[int, ...], backdrop: Backdrop) -> Image:
    """The same, not to be written to."""
    (height, width), picture, out = shape[:2], backdrop.image, sheet(shape)
    # Cut at parts of a pixel, so that nothing lies elsewhere at another size.
    scale = max(width / backdrop.width, height / backdrop.height)
    left, top = (backdrop.width - width / scale) / 2, (backdrop.height - height / scale) / 2
    whole = PILImage.fromarray(picture)

    def work(rows: slice) -> None:
        box = left, top + rows.start / scale, left + width / scale, top + rows.stop / scale
        held = max(0.0, box[0]), max(0.0, box[1]), min(box[2], backdrop.width), min(box[3], backdrop.height)
        out[rows] = whole.resize((width, rows.stop - rows.start), PILImage.Resampling.BICUBIC, box=held)

    each_band(work, height, width, bytes_per_pixel=12)
    out.setflags(write=False)
    return out


def outlined(plane: Alpha, width: float) -> Alpha:
    """The map grown by so many pixels on every side, with a soft edge: what an outline around it reaches."""
    reach = max(1, round(width))
    ball = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    return cv2.max(plane, cv2.blur(cv2.dilate(plane, ball), (3, 3)).reshape(plane.shape))
