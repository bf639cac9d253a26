"""Marks, and reading them from a signature."""

import math
from typing import Annotated, Any

import numpy as np
import pytest

from effects.effect import Category, Kind, RecipeError, Step
from effects.image import Colors, Image, Matrix, Place, Values
from effects.marks import RARE, Choice, Mark, Position, Range, Seed, Swatch, Text, Toggle, When, quote
from effects.params import Param, read_params

shelf = Category("shelf", "Shelf", "For the tests of this file.")


@shelf.tone
def lift(
    values: Values,
    *,
    amount: Annotated[float, Range(-1, 1, neutral=0)] = 0.5,
    count: Annotated[int, Range(1, 9, "count", scale="log")] = 3,
) -> Values:
    """Lift the values."""
    return values + amount * count


ACCEPTED: list[tuple[Mark, Any, Any]] = [
    (Range(0, 1), 1, 1.0),
    (Range(0, 1), np.float32(0.5), 0.5),
    (Range(2, 32, integer=True), 4.0, 4),
    (Range(2, 32, integer=True), np.int64(7), 7),
    (Choice("a", "b"), "b", "b"),
    (Toggle(), False, False),
    (Swatch(), "#FF8800", "#ff8800"),
    (Seed(), 999_999, 999_999),
    (Text(8), "é\n한국🙂", "é\n한국🙂"),
]

REFUSED: list[tuple[Mark, Any, str]] = [
    (Range(0, 1), 1.1, "1.1 is outside 0..1"),
    (Range(0.005, 0.08, "side"), 0.3, "0.3 is outside 0.005..0.08 side"),
    (Range(0, 1), math.nan, "nan is not a finite number"),
    (Range(0, 1), -math.inf, "-inf is not a finite number"),
    (Range(0, 1), np.float32("nan"), "outside"),
    (Range(0, 1), True, "True is not a number"),
    (Range(0, 1), "0.5", "'0.5' is not a number"),
    (Range(0, 1), 10**400, "a huge number is outside"),
    (Range(2, 32, integer=True), 4.5, "4.5 is not a whole number"),
    (Choice("a", "b"), "c", "'c' is not one of a, b"),
    (Choice("a", "b"), ["a"], "is not one of a, b"),
    (Toggle(), 1, "1 is not true or false"),
    (Swatch(), "#ff880", "is not a colour like #ff8800"),
    (Swatch(), "#ff8800\n", "is not a colour like #ff8800"),
    (Seed(), -1, "-1 is outside 0..999999|-1 is outside"),
    (Seed(), 0.5, "0.5 is not a whole number"),
    (Text(3), "four", "is 4 characters long; at most 3 are allowed"),
    (Text(9), "a\x00b", "control character"),
    (Text(9), "\ud800", "control character"),
    (Text(9), 3, "3 is not a text"),
]


@pytest.mark.parametrize(("mark", "given", "canonical"), ACCEPTED)
def test_a_mark_brings_what_it_accepts_into_one_form(mark: Mark, given: Any, canonical: Any) -> None:
    checked = mark.check(given)
    assert checked == canonical
    assert type(checked) is type(canonical)


