"""Masks in recipes and links: version 2 where they are needed, each fault by its path, strokes short."""

from __future__ import annotations

import copy
import json
import math
import pickle
import random
import tracemalloc
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, Group, Pipeline, RecipeError, read_cube
from effects.codec.metadata import fits
from effects.effect import Kind
from effects.masks.mask import SHAPES, crossed, read_mask
from effects.masks.shapes import Brush, Stroke
from effects.masks.strokes import pack_points, thinned, unpack_points
from effects.recipe import MAX_LINK, to_json_inside
from tests.masks import KINDS, masks

SEPIA = {"effect": "sepia"}
coordinates = st.floats(-1, 2)
lines = st.lists(st.tuples(coordinates, coordinates), max_size=30)


def recipe(mask: Any, version: int = 2) -> str:
    return json.dumps({"version": version, "steps": [SEPIA, {**SEPIA, "mask": mask}]})


@given(mask=masks(), grouped=st.booleans())
def test_masks_come_back_from_recipes_and_links(mask: list[dict[str, Any]], grouped: bool) -> None:
    step = EFFECTS["sepia"].step(mask=() if grouped else mask)
    pipeline = Pipeline((Group((step,), 0.5, mask=read_mask(mask)) if grouped else step, EFFECTS["exposure"].step()))
    assert json.loads(pipeline.to_json())["version"] == 2
    for back in (Pipeline.from_json(pipeline.to_json()), Pipeline.from_link(pipeline.to_link())):
        assert back == pipeline
        assert hash(back) == hash(pipeline)


def test_a_mask_is_written_beside_the_strength_with_all_it_says() -> None:
    pipeline = Pipeline((EFFECTS["sepia"].step(mask=[KINDS["brush"]]),))
    (step,) = json.loads(pipeline.to_json())["steps"]
    (shape,) = step["mask"]
    assert list(step) == ["effect", "params", "strength", "muted", "mask"]
    assert {name: shape[name] for name in ("kind", "how", "invert", "feather")} == {
        "kind": "brush",
        "how": "add",
        "invert": False,
        "feather": 0,
    }
    assert shape["strokes"][0]["points"] == [[0.1, 0.2], [0.6, 0.3], [0.8, 0.9]]


def test_what_has_no_mask_is_still_written_in_version_1() -> None:
    assert json.loads(Pipeline((EFFECTS["sepia"].step(mask=[]),)).to_json())["version"] == 1
    assert "mask" not in Pipeline((EFFECTS["sepia"].step(),)).to_json()


def test_what_a_shape_leaves_out_never_changes() -> None:
    """Links leave it out: another default would change every picture of theirs."""
    said = {kind: {**shape().to_json()} for kind, shape in SHAPES.items()}
    common = {"how": "add", "invert": False, "feather": 0}
    assert said == {
        "linear": {"kind": "linear", **common, "x0": 0.5, "y0": 1, "x1": 0.5, "y1": 0},
        "radial": {"kind": "radial", **common, "x": 0.5, "y": 0.5, "rx": 0.3, "ry": 0.3, "angle": 0},
        "brush": {"kind": "brush", **common, "strokes": []},
        "luma": {"kind": "luma", **common, "low": 0.5, "high": 1},
        "color": {"kind": "color", **common, "color": "#ff0000", "tolerance": 0.2},
        **{kind: {"kind": kind, **common} for kind in ("subject", "person", "face")},
    }
    assert Stroke().to_json() == {"size": 0.1, "soft": 0.5, "erase": False, "points": []}


