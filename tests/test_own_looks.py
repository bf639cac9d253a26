"""Looks of one's own: what becomes one, what the browser may tell, what is asked of it, what a click puts on."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, LOOKS, Group, Pipeline, RecipeError
from effects.recipe import MAX_STEPS
from pages.components.own.own_look import (
    MAX_BYTES,
    MAX_NAME,
    clean_name,
    inexact,
    look_group,
    name_of_titles,
    read_look,
    unused_name,
)
from pages.components.own.own_looks import MAX_LOOKS, OwnLooks
from pages.components.picker.chips import MINE
from pages.components.picker.looks import own_tiles
from pages.components.picker.picker import own_words
from pages.components.picker.thumbnails import Thumbnails
from pages.components.stack.card import Card
from pages.components.stack.cards import Cards
from pages.components.stack.told_presses import follow
from tests.tables import cube, swapped
from tests.test_cards import names, stacked
from tests.test_trials import PHOTO, clicked, opened, trials

SEPIA, GRAIN = EFFECTS["sepia"].step(strength=0.5), EFFECTS["grain"].step()
STACK = Pipeline((SEPIA, GRAIN))


class Browser:
    """What a browser keeps, told as `own_list.js` tells it, but with every recipe each time."""

    def __init__(self, held: OwnLooks) -> None:
        self.held = held
        self.kept: list[dict[str, Any]] = []

    def answer(self) -> None:
        """Do what is wished for, and tell what is kept now."""
        followed = 0
        for wish in self.held.wishes:
            followed = wish["number"]
            if wish["act"] == "add":
                self.kept.insert(0, wish["look"])
            self.kept = [look for look in self.kept if wish["act"] != "delete" or look["id"] != wish["id"]]
            for look in self.kept:
                if wish["act"] == "rename" and look["id"] == wish["id"]:
                    look["name"] = wish["name"]
        self.held.hear({"followed": followed, "kept": True, "looks": self.kept})


def kept(*saved: str) -> tuple[OwnLooks, Browser]:
    """A session and its browser, with the same stack saved under these names."""
    held = OwnLooks()
    browser = Browser(held)
    for name in saved:
        held.save(STACK, name)
        browser.answer()
    return held, browser


def names_of(held: OwnLooks) -> list[str]:
    return [look.name for look in held.looks]


def told(**instead: object) -> dict[str, object]:
    look = {"id": "0123456789abcdef", "name": "Evening", "recipe": STACK.to_json()} | instead
    return {"followed": 0, "kept": True, "looks": [look]}


def test_a_saved_look_is_there_when_the_browser_says_so_and_is_the_stack() -> None:
    held = OwnLooks()
    browser = Browser(held)
    held.save(STACK, "  Evening\n glow ")
    assert not held.looks
    browser.answer()
    (look,) = held.looks
    assert (look.name, look.group) == ("Evening glow", STACK.group(title="Evening glow"))
    assert (held.wishes, held.trouble, held.news) == ((), "", "Evening glow")
    assert Pipeline.from_json(look.recipe) == STACK


def test_what_a_browser_keeps_is_read_the_same_by_another_session() -> None:
    held, browser = kept("Evening", "Morning")
    again = OwnLooks()
    again.hear(json.loads(json.dumps({"followed": 0, "kept": True, "looks": browser.kept})))
    assert again.looks == held.looks
    assert names_of(again) == ["Morning", "Evening"]


def test_a_look_without_a_name_is_called_by_its_steps_and_no_two_are_called_the_same() -> None:
    held, _ = kept("", " ", "\u202e")
    assert names_of(held) == ["Sepia, Grain 3", "Sepia, Grain 2", "Sepia, Grain"]
    long = "n" * MAX_NAME
    assert unused_name(long, {long}) == "n" * (MAX_NAME - 2) + " 2"


def test_a_look_is_renamed_deleted_and_brought_back_as_it_was() -> None:
    held, browser = kept("Evening", "Morning")
    morning, evening = held.looks
    held.rename(evening.identity, "Morning")
    browser.answer()
    assert names_of(held) == ["Morning", "Morning 2"]
    held.rename(evening.identity, " ")
    held.delete(morning.identity)
    held.delete("gone")
    browser.answer()
    assert names_of(held) == ["Morning 2"]
    held.bring_back()
    held.bring_back()
    browser.answer()
    assert held.looks[0] == morning
    assert names_of(held) == ["Morning", "Morning 2"]


def test_a_name_that_was_asked_for_stays_in_its_field_until_the_browser_has_done_it() -> None:
    def line() -> None:
        from pages.components import session  # noqa: PLC0415  # the text of this function is a page of its own
        from pages.components.own.own_menu import own_line  # noqa: PLC0415

        own_line(session.value("held"), session.value("held").looks[0])

    held, browser = kept("Evening")
    page = AppTest.from_function(line)
    page.session_state["held"] = held
    field = page.run().text_input[0]
    field.set_value("Dusk").run()
    assert page.text_input[0].value == "Dusk"
    assert [wish["name"] for wish in held.wishes] == ["Dusk"]
    browser.answer()
    field.set_value("Dusk").run()  # what the browser answers comes with what is in the field
    assert (held.wishes, names_of(held), page.text_input[0].value) == ((), ["Dusk"], "Dusk")
    assert page.button[0].label == "Delete Dusk"


def test_a_name_is_asked_for_once_and_may_be_taken_back() -> None:
    held, browser = kept("Evening", "Morning")
    evening = held.looks[1]
    for _ in range(2):
        held.rename(evening.identity, "Morning")
    assert [wish["name"] for wish in held.wishes] == ["Morning 2"]
    held.rename(evening.identity, "Evening")
    browser.answer()
    assert names_of(held) == ["Morning", "Evening"]


def test_a_full_browser_and_a_stack_too_large_are_told_in_a_sentence_and_nothing_is_asked() -> None:
    held, browser = kept(*map(str, range(MAX_LOOKS)))
    held.save(STACK, "One more")
    assert (held.wishes, str(MAX_LOOKS) in held.trouble) == ((), True)
    held.delete(held.looks[0].identity)
    browser.answer()
    table = cube(lambda colors: np.random.default_rng(7).random(colors.shape), 25)
    for large in (EFFECTS["lut3d"].step(table=table), EFFECTS["text"].step(text="字" * 100)):
        held.trouble = ""
        held.save(Pipeline((large,) * MAX_STEPS), "Large")
        assert "recipe file" in held.trouble
        assert not held.wishes
    held.save(STACK, "Small")
    assert not held.trouble


def test_looks_that_cannot_be_read_take_room_and_one_is_brought_back_when_there_is_some() -> None:
    held, browser = kept("Morning", "Evening")
    evening, morning = held.looks
    held.delete(morning.identity)
    browser.answer()
    browser.kept += [{"id": f"{number:016x}", "name": "From a later version"} for number in range(MAX_LOOKS - 1)]
    browser.answer()
    assert (len(held.looks), held.unread, held.is_full) == (1, MAX_LOOKS - 1, True)
    held.bring_back()
    assert (held.wishes, str(MAX_LOOKS) in held.trouble) == ((), True)
    del browser.kept[-1]
    browser.answer()
    held.bring_back()
    browser.answer()
    assert (held.looks, held.trouble) == ((morning, evening), "")
    held.delete(evening.identity)
    held.bring_back()  # before the browser has answered: there is the room that it leaves
    assert ([wish["act"] for wish in held.wishes], held.trouble) == (["delete", "add"], "")


@pytest.mark.parametrize(
    "wrong",
    [
        {"id": "../etc"},
        {"id": 7},
        {"name": ""},
        {"name": None},
        {"recipe": "no json"},
        {"recipe": '{"version": 1, "steps": []}'},
        {"recipe": '{"version": 1, "steps": [{"effect": "rm"}]}'},
        {"recipe": json.dumps({"version": 1, "steps": [{"effect": "sepia"}] * (MAX_STEPS + 1)})},
        {"recipe": "[" * MAX_BYTES},
        {"recipe": STACK.to_json() + " " * MAX_BYTES},
        {"recipe": ["x"]},
        {"recipe": "\ud83d"},
    ],
)
def test_what_is_no_look_is_left_out_and_counted_and_the_others_stay(wrong: dict[str, object]) -> None:
    held = OwnLooks()
    bad = told(**wrong)
    bad["looks"] = [*bad["looks"], *told(id="f" * 16)["looks"], "a look", None]  # type: ignore[misc]
    held.hear(bad)
    assert [look.identity for look in held.looks] == ["f" * 16]
    assert held.unread == 3
    assert len(held.heads) == 4


@pytest.mark.parametrize("nonsense", [None, 7, [], {}, {"looks": "x"}, {"looks": {}}])
def test_what_says_nothing_of_looks_changes_nothing(nonsense: object) -> None:
    held, _ = kept("Evening")
    before = replace(held)
    held.hear(nonsense)
    assert held == before


def test_of_a_look_that_is_known_no_recipe_need_come() -> None:
    held, browser = kept("Evening")
    held.hear({"followed": 0, "looks": [{**browser.kept[0], "name": "Dusk", "recipe": ""}]})
    assert [(look.name, look.group.steps) for look in held.looks] == [("Dusk", STACK.steps)]


def test_a_name_is_one_line_of_what_can_be_seen() -> None:
    assert clean_name(" a\tb\u202ec\x00\ud800 ") == "a bc"
    assert clean_name("👨\u200d👩\u200d👧 <b>") == "👨\u200d👩\u200d👧 <b>"
    assert len(clean_name("x" * 99)) == MAX_NAME
    with pytest.raises(RecipeError):
        read_look("0" * 16, "\u202e", STACK.to_json())


def test_a_look_called_by_its_steps_has_their_titles_whole() -> None:
    assert name_of_titles("Swirl, Slumber, Light leak, Chromatic aberration") == "Swirl, Slumber, Light leak"
    assert name_of_titles("Sepia, Vignette") == "Sepia, Vignette"
    assert name_of_titles("x" * 99) == "x" * MAX_NAME


def test_a_small_colour_table_is_kept_with_its_look() -> None:
    table = EFFECTS["lut3d"].step(table=cube(swapped, 3))
    held = OwnLooks()
    held.save(Pipeline((table,)), "Swapped")
    Browser(held).answer()
    assert held.looks[0].group.steps == (table,)


def test_one_look_stays_as_strong_as_it_was_and_several_steps_become_one_group() -> None:
    noir = LOOKS["noir"].group(strength=0.3)
    assert look_group(Pipeline((noir,)), "Mine") == replace(noir, title="Mine")
    mixed = look_group(Pipeline((SEPIA, noir)), "Mine")
    assert mixed == Group((SEPIA, *noir.ungrouped()), title="Mine")
    near = Card("c2", noir)
    assert inexact((Card("c1", SEPIA), near)) is near
    assert inexact((near,)) is inexact((Card("c1", SEPIA), Card("c2", LOOKS["noir"].group()))) is None


def own_cards(*effects: str) -> tuple[Cards, str]:
    """Cards with these effects, and the name of a look of one's own that may be chosen for them."""
    held, _ = kept("Evening")
    cards = stacked(*effects)
    cards.own = held.groups
    return cards, held.looks[0].tile


