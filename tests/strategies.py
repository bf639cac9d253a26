"""Random pictures, parameters, steps and pipelines, read from the marks."""

import math
from functools import cache, singledispatch
from typing import Any

import cv2
import numpy as np
from hypothesis import strategies as st

from effects.catalogue import EFFECTS
from effects.effect import Effect, Kind, Step
from effects.group import Group
from effects.image import Image
from effects.kernels.tone.curves import STRAIGHT
from effects.marks import Choice, Mark, Picture, Range, Seed, Swatch, Table, Text, Toggle
from effects.params import Param
from effects.pipeline import Pipeline
from tests.backdrops import BACKDROPS
from tests.tables import TABLES

SIDE = 400
"""Pixels a side of the largest result that a small step may have."""


@singledispatch
def values(mark: Mark, _param: Param) -> st.SearchStrategy[Any]:
    """Values that a mark accepts."""
    raise TypeError(f"there is no strategy for {type(mark).__name__}")


@values.register
def _(mark: Range, _param: Param) -> st.SearchStrategy[Any]:
    if mark.integer:
        return st.integers(int(mark.low), int(mark.high))
    ends = [mark.low, mark.high, *([] if mark.neutral is None else [mark.neutral])]
    return st.one_of(st.floats(mark.low, mark.high), st.sampled_from(ends))


@values.register
def _(mark: Choice, _param: Param) -> st.SearchStrategy[Any]:
    return st.sampled_from(mark.options)


@values.register
def _(_mark: Toggle, _param: Param) -> st.SearchStrategy[Any]:
    return st.booleans()


@values.register
def _(_mark: Swatch, _param: Param) -> st.SearchStrategy[Any]:
    return st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


@values.register
def _(mark: Seed, _param: Param) -> st.SearchStrategy[Any]:
    return st.integers(mark.low, mark.high)


@values.register
def _(_mark: Table, _param: Param) -> st.SearchStrategy[Any]:
    return st.sampled_from(TABLES)


@values.register
def _(_mark: Picture, _param: Param) -> st.SearchStrategy[Any]:
    return st.sampled_from(BACKDROPS)


@values.register
def _(mark: Text, param: Param) -> st.SearchStrategy[Any]:
    if mark.read is not None:
        texts = [str(param.default), STRAIGHT, "0,1 1,0", "0.1,0 0.2,0.9 0.7,0.3 1,1"]
        return st.sampled_from([text for text in texts if _accepted(mark, text)])
    letters = st.characters(codec="utf-8", exclude_categories=("Cc", "Cs"))
    return st.text(letters, max_size=min(mark.max_length, 12))


def _accepted(mark: Mark, text: str) -> bool:
    try:
        mark.check(text)
    except ValueError:
        return False
    return True


# Hypothesis looks a strategy through when it is first drawn from, which takes longer than most examples do.
@cache
def params(effect: Effect) -> st.SearchStrategy[dict[str, Any]]:
    """All parameters of an effect."""
    return st.fixed_dictionaries({param.name: values(param.mark, param) for param in effect.params})


@cache
def steps(effect: Effect) -> st.SearchStrategy[Step]:
    """Steps of an effect, at any strength its kind allows."""
    strengths = st.just(1.0) if effect.kind is Kind.CANVAS else st.one_of(st.just(1.0), st.floats(0, 1))
    return st.builds(Step, st.just(effect), params(effect), strengths)


def small_steps(effect: Effect, image: Image | tuple[int, int]) -> st.SearchStrategy[Step]:
    """Steps whose result is no poster: a resize to thousands of pixels tells no more than one to hundreds."""
    if effect.kind is not Kind.CANVAS:
        return steps(effect)
    height, width = image if isinstance(image, tuple) else image.shape[:2]

    def shorter(step: Step) -> Step:
        given = {side: step.params.get(side) for side in ("width", "height", "long_side")}
        sides = {side: min(length, SIDE) for side, length in given.items() if isinstance(length, int)}
        return Step(effect, {**step.params, **sides}, step.strength)

    return steps(effect).map(shorter).filter(lambda step: math.prod(step.size(height, width)) <= SIDE * SIDE)


