"""A look is one card, its tile is marked, and every state of the stack is a click away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from effects import LOOKS, Pipeline
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, cards, choose_source, keyed, settled, stack_in_address

MARKED = "tiles => tiles.map(tile => tile.dataset.name)"


def marked(page: Page) -> list[str]:
    names: list[str] = keyed(page, "looks").locator("[aria-current]").evaluate_all(MARKED)
    return names


def test_a_look_is_one_card_whose_tile_is_marked_and_the_history_leads_to_any_state(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    add_effect(page, "Sepia")
    tile = keyed(page, "looks").locator("button[data-name=noir]")
    tile.click()
    expect(page.get_by_role("group", name="Noir")).to_be_visible()
    settled(page)
    assert marked(page) == ["noir"]
    expect(page.get_by_text("Its steps:")).to_have_count(0)
    tile.click()
    expect(page.get_by_text("Its steps:")).to_be_visible()
    expect(cards(page)).to_have_count(2)
    page.get_by_role("group", name="Noir").get_by_role("slider", name="Strength").press("PageDown")
    settled(page)
    whole = stack_in_address(page)
    assert whole[1] == LOOKS["noir"].group(strength=0.9)

    keyed(page, "history").locator("button").first.click()
    states = page.get_by_role("list", name="What was done").get_by_role("button")
    expect(states).to_have_text(["Start", "Add Sepia", "Add Noir", "Noir: strength"])
    expect(page.locator("[aria-current=step]")).to_have_text("Noir: strength")
    states.nth(0).click()
    expect(cards(page)).to_have_count(0)
    settled(page)
    assert stack_in_address(page) == Pipeline()
    assert marked(page) == ["none"]
    page.keyboard.press("End")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    settled(page)
    assert stack_in_address(page)[1] == LOOKS["noir"].group()
    assert marked(page) == ["noir"]
    # Pressed faster than the page is drawn: each counts, in its order.
    for press in (states.nth(0), keyed(page, "redo").locator("button"), states.nth(3), states.nth(1)):
        press.dispatch_event("click")
    keyed(page, "redo").locator("button").dispatch_event("click")
    keyed(page, "redo").locator("button").dispatch_event("click")
    expect(page.locator("[aria-current=step]")).to_have_text("Noir: strength")
    settled(page)
    assert stack_in_address(page) == whole
