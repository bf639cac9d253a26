"""Tiles that the browser draws: as the server does, once it has proven itself, and the server's where it cannot."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from effects import EFFECTS, Photo, Pipeline
from pages.components.picker.trials import Trials
from tests.browser.conftest import Launch
from tests.browser.hands import keyed, settled, upload
from tests.browser.poor_devices import WITHOUT_WEBGL
from tests.browser.test_instant import PATIENT
from tests.pictures import difference, encoded, photograph
from tests.shader_page import SOFTWARE

PHOTO = photograph(900, 600)
REMEMBERED = "localStorage.setItem('emulsion-tiles', 'drawn');"
LOSE_THIRD = """{
  const { toBlob, getContext } = HTMLCanvasElement.prototype;
  let count = 0;
  HTMLCanvasElement.prototype.toBlob = function (...more) {
    count += 1;
    if (count === 3) {
      getContext.call(this, "webgl2").getExtension("WEBGL_lose_context").loseContext();
      window.lost = true;
    }
    return toBlob.apply(this, more);
  };
  HTMLCanvasElement.prototype.getContext = function (kind, ...more) {
    return kind === "webgl2" && count >= LASTS ? null : getContext.call(this, kind, ...more);
  };
}"""
"""The graphics card is lost while the third tile is drawn; from `LASTS` tiles on there is none any more."""

IN_SIGHT = """all => all
    .filter(picture => picture.getBoundingClientRect().top < innerHeight)
    .map(picture => [picture.src.slice(0, 4), picture.naturalWidth])"""
IS_REMEMBERED = "localStorage.getItem('emulsion-tiles') === 'drawn'"
FROM_SERVER, DRAWN = re.compile("/media/"), re.compile("^blob:")

PIXELS = """async url => {
    const drawn = await createImageBitmap(await (await fetch(url)).blob());
    const pen = new OffscreenCanvas(drawn.width, drawn.height).getContext("2d");
    pen.drawImage(drawn, 0, 0);
    return [drawn.width, drawn.height, [...pen.getImageData(0, 0, drawn.width, drawn.height).data]];
}"""

pytestmark = [pytest.mark.alone, pytest.mark.deep]


@pytest.fixture(scope="module")
def painter(launch: Launch) -> Iterator[Browser]:
    """A Chromium whose graphics card is software."""
    with launch(*SOFTWARE) as started:
        yield started


@contextmanager
def picking(browser: Browser, address: str, script: str) -> Iterator[Page]:
    """A person's page with the photo, before the picker is opened."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_init_script(script)
    page = context.new_page()
    page.goto(address)
    settled(page)
    upload(page, encoded(PHOTO))
    settled(page)
    yield page
    context.close()


def press(page: Page, key: str) -> None:
    keyed(page, key).locator("button").click()


def picture(page: Page, title: str) -> Locator:
    return keyed(page, "picker").get_by_role("button", name=title, exact=True).locator("img")


def prove(page: Page) -> None:
    """Open the picker until the browser has proven itself; it stays open."""
    for _ in range(4):
        press(page, "open_picker")
        expect(picture(page, "Exposure")).to_have_attribute("src", FROM_SERVER, timeout=20_000)
        page.wait_for_timeout(5000)
        press(page, "close_picker")
        expect(keyed(page, "picker")).to_have_count(0)
        if page.evaluate(IS_REMEMBERED):
            break
    press(page, "open_picker")


def test_a_browser_that_has_proven_it_draws_the_tiles_as_the_server_does(painter: Browser, address: str) -> None:
    small = Trials(Photo(PHOTO), (), side=192, quality=95).beginnings[0].image
    with picking(painter, address, PATIENT) as page:
        prove(page)
        for title, name in (("Exposure", "exposure"), ("Levels", "levels")):
            expect(picture(page, title)).to_have_attribute("src", DRAWN, timeout=20_000)
            width, height, pixels = page.evaluate(PIXELS, picture(page, title).get_attribute("src"))
            made = np.array(pixels, np.uint8).reshape(height, width, 4)[..., :3]
            mean, _most = difference(made, Pipeline((EFFECTS[name].step(),))(small))
            assert mean <= 2, name
        expect(picture(page, "Auto levels")).to_have_attribute("src", FROM_SERVER, timeout=20_000)


@pytest.mark.parametrize("lasts", [3, 1000], ids=["for good", "once"])
def test_where_the_graphics_card_is_lost_meanwhile_no_tile_stays_empty(
    painter: Browser, address: str, lasts: int
) -> None:
    script = PATIENT + REMEMBERED + LOSE_THIRD.replace("LASTS", str(lasts))
    with picking(painter, address, script) as page:
        for look in range(120):
            if look % 40 == 0 and not page.evaluate("window.lost === true"):  # at first programs may not be there
                if look:
                    press(page, "close_picker")
                press(page, "open_picker")
            there = keyed(page, "picker").locator(".tile img").evaluate_all(IN_SIGHT)
            if page.evaluate("window.lost === true") and len(there) > 10 and all(width for _kind, width in there):
                break
            page.wait_for_timeout(500)
        assert page.evaluate("window.lost === true")
        assert all(width for _kind, width in there)
        kinds = {kind for kind, _width in there}
        assert "http" in kinds
        assert lasts == 3 or "blob" in kinds
        assert page.evaluate(IS_REMEMBERED) == (lasts > 3)


def test_where_a_browser_can_draw_no_longer_the_server_makes_the_tiles(painter: Browser, address: str) -> None:
    with picking(painter, address, REMEMBERED + WITHOUT_WEBGL) as page:
        for _ in range(2):  # the first time programs may not be there yet
            press(page, "open_picker")
            for title in ("Exposure", "Levels"):
                expect(picture(page, title)).to_have_attribute("src", FROM_SERVER, timeout=20_000)
            page.wait_for_timeout(3000)
            press(page, "close_picker")
        assert not page.evaluate(IS_REMEMBERED)
