"""What one moves is drawn by the browser: at once, with nothing sent, as the library draws it; else the server does."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from tests.browser.conftest import Launch
from tests.browser.hands import cards, keyed, settled, shown, stack_in_address, until, upload
from tests.browser.poor_devices import POOR
from tests.pictures import encoded, pixels_of
from tests.scene import landscape
from tests.shader_page import SOFTWARE, differences

PHOTO = landscape(270, 480)
STACK = Pipeline((EFFECTS["exposure"].step(stops=0.5), EFFECTS["sepia"].step(amount=0.7), EFFECTS["swirl"].step()))
SPLIT = Pipeline((EFFECTS["oil_paint"].step(), EFFECTS["sepia"].step(amount=0.2)))

PATIENT = "{ const now = performance.now.bind(performance); performance.now = () => now() / 1000; }"
"""A machine that others work on draws more slowly than a visitor's; whether it is too slow is measured elsewhere."""

LOSE = """root => root.querySelector(".instant").getContext("webgl2")
    .getExtension("WEBGL_lose_context").loseContext()"""

PIXELS = """root => {
    const [canvas, picture] = [".instant", "img.after"].map(one => root.querySelector(one));
    return canvas && canvas.width === picture.naturalWidth ? canvas.toDataURL("image/png") : "";
}"""
"""None while it is drawn at half its sides, as it is where drawing takes long and the hand does not rest yet."""


# Drawn by software, it takes the whole machine.
pytestmark = pytest.mark.alone


@pytest.fixture(scope="module")
def painter(launch: Launch) -> Iterator[Browser]:
    """A Chromium whose graphics card is software."""
    with launch(*SOFTWARE) as started:
        yield started


@contextmanager
def editing(browser: Browser, address: str, stack: Pipeline, script: str = PATIENT) -> Iterator[Page]:
    """A person's page with this stack on the photo."""
    context = browser.new_context(viewport={"width": 1000, "height": 700})
    context.add_init_script(script)
    page = context.new_page()
    page.goto(f"{address}/?recipe={stack.to_link()}")
    settled(page)
    upload(page, encoded(PHOTO))
    expect(root(page).locator("img.after")).to_have_js_property("naturalWidth", PHOTO.shape[1])
    settled(page)
    yield page
    context.close()


def root(page: Page) -> Locator:
    return keyed(page, "stage").locator(".stage")


def drawn(page: Page) -> int:
    return int(root(page).get_attribute("data-frames") or 0)


def sent(page: Page) -> list[object]:
    """What the page sends to the server from now on; it grows as it does."""
    messages: list[object] = []

    def note(event: object) -> None:
        messages.append(event)

    inspector = page.context.new_cdp_session(page)
    inspector.on("Network.webSocketFrameSent", note)
    inspector.send("Network.enable")
    return messages


def take_hold(page: Page, what: Locator) -> None:
    box = what.bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.down()


def slider(page: Page, key: str) -> tuple[Locator, Locator]:
    """The part of a slider that a hand takes hold of, and the field that has its number."""
    field = keyed(page, key).locator("input[type=range]")
    return field.locator("xpath=../.."), field


def swing(page: Page, across: float, pictures: int) -> None:
    """Move what is in hand to and fro until so many pictures were drawn, and end on the right."""
    before = drawn(page)
    at = page.evaluate("[lastX, lastY]")
    for count in range(600):
        page.mouse.move(at[0] + across * (0.2 + abs(count % 8 - 4) / 5), at[1])
        page.wait_for_timeout(33)
        if drawn(page) - before >= pictures and count % 8 == 0:
            return
    raise AssertionError(f"{drawn(page) - before} pictures were drawn in 600 moves")


def follow_hand(page: Page) -> None:
    page.evaluate("""addEventListener("pointerdown", ({ clientX, clientY }) =>
        Object.assign(window, { lastX: clientX, lastY: clientY }), true)""")


def canvas(page: Page) -> Image:
    """The pixels of the canvas over the picture, once they stand still."""
    before = None
    for _ in range(60):
        page.wait_for_timeout(300)
        now = root(page).evaluate(PIXELS)
        if now and now == before:
            return pixels_of(b64decode(now.partition(",")[2]))
        before = now
    raise AssertionError("no canvas, or one that does not come to rest")


def let_go(page: Page) -> None:
    """Release what is in hand, until the server's picture shows it."""
    page.mouse.up()
    expect(root(page).locator(".instant")).to_have_count(0)
    settled(page)


