"""The frame around the picture: what has to be in sight is, on every screen, whatever the stack."""

from __future__ import annotations

from itertools import pairwise

from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, assert_fits, choose_source, keyed, quiet, upload
from tests.pictures import pixels_of

SCREENS = {"a notebook": (1280, 800), "a tablet": (768, 1024), "a phone": (390, 844)}
FIVE = ("Sepia", "Vignette", "Brightness", "Contrast", "Saturation")
THUMB = 40  # px, what a finger hits


def box(page: Page, key: str) -> tuple[float, float, float, float]:
    """Where an element is on the screen: left, top, right, bottom."""
    found = keyed(page, key).first.bounding_box()
    assert found is not None, key
    return found["x"], found["y"], found["x"] + found["width"], found["y"] + found["height"]


def assert_is_in_sight(page: Page, key: str, width: int, height: int) -> None:
    left, top, right, bottom = box(page, key)
    assert left >= 0, key
    assert top >= 0, key
    assert right <= width, key
    assert bottom <= height, key


def test_bar_picture_and_save_are_in_sight_whatever_the_stack(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    expect(keyed(page, "stage")).to_be_visible()
    for title in FIVE:
        add_effect(page, title)
    for name, (width, height) in SCREENS.items():
        page.set_viewport_size({"width": width, "height": height})
        quiet(page)
        for key in ("file", "undo", "redo", "history", "share", "save", "download", "frame"):
            assert_is_in_sight(page, key, width, height)
        left, top, right, bottom = box(page, "frame")
        if name == "a notebook":
            assert (right - left) * (bottom - top) >= 0.45 * width * height
            assert page.get_by_test_id("stMain").evaluate("main => main.scrollHeight") <= 1600
            assert box(page, "strip")[3] <= height
            assert box(page, "from_photos")[1] - box(page, "picker_head")[3] < 20, "what nobody sees takes no room"
        if name == "a phone":
            assert bottom <= height / 2 + 44  # the picture has the upper half, below the bar


def test_on_a_phone_a_bar_under_the_thumb_brings_up_one_sheet_at_a_time(visit: Visit) -> None:
    page = visit(viewport={"width": 390, "height": 844}, has_touch=True)
    expect(keyed(page, "sheets")).to_be_hidden()  # nothing is to be brought up before there is a picture
    upload(page, b"%PDF-1.4", "notes.pdf")
    told = page.get_by_test_id("stAlert").bounding_box()
    assert told
    assert told["y"] + told["height"] <= box(page, "source")[1], "it is told below what one would scroll past"
    choose_source(page, "Sample")
    add_effect(page, "Sepia")
    assert_fits(page, 390)
    bar = keyed(page, "sheets").get_by_role("button")
    names = bar.all_inner_texts()
    assert [name.splitlines()[-1] for name in names] == ["Looks", "Effects", "Stack", "Compare"]
    boxes = [button.bounding_box() for button in [*bar.all(), keyed(page, "download").locator("button")]]
    assert all(found and found["width"] >= THUMB and found["height"] == 56 for found in boxes)
    assert all(one and other and one["x"] + one["width"] <= other["x"] + 1 for one, other in pairwise(boxes))

    for name, key in (("Looks", "strip"), ("Stack", "side")):
        bar.filter(has_text=name).tap()
        expect(bar.filter(has_text=name)).to_have_attribute("aria-expanded", "true")
        assert box(page, key)[3] <= 844 - 56
        assert box(page, key)[1] >= box(page, "frame")[3] - 1, "the sheet covers the picture"
    expect(bar.filter(has_text="Looks")).to_have_attribute("aria-expanded", "false")

    bar.filter(has_text="Stack").tap()  # none is up now
    page.get_by_test_id("stMain").evaluate("main => main.scrollTo(0, main.scrollHeight)")
    page.wait_for_timeout(200)
    assert_is_in_sight(page, "frame", 390, 844)

    bar.filter(has_text="Compare").tap()
    expect(keyed(page, "stage").locator("input[type=range]")).to_be_visible()
    with page.expect_download() as coming:
        keyed(page, "download").locator("button").tap()
    assert pixels_of(coming.value.path().read_bytes()).shape == (2000, 3000, 3)
