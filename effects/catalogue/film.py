"""Film and light-struck paper: layers of colour over the picture."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Matrix, Place
from effects.kernels.film.grain import add_grain, through_grains
from effects.kernels.film.overlay import BLEND_MODES, MIXING
from effects.kernels.gradient import along_line, between, from_centre, rgb
from effects.kernels.saturate import saturation_matrix
from effects.kernels.surroundings import Surroundings
from effects.marks import RARE, Choice, Position, Range, Seed, Swatch, When

film = Category("film", "Film", "Layers of colour, and what film does to a picture.")

LIFT = 0.18
"""How light black becomes in a film that is wholly faded: middle grey's reflectance."""


def _grained(colors: Colors, around: Surroundings, *, amount: float, size: float, mode: str, seed: int) -> Colors:
    channels = 3 if mode == "color" else 1
    return through_grains(colors, around, amount=amount, size=size, seed=seed, channels=channels)


@film.spatial(also="noise, film, iso, texture", formula=_grained)
def grain(
    image: Image,
    *,
    amount: Annotated[float, Range(0, 1, neutral=0)] = 0.25,
    size: Annotated[float, Range(0.0005, 0.01, "side", scale="log", help="How large the grains are.")] = 0.0015,
    mode: Annotated[str, Choice("gray", "color", help="color: each layer of the film has grains of its own.")] = "gray",
    seed: Annotated[int, Seed(), RARE] = 0,
) -> Image:
    """Strew the grain of film over the picture, most in its middle tones.

    Gaussian noise n, blurred to the grains' size, weighted by 4Y(1 - Y) with Rec. 709 luma Y, and laid on as soft
    light: c + n * c * (1 - c). That is the soft light of Pegtop, whose two sides are alike, so that the picture becomes
    neither lighter nor darker.
    """
    return add_grain(image, amount, size, seed, 3 if mode == "color" else 1)


@film.matrix(also="matte, vintage, washed out, pale")
def fade(*, amount: Annotated[float, Range(0, 1, neutral=0)] = 0.3) -> Matrix:
    """Fade the picture to a matte print: blacks lift, colours pale.

    c' = 0.18 * amount + (1 - 0.18 * amount) * c, then CSS `saturate(1 - 0.2 * amount)`.
    """
    lift = LIFT * amount
    return np.hstack([(1 - lift) * saturation_matrix(1 - 0.2 * amount), np.full((3, 1), lift)])


Opacity = Annotated[float, Range(0, 1, "fraction", neutral=0)]
Stop = Annotated[float, Range(0, 2, "fraction", help="1 is the end of the gradient's line or its farthest corner.")]

GRADIENT, LINEAR, RADIAL = When("shape", "linear", "radial"), When("shape", "linear"), When("shape", "radial")


def _is_plain(*, shape: str, mode: str, **_: object) -> bool:
    return shape == "solid" and mode not in MIXING


@film.color(title="Colour overlay", by_channel=_is_plain, also="tint, gradient, blend, filter, layer")
def overlay(
    colors: Colors,
    *,
    place: Place,
    mode: Annotated[str, Choice(*BLEND_MODES)] = "soft-light",
    shape: Annotated[str, Choice("solid", "linear", "radial")] = "linear",
    color: Annotated[str, Swatch(help="The colour at the start.")] = "#ff7a18",
    color2: Annotated[str, Swatch(help="The colour at the end."), GRADIENT] = "#2541b2",
    opacity: Opacity = 0.5,
    opacity2: Annotated[Opacity, GRADIENT] = 0.5,
    x: Annotated[Position, RADIAL, RARE] = 0.5,
    y: Annotated[Position, RADIAL, RARE] = 0.5,
    start: Annotated[Stop, GRADIENT, RARE] = 0.0,
    end: Annotated[Stop, GRADIENT, RARE] = 1.0,
    angle: Annotated[
        float, Range(0, 360, "deg", lies="from_top", help="0 to the top, 90 to the right."), LINEAR
    ] = 180.0,
    extend: Annotated[str, Choice("both", "before", "after", "none"), GRADIENT, RARE] = "both",
) -> Colors:
    """Lay a colour or a gradient over the picture in one of the fifteen blend modes.

    out = (1 - a) * backdrop + a * blend(backdrop, source), the stops interpolated premultiplied, as in CSS. A solid
    overlay uses color and opacity alone. Between the stops it is drawn where start <= t < end; `extend` says on which
    sides the end colours go on. Source: W3C Compositing and Blending Level 1, CSS Images Level 3.
    """
    blend = BLEND_MODES[mode]
    if shape == "solid":
        return colors + opacity * (blend(colors, rgb(color).astype(colors.dtype)) - colors)
    t = along_line(place, angle) if shape == "linear" else from_centre(place, x, y)
    end = np.maximum(start, end).item()
    share = np.clip((t - start) / (end - start), 0, 1) if end - start > 1e-6 else np.where(t >= start, 1.0, 0.0)
    share = share.astype(colors.dtype)
    weight = (opacity + share * (opacity2 - opacity))[..., None]
    if opacity == opacity2:
        source = between(rgb(color), rgb(color2), share)
    else:
        source = between(opacity * rgb(color), opacity2 * rgb(color2), share) / np.where(weight > 0, weight, 1)
    if extend != "both":
        drawn = ((t >= start) | (extend == "before")) & ((t < end) | (extend == "after"))
        weight = weight * drawn[..., None]
    blended = blend(colors, source)
    blended -= colors
    blended *= weight
    blended += colors
    return blended
