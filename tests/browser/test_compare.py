"""Before and after over each other: each thing over its former self, and nothing on the page moves for it."""

from __future__ import annotations

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from effects import EFFECTS, Pipeline
from effects.image import Image
from tests.browser.conftest import Visit
from tests.browser.hands import keyed, quiet, settled, upload
from tests.pictures import encoded, photograph, pixels_of

PHOTO = photograph(300, 400)
FRAMED = Pipeline(
    (
        EFFECTS["crop"].step(x=0.25, y=0.5, width=0.5, height=0.5),
        EFFECTS["invert"].step(),
        EFFECTS["rotate_flip"].step(angle="90"),
        EFFECTS["border"].step(width=0.1, color="#ffffff"),
    )
)


def toggle(page: Page) -> None:
    keyed(page, "beside").locator("label").first.click()
    quiet(page)


def side(page: Page, name: str) -> Image:
    """What lies on one side of the bar, as the browser got it."""
    picture = keyed(page, "compare").locator(f"figure:visible .{name}")
    picture.wait_for()
    return pixels_of(page.request.get(picture.evaluate("picture => picture.src")).body())


def watch(page: Page) -> None:
    """Write down at every frame how high the picture is, and where what follows it begins."""
    page.evaluate("""() => {
        window.heights = [];
        window.below = [];
        const look = () => {
            const frame = document.querySelector(".st-key-frame").getBoundingClientRect();
            window.heights.push(frame.height);
            window.below.push(document.querySelector(".st-key-beside").getBoundingClientRect().top - frame.top);
            requestAnimationFrame(look);
        };
        look();
    }""")


def test_the_photo_before_is_cut_turned_and_framed_as_the_picture_is(visit: Visit) -> None:
    page = visit(f"/?recipe={FRAMED.to_link()}")
    settled(page)
    upload(page, encoded(PHOTO))
    picture = keyed(page, "frame").locator("img").first  # the sample's may be in sight below it for a moment
    expect(picture).to_have_js_property("naturalWidth", 180)  # the photo's, no longer the sample's
    settled(page)
    watch(page)
    toggle(page)

    cut = np.rot90(PHOTO[150:, 100:300], -1)  # clockwise: 200 high, 150 wide
    before, after = (np.pad(half, ((15, 15), (15, 15), (0, 0)), constant_values=255) for half in (cut, 255 - cut))
    for name, wanted in (("before", before), ("after", after)):
        got = side(page, name).astype(int)
        assert got.shape == wanted.shape
        assert np.abs(got - wanted).mean() < 4, f"{name}: JPEG's own share is about 2"

    toggle(page)
    expect(keyed(page, "compare")).to_have_count(0)
    heights, below = page.evaluate("[window.heights, window.below]")
    assert len(heights) > 10
    assert max(heights) - min(heights) < 1, "the picture keeps its size while the other comes and goes"
    assert max(below) - min(below) < 1


def test_what_bends_the_picture_is_what_one_compares(visit: Visit) -> None:
    page = visit(f"/?recipe={Pipeline((EFFECTS['swirl'].step(),)).to_link()}")
    settled(page)
    upload(page, encoded(PHOTO))
    expect(keyed(page, "frame").locator("img").first).to_have_js_property("naturalWidth", PHOTO.shape[1])
    settled(page)
    toggle(page)
    assert np.abs(side(page, "before").astype(int) - PHOTO).mean() < 4
    assert np.abs(side(page, "after").astype(int) - PHOTO).mean() > 10

    bar, figure = keyed(page, "compare").locator(".bar"), keyed(page, "compare").locator("figure").bounding_box()
    assert figure is not None

    def place() -> float:
        box = bar.bounding_box()
        assert box is not None
        return (box["x"] + box["width"] / 2 - figure["x"]) / figure["width"]

    grip = keyed(page, "compare").locator("input")
    assert place() == pytest.approx(0.5, abs=0.002)
    for key, at in (
        ("ArrowRight", 0.52),
        ("ArrowUp", 0.54),
        ("ArrowLeft", 0.52),
        ("ArrowDown", 0.5),
        ("End", 1),
        ("ArrowRight", 1),
        ("ArrowLeft", 0.98),
        ("Home", 0),
    ):
        grip.press(key)
        assert place() == pytest.approx(at, abs=0.002), key
    for at in (0.02, 0.3, 0.97):
        page.mouse.click(figure["x"] + figure["width"] * at, figure["y"] + 40)
        assert place() == pytest.approx(at, abs=0.004)
