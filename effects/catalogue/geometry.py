"""The picture's shape: cut, turned, sized."""

from typing import Annotated, Any

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Weight
from effects.kernels.geometry.crop import largest_inside, span
from effects.kernels.geometry.rotate_flip import quarter_turn
from effects.kernels.geometry.straighten import look_bicubic, size_inside, turn_in_window
from effects.kernels.resizing import limit_size, resize_to, resized
from effects.kernels.surroundings import Surroundings
from effects.kernels.turn import radians
from effects.marks import RARE, Choice, Edge, Extent, Range, Toggle, When

geometry = Category("geometry", "Crop and turn", "The picture's shape: cut, turned, sized.")

QUARTERS = {
    angle: np.array([[cosine, -sine], [sine, cosine]])
    for angle, cosine, sine in (("0", 1, 0), ("90", 0, 1), ("180", -1, 0), ("270", 0, -1))
}
"""Where the picture turned by an angle looks for the point (x, y): that times a matrix."""

ASPECTS = ("1:1", "4:5", "3:4", "2:3", "9:16", "5:4", "4:3", "3:2", "16:9")
RESAMPLINGS = ("auto", "nearest", "bilinear", "bicubic", "lanczos", "area")


def _crop_box(
    rows: int, columns: int, *, x: float, y: float, width: float, height: float, aspect: str
) -> tuple[int, int, int, int]:
    left, right = span(x, width, columns)
    top, bottom = span(y, height, rows)
    if aspect == "free":
        return left, right, top, bottom
    across, down = (columns, rows) if aspect == "original" else map(int, aspect.split(":"))
    return largest_inside(left, right, top, bottom, across / down)


def _crop_size(rows: int, columns: int, **params: Any) -> tuple[int, int]:
    left, right, top, bottom = _crop_box(rows, columns, **params)
    return bottom - top, right - left


def _cropped(colors: Colors, around: Surroundings, **params: Any) -> Colors:
    rows, columns = around.source.height, around.source.width
    left, right, top, bottom = _crop_box(rows, columns, **params)
    middle = np.stack([left + right - columns, top + bottom - rows]) / around.source.short
    return around.at(colors, around.points * (around.frame.short / around.source.short) + middle)


@geometry.canvas(size=_crop_size, also="cut, trim, square, aspect ratio", formula=_cropped)
def crop(
    image: Image,
    *,
    x: Edge = 0.0,
    y: Edge = 0.0,
    width: Extent = 1.0,
    height: Extent = 1.0,
    aspect: Annotated[str, Choice("free", "original", *ASPECTS, neutral="free")] = "free",
) -> Image:
    """Cut out a part of the picture, freely or in a fixed shape.

    With an aspect, the largest rectangle of that shape is centred in the one that x, y, width and height give. At least
    one pixel is left.
    """
    rows, columns = image.shape[:2]
    left, right, top, bottom = _crop_box(rows, columns, x=x, y=y, width=width, height=height, aspect=aspect)
    return image[top:bottom, left:right].copy()


def _rotate_flip_size(rows: int, columns: int, *, angle: str, **_: object) -> tuple[int, int]:
    return (rows, columns) if angle in ("0", "180") else (columns, rows)


def _turned(colors: Colors, around: Surroundings, *, angle: str, flip_horizontal: bool, flip_vertical: bool) -> Colors:
    flip = np.array([-1 if flip_horizontal else 1, -1 if flip_vertical else 1])
    return around.at(colors, (around.points * flip) @ QUARTERS[angle])


