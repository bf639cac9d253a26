"""A stack kept as a look of one's own: found among the others, after a reload, and in another tab."""

from __future__ import annotations

import re

from playwright.sync_api import expect

from effects import EFFECTS, Pipeline
from tests.browser.axe import findings
from tests.browser.conftest import Visit
from tests.browser.hands import cards, keyed, quiet, stack_in_address, unfolded

NAME = "Evening <b>glow</b> :red[x]"
STACK = Pipeline((EFFECTS["sepia"].step(strength=0.5), EFFECTS["vignette"].step()))


def test_a_stack_is_kept_under_a_name_and_found_again(visit: Visit) -> None:
    page = visit(f"/?recipe={STACK.to_link()}")  # it is shown on the sample
    tile = keyed(page, "looks").locator("article[data-name^='own:']")
    expect(cards(page)).to_have_count(2)
    with unfolded(page, "own_looks"):
        field = keyed(page, "own_name").locator("input")
        field.fill(NAME)
        field.press("Enter")
        expect(tile.locator(".name")).to_have_text(NAME)  # the name is text, never HTML
        expect(field).to_have_value("")
        told, bar = page.get_by_test_id("stToastContainer").bounding_box(), keyed(page, "download").bounding_box()
        assert told is not None
        assert bar is not None
        assert told["y"] >= bar["y"] + bar["height"], "what is told lies over what saves"
        expect(page.locator("[class*=st-key-own_line]")).to_have_count(1)
        assert findings(page) == []

    page.reload()
    expect(tile.locator("img")).to_have_attribute("src", re.compile("/media/"))
    tile.locator("button").click()
    expect(cards(page)).to_have_count(3)
    quiet(page)
    name = cards(page).last.locator("[class*='-on'] label p")
    assert name.evaluate("name => name.scrollWidth <= name.clientWidth"), "a long name has a second line"
    assert stack_in_address(page)[2] == STACK.group(title=NAME)

    keyed(page, "open_picker").locator("button").click()
    keyed(page, "picker").get_by_role("button", name="Mine", exact=True).click()
    expect(keyed(page, "picker").locator(".tile:visible")).to_have_text([NAME])
    keyed(page, "close_picker").locator("button").click()

    page.reload()
    expect(tile.locator("button")).to_have_attribute("aria-current", "true")

    # What another tab does is heard here.
    other = page.context.new_page()
    other.goto(page.url.split("?")[0])
    expect(keyed(other, "own_looks")).to_be_visible()
    with unfolded(other, "own_looks"):
        line = other.locator("[class*=st-key-own_line]")
        expect(line.locator("input")).to_have_value(NAME)
        line.locator("input").fill("Dusk")
        line.locator("input").press("Enter")
        expect(tile.locator(".name")).to_have_text("Dusk")
        line.get_by_role("button", name="Delete Dusk").click()
        expect(line).to_have_count(0)
    expect(tile).to_have_count(0)
