"""A look of one's own that is on the stack is known as that, whether the stack is there first or the looks."""

from __future__ import annotations

from effects import EFFECTS, Group, Pipeline
from pages.components.own.own_store import know_again
from pages.components.stack.cards import Cards
from pages.components.stack.surprise import SURPRISE
from tests.test_cards import names
from tests.test_own_looks import STACK, kept


def test_after_a_reload_a_card_that_is_one_of_them_is_the_chosen_one_whichever_comes_first() -> None:
    evening = STACK.group(title="Evening", strength=0.4)
    with_both = Pipeline((EFFECTS["crop"].step(), evening, evening))
    (held, _), first, then = kept("Evening"), Cards(), Cards()
    tile, first.own = held.looks[0].tile, held.groups
    first.load(with_both)
    then.load(with_both)
    assert then.look == ""
    before, then.own = then.history, held.groups
    know_again(then)
    for cards in (first, then):
        assert [card.look for card in cards.stack] == ["", tile, ""]
    assert (then.history.place, then.history.last_number) == (before.place, before.last_number)
    know_again(then)
    then.choose_look("noir")
    assert names(then) == ["Crop", "Noir", "Evening"]
    know_again(then)
    assert then.look == "noir", "what was chosen stays chosen"
    then.undo()
    assert then.look == tile
    then.undo()
    then.redo()
    then.redo()
    assert names(then) == ["Crop", "Noir", "Evening"], "what was taken back was given up"


def test_a_look_of_ones_own_that_was_a_surprise_is_known_as_ones_own() -> None:
    cards = Cards()
    cards.surprise(7)
    group = cards.stack[0].step
    assert isinstance(group, Group)
    again = Cards(own={"own:mine": group})
    again.load(cards.pipeline)
    assert again.look == "own:mine"
    know_again(cards)
    assert cards.look == SURPRISE
    cards.own = again.own
    know_again(cards)
    assert cards.look == "own:mine"
