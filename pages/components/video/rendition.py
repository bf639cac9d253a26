"""A video made off the page's thread: begun once, followed by the page, ended at any time."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from effects.video import jobs
from effects.video.jobs import Standing
from effects.video.limits import PAGE_LIMITS
from effects.video.rendering import Rendered
from pages.components.background_work import BackgroundWork
from pages.components.words import Notice, later

MOST_BYTES = 3 * (PAGE_LIMITS.bytes or 200 * 2**20)
"""Of a result: animations may have many times what their video has."""

LOOK_SECONDS = 0.5
"""Between two looks at how large the result is."""

UNFORESEEN = later("This video met something that nobody foresaw. Press Start to try it again.")
TOO_LARGE = later("The file would have more than {most} MB. Choose fewer pixels, or a shorter part.")


@dataclass(frozen=True)
class Order:
    """What is made of which video, and what it is called; `mime` is the kind of file."""

    source: Path
    target: Path
    name: str
    mime: str
    recipe_json: str
    tables: Mapping[str, Any] = field(default_factory=dict)
    start: float = 0.0
    end: float | None = None
    max_side: int | None = None


class Rendition(BackgroundWork):
    """One run over a video. It knows the files, and not the reel: that may go meanwhile."""

    def __init__(self, order: Order, render: Callable[..., Rendered] = jobs.render_video) -> None:
        super().__init__("video")
        self.order = order
        self.standing: Standing | None = None
        self.made: Rendered | None = None
        self.trouble: Notice | str = ""
        self.bytes = 0  # of the result, as far as it is written
        self._render = render
        self._next_look = 0.0

    @property
    def is_wanted(self) -> bool:
        """Whether it is being made, and nobody has ended it."""
        return not self.has_ended and not self.end.is_set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was ended before it was there."""
        return self.end.is_set() and self.made is None

    def work(self) -> None:
        """Make the video."""
        order = self.order
        try:
            self.made = self._render(
                order.source, order.target, order.recipe_json, order.tables, max_side=order.max_side,
                start=order.start, end=order.end, tell=self._tell, meanwhile=self._look,
            )  # fmt: skip
        except ValueError as error:
            self.trouble = str(error)

    def settle(self) -> None:
        """Nothing half made is left, and its size is known."""
        if self.has_failed:
            self.trouble = Notice(UNFORESEEN)
        if self.made is None:
            self.order.target.unlink(missing_ok=True)
        self.bytes = written(self.order.target)

    def _tell(self, standing: Standing) -> None:
        self.standing = standing

    def _look(self) -> None:
        if self.end.is_set():
            raise CancelledError
        if time.monotonic() >= self._next_look:
            self._next_look = time.monotonic() + LOOK_SECONDS
            self.bytes = written(self.order.target)
            if self.bytes > MOST_BYTES:
                self.trouble = Notice(TOO_LARGE, {"most": f"{MOST_BYTES // 2**20}"})
                raise CancelledError


def written(target: Path) -> int:
    """Bytes of a result that are on the disk, in its own place and where it is before it is whole."""
    count = 0
    with suppress(OSError):  # another thread may be removing the folder
        for path in (target, *target.parent.glob(".emulsion-*/**/*")):
            with suppress(OSError):  # it is just moving to its place
                count += path.stat().st_size if path.is_file() else 0
    return count
