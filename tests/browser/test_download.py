"""What happens when the download cannot be made: the server lives, and the person is told why."""

from __future__ import annotations

import os
import signal
import time
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image as Pictures
from playwright.sync_api import expect

from effects import EFFECTS, Pipeline, decode
from tests.browser.conftest import Server, Visit
from tests.browser.hands import add_effect, download, encoded, keyed, photograph, pixels_of, quiet, upload

TICKS = 5
"""A job has surely begun after that much work, and a render of 12 megapixels is far from done."""


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


def test_a_worker_that_dies_in_a_download_is_told_in_a_sentence_and_the_next_try_works(
    visit: Visit, shared_server: Server
) -> None:
    photo = photograph(3000, 4000)
    page = visit()
    upload(page, encoded(photo, "JPEG"), "large.jpg")
    add_effect(page, EFFECTS["vibrance"].title)
    keyed(page, "format").get_by_text("PNG", exact=True).click()
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


def test_camera_data_and_recipe_travel_only_where_asked(visit: Visit) -> None:
    exif = Pictures.Exif()
    exif[0x0110] = "Box camera"
    taken = BytesIO()
    Pictures.fromarray(photograph(300, 400)).save(taken, "JPEG", exif=exif)
    page = visit()
    upload(page, taken.getvalue(), "taken.jpg")
    add_effect(page, EFFECTS["sepia"].title)
    pipeline = Pipeline((EFFECTS["sepia"].step(),))

    bare = download(page, "AVIF")[0]
    assert bare[4:12] == b"ftypavif"
    assert decode(bare).metadata.get("recipe") is None
    assert not Pictures.open(BytesIO(bare)).getexif()

    page.get_by_text("What else is in the file").click()
    for key in ("keep_exif", "keep_recipe"):
        keyed(page, key).locator("label").first.click()
        quiet(page)
    data = download(page, "WebP")[0]
    assert Pictures.open(BytesIO(data)).getexif()[0x0110] == "Box camera"
    assert Pipeline.from_json(decode(data).metadata["recipe"]) == pipeline

    page.reload()
    page.wait_for_selector("h1")
    upload(page, data, "again.webp")
    page.get_by_role("button", name="Use its effects on another photo").click()
    expect(page.locator("[class*=st-key-card-]")).to_contain_text("Sepia")
