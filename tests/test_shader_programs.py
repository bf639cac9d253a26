"""A stack as a program: which draws there are, what fills them, what goes over the wire."""

from __future__ import annotations

import gc
import json
import weakref
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Group, Pipeline
from effects.effect import Category, Effect, Step
from effects.image import Colors, Image
from effects.kernels.surroundings import Surroundings
from effects.marks import Range, Swatch
from effects.shaders import Program, program
from effects.shaders.expressions import Sheet
from effects.shaders.interpreter import evaluated
from effects.shaders.past import ELAPSED
from effects.shaders.pieces import piece_of
from effects.shaders.tracing import FRAME, TIME, open_values
from effects.shaders.trees import TreeBuilder, evaluated_tree, wired_tree
from tests.strategies import drawn, picture
from tests.tables import TABLES

CASES = Path(__file__).parent / "js/expression_cases.json"

POINTWISE = [effect for effect in EFFECTS.values() if effect.kind.is_pointwise]

PICTURE = {**dict(zip(FRAME, (640.0, 480.0, 480.0), strict=True)), TIME: 0.0, ELAPSED: 0.04}


def step(name: str, strength: float = 1.0, **params: Any) -> Step:
    return EFFECTS[name].step(strength=strength, **params)


def made(*items: Step | Group) -> Program:
    return program(Pipeline(items))


def curves_of(count: int) -> tuple[Step, ...]:
    """So many curves, no two alike."""
    return tuple(
        step("curves", rgb=f"0.0,0.0 0.3,{0.25 + 0.01 * number:.2f} 0.75,0.8 1.0,1.0") for number in range(count)
    )


def inputs(*items: Step | Group) -> list[tuple[int, ...]]:
    return [draw.inputs for draw in made(*items).draws]


def test_a_run_of_warps_and_then_colours_is_one_draw() -> None:
    assert inputs(step("swirl"), step("wave"), step("sepia"), step("vignette", 0.5)) == [(-1,)]


def test_a_warp_after_colours_or_at_part_strength_begins_another_draw() -> None:
    assert inputs(step("sepia"), step("swirl"), step("sepia")) == [(-1,), (0,)]
    assert inputs(step("swirl"), step("wave", 0.5)) == [(-1,), (0,)]
    assert inputs(step("swirl", 0.5), step("wave")) == [(-1,), (0,)]


def test_a_group_with_a_warp_is_mixed_from_what_was_before_it() -> None:
    group = Group((step("sepia"), step("swirl")), 0.5)
    assert inputs(step("contrast"), group, step("vignette")) == [(-1,), (0,), (1,), (0, 2)]
    assert inputs(group) == [(-1,), (0,), (-1, 1)]


def test_a_group_of_colours_stays_in_the_draw() -> None:
    assert inputs(step("contrast"), LOOKS["inkwell"].group(0.5), step("vignette")) == [(-1,)]


def test_the_server_draws_up_to_the_last_step_that_is_its_own() -> None:
    split = made(step("sepia"), step("oil_paint"), step("contrast", amount=2), step("swirl"))
    assert split.server_items == 2
    assert {name.split(".")[0] for name in split.values} == {"2", "3"}
    assert made(step("sepia"), Group((step("oil_paint"),))).server_items == 2


def test_a_step_that_has_to_see_the_picture_is_the_first_of_a_program() -> None:
    asked: list[int] = []

    def before(count: int) -> Image:
        asked.append(count)
        return picture(24, 32)

    def begin(*items: Step | Group) -> int:
        return program(Pipeline(items), before=before).server_items

    stretched, tone = step("auto_levels"), step("sepia")
    assert begin(tone, stretched, tone) == 1
    assert begin(tone, stretched, tone, stretched) == 3
    assert begin(tone, Group((stretched, tone))) == 1
    assert begin(tone, Group((tone, stretched))) == 2  # nobody has made what it would see
    assert asked == [1, 3, 1]
    assert made(tone, stretched, tone).server_items == 2


