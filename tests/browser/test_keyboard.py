"""By keyboard alone: keys mean what they mean where one is, and one sees where that is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, choose_source, keyed, quiet


def cards(page: Page) -> Locator:
    return page.locator("[class*=st-key-card-]")


def test_undo_takes_back_letters_in_a_field_and_cards_elsewhere_and_one_sees_where_one_is(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    caption = add_effect(page, "Text").get_by_role("textbox").first
    caption.click()
    caption.press_sequentially(" and more")
    caption.press("Control+z")
    quiet(page)
    expect(cards(page)).to_have_count(1)
    expect(caption).not_to_have_value("Hello and more")
    caption.press("Control+y")
    expect(caption).to_have_value("Hello and more")
    expect(cards(page)).to_have_count(1)
    page.get_by_role("slider", name="Strength").focus()
    page.keyboard.press("Control+z")  # what was typed counts when the field is left
    quiet(page)
    expect(caption).to_have_value("Hello")
    page.keyboard.press("Control+z")
    expect(cards(page)).to_have_count(0)

    add_effect(page, "Sepia")
    page.keyboard.press("Tab")
    for place in (
        page.get_by_role("link", name="Live"),
        page.get_by_role("switch", name="Sepia"),
        page.get_by_role("switch", name="Compare"),
    ):
        place.focus()
        outline = place.evaluate("place => getComputedStyle(place.closest('label') || place).outline")
        assert "solid 2px" in outline, place


@pytest.mark.deep
def test_undo_takes_back_what_was_just_chosen_though_its_field_is_still_there(visit: Visit) -> None:
    page = visit()
    add_effect(page, "Sepia")
    expect(keyed(page, "add_effect").locator("input")).to_be_focused()
    page.keyboard.press("Control+z")
    expect(cards(page)).to_have_count(0)
