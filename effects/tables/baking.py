"""A change of colours baked into a lattice, and written as the text of a .cube file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from effects.image import Colors, Floats
from effects.tables.cube import BLACK, MAX_TITLE_LETTERS, WHITE, CubeError
from effects.tables.curve_fitting import LEVELS, fit_curve
from effects.tables.interpolation import tetrahedral

USUAL_SIZE = 33
"""Points a side that most other programs write."""

BAKED_SIZES = (17, USUAL_SIZE, 65)
"""Points a side that they read."""

MAX_ERROR, MAX_MEAN_ERROR = 1.5 / 255, 0.025 / 255
"""How far from a change a lattice may be that needs no fitting."""

PROBES = 20_000
"""Random colours on which that is seen."""

MAX_MIXING = 1e-6
"""How far a channel's result may depend on the other two and still be a curve's."""

ROUNDS, RATE = 24, 0.2
"""How often a fitted lattice is moved, and by how much of what it is off: after that little changes."""

BENT = 0.01 / 255
"""How far a change is from straight around a point that is moved; where it is even a table should be, too."""

HALFWAY, ASIDE = 0.002, 0.005
"""How near, in levels, a tone is to the middle between two of them, and where it is put then: a hair off it is."""

STEPS = list(np.ndindex(2, 2, 2))
"""From a point of a lattice to itself, and to the seven points at the far ends of its cell."""

Place = tuple[slice, ...]
"""Points of a lattice."""


@dataclass(frozen=True)
class Softened:
    """An effect with edges between colours too sharp for a table, and how many levels colours beside them may be off.

    >>> from effects import EFFECTS, Pipeline
    >>> Pipeline((EFFECTS["posterize"].step(levels=4),)).to_cube(size=33).softened
    (Softened(effect='posterize', levels=74),)
    """

    effect: str
    levels: int


@dataclass(frozen=True)
class CubeFile:
    """A stack's colours as the `text` of a .cube file, and the names of the effects that are `left_out` of it.

    `softened` are those that it holds, but not their edges.

    >>> from effects import EFFECTS, Pipeline
    >>> file = Pipeline((EFFECTS["invert"].step(), EFFECTS["gaussian_blur"].step())).to_cube(size=17)
    >>> file.left_out, file.text.splitlines()[4]
    (('gaussian_blur',), '1.000000 1.000000 1.000000')
    """

    text: str = field(repr=False)
    left_out: tuple[str, ...] = ()
    softened: tuple[Softened, ...] = ()


def bake(change: Callable[[Colors], Colors], size: int, title: str) -> str:
    """The text of a .cube file of a change of colours (0..1, ... x 3), `size` points a side, red running fastest.

    Source: Cube LUT Specification 1.0 (Adobe, 2013). CubeError for a size that is not one of `BAKED_SIZES`.
    """
    if size not in BAKED_SIZES:
        allowed = f"{', '.join(map(str, BAKED_SIZES[:-1]))} or {BAKED_SIZES[-1]}"
        raise CubeError(f"a colour table is baked at {allowed} points a side, not at {size!r:.40}")
    side = int(size)
    # Without a minus before what rounds to nothing.
    numbers = np.round(decided(fit_lattice(change, side)), 6) + 0.0
    words = "".join(sign for sign in title if sign.isprintable() and sign != '"')[:MAX_TITLE_LETTERS]
    lines = "%.6f %.6f %.6f\n" * side**3 % tuple(numbers.ravel().tolist())
    return f'TITLE "{words}"\nLUT_3D_SIZE {side}\nDOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\n{lines}'


def fit_lattice(change: Callable[[Colors], Colors], side: int) -> Floats:
    """The lattice (blue x green x red x 3) that meets a change best where it is looked up, in float64.

    Where each channel is a curve of its own, so are the lattice's. Else it is what becomes of its points' own colours,
    if that will do. Where the change bends between them, as at every clamp, such a lattice is off always to the same
    side. Then it is moved, to the least sum of squares at its points and halfway between them, which in a tetrahedron
    is the mean of two points. Where the change is black or white the lattice may lie beyond, as whoever looks colours
    up clamps them. What black and white become stays as it is: whole walls are white.
    """
    axis = np.linspace(0, 1, side)
    if curves := curves_of(change):
        # The channels are each on their own: all that is asked can be weighed, level by level.
        fitted = [fit_curve(curve, sampled) for curve, sampled in zip(curves, change(greys(axis)).T, strict=True)]
        return np.stack([each[place] for each, place in zip(fitted, np.indices((side,) * 3)[::-1], strict=True)], -1)
    lattice = change(grid(axis, axis, axis))
    if is_near(lattice, change):
        return lattice
    half = (axis[1:] + axis[:-1]) / 2
    meant = [change(grid(*(half if step else axis for step in steps))) for steps in STEPS]
    bent = np.zeros(lattice.shape, bool)
    for near, far, off in misses(lattice, meant):
        bent[near] |= np.abs(off) > BENT
        bent[far] |= np.abs(off) > BENT
    for end in (0, -1):
        bent[end, end, end] &= (lattice[end, end, end] <= 0) | (lattice[end, end, end] >= 1)
    for _ in range(ROUNDS):
        pull = np.zeros_like(lattice)
        for near, far, off in misses(lattice, meant):
            pull[near] += off / 2
            pull[far] += off / 2
        lattice = lattice + RATE * bent * pull
    return lattice


def curves_of(change: Callable[[Colors], Colors]) -> list[Floats]:
    """What a change makes of the 256 levels of each channel, if no channel sees another; else none."""
    curves = change(greys(LEVELS / 255))
    colors = np.random.default_rng(0).integers(0, 256, (PROBES, 3))
    apart = np.take_along_axis(curves, colors, axis=0)
    return list(curves.T) if np.abs(apart - change(colors / 255)).max() < MAX_MIXING else []


def greys(levels: Floats) -> Colors:
    """These levels in all three channels, n x 3."""
    return np.repeat(levels[:, None], 3, axis=1)


def decided(lattice: Floats) -> Floats:
    """A lattice whose tones are none halfway between two levels, but on the side of the even one, which is rounded to.

    A clamp may end there, and whatever is a hair off in looking it up would be another level.
    """
    levels = 255 * lattice
    middle = np.floor(levels) + 0.5
    side = np.where(np.floor(levels) % 2, ASIDE, -ASIDE)
    return np.where(np.abs(levels - middle) < HALFWAY, (middle + side) / 255, lattice)


def misses(lattice: Floats, meant: Sequence[Floats]) -> Iterator[tuple[Place, Place, Floats]]:
    """What a lattice is off at its points and halfway to each of `STEPS`, and which points these lie between."""
    for steps, wanted in zip(STEPS, meant, strict=True):
        near = tuple(slice(None, -1) if step else slice(None) for step in steps)
        far = tuple(slice(1, None) if step else slice(None) for step in steps)
        found = (lattice[near] + lattice[far]) / 2
        beyond = (wanted >= 1) & (found > 1) | (wanted <= 0) & (found < 0)
        yield near, far, np.where(beyond, 0, wanted - found)


def is_near(lattice: Floats, change: Callable[[Colors], Colors]) -> bool:
    """Whether a lattice of a change may stay as it is, seen on random colours."""
    colors = np.random.default_rng(0).random((PROBES, 3))
    off = np.abs(np.clip(tetrahedral(lattice, BLACK, WHITE, colors), 0, 1) - change(colors))
    return bool(off.max() <= MAX_ERROR and off.mean() <= MAX_MEAN_ERROR)


def grid(blue: Floats, green: Floats, red: Floats) -> Colors:
    """The colours of these blues, greens and reds, blue x green x red x 3."""
    return np.stack(np.meshgrid(blue, green, red, indexing="ij")[::-1], axis=-1)
