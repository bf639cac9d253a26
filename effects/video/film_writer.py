"""Writing a video by PyAV: H.264 or VP9 with the sound, each frame at its own time, its colours said."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
from av.video.reformatter import ColorRange

from effects.codec.writing import on_white
from effects.image import Image
from effects.memory.bands import cores
from effects.video.film_colour import UNSAID, even_sides, frame_of, guessed_matrix, written_tags
from effects.video.moment import ClipFacts, Moment, SoundPiece
from effects.video.sound import Sound

USUAL_RATE = 30

H264 = ("libx264", {"preset": "veryfast", "crf": "18"})
VP9 = ("libvpx-vp9", {"deadline": "realtime", "cpu-used": "6", "row-mt": "1", "crf": "20"})
ENCODERS = {"mp4": H264, "mov": H264, "matroska": H264, "webm": VP9}
FAST_START = {"movflags": "+faststart"}
"""What a player needs first stands first, so that it can begin before all is there."""

EVEN_NOTE = "The sides of such a video are even: {width} x {height} became {even_width} x {even_height}."


class FilmWriter:
    """A video's file, being written; frames in order, all of the first one's size. It has a frame at least."""

    def __init__(self, path: Path, form: str, facts: ClipFacts) -> None:
        self._facts, self._form = facts, form
        self._container: Any = av.open(
            str(path), "w", format=form, options=FAST_START if form in ("mp4", "mov") else {}
        )
        self._video: Any = None
        self._durations: dict[int, int] = {}
        self._held: Any = None
        self._delay = self._end = 0
        self._notes: list[str] = []
        self._waiting: list[SoundPiece] = []
        self._sound: Sound | None = None
        self.size = (0, 0)

    @property
    def sound(self) -> str:
        """What became of the sound: "none", "copied" or "converted"."""
        return "none" if self._sound is None else "copied" if self._sound.is_copied else "converted"

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person."""
        about_sound = self._sound.note if self._sound else None
        return (*self._notes, about_sound) if about_sound else tuple(self._notes)

    def add(self, item: Moment | SoundPiece) -> None:
        """Write the next frame or piece of sound."""
        if isinstance(item, SoundPiece):
            # A file begins with what is in it, which the first frame tells.
            if self._video is None:
                self._waiting.append(item)
            elif self._sound is not None:
                self._sound.add(item)
            return
        image = even_sides(item.image if item.alpha is None else on_white(item.image, item.alpha))
        if self._video is None:
            self._begin(image, item.image)
        frame = frame_of(image, self._matrix)
        frame.pts, frame.time_base, frame.duration = item.ticks, self._facts.time_base, item.duration
        self._durations[item.ticks] = item.duration
        self._end = item.ticks + item.duration
        self._mux(self._video.encode(frame))
        for piece in self._waiting:
            self.add(piece)
        self._waiting.clear()

    def finish(self) -> None:
        """Write what the encoders still hold, and end the file."""
        self._mux(self._video.encode(None))
        # The last piece that is stored need not be the last to be shown: so long does it last that the video ends with
        # its last frame.
        self._held.duration = max(self._end - self._delay - self._held.dts, 0)
        self._container.mux(self._held)
        if self._sound is not None:
            self._sound.finish()
        self._container.close()

    def close(self) -> None:
        """Let go of the file, whatever is in it."""
        self._container.close()

    def _begin(self, image: Image, given: Image) -> None:
        facts = self._facts
        height, width = image.shape[:2]
        self.size = width, height
        if image.shape != given.shape:
            self._notes.append(
                EVEN_NOTE.format(width=given.shape[1], height=given.shape[0], even_width=width, even_height=height)
            )
        name, options = ENCODERS[self._form]
        rate = facts.rate or Fraction(USUAL_RATE)
        video: Any = self._container.add_stream(name, rate=rate, options=options)
        video.width, video.height, video.pix_fmt, video.bit_rate = width, height, "yuv420p", 0
        video.time_base = facts.time_base
        codec = video.codec_context
        codec.time_base = facts.time_base
        # Slices, PyAV's own choice, take more bytes.
        codec.thread_count, codec.thread_type = cores(), "FRAME"
        if facts.pixel_shape != 1:
            codec.sample_aspect_ratio = facts.pixel_shape
        tags = written_tags(facts.tags, facts.height, height)
        self._matrix = guessed_matrix(height) if tags.matrix == UNSAID else tags.matrix
        codec.colorspace, codec.color_range = tags.matrix, ColorRange.MPEG
        codec.color_primaries, codec.color_trc = tags.primaries, tags.transfer
        self._video = video
        if facts.sound is not None:
            self._sound = Sound(self._container, self._form, facts.sound)

    def _mux(self, packets: list[Any]) -> None:
        for packet in packets:
            packet.duration = self._durations.pop(packet.pts, 0)
            if self._held is None:
                self._delay = packet.pts - packet.dts
            else:
                self._container.mux(self._held)
            self._held = packet
