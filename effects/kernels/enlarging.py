"""Working on a smaller picture, and bringing what was made of it back to full size."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image

Picture = npt.NDArray[Any]


def reduce_to(image: Image, short: float) -> Image:
    """The picture (h x w or h x w x 3) with a shorter side of `short` pixels, or itself if it is no larger."""
    share = short / min(image.shape[:2])
    if share >= 1:
        return image
    times = int(1 / share + 1e-9)
    if times > 1 and not any(length % times for length in image.shape[:2]):
        # By a whole number first: cv2 averages those blocks five times as fast as others.
        size = image.shape[1] // times, image.shape[0] // times
        image = cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], *image.shape[2:])
        return reduce_to(image, short)
    size = tuple(max(1, round(length * share)) for length in image.shape[1::-1])
    return cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(size[1], size[0], *image.shape[2:])


def halved(picture: Picture) -> Picture:
    """The picture (h x w or h x w x 3) at half its size, every pixel the mean of 2 x 2: those cv2 is quickest with.

    Odd sides end with their last pixels twice, as any other share takes ten times as long.
    """
    height, width = (-(-length // 2) for length in picture.shape[:2])
    if picture.shape[:2] != (2 * height, 2 * width):
        below, right = 2 * height - picture.shape[0], 2 * width - picture.shape[1]
        picture = cv2.copyMakeBorder(picture, 0, below, 0, right, cv2.BORDER_REPLICATE)
    half = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
    return half.reshape(height, width, *picture.shape[2:])


def enlarge_rows(small: Picture, rows: slice, shape: tuple[int, ...]) -> Picture:
    """These rows of the small picture enlarged to `shape` (h, w, ...), bilinear; of its own type.

    What cv2.resize makes of the whole, without the whole: h x w x c of any type cv2 resizes.
    """
    height, width = shape[:2]
    at = np.clip((np.arange(rows.start, rows.stop) + 0.5) * small.shape[0] / height - 0.5, 0, small.shape[0] - 1)
    above = at.astype(np.intp)
    below = np.minimum(above + 1, small.shape[0] - 1)
    share = (at - above).astype(np.float32).reshape(-1, *(1,) * (small.ndim - 1))
    lines = small[above] + share * (small[below].astype(np.float32) - small[above])
    lines = cv2.resize(lines, (width, len(lines)), interpolation=cv2.INTER_LINEAR)
    lines = lines.reshape(rows.stop - rows.start, width, *small.shape[2:])
    return lines if small.dtype == np.float32 else np.rint(lines).astype(small.dtype)
