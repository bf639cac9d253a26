"""A photo comes in from anywhere on the page: dropped, pasted by key or button, several at once, or too large."""

from __future__ import annotations

import re

import numpy as np
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visit
from tests.browser.hands import choose_source, keyed, quiet, settled, shown, unfolded
from tests.pictures import encoded, photograph

SIZES = {
    "dropped.png": (60, 90),
    "pasted.png": (60, 120),
    "typed.png": (60, 150),
    "one.png": (90, 60),
    "two.png": (30, 60),
}
PHOTOS = {name: list(encoded(photograph(*size))) for name, size in SIZES.items()}

HAND = """const hand = new DataTransfer();
  for (const [name, numbers] of files) hand.items.add(new File([new Uint8Array(numbers)], name));"""

DRAG = f"""([kind, selector, files]) => {{
  {HAND}
  document.querySelector(selector).dispatchEvent(
    new DragEvent(kind, {{ dataTransfer: hand, bubbles: true, composed: true, cancelable: true }}));
}}"""

PASTE = f"""([selector, files]) => {{
  {HAND}
  document.querySelector(selector).dispatchEvent(
    new ClipboardEvent("paste", {{ clipboardData: hand, bubbles: true, composed: true, cancelable: true }}));
}}"""

COPY = """async () => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 45, height: 30 });
  canvas.getContext("2d").fillRect(0, 0, 45, 30);
  const picture = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
  await navigator.clipboard.write([new ClipboardItem({ "image/png": picture })]);
}"""


def is_shown(page: Page, height: int, width: int) -> None:
    """The picture on the table has this size."""
    picture = keyed(page, "frame").locator("img").first
    expect(picture).to_have_js_property("naturalHeight", height)
    expect(picture).to_have_js_property("naturalWidth", width)


def files(*names: str) -> list[list[object]]:
    return [[name, PHOTOS.get(name, list(b"no picture"))] for name in names]


def test_a_photo_comes_in_from_anywhere_on_the_page(visit: Visit) -> None:
    page = visit()
    choose_source(page, "Sample")
    drop = keyed(page, "intake_watch").locator(".drop")
    expect(drop).to_be_hidden()
    page.evaluate(DRAG, ["dragover", "h1", files("dropped.png")])
    expect(drop).to_have_text("Drop the photo")
    expect(drop).to_be_visible()
    page.evaluate(DRAG, ["drop", "h1", files("dropped.png")])
    expect(drop).to_be_hidden()
    is_shown(page, *SIZES["dropped.png"])
    with unfolded(page, "file"):
        expect(keyed(page, "upload")).to_have_count(1)  # it is one's own photo now, and no sample

    settled(page)
    page.evaluate(PASTE, ["body", files("pasted.png")])
    is_shown(page, *SIZES["pasted.png"])

    settled(page)
    with unfolded(page, "file"):
        page.evaluate(PASTE, [".st-key-photo_url input", files("typed.png")])
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.evaluate(COPY)
        page.get_by_role("button", name="Paste", exact=True).click()
        is_shown(page, 30, 45)
    assert "typed.png" not in page.content()

    settled(page)
    page.evaluate(DRAG, ["drop", "body", files("notes.txt", "one.png", "two.png")])
    expect(page.get_by_text("Not opened: notes.txt, two.png.")).to_be_visible()
    is_shown(page, *SIZES["one.png"])
    expect(page.get_by_test_id("stAlert")).to_have_count(0)

    page.evaluate("""window.dispatchEvent(new CustomEvent("emulsion-photos",
        { detail: [new File([new Uint8Array(26.5 * 2 ** 20)], "large.jpg")] }))""")
    told = keyed(page, "intake_watch").get_by_role("status")
    expect(told).to_have_text("large.jpg has 26.5 MB; at most 25 MB are taken.")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(told).to_be_hidden()

    # Nobody meets the hidden uploader: it is no stop of the keyboard, and not read out.
    assert keyed(page, "intake").evaluate("field => getComputedStyle(field).display") == "none"
    with unfolded(page, "file"):
        field = keyed(page, "upload").locator("input[type=file]")
        expect(field).to_have_attribute("accept", re.compile(r"^image/\*,"))
        expect(keyed(page, "photo_buttons").locator("input")).to_have_attribute("capture", "environment")
        expect(keyed(page, "photo_buttons").get_by_text("Take a photo")).to_be_hidden()  # here is no phone
    quiet(page)
    assert np.array_equal(shown(page).shape[:2], SIZES["one.png"])
