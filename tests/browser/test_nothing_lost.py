"""A person in a hurry, and one who reloads: every press counts, and no picture or stack is lost."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from effects import LOOKS, Pipeline
from tests.browser.conftest import Visit, server
from tests.browser.hands import add_effect, choose_source, encoded, keyed, photograph, quiet, shown, upload

PHOTO = encoded(photograph(300, 400), "JPEG")
SECONDS = 60

Press = Callable[[], bool]
"""Something pressed; whether it could be."""


def cards(page: Page) -> Locator:
    return page.locator("[class*=st-key-card-]")


def settled(page: Page) -> None:
    """Until nothing has moved for a while, on however busy a machine."""
    before, same = "", 0
    while same < 6:
        quiet(page)
        now = page.url + str(cards(page).count())
        before, same = now, same + 1 if now == before else 0


def stack_in_address(page: Page) -> Pipeline:
    found = re.search(r"[?&]recipe=([^&]+)", page.url)
    return Pipeline.from_link(found[1]) if found else Pipeline()


class Model:
    """What the page must do, in a dozen lines: cards with numbers, and a way back and forth."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, Any, str]] = []  # the card's number, its step, its look
        self.past: list[Any] = []
        self.future: list[Any] = []
        self.number = 0

    def put(self, stack: list[tuple[int, Any, str]]) -> None:
        if stack != self.stack:
            self.past, self.future, self.stack = [*self.past, self.stack], [], stack

    def look(self, name: str) -> None:
        steps = LOOKS[name].steps
        old = [place for place, card in enumerate(self.stack) if card[2]]
        if old and [self.stack[place][1] for place in old] == list(steps) and self.stack[old[0]][2] == name:
            return
        at = old[0] if old else len(self.stack)
        fresh = [(self.number + 1 + place, step, name) for place, step in enumerate(steps)]
        self.number += len(steps)
        kept = [card for card in self.stack if not card[2]]
        self.put([*kept[:at], *fresh, *kept[at:]])

    def undo(self) -> None:
        if self.past:
            self.future.append(self.stack)
            self.stack = self.past.pop()

    def redo(self) -> None:
        if self.future:
            self.past.append(self.stack)
            self.stack = self.future.pop()

    def add(self, step: Any) -> None:
        self.number += 1
        self.put([*self.stack, (self.number, step, "")])


def test_a_person_in_a_hurry_gets_the_stack_they_pressed_for(visit: Visit) -> None:
    page, model, chance = visit(), Model(), random.Random(10)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    upload(page, PHOTO, "small.jpg")
    for title in ("Invert", "Mirror", "Sepia"):
        add_effect(page, title)
    for step in stack_in_address(page).steps:
        model.add(step)
    names = list(LOOKS)[:10]
    tiles = page.locator(".st-key-looks button[data-name]")
    expect(tiles.nth(10)).to_be_visible()

    def button(key: str) -> Press:
        # As a hand does it: whatever is under the pointer, unless it is greyed.
        press = "button => !button.disabled && (button.click(), true)"
        return lambda: bool(keyed(page, key).locator("button").evaluate(press))

    def key(combination: str) -> Press:
        def press() -> bool:
            page.keyboard.press(combination)
            return True

        return press

    def tile(name: str) -> Press:
        def click() -> bool:
            page.locator(f".st-key-looks button[data-name='{name}']").dispatch_event("click")
            return True

        return click

    back_and_forth: list[tuple[Press, Callable[[], None]]] = [
        (key("Control+z"), model.undo), (key("Control+y"), model.redo), (key("Control+Shift+Z"), model.redo),
        (key("Meta+z"), model.undo), (button("undo"), model.undo), (button("redo"), model.redo),
    ]  # fmt: skip
    looks: list[tuple[Press, Callable[[], None]]] = [(tile(name), partial(model.look, name)) for name in names]
    page.locator("h1").click()
    left = SECONDS * 1000
    while left > 0:
        act, follow = chance.choice(back_and_forth if chance.random() < 0.6 else looks)
        if act():
            follow()
        pause = chance.randint(50, 500)
        page.wait_for_timeout(pause)
        left -= pause
        assert page.get_by_test_id("stException").count() == 0
        expect(page.locator("h1")).to_have_count(1)
    settled(page)
    expect(cards(page)).to_have_count(len(model.stack), timeout=30_000)
    settled(page)
    assert stack_in_address(page).steps == tuple(step for _, step, _ in model.stack)
    assert broken == []
    for picture in keyed(page, "frame").locator("img").all():
        assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")


def test_a_look_taken_back_at_once_breaks_nothing(visit: Visit) -> None:
    page = visit()
    upload(page, PHOTO, "small.jpg")
    add_effect(page, "Sepia")
    for wait in (50, 150, 250, 400):
        page.locator(".st-key-looks button[data-name=hudson]").click()
        page.wait_for_timeout(wait)
        page.keyboard.press("Control+z")
        expect(keyed(page, "redo").locator("button")).to_be_enabled()
        expect(cards(page)).to_have_count(1)
        assert page.get_by_test_id("stException").count() == page.get_by_test_id("stAlert").count() == 0


