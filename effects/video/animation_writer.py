"""Writing an animated GIF, WebP or PNG, a frame at a time: however long it is, none is kept."""

from __future__ import annotations

import struct
import zlib
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from PIL import Image as PILImage

from effects.image import Alpha, Image
from effects.video.moment import ClipFacts, Moment, SoundPiece
from effects.video.webp_file import WebpFile

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
        self._file = WebpFile(path, facts.plays) if form == "webp" else CodedFile(path, form, facts)
        self._held: Moment | None = None
        self._skipped = 0
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
            self._file.write(self._held.image, self._held.alpha, at, after - at)
        self._held, self.size = item, (item.image.shape[1], item.image.shape[0])

    def finish(self) -> None:
        """Write the last frame and end the file."""
        held = self._held
        assert held is not None
        at = self._ticks(held.ticks)
        lasts = max(self._ticks(held.ticks + held.duration) - at, SHORTEST[self._form])
        self._file.write(held.image, held.alpha, at, lasts)
        self._file.finish()

    def close(self) -> None:
        """Let go of the file, whatever is in it."""
        self._file.close()

    def _ticks(self, ticks: int) -> int:
        """The clip's ticks in those of the file."""
        return round(ticks * self._facts.time_base / TICKS[self._form])


class CodedFile:
    """A GIF or PNG that FFmpeg writes."""

    def __init__(self, path: Path, form: str, facts: ClipFacts) -> None:
        self._path, self._form, self._facts = path, form, facts
        self._container: Any = av.open(str(path), "w", format=form, options=loop_options(form, facts.plays))
        self._stream: Any = None
        self._last = 0

    def write(self, image: Image, alpha: Alpha | None, at: int, duration: int) -> None:
        """The next frame, when it is shown and for how long, in the file's ticks."""
        if self._stream is None:
            self._begin(image)
        frame = palette_frame(image, alpha) if self._form == "gif" else colour_frame(image, alpha)
        frame.pts, frame.time_base, frame.duration = at, TICKS[self._form], duration
        self._last = duration
        self._mux(self._stream.encode(frame))

    def finish(self) -> None:
        """Write what the encoder still holds, and end the file."""
        self._mux(self._stream.encode(None))
        self._container.close()
        if self._form == "apng":
            set_last_duration(self._path, self._last)

    def close(self) -> None:
        """Let go of the file, whatever is in it."""
        self._container.close()

    def _begin(self, image: Image) -> None:
        stream: Any = self._container.add_stream(self._form, rate=self._facts.rate or 25)
        stream.height, stream.width = image.shape[:2]
        stream.pix_fmt = "pal8" if self._form == "gif" else "rgba"
        stream.time_base = stream.codec_context.time_base = TICKS[self._form]
        self._stream = stream

    def _mux(self, packets: list[Any]) -> None:
        for packet in packets:
            packet.duration = packet.duration or self._last
            self._container.mux(packet)


def loop_options(form: str, plays: int) -> dict[str, str]:
    """How often it runs, as FFmpeg's writers take it; 0 is for ever. GIF counts how often once more."""
    if form == "gif":
        return {"loop": str(0 if plays == 0 else -1 if plays == 1 else plays - 1)}
    return {"plays": str(plays)}


def colour_frame(image: Image, alpha: Alpha | None) -> av.VideoFrame:
    """A frame of four channels."""
    opacity = np.full(image.shape[:2], 255, np.uint8) if alpha is None else alpha
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


def set_last_duration(path: Path, duration: int) -> None:
    """Give a PNG's last frame its milliseconds, where FFmpeg takes those of the one before. PNG, 11.3.6.2."""
    with path.open("r+b") as file:
        size, at, last = path.stat().st_size, 8, 0
        while at + 12 <= size:
            file.seek(at)
            length, kind = struct.unpack(">I4s", file.read(8))
            last = at if kind == b"fcTL" else last
            at += 12 + length
        if last:
            file.seek(last + 4)
            control = bytearray(file.read(4 + 26))
            control[4 + 20 : 4 + 24] = struct.pack(">HH", min(duration, 65_535), 1000)
            file.seek(last + 4)
            file.write(control + struct.pack(">I", zlib.crc32(control)))
