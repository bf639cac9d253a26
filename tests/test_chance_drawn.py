"""Chance in video that a graphics card draws: thrown as often as in the library, as strong, at first a still's."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pytest

from effects import EFFECTS, Pipeline
from effects.chance import THROWS, begin_of
from effects.effect import Effect
from effects.image import Frame, Image, to_float, to_uint8
from effects.kernels.light.light_leak import ASIDE, AXES, DRIFT, drift, swayed
from effects.kernels.surroundings import PlainSurroundings
from effects.shaders import Program, coverage, program
from effects.shaders.trees import evaluated_tree
from tests.engines.drawer_page import DRAWER_PAGES
from tests.scene import landscape
from tests.shader_page import ShaderPage, differences

GREY = np.full((120, 160, 3), 128, np.uint8)
DANCING = [effect for effect in EFFECTS.values() if effect.rates and not coverage()[effect.name].startswith("server")]


def told(made: Program, t: float) -> list[float]:
    """What its draws are told at a time."""
    size = {"picture.width": 160, "picture.height": 120, "picture.short": 120}
    found = evaluated_tree(made.nodes, {**made.values, **size, "picture.t": t})
    return [found[node] for draw in made.draws for node in draw.numbers]


@pytest.mark.parametrize("effect", DANCING, ids=lambda effect: effect.name)
def test_chance_changes_as_often_as_the_librarys_and_begins_as_a_still(effect: Effect) -> None:
    step = effect.step(seed=3)
    made = program(Pipeline((step,)))
    (rate,) = step.effect.rates.values()
    moments = [(number + 0.25) / 60 for number in range(120)]
    changes = sum(told(made, one) != told(made, other) for one, other in pairwise(moments))
    assert changes == 2 * rate
    assert told(made, 0.4 / rate) == told(made, 0.0)
    assert told(made, 1.0) == told(made, 1.0 + THROWS / rate)


def test_throws_begin_everywhere_and_no_two_choices_go_together() -> None:
    begins = np.array([[begin_of(throw, choice, 1024) for throw in range(THROWS)] for choice in range(4)])
    assert (begins[:, 0] == 0).all()
    assert begins.min() == 0
    assert begins.max() == 1023
    halves = np.histogram(begins, 8, (0, 1024))[0] / begins.size
    assert abs(halves - 1 / 8).max() < 0.01
    alike = abs(np.corrcoef(np.concatenate([begins[:, :-1], begins[:, 1:]])) - np.eye(8)).max()
    assert alike < 0.15


def grained(throw: int) -> Image:
    step = EFFECTS["grain"].step(amount=0.5, size=0.01, seed=4)
    around = PlainSurroundings(Frame(120, 160), throw=throw)
    assert step.effect.formula is not None
    return to_uint8(step.effect.formula(to_float(GREY), around, **step.params))


def test_grain_is_as_strong_at_each_throw_and_knows_nothing_of_the_one_before() -> None:
    still = Pipeline((EFFECTS["grain"].step(amount=0.5, size=0.01, seed=4),))(GREY)
    assert differences(grained(0), still).max() <= 1
    throws = np.array([grained(throw)[..., 0].astype(float).ravel() for throw in range(8)])
    assert abs(throws.std(axis=1) / throws.std() - 1).max() < 0.1
    assert abs(np.corrcoef(throws) - np.eye(8)).max() < 0.1


def test_a_throw_of_a_glitch_tears_other_bands_and_makes_no_value() -> None:
    step, image = EFFECTS["glitch"].step(amount=0.6, seed=2), landscape(90, 120)
    assert step.effect.formula is not None
    made = [
        to_uint8(step.effect.formula(to_float(image), PlainSurroundings(Frame(90, 120), throw=throw), **step.params))
        for throw in range(6)
    ]
    assert all((np.sort(one, axis=1) == np.sort(image, axis=1)).all() for one in made)
    rows = np.array([(one != image).any(axis=(1, 2)) & (one != made[0]).any(axis=(1, 2)) for one in made[1:]])
    assert (rows.mean(axis=1) > 0.1).all()
    assert all((one != other).any() for one, other in pairwise(made[1:]))


@pytest.mark.slow
def test_a_leak_moves_within_the_limits_of_its_shapes_at_their_pace() -> None:
    begun = drift(7)
    ways = [np.array([swayed(begun, throw)[layer] for throw in range(THROWS)]) for layer in range(3)]
    for (aside, axes), way in zip(begun, ways, strict=True):
        assert np.array_equal(way[0], [aside, axes])
        for part, (low, high) in enumerate((ASIDE, AXES)):
            assert (way[:, part] >= low - 1e-9).all()
            assert (way[:, part] <= high + 1e-9).all()
    there = np.array([[np.stack(layer) for layer in drift(7 + throw * 1_000_000)] for throw in range(THROWS)])
    paces = [abs(moved[DRIFT:] - moved[:-DRIFT]).mean() for moved in (np.stack(ways, axis=1), there)]
    assert paces[0] == pytest.approx(paces[1], rel=0.35)


@pytest.fixture(scope="module", params=DRAWER_PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShaderPage]:
    with request.param(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.mark.deep
@pytest.mark.parametrize("effect", DANCING, ids=lambda effect: effect.name)
def test_what_is_drawn_dances_and_a_still_stands(page: ShaderPage, effect: Effect) -> None:
    stack, image = Pipeline((effect.step(seed=3),)), landscape(120, 160)
    page.begin(image)
    page.use(program(stack))

    def at(t: float | None) -> Image:
        page.page.evaluate("t => drawer.draw({}, t)", t)
        return page.frame(t)

    still, later, again = at(None), at(1.5), at(3.2)
    assert differences(still, stack(image)).mean() < 0.5
    assert (still != later).any()
    assert (later != again).any()
    assert np.array_equal(at(None), still)
    for thrown in (later, again):
        assert abs(differences(thrown, image).mean() / differences(still, image).mean() - 1) < 0.6
