"""A slider that is moved draws a few pieces of the page, and what is saved then is what one sees."""

from __future__ import annotations

from benchmarks.visitor import Visitor
from effects import EFFECTS, Pipeline
from effects.codec.formats import DEFAULT_QUALITY
from effects.render import render
from tests.pictures import encoded, photograph

STACK = Pipeline((EFFECTS["exposure"].step(stops=0.1), EFFECTS["sepia"].step(), EFFECTS["contrast"].step()))
MOST = 20  # things that a move draws, where a page has a hundred


def test_a_move_draws_a_few_things_and_the_file_is_of_the_last_one(address: str) -> None:
    photo = encoded(photograph(120, 160), "PNG")
    with Visitor(address, STACK.to_link()) as visitor:
        visitor.open(photo, "photo.png")
        visitor.move("c1-stops", 0.2)  # what opening the photo draws besides comes before this
        whole = visitor.drawn
        for stops in (0.4, 0.6):
            visitor.drawn = 0
            visitor.move("c1-stops", stops)
            assert 0 < visitor.drawn <= MOST < whole
        moved = Pipeline((EFFECTS["exposure"].step(stops=0.6), *STACK[1:]))
        assert visitor.save() == render(photo, moved.to_json(), format="jpeg", quality=DEFAULT_QUALITY)