BAD: dict[str, tuple[Any, str]] = {
    "version 1": ("version 1", r"^steps\[1\]: 'mask' is not known here; only effect"),
    "text": ("sky", r"^steps\[1\].mask: sepia: mask 'sky' is not a list$"),
    "object": ({"kind": "linear"}, r"^steps\[1\].mask: "),
    "number": ([3], r"^steps\[1\].mask\[0\]: sepia: 3 is not a shape like"),
    "kind": ([{"kind": "blob"}], r"^steps\[1\].mask\[0\].kind: sepia: kind 'blob' is not one of linear, radial, brush"),
    "no kind": ([KINDS["luma"], {}], r"^steps\[1\].mask\[1\].kind: "),
    "key": ([{"kind": "luma", "x": 1}], r"^steps\[1\].mask\[0\]: sepia: 'x' is not known here; only kind, how, invert"),
    "range": ([{"kind": "linear", "x0": 7}], r"^steps\[1\].mask\[0\].x0: sepia: x0 7 is outside -1..2 fraction$"),
    "nan": ([{"kind": "linear", "x0": math.nan}], r"^steps\[1\].mask\[0\].x0: "),
    "how": ([{"kind": "luma", "how": "xor"}], r"^steps\[1\].mask\[0\].how: sepia: how 'xor' is not one of add"),
    "invert": ([{"kind": "luma", "invert": 1}], r"^steps\[1\].mask\[0\].invert: sepia: invert 1 is not true or false"),
    "order": ([{"kind": "luma", "low": 0.7, "high": 0.2}], r"^steps\[1\].mask\[0\].low: sepia: low 0.7 is above high"),
    "color": ([{"kind": "color", "color": "red"}], r"^steps\[1\].mask\[0\].color: "),
    "strokes": ([{"kind": "brush", "strokes": 3}], r"^steps\[1\].mask\[0\].strokes: sepia: strokes 3 is not a list"),
    "stroke": ([{"kind": "brush", "strokes": [[]]}], r"^steps\[1\].mask\[0\].strokes\[0\]: "),
    "point": (
        [{"kind": "brush", "strokes": [{"points": [[0, 0], [0, 9]]}]}],
        r"^steps\[1\].mask\[0\].strokes\[0\].points\[1\]: sepia: a coordinate 9 is outside",
    ),
    "pair": ([{"kind": "brush", "strokes": [{"points": [0.5]}]}], r"\.points\[0\]: sepia: 0.5 is not a pair"),
    "packed": ([{"kind": "brush", "strokes": [{"points": "A*"}]}], r"\.points: sepia: 'A\*' is no line of points"),
    "far": ([{"kind": "brush", "strokes": [{"points": pack_points([(9, 9)])}]}], r"\.points\[0\]: .* is outside -1..2"),
    "9 shapes": ([KINDS["luma"]] * 9, r"^steps\[1\].mask: sepia: mask has at most 8 items, and this one has 9"),
    "101 strokes": ([{"kind": "brush", "strokes": [{}] * 101}], r"^steps\[1\].mask\[0\].strokes: .* at most 100"),
}


def zigzag(count: int) -> list[tuple[float, float]]:
    """A line of which every point stays, and which is split at its end each time: nothing takes longer to thin."""
    return [(turn * 0.0004, (-1) ** turn * (0.99 - turn * 0.0001)) for turn in range(count)]


ZIGZAG = pack_points(zigzag(5000))


