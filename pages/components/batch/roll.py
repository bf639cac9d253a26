"""A roll: the photos that a person has brought for a batch, and what was made of each.

They lie in a private folder on disk, under numbers and not under their names, which is gone with the session.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary, finalize

from effects.codec.limits import check_bytes
from effects.errors import PictureError
from pages.components.background_work import WorkOfSessions
from pages.components.batch.development import Development
from pages.components.batch.roll_photo import RollPhoto
from pages.components.settings import SETTINGS
from pages.components.words import later

MAX_PHOTOS = 50
"""Photos that a roll has room for."""

MAX_NUMBER = 10**6
"""The highest that a photo may have: each that a session has ever brought has another."""

MAX_NAME_LETTERS = 200
"""Of a photo's name that are kept."""

MAX_ZIPS = 3
"""Zips of a roll that may be on their way at once: each is a file on disk until it has gone."""

MAX_HELD = SETTINGS.batches_mb * 2**20
"""Bytes on disk of all rolls together."""

FULL = later("The server holds as many photos of batches as it may. Please try again later.")

PATH = "roll"
"""Where browsers bring photos and fetch the zip, below the app's own address."""

_rolls: WeakValueDictionary[str, Roll] = WeakValueDictionary()
_works = WorkOfSessions()


@dataclass(eq=False)
class Roll:
    """The photos of one session, at an address that nobody can guess; used by the page and by those who bring them."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="emulsion-roll-")))
    photos: dict[int, RollPhoto] = field(default_factory=dict)  # by their numbers, which tell their order
    left_out: frozenset[int] = frozenset()  # numbers of those that are not ticked
    sending: int = 0  # photos that are on their way
    gone: int = 0  # the number up to which all photos were let go
    is_start_wanted: bool = False  # the button was pressed, and the run that begins the work has not come so far
    development: Development | None = None  # the last that was begun
    report: str = ""  # what the zip tells of it, in the reader's language
    zips: threading.BoundedSemaphore = field(default_factory=lambda: threading.BoundedSemaphore(MAX_ZIPS))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        _rolls[self.token] = self
        finalize(self, _works.let_go, self.folder, self.token)

    @property
    def address(self) -> str:
        """Where the browser brings photos and fetches the zip, from any page of the app."""
        return f"{PATH}/{self.token}"

    @property
    def is_busy(self) -> bool:
        """Whether photos are being developed."""
        return self.development is not None and not self.development.has_ended

    @property
    def row(self) -> list[RollPhoto]:
        """The photos in their order."""
        with self._lock:
            return [photo for _, photo in sorted(self.photos.items())]

    @property
    def chosen(self) -> list[RollPhoto]:
        """Those that are ticked."""
        return [photo for photo in self.row if photo.number not in self.left_out]

    def add(self, number: int, name: str, size: int) -> RollPhoto | None:
        """Room for a photo under its number, or None where that is taken, or all room is.

        One of a size that is not taken, or that the disk has no room for beside all other rolls, is told of as all that
        fails.
        """
        photo = RollPhoto(number, name[:MAX_NAME_LETTERS], self.folder / f"{number}", self.folder / f"{number}.result")
        with self._lock:
            if number in self.photos or number > MAX_NUMBER or len(self.photos) >= MAX_PHOTOS:
                return None
            self.photos[number] = photo
        try:
            check_bytes(size)
            if held_by_all() + size > MAX_HELD:
                photo.refusal = FULL
            else:
                photo.size = size
        except PictureError as error:
            photo.refusal = str(error)
        return photo

    def drop(self, numbers: Collection[int]) -> None:
        """Let photos go, and what was made of them."""
        with self._lock:
            gone = [self.photos.pop(number) for number in numbers if number in self.photos]
            self.left_out -= frozenset(numbers)
        for photo in gone:
            photo.forget_result()
            photo.source.unlink(missing_ok=True)

    def clear(self) -> None:
        """Let all photos go, unless some are being developed."""
        if self.is_busy:
            return
        numbers = [photo.number for photo in self.row]
        self.gone = max([self.gone, *numbers])
        self.development = None
        self.drop(numbers)

    def start(self, development: Development) -> None:
        """Develop photos, unless some are being developed."""
        if not self.is_busy:
            self.development = development
            _works.start(self.token, development)

    def cancel(self) -> None:
        """Develop no more of them; what is there stays."""
        if self.development is not None:
            self.development.end.set()


def held_by_all() -> int:
    """Bytes on disk of the photos of all rolls and of what was made of them, those on their way included."""
    return sum(photo.held for roll in [*_rolls.values()] for photo in roll.row)


def roll_of(token: str) -> Roll | None:
    """The roll at this address, if a session still has it."""
    return _rolls.get(token)


def close_rolls() -> None:
    """The server ends: no more work is begun on any roll."""
    _works.end_all()
