"""Looking into a video before anything is done to it: what it is, and single frames of it, for a page's scrubber."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from effects.codec.raster import shrink
from effects.codec.writing import on_white
from effects.image import PREVIEW_SIDE, Image, Photo
from effects.video.limits import VideoLimits
from effects.video.moment import Moment
from effects.video.rendering import NO_LIMITS, open_clip


@dataclass(frozen=True)
class VideoFacts:
    """What a video is: the size of its frames, upright; seconds and frames a second, None where its file is silent."""

    width: int
    height: int
    seconds: float | None
    rate: float | None
    has_sound: bool
    notes: tuple[str, ...] = ()


def probe(path: Path, limits: VideoLimits = NO_LIMITS) -> VideoFacts:
    """What a video or an animation is; PictureError, one sentence, for what cannot be read or is too large."""
    with closing(open_clip(path, limits)) as clip:
        facts = clip.facts
        rate = None if facts.rate is None else float(facts.rate)
        return VideoFacts(facts.width, facts.height, facts.seconds, rate, facts.sound is not None, clip.notes)


def frame_at(
    path: Path, seconds: float = 0.0, *, max_side: int = PREVIEW_SIDE, limits: VideoLimits = NO_LIMITS
) -> Image:
    """The frame that is in sight then, counted from the first one, its longer side at most `max_side` pixels.

    Behind the end it is the last one. Errors as in `probe`.
    """
    with closing(open_clip(path, limits)) as clip:
        if clip.facts.seconds is not None:
            seconds = min(seconds, max(clip.facts.seconds - 1e-3, 0.0))
        with closing(clip.items(seconds, None)) as items:
            moment = next(item for item in items if isinstance(item, Moment))
        image = moment.image if moment.alpha is None else on_white(moment.image, moment.alpha)
        return shrink(Photo(image), max_side).image
