"""Light and lens: what glass, lamps and their flaws add."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, Place, pixels
from effects.kernels.gaussian import gaussian
from effects.kernels.glow import highlights, screen_pictures
from effects.kernels.gradient import rgb
from effects.kernels.light.chromatic_aberration import moved_positions, scaled_positions, shift_red_and_blue
from effects.kernels.light.light_leak import leaks, screen_glows
from effects.kernels.smoothstep import smoothstep
from effects.kernels.surroundings import Surroundings
from effects.kernels.turn import direction, length
from effects.marks import RARE, Choice, Position, Range, Seed, Swatch, When

light = Category("light", "Light and lens", "What glass and lamps, and their flaws, add to a picture.")

MIN_SOFTNESS = 0.001
"""The narrowest edge of a vignette: about a pixel, so that a hard edge is not a jagged one."""


@light.color(also="dark corners, edges, spotlight")
def vignette(
    colors: Colors,
    *,
    place: Place,
    amount: Annotated[float, Range(-1, 1, neutral=0, help="Below 0 the corners turn white.")] = 0.4,
    size: Annotated[float, Range(0, 1, "fraction")] = 0.5,
    roundness: Annotated[float, Range(0, 1, "fraction", help="0 follows the frame, 1 is a circle."), RARE] = 0.0,
    feather: Annotated[float, Range(0, 1, "fraction", help="0 is a hard edge.")] = 1.0,
    color: Annotated[str, Swatch(help="What the corners turn into.")] = "#000000",
) -> Colors:
    """Let the corners fade into a colour, or into white.

    v = smoothstep(0.8, inner, distance * (|amount| + size)), the colour mixed in by 1 - v; distance is 0.707 in the
    corner. Source: the vignette shader of glfx.js (Evan Wallace); roundness, feather and colour are added.
    """
    width, height = place.frame.extent.tolist()
    x, y = place.x.astype(colors.dtype), place.y.astype(colors.dtype)
    framed = length(x / (2 * width), y / (2 * height))
    round_ = length(x, y) * (0.5**0.5 / np.hypot(width, height).item())
    distance = framed + roundness * (round_ - framed)
    edge = np.maximum(feather * (0.8 - 0.799 * size), MIN_SOFTNESS).item()
    kept = smoothstep((0.8 - distance * (abs(amount) + size)) / edge)[..., None]
    target = rgb(color if amount > 0 else "#ffffff").astype(colors.dtype)
    return target + kept * (colors - target)


def _bloomed(colors: Colors, around: Surroundings, *, threshold: float, radius: float, amount: float) -> Colors:
    glow = around.gaussian(np.maximum(colors - threshold, 0) / np.maximum(1 - threshold, 1e-9), radius)
    return 1 - (1 - colors) * (1 - np.minimum(amount * glow, 1))


@light.spatial(also="glow, soft focus, dreamy, orton, halo", formula=_bloomed)
def bloom(
    image: Image,
    *,
    threshold: Annotated[float, Range(0, 1, help="Only light above this glows.")] = 0.6,
    radius: Annotated[float, Range(0.005, 0.08, "side", scale="log")] = 0.03,
    amount: Annotated[float, Range(0, 2, neutral=0)] = 0.8,
) -> Image:
    """Let the brightest areas glow, as through a soft lens.

    screen(c, amount * blur(max(0, c - threshold) / (1 - threshold))).
    """
    glow = gaussian(highlights(image, threshold), pixels(radius, image))
    return screen_pictures(image, glow, amount)


@light.color(also="flare, lomo, sunburn, analog")
def light_leak(
    colors: Colors,
    *,
    place: Place,
    x: Position = 1.0,
    y: Position = 0.3,
    hue: Annotated[float, Range(0, 60, "deg", help="0 is red, 60 is yellow.")] = 20.0,
    radius: Annotated[float, Range(0.1, 1.5, "side", lies="around", help="How far the light spreads.")] = 0.6,
    amount: Annotated[float, Range(0, 1, neutral=0)] = 0.6,
    seed: Annotated[int, Seed()] = 0,
) -> Colors:
    """Let warm light fall onto the film, as through a gap in the camera's back.

    Three soft ellipses around the point, shaped by chance, laid over the picture by screen.
    """
    glows = leaks(place.frame, x=x, y=y, hue=hue, radius=radius, amount=amount, seed=seed, throw=place.throw)
    return screen_glows(colors, place, glows)


def _parted(colors: Colors, around: Surroundings, *, shift: float, mode: str, angle: float) -> Colors:
    if mode == "radial":
        share = 2 * shift / np.hypot(*around.frame.extent)
        red, blue = around.points / (1 + share), around.points / (1 - share)
    else:
        away = 2 * shift * np.stack(direction(angle))
        red, blue = around.points - away, around.points + away
    sides = around.at(colors, red)[..., :1], around.at(colors, blue)[..., 2:]
    return np.concatenate([sides[0], colors[..., 1:2], sides[1]], axis=-1)


@light.spatial(also="fringe, rgb split, 3d, anaglyph, lens", formula=_parted)
def chromatic_aberration(
    image: Image,
    *,
    shift: Annotated[float, Range(0, 0.03, "side", neutral=0)] = 0.004,
    mode: Annotated[str, Choice("radial", "linear")] = "radial",
    angle: Annotated[
        float, Range(-180, 180, "deg", lies="clockwise", help="Where red moves; 0 is right."), When("mode", "linear")
    ] = 0.0,
) -> Image:
    """Let colours part at edges, as a simple lens does.

    Radial: red is larger and blue smaller, by `shift` in the corners. Linear: red moves by `shift` along the angle
    (clockwise) and blue the other way. Bilinear, the outermost pixels repeated.
    """
    away = pixels(shift, image)
    if mode == "radial":
        share = away / (np.hypot(*image.shape[:2]) / 2)
        return shift_red_and_blue(image, scaled_positions(image, share), scaled_positions(image, -share))
    right, down = away * np.cos(np.radians(angle)), away * np.sin(np.radians(angle))
    return shift_red_and_blue(image, moved_positions(image, right, down), moved_positions(image, -right, -down))
