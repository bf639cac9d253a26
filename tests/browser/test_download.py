"""The file that Download gives: its name and size are as told, and where it cannot be made, one is told why."""

from __future__ import annotations

import os
import re
import signal
import time
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PILImage
from playwright.sync_api import expect

from effects import EFFECTS, LOOKS, Photo, Pipeline, decode, encode
from tests.browser.conftest import Server, Visit
from tests.browser.hands import add_effect, cards, download, keyed, messages_to, quiet, unfolded, upload
from tests.photographs import landscape
from tests.pictures import encoded, photograph, pixels_of

TICKS = 5
"""A job has surely begun after that much work, and a PNG of 3 megapixels is far from done."""


def workers_of(process: int) -> list[int]:
    """The server's worker processes: children that Python's multiprocessing has spawned."""
    found = []
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(status.read_text().rsplit(")", 1)[1].split()[1])
            command = (status.parent / "cmdline").read_bytes()
        except (OSError, ValueError):
            continue
        if parent == process and b"spawn" in command and b"resource_tracker" not in command:
            found.append(int(status.parent.name))
    return found


def processor_time(process: int) -> int:
    """What the process has used of the processor, in the system's ticks."""
    fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
    return int(fields[11]) + int(fields[12])


def kill_the_one_that_works(processes: list[int]) -> None:
    """End the first process that turns out to work, as a crash in native code would."""
    before = {process: processor_time(process) for process in processes}
    for _ in range(3000):
        for process in processes:
            if processor_time(process) > before[process] + TICKS:
                os.kill(process, signal.SIGSEGV)
                return
        time.sleep(0.01)
    raise AssertionError("no worker had anything to do in 30 s")


@pytest.mark.deep
def test_a_worker_that_dies_in_a_download_is_told_in_a_sentence_and_the_next_try_works(
    visit: Visit, shared_server: Server
) -> None:
    photo = photograph(1500, 2000)
    page = visit()
    upload(page, encoded(photo, "JPEG"), "large.jpg")
    add_effect(page, EFFECTS["vibrance"].title)
    with unfolded(page, "save"):
        keyed(page, "format").get_by_text("PNG", exact=True).click()
        expect(page.get_by_text(re.compile("^2000 × 1500 pixels, about "))).to_be_visible()  # else that is what works
        quiet(page)

    keyed(page, "download").locator("button").click()
    kill_the_one_that_works(workers_of(shared_server.process))

    told = page.get_by_test_id("stAlert")
    expect(told).to_be_visible(timeout=30_000)
    assert 10 < len(told.inner_text()) <= 400
    result = pixels_of(download(page)[0])
    assert result.shape == photo.shape
    expected = Pipeline((EFFECTS["vibrance"].step(),))(pixels_of(encoded(photo, "JPEG")))
    assert np.abs(result.astype(int) - expected).mean() < 1  # two JPEG decoders differ by a level here and there


@pytest.mark.deep
def test_camera_data_and_recipe_travel_only_where_asked(visit: Visit) -> None:
    exif = PILImage.Exif()
    exif[0x0110] = "Box camera"
    taken = BytesIO()
    PILImage.fromarray(photograph(300, 400)).save(taken, "JPEG", exif=exif)
    page = visit()
    upload(page, taken.getvalue(), "taken.jpg")
    add_effect(page, EFFECTS["sepia"].title)
    pipeline = Pipeline((EFFECTS["sepia"].step(),))

    bare = download(page, "AVIF")[0]
    assert bare[4:12] == b"ftypavif"
    assert decode(bare).metadata.get("recipe") is None
    assert not PILImage.open(BytesIO(bare)).getexif()

    with unfolded(page, "save"):
        page.get_by_text("What else is in the file").click()
        for key in ("keep_exif", "keep_recipe"):
            keyed(page, key).locator("label").first.click()
            quiet(page)
    data = download(page, "WebP")[0]
    assert PILImage.open(BytesIO(data)).getexif()[0x0110] == "Box camera"
    assert Pipeline.from_json(decode(data).metadata["recipe"]) == pipeline

    page = visit()  # somebody else's, without a stack: what comes is the file's
    upload(page, data, "again.webp")
    expect(cards(page)).to_have_count(0)
    page.get_by_role("button", name="Use its effects on another photo").click()
    expect(cards(page)).to_have_count(1)
    expect(cards(page)).to_contain_text("Sepia")


