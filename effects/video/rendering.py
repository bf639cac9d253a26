"""The unit of work on video: a file in, a stack over every frame, a file out. It is whole, or it is not there.

Reading, effects and writing overlap: each has a thread, and what is between them is a few frames at any length.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import av

from effects.batch.whole_file import whole_file
from effects.codec.limits import lacks_memory, refuse
from effects.codec.raster import shrink
from effects.errors import EncodeError, LimitError
from effects.image import Photo
from effects.kind import Kind
from effects.pipeline import Pipeline
from effects.render import check_max_side
from effects.stream import Stream
from effects.video.ahead import ahead
from effects.video.animation import Animation, form_of
from effects.video.animation_writer import AnimationWriter
from effects.video.film import Film
from effects.video.film_writer import FilmWriter
from effects.video.limits import VideoLimits
from effects.video.moment import Clip, Item, Moment

FORMS = {".mp4": "mp4", ".m4v": "mp4", ".mov": "mov", ".mkv": "matroska", ".webm": "webm",
         ".gif": "gif", ".webp": "webp", ".png": "apng", ".apng": "apng"}  # fmt: skip
"""The endings of the files that can be written, and FFmpeg's writer for each."""

ANIMATIONS = ("gif", "webp", "apng")

START_BYTES = 16

NO_LIMITS = VideoLimits()

Progress = Callable[[float, float | None], None]
"""Called with the seconds that are written and those there will be, None where that is unknown."""


@dataclass(frozen=True)
class Rendered:
    """What a video became: frames, size, seconds from its first frame to the last; sentences for the person.

    `sound` is "none", "copied" or "converted".
    """

    frames: int
    width: int
    height: int
    seconds: float
    sound: str
    notes: tuple[str, ...] = ()


def open_clip(path: Path, limits: VideoLimits = NO_LIMITS) -> Clip:
    """A video or an animation, open for reading once; PictureError, one sentence."""
    limits.check_bytes(path)
    with path.open("rb") as file:
        form = form_of(file.read(START_BYTES))
    return Animation(path, form, limits) if form else Film(path, limits)


def render_video(
    source: Path,
    target: Path,
    pipeline: Pipeline,
    *,
    max_side: int | None = None,
    start: float = 0.0,
    end: float | None = None,
    limits: VideoLimits = NO_LIMITS,
    progress: Progress | None = None,
    cancel: Callable[[], bool] | None = None,
) -> Rendered:
    """Every frame of `source` after the pipeline's steps, at its own time, with the sound, in the file `target`.

    What it becomes is told by the target's ending (see `FORMS`). From `start` to `end` in seconds, counted from the
    first frame; a part begins at 0. `max_side` shrinks the result's longer side, in pixels. `cancel` is asked between
    frames; where it says so, CancelledError. The target is written whole or stays as it was, whatever happens.
    PictureError for the video, RecipeError for the pipeline, each one sentence.
    """
    form = written_form(target)
    check_max_side(max_side)
    check_part(start, end)
    with closing(open_clip(source, limits)) as clip, whole_file(target) as part:
        total = part_seconds(clip.facts.seconds, start, end)
        limits.check_seconds(total)
        writer = (AnimationWriter if form in ANIMATIONS else FilmWriter)(part, form, clip.facts)
        base = float(clip.facts.time_base)
        count, first, last = 0, None, 0
        try:
            with (
                closing(ahead(clip.items(start, end))) as read,
                closing(ahead(changed(read, pipeline, base, max_side))) as items,
            ):
                for item in items:
                    if cancel is not None and cancel():
                        raise CancelledError
                    writer.add(item)
                    if isinstance(item, Moment):
                        first, last = item.ticks if first is None else first, item.ticks
                        count += 1
                        if progress is not None:
                            progress((last - first) * base, total)
            writer.finish()
        except (av.FFmpegError, MemoryError) as error:
            if isinstance(error, MemoryError) or lacks_memory(error):
                refuse("This video needs more memory than it may take.", LimitError)
            refuse(f"The video could not be written as {target.suffix}: {error.strerror}.", EncodeError)
        finally:
            writer.close()
        return Rendered(count, *writer.size, (last - (first or 0)) * base, writer.sound, (*clip.notes, *writer.notes))


def written_form(target: Path) -> str:
    """FFmpeg's writer for a file of this name; EncodeError for any other."""
    form = FORMS.get(target.suffix.lower())
    if form is None:
        raise EncodeError(f"{target.name} does not end in one of {', '.join(FORMS)}")
    return form


def check_part(start: float, end: float | None) -> None:
    """EncodeError for what is no part of a video."""
    if not start >= 0 or (end is not None and not end > start):
        raise EncodeError(f"From {start:g} to {end if end is None else format(end, 'g')} s is no part of a video.")


def part_seconds(seconds: float | None, start: float, end: float | None) -> float | None:
    """How long a part lasts, as far as it is known."""
    if seconds is None:
        return None if end is None else end - start
    return max((seconds if end is None else min(seconds, end)) - start, 0.0)


def changed(items: Iterator[Item], pipeline: Pipeline, base: float, max_side: int | None) -> Iterator[Item]:
    """The frames after the steps, the sound as it is; time begins with the first frame."""
    stream = Stream(pipeline)
    first: int | None = None
    for item in items:
        if not isinstance(item, Moment):
            yield item
            continue
        first = item.ticks if first is None else first
        photo = changed_photo(stream, item, (item.ticks - first) * base)
        if max_side is not None:
            photo = shrink(photo, max_side)
        yield Moment(photo.image, photo.alpha, item.ticks, item.duration)


def changed_photo(stream: Stream, moment: Moment, t: float) -> Photo:
    """A frame after the steps, its transparency moved along."""
    image, alpha = moment.image, moment.alpha
    if alpha is None:
        return Photo(stream(image, t))
    plan = stream.pipeline.plan.settled(*image.shape[:2]).at(t)
    if not any(step.effect.kind is Kind.TEMPORAL for step in stream.pipeline.all_steps):
        return Photo(*plan.apply(image, alpha))
    return Photo(stream(image, t), plan.alpha(alpha))
