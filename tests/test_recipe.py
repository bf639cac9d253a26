"""Recipes from strangers: what is wrong is said in one sentence, by its path, at once."""

import base64
import json
import random
import time
import tracemalloc
import zlib
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects.catalogue import EFFECTS
from effects.effect import Kind, RecipeError
from effects.pipeline import Pipeline
from tests.strategies import pipelines


def recipe(*steps: Any, **more: Any) -> str:
    return json.dumps({"version": 1, "steps": list(steps), **more})


@given(pipelines(set(Kind)))
def test_a_pipeline_survives_both_trips(pipeline: Pipeline) -> None:
    assert Pipeline.from_json(pipeline.to_json(), pipeline.tables) == pipeline
    assert Pipeline.from_json(pipeline.to_json().encode(), pipeline.tables) == pipeline
    assert Pipeline.from_link(pipeline.to_link(), pipeline.tables) == pipeline
    assert Pipeline.from_json(pipeline.to_file()) == pipeline


def test_json_writes_every_parameter_and_a_link_only_what_differs() -> None:
    pipeline = Pipeline((EFFECTS["posterize"].step(levels=6, strength=0.8),))
    assert json.loads(pipeline.to_json()) == {
        "version": 1,
        "steps": [{"effect": "posterize", "params": {"levels": 6}, "strength": 0.8, "muted": False}],
    }
    assert len(Pipeline(tuple(effect.step() for effect in list(EFFECTS.values())[:20])).to_link()) < 400


def test_only_the_effect_has_to_be_named() -> None:
    assert Pipeline.from_json(recipe({"effect": "sepia"})) == Pipeline((EFFECTS["sepia"].step(),))


BAD = {
    "not json": ("", "not a recipe in JSON"),
    "list": ("[]", r"recipe: \[\] is not an object"),
    "number": ("3", "recipe: 3 is not an object"),
    "no version": ('{"steps": []}', "version: version None is unknown"),
    "newer": ('{"version": 3, "steps": []}', "version: version 3 is unknown; this program reads version 1, 2$"),
    "true version": ('{"version": true, "steps": []}', "version: version True is unknown"),
    "no steps": ('{"version": 1}', "steps: None is not a list"),
    "extra": (recipe(author="me"), "'author' is not known here"),
    "step": (recipe(3), r"steps\[0\]: 3 is not an object"),
    "no effect": (recipe({}), r"steps\[0\].effect: there is no effect None"),
    "effect type": (recipe({"effect": ["sepia"]}), r"steps\[0\].effect: there is no effect"),
    "close": (recipe({"effect": "sepai"}), r"steps\[0\].effect: .*did you mean sepia\?"),
    "step key": (recipe({"effect": "sepia", "amount": 1}), r"steps\[0\]: 'amount' is not known here"),
    "params": (recipe({"effect": "sepia", "params": [1]}), r"steps\[0\].params: \[1\] is not an object"),
    "param": (recipe({"effect": "sepia", "params": {"levels": 1}}), r"steps\[0\].params: sepia: there is no parameter"),
    "range": (
        recipe({"effect": "sepia"}, {"effect": "posterize", "params": {"levels": 99}}),
        r"^steps\[1\].params.levels: posterize: levels 99 is outside 2..32 levels$",
    ),
    "fraction": (recipe({"effect": "posterize", "params": {"levels": 4.5}}), "4.5 is not a whole number"),
    "text": (recipe({"effect": "posterize", "params": {"levels": "4"}}), "'4' is not a number"),
    "bool": (recipe({"effect": "posterize", "params": {"levels": True}}), "True is not a number"),
    "null": (recipe({"effect": "sepia", "params": {"amount": None}}), "None is not a number"),
    "strength": (recipe({"effect": "sepia", "strength": 1.5}), r"steps\[0\].strength: sepia: strength 1.5 is outside"),
    "muted": (recipe({"effect": "sepia", "muted": 1}), r"steps\[0\].muted: .* is not true or false"),
    "canvas": (recipe({"effect": "crop", "strength": 0.5}), r"steps\[0\].strength: .*neither 0 nor 1"),
    "nan": ('{"version": 1, "steps": [{"effect": "sepia", "params": {"amount": NaN}}]}', "nan is not a finite number"),
    "inf": ('{"version": 1, "steps": [{"effect": "sepia", "params": {"amount": 1e999}}]}', r"params.amount: .*inf"),
    "huge": (recipe({"effect": "sepia", "params": {"amount": 10**4000}}), "amount a huge number is outside"),
    "digits": (f'{{"version": {"9" * 5000}, "steps": []}}', "not a recipe in JSON"),
    "21 steps": (recipe(*[{"effect": "sepia"}] * 21), "steps: a recipe has at most 20 steps, and this one has 21"),
    "8 KB": (recipe({"effect": "sepia"}) + " " * 8192, "at most 8192 bytes"),
    "deep": ("[" * 8000, "nested too deeply|not a recipe in JSON"),  # Python 3.13 reads on to the missing end
    "deep object": ('{"steps":' * 900, "not a recipe in JSON|nested too deeply"),
    "curve": (recipe({"effect": "curves", "params": {"rgb": "0,0 0,1"}}), "params.rgb: .*x of a curve's points rise"),
    "swatch": (recipe({"effect": "border", "params": {"color": "red"}}), "params.color: .*a colour like #ff8800"),
}


