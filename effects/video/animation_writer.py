"""Writing an animated GIF, WebP or PNG by PyAV, a frame at a time: however long it is, none is kept."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from PIL import Image as PILImage

from effects.codec.formats import DEFAULT_QUALITY
from effects.image import Alpha, Image
from effects.video.moment import ClipFacts, Moment, SoundPiece

TICKS = {"gif": Fraction(1, 100), "webp": Fraction(1, 1000), "apng": Fraction(1, 1000)}
"""The time base of each kind."""

SHORTEST = {"gif": 2, "webp": 11, "apng": 11}
"""Ticks of the shortest frame; browsers show what is shorter for a tenth of a second."""

SILENT_NOTE = "An animation has no sound; that of the video was left out."
SKIPPED_NOTE = "Frames that came faster than such a file can show them were left out: {count}."


class AnimationWriter:
    """An animation's file, being written; frames in order, all of the first one's size. It has a frame at least."""

    sound = "none"

    def __init__(self, path: Path, form: str, facts: ClipFacts) -> None:
        self._facts, self._form = facts, form
        self._container: Any = av.open(str(path), "w", format=form, options=loop_options(form, facts.plays))
        self._stream: Any = None
        self._held: Moment | None = None
        self._last = self._skipped = 0
        self.size = (0, 0)

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person."""
        silent = (SILENT_NOTE,) if self._facts.sound is not None else ()
        return (*silent, SKIPPED_NOTE.format(count=self._skipped)) if self._skipped else silent

    def add(self, item: Moment | SoundPiece) -> None:
        """Write the next frame; sound is left out."""
        if isinstance(item, SoundPiece):
            return
        if self._held is not None:
            at, after = self._ticks(self._held.ticks), self._ticks(item.ticks)
            if after - at < SHORTEST[self._form]:
                self._skipped += 1
                return
            self._write(self._held, at, after - at)
        self._held = item

    def finish(self) -> None:
        """Write the last frame and end the file."""
        held = self._held
        assert held is not None
        usual = round(1 / (self._facts.rate * self._facts.time_base)) if self._facts.rate else 0
        at = self._ticks(held.ticks)
        lasts = self._ticks(held.ticks + (held.duration or usual)) - at
        self._write(held, at, max(lasts, SHORTEST[self._form]))
        self._mux(self._stream.encode(None))
        self._container.close()

    def close(self) -> None:
        """Let go of the file, whatever is in it."""
        self._container.close()

    def _ticks(self, ticks: int) -> int:
        """The clip's ticks in those of the file."""
        return round(ticks * self._facts.time_base / TICKS[self._form])

    def _write(self, moment: Moment, at: int, duration: int) -> None:
        image, alpha = moment.image, moment.alpha
        if self._stream is None:
            self._begin(image)
        frame = palette_frame(image, alpha) if self._form == "gif" else colour_frame(image, alpha, self._form)
        frame.pts, frame.time_base, frame.duration = at, TICKS[self._form], duration
        self._last = duration
        self._mux(self._stream.encode(frame))

    def _begin(self, image: Image) -> None:
        name, form = ENCODERS[self._form]
        options = {"quality": str(DEFAULT_QUALITY)} if self._form == "webp" else {}
        stream: Any = self._container.add_stream(name, rate=self._facts.rate or 25, options=options)
        stream.height, stream.width, stream.pix_fmt = *image.shape[:2], form
        self.size = image.shape[1], image.shape[0]
        stream.time_base = stream.codec_context.time_base = TICKS[self._form]
        self._stream = stream

    def _mux(self, packets: list[Any]) -> None:
        for packet in packets:
            packet.duration = packet.duration or self._last
            self._container.mux(packet)


ENCODERS = {"gif": ("gif", "pal8"), "webp": ("libwebp_anim", "bgra"), "apng": ("apng", "rgba")}


def loop_options(form: str, plays: int) -> dict[str, str]:
    """How often it runs, as FFmpeg's writers take it; 0 is for ever. GIF counts how often once more."""
    if form == "gif":
        return {"loop": str(0 if plays == 0 else -1 if plays == 1 else plays - 1)}
    return {"plays" if form == "apng" else "loop": str(plays)}


def colour_frame(image: Image, alpha: Alpha | None, form: str) -> av.VideoFrame:
    """A frame of four channels."""
    opacity = np.full(image.shape[:2], 255, np.uint8) if alpha is None else alpha
    if form == "webp":
        return av.VideoFrame.from_ndarray(cv2.merge([*cv2.split(image)[::-1], opacity]), format="bgra")
    return av.VideoFrame.from_ndarray(cv2.merge([*cv2.split(image), opacity]), format="rgba")


def palette_frame(image: Image, alpha: Alpha | None) -> av.VideoFrame:
    """A frame with a palette of its own, whose last colour is no colour where something is transparent."""
    colours = 256 if alpha is None else 255
    small = PILImage.fromarray(image).quantize(colours, method=PILImage.Quantize.FASTOCTREE)
    found = np.array(small.getpalette("RGB") or [], np.uint8).reshape(-1, 3)
    palette = np.zeros((256, 4), np.uint8)
    palette[:, 0] = 255
    palette[: len(found), 1:] = found
    places = np.array(small)
    if alpha is not None:
        palette[255] = 0
        places[alpha < 128] = 255
    return av.VideoFrame.from_ndarray((places, palette), format="pal8")  # type: ignore[arg-type]
