"""What the server has done on videos: in processes that may die, by path, one video rendered at a time.

A process of its own renders, so that no photo waits for a video; whoever comes next stands in line and knows the place.
A single frame is opened where photos are.
"""

from __future__ import annotations

import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from effects.batch.whole_file import whole_file
from effects.image import PREVIEW_SIDE, Image
from effects.pipeline import Pipeline
from effects.video.facts import VideoFacts
from effects.video.facts import frame_at as frame_at_here
from effects.video.facts import probe as probe_here
from effects.video.limits import PAGE_LIMITS, VideoLimits
from effects.video.rendering import Rendered
from effects.video.rendering import render_video as render_here
from effects.workers.jobs import WORKERS
from effects.workers.patience import Meanwhile
from effects.workers.pool import Workers

SECONDS = 1800.0
"""How long a video may take: a minute of 1080p60 with slow steps, and a machine that has much else to do."""

MEMORY = 2 * 2**30
"""Bytes that a video's process may map; encoder and decoder have threads, whose stacks and heaps count in full."""

LINE_SECONDS = 2 * 3600.0
"""How long one may stand in line."""

RENDERERS = Workers(count=1, seconds=SECONDS, memory=MEMORY, line_seconds=LINE_SECONDS, thing="video")
"""Those that render videos, one at a time: each uses all cores."""

LOOK_SECONDS = 0.1
"""Seconds between two looks at how far a video is."""

TOLD = struct.Struct("=dd")
"""Seconds that are written, and those there will be: as they stand in a file, where only the latest counts."""


@dataclass(frozen=True)
class Standing:
    """How far a video is: how many are before it; seconds written, of so many, and how long it will still take.

    None where that is not known.
    """

    place: int
    seconds: float = 0.0
    total: float | None = None
    left: float | None = None


class Line:
    """Who waits for a renderer, in order; any thread may ask."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._tickets: list[object] = []

    @contextmanager
    def stand(self) -> Iterator[Callable[[], int]]:
        """Stand in line: how many are before one, to be asked again and again."""
        ticket = object()
        with self._lock:
            self._tickets.append(ticket)
        try:
            yield lambda: self._place(ticket)
        finally:
            with self._lock:
                self._tickets.remove(ticket)

    def _place(self, ticket: object) -> int:
        with self._lock:
            return self._tickets.index(ticket)


LINE = Line()


def probe(path: Path, limits: VideoLimits = PAGE_LIMITS) -> VideoFacts:
    """What an uploaded video is; PictureError, one sentence, for what cannot be read or is too large."""
    return WORKERS.call(probe_here, path, limits)


def frame_at(path: Path, seconds: float, max_side: int = PREVIEW_SIDE, limits: VideoLimits = PAGE_LIMITS) -> Image:
    """The frame in sight then, without any steps; PictureError, one sentence."""
    return WORKERS.call(frame_at_here, path, seconds, max_side=max_side, limits=limits)


def render_video(
    source: Path,
    target: Path,
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    *,
    max_side: int | None = None,
    start: float = 0.0,
    end: float | None = None,
    limits: VideoLimits = PAGE_LIMITS,
    tell: Callable[[Standing], None] | None = None,
    meanwhile: Meanwhile | None = None,
) -> Rendered:
    """A video after a recipe's steps, as `effects.video.render_video` makes it; the target is whole or as it was.

    `tell` hears a few times a second how far it is. Where `meanwhile` raises, nobody wants the video any more: its
    process ends within a second, and nothing of it is left.
    """
    # The place is this process's to clear, whatever becomes of the other.
    with (
        TemporaryDirectory(dir=target.resolve().parent, prefix=".emulsion-", ignore_cleanup_errors=True) as folder,
        LINE.stand() as place,
    ):
        told, made = Path(folder, "told"), Path(folder, f"video{target.suffix}")
        told.touch()
        watch = Watch(told, place, tell, meanwhile)
        result = RENDERERS.call(
            render_telling, source, made, recipe_json, tables, told, meanwhile=watch.look,
            max_side=max_side, start=start, end=end, limits=limits,
        )  # fmt: skip
        with whole_file(target) as part:
            made.replace(part)
        return result


def render_telling(
    source: Path, target: Path, recipe_json: str, tables: Mapping[str, Any] | None, told: Path, **options: Any
) -> Rendered:
    """In a worker: the video, with a file that tells how far it is; it ends where that file is gone."""
    with told.open("r+b", buffering=0) as file:

        def tell(seconds: float, total: float | None) -> None:
            file.seek(0)
            file.write(TOLD.pack(seconds, -1.0 if total is None else total))

        pipeline = Pipeline.from_json(recipe_json, tables)
        return render_here(source, target, pipeline, progress=tell, cancel=lambda: not told.exists(), **options)


class Watch:
    """What is done while one waits for a video: looked whether anybody still does, and told how far it is."""

    def __init__(
        self, told: Path, place: Callable[[], int], tell: Callable[[Standing], None] | None, meanwhile: Meanwhile | None
    ) -> None:
        self._told, self._place, self._tell, self._meanwhile = told, place, tell, meanwhile
        self._next = 0.0
        self._first: tuple[float, float] | None = None

    def look(self) -> None:
        """Called every few milliseconds; what `meanwhile` raises goes on."""
        if self._meanwhile is not None:
            self._meanwhile()
        now = time.monotonic()
        if self._tell is None or now < self._next:
            return
        self._next = now + LOOK_SECONDS
        self._tell(self._standing(now))

    def _standing(self, now: float) -> Standing:
        said = self._told.read_bytes()
        if len(said) < TOLD.size:
            return Standing(self._place())
        seconds, total = TOLD.unpack(said)
        began, already = self._first = self._first or (now, seconds)
        if total < 0:
            return Standing(0, seconds)
        # As fast as it went since the first look.
        left = (now - began) * max(total - seconds, 0.0) / (seconds - already) if seconds > already else None
        return Standing(0, min(seconds, total), total, left)


def warm() -> None:
    """Start the process that renders, without waiting for it."""
    RENDERERS.warm()


def close() -> None:
    """Stop it, whatever it is doing."""
    RENDERERS.close()
