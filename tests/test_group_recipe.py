"""Groups in recipes and links: version 2 where there are any, and each mistake told by its path."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import numpy as np
import pytest
from hypothesis import given

from effects import LOOKS, Group, Pipeline, RecipeError, render
from effects.effect import Kind
from tests.pictures import encoded, pixels_of
from tests.strategies import picture, stacks_with_groups
from tests.tables import cube, warm
from tests.test_group import one, step


@given(pipeline=stacks_with_groups(set(Kind)))
def test_stacks_with_groups_survive_every_trip(pipeline: Pipeline) -> None:
    assert Pipeline.from_json(pipeline.to_json(), pipeline.tables) == pipeline
    assert Pipeline.from_link(pipeline.to_link(), pipeline.tables) == pipeline
    assert Pipeline.from_json(pipeline.to_file()) == pipeline
    for other in (pickle.loads(pickle.dumps(pipeline)), copy.deepcopy(pipeline)):
        assert other == pipeline
        assert hash(other) == hash(pipeline)


def test_a_stack_with_a_group_says_version_2_and_no_other_does() -> None:
    noir = LOOKS["noir"].group(strength=0.8)
    written = json.loads(one(noir).to_json())
    steps = json.loads(LOOKS["noir"].to_json())["steps"]
    assert written == {"version": 2, "steps": [{"title": "Noir", "strength": 0.8, "muted": False, "steps": steps}]}
    assert json.loads(one(*noir.steps).to_json())["version"] == 1


def test_a_version_2_text_may_leave_out_what_it_does_not_need() -> None:
    text = '{"version": 2, "steps": [{"steps": [{"effect": "sepia"}]}, {"effect": "invert"}]}'
    assert Pipeline.from_json(text) == one(Group((step("sepia"),)), step("invert"))
    assert Pipeline.from_json('{"version": 2, "steps": [{"steps": []}]}') == one(Group())


KEPT_LINK = (
    "eNptjcEKwkAMRH9F5lyKCILsT_gB4mHRtA20uyFJi7D0300vnmRuM_NmGjZS41qQLh3MSQzp0UDDQC9HAn2k2qqEvWtw9pnCvM_vkygXx8EoldEn"
    "pHN__TthJJyjKVnzEllDXuoacBC3_dj9VTceC7nH2zP0BV9wNVM"
)
KEPT_JSON = (
    '{"version": 2, "steps": [{"effect": "exposure", "params": {"stops": 0.5}, "strength": 1.0, "muted": false}, '
    '{"title": "Old print", "strength": 0.5, "muted": false, "steps": [{"effect": "sepia", "params": {"amount": 0.8}, '
    '"strength": 1.0, "muted": false}, {"effect": "vignette", "params": {"amount": 0.4, "size": 0.5, "roundness": 0.0, '
    '"feather": 1.0, "color": "#000000"}, "strength": 1.0, "muted": false}]}]}'
)


def test_what_version_2_wrote_once_opens_with_the_same_steps_for_ever() -> None:
    inner = step("sepia", amount=0.8), step("vignette", amount=0.4, size=0.5, roundness=0.0, feather=1.0)
    meant = one(step("exposure", stops=0.5), Group(inner, strength=0.5, title="Old print"))
    assert Pipeline.from_link(KEPT_LINK) == meant
    assert Pipeline.from_json(KEPT_JSON) == meant


def test_the_tables_in_a_group_travel_as_others_do() -> None:
    table = cube(warm, 5)
    stack = one(Group((step("lut3d", table=table),), strength=0.5, title="Graded"))
    assert list(stack.tables) == [table.sha256]
    with pytest.raises(RecipeError, match=r"^steps\[0\].steps\[0\].params.table: "):
        Pipeline.from_json(stack.to_json())
    file = encoded(picture(20, 30))
    assert np.array_equal(
        pixels_of(render(file, stack.to_json(), format="png", tables=stack.tables)), stack(pixels_of(file))
    )


def recipe(*steps: Any, version: int = 2) -> str:
    return json.dumps({"version": version, "steps": list(steps)})


SEPIA = {"effect": "sepia"}
BAD = {
    "version 1": (recipe({"steps": [SEPIA]}, version=1), r"^steps\[0\]: 'steps' is not known here; only effect"),
    "version 3": (recipe({"steps": [SEPIA]}, version=3), "^version: version 3 is unknown; this program reads"),
    "nested": (recipe({"steps": [SEPIA, {"steps": []}]}), r"^steps\[0\].steps\[1\]: a group stands in no other"),
    "key": (recipe(SEPIA, {"steps": [], "veil": []}), r"^steps\[1\]: 'veil' is not known here; only title"),
    "both": (recipe({"steps": [], "effect": "sepia"}), r"^steps\[0\]: 'effect' is not known here"),
    "list": (recipe({"steps": 3}), r"^steps\[0\].steps: 3 is not a list of steps"),
    "inner": (recipe({"steps": [3]}), r"^steps\[0\].steps\[0\]: 3 is not an object"),
    "range": (
        recipe(SEPIA, SEPIA, {"steps": [{"effect": "posterize", "params": {"levels": 99}}]}),
        r"^steps\[2\].steps\[0\].params.levels: posterize: levels 99 is outside 2..32 levels$",
    ),
    "strength": (recipe({"steps": [], "strength": 1.5}), r"^steps\[0\].strength: group: strength 1.5 is outside 0..1"),
    "muted": (recipe({"steps": [], "muted": 1}), r"^steps\[0\].muted: group: muted 1 is not true or false"),
    "title": (recipe({"steps": [], "title": 7}), r"^steps\[0\].title: group: title 7 is not a text"),
    "long title": (recipe({"steps": [], "title": "x" * 101}), r"^steps\[0\].title: .* at most 100 are allowed"),
    "surrogate": ('{"version": 2, "steps": [{"steps": [], "title": "\\ud800"}]}', "control character"),
    "canvas": (
        recipe({"steps": [{"effect": "crop"}], "strength": 0.5}),
        r"^steps\[0\].strength: group: strength 0.5 is neither 0 nor 1, as crop in it needs$",
    ),
    "21 steps": (recipe({"steps": [SEPIA] * 11}, {"steps": [SEPIA] * 10}), "^steps: .*at most 20 steps.* has 21"),
    "21 groups": (recipe(*[{"steps": []}] * 21), "^steps: .*at most 20 steps.* has 21"),
}


@pytest.mark.parametrize(("text", "sentence"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_group_is_said_by_its_path(text: str, sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence) as caught:
        Pipeline.from_json(text)
    assert len(str(caught.value)) <= 400


def test_what_is_no_step_is_refused_at_once() -> None:
    with pytest.raises(RecipeError, match="a group stands in no other group"):
        Group((LOOKS["noir"].group(),))  # type: ignore[arg-type]
    with pytest.raises(RecipeError, match="a group stands in no other group"):
        one(LOOKS["noir"].group()).group()
    with pytest.raises(RecipeError, match="a group is made of steps, and int is none"):
        Group((3,))  # type: ignore[arg-type]