def in_address(page: Page, place: int, param: str) -> Any:
    """What a parameter of the stack in the address is set to."""
    return stack_in_address(page).all_steps[place].params[param]


def is_of(image: Image, stack: Pipeline) -> bool:
    return bool(differences(image, stack.apply(Photo(PHOTO)).image).mean() <= 1)


def test_a_drag_is_drawn_at_once_with_nothing_sent_and_the_server_agrees(painter: Browser, address: str) -> None:
    with editing(painter, address, STACK) as page:
        follow_hand(page)
        expect(root(page)).to_have_attribute("data-instant", "gpu", timeout=100_000)
        name = root(page).locator("img.after").get_attribute("alt")
        messages = sent(page)
        grip, field = slider(page, "c1-stops")
        take_hold(page, grip)
        swing(page, 25, 6)
        moved = canvas(page)
        assert not messages
        value = round(float(field.input_value()), 4)
        assert value > 0.5
        wanted = Pipeline((EFFECTS["exposure"].step(stops=value), *STACK.steps[1:]))
        assert is_of(moved, wanted)
        assert root(page).locator("img.after").get_attribute("alt") == name, "the picture keeps its name"
        let_go(page)
        assert messages
        assert stack_in_address(page) == wanted
        assert differences(shown(page), moved).mean() <= 1

        keyed(page, "c3-open").locator("button").click()
        handle = root(page).locator("[data-handle=center]")
        expect(handle).to_be_visible()
        settled(page)
        messages.clear()
        take_hold(page, handle)
        swing(page, 60, 4)
        moved = canvas(page)
        assert not messages
        let_go(page)
        assert in_address(page, 2, "x") > 0.51
        assert is_of(moved, stack_in_address(page))

        take_hold(page, grip)
        swing(page, -25, 2)
        canvas(page)
        root(page).evaluate(LOSE)
        expect(root(page)).to_have_attribute("data-instant", "server")
        let_go(page)
        assert in_address(page, 0, "stops") == round(float(field.input_value()), 4)
        assert is_of(shown(page), stack_in_address(page))


@pytest.mark.deep
def test_a_masks_handle_is_drawn_at_once(painter: Browser, address: str) -> None:
    masked = EFFECTS["exposure"].step(stops=1.0, mask=[{"kind": "linear", "feather": 0.02}])
    with editing(painter, address, Pipeline((EFFECTS["sepia"].step(), masked))) as page:
        follow_hand(page)
        keyed(page, "c2-open").locator("button").click()
        keyed(page, "c2-where-shown").locator("label").first.click()
        grip = root(page).locator("[data-handle=center2]")
        expect(grip).to_be_visible()
        settled(page)
        expect(root(page)).to_have_attribute("data-instant", "gpu", timeout=100_000)
        messages = sent(page)
        take_hold(page, grip)
        swing(page, 40, 8)
        moved = canvas(page)
        assert not messages
        let_go(page)
        stack = stack_in_address(page)
        assert stack.steps[1].mask != masked.mask
        assert is_of(moved, stack)


@pytest.mark.deep
def test_the_browser_goes_on_where_the_server_has_to_begin(painter: Browser, address: str) -> None:
    with editing(painter, address, SPLIT) as page:
        follow_hand(page)
        expect(root(page)).to_have_attribute("data-instant", "gpu", timeout=100_000)
        grip, _field = slider(page, "c2-amount")
        messages = sent(page)
        take_hold(page, grip)
        swing(page, 30, 5)
        moved = canvas(page)
        assert not messages
        let_go(page)
        assert in_address(page, 1, "amount") > 0.2
        assert is_of(moved, stack_in_address(page))


@pytest.mark.deep
@pytest.mark.parametrize("script", POOR.values(), ids=POOR)
def test_what_cannot_draw_or_be_trusted_leaves_it_to_the_server(painter: Browser, address: str, script: str) -> None:
    with editing(painter, address, STACK, script) as page:
        until(page, "window.tried === true", seconds=100)
        page.wait_for_timeout(1000)
        grip, _field = slider(page, "c2-amount")
        take_hold(page, grip)
        page.mouse.move(*(page.evaluate("[innerWidth - 20, 0]")))
        page.wait_for_timeout(500)
        expect(root(page).locator(".instant")).to_have_count(0)
        let_go(page)
        expect(root(page)).to_have_attribute("data-instant", "server")
        assert in_address(page, 1, "amount") == 1
        assert is_of(shown(page), stack_in_address(page))
        assert not page.get_by_test_id("stAlert").count()
        assert re.search(r"Sepia", cards(page).nth(1).inner_text())
