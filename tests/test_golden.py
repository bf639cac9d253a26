"""Every effect and look still makes of a picture what somebody once looked at and found good."""

from __future__ import annotations

import numpy as np
import pytest

from effects import Pipeline
from tests.golden import FOLDER, HEIGHT, WIDTH, apart, distance, encoded, file, opened, pipelines, rendered, shrunk
from tests.pictures import difference
from tests.scene import scene

PIPELINES = pipelines()

MEAN = 1.1
"""Levels that a golden and what is made now may be apart on average."""

MOST = 48
"""Levels by which one value may have moved."""

TILE, TINT = 6.5, 4.5
"""Levels by which the worst square of 16 x 16 pixels may have moved on average, and its mean colour.

Other processors' rounding, one level on one value in twelve, moves the worst square of any golden by up to 4.8, and its
colour by up to 2.8: most of that is JPEG, which makes a few levels of one. Those of today stand at up to 5.9 and 3.8.
"""


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=pytest.mark.slow if each.asks_networks else ()) for name, each in PIPELINES.items()],
)
def test_the_picture_is_the_one_that_was_looked_at(name: str) -> None:
    """Other processors round other pixels up: one level on one pixel in twelve moves a file by up to 1.0 on average."""
    assert file(name).exists(), f"no golden yet: run `python -m tests.golden`, and look at {file(name).name}"
    far = distance(name, PIPELINES[name])
    assert far.mean <= MEAN, f"the picture moved by {far.mean:.2f} levels on average"
    assert far.most <= MOST, f"a pixel moved by {far.most} levels"
    assert far.tile <= TILE, f"a tile of the picture moved by {far.tile:.2f} levels on average"
    assert far.tint <= TINT, f"a tile of the picture has another colour, by {far.tint:.2f} levels"


@pytest.mark.parametrize("name", PIPELINES)
def test_a_golden_shows_something_and_stays_small(name: str) -> None:
    plain, golden = shrunk(scene(), WIDTH, HEIGHT), opened(file(name).read_bytes())
    assert golden.shape != plain.shape or difference(golden, plain)[0] > 1.5
    assert file(name).stat().st_size <= 20_000


def test_no_golden_is_left_over() -> None:
    kept = {f"{path.parent.name}/{path.stem}" for path in FOLDER.glob("*/*.jpg")}
    assert kept == set(PIPELINES)


def test_a_slightly_different_effect_is_noticed() -> None:
    """A hundredth more light is told apart; so the tolerance is none for mistakes."""
    (step,) = PIPELINES["effects/brightness"].all_steps
    other = Pipeline((step.effect.step(amount=1.21),))
    assert distance("effects/brightness", other).mean > MEAN


@pytest.mark.parametrize("name", ["effects/sepia", "effects/oil_paint", "looks/noir"])
@pytest.mark.parametrize(("top", "left"), [(0, 0), (77, 101), (144, 224)])
def test_a_fault_in_one_place_is_noticed_though_the_whole_hardly_moves(name: str, top: int, left: int) -> None:
    """A square of 16 pixels, anywhere, that is 8 levels lighter: neither the mean nor any one value would tell."""
    faulty = rendered(PIPELINES[name]).copy()
    square = faulty[top : top + 16, left : left + 16]
    square[...] = np.where(square < 128, square + 8, square - 8)
    far = apart(opened(file(name).read_bytes()), opened(encoded(faulty)))
    assert far.mean <= MEAN
    assert far.most <= MOST
    assert far.tile > TILE or far.tint > TINT


def test_a_square_out_of_its_place_is_noticed_though_its_colour_stays() -> None:
    """Its rows in reverse order: the same values, elsewhere."""
    golden = np.random.default_rng(1).integers(100, 130, (HEIGHT, WIDTH, 3)).astype(np.uint8)
    faulty = golden.copy()
    faulty[32:48, 64:80] = golden[32:48, 64:80][::-1]
    far = apart(golden, faulty)
    assert far.mean < 0.1
    assert far.tint <= TINT
    assert far.tile > TILE