def shelf_of(kinds: set[Kind]) -> list[Effect]:
    """The effects of these kinds; not those that ask networks, which take half a second of each new picture.

    What holds for them in stacks is tried in tests/test_people.py.
    """
    return [effect for effect in EFFECTS.values() if effect.kind in kinds and not effect.finds]


def pipelines(kinds: set[Kind], most: int = 8) -> st.SearchStrategy[Pipeline]:
    """Pipelines of up to `most` steps of these kinds."""
    shelf = shelf_of(kinds)
    step = st.sampled_from(shelf).flatmap(steps)
    return st.lists(step, min_size=1, max_size=most).map(lambda made: Pipeline(tuple(made)))


def groups(kinds: set[Kind], most: int = 4) -> st.SearchStrategy[Group]:
    """Groups of up to `most` steps of these kinds, at any strength that they allow."""
    shelf = shelf_of(kinds)
    stacks = st.lists(st.sampled_from(shelf).flatmap(steps), max_size=most)
    strengths = st.one_of(st.sampled_from([0.0, 0.5, 1.0]), st.floats(0, 1))
    titles = st.one_of(st.just(""), st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=12))

    def made(stack: list[Step], strength: float, title: str, muted: bool) -> Group:
        framed = any(step.effect.kind is Kind.CANVAS for step in stack)
        return Group(tuple(stack), round(strength) if framed else strength, title=title, muted=muted)

    return st.builds(made, stacks, strengths, titles, st.sampled_from([False, False, False, True]))


def stacks_with_groups(kinds: set[Kind], most: int = 4) -> st.SearchStrategy[Pipeline]:
    """Pipelines of steps and groups of these kinds, one group at least."""
    parts = st.tuples(pipelines(kinds, most), groups(kinds), pipelines(kinds, most))
    return parts.map(lambda three: Pipeline((*three[0], three[1], *three[2])))


def picture(height: int, width: int, seed: int = 0, style: str = "mixed") -> Image:
    """A picture without meaning but with everything in it: noise, greys, smooth colours, black and white."""
    chance = np.random.default_rng(seed)
    noise = chance.integers(0, 256, (height, width, 3), dtype=np.uint8)
    few = chance.integers(0, 256, (max(1, height // 8), max(1, width // 8), 3), dtype=np.uint8)
    smooth = cv2.resize(few, (width, height), interpolation=cv2.INTER_CUBIC).reshape(height, width, 3)
    if style != "mixed":
        return {"noise": noise, "smooth": smooth, "grey": np.repeat(noise[..., :1], 3, axis=2)}[style]
    mixed = smooth.copy()
    mixed[: height // 4] = noise[: height // 4]
    mixed[height // 4 : height // 3] = noise[height // 4 : height // 3, :, :1]
    mixed[-1:, : width // 2], mixed[-1:, width // 2 :] = 0, 255
    return mixed


def pictures(most: int = 40) -> st.SearchStrategy[Image]:
    """Pictures of any shape up to `most` pixels a side, read-only, one pixel included."""
    sides = st.one_of(st.integers(1, most), st.sampled_from([1, 2, 3]))
    styles = st.sampled_from(["mixed", "noise", "smooth", "grey"])
    return st.builds(_frozen, sides, sides, st.integers(0, 2**16), styles)


def _frozen(height: int, width: int, seed: int, style: str) -> Image:
    made = picture(height, width, seed, style)
    made.setflags(write=False)
    return made


def drawn(effect: Effect, seed: int) -> dict[str, Any]:
    """Numbers, choices, switches and colours for an effect by a seed, from end to end of what each mark allows.

    Texts, tables and seeds stay at their defaults: what those mean is proven where they are at home.
    """
    chance = np.random.default_rng([seed, *effect.name.encode()])

    def value(mark: Mark, default: Any) -> Any:
        match mark:
            case Range(low=low, high=high, integer=True):
                return int(chance.integers(int(low), int(high), endpoint=True))
            case Range(low=low, high=high):
                return float(chance.uniform(low, high))
            case Choice(options=options):
                return options[chance.integers(len(options))]
            case Toggle():
                return bool(chance.integers(2))
            case Swatch():
                return f"#{chance.integers(1 << 24):06x}"
        return default

    return {param.name: value(param.mark, param.default) for param in effect.params}