def test_before_a_step_that_has_to_know_the_size_none_changes_that() -> None:
    def begin(*items: Step | Group) -> int:
        return program(Pipeline(items), before=lambda _: picture(24, 32)).server_items

    words, tone, cut = step("text"), step("sepia"), step("crop", width=0.5)
    assert begin(tone, words, cut) == 0
    assert begin(tone, cut, tone, words) == 2
    assert begin(tone, Group((tone, words))) == 0
    assert begin(tone, Group((cut, words))) == 2


def test_a_step_whose_formula_cannot_be_traced_is_the_servers_even_if_it_has_to_see() -> None:
    def by_hand(colors: Colors, _around: Surroundings, *, seen: float) -> Colors:
        return colors * float(colors[0, 0, 0]) * seen

    @Category("tried", "Tried", "What tests declare.").spatial(formula=by_hand, survey=lambda image: image.mean())
    def tried(image: Image) -> Image:
        """Try."""
        return image

    items = Pipeline((step("sepia"), tried.step(), step("contrast")))
    assert program(items, before=lambda _: picture(24, 32)).server_items == 2


def test_of_a_transparent_picture_steps_that_weigh_pixels_are_the_servers() -> None:
    weighing, other = step("gaussian_blur"), step("bloom")
    assert weighing.effect.knows_weight
    assert not other.effect.knows_weight
    for stack, count in (((weighing, other), 1), ((other, Group((weighing,)), other), 2), ((other,), 0)):
        assert program(Pipeline(stack), opaque=False).server_items == count
        assert program(Pipeline(stack)).server_items == 0


def test_of_a_transparent_picture_steps_that_cut_or_turn_it_are_the_servers() -> None:
    for cut in (step("crop"), step("rotate_flip"), Group((step("crop"),))):
        assert program(Pipeline((cut, step("sepia"))), opaque=False).server_items == 1


def test_no_draw_reads_more_tables_than_webgl_promises() -> None:
    curves = curves_of(20)
    first, second = made(*curves).draws
    assert [len(draw.inputs) + len(draw.textures) for draw in (first, second)] == [16, 6]
    assert (first.deep, second.inputs, second.deep) == (True, (0,), False)
    whole = Group(curves[:15])
    assert [len(draw.textures) for draw in made(curves[-1], whole).draws] == [1, 15]
    assert made(step("sepia"), Group(curves[:16])).server_items == 2


def test_what_is_made_for_one_picture_goes_with_it() -> None:
    captioned = program(Pipeline((step("text", text="gone"),)), before=lambda _: picture(60, 90))
    (table,) = map(weakref.ref, captioned.textures.values())
    assert table() is not None
    del captioned
    gc.collect()
    assert table() is None


def test_the_size_that_a_picture_is_held_to_is_not_drawn_beside_the_one_it_has() -> None:
    across, down, _mixed = made(step("resize")).draws
    assert (across.inputs, down.inputs) == ((-1,), (0,))


def test_where_nothing_is_left_to_draw_the_picture_itself_is_drawn() -> None:
    for nothing in (made(), made(step("oil_paint"))):
        assert [draw.inputs for draw in nothing.draws] == [(-1,)]
        assert nothing.values == {}


def test_a_number_beyond_all_numbers_is_sent_as_json() -> None:
    tree, sheet = TreeBuilder(), Sheet()
    tree.add([sheet.make("divide", 1.0, 0.0), sheet.make("log2", 0.0)], "0.")
    nodes = json.loads(json.dumps(wired_tree(tree.nodes), allow_nan=False))["nodes"]
    assert nodes == [pytest.approx(1.797e308, rel=1e-3), pytest.approx(-1.797e308, rel=1e-3)]


