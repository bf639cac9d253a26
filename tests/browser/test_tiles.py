"""Tiles have the photo's own shape and show all of it: nobody loses their head."""

from __future__ import annotations

import pytest
from playwright.sync_api import Locator, Page, expect

from effects.image import PREVIEW_SIDE
from tests.browser.conftest import Visit
from tests.browser.hands import keyed, quiet, settled, upload
from tests.pictures import encoded, photograph


def boxes(tiles: Locator) -> list[list[float]]:
    """Where each tile's picture has its place among the others: left, top, width, height."""
    found: list[list[float]] = tiles.locator("img").evaluate_all("""all => all.map(picture => {
        const box = picture.getBoundingClientRect(), wall = picture.closest(".wall").getBoundingClientRect();
        return [box.left - wall.left, box.top - wall.top, box.width, box.height].map(Math.round);
    })""")
    return found


def own_shape(page: Page, key: str, name: str) -> float:
    """The width by height of the picture on a tile, which shows all of it within its place."""
    picture = keyed(page, key).locator(f"button[data-name='{name}'] img")
    picture.scroll_into_view_if_needed()  # they are loaded when they come into sight
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("picture => getComputedStyle(picture).objectFit") == "contain"
    shape: float = picture.evaluate("picture => picture.naturalWidth / picture.naturalHeight")
    return shape


@pytest.mark.deep
def test_a_look_is_shown_on_the_whole_photo(visit: Visit) -> None:
    page = visit()
    for height, width, place in ((900, 600, 2 / 3), (300, 1500, 5 / 2)):
        upload(page, encoded(photograph(height, width)))
        expect(keyed(page, "frame").locator("img").first).to_have_js_property("naturalWidth", min(width, PREVIEW_SIDE))
        settled(page)

        for _, _, wide, high in boxes(keyed(page, "looks")):
            assert wide / high == pytest.approx(place, rel=0.02)
        assert own_shape(page, "looks", "noir") == pytest.approx(width / height, rel=0.02)

    stop = keyed(page, "looks").locator("button[tabindex='0']")
    expect(stop).to_have_attribute("data-name", "none")
    stop.focus()
    for key, name in (("ArrowRight", "1977"), ("End", "teal_and_orange"), ("ArrowLeft", "noir")):
        page.keyboard.press(key)
        expect(stop).to_have_attribute("data-name", name)
        expect(stop).to_be_focused()


def test_the_catalogue_shows_a_portrait_whole_and_nothing_moves_while_its_pictures_come(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 3000})
    upload(page, encoded(photograph(900, 600)))
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.send("Network.setBlockedURLs", {"urls": ["*/media/*"]})
    shelf = keyed(page, "shelf")
    page.get_by_role("link", name="Catalogue").click()
    shelf.locator("article").first.wait_for()
    expect(shelf.locator("img:not([src])")).to_have_count(0)
    quiet(page)
    without = boxes(shelf)
    assert set(shelf.locator("img").evaluate_all("all => all.map(picture => picture.naturalWidth)")) == {0}

    network.send("Network.setBlockedURLs", {"urls": []})
    shelf.locator("img").evaluate_all("all => all.forEach(picture => { picture.src = picture.src; })")
    assert own_shape(page, "shelf", "invert") == pytest.approx(2 / 3, rel=0.02)
    assert own_shape(page, "shelf", "rotate_flip") == pytest.approx(3 / 2, rel=0.02)  # turned, and shown whole
    assert boxes(shelf) == without
    for _, _, wide, high in without:
        assert wide / high == pytest.approx(2 / 3, rel=0.02)
