"""The pictures of one photo's strip of looks: made by a worker, for one person after another, while all go on."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError
from functools import partial
from queue import SimpleQueue
from threading import Thread

from effects import Pipeline
from effects.errors import PictureError
from effects.looks import LOOK_BOOK
from effects.workers.patience import LOOK_SECONDS, Meanwhile
from pages.components.floor import FLOOR
from pages.components.photo.first_pictures import FIRST_PICTURES
from pages.components.picker.thumbnails import Thumbnails

log = logging.getLogger(__name__)

ASIDE = 2.0  # s that a strip waits at most for the first pictures of others
OWN_SECONDS = 0.4  # of making looks of one's own, of which nobody knows what they take, before others have their turn

RESTS = 3.0
"""How many times as long as a strip took, the next waits at most for a moment in which nobody waits for a run.

The workers who make it slow down the server: of a hundred people who tune, 95 % waited up to 1.07 s for a move beside
them, and up to 0.82 s with these rests.
"""

CALM = 0.2  # s in which nobody had to wait for a run: then there is time for strips

LOOKS = tuple(look for look in LOOK_BOOK.values() if not look.pipeline.asks_networks)
"""Those of a strip: all but those that have to find somebody.

These take seconds of a worker for each photo that is opened: the picker makes them for whoever looks there.
"""

SHOWN = (Pipeline(), *(look.pipeline for look in LOOKS))
"""The photo as it is, and under every look of the strip."""


class Turns:
    """What is done one after another, first come, first served, in a thread of its own; a server that ends ends it.

    Between two it rests while others are held up (`is_busy`), but for no more than `RESTS` times what the last took.
    """

    def __init__(self, is_busy: Callable[[], bool]) -> None:
        self._is_busy = is_busy
        self._waiting = SimpleQueue[Callable[[], None]]()
        Thread(target=self._work, name="strips", daemon=True).start()

    def take(self, act: Callable[[], None]) -> None:
        """Do this in its turn."""
        self._waiting.put(act)

    def _work(self) -> None:
        while True:
            act = self._waiting.get()
            began = time.monotonic()
            try:
                act()
            except Exception:
                log.exception("A strip of looks met something that nobody foresaw")
            self._rest(time.monotonic() - began)

    def _rest(self, took: float) -> None:
        end = time.monotonic() + RESTS * took
        while self._is_busy() and time.monotonic() < end:
            time.sleep(LOOK_SECONDS)


TURNS = Turns(lambda: FLOOR.was_sought(CALM))
"""Those of all sessions: ten strips at once would take all workers, and each be there as late as the last."""


class Strip:
    """One photo under the looks and, in `thumbnails`, under those of one's own, as far as the pictures are made.

    `common` are the pictures of a photo that everybody has, each made once for all.
    """

    def __init__(self, thumbnails: Thumbnails, common: Thumbnails | None = None) -> None:
        self.thumbnails = thumbnails
        self.of_looks = common or thumbnails
        self._is_asked_for = False

    def lacks(self, own: Iterable[Pipeline]) -> bool:
        """Whether a picture is missing, of the looks or of these of one's own."""
        return bool(self.of_looks.missing(SHOWN) or self.thumbnails.missing(own))

    def ask(self, own: Iterable[Pipeline], is_wanted: Callable[[], bool], tell: Callable[[], None]) -> None:
        """Have what is missing made in its turn, unless it waits for that; `tell` is called then, in another thread.

        Of many looks of one's own there may be more to ask for. What is not wanted any more by then is not made, and
        nothing told.
        """
        if not self._is_asked_for:
            self._is_asked_for = True
            TURNS.take(partial(self._have_made, tuple(own), is_wanted, tell))

    def _have_made(self, own: tuple[Pipeline, ...], is_wanted: Callable[[], bool], tell: Callable[[], None]) -> None:
        def look() -> None:
            if not is_wanted():
                raise CancelledError

        try:
            look()
            FIRST_PICTURES.go_first(ASIDE, look)
            self.make(own, look)
        except CancelledError:
            return
        finally:
            self._is_asked_for = False
        tell()

    def make(self, own: Iterable[Pipeline], meanwhile: Meanwhile) -> None:
        """Make all looks, and for a moment those of one's own; an error of `meanwhile` ends it."""
        end = time.monotonic() + OWN_SECONDS
        for pipeline in self.thumbnails.missing(own):
            self._make_own(pipeline, meanwhile)
            if time.monotonic() > end:
                break
        try:
            self.of_looks.make_aside(SHOWN, meanwhile)
        except PictureError:  # the workers have trouble of their own: what is ours cannot be at fault
            for pipeline in self.of_looks.missing(SHOWN):
                self.of_looks.of(pipeline, meanwhile)

    def _make_own(self, pipeline: Pipeline, meanwhile: Meanwhile) -> None:
        """The picture after a look of one's own; where it cannot be made, the photo as it is."""
        try:
            self.thumbnails.make_aside([pipeline], meanwhile)
        except PictureError:
            self.thumbnails.take_over(pipeline, self.thumbnails.of(Pipeline(), meanwhile))
