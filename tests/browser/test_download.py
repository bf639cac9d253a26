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


def busiest(processes: list[int]) -> int:
    """The process that has used most of the processor in a fifth of a second."""

    def used(process: int) -> int:
        fields = Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()
        return int(fields[11]) + int(fields[12])

    before = {process: used(process) for process in processes}
    time.sleep(0.2)
    return max(processes, key=lambda process: used(process) - before[process])


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
    page.wait_for_timeout(600)
    os.kill(busiest(workers_of(shared_server.process)), signal.SIGSEGV)

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
    page.get_by_role("button", name="Use this recipe").click()
    expect(page.locator("[class*=st-key-card-]")).to_contain_text("Sepia")
