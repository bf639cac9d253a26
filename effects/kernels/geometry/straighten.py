"""A picture turned by a few degrees, and the largest upright rectangle that is left inside it."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image, Weight
from effects.kernels.sampling import MAX_REMAP_SIDE, resample
from effects.kernels.weighing import Picture, premultiply
from effects.memory.bands import each_band


def size_inside(width: int, height: int, angle: float) -> tuple[int, int]:
    """Width and height of the largest upright rectangle, centred, inside a picture turned by `angle` radians.

    Where the picture is so narrow that two corners of the rectangle lie in the middle of its longer sides, their
    length alone decides; else all four corners touch a side. At least one pixel is left.
    """
    sine, cosine = abs(np.sin(angle)), abs(np.cos(angle))
    long, short = max(width, height), min(width, height)
    if short <= 2 * sine * cosine * long or abs(sine - cosine) < 1e-9:
        half = 0.5 * short
        across, down = (half / sine, half / cosine) if width >= height else (half / cosine, half / sine)
    else:
        double = cosine**2 - sine**2
        across, down = (width * cosine - height * sine) / double, (height * cosine - width * sine) / double
    # A hair is kept off, so that what is a whole number stays one in spite of rounding.
    return max(1, int(across + 1e-6)), max(1, int(down + 1e-6))


def turn_in_window(image: Image, angle: float, width: int, height: int, weight: Weight = None) -> Image:
    """The picture turned by `angle` radians, clockwise, about its centre, seen through a window of width x height.

    Bicubic; what lies outside is the picture reflected at its edges (reflect101). With weights, premultiplied.
    """
    rows, columns = image.shape[:2]
    out = np.empty((height, width, 3), np.uint8)
    cosine, sine = np.cos(angle), np.sin(angle)
    across = np.arange(width) - (width - 1) / 2
    plain = max(rows, columns, width, height) > MAX_REMAP_SIDE

    seen = None if weight is None else premultiply(image, weight)

    def work(part: slice) -> None:
        down = (np.arange(part.start, part.stop) - (height - 1) / 2)[:, None]
        maps = (
            (cosine * across + sine * down + (columns - 1) / 2).astype(np.float32),
            (cosine * down - sine * across + (rows - 1) / 2).astype(np.float32),
        )

        def look(picture: Picture, there: Picture) -> None:
            if plain:
                resample(picture, (_fold_positions(maps[0], columns), _fold_positions(maps[1], rows)), there)
            else:
                cv2.remap(picture, *maps, cv2.INTER_CUBIC, dst=there, borderMode=cv2.BORDER_REFLECT_101)

        if seen is None:
            look(image, out[part])
        else:
            seen.resample_into(look, out[part])

    each_band(work, height, width, bytes_per_pixel=32)
    return out


def _fold_positions(positions: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    last = max(1, count - 1)
    folded = last - np.abs(np.mod(positions, 2 * last) - last)
    return np.minimum(folded, count - 1).astype(np.float32)