def test_muted_steps_are_left_out_and_neutral_ones_can_move() -> None:
    muted = Step(EFFECTS["oil_paint"], muted=True)
    assert made(step("sepia"), muted).server_items == 0
    assert made(step("contrast", amount=1)).values == {"0.amount": 1.0, "0.strength": 1.0}


def test_a_variable_is_named_by_its_place_in_the_stack() -> None:
    group = Group((step("sepia"), step("duotone", light="#ff8000")), 0.25)
    values = made(step("contrast", 0.5, amount=2.0), group).values
    assert values["0.strength"] == 0.5
    assert values["0.amount"] == 2.0
    assert values["1.strength"] == 0.25
    assert [values[f"1.1.light.{channel}"] for channel in range(3)] == [1.0, 128 / 255, 0.0]


def test_the_strength_of_warps_that_look_through_each_other_does_not_move() -> None:
    assert "0.strength" in made(step("swirl")).values
    assert "0.strength" not in made(step("swirl"), step("wave")).values


def test_another_value_is_the_same_text() -> None:
    for effect in POINTWISE:
        default = effect.step()
        moved: dict[str, Any] = {param.name: param.mark.low for param in effect.params if isinstance(param.mark, Range)}
        moved |= {param.name: "#123456" for param in effect.params if isinstance(param.mark, Swatch)}
        if piece_of(default).way == "traced":
            one, other = ([draw.glsl for draw in made(each).draws] for each in (default, effect.step(**moved)))
            assert one == other, effect.name


def test_twenty_steps_fit_into_the_uniforms_that_every_phone_has() -> None:
    steps = [effect.step(**drawn(effect, 1)) for effect in POINTWISE if effect.name != "lut3d"]
    steps.sort(key=lambda each: len(piece_of(each).body.numbers))
    *_, draw = made(*steps[-20:]).draws
    assert f"vec4 u[{-(-len(draw.numbers) // 4)}]" in draw.glsl
    assert len(draw.numbers) / 4 < 224 / 2
    (draw,) = made(*(step("light_leak", seed=seed) for seed in range(20))).draws
    assert len(draw.numbers) / 4 < 224


def test_a_stack_of_five_takes_little_on_the_wire() -> None:
    names = ("exposure", "temperature_tint", "swirl", "vignette", "overlay")
    wire = made(*map(step, names)).wire()
    size = len(wire.pop("program")) + len(json.dumps(wire))
    assert wire["tables"] == {}
    assert size <= 8000


def test_what_the_page_knows_is_not_sent_again() -> None:
    stack = Pipeline((step("curves"), step("exposure"), step("lut3d", table=TABLES[1])))
    first = program(stack)
    wire = first.wire()
    assert {*wire["tables"]} == {*first.textures}
    assert all(isinstance(table["bytes"], bytes) for table in wire["tables"].values())
    again = program(stack, known={*first.textures, *first.calls}).wire()
    assert again["tables"] == {}
    assert json.loads(zlib.decompress(again["program"]))["functions"] == {}
    assert {*json.loads(zlib.decompress(wire["program"]))["functions"]} == {*first.calls}


@pytest.mark.parametrize("effect", POINTWISE, ids=lambda effect: effect.name)
def test_the_tree_comes_to_what_the_expressions_come_to(effect: Effect) -> None:
    for seed in (1, 2):
        one = effect.step(**drawn(effect, seed))
        roots = (*piece_of(one).body.numbers, *piece_of(one).body.flags)
        tree = TreeBuilder()
        places = tree.add(roots, "0.")
        values = {f"0.{name}": value for name, value in open_values(one).items()}
        found = evaluated_tree(tree.nodes, {**values, **PICTURE})
        meant = evaluated(roots, {**open_values(one), **PICTURE})
        np.testing.assert_allclose(np.array(found, float)[places], np.array(meant, float), rtol=1e-12)


