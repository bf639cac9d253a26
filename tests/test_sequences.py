"""A pipeline is a sequence of its steps, and an effect is its function."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, LOOKS, Pipeline, Step
from effects.effect import Kind
from effects.image import Frame
from tests.strategies import picture, pipelines

SEPIA, GRAIN, SWIRL = (EFFECTS[name].step() for name in ("sepia", "grain", "swirl"))
THREE = Pipeline((SEPIA, GRAIN, SWIRL))

places = st.none() | st.integers(-9, 9)


@given(pipeline=pipelines(set(Kind), most=6), first=places, last=places, by=places.filter(lambda by: by != 0))
def test_it_is_as_long_and_holds_the_same_as_the_tuple_of_its_steps(
    pipeline: Pipeline, first: int | None, last: int | None, by: int | None
) -> None:
    steps = pipeline.steps
    assert len(pipeline) == len(steps)
    assert [*pipeline] == [*steps]
    assert [*reversed(pipeline)] == [*reversed(steps)]
    assert all(pipeline[place] is step for place, step in enumerate(steps))
    assert all(pipeline[-1 - place] is step for place, step in enumerate(reversed(steps)))
    part = pipeline[first:last:by]
    assert isinstance(part, Pipeline)
    assert part.steps == steps[first:last:by]
    assert pipeline[:2] + pipeline[2:] == pipeline
    assert Pipeline.from_link(part.to_link(), part.tables) == part


def test_it_counts_finds_and_has_its_steps() -> None:
    twice = THREE + THREE
    assert isinstance(THREE, Sequence)
    assert (twice.count(GRAIN), twice.index(SWIRL), twice.index(SWIRL, 3)) == (2, 2, 5)
    assert SEPIA in THREE
    assert EFFECTS["sepia"].step(amount=0.5) not in THREE
    assert (bool(THREE), bool(Pipeline()), len(Pipeline())) == (True, False, 0)
    first, *rest = THREE
    assert (first, rest) == (SEPIA, [GRAIN, SWIRL])
    assert THREE[np.int64(1)] is GRAIN
    for place in (3, -4):
        with pytest.raises(IndexError):
            THREE[place]
    with pytest.raises(TypeError):
        THREE["sepia"]  # type: ignore[call-overload]


def test_steps_and_pipelines_are_added_in_every_order() -> None:
    assert (Pipeline() + SEPIA + GRAIN).steps == (SEPIA, GRAIN)
    assert (SEPIA + Pipeline((GRAIN,))).steps == (SEPIA, GRAIN)
    assert (SEPIA + Pipeline() + GRAIN + THREE).steps == (SEPIA, GRAIN, SEPIA, GRAIN, SWIRL)
    assert THREE[1:] + LOOKS["noir"] == Pipeline((GRAIN, SWIRL, *LOOKS["noir"]))
    grown = before = Pipeline((SEPIA,))
    grown += GRAIN
    assert (grown.steps, before.steps) == ((SEPIA, GRAIN), (SEPIA,))


@pytest.mark.parametrize("other", [None, 1, "sepia", (SEPIA,), [SEPIA], EFFECTS["sepia"]], ids=repr)
def test_nothing_else_is_added(other: Any) -> None:
    for pair in ((THREE, other), (other, THREE)):
        with pytest.raises(TypeError):
            operator.add(*pair)


def test_it_stays_a_value() -> None:
    steps: Any = THREE.steps
    for other in (copy.copy(THREE), copy.deepcopy(THREE), pickle.loads(pickle.dumps(THREE))):
        assert other == THREE
        assert hash(other) == hash(THREE)
    assert steps != THREE
    with pytest.raises(TypeError):
        operator.setitem(THREE, 0, GRAIN)  # type: ignore[call-overload]
    with pytest.raises(AttributeError):
        THREE.steps = ()  # type: ignore[misc]


@given(data=st.data())
def test_a_part_does_what_its_steps_do(data: st.DataObject) -> None:
    pipeline = data.draw(pipelines({Kind.TONE, Kind.SPATIAL}, most=4))
    image = picture(12, 17)
    assert np.array_equal(pipeline[:1](image), Pipeline(pipeline.steps[:1])(image))


ARGUMENTS: dict[Kind, tuple[Any, ...]] = {
    Kind.TONE: (np.linspace(0, 1, 30).reshape(10, 3),),
    Kind.MATRIX: (),
    Kind.LINEAR: (),
    Kind.GEOMETRIC: (np.linspace(-1, 1, 24).reshape(3, 4, 2), Frame(3, 4)),
    Kind.SPATIAL: (picture(24, 31),),
    Kind.CANVAS: (picture(24, 31),),
    Kind.TEMPORAL: (picture(24, 31), None),
}


@pytest.mark.slow
@pytest.mark.parametrize("effect", [e for e in EFFECTS.values() if e.kind in ARGUMENTS], ids=lambda e: e.name)
def test_an_effect_is_its_function(effect: Any) -> None:
    params = dict(effect.step().params) | ({"elapsed": 0.0} if effect.kind is Kind.TEMPORAL else {})
    found, meant = (call(*ARGUMENTS[effect.kind], **params) for call in (effect, effect.function))
    if isinstance(meant, tuple):
        found, meant = found[0], meant[0]
    assert np.array_equal(found, meant)
    assert callable(effect)


def test_effects_called_by_hand_have_the_values_of_their_formulas() -> None:
    values = np.array([[0.1, 0.5, 0.9]])
    assert np.allclose(EFFECTS["posterize"](values, levels=3), [[0.0, 0.5, 1.0]])
    assert np.allclose(EFFECTS["sepia"](amount=0.0), np.eye(3, 4))
    assert np.allclose(EFFECTS["sepia"](amount=1.0)[0], [0.393, 0.769, 0.189, 0], atol=2e-3)
    with pytest.raises(TypeError):
        EFFECTS["posterize"](values, levles=3)
    assert isinstance(EFFECTS["posterize"].step(levels=3), Step)
