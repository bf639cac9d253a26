"""What a person does on the page, in the words of the tests."""

from __future__ import annotations

import re
from base64 import b64decode
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

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


def choose_source(page: Page, source: str) -> None:
    keyed(page, "source").get_by_text(source, exact=True).click()
    quiet(page)


def upload(page: Page, data: bytes, name: str = "holiday.png", key: str = "upload") -> None:
    keyed(page, key).locator("input[type=file]").set_input_files({"name": name, "mimeType": "", "buffer": data})
    expect(keyed(page, key)).to_contain_text(name)
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
    keyed(page, "format").get_by_text(form, exact=True).click()
    quiet(page)
    with page.expect_download(timeout=60_000) as coming:
        keyed(page, "download").locator("button").click()
    return Path(coming.value.path()).read_bytes(), coming.value.suggested_filename


def last_sent(page: Page) -> bytes:
    """The file the browser sent last, as it left the browser."""
    letters = page.evaluate("""window.sent.at(-1).arrayBuffer().then(
        buffer => btoa(Array.from(new Uint8Array(buffer), byte => String.fromCharCode(byte)).join("")))""")
    return b64decode(letters)


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
