"""The shapes of a mask as a card shows them: their kinds, what each is at first, and which of them one works on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from effects.masks.mask import SHAPES
from effects.masks.shapes import Shape
from pages.components.words import _, later

EVERYWHERE, ABOVE, SEVERAL = "everywhere", "above", "several"
"""Where a card counts that has no mask, the mask of the card above it, or one of several shapes."""

TITLES: Mapping[str, str] = MappingProxyType(
    {
        EVERYWHERE: later("Everywhere"),
        "subject": later("Subject"),
        "person": later("Person"),
        "face": later("Face"),
        "linear": later("Gradient"),
        "radial": later("Circle"),
        "brush": later("Brush"),
        "luma": later("Light"),
        "color": later("Colour"),
        ABOVE: later("Same as the card above"),
        SEVERAL: later("Several shapes"),
    }
)
"""What each choice is called, in the order they are offered."""

KINDS = tuple(kind for kind in TITLES if kind in SHAPES)
"""Those that the library has."""

FIRST: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {"linear": {"y0": 0.65, "y1": 0.35}, "radial": {"feather": 0.08}, "luma": {"low": 0.6}}
)
"""What a shape is at first beside its defaults: what one can take hold of well inside the picture, and soft."""

SETTINGS: Mapping[str, str] = MappingProxyType(
    {
        "how": later("Combine"),
        "x0": later("Begins across"),
        "y0": later("Begins down"),
        "x1": later("Full across"),
        "y1": later("Full down"),
        "x": later("Centre across"),
        "y": later("Centre down"),
        "rx": later("Half width"),
        "ry": later("Half height"),
        "angle": later("Angle"),
        "low": later("Range of light"),
        "color": later("Colour"),
        "tolerance": later("Tolerance"),
        "feather": later("Feather"),
        "invert": later("Turn over"),
    }
)
"""What each setting of a shape is called; both ends of a range are one."""

HOWS: Mapping[str, str] = MappingProxyType(
    {"add": later("Add"), "subtract": later("Subtract"), "intersect": later("Only where both are")}
)


@dataclass(frozen=True)
class Masking:
    """What one works on in the picture: the card whose mask is shown there, the place of a shape in it, the brush.

    Size and softness are those of a stroke.
    """

    card: str = ""
    shape: int = 0
    size: float = 0.12
    soft: float = 0.5
    is_eraser: bool = False


def title_of_kind(kind: str) -> str:
    """What a kind of shape, or a choice beside them, is called in the reader's language."""
    return _(TITLES[kind])


def first_shape(kind: str, how: str = "add") -> Shape:
    """A shape of this kind as it comes onto a card."""
    return SHAPES[kind].from_json({"kind": kind, "how": how, **FIRST.get(kind, {})})


def settings_of(shape: Shape) -> tuple[str, ...]:
    """The settings of a shape that its card has a widget for; both ends of a range of light are one, its `low`."""
    return (*(name for name in shape.marks if name != "high"), "feather", "invert")


def setting_title(name: str) -> str:
    """What a setting of a shape is called in the reader's language."""
    return _(SETTINGS[name])