def test_a_click_puts_it_on_one_card_in_place_of_the_look_before_and_a_second_opens_that() -> None:
    cards, tile = own_cards("crop")
    cards.choose_look("noir")
    cards.add("text")
    follow(cards, {"load": "k", "count": 1, "last": [f"look {tile}"]})
    assert names(cards) == ["Crop", "Evening", "Text"]
    assert cards.look == tile
    card = cards.stack[1]
    assert card.step == STACK.group(title="Evening")
    cards.choose_look(tile)
    assert cards.opened == {card.id}
    cards.choose_look("hudson")
    assert names(cards) == ["Crop", "Hudson", "Text"]


def test_a_click_on_one_that_is_gone_leaves_the_stack_alone() -> None:
    cards, tile = own_cards()
    cards.choose_look("noir")
    cards.own = {}
    cards.choose_look(tile)
    assert names(cards) == ["Noir"]


def test_its_tiles_show_what_a_click_makes_and_come_first() -> None:
    cards, tile = own_cards("hue_rotate")
    cards.choose_look("noir")
    name = f"look:{tile}"
    made = trials(cards, own=cards.own)
    assert made.names[0] == name
    assert abs(opened(made.of(name)).astype(int) - clicked(cards, name)).mean() < 3
    (words,) = own_words(cards.own)
    assert (words["name"], words["title"], words["chips"]) == (name, "Evening", [MINE])
    assert {"evening", "look", "sepia", "grain"} <= {*str(words["words"]).split()}


def test_one_too_large_for_a_tile_shows_the_photo_as_it_is() -> None:
    huge = Pipeline((EFFECTS["resize"].step(by="long_side", long_side=8000),)).group(title="Huge")
    thumbnails = Thumbnails(PHOTO)
    (tile,) = own_tiles({"own:" + "0" * 16: huge}, thumbnails)
    assert not tile.picture
    plain = thumbnails.of(Pipeline())
    (tile,) = own_tiles({"own:" + "0" * 16: huge}, thumbnails)
    assert tile.picture == plain