def test_a_double_click_on_undo_takes_back_two(visit: Visit) -> None:
    page = visit()
    for title in ("Invert", "Sepia", "Mirror"):
        add_effect(page, title)
    keyed(page, "undo").locator("button").dblclick()
    expect(cards(page)).to_have_count(1)
    keyed(page, "redo").locator("button").dblclick()
    expect(cards(page)).to_have_count(3)


def test_a_slider_moved_by_many_keys_is_one_step_back_until_the_focus_leaves_it(visit: Visit) -> None:
    page = visit()
    add_effect(page, "Sepia")
    slider = page.get_by_role("slider", name="Strength")

    def lower(presses: int) -> None:
        slider.focus()
        for _ in range(presses):
            page.keyboard.press("ArrowLeft")
            page.wait_for_timeout(250)
        settled(page)

    lower(6)
    keyed(page, "undo").locator("button").focus()
    lower(4)
    assert [step.strength for step in stack_in_address(page).steps] == pytest.approx([0.9])
    for expected in ([0.94], [1.0], []):
        keyed(page, "undo").locator("button").click()
        settled(page)
        assert [step.strength for step in stack_in_address(page).steps] == pytest.approx(expected)


def test_a_reload_brings_the_stack_and_offers_the_photo_again(visit: Visit) -> None:
    page = visit()
    entries = page.evaluate("history.length")
    upload(page, PHOTO, "holiday.jpg")
    add_effect(page, "Sepia")
    expect(page.get_by_text("kept in this browser only")).to_be_visible()
    before = shown(page)
    assert page.evaluate("history.length") == entries
    page.reload()
    page.get_by_role("button", name="Open it again").click()
    expect(keyed(page, "upload")).to_contain_text("holiday.jpg")
    settled(page)
    assert (shown(page) == before).all()

    page.get_by_role("button", name="Forget it").click()
    page.reload()
    expect(cards(page)).to_have_count(1)
    settled(page)
    expect(page.get_by_role("button", name="Open it again")).to_have_count(0)


def test_one_s_own_photo_stays_a_click_away(visit: Visit) -> None:
    page = visit()
    upload(page, PHOTO, "holiday.jpg")
    mine = shown(page)
    choose_source(page, "Sample")
    settled(page)
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
    expect(keyed(page, "upload")).to_contain_text("mine.jpg")
    settled(page)
    expect(page.get_by_role("button", name="Try it on your photo")).to_have_count(0)
    assert stack_in_address(page) == LOOKS["hudson"]


DROP = """(field, files) => {
  const hand = new DataTransfer();
  for (const [name, numbers] of files) hand.items.add(new File([new Uint8Array(numbers)], name));
  field.dispatchEvent(new DragEvent("drop", { dataTransfer: hand, bubbles: true, composed: true, cancelable: true }));
}"""


def test_of_several_files_dropped_the_first_that_opens_is_taken_and_the_others_are_named(visit: Visit) -> None:
    page = visit()
    files = [["notes.txt", list(b"no picture")], ["one.jpg", list(PHOTO)], ["two.jpg", list(PHOTO)]]
    field = keyed(page, "upload").locator("section, [data-testid=stFileUploaderDropzone]").first
    field.evaluate(DROP, files)
    expect(page.get_by_text("Not opened: notes.txt, two.jpg.")).to_be_visible()
    expect(keyed(page, "upload")).to_contain_text("one.jpg")
    expect(keyed(page, "frame").locator("img")).to_be_visible()
    assert page.get_by_test_id("stAlert").count() == 0


def test_a_card_is_a_group_with_a_name(visit: Visit) -> None:
    page = visit()
    add_effect(page, "Swirl")
    expect(page.get_by_role("group", name="Swirl")).to_be_visible()


@pytest.mark.parametrize("where", ["a callback", "the page", "a part"])
def test_an_error_nobody_foresaw_is_one_sentence_with_a_way_on(
    where: str, browser: Browser, tmp_path: Path
) -> None:
    log = tmp_path / "log"
    with log.open("wb") as lines, server("tests/browser/failing/app.py", log=lines) as failing:
        page = browser.new_page()
        page.goto(failing.address)
        page.get_by_text(f"Fail in {where}").click()
        expect(page.get_by_test_id("stAlert")).to_have_count(1)
        expect(page.get_by_test_id("stAlert")).to_contain_text("Your photo and your stack are kept")
        expect(page.get_by_role("heading", name="Here")).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0
        assert "secret" not in page.inner_text("body")
        page.get_by_role("button", name="Go on").click()
        if where == "a callback":
            expect(page.get_by_test_id("stAlert")).to_have_count(0)
            expect(page.get_by_text("The end")).to_be_visible()
        page.close()
    assert "Traceback" in log.read_text()
    assert "secret" in log.read_text()
