"""What cannot be traced and can be tabulated: tones, colours by their luma, and colour tables, as textures.

A curve has 4081 entries: sixteen steps from one value of 8 bits to the next, which stand in it exactly.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from effects.effect import Kind, Step
from effects.image import Colors, Floats
from effects.kernels.luma import REC_709
from effects.shaders.branches import Untraceable
from effects.shaders.glsl import Body, literal
from effects.shaders.textures import Texture
from effects.tables.interpolation import INTERPOLATIONS

CURVE_ENTRIES = 255 * 16 + 1
UNIT = 65535

MAX_LATTICE_ERROR = 1.5 / 255
"""The most that a lattice may be off on random colours, as of the plan's own."""

OVERSHOOT = 1.0
"""How far below black and above white a lattice's numbers may reach."""

PROBES = 4096


def has_curves(step: Step) -> bool:
    """Whether each channel's result depends on one number: its own value, or the luma."""
    return step.effect.kind is Kind.TONE or step.effect.by_luma or step.is_by_channel


@lru_cache(maxsize=64)
def curve_body(step: Step) -> Body:
    """A step looked up in one curve a channel, of the channel or of the luma; at full strength."""
    greys = np.repeat(np.linspace(0, 1, CURVE_ENTRIES)[:, None], 3, axis=1)[None]
    more: dict[str, Any] = {"place": None} if step.effect.knows_place else {}
    table = Texture(_whole(np.clip(step.call(greys, **more)[0], 0, 1)))
    weights = ", ".join(map(literal, REC_709))
    looked_up = f"vec3(dot(c, vec3({weights})))" if step.effect.by_luma else "c"
    return Body(f"vec3 v = along(@0, {looked_up});", ("v.r", "v.g", "v.b"), (), (), (table,))


@lru_cache(maxsize=8)
def lattice_body(step: Step) -> Body:
    """A step that looks colours up in a table, as that table's lattice; `Untraceable` where none comes near it."""
    cube = step.cube
    assert cube is not None
    nodes = cube.positions
    count = len(nodes)
    red, green, blue = (nodes[:, channel] for channel in range(3))
    grid = np.stack(np.broadcast_arrays(red[None, None], green[None, :, None], blue[:, None, None]), axis=-1)
    lattice: Floats = np.stack([step.call(slice_) for slice_ in grid])
    lattice = np.clip(lattice, -OVERSHOOT, 1 + OVERSHOOT)
    low, span = float(lattice.min()), max(float(np.ptp(lattice)), 1e-6)
    entries = np.linspace(0, 1, CURVE_ENTRIES)
    places = np.stack(
        [np.interp(entries, nodes[:, channel], np.linspace(0, 1, count)) for channel in range(3)], axis=-1
    )
    way = _nearest_interpolation(step, lattice, places)
    tables = [Texture(_whole((lattice - low) / span))]
    at = "c"
    if not np.allclose(nodes, np.linspace(0, 1, count)[:, None], atol=1e-9):
        tables.append(Texture(_whole(places)))
        at = "along(@1, c)"
    text = f"vec3 v = {literal(low)} + {literal(span)} * {way}(@0, {at} * {literal(count - 1.0)});"
    return Body(text, ("v.r", "v.g", "v.b"), (), (), tuple(tables))


def _nearest_interpolation(step: Step, lattice: Floats, places: Floats) -> str:
    """Which way of going between the lattice's points is the step's own, seen on random colours."""
    colors: Colors = np.random.default_rng(0).random((1, PROBES, 3))
    entries = np.linspace(0, 1, len(places))
    at = np.stack([np.interp(colors[..., channel], entries, places[:, channel]) for channel in range(3)], axis=-1)
    meant = np.clip(step.call(colors), 0, 1)
    errors = {
        name: float(np.abs(np.clip(look_up(lattice, (0.0,) * 3, (1.0,) * 3, at), 0, 1) - meant).max())
        for name, look_up in INTERPOLATIONS.items()
    }
    nearest = min(errors, key=lambda name: errors[name])
    if errors[nearest] > MAX_LATTICE_ERROR:
        raise Untraceable(f"a lattice is {errors[nearest]:.3f} off what it does to colours")
    return nearest


def _whole(values: Floats) -> npt.NDArray[np.uint16]:
    return np.rint(values * UNIT).astype(np.uint16)
