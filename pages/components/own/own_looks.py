"""What a session knows of the looks in its browser, and what it has asked the browser to do with them."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from effects import Group, Pipeline, RecipeError
from pages.components.own.own_look import MAX_BYTES, OwnLook, clean_name, name_of_titles, read_look, unused_name
from pages.components.stack.card import titles_of
from pages.components.words import _

MAX_LOOKS = 40
"""Looks that a browser keeps."""

MAX_HEAD = 99
"""Letters of an identity or a name that the browser tells."""

Wish = Mapping[str, Any]


@dataclass
class OwnLooks:
    """The looks, the newest first, as the browser told them last: what is asked for here is not true before it is told.

    `heads` are identity and name of all that was told, be it what nobody can read; `unread` is how many those are.
    """

    looks: tuple[OwnLook, ...] = ()
    heads: tuple[tuple[str, str], ...] = ()
    unread: int = 0
    is_kept: bool = True  # whether the browser could write down what it was asked to
    wishes: tuple[Wish, ...] = ()  # what the browser has not done yet, as far as is known here
    deleted: OwnLook | None = None  # the last one, until another is
    trouble: str = ""  # why the last one was not taken, in a sentence
    news: str = ""  # the name of one that has just come because it was asked for
    _last_wish: int = 0

    @property
    def groups(self) -> dict[str, Group]:
        """What each puts on the stack, by the name that its tile has."""
        return {look.tile: look.group for look in self.looks}

    @property
    def names(self) -> set[str]:
        """The names that are taken."""
        return {look.name for look in self.looks}

    @property
    def is_full(self) -> bool:
        """Whether the browser keeps as many as it may: what cannot be read counts, and what it is asked for, too."""
        gone = {wish["id"] for wish in self.wishes if wish["act"] == "delete"}
        coming = sum(wish["act"] == "add" for wish in self.wishes)
        return sum(identity not in gone for identity, _name in self.heads) + coming >= MAX_LOOKS

    def hear(self, told: Any) -> None:
        """Take over what the browser tells: its looks, and the number of the last wish that it has done.

        `{"followed": 3, "kept": true, "looks": [{"id": ..., "name": ..., "recipe": ...}]}`; of a look that is known
        here the recipe is left out. Whatever else stands there is counted as a look that cannot be read.
        """
        if not isinstance(told, Mapping) or not isinstance(told.get("looks"), list):
            return
        known = {look.identity: look for look in self.looks}
        read: dict[str, OwnLook] = {}
        heads = []
        items = told["looks"][:MAX_LOOKS]
        for item in (item if isinstance(item, Mapping) else {} for item in items):
            identity, name = (_text(item.get(key)) for key in ("id", "name"))
            heads.append((identity, name))
            before = known.get(identity)
            try:
                look = read_look(identity, name, item.get("recipe") or (before.recipe if before else None))
            except RecipeError:
                continue
            read.setdefault(identity, look)
        self.looks, self.heads, self.unread = tuple(read.values()), tuple(heads), len(items) - len(read)
        self.is_kept = told.get("kept") is not False
        followed = told.get("followed")
        fulfilled = [wish for wish in self.wishes if isinstance(followed, int) and wish["number"] <= followed]
        self.wishes = self.wishes[len(fulfilled) :]
        asked = {wish["look"]["id"] for wish in fulfilled if wish["act"] == "add"}
        self.news = next((look.name for look in self.looks if look.identity in asked), self.news)

    def save(self, pipeline: Pipeline, name: str) -> None:
        """Have a stack kept under a name, or under that of its steps where there is none; `trouble` says why not."""
        title = unused_name(clean_name(name) or name_of_titles(titles_of(pipeline)), self.names)
        self.trouble = ""
        if not self._has_room():
            return
        try:
            recipe = pipeline.to_file()
            look = read_look(secrets.token_hex(8), title, recipe)
        except RecipeError:
            self.trouble = _(
                "This stack is larger than the {size} kB that a look may have, as with a colour table in it. Save it "
                "as a recipe file instead."
            ).format(size=MAX_BYTES // 1024)
            return
        self._add(look)

    def rename(self, identity: str, name: str) -> None:
        """Give a look that is there another name; none is no name, and none is asked for twice."""
        here, title = self._look(identity), clean_name(name)
        if here is None or not title:
            return
        free = unused_name(title, self.names - {here.name})
        if free != self.asked_name(here):
            self._ask({"act": "rename", "id": identity, "name": free})

    def asked_name(self, look: OwnLook) -> str:
        """What a look will be called once the browser has done what it was asked to."""
        wishes = [wish for wish in self.wishes if wish["act"] == "rename" and wish["id"] == look.identity]
        return str(wishes[-1]["name"]) if wishes else look.name

    def delete(self, identity: str) -> None:
        """Have a look forgotten; it can be brought back until another one is."""
        here = self._look(identity)
        if here is not None:
            self.deleted, self.trouble = here, ""
            self._ask({"act": "delete", "id": identity})

    def bring_back(self) -> None:
        """Have the look kept again that was deleted last; it waits on where there is no room, and `trouble` says so."""
        look, self.trouble = self.deleted, ""
        if look is not None and self._has_room():
            self.deleted = None
            self._add(look)

    def _has_room(self) -> bool:
        """Whether another look may be kept; where not, `trouble` says so."""
        if self.is_full:
            told = _("This browser keeps {count} looks of yours, and no more: delete one first.")
            self.trouble = told.format(count=MAX_LOOKS)
        return not self.is_full

    def _add(self, look: OwnLook) -> None:
        self._ask({"act": "add", "look": {"id": look.identity, "name": look.name, "recipe": look.recipe}})

    def _look(self, identity: str) -> OwnLook | None:
        return next((look for look in self.looks if look.identity == identity), None)

    def _ask(self, wish: Wish) -> None:
        self._last_wish += 1
        self.wishes = (*self.wishes, {"number": self._last_wish, **wish})


def _text(value: Any) -> str:
    """A text that is told back as it came; nothing where it is none."""
    return value[:MAX_HEAD] if isinstance(value, str) else ""
