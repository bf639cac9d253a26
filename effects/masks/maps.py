"""Masks as maps: one byte a pixel, 0 nowhere and 255 everywhere, drawn in bands for a picture of any size.

Formulas are those of the shapes. What depends on the picture's size alone is kept for the next frame or slider; what is
read from its pixels is read anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Find, Finder, Floats, Frame, Image
from effects.kernels.gaussian import gaussian
from effects.kernels.luma import luma
from effects.masks.brush import Plane, brush_plane
from effects.masks.mask import Mask
from effects.masks.shapes import Brush, Color, Found, Linear, Luma, Radial, Shape
from effects.memory.bands import each_band
from effects.memory.cache import byte_cache
from effects.memory.sheets import sheet
from effects.models.sight import Sight

MAX_KEPT_MAPS = 8
"""Those of the largest picture take 50 MB each."""

LUMA_EDGE = 0.05
"""Of luma, beside its range: within it the mask falls to nothing."""

LUMA_WEIGHT = 0.5
"""How much brightness counts in a colour's distance, beside 1 for what is blue or red in it."""

FLOAT_BYTES = 16
"""What a band of a shape's formula holds of each pixel."""


@dataclass(frozen=True, eq=False)
class Map:
    """A mask's values in one picture, h x w, and their least and most."""

    plane: Plane
    least: int
    most: int


def reads_picture(mask: Mask) -> bool:
    """Whether the mask depends on what is in the picture."""
    return any(shape.reads_picture for shape in mask)


def map_of(mask: Mask, image: Image, find: Find = None) -> Map:
    """The map of a mask in a picture; `find` knows what was found in the photo, or else that is looked for here."""
    frame = Frame(*image.shape[:2])
    if not reads_picture(mask):
        return kept_map(mask, frame)
    finder = Sight(image) if find is None else find
    return bounded(combine(mask, lambda shape: shape_plane(shape, image, finder), frame))


@byte_cache(most=MAX_KEPT_MAPS)
def kept_map(mask: Mask, frame: Frame) -> Map:
    """The map of a mask that depends on the picture's size alone."""
    return bounded(combine(mask, lambda shape: drawn_plane(shape, frame), frame))


def bounded(plane: Plane) -> Map:
    """A plane as a map; it is not to be written to any more."""
    plane.setflags(write=False)
    least, most, *_ = cv2.minMaxLoc(plane)
    return Map(plane, int(least), int(most))


def combine(mask: Mask, draw: Callable[[Shape], Plane], frame: Frame) -> Plane:
    """The shapes of a mask, each drawn, taken together in order."""
    plane: Plane | None = None
    for shape in mask:
        other = draw(shape)
        if shape.how == "subtract":
            other = inverted(other)
        if plane is not None:
            room = plane if plane.flags.writeable else np.empty_like(other)
            (cv2.max if shape.how == "add" else cv2.min)(plane, other, dst=room)
            other = room
        plane = other
    return np.full((frame.height, frame.width), 255, np.uint8) if plane is None else plane


def inverted(plane: Plane) -> Plane:
    """The opposite of a plane, in its own memory where nobody else has that: a large picture's are few at a time."""
    room = plane if plane.flags.writeable else np.empty_like(plane)
    cv2.bitwise_not(plane, dst=room)
    return room


def shape_plane(shape: Shape, image: Image, find: Finder) -> Plane:
    """A shape in a picture."""
    match shape:
        case Found():
            return softened(shape, find(shape.kind))
        case Luma():
            return softened(shape, luma_plane(shape, image))
        case Color():
            return softened(shape, color_plane(shape, image))
    return kept_plane(shape, Frame(*image.shape[:2]))


def drawn_plane(shape: Shape, frame: Frame) -> Plane:
    """A shape that depends on the picture's size alone."""
    match shape:
        case Linear():
            return softened(shape, formula_plane(frame, linear_formula(shape, frame)))
        case Radial():
            return softened(shape, formula_plane(frame, radial_formula(shape, frame)))
        case Brush():
            return softened(shape, brush_plane(shape.strokes, frame))
    raise TypeError(f"nobody draws a {type(shape).__name__}")


@byte_cache(most=MAX_KEPT_MAPS)
def kept_plane(shape: Shape, frame: Frame) -> Plane:
    """A drawn shape that stands beside one that is read from the picture: a video's every frame asks for it."""
    return bounded(drawn_plane(shape, frame)).plane


def softened(shape: Shape, plane: Plane) -> Plane:
    """The plane with the shape's feather, turned over if it says so."""
    away = shape.feather * min(plane.shape)
    soft = gaussian(plane, away).reshape(plane.shape) if away > 0 else plane
    return inverted(soft) if shape.invert else soft


