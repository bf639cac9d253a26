"""Faces that were found, on the card that hides them and on the stage: unticked, one is seen, in the saved file too."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect
from skimage import data

from effects import Photo, decode, encode
from effects.image import Image
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, download, keyed, quiet, shown, stack_in_address, upload

TWO: Image = np.ascontiguousarray(np.hstack([data.astronaut(), data.astronaut()[:, ::-1]]))
LEFT, RIGHT = (slice(75, 170), slice(180, 270)), (slice(75, 170), slice(754, 844))
"""Where the two faces are, by eye."""


def is_seen(picture: Image, face: tuple[slice, slice]) -> bool:
    """Whether a face is as it was, and not a few even cells; JPEG changes it by a few levels."""
    return float(np.abs(picture[face].astype(int) - TWO[face]).mean()) < 5


def comes_to_show(page: Page, *wanted: bool) -> None:
    """The picture on the stage comes to show the left and the right face, or not."""
    seen: list[bool] = []
    for _ in range(100):
        quiet(page)
        picture = shown(page)
        seen = [is_seen(picture, face) for face in (LEFT, RIGHT)]
        if seen == [*wanted]:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{seen}, not {wanted}")


def box_of(page: Page, number: int) -> Locator:
    """The box on the card by which a face is ticked."""
    return keyed(page, f"c1-face-{number}-hidden").get_by_role("checkbox")


@pytest.mark.deep
def test_a_face_that_is_unticked_is_seen_in_the_file_and_the_other_is_hidden(visit: Visit) -> None:
    """By the box on the card, by a press on the face itself, and by keys; another photo begins with all ticked."""
    page = visit()
    upload(page, encode(Photo(TWO), format="png"), "two.png")
    add_effect(page, "Hide faces")
    expect(box_of(page, 1)).to_be_checked()
    expect(box_of(page, 2)).to_be_checked()
    comes_to_show(page, False, False)
    link = stack_in_address(page)
    keyed(page, "c1-face-1-hidden").locator("label").click()
    comes_to_show(page, True, False)
    marks = keyed(page, "stage").locator("button.face")
    expect(marks).to_have_count(2)
    expect(marks.nth(0)).to_have_attribute("aria-pressed", "false")
    file, _ = download(page)
    saved = decode(file).image
    assert np.array_equal(saved[:, :512], TWO[:, :512])
    assert not is_seen(saved, RIGHT)
    marks.nth(1).click()
    comes_to_show(page, True, True)
    box_of(page, 1).press("Space")
    comes_to_show(page, False, True)
    expect(box_of(page, 1)).to_be_checked()
    expect(marks.nth(0)).to_have_attribute("aria-pressed", "true")
    assert stack_in_address(page) == link
    upload(page, encode(Photo(TWO), format="jpeg", quality=95), "again.jpg")
    comes_to_show(page, False, False)
    expect(box_of(page, 2)).to_be_checked()