@pytest.mark.parametrize(("text", "sentence"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_by_its_path(text: str, sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence) as caught:
        Pipeline.from_json(text)
    assert len(str(caught.value)) <= 400
    assert "\n" not in str(caught.value)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=10), inner, max_size=4),
    max_leaves=20,
)
nearly = st.fixed_dictionaries(
    {"version": st.sampled_from([1, 2]) | anything},
    optional={
        "steps": anything
        | st.lists(
            st.fixed_dictionaries(
                {"effect": st.sampled_from(list(EFFECTS)) | anything},
                optional={
                    "params": st.dictionaries(
                        st.sampled_from(["amount", "radius", "x", "levels", "rgb", "color"]), anything, max_size=3
                    ),
                    "strength": anything,
                    "muted": anything,
                },
            ),
            max_size=22,
        )
    },
)


@given(nearly | anything)
def test_any_json_gives_a_pipeline_or_one_sentence(value: Any) -> None:
    text = json.dumps(value)
    began = time.perf_counter()
    with suppress(RecipeError):
        Pipeline.from_json(text)
    assert time.perf_counter() - began < 0.5


@given(st.binary(max_size=200), st.text(max_size=200))
def test_noise_gives_one_sentence(noise: bytes, text: str) -> None:
    for recipe in (noise, noise.decode("latin-1"), text):
        with pytest.raises(RecipeError):
            Pipeline.from_json(recipe)
    for link in (noise.decode("latin-1"), text):
        with pytest.raises(RecipeError):
            Pipeline.from_link(link)


def wordy(count: int) -> Pipeline:
    """So many steps of 200 signs each, which are 600 bytes and as different as they can be."""
    letters = random.Random(7)
    texts = ["".join(chr(letters.randrange(0x4E00, 0x9FA5)) for _ in range(200)) for _ in range(count)]
    return Pipeline(tuple(EFFECTS["text"].step(text=text) for text in texts))


def test_every_link_that_is_given_opens_again_and_more_than_it_holds_is_told() -> None:
    assert Pipeline.from_link(wordy(12).to_link()) == wordy(12)
    with pytest.raises(RecipeError, match=r"^this stack says more than a link can hold$"):
        wordy(13).to_link()


def test_a_cut_or_swollen_link_is_refused() -> None:
    link = Pipeline((EFFECTS["overlay"].step(color="#123456"),)).to_link()
    for cut in range(1, len(link)):
        with pytest.raises(RecipeError, match="this link"):
            Pipeline.from_link(link[:cut])
    bomb = base64.urlsafe_b64encode(zlib.compress(b" " * 50_000_000)).decode()
    for text in (bomb, bomb[:8000]):
        with pytest.raises(RecipeError):
            Pipeline.from_link(text)
    # Even a bomb small enough to be a link is given up after its first 8 KB.
    small = base64.urlsafe_b64encode(zlib.compress(b" " * 4_000_000, 9)).decode()
    assert len(small) <= 8192
    tracemalloc.start()
    try:
        with pytest.raises(RecipeError, match="at most 8192 bytes"):
            Pipeline.from_link(small)
        assert tracemalloc.get_traced_memory()[1] < 1_000_000
    finally:
        tracemalloc.stop()