Formula = Callable[[Floats, Floats], Floats]
"""Of the pixels' centres across, 1 x w, and down, h x 1, in pixels: what a shape is there, still to be clamped."""


def formula_plane(frame: Frame, formula: Formula) -> Plane:
    """A formula at every pixel, rounded to nearest."""
    out: Plane = sheet((frame.height, frame.width))
    across = (np.arange(frame.width, dtype=np.float32) + np.float32(0.5))[None]
    down = (np.arange(frame.height, dtype=np.float32) + np.float32(0.5))[:, None]

    def work(rows: slice) -> None:
        level = np.maximum(formula(across, down[rows]), np.float32(0))
        cv2.convertScaleAbs(level, dst=out[rows], alpha=255)

    each_band(work, frame.height, frame.width, bytes_per_pixel=FLOAT_BYTES)
    return out


def linear_formula(shape: Linear, frame: Frame) -> Formula:
    """t = (p - p0)(p1 - p0) / |p1 - p0|^2, in pixels: across a wide picture a slanting line slants as it is seen."""
    x0, y0 = shape.x0 * frame.width, shape.y0 * frame.height
    right, down = shape.x1 * frame.width - x0, shape.y1 * frame.height - y0
    long = right * right + down * down
    if long == 0:
        return lambda x, y: np.ones((len(y), x.shape[1]), np.float32)
    per_x, per_y = right / long, down / long

    def formula(x: Floats, y: Floats) -> Floats:
        return (x - x0) * per_x + (y - y0) * per_y

    return formula


def radial_formula(shape: Radial, frame: Frame) -> Formula:
    """0.5 and the distance from the ellipse's line in pixels, inside positive: its edge falls within one pixel.

    For q = (u / rx)^2 + (v / ry)^2, turned into the axes, that is (1 - q) / |grad q|, to first order.
    """
    x0, y0 = shape.x * frame.width, shape.y * frame.height
    across, down = shape.rx * frame.short, shape.ry * frame.short
    turned = np.radians(shape.angle)
    right, turn = np.cos(turned).item(), np.sin(turned).item()

    def formula(x: Floats, y: Floats) -> Floats:
        u = (x - x0) * (right / across) + (y - y0) * (turn / across)
        v = (y - y0) * (right / down) - (x - x0) * (turn / down)
        inside = 1 - u * u - v * v
        u *= 2 / across
        v *= 2 / down
        steep = np.sqrt(u * u + v * v)
        return 0.5 + inside / np.maximum(steep, np.float32(1e-9))

    return formula


def room_for(shape: Shape, image: Image) -> Plane:
    """Memory for a plane that is read from a picture; what is still to be feathered is not kept for the next one."""
    size = image.shape[:2]
    return np.empty(size, np.uint8) if shape.feather else sheet(size)


def luma_plane(shape: Luma, image: Image) -> Plane:
    """Where the luma is in the range; looked up for each of 256 values."""
    levels = np.arange(256) / 255
    outside = np.maximum(shape.low - levels, levels - shape.high)
    table = np.rint(255 * np.clip(1 - outside / LUMA_EDGE, 0, 1)).astype(np.uint8)
    out = room_for(shape, image)

    def work(rows: slice) -> None:
        cv2.LUT(luma(image[rows]), table, dst=out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=6)
    return out


def color_plane(shape: Color, image: Image) -> Plane:
    """How near each colour is to the shape's: squares of differences from a table, their sum's root from another.

    Differences are of whole levels; 65535 is twice the largest sum that there is.
    """
    wanted = cv2.cvtColor(np.array([[swatch(shape.color)]], np.uint8), cv2.COLOR_RGB2YCrCb)[0, 0].astype(float)
    levels = np.arange(256)[:, None]
    squares = ((levels - wanted) / 255) ** 2 * [LUMA_WEIGHT**2, 1, 1]
    unit = 65535 / 3
    table = np.rint(squares * unit).astype(np.uint16)[None]
    away = np.sqrt(np.arange(65536) / unit)
    tolerance = max(shape.tolerance, 1 / 255)
    nearness = np.rint(255 * np.clip(2 - 2 * away / tolerance, 0, 1)).astype(np.uint8)
    out = room_for(shape, image)
    ones = np.ones((1, 3))

    def work(rows: slice) -> None:
        band = cv2.cvtColor(image[rows], cv2.COLOR_RGB2YCrCb)
        sums = cv2.transform(cv2.LUT(band, table), ones)
        cv2.LUT(sums, nearness, dst=out[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=15)
    return out


def swatch(color: str) -> npt.NDArray[np.uint8]:
    """A colour like #ff8800 as three bytes."""
    return np.frombuffer(bytes.fromhex(color.removeprefix("#")), np.uint8)
