"""What the results of a batch are called: the template that a person types, and the names that come of it."""

from __future__ import annotations

import pytest

from pages.components.batch.batch_wishes import template_trouble
from pages.components.batch.development import result_names
from pages.components.batch.roll import Roll


@pytest.mark.parametrize("template", ["{stem}-{look}", "{number:03}", "Été {stem}", "{stem}.{look}"])
def test_a_template_that_names_files_is_fine(template: str) -> None:
    assert template_trouble(template) == ""


@pytest.mark.parametrize("template", ["", "{name}", "../{stem}", "{stem", "a:b", "{stem}|{look}", "{stem}?", "a\nb"])
def test_a_template_that_is_no_name_is_told_in_a_sentence(template: str) -> None:
    trouble = template_trouble(template)
    assert trouble
    assert len(trouble) < 400


def test_names_are_as_every_system_keeps_them_and_no_two_alike() -> None:
    roll = Roll()
    odd = ["a/b:c?.jpg", "A-B-C.png", "...", "x" * 300 + ".jpg", "\N{CAMERA}.jpg", "con.jpg", "Con .png"]
    for number, name in enumerate(odd, 1):
        roll.add(number, name, 9)
    names = list(result_names(roll.row, template="{stem}", look="noir", format="webp").values())
    assert names[0] == "b-c.webp"
    assert names[1:3] == ["A-B-C.webp", "photo.webp"]
    assert names[3] == "x" * 100 + ".webp"
    assert names[4:] == ["photo-2.webp", "con-photo.webp", "Con-photo-2.webp"]
