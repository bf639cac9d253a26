"""Every effect and look still makes of a picture what somebody once looked at and found good."""

from __future__ import annotations

import pytest

from effects import Pipeline
from tests.golden import FOLDER, HEIGHT, WIDTH, distance, file, opened, pipelines, shrunk
from tests.pictures import difference
from tests.scene import scene

PIPELINES = pipelines()

MEAN = 1.1
"""Levels that a golden and what is made now may be apart on average."""


@pytest.mark.parametrize("name", PIPELINES)
def test_the_picture_is_the_one_that_was_looked_at(name: str) -> None:
    """Other processors round other pixels up: one level on one pixel in twelve moves a file by up to 1.0 on average."""
    assert file(name).exists(), f"no golden yet: run `python -m tests.golden`, and look at {file(name).name}"
    mean, most = distance(name, PIPELINES[name])
    assert mean <= MEAN, f"the picture moved by {mean:.2f} levels on average"
    assert most <= 48, f"a pixel moved by {most} levels"


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
    (step,) = PIPELINES["effects/brightness"].steps
    other = Pipeline((step.effect.step(amount=1.21),))
    assert distance("effects/brightness", other)[0] > MEAN
