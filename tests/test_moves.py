"""A slider that is moved draws only what it changes: when that is so, and that all else has the table drawn."""

from __future__ import annotations

from typing import Any

import pytest

from effects import EFFECTS, LOOKS, Pipeline
from effects.masks.shapes import Linear
from pages.components import pieces, session
from pages.components.stack import moves
from pages.components.stack.history import History
from pages.components.stack.moves import changes_nothing, looks_alike, only_slides
from pages.components.workbench import Workbench


def on_the_bench(*effects: str) -> tuple[Workbench, History]:
    """Cards with these effects, and the history as it stands then."""
    bench = Workbench()
    for effect in effects:
        bench.add(effect)
    return bench, bench.history


def test_a_slider_alone_changes_nothing_but_what_it_holds() -> None:
    bench, before = on_the_bench("exposure", "sepia")
    bench.change("c1", params={"stops": 0.7})
    assert only_slides(before, bench)
    before = bench.history
    bench.change("c2", strength=0.4)
    assert only_slides(before, bench)


@pytest.mark.parametrize(
    "changed",
    [
        {"muted": True},
        {"mask": (Linear(),)},
        {"strength": 0.0},
        {"params": {"amount": 0.0}},
    ],
)
def test_what_a_card_shows_besides_has_the_table_drawn(changed: dict[str, Any]) -> None:
    bench, before = on_the_bench("exposure", "sepia")
    bench.change("c2", **changed)
    assert bench.history is not before
    assert not only_slides(before, bench)


def test_other_lines_on_a_card_have_the_table_drawn() -> None:
    bench, before = on_the_bench("sepia", "resize")
    bench.change("c2", params={"by": "long_side"})  # which has a widget of its own
    assert not only_slides(before, bench)


def test_the_first_thing_done_can_be_undone_and_what_was_undone_goes() -> None:
    bench, _ = on_the_bench()
    bench.load(Pipeline((EFFECTS["sepia"].step(),)))
    bench.history = History((bench.history.now,), 0, 9)
    before = bench.history
    bench.change("c1", params={"amount": 0.5})
    assert not only_slides(before, bench), "undo is not enabled"
    bench.change("c1", params={"amount": 0.6})
    bench.undo()
    before = bench.history
    bench.change("c1", params={"amount": 0.7})
    assert not only_slides(before, bench), "redo is still enabled"


def test_cards_that_come_go_or_move_have_the_table_drawn() -> None:
    bench, before = on_the_bench("exposure", "sepia")
    bench.add("invert")
    assert not only_slides(before, bench)
    before = bench.history
    bench.move("c3", -1)
    assert not only_slides(before, bench)
    before = bench.history
    bench.remove("c3")
    assert not only_slides(before, bench)


def test_a_look_that_would_not_be_kept_exactly_any_more_is_told_of() -> None:
    bench, _ = on_the_bench("exposure")
    bench.load(Pipeline((EFFECTS["exposure"].step(stops=1), LOOKS["noir"].group())))
    before, look = bench.history, bench.stack[-1].id
    bench.change(look, strength=0.5)
    assert not only_slides(before, bench)
    before = bench.history
    bench.change(look, strength=0.4)
    assert only_slides(before, bench)


def test_two_cards_that_are_named_alike_are_not_one() -> None:
    bench, _ = on_the_bench("sepia", "sepia")
    assert not looks_alike(*bench.stack)


@pytest.mark.parametrize("changed", [{"save"}, {"save", "presses"}, {"save", "c1-stops"}, None])
def test_what_opens_draws_its_words_alone_only_where_nothing_else_was_done(
    changed: set[str] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    bench, _ = on_the_bench("exposure")
    monkeypatch.setattr(pieces, "stands", lambda: True)
    monkeypatch.setattr(moves, "is_as_drawn", lambda _: True)
    monkeypatch.setattr(session, "changed", lambda: changed)
    monkeypatch.setattr(session, "component_value", lambda *_: None)
    moves.note_drawn(bench)
    assert changes_nothing(bench, {"save"}) == (changed in ({"save"}, {"save", "presses"}))
    bench.change("c1", params={"stops": 0.7})
    assert not changes_nothing(bench, {"save"}), "the table shows another stack"
