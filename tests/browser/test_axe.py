"""Everybody can use the pages, as far as axe can tell: nothing of ours breaks any of its rules, in either theme."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.axe import findings
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, keyed, upload
from tests.pictures import encoded, photograph


@pytest.mark.parametrize(("theme", "rules"), [("light", []), ("dark", ["color-contrast"])], ids=["light", "dark"])
def test_axe_finds_nothing_of_ours_on_any_page(visit: Visit, theme: str, rules: list[str]) -> None:
    """In the dark it is the colours alone that are others."""
    page = visit(color_scheme=theme)
    assert findings(page, rules) == [], "Snapshot without a photo"

    upload(page, encoded(photograph(300, 400)))
    add_effect(page, "Crop")
    add_effect(page, "Vignette")
    expect(keyed(page, "looks").locator("img:not([src])")).to_have_count(0)
    assert findings(page, rules) == [], "Snapshot with a photo and two cards, one of them open"

    page.get_by_role("link", name="Live", exact=True).click()
    expect(page.locator("h1")).to_have_text("Live")
    keyed(page, "take_photo").wait_for()
    assert findings(page, rules) == [], "Live before it starts"

    page.get_by_role("link", name="Catalogue", exact=True).click()
    expect(page.locator("h1")).to_have_text("Catalogue")
    expect(keyed(page, "shelf").locator("img:not([src])")).to_have_count(0)
    assert findings(page, rules) == [], "Catalogue"
