"""Tones as curves that are drawn once for all pixels: where one begins and ends, and how many entries it has."""

from __future__ import annotations

from effects import Group
from effects.effect import Step
from tests.test_shader_programs import curves_of, inputs, made, step


def curves_drawn(*items: Step | Group) -> list[int]:
    """How many entries the curves have that are drawn."""
    drawn = made(*items)
    return [int(drawn.nodes[draw.sides[0]]) for draw in drawn.draws if draw.curve]  # type: ignore[arg-type]


def test_a_run_of_tones_of_which_one_is_dear_is_computed_once_a_value() -> None:
    dear, cheap, color = step("exposure", 0.5), step("posterize"), step("sepia")
    assert inputs(dear, cheap, step("gamma"), color) == [(), (-1, 0)]
    assert curves_drawn(dear, cheap, step("gamma"), color) == [256]
    assert curves_drawn(cheap, color) == []
    assert inputs(step("swirl"), dear, step("sepia")) == [(), (-1, 0)]
    assert curves_drawn(color, step("swirl"), dear) == [256]
    (curve, picture) = made(dear, color).draws
    assert "power" not in picture.calls
    assert "power" in curve.calls


def test_a_tone_of_what_is_not_in_eight_bits_is_a_line_between_many_values() -> None:
    dear, jumping = step("exposure"), step("posterize")
    assert curves_drawn(step("sepia"), dear, dear) == [2041]
    (curve, picture) = made(step("sepia"), dear, jumping).draws
    assert "roundEven" not in curve.glsl
    assert picture.glsl.count("roundEven") == made(jumping).draws[0].glsl.count("roundEven")
    assert curves_drawn(step("sepia"), step("gamma")) == []  # a slider makes it steeper than lines are near to


def test_a_curve_ends_where_a_group_or_a_mask_does() -> None:
    dear = step("exposure")
    assert curves_drawn(dear, Group((dear, dear), 0.5), dear) == [256, 2041, 2041]
    line = [{"kind": "linear"}]
    assert curves_drawn(dear, step("exposure", mask=line), step("gamma", mask=line), dear) == [256, 256, 256]


def test_a_tone_has_no_curve_where_no_draw_could_read_it() -> None:
    dear, lines = step("gamma"), curves_of(15)
    assert curves_drawn(dear, *lines[:14]) == [256]
    assert curves_drawn(Group((dear, *lines)), dear) == []
    assert curves_drawn(*lines, dear) == []
    for draw in (*made(dear, *lines).draws, *made(Group((dear, *lines)), dear).draws):
        assert len(draw.inputs) + len(draw.textures) <= 16
