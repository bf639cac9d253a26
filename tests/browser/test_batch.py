"""Batch in a real browser: real files go up, are developed while one watches, and come down as one zip."""

from __future__ import annotations

import re
import time
import zipfile
from pathlib import Path

import numpy as np
import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

from effects import EFFECTS, LOOKS, Pipeline, render
from tests.browser.axe import findings
from tests.browser.conftest import Visit, server
from tests.browser.hands import assert_fits, keyed, quiet
from tests.pictures import encoded, photograph

LARGE = 50  # photos that a batch has room for
ROOM = 150 * 2**20  # bytes by which the server may grow
PATIENCE = 300_000  # ms that a busy machine may take for all of them


def bring(page: Page, files: list[FilePayload] | list[Path]) -> Locator:
    """Choose these photos, and wait until all have come: the tiles."""
    expect(keyed(page, "contact_sheet").locator(".hint")).not_to_be_empty()  # a hand is never there before the script
    keyed(page, "contact_sheet").locator("input[type=file]").first.set_input_files(files)
    tiles = keyed(page, "contact_sheet").locator(".tile")
    expect(tiles).to_have_count(len(files))
    expect(start(page)).to_be_enabled(timeout=PATIENCE)
    return tiles


def start(page: Page) -> Locator:
    return page.get_by_role("button", name="Start")


def save(page: Page) -> zipfile.ZipFile:
    """The zip that the button gives."""
    button = keyed(page, "download").locator("button")
    expect(button).to_be_visible(timeout=PATIENCE)
    with page.expect_download() as coming:
        button.click()
    return zipfile.ZipFile(Path(coming.value.path()))


def photo(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_five_photos_go_up_are_developed_and_come_down_as_one_zip_with_a_report(visit: Visit) -> None:
    stack = Pipeline((EFFECTS["sepia"].step(),))
    page = visit("/batch?recipe=" + stack.to_link(), viewport={"width": 390, "height": 844})
    expect(start(page)).to_be_disabled()
    files = [encoded(photograph(450, 600, seed=number), "JPEG") for number in range(5)]
    files[2] = files[2][: len(files[2]) // 9]
    tiles = bring(page, [photo(f"holiday {number}.jpg", data) for number, data in enumerate(files)])
    assert_fits(page, 390)
    expect(tiles.locator("img").nth(1)).to_have_attribute("src", re.compile("^blob:"))
    tiles.nth(3).get_by_role("checkbox").click()
    expect(keyed(page, "batch_look").locator("input")).to_have_value("My stack: Sepia")
    start(page).click()
    expect(page.get_by_role("progressbar")).to_be_visible()
    expect(keyed(page, "batch_progress")).to_contain_text(re.compile("of 4"))

    expect(keyed(page, "batch_progress")).to_contain_text("3 of 4 photos developed.", timeout=PATIENCE)
    expect(tiles.nth(2)).to_contain_text("damaged")
    expect(tiles.locator("img").nth(4)).not_to_have_attribute("src", re.compile("^blob:"))
    expect(tiles.locator("img").nth(3)).to_have_attribute("src", re.compile("^blob:"))
    with save(page) as made:
        names = [f"holiday-{number}-emulsion.jpg" for number in (0, 1, 4)]
        assert made.namelist() == [*names, "report.txt"]
        for name, number in zip(names, (0, 1, 4), strict=True):
            assert made.read(name) == render(files[number], stack.to_json())
        told, failed, end = made.read("report.txt").decode().split("\n")
    assert (told, end) == ("3 of 4 photos developed.", "")
    assert failed.startswith("holiday 2.jpg: ")
    assert findings(page) == []

    page.get_by_role("button", name="Remove all").click()
    expect(tiles).to_have_count(0)
    expect(start(page)).to_be_disabled()
    expect(keyed(page, "download")).to_have_count(0)


def resident(process: int) -> int:
    """Bytes of memory that a process has now."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) * 1024  # type: ignore[index]


def noisy(seed: int) -> bytes:
    """A photo of 12 MP whose file has about as many megabytes as a phone's."""
    image = photograph(3000, 4000, seed=seed)
    grain = np.random.default_rng(seed).integers(-8, 9, image.shape[:2])[..., None]
    return encoded(np.clip(image.astype(int) + grain, 0, 255).astype(np.uint8), "JPEG")


@pytest.mark.deep
def test_fifty_photos_take_little_memory_cancelling_keeps_what_is_ready_and_a_closed_tab_leaves_nothing(
    visit: Visit, tmp_path: Path
) -> None:
    few, files = [noisy(seed) for seed in range(5)], [tmp_path / f"{number}.jpg" for number in range(LARGE)]
    for number, file in enumerate(files):
        file.write_bytes(few[number % 5])
    with server(TMPDIR=str(tmp_path), STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL="1") as started:
        page = visit("/batch", at=started.address)
        page.get_by_test_id("stApp").wait_for()
        quiet(page)
        before = resident(started.process)
        bring(page, files)
        after_upload = resident(started.process)
        look = keyed(page, "batch_look").locator("input")
        look.click()
        look.fill("Noir")
        page.get_by_role("option", name="Noir", exact=True).first.click()
        quiet(page)
        start(page).click()
        grown = after_upload - before
        while not keyed(page, "download").count():
            page.wait_for_timeout(500)
            grown = max(grown, resident(started.process) - before)
        with save(page) as made:
            grown = max(grown, resident(started.process) - before)
            assert len(made.namelist()) == LARGE + 1
            assert made.read("7-noir.jpg") == render(few[2], LOOKS["noir"].to_json())
        assert grown <= ROOM, f"{grown / 2**20:.0f} MB"

        start(page).click()
        cancel = page.get_by_role("button", name="Cancel")
        expect(cancel).to_be_visible(timeout=PATIENCE)
        some = re.compile("^[4-9] of ")
        expect(keyed(page, "batch_progress").locator("p").first).to_have_text(some, timeout=PATIENCE)
        cancel.click()
        with save(page) as made:
            ready = len(made.namelist()) - 1
            assert 4 <= ready < LARGE
            told, left, _ = made.read("report.txt").decode().split("\n")
        assert (told, left) == (f"{ready} of {LARGE} photos developed.", f"{LARGE - ready} were not begun.")

        start(page).click()
        expect(page.get_by_role("button", name="Cancel")).to_be_visible(timeout=PATIENCE)
        assert len(list(tmp_path.glob("emulsion-roll-*/*"))) >= LARGE
        page.context.close()  # with work going on
        for _ in range(PATIENCE // 500):
            if not list(tmp_path.glob("emulsion-roll-*")):
                break
            time.sleep(0.5)
        assert not list(tmp_path.glob("emulsion-roll-*"))
