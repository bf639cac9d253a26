"""What a formula in NumPy says of a pixel is found by running it on symbols: each promise against NumPy itself."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

import numpy as np
import pytest

from effects.effect import Category, Effect
from effects.image import Colors, Frame, Matrix, Place, Points, Values
from effects.marks import Choice, Range, Swatch
from effects.shaders.coverage import way_of
from effects.shaders.expressions import Rank, ordered
from effects.shaders.interpreter import evaluated
from effects.shaders.symbols import Untraceable
from effects.shaders.tracing import COLOR, is_nothing, open_values, traced

Amount = Annotated[float, Range(-2, 2)]

COLORS = np.random.default_rng(0).random((1, 50, 3))

Formula = Callable[[Any, Any], Any]


def shelf() -> Category:
    return Category("tried", "Tried", "What tests declare.")


def color_effect(formula: Formula) -> Effect:
    """An effect of one parameter whose function is this one of colours and an amount."""

    def tried(colors: Colors, *, amount: Amount = 0.7) -> Colors:
        """Try a formula."""
        return formula(colors, amount)

    return shelf().color(tried)


def by_trace(effect: Effect, colors: Any = COLORS, **params: Any) -> Any:
    """What the traced formula makes of colours."""
    step = effect.step(**params)
    pixels = dict(zip(COLOR, np.moveaxis(colors, -1, 0), strict=True))
    outputs = evaluated(traced(step).outputs, {**open_values(step), **pixels})
    return np.stack([np.broadcast_to(each, colors.shape[:-1]) for each in outputs], axis=-1)


def written_in_place(colors: Any, amount: Any) -> Any:
    out = np.empty_like(colors)
    out[..., 0] = colors[..., 1]
    out[..., 1:] = 1 - colors[..., :2]
    out *= amount
    out[..., 2] += 0.5
    np.multiply(out, 2, out=out)
    return out


def masked(colors: Any, amount: Any) -> Any:
    out = colors.copy()
    out[colors > 0.5] = amount
    return out


FORMULAS: dict[str, Formula] = {
    "operators": lambda c, a: -c + a * c - c / (2 + a) + c**2 + 2**c + (1 - c) % 0.3 + c // 0.25,
    "in place": written_in_place,
    "rounding": lambda c, a: np.rint(5 * c) + np.floor(3 * c) + np.ceil(c * a) + np.trunc(4 * c - 2) + np.round(c, 1),
    "floor-mod of negatives": lambda c, a: np.mod(c - 0.5, 0.2) + np.fmod(c - 0.5, 0.2) + np.mod(a, -0.3),
    "powers": lambda c, a: np.power(c, a) + c**0.5 + c**3 + np.float_power(c, 1 / 2.4) + np.cbrt(c - 0.5) + (-c) ** 2,
    "angles": lambda c, a: (
        np.sin(9 * c) + np.cos(a * c) + np.tan(c) + np.arctan2(c - 0.5, a) + np.arcsin(c) - np.arccos(c)
    ),
    "exponentials": lambda c, a: (
        np.exp(c) + np.log(c + 1) + np.exp2(c) + np.log2(c + a + 3) + np.expm1(c) + np.log1p(c)
    ),
    "extremes": lambda c, a: (
        np.maximum(c, a) + np.minimum(c, 0.5) + np.clip(c, 0.2, a) + c.clip(max=0.8) + np.fmax(c, a)
    ),
    "comparisons": lambda c, a: np.where((c > 0.5) & ~(c >= 0.9) | (c == 0), c, 1 - c) + (c < a) + (c != a),
    "signs": lambda c, a: np.sign(c - 0.5) * np.abs(c - a) + np.copysign(c, a - c) + np.heaviside(1, 1),
    "one channel beside another": lambda c, a: np.stack([c[..., 2], c[..., 0], c[..., 1] * a], axis=-1),
    "new axes": lambda c, a: c * (c[..., 0] + c[..., 1])[..., None],
    "moved axes": lambda c, a: np.moveaxis(np.moveaxis(c, -1, 0) * np.array([1, a, 2]).reshape(3, 1, 1), 0, -1),
    "slices and halves": lambda c, a: np.concatenate([c[..., 1:], c[..., :1] * a], axis=-1),
    "products of matrices": lambda c, a: c @ np.array([[1, a, 0], [0, 1, 0], [a, 0, 1]]) + np.dot(c, np.eye(3)),
    "sums over channels": lambda c, a: c - c.mean(axis=-1, keepdims=True) + np.sum(c, axis=-1)[..., None] * a,
    "extremes over channels": lambda c, a: c.max(axis=-1, keepdims=True) - np.min(c, axis=-1)[..., None],
    "lengths": lambda c, a: c * np.linalg.norm(c, axis=-1, keepdims=True) + np.hypot(c, a) + np.sqrt(c),
    "straight lines": lambda c, a: np.interp(c, [0.1, 0.4, 0.8], [0.0, 0.9, 0.5]),
    "choices": lambda c, a: np.select([c < 0.2, c < 0.6], [c * a, c + 1], 0.25),
    "a mask": masked,
    "polynomials": lambda c, a: np.polyval([1.0, -2.0, 0.5], c) + np.square(c) + np.sinc(c * a),
    "degrees": lambda c, a: np.degrees(c) + np.radians(90 * c) + np.deg2rad(c) + np.rad2deg(a),
    "a condition on a parameter": lambda c, a: c * 2 if a > 0.5 else 1 - c,
    "the larger of two parameters": lambda c, a: c * max(a, 0.25) + min(a, 1.0, 0.1),
    "conditions one after another": lambda c, a: (c if a > 0 else -c) + (1 if abs(a) > 1 else 0) + (c if a > 0 else 0),
}


@pytest.mark.parametrize("name", FORMULAS)
def test_a_formula_is_traced_to_what_numpy_makes_of_it(name: str) -> None:
    effect = color_effect(FORMULAS[name])
    for amount in (0.7, -1.25, 0.0, 2.0):
        with np.errstate(all="ignore"):
            meant = np.broadcast_to(effect(COLORS, amount=amount), COLORS.shape)
        np.testing.assert_allclose(by_trace(effect, amount=amount), meant, atol=1e-12)


def test_what_a_formula_says_twice_is_computed_once() -> None:
    effect = color_effect(lambda c, a: np.sin(c * a) + np.sin(c * a) ** 2)
    asked = [each.operation for each in ordered(traced(effect.step()).outputs)]
    assert asked.count("sin") == 3  # one for each channel


def test_two_ways_share_what_they_have_in_common() -> None:
    effect = color_effect(lambda c, a: np.sin(c * (a if a > 0 else 1 - a)))
    found = ordered(traced(effect.step()).outputs)
    assert [each.operation for each in found].count("sin") == 3
    assert [each.rank for each in found if each.operation == "select"] == [Rank.PARAMETER]


def test_every_kind_of_pixel_effect_that_a_test_declares_is_traced() -> None:
    tried = shelf()

    @tried.tone
    def darker(values: Values, *, amount: Amount = 0.5) -> Values:
        """Darken."""
        return values * (1 - amount / 4)

    @tried.matrix
    def swap(*, amount: Amount = 0.5) -> Matrix:
        """Swap two channels."""
        return np.array([[0, 1, 0, 0], [1, 0, 0, amount], [0, 0, 1, 0]])

    @tried.linear
    def double(*, amount: Amount = 0.5) -> Matrix:
        """Double the light."""
        return np.hstack([np.eye(3) * 2, np.full((3, 1), amount)])

    @tried.color
    def fade_down(colors: Colors, *, place: Place, color: Annotated[str, Swatch()] = "#204060") -> Colors:
        """Fade into a colour from top to bottom, by its length from the corner."""
        share = np.clip((place.y / place.frame.extent[1] + 1) / 2, 0, 1)[..., None]
        target = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) if isinstance(color, str) else color
        return colors + share * (target - colors)

    @tried.geometric
    def shear(points: Points, frame: Frame, *, amount: Amount = 0.5) -> Points:
        """Shear the picture."""
        out = points.copy()
        out[..., 0] += amount * points[..., 1]
        return out

    assert {name: way_of(effect) for name, effect in tried.effects.items()} == dict.fromkeys(tried.effects, "traced")


def test_plain_numbers_where_a_parameter_comes_in_make_a_shader_a_setting() -> None:
    effect = color_effect(lambda c, a: c * math.cos(a) + float(a))
    with pytest.raises(Untraceable, match=r"float\(\), math .*test_shader_tracing.py, line \d+"):
        traced(effect.step())
    assert way_of(effect) == "table"
    np.testing.assert_allclose(
        evaluated(traced(effect.step(), is_nothing).outputs, dict.fromkeys(COLOR, 0.5)), 0.5 * math.cos(0.7) + 0.7
    )


@lru_cache
def kept(amount: Any) -> Any:
    return amount * 2


REFUSED: dict[str, tuple[Formula, str]] = {
    "a branch of each pixel's": (lambda c, a: c if c[0, 0, 0] > a else 1 - c, "a branch that each pixel would take"),
    "a sum over pixels": (lambda c, a: c - c.mean(), "of all pixels"),
    "a mean along a side": (lambda c, a: c - c.max(axis=0), "of all pixels"),
    "an index": (lambda c, a: np.arange(256)[(255 * c).astype(int)] / 255, "an index or a count|IndexError"),
    "an array of plain numbers": (lambda c, a: np.multiply(c, 2, out=np.empty((1, 1, 3))), "np.empty_like"),
    "a function without symbols": (lambda c, a: np.sort(c, axis=-1), "np.sort"),
    "the place of what holds": (lambda c, a: np.where(c > 0.5), "np.where without"),
    "bits of whole numbers": (lambda c, a: c + (a & 2), "np.bitwise_and of the bits"),
    "bits turned round": (lambda c, a: c + (~np.floor(c) | (c > 0.5)), "np.invert of the bits"),
    "bits beside a truth": (lambda c, a: c + (1 | (c > 0.5)), "np.bitwise_or of the bits"),
    "too many ways": (lambda c, a: c * sum(1 for at in range(9) if a * c.size > at or at > a * 3), "64 ways"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_no_shader_can_do_is_refused_in_words_that_name_the_line(name: str) -> None:
    formula, words = REFUSED[name]
    with pytest.raises(Untraceable, match=words) as refusal:
        traced(color_effect(formula).step())
    assert "test_shader_tracing.py, line " in str(refusal.value)
    assert way_of(color_effect(formula)) != "traced"


def test_a_cache_keeps_no_symbols() -> None:
    effect = color_effect(lambda c, a: c * kept(a))
    before = kept.cache_info().currsize
    with pytest.raises(Untraceable, match="unhashable"):
        traced(effect.step())
    assert kept.cache_info().currsize == before


def test_a_choice_is_another_formula_and_a_number_is_not() -> None:
    def tried(values: Values, *, amount: Amount = 0.5, way: Annotated[str, Choice("up", "down")] = "up") -> Values:
        """Try a choice."""
        return values + (amount if way == "up" else -amount)

    effect = shelf().tone(tried)
    assert traced(effect.step(amount=1)) is traced(effect.step(amount=2))
    assert traced(effect.step(way="down")) is not traced(effect.step())
