"""The main job in a real browser: open or take a photo, stack effects, download the whole of it."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from effects import EFFECTS, Pipeline
from effects.image import Image
from tests.browser.conftest import DENY_CAMERA, FAKE_CAMERA, Launch, Visit
from tests.browser.hands import (
    add_effect,
    choose_source,
    download,
    keyed,
    last_sent,
    open_recipe,
    quiet,
    shown,
    unfolded,
    until,
    upload,
)
from tests.pictures import encoded, photograph, pixels_of

STACK = Pipeline((EFFECTS["sepia"].step(), EFFECTS["swirl"].step(), EFFECTS["posterize"].step()))


def stack_up(page: Page) -> None:
    for step in STACK.all_steps:
        add_effect(page, step.effect.title)


def assert_is_the_full_size_result(result: Image, photo: Image) -> None:
    """Exactly the pipeline's result, and that within the stated bounds of the plain one.

    Posterize turns the one level by which plain and fused may differ into a whole step on the few pixels that lie
    at a jump, so those are counted instead of measured.
    """
    np.testing.assert_array_equal(result, STACK(photo))
    off = np.abs(result.astype(int) - STACK.plain(photo)).max(axis=-1)
    assert (off > 1).mean() < 0.01


def test_an_uploaded_photo_comes_back_whole_with_its_effects_and_nobody_else_hears_of_it(
    visit: Visit, address: str
) -> None:
    photo = photograph(1050, 1400)  # more than a preview has
    page, asked = visit(), []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()
    upload(page, encoded(photo))
    stack_up(page)

    data, name = download(page)

    assert name == "holiday-emulsion.png"
    assert_is_the_full_size_result(pixels_of(data), photo)
    assert page.evaluate("window.asked") == [], "no camera was"
    assert len(asked) > 10
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []


@pytest.mark.deep
def test_a_photo_from_the_camera_comes_back_with_its_effects_and_the_camera_is_off(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Camera")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.asked") == [], "the camera was asked for before the click"

    keyed(page, "camera_on").locator("button").click()
    # Streamlit's button can be pressed before there is anything to see, and then does nothing.
    until(page, "[...document.querySelectorAll('video')].some(video => video.currentTime > 0)")
    page.get_by_test_id("stCameraInputButton").click()
    expect(keyed(page, "frame").locator("img")).to_be_visible(timeout=30_000)

    assert page.evaluate("window.asked.length") >= 1
    expect(keyed(page, "camera")).to_have_count(0)
    until(page, "window.tracks.length && window.tracks.every(track => track.readyState === 'ended')")

    stack_up(page)
    data, _ = download(page)
    assert_is_the_full_size_result(pixels_of(data), pixels_of(last_sent(page)))


def test_a_refused_camera_is_explained_and_the_uploader_stands_beside_it(launch: Launch, address: str) -> None:
    with launch(*FAKE_CAMERA, DENY_CAMERA) as shy:
        page = shy.new_page()
        page.goto(address)
        choose_source(page, "Camera")
        page.get_by_role("button", name="Turn on camera").click()
        expect(page.get_by_role("alert").filter(has_text="refused")).to_be_visible(timeout=15_000)
        expect(page.get_by_role("button", name="Turn on camera")).to_be_visible()
        upload(page, encoded(photograph(300, 400)))
        expect(keyed(page, "frame").locator("img")).to_be_visible()


FAIL = "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', window.trouble); };"


@pytest.mark.deep
def test_a_missing_or_busy_camera_is_explained(browser: Browser, address: str) -> None:
    with browser.new_context() as person:
        person.add_init_script(FAIL)
        page = person.new_page()
        page.goto(address)
        for error, word in (
            ("NotFoundError", "No camera"),
            ("NotReadableError", "busy"),
            ("OverconstrainedError", "not be started"),
        ):
            choose_source(page, "Camera")
            page.evaluate(f"window.trouble = '{error}'")
            with unfolded(page, "file"):
                keyed(page, "camera_on").locator("button").click()
                expect(page.get_by_role("alert").filter(has_text=word)).to_be_visible(timeout=15_000)
                expect(keyed(page, "upload").locator("input[type=file]")).to_have_count(1)
            choose_source(page, "Sample")
            expect(page.get_by_role("alert").filter(has_text=word)).to_have_count(0)


def test_a_bad_file_is_told_in_a_sentence_and_what_was_open_stays(visit: Visit) -> None:
    page = visit()
    upload(page, encoded(photograph(300, 400)))
    add_effect(page, EFFECTS["invert"].title)
    before = shown(page)

    upload(page, b"%PDF-1.7 not a picture at all", "report.jpg")

    told = page.get_by_test_id("stAlert")
    expect(told).to_be_visible()
    assert 10 < len(told.inner_text()) <= 400
    np.testing.assert_array_equal(shown(page), before)
    upload(page, encoded(photograph(300, 500)), "good.png")
    expect(told).to_have_count(0)
    expect(keyed(page, "frame").locator("img").first).to_have_js_property("naturalWidth", 500)


@pytest.mark.deep
def test_what_was_told_goes_with_its_cause(visit: Visit, tmp_path: Path) -> None:
    page = visit("/?recipe=garbage")
    told = page.get_by_test_id("stAlert")
    expect(told).to_contain_text("no recipe")
    open_recipe(page, STACK.to_json().encode(), "good.json")
    expect(page.locator("[class*=st-key-card-]")).to_have_count(len(STACK.steps))
    expect(told).to_have_count(0)

    upload(page, b"not a picture", "bad.jpg")
    expect(told).to_contain_text("bad.jpg: ")  # not to be taken for a word on a file that the uploader itself refuses
    large = tmp_path / "large.jpg"
    large.write_bytes(bytes(26_500_000))
    keyed(page, "upload").locator("input[type=file]").set_input_files(large)
    expect(keyed(page, "upload")).to_contain_text("must be 25.0MB or smaller")
    choose_source(page, "Camera")
    expect(told).to_have_count(0)


def test_two_people_never_see_each_others_picture(visit: Visit) -> None:
    pictures = [photograph(240, 320, seed=2), photograph(320, 240, seed=3)]
    people = [visit(), visit()]
    for person, picture in zip(people, pictures, strict=True):
        upload(person, encoded(picture))
    for person in reversed(people):
        add_effect(person, EFFECTS["invert"].title)

    invert = Pipeline((EFFECTS["invert"].step(),))
    for person, picture in zip(people, pictures, strict=True):
        assert np.abs(shown(person).astype(int) - invert(picture)).mean() < 6  # JPEG's share
        np.testing.assert_array_equal(pixels_of(download(person)[0]), invert(picture))


@pytest.mark.deep
def test_undo_redo_and_the_cards_buttons_do_what_they_say(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    cards = page.locator("[class*=st-key-card-]")
    add_effect(page, EFFECTS["sepia"].title)
    add_effect(page, EFFECTS["swirl"].title)

    page.get_by_role("button", name=re.compile("More for Swirl")).click()
    page.get_by_text("Move up", exact=True).click()
    expect(cards.first).to_contain_text("Swirl")
    page.keyboard.press("Control+z")
    expect(cards.first).to_contain_text("Sepia")
    page.keyboard.press("Control+y")
    expect(cards.first).to_contain_text("Swirl")

    quiet(page)
    page.get_by_role("button", name=re.compile("More for Swirl")).click()
    page.get_by_text("Remove", exact=True).click()
    expect(cards).to_have_count(1)
    quiet(page)
    np.testing.assert_array_less(shown(page)[..., 2].mean(), shown(page)[..., 0].mean())  # sepia is warm


@pytest.mark.deep
def test_a_card_tells_the_truth_after_a_visit_to_live(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    card = add_effect(page, EFFECTS["swirl"].title)
    angle, strength = (card.get_by_role("slider", name=name) for name in ("Angle", "Strength"))
    for name, shown_there in (("Live", "live"), ("Snapshot", "download")):
        page.get_by_role("link", name=name, exact=True).click()
        expect(page.locator("h1")).to_have_text(name)
        keyed(page, shown_there).wait_for()
        page.wait_for_timeout(1000)  # the cards of the page before stay in sight until their own are drawn
        expect(angle).to_have_value("180")
        expect(strength).to_have_value("1")
        expect(card.get_by_role("checkbox", name="Swirl").or_(card.get_by_role("switch"))).to_be_checked()
    for _ in range(3):
        strength.press("ArrowLeft")  # each is a run, and none takes it back
    expect(strength).to_have_value("0.97")
    quiet(page)
    expect(strength).to_have_value("0.97")