@geometry.canvas(size=_rotate_flip_size, also="turn, mirror, upside down, orientation", formula=_turned)
def rotate_flip(
    image: Image,
    *,
    angle: Annotated[str, Choice("0", "90", "180", "270", neutral="0", help="Degrees, clockwise.")] = "90",
    flip_horizontal: Annotated[
        bool, Toggle(neutral=False, flips="across", help="Left and right change places.")
    ] = False,
    flip_vertical: Annotated[bool, Toggle(neutral=False, flips="down", help="Top and bottom change places.")] = False,
) -> Image:
    """Turn the picture by quarters, clockwise, then flip it.

    Not a pixel is changed.
    """
    upright = image if angle == "0" else quarter_turn(image, angle)
    if flip_horizontal:
        upright = upright[:, ::-1]
    if flip_vertical:
        upright = upright[::-1]
    return np.ascontiguousarray(upright)


def _straighten_size(rows: int, columns: int, *, angle: float, crop: bool) -> tuple[int, int]:
    width, height = size_inside(columns, rows, radians(angle)) if crop else (columns, rows)
    return height, width


def _levelled(colors: Colors, around: Surroundings, *, angle: float, crop: bool) -> Colors:
    cosine, sine = np.cos(radians(angle)), np.sin(radians(angle))
    away = around.points * (around.frame.short / 2)
    across, down = away[..., :1], away[..., 1:]
    columns = cosine * across + sine * down + (around.source.width - 1) / 2
    rows = cosine * down - sine * across + (around.source.height - 1) / 2
    return look_bicubic(colors, around, columns, rows)


@geometry.canvas(size=_straighten_size, also="rotate, level, horizon, tilt, angle", formula=_levelled)
def straighten(
    image: Image,
    *,
    weight: Weight = None,
    angle: Annotated[float, Range(-45, 45, "deg", neutral=0, lies="turned", help="Above 0 turns clockwise.")] = 0.0,
    crop: Annotated[bool, Toggle(help="Cut off the empty corners; off: the size stays, corners are reflected.")] = True,
) -> Image:
    """Turn the picture by a few degrees, so that the horizon is level.

    Bicubic, about the centre. With crop, the largest upright rectangle that the turned picture fills is kept.
    """
    height, width = _straighten_size(*image.shape[:2], angle=angle, crop=crop)
    return turn_in_window(image, float(np.radians(angle)), width, height, weight)


Pixels = Annotated[int, Range(16, 8000, "count", scale="log", help="Pixels of the result.")]


def _resize_size(
    rows: int, columns: int, *, by: str, scale: float, long_side: int, width: int, height: int, **_: object
) -> tuple[int, int]:
    times = {
        "scale": scale,
        "long_side": long_side / np.maximum(rows, columns).item(),
        "width": width / columns,
        "height": height / rows,
    }
    across, down = limit_size(*((width, height) if by == "exact" else (columns * times[by], rows * times[by])))
    return down, across


def _resized(colors: Colors, around: Surroundings, *, resampling: str, **_: object) -> Colors:
    return resized(colors, around, resampling)


@geometry.canvas(size=_resize_size, formula=_resized, also="scale, size, smaller, larger, shrink, enlarge")
def resize(
    image: Image,
    *,
    weight: Weight = None,
    by: Annotated[
        str,
        Choice("scale", "long_side", "width", "height", "exact", neutral="scale", help="Which number counts."),
    ] = "scale",
    scale: Annotated[float, Range(0.05, 4, "fraction", neutral=1, scale="log"), When("by", "scale")] = 1.0,
    long_side: Annotated[Pixels, When("by", "long_side")] = 1600,
    width: Annotated[Pixels, When("by", "width", "exact")] = 1920,
    height: Annotated[Pixels, When("by", "height", "exact")] = 1080,
    resampling: Annotated[str, Choice(*RESAMPLINGS, help="auto: areas averaged down, Lanczos up."), RARE] = "auto",
) -> Image:
    """Make the picture larger or smaller.

    Only `exact` (width and height) changes its shape. The result holds at most 50 megapixels: a larger one is held to
    that, its shape kept.
    """
    rows, columns = _resize_size(*image.shape[:2], by=by, scale=scale, long_side=long_side, width=width, height=height)
    return resize_to(image, columns, rows, resampling, weight)
