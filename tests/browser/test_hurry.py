"""A person in a hurry: every press counts, in its order, and nothing breaks."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from effects import LOOKS, Pipeline
from pages.components.stack.history import STEPS_BACK
from tests.browser.conftest import Visit, server
from tests.browser.hands import add_effect, cards, keyed, settled, stack_in_address, upload
from tests.pictures import encoded, photograph

PHOTO = encoded(photograph(300, 400), "JPEG")
SECONDS, LONG = 6, 60  # of presses: in `make test`, in `make test-deep`

Press = Callable[[], bool]
"""Something pressed; whether it could be."""


class Model:
    """What the page must do, in a dozen lines: cards with numbers, a look one of them, and a way back and forth."""

    def __init__(self) -> None:
        self.stack: list[tuple[int, Any, str]] = []  # the card's number, its step, its look
        self.past: list[Any] = []
        self.future: list[Any] = []
        self.number = 0

    def put(self, stack: list[tuple[int, Any, str]]) -> None:
        if stack != self.stack:
            self.past, self.future, self.stack = [*self.past, self.stack][-STEPS_BACK:], [], stack

    def look(self, name: str) -> None:
        at = next((place for place, card in enumerate(self.stack) if card[2]), len(self.stack))
        if self.stack[at:] and self.stack[at][2] == name:
            return
        self.number += 1
        self.put([*self.stack[:at], (self.number, LOOKS[name].group(), name), *self.stack[at + 1 :]])

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


WATCH = """() => {
  window.failures = 0;
  new MutationObserver(() => { window.failures += document.querySelectorAll("[data-testid=stException]").length; })
    .observe(document.body, { childList: true, subtree: true });
}"""


def test_a_person_in_a_hurry_gets_the_stack_they_pressed_for(visit: Visit, pytestconfig: pytest.Config) -> None:
    page, model, chance = visit(), Model(), random.Random(10)
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    upload(page, PHOTO, "small.jpg")
    for title in ("Invert", "Mirror", "Sepia"):
        add_effect(page, title)
        expect(page.get_by_role("group", name=title)).to_be_visible()
    for button_, count in (("undo", 1), ("redo", 3)):  # a double click is two of them
        keyed(page, button_).locator("button").dblclick()
        expect(cards(page)).to_have_count(count)
    settled(page)
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
    page.get_by_test_id("stHeader").click()
    page.evaluate(WATCH)
    left = (LONG if pytestconfig.getoption("long") else SECONDS) * 1000
    while left > 0:
        act, follow = chance.choice(back_and_forth if chance.random() < 0.6 else looks)
        if act():
            follow()
        pause = chance.randint(50, 500)
        page.wait_for_timeout(pause)
        left -= pause
    assert len(model.past) + len(model.future) > 5
    expect(page.locator("h1")).to_have_count(1)
    settled(page)
    expect(cards(page)).to_have_count(len(model.stack), timeout=30_000)
    settled(page)
    assert stack_in_address(page).steps == tuple(step for _, step, _ in model.stack)
    assert broken == []
    assert page.evaluate("window.failures") == 0
    for picture in keyed(page, "frame").locator("img").all():
        assert picture.evaluate("picture => picture.complete && picture.naturalWidth > 0")


@pytest.mark.deep
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


@pytest.mark.deep
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


@pytest.fixture(scope="module")
def failing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The address of the app that fails where it is told to, and its log."""
    log = tmp_path_factory.mktemp("failing") / "log"
    with log.open("wb") as lines, server("tests/browser/failing/app.py", log=lines) as started:
        yield started.address, log


DEEP = pytest.mark.deep


@pytest.mark.parametrize(
    "where", ["a callback", pytest.param("the page", marks=DEEP), pytest.param("a part", marks=DEEP)]
)
def test_an_error_nobody_foresaw_is_one_sentence_with_a_way_on(
    where: str, browser: Browser, failing: tuple[str, Path]
) -> None:
    address, log = failing
    before = len(log.read_bytes())
    with browser.new_context() as person:
        page = person.new_page()
        page.goto(address)
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
    told = log.read_bytes()[before:].decode()
    assert "Traceback" in told
    assert "secret" in told


@pytest.mark.deep
def test_quick_undos_of_a_slider_are_not_taken_back_by_what_it_showed_before(visit: Visit) -> None:
    page = visit()
    upload(page, PHOTO, "small.jpg")
    add_effect(page, "Sepia")
    slider = page.get_by_role("slider", name="Strength")
    for _ in range(4):
        slider.focus()
        page.keyboard.press("PageDown")
        page.wait_for_timeout(400)
        page.get_by_role("slider", name="Amount").focus()
    settled(page)
    lowered = [step.strength for step in stack_in_address(page).steps]
    for _ in range(4):
        page.keyboard.press("Control+z")
        page.wait_for_timeout(60)
    settled(page)
    assert [step.strength for step in stack_in_address(page).steps] == [1.0]
    slider.focus()
    page.keyboard.press("PageDown")  # a wish, though it is what the slider showed before
    page.wait_for_timeout(400)
    settled(page)
    assert [step.strength for step in stack_in_address(page).steps] != [1.0]
    assert lowered != [1.0]


@pytest.mark.deep
def test_the_same_effect_is_added_as_often_as_it_is_chosen_and_no_oftener(visit: Visit) -> None:
    page = visit()
    for number in range(3):
        add_effect(page, "Sepia")
        expect(cards(page)).to_have_count(number + 1)
        page.get_by_role("slider", name="Amount").first.press("ArrowLeft")
    settled(page)
    expect(cards(page)).to_have_count(3)


@pytest.mark.deep
def test_a_card_of_a_page_drawn_in_pieces_keeps_its_values(visit: Visit) -> None:
    page = visit(f"/?recipe={LOOKS['noir'].to_link()}")
    upload(page, PHOTO, "small.jpg")  # while the page is still being drawn
    settled(page)
    keyed(page, "compare").locator("label").first.click()
    settled(page)
    assert stack_in_address(page) == Pipeline((LOOKS["noir"].group(),))