def test_the_page_evaluates_the_same_trees() -> None:
    """The cases of `tests/js/expression.test.js`, made here: `python -m tests.expression_cases`."""
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        names, nodes = case["tree"]["operations"], case["tree"]["nodes"]
        named = [[names[node[0]], *node[1:]] if isinstance(node, list) else node for node in nodes]
        found = evaluated_tree(named, case["values"])
        np.testing.assert_allclose(np.array(found, float), np.array(case["found"], float), rtol=1e-12)
        assert wired_tree(named) == case["tree"]


LINE, PAINT, FACES = ({"kind": kind} for kind in ("linear", "brush", "face"))


def maps(_count: int, _shape: Any) -> Any:
    return np.zeros((24, 32), np.uint8)


def test_steps_that_share_a_mask_are_one_draw_and_one_mix() -> None:
    masked = [step(name, mask=[LINE]) for name in ("saturation", "sepia", "contrast")]
    assert inputs(step("invert"), *masked, step("vignette")) == [(-1,), (0,)]
    blurred = inputs(*masked, step("gaussian_blur", mask=[LINE]))
    assert blurred[-1] == (-1, len(blurred) - 2)
    assert made(*masked).values["0.mask.0.y0"] == 1.0
    assert not any(name.startswith("1.mask") for name in made(*masked).values)


def test_what_changes_nothing_between_steps_that_share_a_mask_is_left_out() -> None:
    idle = step("exposure", stops=0)
    assert not idle.is_active
    assert inputs(step("sepia", mask=[LINE]), idle, step("contrast", mask=[LINE])) == [(-1,)]
    assert "1.stops" in made(step("sepia", mask=[LINE]), idle, step("contrast")).values


def test_steps_that_share_a_mask_are_all_the_servers_if_one_is() -> None:
    tone, masked, paint = step("sepia"), step("contrast", mask=[LINE]), step("oil_paint", mask=[LINE])
    assert made(tone, paint, masked, masked, tone).server_items == 4
    assert made(tone, paint, tone, masked).server_items == 2
    stretched = step("auto_levels", mask=[LINE])
    assert program(Pipeline((masked, stretched, tone)), before=lambda _: picture(24, 32)).server_items == 2
    assert program(Pipeline((tone, stretched, masked)), before=lambda _: picture(24, 32)).server_items == 1


def test_a_mask_that_is_a_table_is_the_servers_unless_it_is_given() -> None:
    tone, painted, found = step("sepia"), step("contrast", mask=[PAINT]), step("contrast", mask=[FACES])
    for masked in (painted, found, Group((found, tone)), Group((tone,), mask=found.mask)):
        assert made(tone, masked, tone).server_items == 2
        assert program(Pipeline((tone, masked, tone)), maps=maps).server_items == 0


def test_no_step_of_a_program_moves_what_a_masks_table_shows() -> None:
    def begin(*items: Step | Group) -> int:
        return program(Pipeline(items), maps=maps).server_items

    tone, warp, cut = step("sepia"), step("swirl"), step("crop", width=0.5)
    painted, found = step("contrast", mask=[PAINT]), step("contrast", mask=[FACES])
    assert [begin(tone, above, painted) for above in (tone, warp, cut)] == [0, 0, 2]
    assert [begin(tone, above, found) for above in (tone, warp, cut)] == [0, 2, 2]
    assert begin(tone, step("swirl", mask=[FACES]), found) == 0
    assert begin(tone, Group((warp, found))) == 2
    assert begin(tone, warp, Group((tone, found))) == 2


def test_of_a_transparent_picture_masks_that_read_it_or_move_it_are_the_servers() -> None:
    light = step("sepia", mask=[{"kind": "luma"}])
    for masked, count in ((light, 1), (step("swirl", mask=[LINE]), 1), (step("sepia", mask=[LINE]), 0)):
        assert program(Pipeline((masked, step("sepia"))), opaque=False).server_items == count
        assert program(Pipeline((masked, step("sepia")))).server_items == 0
