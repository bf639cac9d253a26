"""A mask as a piece of a shader: its shapes by their formulas, and a table of what is painted or found.

Shapes are traced as effects are, so that their handles move without another program: positions, lengths, angles and
colours stay open, and so does a feather that is there at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from effects.kernels.luma import REC_709
from effects.marks import Range, Swatch
from effects.masks.brush import Plane
from effects.masks.maps import LUMA_EDGE, LUMA_WEIGHT, linear_formula, radial_formula
from effects.masks.mask import Mask
from effects.masks.shapes import COMMON, Brush, Color, Found, Linear, Luma, Radial, Shape
from effects.shaders.branches import Trace, Untraceable, explored
from effects.shaders.expressions import Expression, Rank
from effects.shaders.glsl import Body, body_of
from effects.shaders.surroundings import OpenSurroundings, Pictures, Preparation
from effects.shaders.symbols import Symbol, elements_of
from effects.shaders.tracing import COLOR, POINT, named_symbol, open_frame

UNMAPPED = "nobody has drawn what is painted or found; program(..., maps=...) gives it"

FEATHER = "feather"

Maps = Callable[[int, Shape], Plane]
"""What a shape is, 0..255, in the picture after so many items of a stack: of those that are tables."""


@dataclass(frozen=True)
class Form:
    """What of a shape is compiled in: its kind, how it is taken together with those before, whether it is feathered."""

    shape: type[Shape]
    how: str
    invert: bool
    is_soft: bool


@dataclass(frozen=True)
class MaskPiece:
    """How much a mask is at a pixel of the picture that its steps see, as text, and what is to be drawn before."""

    body: Body
    prepared: tuple[Preparation, ...]


def is_table(shape: Shape) -> bool:
    """Whether no formula tells what the shape is."""
    return isinstance(shape, Brush | Found)


def mask_piece(mask: Mask, place: int, maps: Maps | None) -> MaskPiece:
    """The mask of steps at a place of a stack; `Untraceable` where a table is needed and nobody gives it."""
    forms = tuple(form_of(shape) for shape in mask)
    if not any(map(is_table, mask)):
        return _traced(forms)
    if maps is None:
        raise Untraceable(UNMAPPED)
    # How it is taken together with the others is the text's.
    return _trace(forms, [maps(place, replace(shape, how="add")) if is_table(shape) else None for shape in mask])


def form_of(shape: Shape) -> Form:
    """Its form; a table has its feather, and is turned over, already."""
    if is_table(shape):
        return Form(type(shape), shape.how, False, False)
    return Form(type(shape), shape.how, shape.invert, shape.feather > 0)


def mask_values(mask: Mask) -> dict[str, float]:
    """The open numbers of a mask by their names in its piece: "0.x" is the first shape's, a colour's are three."""
    values: dict[str, float] = {}
    for place, shape in enumerate(mask):
        for name, mark in {} if is_table(shape) else {FEATHER: COMMON[FEATHER], **shape.marks}.items():
            value = getattr(shape, name)
            if isinstance(mark, Swatch):
                for channel in range(3):
                    values[f"{place}.{name}.{channel}"] = int(value[2 * channel + 1 : 2 * channel + 3], 16) / 255
            else:
                values[f"{place}.{name}"] = float(value)
    return values


@lru_cache(maxsize=64)
def _traced(forms: tuple[Form, ...]) -> MaskPiece:
    return _trace(forms, [None] * len(forms))


def _trace(forms: Sequence[Form], tables: Sequence[Plane | None]) -> MaskPiece:
    trace, pictures = Trace(), Pictures()

    def run() -> tuple[Expression, ...]:
        source = open_frame(trace)
        points = named_symbol(trace, POINT, Rank.PIXEL, 1, 1, 2)
        around = OpenSurroundings(trace, source, points, source, pictures)
        level: Any = None
        for place, (form, table) in enumerate(zip(forms, tables, strict=True)):
            other = _shape_level(trace, around, form, table, f"{place}.")
            other = 1 - other if form.how == "subtract" else other
            level = other if level is None else (np.maximum if form.how == "add" else np.minimum)(level, other)
        return (elements_of(trace, level).item(),)

    return MaskPiece(body_of(explored(trace, run)), tuple(pictures.prepared))


def _shape_level(trace: Trace, around: OpenSurroundings, form: Form, table: Plane | None, prefix: str) -> Any:
    """What a shape is at a pixel, 0..1 in steps of 255."""
    pixels = around.pixels
    if table is not None:
        return around.table(table[..., None], pixels[..., 0], pixels[..., 1])[..., 0] / 255
    shape = _open_shape(trace, form.shape, prefix)
    level = _rounded(LEVELS[form.shape](shape, around, pixels, named_symbol(trace, COLOR, Rank.PIXEL, 1, 1, 3)))
    if form.is_soft:
        level = _rounded(around.gaussian(level, shape.feather)[..., 0])
    return 1 - level if form.invert else level


def _open_shape(trace: Trace, shape: type[Shape], prefix: str) -> SimpleNamespace:
    opened: dict[str, Symbol] = {}
    for name, mark in {FEATHER: COMMON[FEATHER], **shape.marks}.items():
        if isinstance(mark, Range):
            opened[name] = named_symbol(trace, (f"{prefix}{name}",), Rank.PARAMETER)
        elif isinstance(mark, Swatch):
            names = tuple(f"{prefix}{name}.{channel}" for channel in range(3))
            opened[name] = named_symbol(trace, names, Rank.PARAMETER, 3)
    return SimpleNamespace(**opened)


def _rounded(level: Any) -> Any:
    """As a map has it: clamped, in whole steps."""
    return np.rint(np.clip(level, 0, 1) * 255) / 255


def _linear(shape: Any, around: OpenSurroundings, pixels: Symbol, _colors: Symbol) -> Any:
    return linear_formula(shape, around.frame)(pixels[..., 0] + 0.5, pixels[..., 1] + 0.5)


def _radial(shape: Any, around: OpenSurroundings, pixels: Symbol, _colors: Symbol) -> Any:
    return radial_formula(shape, around.frame)(pixels[..., 0] + 0.5, pixels[..., 1] + 0.5)


def _luma(shape: Any, _around: OpenSurroundings, _pixels: Symbol, colors: Symbol) -> Any:
    """Of luma in whole levels, as `luma_plane` looks it up."""
    red, green, blue = (np.rint(colors[..., channel] * 255) for channel in range(3))
    level = np.rint(red * REC_709[0] + green * REC_709[1] + blue * REC_709[2]) / 255
    return 1 - np.maximum(shape.low - level, level - shape.high) / LUMA_EDGE


def _color(shape: Any, _around: OpenSurroundings, _pixels: Symbol, colors: Symbol) -> Any:
    """As `color_plane`, without its tables."""
    luma, red, blue = _luma_and_chroma(*(np.rint(colors[..., channel] * 255) for channel in range(3)))
    luma0, red0, blue0 = _luma_and_chroma(*(np.rint(shape.color[channel] * 255) for channel in range(3)))
    away = np.sqrt((LUMA_WEIGHT * (luma - luma0)) ** 2 + (red - red0) ** 2 + (blue - blue0) ** 2) / 255
    return 2 - 2 * away / np.maximum(shape.tolerance, 1 / 255)


def _luma_and_chroma(red: Any, green: Any, blue: Any) -> tuple[Any, Any, Any]:
    """Whole levels of BT.601's luma and of what is red and blue beside it, as OpenCV counts them: in 16384ths."""
    luma = np.floor((4899 * red + 9617 * green + 1868 * blue + 8192) / 16384)
    both = ((11682, red), (9241, blue))
    chroma = (np.clip(np.floor((share * (level - luma) + 8192) / 16384) + 128, 0, 255) for share, level in both)
    return luma, *chroma


LEVELS: dict[type[Shape], Callable[[Any, OpenSurroundings, Symbol, Symbol], Any]] = {
    Linear: _linear,
    Radial: _radial,
    Luma: _luma,
    Color: _color,
}
"""What a shape is at a pixel, before it is clamped and rounded."""
