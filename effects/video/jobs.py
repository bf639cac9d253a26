"""What the server has done on videos: in processes that may die, by path, one video rendered at a time.

A process of its own renders, so that no photo waits for a video; whoever comes next stands in line and knows the place.
A single frame is opened where photos are. Where there is a cluster, one of its machines renders in the same way.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable, Mapping
from dataclasses import astuple, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import uuid4

from effects.batch.whole_file import whole_file
from effects.image import PREVIEW_SIDE, Image
from effects.pipeline import Pipeline
from effects.video.facts import VideoFacts
from effects.video.facts import frame_at as frame_at_here
from effects.video.facts import probe as probe_here
from effects.video.limits import PAGE_LIMITS, VideoLimits
from effects.video.rendering import Rendered
from effects.video.rendering import render_video as render_here
from effects.workers.cluster import AwayError, Cluster
from effects.workers.jobs import WORKERS, chosen_executor
from effects.workers.ledger import Listener
from effects.workers.line import Person, on_behalf_of
from effects.workers.patience import Meanwhile
from effects.workers.pool import Workers
from effects.workers.shared_files import Source, Target

SECONDS = 1800.0
"""How long a video may take: a minute of 1080p60 with slow steps, and a machine that has much else to do."""

UNLIMITED_SECONDS = 7 * 24 * 3600.0
"""How long one may take that may last as long as it likes."""

MEMORY = 2 * 2**30
"""Bytes that a video's process may map; encoder and decoder have threads, whose stacks and heaps count in full."""

LINE_SECONDS = 2 * 3600.0
"""How long one may stand in line."""

RENDERERS = Workers(count=1, seconds=SECONDS, memory=MEMORY, line_seconds=LINE_SECONDS, thing="video")
"""Those that render videos, one at a time: each uses all cores."""

LOOK_SECONDS = 0.1
"""Seconds between two looks at how far a video is."""

MAX_CARRIED = PAGE_LIMITS.bytes or 200 * 2**20
"""Bytes of a video that goes to a machine without a disk in common, or comes back from it."""

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


@dataclass(frozen=True)
class Asked:
    """What is asked of a video: the recipe with its tables, options of `render_telling`; who hears and who waits."""

    recipe: tuple[str, Mapping[str, Any] | None]
    options: Mapping[str, Any]
    tell: Callable[[Standing], None] | None
    meanwhile: Meanwhile | None

    @property
    def seconds(self) -> float:
        """How long it may take."""
        return UNLIMITED_SECONDS if self.options["limits"].seconds is None else SECONDS


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
    executor: Workers | Cluster | None = None,
) -> Rendered:
    """A video after a recipe's steps, as `effects.video.render_video` makes it; the target is whole or as it was.

    `tell` hears a few times a second how far it is. Where `meanwhile` raises, nobody wants the video any more: its
    process ends within a second, and nothing of it is left. The `executor`, that of the settings unless it is given,
    says whether there is a cluster.
    """
    executor = executor or chosen_executor()
    options = {"max_side": max_side, "start": start, "end": end, "limits": limits}
    asked = Asked((recipe_json, tables), options, tell, meanwhile)
    # The place is this process's to clear, whatever becomes of the other.
    with TemporaryDirectory(dir=target.resolve().parent, prefix=".emulsion-", ignore_cleanup_errors=True) as folder:
        made = Path(folder, f"video{target.suffix}")
        try:
            if not isinstance(executor, Cluster):
                raise AwayError
            result = render_elsewhere(executor, source, made, asked)
        except AwayError:
            result = render_in_line(source, made, asked)
        with whole_file(target) as part:
            made.replace(part)
        return result


def render_in_line(source: Path, made: Path, asked: Asked) -> Rendered:
    """The video by the process of this machine that renders, once those are done that came before."""
    told = made.with_name("told")
    told.touch()
    person = Person(uuid4().hex, 1)
    watch = Watch(told, lambda: RENDERERS.line.before(person), asked.tell, asked.meanwhile)
    with on_behalf_of(person):
        return RENDERERS.call(
            render_telling, source, made, *asked.recipe, told, meanwhile=watch.look, seconds=asked.seconds,
            **asked.options,
        )  # fmt: skip


def render_elsewhere(cluster: Cluster, source: Path, made: Path, asked: Asked) -> Rendered:
    """The video by another machine; AwayError where none does it."""

    def hear(words: Any) -> None:
        if asked.tell is not None:
            asked.tell(Standing(*words))

    place = made.with_name(f"elsewhere{made.suffix}")
    result, data = cluster.host(
        render_there, Source.at(source), Target.at(place), *asked.recipe, here=RENDERERS, tell=hear,
        seconds=LINE_SECONDS + asked.seconds, most_bytes=MAX_CARRIED, meanwhile=asked.meanwhile, **asked.options,
    )  # fmt: skip
    if data is not None:
        place.write_bytes(data)
    place.replace(made)
    return result


def render_there(
    source: Source,
    target: Target,
    recipe_json: str,
    tables: Mapping[str, Any] | None,
    *,
    tell: Callable[[Any], None],
    meanwhile: Meanwhile,
    **options: Any,
) -> tuple[Rendered, bytes | None]:
    """On a machine of a cluster: the video by its own process that renders; and its bytes, where they have to go back.

    AwayError where those are too many.
    """
    with TemporaryDirectory(prefix="emulsion-") as folder:
        read, made = source.path, target.path
        if source.data is not None:
            read = Path(folder, "source")
            read.write_bytes(source.data)
        if target.mark is None:
            made = Path(folder, target.path.name)
        result = render_video(
            read, made, recipe_json, tables, tell=lambda standing: tell(astuple(standing)), meanwhile=meanwhile,
            executor=RENDERERS, **options,
        )  # fmt: skip
        if target.mark is not None:
            return result, None
        if made.stat().st_size > MAX_CARRIED:
            raise AwayError
        return result, made.read_bytes()


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


def queue_length() -> int:
    """How many videos wait for the process that renders."""
    return RENDERERS.line.length


def processes() -> list[int]:
    """The system's numbers of the processes that render."""
    return RENDERERS.processes()


def listen(listener: Listener) -> None:
    """Have a listener told of the end of each rendering, and of each process that ended unasked."""
    RENDERERS.ledger.listeners.append(listener)


def warm() -> None:
    """Start the process that renders, without waiting for it."""
    RENDERERS.warm()


def close() -> None:
    """Stop it, whatever it is doing."""
    RENDERERS.close()
