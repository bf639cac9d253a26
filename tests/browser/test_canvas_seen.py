"""The drawn canvas is looked at as the server's picture is: before and after, whole and closely, by hand and by key."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage
from playwright.sync_api import Browser, FloatRect, Page, WebSocketRoute, expect

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from tests.browser.conftest import Launch
from tests.browser.hands import keyed, settled, upload
from tests.browser.test_instant import PATIENT, canvas, follow_hand, root, slider, take_hold
from tests.pictures import encoded
from tests.scene import landscape
from tests.shader_page import SOFTWARE

# Drawn by software, it takes the whole machine.
pytestmark = [pytest.mark.alone, pytest.mark.deep]

PHOTO = landscape(540, 960)
STACK = Pipeline((EFFECTS["exposure"].step(stops=0.25), EFFECTS["sepia"].step(amount=0.7), EFFECTS["swirl"].step()))
CTRL = 2
HOLD = 400  # ms

Looks = Mapping[str, Image]
"""What was seen, by what was done to see it."""


@pytest.fixture(scope="module")
def painter(launch: Launch) -> Iterator[Browser]:
    """A Chromium whose graphics card is software."""
    with launch(*SOFTWARE) as started:
        yield started


@dataclass
class Gate:
    """What the server tells a page; kept back while it is shut, so that its picture stays the one of before."""

    is_shut: bool = False
    kept: list[Callable[[], None]] = field(default_factory=list)

    def connect(self, page_side: WebSocketRoute) -> None:
        def on_message(message: str | bytes) -> None:
            if self.is_shut:
                self.kept.append(lambda: page_side.send(message))
            else:
                page_side.send(message)

        page_side.connect_to_server().on_message(on_message)

    def open(self) -> None:
        self.is_shut = False
        while self.kept:
            self.kept.pop(0)()


class Looker:
    """A person before the stage, whose hand is a mouse or, on a phone, a finger."""

    def __init__(self, page: Page, *, has_fingers: bool) -> None:
        self.page, self.has_fingers = page, has_fingers
        self.wire = page.context.new_cdp_session(page)

    def at(self, across: float = 0.5, down: float = 0.5) -> tuple[float, float]:
        """A point of the picture's place, in shares of it."""
        box = root(self.page).locator(".place").bounding_box()
        assert box is not None
        return box["x"] + across * box["width"], box["y"] + down * box["height"]

    def point(self, kind: str, *places: tuple[float, float]) -> None:
        """Put a hand down on the picture, move it or lift it."""
        if self.has_fingers:
            points = [{"x": x, "y": y, "id": number} for number, (x, y) in enumerate(places)]
            told: dict[str, Any] = {"type": f"touch{kind}", "touchPoints": [] if kind == "End" else points}
            self.wire.send("Input.dispatchTouchEvent", told)
            return
        [(x, y)] = places
        self.page.mouse.move(x, y)
        if kind != "Move":
            (self.page.mouse.down if kind == "Start" else self.page.mouse.up)()

    def drag(self, begin: tuple[float, float], end: tuple[float, float]) -> None:
        """From one place to another, without haste."""
        self.point("Start", begin)
        for share in (0.25, 0.5, 0.75, 1.0):
            self.point("Move", (begin[0] + share * (end[0] - begin[0]), begin[1] + share * (end[1] - begin[1])))
        self.point("End", end)

    def enlarge(self) -> None:
        """By two fingers or by the wheel, wherever the mouse is."""
        x, y = self.at()
        if self.has_fingers:
            for kind, apart in (("Start", 30), ("Move", 45), ("Move", 60), ("End", 60)):
                self.point(kind, (x - apart, y), (x + apart, y))
        else:
            turn = {"x": x, "y": y, "deltaX": 0, "deltaY": -250, "modifiers": CTRL}
            self.wire.send("Input.dispatchMouseEvent", {"type": "mouseWheel", **turn})

    def shot(self) -> Image:
        """What is to be seen in the picture's place, once it stands still; without the buttons that come and go."""
        (left, top), (right, bottom) = self.at(0.02, 0.02), self.at(0.98, 0.8)
        box: FloatRect = {"x": left, "y": top, "width": right - left, "height": bottom - top}
        before = b""
        for _ in range(40):
            self.page.wait_for_timeout(150)
            now = self.page.screenshot(clip=box)
            if now == before:
                return np.asarray(PILImage.open(io.BytesIO(now)).convert("RGB"))
            before = now
        raise AssertionError("the picture does not come to rest")

    def zoom(self, wanted: str) -> None:
        expect(root(self.page)).to_have_attribute("data-zoom", re.compile(wanted))

    def looks(self, *, has_hand: bool) -> Looks:
        """Whole and closely, at before and after; without a hand by wheel and key alone."""
        keyboard, seen = self.page.keyboard, {"whole": self.shot()}
        keyboard.down("b")
        seen["before, by key"] = self.shot()
        keyboard.up("b")
        if has_hand:
            self.point("Start", self.at())
            self.page.wait_for_timeout(HOLD)
            seen["before, by hand"] = self.shot()
            self.point("End", self.at())
        self.enlarge()
        self.zoom(r"^\d+$")
        seen["larger"] = self.shot()
        keyboard.press("1")
        self.zoom("100")
        seen["100 %"] = self.shot()
        keyboard.press("2")
        self.zoom("200")
        seen["200 %"] = self.shot()
        if has_hand:
            self.drag(self.at(0.7, 0.6), self.at(0.3, 0.3))
            seen["200 %, moved"] = self.shot()
            keyboard.down("b")
            seen["moved, before"] = self.shot()
            keyboard.up("b")
        keyboard.press("0")
        self.zoom("fit")
        return seen

    def looks_across_the_bar(self) -> Looks:
        """The bar dragged over the picture, whole and closely."""
        self.drag(self.at(0.5), self.at(0.25))
        seen = {"a quarter": self.shot()}
        self.page.keyboard.press("1")
        self.zoom("100")
        seen["a quarter of 100 %"] = self.shot()
        self.drag(self.at(0.25), self.at(0.6))
        self.drag(self.at(0.2, 0.7), self.at(0.3, 0.7))
        seen["moved along"] = self.shot()
        self.page.keyboard.press("0")
        self.drag(self.at(0.3), self.at(0.5))
        return seen


