"""A 33-point colour table against Pillow's Color3DLUT, from array to array: how fast, and how exact."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import numpy as np
from PIL import Image as PILImage
from PIL import ImageFilter

from benchmarks.limits import limits
from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, race
from effects.catalogue import EFFECTS
from effects.image import Image, to_float
from effects.pipeline import Pipeline
from effects.tables.cube import UNIT, Cube

SECTION = "lattice"

POINTS = 33

EXACT_ROWS = 256
"""Of the picture, to compare with interpolation in float64, which takes a while."""


def film() -> Cube:
    """A table as film simulations are: an S curve, turned hues, weaker shadows of colour."""
    levels = np.rint(np.linspace(0, 255, POINTS)).astype(np.uint8)
    blue, green, red = np.meshgrid(levels, levels, levels, indexing="ij")
    colors: Image = np.stack([red, green, blue], axis=-1).reshape(POINTS, POINTS * POINTS, 3)
    look = [EFFECTS["curves"].step(), EFFECTS["hue_rotate"].step(angle=12), EFFECTS["saturation"].step(amount=0.8)]
    changed = to_float(Pipeline(tuple(look))(colors)).reshape(POINTS, POINTS, POINTS, 3)
    return Cube("Film", np.rint(changed * UNIT).astype(np.int32))


def by_pillow(image: Image, table: ImageFilter.Color3DLUT) -> Image:
    """The same in Pillow, there and back."""
    return np.asarray(PILImage.fromarray(image).filter(table))


def rows(rounds: int) -> Iterator[Row]:
    """One core, processor time against processor time."""
    table = film()
    pipeline = Pipeline((EFFECTS["lut3d"].step(table=table),))
    theirs = ImageFilter.Color3DLUT(POINTS, (table.numbers / UNIT).ravel().tolist())
    for size, (height, width) in SIZES.items():
        image = photo(height, width)
        racers = {
            **limits(image),
            "ours": Racer(partial(pipeline, image)),
            "Pillow": Racer(partial(by_pillow, image, theirs)),
        }
        times = race(racers, rounds)
        speed = Bound(times["Pillow"].cpu / times["ours"].cpu, "at least", 1.8, "x Pillow in CPU time")
        yield measured(SECTION, "33 points", size, times, figures={"Pillow": times["Pillow"].cpu}, bound=speed)
        some = np.ascontiguousarray(image[:EXACT_ROWS])
        error = np.abs(pipeline(some).astype(np.int16) - pipeline.plain(some)).max()
        yield Row(SECTION, "its largest error", size, bound=Bound(float(error), "at most", 2, "levels"))