@pytest.mark.parametrize("points", [ZIGZAG, zigzag(5000)])
def test_strokes_of_too_many_points_are_refused_before_any_is_thinned(
    points: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts: list[int] = []

    def count(line: list[tuple[float, float]]) -> tuple[tuple[float, float], ...]:
        counts.append(len(line))
        return ()

    monkeypatch.setattr("effects.masks.shapes.thinned", count)
    two = {"kind": "brush", "strokes": [{"points": points}] * 2}
    three = {"kind": "brush", "strokes": [{"points": points}] * 2 + [{"points": [[0, 0]]}]}
    with pytest.raises(RecipeError, match=r"^sepia: strokes have at most 10000 points together as they are drawn"):
        EFFECTS["sepia"].step(mask=[three])
    steps = [{**SEPIA, "mask": [two]}, {"steps": [SEPIA, {**SEPIA, "mask": [two, three]}]}]
    text = '{"version": 2, "tables": {}, "steps": %s}'
    with pytest.raises(RecipeError, match=r"^steps: the strokes in a recipe's masks have at most 20000 points"):
        Pipeline.from_json(text % json.dumps(steps, separators=(",", ":")))
    assert not counts
    steps[1]["steps"][1]["mask"] = [two]  # type: ignore[index]
    Pipeline.from_json(text % json.dumps(steps, separators=(",", ":")))
    assert counts == [5000] * 4


@pytest.mark.slow
def test_nothing_is_written_that_would_not_be_read() -> None:
    painted = EFFECTS["sepia"].step(mask=(Brush(strokes=(Stroke(points=tuple(zigzag(3000))),)),))
    table = EFFECTS["lut3d"].step(table=read_cube(b"LUT_1D_SIZE 2\n1 1 1\n0 0 0\n", "Negative"))
    assert Pipeline.from_json(Pipeline((painted,) * 5).to_file()).steps == (painted,) * 5
    bytes_told = "^a recipe has at most 262144 bytes"
    points_told = "^steps: the strokes in a recipe's masks have at most 20000 points"
    count_told = "^steps: a recipe has at most 20 steps, and this one has 21$"
    for steps, told, told_of_file in (
        ((painted,) * 7, bytes_told, bytes_told),
        ((painted,) * 7 + (table,), bytes_told, points_told),
        ((EFFECTS["sepia"].step(),) * 21, count_told, count_told),
        ((table,) * 21, count_told, count_told),
    ):
        with pytest.raises(RecipeError, match=told):
            Pipeline(steps).to_json()
        with pytest.raises(RecipeError, match=told_of_file):
            Pipeline(steps).to_file()


@pytest.mark.slow
def test_no_more_of_a_short_form_is_read_than_a_stroke_may_have() -> None:
    """A letter of zeros is three points that are where the one before is."""
    assert unpack_points(pack_points([(0.5, 0.5)] * 5000)) == [(0.5, 0.5)] * 5000
    text = "A" * 1_000_000
    tracemalloc.start()
    try:
        with pytest.raises(RecipeError, match="stands for more than the 5000 points that a stroke may have"):
            Stroke(points=text)  # type: ignore[arg-type]
        assert tracemalloc.get_traced_memory()[1] < 20e6
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize(("mask", "sentence"), BAD.values(), ids=BAD)
def test_what_is_wrong_with_a_mask_is_said_by_its_path(mask: Any, sentence: str) -> None:
    with pytest.raises(RecipeError, match=sentence) as caught:
        Pipeline.from_json(recipe([], version=1) if mask == "version 1" else recipe(mask))
    assert len(str(caught.value)) <= 400


def test_a_group_says_it_by_its_path_too() -> None:
    text = json.dumps({"version": 2, "steps": [{"steps": [SEPIA], "mask": [{"kind": "luma", "low": 2}]}]})
    with pytest.raises(RecipeError, match=r"^steps\[0\].mask\[0\].low: group: low 2 is outside 0..1$"):
        Pipeline.from_json(text)


@pytest.mark.parametrize("name", [name for name, effect in EFFECTS.items() if effect.kind is Kind.CANVAS])
def test_an_effect_that_changes_the_canvas_has_no_mask(name: str) -> None:
    with pytest.raises(RecipeError, match=f"^{name}: .* it takes no mask$"):
        EFFECTS[name].step(mask=[KINDS["luma"]])
    with pytest.raises(RecipeError, match=f"^group: {name} in it .* no mask$"):
        Group((EFFECTS[name].step(),), mask=[KINDS["luma"]])  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", KINDS)
def test_masks_are_values(kind: str) -> None:
    step = EFFECTS["crt"].step(mask=[KINDS[kind]])
    same = EFFECTS["crt"].step(mask=read_mask([KINDS[kind]]))
    other = EFFECTS["crt"].step(mask=[{**KINDS[kind], "invert": True}])
    assert hash(step) == hash(same)
    for back in (same, pickle.loads(pickle.dumps(step)), copy.deepcopy(step)):
        assert back == step != other
    assert f"{SHAPES[kind].__name__}(how='add'" in repr(step)


def test_a_brush_has_the_same_hash_wherever_it_was_pickled() -> None:
    brush = read_mask([KINDS["brush"]])[0]
    hash(brush)
    assert "_hash" not in pickle.loads(pickle.dumps(brush)).__dict__


def test_a_parameter_called_mask_is_still_one() -> None:
    step = EFFECTS["crt"].step(mask="slot")
    assert (step.params["mask"], step.mask) == ("slot", ())


@given(points=lines)
def test_a_line_is_thinned_once_and_stays_where_it_was(points: list[tuple[float, float]]) -> None:
    line = thinned(points)
    assert thinned(line) == line
    assert unpack_points(pack_points(line)) == list(line)
    for x, y in points:
        ends = zip(line, line[1:] or line, strict=False)
        assert min(away(complex(x, y), complex(*start), complex(*end)) for start, end in ends) < 0.0018


def away(place: complex, start: complex, end: complex) -> float:
    way = end - start
    share = min(max(((place - start) * way.conjugate()).real / abs(way) ** 2, 0), 1) if way else 0
    return abs(place - start - share * way)


@given(text=st.text("ABCabc019-_", max_size=12))
def test_a_short_form_that_nobody_wrote_is_refused_or_read(text: str) -> None:
    try:
        points = unpack_points(text)
    except ValueError:
        return
    assert unpack_points(pack_points(points)) == points


def strokes(count: int, of: int) -> Brush:
    chance = random.Random(7)
    made = [
        {"size": chance.random(), "points": [(chance.random(), chance.random()) for _ in range(of)]}
        for _ in range(count)
    ]
    return Brush(strokes=made)  # type: ignore[arg-type]


def test_ten_strokes_are_a_link_of_two_kilobytes() -> None:
    """A hand's curves, of a hundred points each, need 60 % of what 45 points without any order do."""
    curves = [
        {
            "points": [
                (0.5 + 0.3 * math.cos(turn / 16 + row), 0.09 * row + 0.1 * math.sin(turn / 16)) for turn in range(100)
            ]
        }
        for row in range(10)
    ]
    smooth, wild = ([shape] for shape in (Brush(strokes=curves), strokes(10, 45)))  # type: ignore[arg-type]
    for mask, most in ((smooth, 1200), (wild, 2000)):
        pipeline = Pipeline((EFFECTS["sepia"].step(mask=mask),))
        assert len(pipeline.to_link()) <= most
        assert Pipeline.from_link(pipeline.to_link()) == pipeline


def test_more_strokes_than_a_link_holds_are_refused_in_words_and_kept_in_files() -> None:
    pipeline = Pipeline((EFFECTS["sepia"].step(mask=[strokes(60, 50)]),))
    with pytest.raises(RecipeError, match="more strokes than a link can hold; a recipe file can"):
        pipeline.to_link()
    assert Pipeline.from_json(pipeline.to_file()) == pipeline
    assert len(Pipeline((EFFECTS["sepia"].step(mask=[strokes(35, 50)]),)).to_link()) < MAX_LINK


def test_a_recipe_inside_a_picture_has_its_strokes_as_a_link_has() -> None:
    pipeline = Pipeline((EFFECTS["sepia"].step(mask=[strokes(60, 50)]),))
    text = to_json_inside(pipeline.steps, b"")
    assert Pipeline.from_json(text) == pipeline
    assert fits(text)


def test_steps_of_an_opened_group_are_where_both_masks_are() -> None:
    one, two = read_mask([KINDS["linear"], KINDS["luma"]]), read_mask([{**KINDS["radial"], "how": "subtract"}])
    (shape,) = two
    group = Group((EFFECTS["sepia"].step(mask=one), EFFECTS["exposure"].step()), mask=two)
    first, second = group.ungrouped()
    assert second.mask == two
    assert first.mask[:2] == one
    assert (first.mask[2].how, first.mask[2].invert) == ("intersect", not shape.invert)
    assert crossed(one, one[::-1]) == one
