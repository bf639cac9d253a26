"""A slider that is moved draws a few pieces of the page, and what is saved then is what one sees."""

from __future__ import annotations

from playwright.sync_api import expect

from benchmarks.visitor import Visitor
from effects import EFFECTS, Pipeline
from effects.codec.formats import DEFAULT_QUALITY
from effects.render import render
from tests.browser.conftest import Visit
from tests.browser.hands import keyed, upload
from tests.pictures import encoded, photograph

STACK = Pipeline((EFFECTS["exposure"].step(stops=0.1), EFFECTS["sepia"].step(), EFFECTS["contrast"].step()))
MOST = 20  # things that a move draws, where a page has a hundred
MOVES = (0.3, 0.4, 0.5, 0.6)


def test_moves_draw_a_few_things_and_the_file_is_of_the_last_one(address: str) -> None:
    photo, drawn, runs = encoded(photograph(120, 160), "PNG"), [], []
    with Visitor(address, STACK.to_link()) as visitor:
        visitor.open(photo, "photo.png")
        for stops in MOVES:
            visitor.come_to_rest()  # a page of which all was sent; where the machine is busy, one or the other was not
            visitor.drawn = visitor.runs = 0
            visitor.move("c1-stops", stops)
            drawn.append(visitor.drawn)
            runs.append(visitor.runs)
        assert 0 < min(drawn) <= MOST, drawn
        assert 1 in runs[1:], "each move had a run for the table first"
        moved = Pipeline((EFFECTS["exposure"].step(stops=MOVES[-1]), *STACK[1:]))
        assert visitor.save() == render(photo, moved.to_json(), format="jpeg", quality=DEFAULT_QUALITY)


def test_pixels_from_near_are_those_of_each_move(visit: Visit) -> None:
    page = visit(f"/?recipe={STACK.to_link()}")
    upload(page, encoded(photograph(1500, 2000), "JPEG"))
    page.get_by_role("button", name="Show it at 100 %").click()
    tile = keyed(page, "stage").locator(".tile").first
    slider = page.locator("[class*=st-key-c1-stops] input[type=range]").first
    for _ in MOVES:
        before = str(tile.get_attribute("src"))
        slider.press("ArrowRight")
        expect(tile).not_to_have_attribute("src", before)
