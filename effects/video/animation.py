"""Reading an animated GIF, WebP or PNG by Pillow: every frame as browsers show it, with its duration."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from fractions import Fraction
from itertools import count as count_from
from pathlib import Path

import numpy as np
from PIL import Image as PILImage

from effects.codec.limits import lacks_memory, refuse
from effects.errors import LimitError
from effects.video.film_colour import SCREEN
from effects.video.limits import VideoLimits
from effects.video.moment import ClipFacts, Item, Moment

STARTS = {b"GIF8": "gif", b"RIFF": "webp", b"\x89PNG": "png"}
"""How such files begin, and Pillow's plugin for each."""

MILLISECOND = Fraction(1, 1000)

SHORTEST = 11
"""Milliseconds; browsers show what is to be shown for less as if nothing were said."""

UNSAID = 100
"""Milliseconds that browsers take then."""

DAMAGED = "This animation is damaged or incomplete and cannot be shown."
NO_MEMORY = "This animation needs more memory than it may take."
CUT_SHORT = "The animation is damaged behind its first {count} frames; the rest was left out."


def form_of(start: bytes) -> str | None:
    """Pillow's plugin for a file that begins so; None for what is no such animation."""
    form = STARTS.get(start[:4])
    return None if form == "webp" and start[8:12] != b"WEBP" else form


class Animation:
    """An animation's file, open for reading once; PictureError, one sentence, for what cannot be read or may not."""

    def __init__(self, path: Path, form: str, limits: VideoLimits) -> None:
        self._path, self._form, self._limits = path, form, limits
        self._notes: list[str] = []
        with self._open() as picture:
            limits.check_size(*picture.size)
            plays, size = plays_of(picture, form), picture.size
            # How long it lasts is known once each frame was looked at.
            durations = [duration for _, duration in self._frames(picture)]
        if not durations:
            refuse(DAMAGED)
        seconds = sum(durations) / 1000
        rate = len(durations) / Fraction(sum(durations), 1000)
        limits.check_rate(float(rate) if len(durations) > 1 else None)
        self.facts = ClipFacts(*size, MILLISECOND, seconds, rate, tags=SCREEN, plays=plays)
        self._notes.clear()

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person, all of them once it was read."""
        return tuple(self._notes)

    def close(self) -> None:
        """Let go of the file, which is open only while it is read."""

    def items(self, start: float, end: float | None) -> Generator[Item, None, None]:
        """Frames from `start` to `end` seconds on; a part begins at tick 0, with the frame in sight then."""
        beginning, ending = round(start * 1000), None if end is None else round(end * 1000)
        at = count = 0
        with self._open() as picture:
            for shown, duration in self._frames(picture):
                until = at + duration if ending is None else min(at + duration, ending)
                if until > max(at, beginning):
                    count += 1
                    self._limits.check_seconds((at - beginning) / 1000)
                    since = max(at, beginning)
                    yield moment_of(shown, since - beginning, until - since)
                at += duration
        if not count:
            refuse(f"The animation has no frame after {start:g} s.")

    def _open(self) -> PILImage.Image:
        try:
            return PILImage.open(self._path, formats=[self._form.upper()])
        except Exception as error:  # whatever a decoder raises on a damaged file: Pillow's raise nearly anything
            if lacks_memory(error):
                refuse(NO_MEMORY, LimitError)
            refuse(DAMAGED)

    def _frames(self, picture: PILImage.Image) -> Iterator[tuple[PILImage.Image, int]]:
        """Each frame and its duration in milliseconds, up to where the file is damaged."""
        # A PNG may have a picture for those who show no animations.
        first = 1 if picture.info.get("default_image") else 0
        for number in count_from(first):
            try:
                picture.seek(number)
                picture.load()
            except EOFError:
                return
            except Exception as error:
                if lacks_memory(error):
                    refuse(NO_MEMORY, LimitError)
                if number > first:
                    self._notes.append(CUT_SHORT.format(count=number - first))
                return
            self._limits.check_count(number)
            said = round(picture.info.get("duration") or 0)
            yield picture, said if said >= SHORTEST else UNSAID


def plays_of(picture: PILImage.Image, form: str) -> int:
    """How often it runs, 0 for ever: GIF says how often once more, and where it says nothing it runs once."""
    said = picture.info.get("loop")
    if form == "gif":
        return 1 if said is None else int(said) + 1 if said else 0
    return int(said or 0)


def moment_of(picture: PILImage.Image, ticks: int, duration: int) -> Moment:
    """A frame with its transparency, if it has any."""
    pixels = np.asarray(picture.convert("RGBA"))
    alpha = np.ascontiguousarray(pixels[..., 3])
    opaque = bool((alpha == 255).all())
    return Moment(np.ascontiguousarray(pixels[..., :3]), None if opaque else alpha, ticks, duration)
