"""What a person does on the page, in the words of the tests."""

from __future__ import annotations

import re
import time
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Frame, Locator, Page, expect

from effects import Pipeline
from effects.image import Image
from tests.pictures import pixels_of


def keyed(page: Page, key: str) -> Locator:
    """The element of a widget's key."""
    return page.locator(f".st-key-{key}")


def quiet(page: Page) -> None:
    """Until the page has done what it was asked to."""
    page.wait_for_timeout(150)
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=30_000)


def until(where: Page | Frame, expression: str, *, arg: Any = None, seconds: float = 30) -> None:
    """Until this is true in the page; asked from outside, since the page's own policy lets no text become a script."""
    end = time.monotonic() + seconds
    while not where.evaluate(expression, arg):
        assert time.monotonic() < end, f"not within {seconds:g} s: {expression}"
        (where.page if isinstance(where, Frame) else where).wait_for_timeout(50)


def assert_fits(page: Page, width: int) -> None:
    """Nothing of the page sticks out at its side."""
    assert page.evaluate("document.scrollingElement.scrollWidth") <= width
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollWidth") <= width


def cards(page: Page) -> Locator:
    """The cards of the stack."""
    return page.locator("[class*=st-key-card-]")


def settled(page: Page) -> None:
    """Until nothing has moved for a while, on however busy a machine."""
    before, same = "", 0
    while same < 6:
        quiet(page)
        now = page.url + str(cards(page).count())
        before, same = now, same + 1 if now == before else 0


def stack_in_address(page: Page) -> Pipeline:
    """The stack that the address holds."""
    found = re.search(r"[?&]recipe=([^&]+)", page.url)
    return Pipeline.from_link(found[1]) if found else Pipeline()


@contextmanager
def unfolded(page: Page, key: str) -> Iterator[None]:
    """A popover of the bar, open meanwhile; where there is none, what it would hold stands open anyway."""
    button = keyed(page, key).locator("button").first
    if button.count() and button.get_attribute("aria-expanded") != "true":
        button.click()
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    yield
    if button.count() and button.get_attribute("aria-expanded") == "true":
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)


def sources(page: Page) -> Locator:
    """The choice between sources; where a photo has just come, that of the page before stands there for a moment."""
    expect(keyed(page, "source")).to_have_count(1)
    return keyed(page, "source")


def choose_source(page: Page, source: str) -> None:
    with unfolded(page, "file"):
        sources(page).get_by_text(source, exact=True).click()
        quiet(page)


def upload(page: Page, data: bytes, name: str = "holiday.png") -> None:
    """Open a photo; one that cannot be opened is told of."""
    with unfolded(page, "file"):
        sources(page).get_by_text("Upload", exact=True).click()
        quiet(page)
        keyed(page, "upload").locator("input[type=file]").set_input_files(
            {"name": name, "mimeType": "", "buffer": data}
        )
        expect(keyed(page, "file").filter(has_text=name).or_(page.get_by_test_id("stAlert")).first).to_be_visible()
        quiet(page)


def open_recipe(page: Page, data: bytes, name: str) -> None:
    """Open a stack from a file."""
    with unfolded(page, "save"):
        page.get_by_text("Recipe file", exact=True).click()
        field = keyed(page, "recipe_file")
        field.locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
        expect(field).to_contain_text(name)
        quiet(page)


def add_effect(page: Page, title: str) -> Locator:
    """Add an effect and return its card."""
    cards = page.locator("[class*=st-key-card-]")
    before = cards.count()
    field = keyed(page, "add_effect").locator("input")
    field.click()
    field.fill(title)
    page.get_by_role("option", name=title, exact=True).first.click()
    expect(cards).to_have_count(before + 1)
    quiet(page)
    return cards.nth(before)


def download(page: Page, form: str = "PNG") -> tuple[bytes, str]:
    """The file that the Download button gives, and its name."""
    with unfolded(page, "save"):
        keyed(page, "format").get_by_text(form, exact=True).click()
        quiet(page)
    with page.expect_download(timeout=60_000) as coming:
        keyed(page, "download").locator("button").click()
    return Path(coming.value.path()).read_bytes(), coming.value.suggested_filename


def messages_to(page: Page) -> list[bytes]:
    """What the server sends to the page from now on, message by message; it grows as they come."""
    messages: list[bytes] = []
    inspector = page.context.new_cdp_session(page)
    inspector.on(
        "Network.webSocketFrameReceived", lambda event: messages.append(b64decode(event["response"]["payloadData"]))
    )
    inspector.send("Network.enable")
    return messages


def bytes_of(page: Page, blob: str) -> bytes:
    """What is in a file of the page's, by an expression for it."""
    address = page.evaluate(f"""new Promise(done => {{
        const reader = new FileReader();
        reader.onload = () => done(reader.result);
        reader.readAsDataURL({blob});
    }})""")
    return b64decode(address.partition(",")[2])


def last_sent(page: Page) -> bytes:
    """The file the browser sent last, as it left the browser."""
    return bytes_of(page, "window.sent.at(-1)")


def shown(page: Page) -> Image:
    """The preview's pixels as the browser got them."""
    picture = keyed(page, "frame").locator("img").first
    expect(picture).to_be_visible()
    for _ in range(50):
        answer = page.request.get(picture.evaluate("picture => picture.src"))
        if answer.ok:  # an address just replaced is gone
            return pixels_of(answer.body())
        page.wait_for_timeout(100)
    raise AssertionError("the picture's address has no picture")
