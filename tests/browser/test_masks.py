"""Masks by hand: a gradient moved, a mask painted and erased, each a step back, and seen in red meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from effects import EFFECTS, Pipeline
from effects.masks.mask import Mask
from effects.masks.shapes import Brush, Color, Linear
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, keyed, quiet, settled, stack_in_address, upload
from tests.pictures import encoded, photograph

PHOTO = photograph(300, 400)
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# How red the veil is at a place in shares of it, 0..1: its canvas is the mask.
RED_AT = """(veil, [x, y]) => veil.hidden ? 0 :
  veil.getContext("2d").getImageData(Math.round(x * veil.width), Math.round(y * veil.height), 1, 1).data[3] / 255"""


def root(page: Page) -> Locator:
    return keyed(page, "stage").locator(".stage")


def mask_of(page: Page) -> Mask:
    """The mask of the last step in the address."""
    return stack_in_address(page)[-1].mask


def sheet_of(page: Page) -> FloatRect:
    sheet = root(page).locator(".sheet").bounding_box()
    assert sheet is not None
    return sheet


def choose_where(page: Page, card: str, kind: str) -> None:
    keyed(page, f"{card}-where").locator("input").click()
    page.get_by_role("option", name=kind, exact=True).click()
    settled(page)


def shows_red(page: Page, place: tuple[float, float], level: float) -> None:
    """The veil comes to be as red there."""
    red: Any = None
    for _ in range(100):
        red = root(page).locator(".veil").evaluate(RED_AT, place)
        if red == pytest.approx(level, abs=0.12):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{red} at {place}, not {level}")


def paint(page: Page, *points: tuple[float, float]) -> None:
    """Paint from place to place in the picture."""
    sheet = sheet_of(page)
    for number, (x, y) in enumerate(points):
        page.mouse.move(sheet["x"] + x * sheet["width"], sheet["y"] + y * sheet["height"], steps=3)
        if number == 0:
            page.mouse.down()
    page.mouse.up()


def gradient_is_moved(page: Page) -> None:
    """Dragged at one end and moved by keys; what keys did in one stay is a step back, and so is the drag."""
    choose_where(page, "c1", "Gradient")
    shows_red(page, (0.5, 0.1), 1)
    shows_red(page, (0.5, 0.9), 0)
    sheet, (first,) = sheet_of(page), mask_of(page)
    assert isinstance(first, Linear)
    begins = root(page).locator("[data-handle=center]")
    box = begins.bounding_box()
    assert box is not None
    page.mouse.move(x := box["x"] + box["width"] / 2, y := box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(x, y + 0.2 * sheet["height"], steps=5)
    page.mouse.up()
    settled(page)
    for _ in range(2):
        root(page).locator("[data-handle=center2]").press("ArrowRight")
    settled(page)
    (moved,) = mask_of(page)
    assert isinstance(moved, Linear)
    assert [moved.x0, moved.y0] == pytest.approx([first.x0, first.y0 + 0.2], abs=0.01)
    assert (moved.x1, moved.y1) == (0.52, first.y1)
    expect(keyed(page, "c1-where-x1").get_by_role("slider")).to_have_value("0.52")
    shows_red(page, (0.5, 0.6), (moved.y0 - 0.6) / (moved.y0 - moved.y1))
    expect(keyed(page, "c1-where-picture").locator("img")).to_have_attribute("alt", "Mask of Exposure")
    page.keyboard.press("Control+z")
    settled(page)
    assert mask_of(page) == (replace(moved, x1=first.x1),)
    page.keyboard.press("Control+z")
    settled(page)
    assert mask_of(page) == (first,)


def mask_is_painted(page: Page) -> None:
    """Painted twice and erased once, at once; each stroke is a step back."""
    choose_where(page, "c1", "Brush")
    lines = (((0.3, 0.3), (0.7, 0.3)), ((0.3, 0.7), (0.7, 0.7)), ((0.5, 0.1), (0.5, 0.9)))
    paint(page, *lines[0])
    shows_red(page, (0.5, 0.3), 1)  # before the server has answered, and after
    paint(page, *lines[1])
    keyed(page, "c1-where-is_eraser").locator("label").first.click()
    settled(page)
    paint(page, *lines[2])
    settled(page)
    (brush,) = mask_of(page)
    assert isinstance(brush, Brush)
    assert [stroke.erase for stroke in brush.strokes] == [False, False, True]
    for stroke, ends in zip(brush.strokes, lines, strict=True):
        assert [*stroke.points[0], *stroke.points[-1]] == pytest.approx([*ends[0], *ends[1]], abs=0.01)
    shows_red(page, (0.5, 0.3), 0)
    shows_red(page, (0.4, 0.7), 1)
    page.keyboard.press("Control+z")
    page.keyboard.press("Control+z")
    settled(page)
    assert mask_of(page) == (Brush(strokes=brush.strokes[:1]),)
    shows_red(page, (0.5, 0.3), 1)
    shows_red(page, (0.4, 0.7), 0)


def pen_presses(page: Page) -> None:
    """Pressed with a quarter of its force a pen paints a narrower line than a mouse does."""
    (before,) = mask_of(page)
    assert isinstance(before, Brush)
    keyed(page, "c1-where-is_eraser").locator("label").first.click()
    settled(page)
    sheet, pen = sheet_of(page), page.context.new_cdp_session(page)
    for kind, x in (("mousePressed", 0.2), ("mouseMoved", 0.4), ("mouseMoved", 0.6), ("mouseReleased", 0.6)):
        at = {"x": sheet["x"] + x * sheet["width"], "y": sheet["y"] + 0.85 * sheet["height"]}
        held = {"button": "left", "buttons": 1, "clickCount": 1, "force": 0.2, "pointerType": "pen"}
        pen.send("Input.dispatchMouseEvent", {"type": kind, **at, **held})
    settled(page)
    (brush,) = mask_of(page)
    assert isinstance(brush, Brush)
    *others, thin = brush.strokes
    assert tuple(others) == before.strokes
    assert not thin.erase
    assert thin.size == pytest.approx(before.strokes[0].size / 4, rel=0.05)


def colour_is_picked(page: Page) -> None:
    """By a touch; and the veil goes where it is not wanted."""
    choose_where(page, "c1", "Colour")
    sheet = sheet_of(page)
    page.mouse.click(sheet["x"] + 0.4 * sheet["width"], sheet["y"] + 0.4 * sheet["height"])
    settled(page)
    (color,) = mask_of(page)
    assert isinstance(color, Color)
    levels = [int(color.color[place : place + 2], 16) for place in (1, 3, 5)]
    assert levels == pytest.approx([*map(int, PHOTO[120, 160])], abs=8)
    keyed(page, "c1-where-shown").locator("label").first.click()
    expect(root(page).locator(".veil")).to_be_hidden()


def test_a_gradient_is_moved_by_hand_and_key_and_a_mask_painted_erased_picked_and_taken_back(visit: Visit) -> None:
    page = visit()
    upload(page, encoded(PHOTO))
    add_effect(page, EFFECTS["exposure"].title)
    gradient_is_moved(page)
    mask_is_painted(page)
    pen_presses(page)
    colour_is_picked(page)


@pytest.mark.deep
def test_on_a_phone_a_finger_paints_and_two_zoom_and_a_link_opens_with_its_mask(visit: Visit) -> None:
    step = EFFECTS["exposure"].step(stops=1, mask=[Brush(strokes=({"points": [[0.2, 0.2], [0.8, 0.2]]},))])  # type: ignore[arg-type]
    page = visit(f"/?recipe={Pipeline((step,)).to_link()}", **PHONE)
    upload(page, encoded(PHOTO))
    keyed(page, "sheets").get_by_role("button", name="Stack").click()
    quiet(page)
    expect(keyed(page, "c1-where").locator("input")).to_have_value("Brush")
    keyed(page, "c1-where-shown").locator("label").first.click()
    shows_red(page, (0.5, 0.2), 1)
    sheet, hand = sheet_of(page), page.context.new_cdp_session(page)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        points = [
            {"x": sheet["x"] + x * sheet["width"], "y": sheet["y"] + y * sheet["height"], "id": number}
            for number, (x, y) in enumerate(places)
        ]
        hand.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", (0.2, 0.8))
    for x in (0.4, 0.6, 0.8):
        touch("touchMove", (x, 0.8))
    touch("touchEnd")
    settled(page)
    assert len(mask_of(page)[0].to_json()["strokes"]) == 2
    shows_red(page, (0.5, 0.8), 1)
    touch("touchStart", (0.4, 0.5))
    touch("touchStart", (0.4, 0.5), (0.6, 0.5))
    touch("touchMove", (0.2, 0.5), (0.8, 0.5))
    touch("touchEnd")
    settled(page)
    assert len(mask_of(page)[0].to_json()["strokes"]) == 2, "two fingers do not paint"
    assert root(page).get_attribute("data-zoom") != "fit"