CALLED = {
    "\u0939\u093f\u0928\u094d\u0926\u0940.jpg": "\u0939\u093f\u0928\u094d\u0926\u0940",
    "Zu\u0308rich.jpg": "Z\u00fcrich",
    "a'b;c=%41.png": "a-b-c-41",
}


@pytest.mark.deep
def test_the_file_is_called_after_the_photo(visit: Visit) -> None:
    page = visit()
    for width, (given, name) in enumerate(CALLED.items(), 120):
        upload(page, encoded(photograph(90, width)), given)
        expect(keyed(page, "frame").locator("img").first).to_have_js_property("naturalWidth", width)
        assert download(page)[1] == f"{name}.png"


@pytest.mark.deep
@pytest.mark.parametrize("name", ["noir", "emulsion"])
def test_the_file_is_called_after_its_look_or_the_app(visit: Visit, name: str) -> None:
    stack = LOOKS.get(name, Pipeline((EFFECTS["sepia"].step(),)))
    page = visit(f"/?recipe={stack.to_link()}")
    upload(page, encoded(photograph(90, 120)), "\u0e20\u0e32\u0e29\u0e32.png")
    assert download(page, "JPEG")[1] == f"\u0e20\u0e32\u0e29\u0e32-{name}.jpg"


@pytest.mark.deep
def test_the_size_told_is_that_of_the_file_which_comes(visit: Visit) -> None:
    page = visit()
    upload(page, encode(Photo(landscape(1350, 1800)), quality=95), "large.jpg")
    for form, effect in (("JPEG", ""), ("WebP", ""), ("PNG", "Sepia"), ("JPEG", "Grain")):
        if effect:
            add_effect(page, EFFECTS[effect.lower()].title)
        file = download(page, form)[0]
        with unfolded(page, "save"):
            told = page.get_by_text(re.compile("^1800 × 1350 pixels, about ")).inner_text()
        number, unit = told.split(" about ")[1].split()
        assert 0.77 < float(number) * {"kB": 1e3, "MB": 1e6}[unit] / len(file) < 1.3, form


@pytest.mark.deep
def test_a_slider_that_moves_is_not_kept_waiting_by_the_size_of_a_large_file(visit: Visit) -> None:
    page = visit()
    upload(page, encode(Photo(landscape(3000, 4000)), quality=90), "large.jpg")
    card = add_effect(page, EFFECTS["brightness"].title)
    handle = card.get_by_role("slider").first
    waits, messages, picture = [], messages_to(page), keyed(page, "frame").locator("img").first
    with unfolded(page, "save"):  # only then there is a size to be told
        expect(page.get_by_text(re.compile("^4000 × 3000 pixels, about "))).to_be_visible()
        handle.focus()
        for _ in range(5):
            before, began = picture.get_attribute("src"), time.monotonic()
            page.keyboard.press("ArrowRight")
            expect(picture).not_to_have_attribute("src", str(before))
            waits.append(time.monotonic() - began)
        expect(page.get_by_test_id("stPopoverBody")).to_be_visible()
    assert sorted(waits)[len(waits) // 2] < 1.5
    handle.focus()
    quiet(page)
    # What one waits for comes first, and no script with it.
    messages.clear()
    page.keyboard.press("Control+z")  # the whole page is drawn for it
    quiet(page)
    stage, bar = (next(i for i, each in enumerate(messages) if word in each) for word in (b"shell/stage.", b"Undo"))
    assert stage < bar
    assert sum(map(len, messages)) < 50_000, sum(map(len, messages))
    with unfolded(page, "save"):
        expect(page.get_by_text(re.compile("^4000 × 3000 pixels, about "))).to_be_visible()
