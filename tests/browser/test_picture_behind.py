"""Another picture behind a person, chosen on the card: seen on the stage and in the saved file, and a step back."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import expect
from skimage import data

from effects import Photo, decode, encode
from effects.image import Image
from tests.backdrops import slope
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, download, keyed, quiet, settled, shown, upload

BEHIND = slope(360, 640)

CORNER = (slice(0, 60), slice(0, 60))


def lies_behind(picture: Image) -> bool:
    """Whether the corner is that of the picture behind, cut to a square from its centre."""
    height, width = picture.shape[:2]
    wanted = BEHIND[:, 140:500][: 360 * 60 // height, : 360 * 60 // width].reshape(-1, 3).mean(axis=0)
    return bool(np.abs(picture[CORNER].reshape(-1, 3).mean(axis=0) - wanted).max() < 8)


@pytest.mark.deep
def test_a_picture_chosen_on_the_card_lies_behind_in_the_saved_file_and_one_undo_takes_it_away(visit: Visit) -> None:
    page = visit()
    upload(page, encode(Photo(np.ascontiguousarray(data.astronaut())), format="png"), "me.png")
    add_effect(page, "Background")
    keyed(page, "c1-way").locator("input").click()
    page.get_by_role("option", name="Picture", exact=True).click()
    settled(page)
    field = keyed(page, "c1-picture")
    beach = encode(Photo(BEHIND), format="png")
    field.locator("input[type=file]").set_input_files({"name": "beach.png", "mimeType": "image/png", "buffer": beach})
    expect(page.get_by_text("beach: 640 × 360")).to_be_visible(timeout=60_000)
    settled(page)
    for _ in range(100):
        if lies_behind(shown(page)):
            break
        page.wait_for_timeout(100)
    assert lies_behind(shown(page))
    saved, _ = download(page)
    made = decode(saved).image
    assert made.shape == (512, 512, 3)
    assert lies_behind(made)
    face = (slice(90, 160), slice(195, 260))
    assert np.abs(made[face].astype(int) - data.astronaut()[face]).mean() < 3
    keyed(page, "undo").locator("button").click()
    quiet(page)
    for _ in range(100):
        if not lies_behind(shown(page)):
            break
        page.wait_for_timeout(100)
    assert not lies_behind(shown(page))
