"""What a mask costs: one blend, three steps under one, and the maps themselves."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from benchmarks.limits import limits
from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, race
from effects.catalogue import EFFECTS
from effects.image import Frame, Image
from effects.masks.blending import blend
from effects.masks.maps import kept_map, map_of, reads_picture
from effects.masks.mask import Mask, read_mask
from effects.pipeline import Pipeline

SECTION = "masks"

MASKS: dict[str, Mask] = {
    "every column": read_mask([{"kind": "linear", "x0": 0, "y0": 0.5, "x1": 1, "y1": 0.5}]),
    "sky": read_mask([{"kind": "linear", "y0": 0.6, "y1": 0.3}]),
    "ellipse": read_mask([{"kind": "radial", "feather": 0.1}]),
    "strokes": read_mask(
        [
            {
                "kind": "brush",
                "strokes": [{"points": [[0.1, y / 10], [0.5, y / 10 + 0.05], [0.9, y / 10]]} for y in range(10)],
            }
        ]
    ),
    "light": read_mask([{"kind": "luma", "feather": 0.01}]),
    "colour": read_mask([{"kind": "color", "feather": 0.01}]),
}

THREE = {
    "colours": ("exposure", "saturation", "contrast"),
    "a vignette": ("exposure", "vibrance", "vignette"),
    "a blur": ("exposure", "gaussian_blur", "saturation"),
}

MAX_BLEND, MAX_THREE = 0.8, 1.5
"""Of one look-up by the clock on the wall, all cores at work; of the same steps without a mask by processor time."""


def rows(rounds: int) -> Iterator[Row]:
    """Blends and stacks with their maps at hand, as with every slider; then each map made anew."""
    for size, shape in SIZES.items():
        image, held = photo(*shape), size == "12 MP"
        for name in ("every column", "sky", "ellipse"):
            yield _blend(name, size, image, rounds, held)
        for name in THREE:
            yield _three(name, size, image, rounds, held)
        for name, mask in MASKS.items():
            make = (
                partial(map_of, mask, image)
                if reads_picture(mask)
                else partial(kept_map.__wrapped__, mask, Frame(*shape))
            )
            yield measured(SECTION, f"map: {name}", size, race({**limits(image), "ours": Racer(make)}, rounds))


def _blend(name: str, size: str, image: Image, rounds: int, held: bool) -> Row:
    after, plane = Pipeline((EFFECTS["invert"].step(),))(image), map_of(MASKS[name], image).plane
    # In the place of what the steps made, as in a stack.
    times = race({**limits(image), "ours": Racer(partial(blend, image, after, plane, out=after))}, rounds)
    bound = Bound(times["ours"].wall / times["L"].wall, "at most", MAX_BLEND, "L") if held else None
    return measured(SECTION, f"blend: {name}", size, times, bound=bound)


def _three(name: str, size: str, image: Image, rounds: int, held: bool) -> Row:
    bare, masked = (
        Pipeline(tuple(EFFECTS[effect].step(mask=mask) for effect in THREE[name])) for mask in ((), MASKS["ellipse"])
    )
    racers = {"bare": Racer(partial(bare, image)), "ours": Racer(partial(masked, image))}
    times = race({**limits(image), **racers}, rounds)
    bound = Bound(times["ours"].cpu / times["bare"].cpu, "at most", MAX_THREE, "x unmasked") if held else None
    return measured(
        SECTION, f"three steps with {name}", size, times, figures={"unmasked CPU": times["bare"].cpu}, bound=bound
    )
