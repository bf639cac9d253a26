"""The picture from near: pixels of the whole result over its preview, where one has zoomed in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from effects import PictureError, Pipeline, RecipeError, workers
from effects.render import TILE_SIDE
from effects.workers.patience import wait_still
from pages.components import session
from pages.components.page_component import page_component
from pages.components.photo.open_photo import OpenPhoto
from pages.components.picture_url import picture_url

KEY = "closeup"
STILL = 0.1  # s without a change before a whole result is made: more than a slider that is dragged stands still

_closeup = page_component(KEY, __file__)


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
    """What a session has of a result: nothing, or all of it in rows of JPEGs, as long as one looks at it closely."""

    whole: Whole | None = None
    rows: tuple[tuple[bytes, ...], ...] | None = None


def note_shown(whole: Whole | None) -> None:
    """This result is shown; None where there is nothing that the preview does not show."""
    held = session.hold("held-closeup", Closeup)
    if held.whole != whole:
        held.whole, held.rows = whole, None


def closeup() -> None:
    """The tiles that are in sight, of the result that is shown; nothing is to be seen of it where none are.

    The whole result is made when one looks at it closely, and kept for the next pan. That takes a while: it comes last
    on the page, and whatever the person does meanwhile goes first.
    """
    held = session.hold("held-closeup", Closeup)
    told = session.component_value(KEY, "sight")
    asked = asked_range(told)
    if asked is None:
        held.rows = None
    elif held.rows is None and held.whole is not None:
        with suppress(session.CalledAwayError):  # the next run makes them, or the browser asks once more
            wait_still(STILL, session.end_if_called)
            held.rows = make_rows(held.whole)
    whole = held.whole
    grid = [TILE_SIDE / whole.width, TILE_SIDE / whole.height] if whole else None
    data = {
        "of": whole.number if whole else 0,
        "grid": grid,
        "tiles": list(in_sight(held, asked)),
        "waited_for": told if asked is not None and whole is not None and held.rows is None else None,
    }
    _closeup(key=KEY, data=data, default={"sight": None}, on_sight_change=lambda: None)


def make_rows(whole: Whole) -> tuple[tuple[bytes, ...], ...]:
    """All tiles of a result, by a worker; none where it cannot be done: Download says why, if it comes to that."""
    pipeline = whole.pipeline
    try:
        return workers.tiles(whole.photo.data, pipeline.to_json(), pipeline.tables, session.end_if_called)
    except (PictureError, RecipeError):
        return ()


def asked_range(asked: Any) -> tuple[range, range] | None:
    """The rows and the columns of tiles that the browser asks for; None where it asks for none."""
    match asked:
        case [int(left), int(top), int(right), int(bottom), *_]:  # and how often it has asked
            return range(max(top, 0), bottom), range(max(left, 0), right)
    return None


def in_sight(held: Closeup, asked: tuple[range, range] | None) -> Iterator[dict[str, Any]]:
    """Where each tile that was asked for lies, in shares of the picture, and its address."""
    if held.whole is None or asked is None or held.rows is None:
        return
    rows, columns = asked
    wide, high = TILE_SIDE / held.whole.width, TILE_SIDE / held.whole.height
    for row in range(rows.start, min(rows.stop, len(held.rows))):
        for column in range(columns.start, min(columns.stop, len(held.rows[row]))):
            left, top = column * wide, row * high
            yield {
                "url": picture_url(held.rows[row][column], f"{KEY}-{row}-{column}"),
                "box": [left, top, min(wide, 1 - left), min(high, 1 - top)],
            }