def parts(one: Image, other: Image) -> float:
    """How far two pictures are apart, in levels."""
    assert one.shape == other.shape
    return float(np.abs(one.astype(int) - other).mean())


def are_same(drawn: Looks, served: Looks) -> None:
    """Whoever has drawn it, it is the same to look at; and each look is another one."""
    assert {name: parts(drawn[name], served[name]) < 1 for name in drawn} == dict.fromkeys(drawn, True)
    names = [name for name in drawn if "before" not in name]
    assert all(parts(drawn[one], drawn[other]) > 3 for one in names for other in names if one != other)
    assert all(parts(drawn[name], drawn["whole"]) > 10 for name in drawn if name.startswith("before"))


def move(page: Page, key: str, across: float) -> Pipeline:
    """Take hold of a slider and move it, until the canvas shows where it is; it stays in hand."""
    grip, field = slider(page, key)
    take_hold(page, grip)
    x, y = page.evaluate("[lastX, lastY]")
    page.mouse.move(x + across, y)
    drawn = canvas(page)
    moved = Pipeline((EFFECTS["exposure"].step(stops=round(float(field.input_value()), 4)), *STACK.steps[1:]))
    assert parts(drawn, moved.apply(Photo(PHOTO)).image) < 1
    return moved


@pytest.mark.parametrize("width", [1280, 390])
def test_before_and_after_zoom_and_the_bar_are_the_same_on_the_canvas(
    painter: Browser, address: str, width: int
) -> None:
    is_phone = width < 640
    viewport = {"width": width, "height": 844 if is_phone else 800}
    context = painter.new_context(viewport=viewport, has_touch=is_phone)  # type: ignore[arg-type]
    context.add_init_script(PATIENT)
    page, gate = context.new_page(), Gate()
    page.route_web_socket(re.compile("_stcore/stream"), gate.connect)
    page.goto(f"{address}/?recipe={STACK.to_link()}")
    settled(page)
    upload(page, encoded(PHOTO))
    settled(page)
    follow_hand(page)
    looker = Looker(page, has_fingers=is_phone)
    expect(root(page)).to_have_attribute("data-instant", "gpu", timeout=100_000)

    def is_drawn() -> bool:
        return root(page).get_attribute("data-instant") == "gpu" and root(page).locator(".instant").count() == 1

    gate.is_shut = True
    move(page, "c1-stops", 12)
    in_hand = looker.looks(has_hand=is_phone)
    assert is_drawn()
    page.mouse.up()
    let_go = looker.looks(has_hand=True)
    assert is_drawn()
    gate.open()
    expect(root(page).locator(".instant")).to_have_count(0)
    settled(page)
    served = looker.looks(has_hand=True)
    are_same(let_go, served)
    are_same(in_hand, served)

    if is_phone:
        keyed(page, "sheets").get_by_role("button", name="Compare").tap()
    else:
        keyed(page, "compare").locator("label").first.click()
    expect(root(page).locator(".bar")).to_be_visible()
    settled(page)
    gate.is_shut = True
    move(page, "c1-stops", -8)
    page.mouse.up()
    let_go = looker.looks_across_the_bar()
    assert is_drawn()
    gate.open()
    expect(root(page).locator(".instant")).to_have_count(0)
    settled(page)
    are_same(let_go, looker.looks_across_the_bar())
    context.close()
