"""The catalogue in a real browser, and pages opened first on a server nobody has visited."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from effects import CATEGORIES, EFFECTS, LOOKS, Pipeline
from effects.looks import FAMILIES
from tests.browser.conftest import Visit
from tests.browser.hands import assert_fits, choose_source, keyed, quiet, shown, upload
from tests.pictures import encoded, photograph, pixels_of

SHELF = [*EFFECTS, *(f"look:{name}" for name in LOOKS)]


def tiles(page: Page) -> list[str]:
    """Every card's name, once each has its picture."""
    buttons = keyed(page, "shelf").locator("button[data-name]")
    buttons.first.wait_for()  # before there are any, none lacks its picture
    expect(keyed(page, "shelf").locator("img:not([src])")).to_have_count(0)
    return [str(name) for name in buttons.evaluate_all("all => all.map(button => button.dataset.name)")]


def menu(page: Page) -> list[str]:
    return page.get_by_role("navigation").get_by_role("link").all_inner_texts()


def seen(page: Page) -> tuple[str, list[str], list[str], list[str]]:
    quiet(page)
    return page.title(), menu(page), tiles(page), page.locator("h1").all_inner_texts()


@pytest.mark.deep
def test_the_catalogue_opened_first_on_a_fresh_server_is_the_one_reached_from_home(
    visit: Visit, fresh_address: str
) -> None:
    first = seen(visit("/catalogue", at=fresh_address))
    home = visit("/", at=fresh_address)
    home.get_by_role("link", name="Catalogue").click()
    expect(home.locator("h1")).to_have_text("Catalogue")
    assert seen(home) == first
    assert first[2] == SHELF


@pytest.mark.deep
def test_a_recipe_link_opened_first_on_a_fresh_server_opens_its_stack(visit: Visit, fresh_address: str) -> None:
    pipeline = Pipeline((EFFECTS["posterize"].step(levels=6), EFFECTS["swirl"].step()))
    page = visit(f"/?recipe={pipeline.to_link()}", at=fresh_address)
    expect(page.locator("[class*=st-key-card-]")).to_have_count(2)
    expect(page.get_by_test_id("stAlert")).to_have_count(0)


def test_every_effect_is_shown_on_ones_own_photo_once_there_is_one(visit: Visit) -> None:
    photo = photograph(200, 300)
    page = visit()
    upload(page, encoded(photo))
    page.get_by_role("link", name="Catalogue").click()
    expect(page.locator("h1")).to_have_text("Catalogue")
    assert tiles(page) == SHELF

    address = keyed(page, "shelf").locator("button[data-name=invert] img").evaluate("picture => picture.src")
    inverted = pixels_of(page.request.get(address).body()).astype(int)
    assert np.abs(inverted.mean(axis=(0, 1)) - (255 - photo.mean(axis=(0, 1)))).max() < 4


def test_the_catalogue_tells_of_each_is_searched_fits_a_phone_and_a_click_puts_one_on_the_stack(visit: Visit) -> None:
    page = visit("/catalogue")
    tells_how_each_works_and_is_searched(page)
    page.set_viewport_size({"width": 390, "height": 844})
    quiet(page)
    assert_fits(page, 390)
    page.set_viewport_size({"width": 1280, "height": 800})
    keyed(page, "shelf").get_by_role("button", name="All", exact=True).click()
    puts_what_is_clicked_on_the_stack(page)


def puts_what_is_clicked_on_the_stack(page: Page) -> None:
    """An effect or a look; and one comes back to where one was."""
    sepia = keyed(page, "shelf").locator("button[data-name=sepia]")
    sepia.evaluate("tile => tile.scrollIntoView({ block: 'center' })")
    page.wait_for_timeout(300)  # until the place is kept
    before = sepia.bounding_box()
    sepia.click()
    expect(page.locator("h1")).to_have_text("Snapshot")
    page.go_back()
    expect(page.locator("h1")).to_have_text("Catalogue")
    expect(sepia).to_be_in_viewport()
    page.wait_for_timeout(500)  # until nothing scrolls any more
    after = sepia.bounding_box()
    assert before
    assert after
    assert abs(before["y"] - after["y"]) < 40, "one comes back to where one was"
    page.go_forward()
    expect(page.locator("h1")).to_have_text("Snapshot")
    expect(page.locator("[class*=st-key-card-]")).to_have_count(1)
    expect(page.locator("[class*=st-key-card-]")).to_contain_text("Sepia")
    quiet(page)
    assert shown(page)[..., 2].mean() < shown(page)[..., 0].mean()  # the sample, and sepia is warm

    page.get_by_role("link", name="Catalogue").click()
    expect(page.locator("h1")).to_have_text("Catalogue")
    keyed(page, "shelf").locator("button[data-name='look:aden']").click()
    expect(page.locator("h1")).to_have_text("Snapshot")
    expect(page.locator("[class*=st-key-card-]")).to_have_count(2)


def tells_how_each_works_and_is_searched(page: Page) -> None:
    """Each card tells how it works and whom it is owed to, and searching narrows the shelf."""
    tiles(page)
    shelf = keyed(page, "shelf")
    expect(shelf.locator("article:not(:has(details))")).to_have_count(0)
    for name, words in (("oil_paint", "Holzmann"), ("posterize", "levels: 2..32"), ("look:aden", "Una Kravets")):
        more = shelf.locator(f"article[data-name='{name}'] details")
        expect(more.locator("p")).not_to_be_visible()
        more.locator("summary").click()
        expect(more.locator("p")).to_be_visible()
        expect(more.locator("p")).to_contain_text(words)
        more.locator("summary").click()

    shelf.get_by_role("searchbox").fill("swirl")
    expect(shelf.locator("button[data-name]:visible")).to_have_count(1)
    shelf.get_by_role("searchbox").fill("<b>nothing")
    expect(shelf.get_by_role("status")).to_contain_text("<b>nothing")
    shelf.get_by_role("searchbox").fill("")
    expect(shelf.locator("h2:visible")).to_have_count(len(CATEGORIES) + len(FAMILIES))

    shelf.locator("button[data-name='look:noir']").scroll_into_view_if_needed()
    expect(shelf.get_by_role("searchbox")).to_be_in_viewport(ratio=1)
    expect(shelf.get_by_role("button", name="Moving", exact=True)).to_be_in_viewport(ratio=1)
    shelf.get_by_role("button", name="Black & white", exact=True).click()
    expect(shelf.locator("h2:visible")).to_have_text(
        ["Black and white", "Looks: Classic", "Looks: Film", "Looks: Mood"]
    )
    expect(shelf.locator("button[data-name][tabindex='0'], summary[tabindex='0']")).to_have_count(2)  # of one card


@pytest.mark.deep
def test_a_look_takes_the_stacks_place_and_undo_brings_it_back(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    cards = page.locator("[class*=st-key-card-]")
    keyed(page, "looks").locator("button[data-name=inkwell]").click()
    expect(cards.first).to_be_visible()
    quiet(page)
    picture = shown(page).astype(int)
    assert np.abs(picture[..., 0] - picture[..., 2]).mean() < 2  # inkwell is black and white
    keyed(page, "undo").locator("button").click()
    expect(cards).to_have_count(0)
