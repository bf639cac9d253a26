"""The formula that a spatial or canvas effect says is what its kernel does, in plain floats."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, Pipeline
from effects.effect import Category, Effect, Kind, Step
from effects.image import Colors, Frame, Image, Values, to_float, to_uint8
from effects.kernels.surroundings import PlainSurroundings, Surroundings
from effects.shaders.coverage import way_of
from effects.shaders.pieces import sight_of
from tests.scene import landscape
from tests.strategies import drawn, picture

SPATIAL = [effect for effect in EFFECTS.values() if effect.formula is not None and effect.kind is Kind.SPATIAL]
CANVAS = [effect for effect in EFFECTS.values() if effect.formula is not None and effect.kind is Kind.CANVAS]

NEARNESS = {"dodge_sketch": 40.0, "neon_edges": 40.0}
"""How near in decibels where it is not 45: both divide or amplify what 8 bits have rounded."""

WITHOUT_FORMULA = {"otsu": "manual", "floyd_steinberg": "bayer2", "atkinson": "bayer8"}
"""Choices that depend on the whole picture, and others that do not."""


def decibels(one: Image, other: Image) -> float:
    """The peak signal-to-noise ratio of two pictures."""
    error = float(((one.astype(float) - other.astype(float)) ** 2).mean())
    return 10 * np.log10(255**2 / max(error, 1e-9))


def step_with_formula(effect: Effect, seed: int) -> Step:
    """A step with parameters by a seed: the defaults at 0, and others in the place of choices without a formula."""
    params = drawn(effect, seed) if seed else {}
    said: dict[str, Any] = {name: WITHOUT_FORMULA.get(str(value), value) for name, value in params.items()}
    if effect.name == "resize":  # to a picture that a test has time for
        said |= {name: 16 + said[name] % 85 for name in ("long_side", "width", "height") if name in said}
    return effect.step(**said)


def by_formula(step: Step, image: Image) -> Image:
    """What a step's formula makes of a picture, at its strength."""
    assert step.effect.formula is not None
    before, after = Frame(*image.shape[:2]), Frame(*step.size(*image.shape[:2]))
    seen = {"seen": sight_of(step.effect, image, **step.params)} if step.effect.has_to_see else {}
    made = step.effect.formula(to_float(image), PlainSurroundings(after, before), **seen, **step.params)
    return to_uint8(made)


@pytest.mark.slow
@pytest.mark.parametrize("effect", SPATIAL, ids=lambda effect: effect.name)
def test_a_spatial_kernel_does_what_its_formula_says(effect: Effect) -> None:
    image = landscape(180, 240)
    for seed in range(4):
        step = step_with_formula(effect, seed)
        assert decibels(by_formula(step, image), Pipeline((step,))(image)) >= NEARNESS.get(effect.name, 45.0), step


@pytest.mark.parametrize("effect", CANVAS, ids=lambda effect: effect.name)
@pytest.mark.parametrize("shape", [(41, 60), (63, 38)])
def test_a_canvas_effect_does_what_its_formula_says(effect: Effect, shape: tuple[int, int]) -> None:
    image = picture(*shape, seed=2)
    for seed in range(1, 6):
        step = step_with_formula(effect, seed)
        made, result = by_formula(step, image), Pipeline((step,))(image)
        assert made.shape == result.shape
        # A look halfway between two 32nds of a pixel may go to either.
        assert (np.abs(made.astype(int) - result) > 1).mean() <= 0.005, step


def test_a_formula_that_a_test_declares_is_included() -> None:
    tried = Category("tried", "Tried", "What tests declare.")

    def doubled(colors: Colors, around: Surroundings) -> Colors:
        return colors + around.gaussian(colors, 0.01)

    @tried.spatial(formula=doubled)
    def doubled_light(image: Image) -> Image:
        """Add a blur."""
        return image

    assert way_of(doubled_light) == "formula"


def test_what_a_formula_is_told_is_either_of_the_picture_or_of_its_size() -> None:
    def doubled(colors: Colors, around: Surroundings, *, seen: float) -> Colors:
        return colors * seen

    def tried(image: Image) -> Image:
        """Try."""
        return image

    def declared(**more: Any) -> Effect:
        effect: Effect = Category("tried", "Tried", "What tests declare.").spatial(**more)(tried)
        return effect

    image = picture(24, 32)
    surveyed, layered = declared(formula=doubled, survey=np.mean), declared(formula=doubled, layer=np.hypot)
    assert (surveyed.has_to_see, layered.has_to_see, declared().has_to_see) == (True, True, False)
    assert tuple(sight_of(effect, image) for effect in (surveyed, layered, declared())) == (image.mean(), 40.0, None)
    for more in ({"survey": np.mean}, {"layer": np.hypot}):
        with pytest.raises(TypeError, match="tried: a survey or a layer, not both"):
            declared(**more)
    with pytest.raises(TypeError, match="tried: a survey or a layer, not both"):
        declared(formula=doubled, survey=np.mean, layer=np.hypot)


def test_only_what_is_no_formula_by_itself_says_one() -> None:
    def tried(values: Values) -> Values:
        """Try."""
        return values

    with pytest.raises(TypeError, match="tried: only a spatial, a canvas or a temporal effect says"):
        Category("tried", "Tried", "What tests declare.").tone(formula=lambda colors, around: colors)(tried)
