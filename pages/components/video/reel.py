"""A reel: the video that a person has brought, and what was made of it.

Both lie in a private folder on disk, under numbers and not under their names, which is gone with the session.
"""

from __future__ import annotations

import secrets
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from weakref import WeakValueDictionary, finalize

from effects.video.facts import VideoFacts
from effects.video.limits import PAGE_LIMITS
from pages.components.background_work import WorkOfSessions
from pages.components.photo.open_photo import OpenPhoto
from pages.components.settings import SETTINGS
from pages.components.video.rendition import Order, Rendition
from pages.components.words import Notice, later

PATH = "reel"
"""Where browsers bring a video and fetch what was made of it, below the app's own address."""

MAX_NAME_LETTERS = 200
"""Of a video's name that are kept."""

MEGABYTE = 2**20

MAX_BYTES = PAGE_LIMITS.bytes or SETTINGS.videos_mb * MEGABYTE
"""A video's file may have."""

EMPTY = later("The file is empty.")
TOO_LARGE = later("The video has {size} MB; at most {most} MB are taken.")
NO_ROOM = later("The server holds as many videos as it may. Please try again later.")

_reels: WeakValueDictionary[str, Reel] = WeakValueDictionary()
_works = WorkOfSessions()


@dataclass(eq=False)
class Video:
    """A video that has come, or is on its way; `facts` are there once it was looked into."""

    number: int
    name: str
    source: Path
    size: int
    facts: VideoFacts | None = None
    frame: tuple[float, OpenPhoto] | None = None  # the frame that is looked at, and when it is in sight


@dataclass(eq=False)
class Reel:
    """The video of one session, at an address that nobody can guess; used by the page and by who brings the video."""

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="emulsion-reel-")))
    video: Video | None = None
    coming: Video | None = None
    rendition: Rendition | None = None  # the last that was begun
    trouble: Notice | str = ""  # why the last file that was brought is not here
    _number: int = 0  # of the last file in the folder
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        _reels[self.token] = self
        finalize(self, _works.let_go, self.folder, self.token)

    @property
    def address(self) -> str:
        """Where the browser brings a video, and below it fetches what was made, from any page of the app."""
        return f"{PATH}/{self.token}"

    @property
    def is_busy(self) -> bool:
        """Whether a video is being made that is still wanted."""
        return self.rendition is not None and self.rendition.is_wanted

    @property
    def bytes(self) -> int:
        """On the disk, or on their way there."""
        files = [each.size for each in (self.video, self.coming) if each is not None]
        return sum(files) + (self.rendition.bytes if self.rendition else 0)

    def expect(self, name: str, size: int) -> Video | None:
        """Room for a video of so many bytes; None where there is none: why is kept, unless it is no time for one."""
        with self._lock:
            if self.coming is not None or self.is_busy:
                return None
            self.trouble = refusal(size)
            if self.trouble:
                return None
            number, source = self._next_file("source")
            self.coming = Video(number, name[:MAX_NAME_LETTERS], source, size)
            return self.coming

    def _next_file(self, ending: str) -> tuple[int, Path]:
        self._number += 1
        return self._number, self.folder / f"{self._number}.{ending}"

    def settle(self, *, has_come: bool) -> None:
        """What was on its way has come, and takes the place of the one before; or it has not, and is gone."""
        with self._lock:
            coming, self.coming = self.coming, None
            if coming is None:
                return
            if not has_come:
                coming.source.unlink(missing_ok=True)
                return
            self._clear()
            self.video = coming

    def drop(self, why: str = "") -> None:
        """Let the video go, and what was made of it."""
        with self._lock:
            self._clear()
            self.trouble = why

    def _clear(self) -> None:
        if self.video is not None:
            self.video.source.unlink(missing_ok=True)
        self.video = None
        self._forget_rendition()

    def _forget_rendition(self) -> None:
        if self.rendition is not None:
            self.rendition.end.set()
            self.rendition.order.target.unlink(missing_ok=True)
        self.rendition = None

    def start(self, order: Order) -> None:
        """Make a video, unless one is being made; the one before is gone."""
        with self._lock:
            if self.is_busy or self.video is None:
                return
            self._forget_rendition()
            self.rendition = Rendition(order)
            _works.start(self.token, self.rendition)

    def place(self, ending: str) -> Path:
        """Where the next result goes."""
        with self._lock:
            return self._next_file(ending)[1]

    def cancel(self) -> None:
        """Make no more of it."""
        if self.rendition is not None:
            self.rendition.end.set()


def refusal(size: int) -> Notice | str:
    """Why a video of so many bytes cannot come; nothing where it can."""
    if not size:
        return Notice(EMPTY)
    if size > MAX_BYTES:
        return Notice(TOO_LARGE, {"size": f"{size / MEGABYTE:.1f}", "most": f"{MAX_BYTES // MEGABYTE}"})
    if sum(reel.bytes for reel in [*_reels.values()]) + size > SETTINGS.videos_mb * MEGABYTE:
        return Notice(NO_ROOM)
    return ""


def reel_of(token: str) -> Reel | None:
    """The reel at this address, if a session still has it."""
    return _reels.get(token)


def close_reels() -> None:
    """The server ends: no work on any reel goes on."""
    _works.end_all()
