"""The looks: ready-made stacks and those of one's own, each on the person's own picture, a click away."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from effects import Group, Pipeline
from pages.borrowed.visits import presence
from pages.components import session
from pages.components.photo.invitation import sample_thumbnails
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.strip import LOOKS, Strip
from pages.components.picker.thumbnails import Thumbnails
from pages.components.picker.trials import check_small
from pages.components.stack.card import titles_of
from pages.components.stack.cards import NO_LOOK
from pages.components.words import _
from pages.components.workbench import Workbench


def looks(bench: Workbench) -> None:
    """Show the strip of looks; a click puts one in place of the last one, and leaves all other cards alone.

    It is a part of the page by itself, drawn anew where the photo or the looks of the person's own are others: see
    `draw_looks`. What is missing in it is made elsewhere, and the strip is drawn again with it.
    """
    bench.looks_part, photo = session.part(), bench.photo
    if photo is None:
        bench.looks_of = None
        return

    def pick(name: str) -> None:
        bench.choose_look(name)
        session.have_drawn("")  # where no script counts it with other presses, which are told to the stack alone

    thumbnails = session.made_once("thumbnails", photo, partial(Thumbnails, photo.preview))
    strip = session.made_once("strip", photo, lambda: Strip(thumbnails, None if photo.is_own else sample_thumbnails()))
    complete(strip, [own_pipeline(group, thumbnails) for group in bench.own.values()], bench, photo)
    first, *others = look_tiles(strip.of_looks)
    tiles = [first, *own_tiles(bench.own, thumbnails), *others]
    bench.looks_of, bench.own_shown = photo, bench.own
    gallery([("", tiles)], pick, key="looks", aspect=thumbnails.aspect, strip=True, chosen=bench.look or NO_LOOK)


def complete(strip: Strip, own: list[Pipeline], bench: Workbench, photo: OpenPhoto) -> None:
    """Have what is missing made in another thread, and the strip drawn again with it; here, where none can draw it."""
    if not (session.has_browser() and strip.lacks(own)):
        return
    if not bench.looks_part:
        strip.make(own, session.give_way)
        return
    part, draw, is_here = bench.looks_part, session.later_drawing(), presence()
    strip.ask(own, lambda: bench.photo is photo and is_here(), lambda: draw(part))


def draw_looks(bench: Workbench) -> None:
    """Have the strip drawn anew once this run has ended, if it shows another photo, or other looks."""
    if session.parts_drawn() and not bench.has_looks_shown:
        if not bench.looks_part:
            st.rerun()
        session.draw_part(bench.looks_part, lambda: not bench.has_looks_shown)


def look_tiles(thumbnails: Thumbnails) -> list[Tile]:
    """The photo as it is, and under every look of the strip, as far as the pictures are made."""
    none = Tile(NO_LOOK, _("No look"), _("The photo as it is."), thumbnails.made(Pipeline()))
    return [none, *(Tile(each.name, _(each.title), _(each.summary), thumbnails.made(each.pipeline)) for each in LOOKS)]


def own_tiles(own: Mapping[str, Group], thumbnails: Thumbnails) -> list[Tile]:
    """The photo under each of the person's own looks, as far as the pictures are made."""
    return [
        Tile(name, group.title, own_summary(group), thumbnails.made(own_pipeline(group, thumbnails)), badge=_("Mine"))
        for name, group in own.items()
    ]


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
