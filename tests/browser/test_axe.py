"""Everybody can use the pages, as far as axe can tell: nothing of ours breaks any of its rules, in either theme."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.axe import Finding, findings
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, keyed, upload
from tests.pictures import encoded, photograph


def findings_in_both_themes(page: Page) -> list[Finding]:
    """In the dark it is the colours alone that are others; an open page follows the system."""
    found = findings(page)
    for theme in ("dark", "light"):
        page.emulate_media(color_scheme=theme)
        expect(page.get_by_test_id("stApp")).to_have_css("color-scheme", theme)
        if theme == "dark":
            found += findings(page, ["color-contrast"])
    return found


def test_axe_finds_nothing_of_ours_on_any_page_in_either_theme(visit: Visit) -> None:
    page = visit(color_scheme="light", reduced_motion="reduce")  # a colour on its way to another is none of the two
    assert findings_in_both_themes(page) == [], "Snapshot without a photo"

    upload(page, encoded(photograph(300, 400)))
    add_effect(page, "Crop")
    add_effect(page, "Vignette")
    expect(keyed(page, "looks").locator("img:not([src])")).to_have_count(0)
    keyed(page, "stage").hover()  # only then its buttons are seen
    assert findings_in_both_themes(page) == [], "Snapshot with a photo and two cards, one of them open"

    page.get_by_role("link", name="Live", exact=True).click()
    expect(page.locator("h1")).to_have_text("Live")
    keyed(page, "take_photo").wait_for()
    assert findings_in_both_themes(page) == [], "Live before it starts"

    page.get_by_role("link", name="Catalogue", exact=True).click()
    expect(page.locator("h1")).to_have_text("Catalogue")
    expect(keyed(page, "shelf").locator("img:not([src])")).to_have_count(0)
    assert findings_in_both_themes(page) == [], "Catalogue"
