"""The picture from near: pixels of the whole result over its preview, where one has zoomed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import product
from typing import Any

from effects import PictureError, Pipeline, RecipeError, workers
from effects.render import TILE_SIDE
from effects.workers.patience import wait_still
from pages.components import session
from pages.components.page_component import page_component
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picture_url import picture_url
from pages.components.unforeseen import fragment

KEY = "closeup"
STILL = 0.1  # s without a change before a whole result is made: more than a slider that is dragged stands still

_closeup = page_component(KEY, __file__)

Tiles = dict[tuple[int, int], bytes]


@dataclass(frozen=True)
class Whole:
    """A result that one may look at closely: of what, how large it is in pixels, and the number of its preview."""

    photo: OpenPhoto
    pipeline: Pipeline
    width: int
    height: int
    number: int


@dataclass
class Closeup:
    """What a session has of a result, as long as one looks at it closely: tiles as JPEGs, by row and column.

    Those that come into sight first are made alone, all others when one of them does.
    """

    whole: Whole | None = None
    tiles: Tiles = field(default_factory=dict)
    has_all: bool = False
    is_settled: bool = False  # whether it has been shown for a while: a slider that is dragged soon shows another

    def has(self, asked: tuple[range, range]) -> bool:
        """Whether there is nothing more to be made to show these rows and columns of tiles."""
        assert self.whole is not None
        rows, columns = (
            range(min(part.stop, -(-side // TILE_SIDE)))[part.start :]
            for part, side in zip(asked, (self.whole.height, self.whole.width), strict=True)
        )
        return self.has_all or all(place in self.tiles for place in product(rows, columns))


def note_shown(whole: Whole | None) -> None:
    """This result is shown; None where there is nothing that the preview does not show."""
    held = session.hold("held-closeup", Closeup)
    if held.whole != whole:
        held.whole, held.tiles, held.has_all, held.is_settled = whole, {}, False, False


@partial(fragment, key=KEY)
def closeup() -> None:
    """The tiles that are in sight, of the result that is shown; nothing is to be seen of it where none are.

    A part of the page by itself: who looks closer or elsewhere is not kept waiting for the rest. What one looks at
    first is made by itself, the rest as soon as one looks beside it, and kept for the next pan. That takes a while: it
    comes last on the page, and whatever the person does meanwhile goes first.
    """
    held = session.hold("held-closeup", Closeup)
    told = session.component_value(KEY, "sight")
    asked = asked_range(told)
    is_missing = False
    if asked is None:
        held.tiles, held.has_all, held.is_settled = {}, False, True
    elif held.whole is not None and not held.has(asked):
        is_missing = True
        with suppress(session.CalledAwayError):  # the next run makes them, or the browser asks once more
            if not held.is_settled:
                wait_still(STILL, session.end_if_called)
                held.is_settled = True
            has_some = bool(held.tiles)
            held.tiles |= make_tiles(held.whole, None if has_some else asked)
            held.has_all, is_missing = has_some or not held.tiles, False
    whole = held.whole
    grid = [TILE_SIDE / whole.width, TILE_SIDE / whole.height] if whole else None
    data = {
        "of": whole.number if whole else 0,
        "grid": grid,
        "tiles": list(in_sight(held, asked)),
        "waited_for": told if is_missing else None,
    }
    _closeup(key=KEY, data=data, default={"sight": None}, on_sight_change=lambda: None)


def make_tiles(whole: Whole, asked: tuple[range, range] | None) -> Tiles:
    """Tiles of a result (None: all), by a worker; none where it cannot be done: Download says why, if that is tried."""
    photo, pipeline = whole.photo, whole.pipeline
    job = photo.data, pipeline.to_json(), pipeline.tables, asked
    try:
        return workers.tiles(*job, session.end_if_called, unhidden=photo.unhidden)
    except (PictureError, RecipeError):
        return {}


def asked_range(asked: Any) -> tuple[range, range] | None:
    """The rows and the columns of tiles that the browser asks for; None where it asks for none."""
    match asked:
        case [int(left), int(top), int(right), int(bottom), *_]:  # and how often it has asked
            return range(max(top, 0), max(bottom, 0)), range(max(left, 0), max(right, 0))
    return None


def in_sight(held: Closeup, asked: tuple[range, range] | None) -> Iterator[dict[str, Any]]:
    """Where each tile that was asked for lies, in shares of the picture, and its address."""
    if held.whole is None or asked is None:
        return
    wide, high = TILE_SIDE / held.whole.width, TILE_SIDE / held.whole.height
    for (row, column), tile in held.tiles.items():
        if row in asked[0] and column in asked[1]:
            left, top = column * wide, row * high
            yield {
                "url": picture_url(tile, f"{KEY}-{row}-{column}"),
                "box": [left, top, min(wide, 1 - left), min(high, 1 - top)],
            }
