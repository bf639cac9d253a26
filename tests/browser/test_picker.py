"""An effect is found by eye: on one's own picture, by kind or by word, seen large before it is chosen."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hands import cards, keyed, quiet, stack_in_address, until, upload
from tests.pictures import encoded, photograph

LISTEN = """() => {
    window.previews = [];
    window.addEventListener("emulsion-preview", ({ detail }) => window.previews.push(detail));
}"""

WATCH = """() => {
    window.places = Object.fromEntries(["surprise", "auto", "add_effect", "strip"].map((key) => [key, new Set()]));
    const look = () => {
        for (const [key, seen] of Object.entries(window.places)) {
            const box = document.querySelector(`.st-key-${key}`)?.getBoundingClientRect();
            if (box?.height) seen.add([box.top, box.width].map(Math.round).join());
        }
        requestAnimationFrame(look);
    };
    look();
}"""
"""Write down at every frame where parts of the page stand and how wide they are, as long as they are there."""


def previews(page: Page, count: int) -> list[dict[str, Any]]:
    """What the page was told to show, once it was told so often."""
    until(page, "count => window.previews.length >= count", arg=count)
    told: list[dict[str, Any]] = page.evaluate("window.previews.splice(0)")
    return told


def open_picker(page: Page) -> None:
    keyed(page, "open_picker").locator("button").click()
    keyed(page, "picker").locator(".tile:visible img[src]").first.wait_for()


def titles(page: Page) -> list[str]:
    """What the cards of the stack are called."""
    quiet(page)
    return [item.effect.title if hasattr(item, "effect") else item.title for item in stack_in_address(page)]


def test_an_effect_is_found_by_eye_shown_large_and_added_by_a_click(visit: Visit) -> None:
    page = visit()
    page.evaluate(LISTEN)
    upload(page, encoded(photograph(900, 600)))
    expect(keyed(page, "strip").locator("img").first).to_be_visible()
    page.evaluate(WATCH)
    open_picker(page)
    quiet(page)
    places = page.evaluate("Object.entries(window.places).map(([key, seen]) => [key, ...seen])")
    assert all(len(place) == 2 for place in places), f"nothing moves when the tiles open: {places}"
    tiles = keyed(page, "picker").locator(".tile:visible")
    box = tiles.first.locator("img").bounding_box()
    assert box is not None
    assert box["width"] / box["height"] == pytest.approx(2 / 3, rel=0.02)

    # By pointer: small at once, larger when it is made, and taken back when one leaves.
    tiles.nth(1).hover()
    small, large = previews(page, 2)
    assert small["title"] == large["title"] == "Exposure"
    widths = "url => createImageBitmap ? fetch(url).then(r => r.blob()).then(createImageBitmap).then(b => b.height) : 0"
    assert (page.evaluate(widths, small["url"]), page.evaluate(widths, large["url"])) == (192, 600)
    page.mouse.move(2, 2)
    assert previews(page, 1) == [{"url": "", "title": ""}]

    # By keyboard: one stop, arrows inside; F likes what one is at.
    expect(keyed(page, "picker").locator(".tile[tabindex='0']")).to_have_count(1)
    search = keyed(page, "picker").get_by_role("searchbox")
    search.focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "f"):
        page.keyboard.press(key)
    assert previews(page, 2)[-1]["title"] == "Contrast"
    keyed(page, "picker").get_by_role("button", name="Favourites", exact=True).click()
    expect(tiles).to_have_text(["Contrast"])

    # By word, whatever the chip.
    search.fill("b&w")
    expect(keyed(page, "picker").get_by_role("button", name="Black and white", exact=True)).to_be_visible()
    search.fill("mosaic")
    expect(tiles).to_have_text(["Pixelate", "Hide faces"])  # what it is called by comes first
    tiles.first.click()
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("Pixelate")
    expect(cards(page).get_by_role("slider").first).to_be_visible()
    expect(keyed(page, "picker")).to_have_count(0)

    # Two at once are two, in their order, also where another part of the page is told of something in the same moment;
    # and a surprise is one step.
    open_picker(page)
    keyed(page, "picker").evaluate("""picker => {
        const root = [...picker.querySelectorAll("*")].find(({ shadowRoot }) => shadowRoot)?.shadowRoot ?? picker;
        window.dispatchEvent(new CustomEvent("emulsion-rest", { detail: "sepia" }));
        for (const name of ["sepia", "look:noir"]) root.querySelector(`button[data-name="${name}"]`).click();
    }""")
    expect(cards(page)).to_have_count(3)
    assert titles(page) == ["Pixelate", "Sepia", "Noir"]
    keyed(page, "surprise").locator("button").click()
    expect(cards(page)).to_have_count(3)
    expect(cards(page).nth(2)).not_to_contain_text("Noir")
    keyed(page, "undo").locator("button").click()
    expect(cards(page).nth(2)).to_contain_text("Noir")

    # On Live as here.
    page.get_by_role("link", name="Live").click()
    expect(page.locator("h1")).not_to_have_text("Snapshot")
    open_picker(page)
    keyed(page, "picker").get_by_role("button", name="Swirl", exact=True).click()
    expect(cards(page)).to_have_count(4)