@pytest.mark.parametrize(("mark", "given", "sentence"), REFUSED)
def test_a_mark_says_what_it_was_asked_and_what_it_allows(mark: Mark, given: Any, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        mark.check(given)


def test_a_signature_is_read_in_order_with_its_types() -> None:
    amount, count = lift.params
    assert amount == Param("amount", 0.5, Range(-1, 1, neutral=0.0))
    assert count.default == 3
    assert isinstance(count.mark, Range)
    assert count.mark.integer
    assert (lift.name, lift.title, lift.summary, lift.kind) == ("lift", "Lift", "Lift the values.", Kind.TONE)
    assert shelf.effects["lift"] is lift


def test_a_keyword_without_a_mark_or_with_a_refused_default_cannot_be_declared() -> None:
    def unmarked(*, amount: float = 0.5) -> None: ...
    def refused(*, amount: Annotated[float, Range(0, 1)] = 2.0) -> None: ...

    with pytest.raises(TypeError, match="amount needs a mark"):
        read_params(unmarked)
    with pytest.raises(ValueError, match="2 is outside"):
        read_params(refused)


def test_a_function_of_another_kinds_form_cannot_be_declared() -> None:
    def colors(colors: Colors) -> Colors:
        """Wrong: whole pixels where a tone takes values."""
        return colors

    def image(image: Image) -> Values:
        """Wrong: an image comes in, floats go out."""
        return image / 255

    def matrix(*, amount: float) -> Matrix:
        """Wrong only as a tone."""
        return np.eye(3, 4) * amount

    for declare, function in [(shelf.tone, colors), (shelf.spatial, image), (shelf.tone, matrix)]:
        with pytest.raises(TypeError, match="its form is not that of the kind"):
            declare(function)  # type: ignore[operator]
    with pytest.raises(TypeError, match="declared twice"):
        shelf.tone(lift.function)


def test_a_color_function_may_ask_for_its_place_which_is_no_parameter() -> None:
    def spot(colors: Colors, *, place: Place, amount: Annotated[float, Range(0, 1)] = 1.0) -> Colors:
        """Know where you are."""
        return colors * (np.hypot(place.x, place.y) < amount)[..., None]

    effect = shelf.color(spot)
    assert effect.knows_place
    assert [param.name for param in effect.params] == ["amount"]


def test_a_decorator_takes_a_title_with_brackets() -> None:
    def plain(image: Image) -> Image:
        """Do nothing."""
        return image

    effect = shelf.spatial(title="Nothing at all", live=False)(plain)
    assert (effect.title, effect.live) == ("Nothing at all", False)
    assert shelf.effects["plain"] is effect


def test_a_step_fills_in_defaults_and_is_a_value() -> None:
    step = lift.step(amount=1)
    assert dict(step.params) == {"amount": 1.0, "count": 3}
    assert step == Step(lift, {"count": 3.0, "amount": 1})
    assert hash(step) == hash(Step(lift, {"amount": 1.0}))
    assert step != lift.step(amount=0.9)
    with pytest.raises(TypeError):
        step.params["amount"] = 0  # type: ignore[index]


def test_a_step_says_what_it_was_asked_and_what_is_allowed() -> None:
    with pytest.raises(RecipeError, match=r"^lift: amount 3 is outside -1\.\.1$"):
        lift.step(amount=3)
    with pytest.raises(RecipeError, match="lift: there is no parameter 'amuont'; it has amount, count"):
        lift.step(amuont=1)
    with pytest.raises(RecipeError, match=r"^lift: strength 2 is outside 0\.\.1$"):
        lift.step(strength=2)


def test_neutral_means_every_neutral_at_once() -> None:
    assert lift.step(amount=0, count=9).is_neutral
    assert not lift.step(amount=0.01).is_neutral
    assert not lift.step(amount=0.5, muted=True).is_active


def test_no_value_makes_a_sentence_long() -> None:
    assert len(quote("x" * 1000)) == 40
    assert quote(10**5000) == "a huge number"


def test_a_parameter_says_when_it_counts_and_a_condition_nobody_can_meet_is_refused() -> None:
    def turn(
        *,
        by: Annotated[str, Choice("hand", "chance")] = "hand",
        angle: Annotated[float, Range(0, 360), When("by", "hand")] = 0.0,
    ) -> None: ...

    def wrong(*, angle: Annotated[float, Range(0, 360), When("by", "hand")] = 0.0) -> None: ...

    by, angle = read_params(turn)
    assert by.when.holds({"by": "chance"})
    assert angle.when.holds({"by": "hand"})
    assert not angle.when.holds({"by": "chance"})
    with pytest.raises(TypeError, match="angle waits for what 'by' does not offer"):
        read_params(wrong)


def test_a_parameter_says_that_it_is_rare() -> None:
    def turn(
        *, angle: Annotated[float, Range(0, 360)] = 0.0, x: Annotated[Position, RARE] = 0.5, seed: Position = 0.5
    ) -> None: ...

    assert {param.name: param.rare for param in read_params(turn)} == {"angle": False, "x": True, "seed": False}
