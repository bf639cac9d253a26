"""The looks: ready-made stacks and those of one's own, each on the person's own picture, a click away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from effects import Group, Pipeline
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.thumbnails import Thumbnails
from pages.components.picker.trials import check_small
from pages.components.stack.card import titles_of
from pages.components.stack.cards import NO_LOOK
from pages.components.words import _
from pages.components.workbench import Workbench

OWN_AT_ONCE, OWN_LATER = 0.1, 0.4  # s of making tiles of own looks before those made are shown: at first, and again


def looks(bench: Workbench, photo: OpenPhoto) -> None:
    """Show the strip of looks; a click puts one in place of the last one, and leaves all other cards alone."""
    thumbnails = session.made_once("thumbnails", photo, partial(Thumbnails, photo.preview))
    # What a person's own look takes nobody knows: the strip does not wait for all of them.
    thumbnails.make(missing_own(bench, thumbnails), OWN_AT_ONCE)
    first, *others = look_tiles(thumbnails)
    tiles = [first, *own_tiles(bench.own, thumbnails), *others]
    bench.looks_of, bench.own_shown = photo, bench.own
    gallery(
        [("", tiles)],
        bench.choose_look,
        key="looks",
        aspect=thumbnails.aspect,
        strip=True,
        chosen=bench.look or NO_LOOK,
    )


def complete_looks(bench: Workbench, photo: OpenPhoto) -> None:
    """Make what is missing in the strip, some at a time; the last thing that a page does."""
    thumbnails = session.made_once("thumbnails", photo, partial(Thumbnails, photo.preview))
    missing = missing_own(bench, thumbnails)
    if missing:
        thumbnails.make(missing, OWN_LATER)
        st.rerun()


def look_tiles(thumbnails: Thumbnails) -> list[Tile]:
    """The photo as it is, and under every look but those that have to find somebody.

    These take seconds of a worker for each photo that is opened: the picker makes them for whoever looks there.
    """
    tiles = [Tile(NO_LOOK, _("No look"), _("The photo as it is."), thumbnails.of(Pipeline()))]
    for look in LOOK_BOOK.values():
        if not look.pipeline.asks_networks:
            tiles.append(Tile(look.name, _(look.title), _(look.summary), thumbnails.of(look.pipeline)))
            session.give_way()
    return tiles


def own_tiles(own: Mapping[str, Group], thumbnails: Thumbnails) -> list[Tile]:
    """The photo under each of the person's own looks, as far as the pictures are made."""
    return [
        Tile(name, group.title, own_summary(group), thumbnails.made(own_pipeline(group, thumbnails)), badge=_("Mine"))
        for name, group in own.items()
    ]


def missing_own(bench: Workbench, thumbnails: Thumbnails) -> list[Pipeline]:
    """The own looks of which there is no tile yet."""
    return thumbnails.missing(own_pipeline(group, thumbnails) for group in bench.own.values())


def own_pipeline(group: Group, thumbnails: Thumbnails) -> Pipeline:
    """What an own look's tile shows: the look, or the photo as it is where a small picture cannot be made of it."""
    pipeline = Pipeline((group,))
    try:
        check_small(pipeline, thumbnails.photo)
    except ValueError:
        return Pipeline()
    return pipeline


def own_summary(group: Group) -> str:
    """What an own look is made of, in a sentence."""
    return _("Your own look: {steps}.").format(steps=titles_of(Pipeline(group.steps)))
