"""The looks: ready-made stacks and those of one's own, each on the person's own picture, a click away."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping
from functools import partial

import streamlit as st

from effects import Group, Pipeline
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.photo.invitation import sample_thumbnails
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.thumbnails import Thumbnails
from pages.components.picker.trials import check_small
from pages.components.stack.card import titles_of
from pages.components.stack.cards import NO_LOOK
from pages.components.words import _
from pages.components.workbench import Workbench

OWN_AT_ONCE, OWN_LATER = 0.1, 0.4  # s of making tiles of own looks before those made are shown: at first, and again
WITH_PAGE = 0.25  # s of making tiles that a run of the whole page takes for them
ASIDE = 0.5  # s after a press that came between before the rest is made
LOOKS = tuple(look for look in LOOK_BOOK.values() if not look.pipeline.asks_networks)
"""Those of a strip: all but those that have to find somebody.

These take seconds of a worker for each photo that is opened: the picker makes them for whoever looks there.
"""


def looks(bench: Workbench) -> None:
    """Show the strip of looks; a click puts one in place of the last one, and leaves all other cards alone.

    It is a part of the page by itself, drawn anew where the photo or the looks of the person's own are others: see
    `draw_looks`. What is missing in it is made some at a time, and what the person does meanwhile comes first.
    """
    bench.looks_part, photo = session.part(), bench.photo
    if photo is None:
        bench.looks_of = None
        return

    def pick(name: str) -> None:
        bench.choose_look(name)
        session.have_drawn("")  # where no script counts it with other presses, which are told to the stack alone

    thumbnails = session.made_once("thumbnails", photo, partial(Thumbnails, photo.preview))
    # What a person's own look takes nobody knows: the strip does not wait for all of them.
    seconds = OWN_LATER if bench.looks_of is photo else OWN_AT_ONCE
    shown = (Pipeline(), *(look.pipeline for look in LOOKS))
    with_page = bool(bench.looks_part) and not session.parts_drawn()
    common = None if photo.is_own else sample_thumbnails()
    is_alone = make(thumbnails, missing_own(bench, thumbnails), seconds) and make(
        thumbnails, shown, WITH_PAGE if with_page else math.inf, common
    )
    first, *others = look_tiles(thumbnails)
    tiles = [first, *own_tiles(bench.own, thumbnails), *others]
    bench.looks_of, bench.own_shown = photo, bench.own
    gallery([("", tiles)], pick, key="looks", aspect=thumbnails.aspect, strip=True, chosen=bench.look or NO_LOOK)
    if missing_own(bench, thumbnails) or thumbnails.missing(shown):
        session.draw_part(bench.looks_part, lambda: bench.photo is photo, 0 if is_alone else ASIDE)


def draw_looks(bench: Workbench) -> None:
    """Have the strip drawn anew once this run has ended, if it shows another photo, or other looks."""
    if session.parts_drawn() and not bench.has_looks_shown:
        if not bench.looks_part:
            st.rerun()
        session.draw_part(bench.looks_part, lambda: not bench.has_looks_shown)


def make(
    thumbnails: Thumbnails,
    pipelines: Iterable[Pipeline],
    seconds: float = math.inf,
    common: Thumbnails | None = None,
) -> bool:
    """Make what is missing of these for about so long, one at least; whether nobody came between.

    What the person does meanwhile, be it to another part of the page, comes first. Of a photo that everybody has, each
    is made once, in `common`.
    """
    end = time.monotonic() + seconds
    try:
        for pipeline in thumbnails.missing(pipelines):
            if common is None:
                thumbnails.of(pipeline, session.end_if_called)
            else:
                thumbnails.take_over(pipeline, common.of(pipeline, session.end_if_called))
            session.end_if_called()
            if time.monotonic() > end:
                break
    except session.CalledAwayError:
        return False
    return True


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
