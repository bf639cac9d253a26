"""Everybody can use the pages, as far as axe can tell: nothing of ours breaks any of its rules, in either theme."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import findings
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, keyed, upload
from tests.pictures import encoded, photograph

COLOURS = ["color-contrast"]  # in another theme it is the colours alone that are others


def pages_one_meets(visit: Visit, theme: str) -> Iterator[tuple[Page, str]]:
    """Each page in this theme, and what it is; all one page, on its way."""
    page = visit(color_scheme=theme, reduced_motion="reduce")  # a colour on its way to another is none of the two
    yield page, "Snapshot without a photo"

    upload(page, encoded(photograph(300, 400)))
    add_effect(page, "Crop")
    add_effect(page, "Vignette")
    expect(keyed(page, "looks").locator("img:not([src])")).to_have_count(0)
    keyed(page, "stage").hover()  # only then its buttons are seen
    yield page, "Snapshot with a photo and two cards, one of them open"

    page.get_by_role("link", name="Live", exact=True).click()
    expect(page.locator("h1")).to_have_text("Live")
    keyed(page, "take_photo").wait_for()
    yield page, "Live before it starts"

    page.get_by_role("link", name="Catalogue", exact=True).click()
    expect(page.locator("h1")).to_have_text("Catalogue")
    expect(keyed(page, "shelf").locator("img:not([src])")).to_have_count(0)
    yield page, "Catalogue"


def test_axe_finds_nothing_of_ours_on_any_page(visit: Visit) -> None:
    for page, what in pages_one_meets(visit, "light"):
        assert findings(page) == [], what
        if "two cards" in what:  # an open page follows the system
            in_theme(page, "dark")
            assert findings(page, COLOURS) == [], f"{what}, in the dark"
            in_theme(page, "light")


@pytest.mark.deep
def test_axe_finds_no_pale_word_of_ours_on_any_page_in_the_dark(visit: Visit) -> None:
    for page, what in pages_one_meets(visit, "dark"):
        assert findings(page, COLOURS) == [], what


def in_theme(page: Page, theme: Literal["dark", "light"]) -> None:
    page.emulate_media(color_scheme=theme)
    expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
