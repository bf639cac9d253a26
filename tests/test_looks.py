"""Looks do what their names promise: the classic ones as a browser draws their style sheets, all of them with care."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import pytest
from playwright.sync_api import Page
from skimage import data

from effects.image import Image
from effects.looks import FAMILIES, LOOK_BOOK, LOOKS
from effects.pipeline import Pipeline
from tests.chromium import opened_page, photographed
from tests.pictures import difference
from tests.scene import scene
from tests.shares import in_turn

SHEETS: dict[str, dict[str, str | dict[str, str]]] = json.loads(
    (Path(__file__).parent / "references" / "cssgram.json").read_text(encoding="utf-8")
)
"""The values of the 26 sheets of CSSgram (Una Kravets, MIT licence): a filter, a layer before, a layer after."""


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


def style(sheet: dict[str, str | dict[str, str]]) -> str:
    """The sheet for a figure: its layers fill the figure, `before` under `after`, and the filter comes last."""
    rules = [f"figure {{ filter: {sheet.get('filter', 'none')} }}"]
    for layer in ("before", "after"):
        values = sheet.get(layer, {})
        assert isinstance(values, dict)
        text = "; ".join(f"{name}: {value}" for name, value in values.items())
        rules.append(f"figure::{layer} {{ content: ''; position: absolute; inset: 0; {text} }}" if values else "")
    return " ".join(rules)


def cup() -> Image:
    """A photo taller than wide (a cup of coffee, Rachel Michetti, out of scikit-image): gradients run another way."""
    return cv2.resize(data.coffee(), (240, 360), interpolation=cv2.INTER_AREA)


PICTURES: dict[str, Callable[[], Image]] = {"the scene": scene, "a cup": cup}


@pytest.mark.slow
@pytest.mark.parametrize(("name", "picture"), in_turn(SHEETS, PICTURES))
def test_a_classic_look_is_what_chromium_draws(page: Page, name: str, picture: str) -> None:
    """Valencia comes nearest to the bound: Chromium draws exclusion up to 0.9 of a level darker than its formula."""
    image = PICTURES[picture]()
    mean, most = difference(LOOKS[name](image), photographed(page, image, style(SHEETS[name])))
    assert mean <= 1.0
    assert most <= 3


def test_the_classic_family_is_the_whole_of_them_and_eighteen_are_our_own() -> None:
    assert len(LOOKS) == len(SHEETS) + 18
    assert [look.name for look in LOOK_BOOK.values() if look.family == "classic"] == sorted(SHEETS)


@pytest.mark.parametrize("name", LOOKS)
def test_a_look_is_a_recipe_with_a_card(name: str) -> None:
    look = LOOK_BOOK[name]
    assert look.title
    assert look.summary.endswith(".")
    assert len(look.summary) <= 80
    assert look.family in FAMILIES
    assert Pipeline.from_link(look.pipeline.to_link()) == look.pipeline


def test_every_look_is_another() -> None:
    assert len({look.title for look in LOOK_BOOK.values()}) == len(set(LOOKS.values())) == len(LOOKS)
