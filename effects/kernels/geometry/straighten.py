"""A picture turned by a few degrees, and the largest upright rectangle that is left inside it."""

from __future__ import annotations

from math import floor

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image, Weight
from effects.kernels.sampling import MAX_REMAP_SIDE, resample
from effects.kernels.surroundings import Surroundings
from effects.kernels.weighing import Picture, premultiply
from effects.memory.bands import each_band


def size_inside(width: int, height: int, angle: float) -> tuple[int, int]:
    """Width and height of the largest upright rectangle, centred, inside a picture turned by `angle` radians.

    Where the picture is so narrow that two corners of the rectangle lie in the middle of its longer sides, their
    length alone decides; else all four corners touch a side. At least one pixel is left.
    """
    sine, cosine = abs(np.sin(angle)), abs(np.cos(angle))
    long, short = np.maximum(width, height).item(), np.minimum(width, height).item()
    narrow = (short <= 2 * sine * cosine * long) | (abs(sine - cosine) < 1e-9)
    steep, level = 0.5 * short / np.maximum(sine, 1e-9), 0.5 * short / cosine
    double = np.where(narrow, 1, cosine**2 - sine**2)
    wide = width >= height
    across = np.where(narrow, np.where(wide, steep, level), (width * cosine - height * sine) / double).item()
    down = np.where(narrow, np.where(wide, level, steep), (height * cosine - width * sine) / double).item()
    # A hair is kept off, so that what is a whole number stays one in spite of rounding.
    return np.maximum(1, floor(across + 1e-6)).item(), np.maximum(1, floor(down + 1e-6)).item()


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


BEND = -0.75
"""The parameter of the cubic kernel, as in OpenCV."""


def cubic_weights(part: Floats) -> list[Floats]:
    """What four pixels in a row weigh for a place `part` (0..1) of the way from the second to the third."""
    near, far = part + 1, 1 - part
    first = ((BEND * near - 5 * BEND) * near + 8 * BEND) * near - 4 * BEND
    second = ((BEND + 2) * part - (BEND + 3)) * part * part + 1
    third = ((BEND + 2) * far - (BEND + 3)) * far * far + 1
    return [first, second, third, 1 - first - second - third]


def look_bicubic(colors: Floats, around: Surroundings, columns: Floats, rows: Floats) -> Floats:
    """The colours at places in pixels, each ... x 1, between sixteen of them, reflected at the edges (reflect101)."""
    sides = around.source.width, around.source.height
    # cv2.remap places a look to 32nds of a pixel.
    places = [np.rint(place * 32) / 32 for place in (columns, rows)]
    lows = [np.floor(place) for place in places]
    weights = [cubic_weights(place - low) for place, low in zip(places, lows, strict=True)]

    def towards(axis: int, step: int) -> Floats:
        last = np.maximum(1, sides[axis] - 1)
        folded = np.minimum(last - np.abs(np.mod(lows[axis] + step - 1, 2 * last) - last), sides[axis] - 1)
        return (2 * folded + 1 - sides[axis]) / around.source.short

    xs, ys = ([towards(axis, step) for step in range(4)] for axis in range(2))
    lines = [
        [around.at(colors, np.concatenate([x, y], axis=-1)) * weight for x, weight in zip(xs, weights[0], strict=True)]
        for y in ys
    ]
    rows_of_four = [first + second + third + fourth for first, second, third, fourth in lines]
    first, second, third, fourth = (line * weight for line, weight in zip(rows_of_four, weights[1], strict=True))
    return first + second + third + fourth


def _fold_positions(positions: npt.NDArray[np.float32], count: int) -> npt.NDArray[np.float32]:
    last = max(1, count - 1)
    folded = last - np.abs(np.mod(positions, 2 * last) - last)
    return np.minimum(folded, count - 1).astype(np.float32)
