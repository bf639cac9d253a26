"""A person who reloads, looks elsewhere, shares: no picture and no stack is lost."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, Route, expect

from effects import LOOKS, Pipeline
from tests.browser.conftest import Visit
from tests.browser.hands import (
    add_effect,
    cards,
    choose_source,
    keyed,
    settled,
    shown,
    stack_in_address,
    unfolded,
    until,
    upload,
)
from tests.pictures import encoded, photograph

PHOTO = encoded(photograph(300, 400), "JPEG")


def missing_at_first(page: Page) -> list[str]:
    """Let the server have two pictures of a photo later than they are asked for; which they were."""
    missing: list[str] = []

    def answer(route: Route) -> None:
        if len(missing) < 2:
            missing.append(route.request.url)
            route.fulfill(status=404)
        else:
            route.continue_()

    page.route(re.compile("/media/.*jpg"), answer)
    return missing


def test_a_reload_brings_the_stack_and_offers_the_photo_again(visit: Visit) -> None:
    page = visit()
    entries = page.evaluate("history.length")
    missing = missing_at_first(page)
    upload(page, PHOTO, "holiday.jpg")
    until(page, "picture => picture.naturalWidth > 0", arg=keyed(page, "frame").locator("img").element_handle())
    assert missing, "a picture that was not there yet is asked for again"
    add_effect(page, "Sepia")
    expect(page.get_by_text("holiday.jpg is kept in this browser only")).to_be_visible()
    before = shown(page)
    assert page.evaluate("history.length") == entries
    page.reload()
    page.get_by_role("button", name="Open it again").click()
    expect(keyed(page, "file")).to_contain_text("holiday.jpg")
    settled(page)
    assert (shown(page) == before).all()

    page.get_by_role("button", name="Forget it").click()
    expect(page.get_by_role("button", name="Forget it")).to_be_hidden()
    page.reload()
    expect(cards(page)).to_have_count(1)
    settled(page)
    expect(page.get_by_role("button", name="Open it again")).to_have_count(0)


@pytest.mark.deep
def test_of_two_tabs_each_is_offered_its_own_photo_again(visit: Visit) -> None:
    one = visit()
    upload(one, PHOTO, "first.jpg")
    expect(one.get_by_text("first.jpg is kept in this browser only")).to_be_visible()
    two = one.context.new_page()
    two.goto(one.url.partition("?")[0])
    two.wait_for_selector("h1")
    expect(two.get_by_text("Your photo first.jpg is kept")).to_be_visible()
    upload(two, encoded(photograph(200, 300, 2), "JPEG"), "second.jpg")
    expect(two.get_by_text("second.jpg is kept in this browser only")).to_be_visible()
    for page, name in ((one, "first"), (two, "second")):
        page.reload()
        expect(page.get_by_text(f"Your photo {name}.jpg is kept")).to_be_visible()
    one.get_by_role("button", name="Forget it").click()
    expect(one.get_by_role("button", name="Forget it")).to_be_hidden()
    one.reload()
    expect(one.get_by_text("Your photo second.jpg is kept")).to_be_visible()


@pytest.mark.deep
def test_one_s_own_photo_stays_a_click_away(visit: Visit) -> None:
    page = visit()
    upload(page, PHOTO, "holiday.jpg")
    mine = shown(page)
    choose_source(page, "Sample")
    settled(page)
    with unfolded(page, "file"):
        page.get_by_role("button", name="holiday.jpg").click()
        settled(page)
    assert (shown(page) == mine).all()


def test_a_shared_link_shows_its_look_on_the_sample_and_asks_for_a_photo(visit: Visit) -> None:
    page = visit(f"/?recipe={LOOKS['hudson'].to_link()}")
    expect(page.get_by_text("the look Hudson")).to_be_visible()
    expect(keyed(page, "frame").locator("img")).to_be_visible()
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Try it on your photo").click()
    chooser.value.set_files({"name": "mine.jpg", "mimeType": "image/jpeg", "buffer": PHOTO})
    expect(keyed(page, "file")).to_contain_text("mine.jpg")
    settled(page)
    expect(page.get_by_role("button", name="Try it on your photo")).to_have_count(0)
    assert stack_in_address(page) == Pipeline((LOOKS["hudson"].group(),))


DROP = """(field, files) => {
  const hand = new DataTransfer();
  for (const [name, numbers] of files) hand.items.add(new File([new Uint8Array(numbers)], name));
  field.dispatchEvent(new DragEvent("drop", { dataTransfer: hand, bubbles: true, composed: true, cancelable: true }));
}"""


@pytest.mark.deep
def test_of_several_files_dropped_the_first_that_opens_is_taken_and_the_others_are_named(visit: Visit) -> None:
    page = visit()
    files = [["notes.txt", list(b"no picture")], ["one.jpg", list(PHOTO)], ["two.jpg", list(PHOTO)]]
    field = keyed(page, "upload").locator("section, [data-testid=stFileUploaderDropzone]").first
    field.evaluate(DROP, files)
    expect(page.get_by_text("Not opened: notes.txt, two.jpg.")).to_be_visible()
    expect(keyed(page, "file")).to_contain_text("one.jpg")
    expect(keyed(page, "frame").locator("img")).to_be_visible()
    expect(page.get_by_test_id("stAlert")).to_have_count(0)
