"""Reading a video by PyAV: frames upright and in sRGB, the sound as it is stored, both at their own times."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator
from contextlib import suppress
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from effects.codec.limits import lacks_memory, refuse
from effects.errors import LimitError
from effects.image import Alpha, Image
from effects.video.film_colour import UNSAID, note_of, pixels_of
from effects.video.limits import VideoLimits
from effects.video.moment import VIDEO_TICKS, ClipFacts, Item, Moment, SoundPiece, Tags

CONTAINERS = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts"
"""FFmpeg's readers that may be tried: none that follows what a file names to other files or addresses."""

OPENED = {"format_whitelist": CONTAINERS, "protocol_whitelist": "file"}

UNREAD = "This file holds no video that can be read; MP4, MOV, WebM and MKV can, as can GIF, WebP and APNG."
DOLBY = "This is a Dolby Vision video without an ordinary picture in it, which is not read here."
CUT_SHORT = "The file ends early or is damaged: {seen:.1f} of {stated:.1f} s could be read."
DAMAGED = "Parts of the file are damaged and were left out: {count}."

LONG_GAP = 0.5
"""Seconds by which a video may end before its file says; sound often lasts that much longer."""

MAX_UNSAID = 32
"""Frames at a file's beginning that may say no time before it counts from 0."""

TURNS = {90: cv2.ROTATE_90_COUNTERCLOCKWISE, 180: cv2.ROTATE_180, -180: cv2.ROTATE_180, -90: cv2.ROTATE_90_CLOCKWISE}


class Film:
    """A video's file, open for reading once; PictureError, one sentence, for what cannot be read or may not."""

    def __init__(self, path: Path, limits: VideoLimits) -> None:
        self._limits = limits
        self._notes: list[str] = []
        self._damaged = self._count = 0
        self._path = path
        self._open()
        try:
            # What a file says of itself may be wrong: the first frame shows what it is.
            self._first = self._first_frame()
            self._container.close()
            self._open()
            self.facts = self._described()
        except BaseException:
            self.close()
            raise

    def _open(self) -> None:
        try:
            self._container = av.open(str(self._path.resolve()), "r", options=OPENED)
        except (av.FFmpegError, ValueError) as error:
            if lacks_memory(error):
                refuse("This video needs more memory than it may take.", LimitError)
            refuse(UNREAD)
        try:
            self._choose_streams()
        except BaseException:
            self.close()
            raise

    def _choose_streams(self) -> None:
        video: Any = self._container.streams.best("video")
        if video is None or video.disposition & av.stream.Disposition.attached_pic or not video.codec_context:
            refuse("There is no video in this file, or it is damaged." if self._container.streams else UNREAD)
        self._video: Any = video
        self._limits.check_size(max(video.width, 1), max(video.height, 1))
        video.thread_type = "AUTO"
        self._sound: Any = self._container.streams.best("audio", related=video)
        self._time_base = video.time_base or VIDEO_TICKS

    def _described(self) -> ClipFacts:
        video, first = self._video, self._first
        self._size = first.width, first.height
        self._limits.check_size(*self._size)
        self._turn = round(first.rotation / 90) * 90
        self._tags = Tags(first.colorspace, first.color_primaries, first.color_trc)
        if video.codec_context.codec_tag in ("dvh1", "dvhe") and first.color_trc == UNSAID:
            refuse(DOLBY)
        rate = video.average_rate or video.guessed_rate
        self._limits.check_rate(None if rate is None else float(rate))
        width, height = self._size if self._turn % 180 == 0 else self._size[::-1]
        shape = Fraction(video.sample_aspect_ratio or 1)
        if note := note_of(self._tags):
            self._notes.append(note)
        return ClipFacts(
            width, height, self._time_base, self._stated_seconds(), rate,
            shape if self._turn % 180 == 0 else 1 / shape, self._tags, sound=self._sound,
        )  # fmt: skip

    def _first_frame(self) -> av.VideoFrame:
        self._begin = 0
        first: av.VideoFrame | None = None
        # Of frames before 0 Matroska's reader says no time: it follows from the first that has one.
        for unsaid, frame in enumerate(islice(self._frames(), MAX_UNSAID)):
            first = first or frame
            if frame.pts is not None:
                self._begin = frame.pts - unsaid * self._usual_ticks()
                break
        return first or refuse("This file is damaged or incomplete: no frame of its video can be read.")

    def _frames(self) -> Iterator[av.VideoFrame]:
        for packet in self._packets(self._video):
            yield from self._decoded(packet)

    def _usual_ticks(self) -> int:
        """How long a frame is shown where that is unsaid."""
        return max(1, round(1 / ((self._video.guessed_rate or 25) * self._time_base)))

    def _stated_seconds(self) -> float | None:
        """How long the video lasts, as far as the file says."""
        if self._video.duration:
            return float(self._video.duration * self._time_base)
        if self._container.duration:
            begin = self._container.start_time or 0
            return (begin + self._container.duration) / av.time_base - float(self._begin * self._time_base)
        return None

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person, all of them once it was read."""
        damaged = [DAMAGED.format(count=self._damaged)] if self._damaged else []
        return (*self._notes, *damaged)

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()

    def items(self, start: float, end: float | None) -> Generator[Item, None, None]:
        """Frames and sound from `start` to `end` seconds after the first frame; a part begins at tick 0."""
        is_part = start > 0
        beginning = self._begin + round(Fraction(start) / self._time_base)
        ending = None if end is None else self._begin + round(Fraction(end) / self._time_base)
        shift = beginning if is_part else 0
        if is_part:
            # Back to a whole picture at or before the part's first frame; where that fails, from the start.
            with suppress(av.FFmpegError):
                self._container.seek(beginning, stream=self._video, backward=True)
        count = 0
        held: tuple[av.VideoFrame, int] | None = None
        for item in self._read(ending):
            if isinstance(item, SoundPiece):
                if self._place_sound(item.packet, beginning if is_part else None, ending, shift):
                    yield item
                continue
            if ending is not None and item[1] >= ending:
                continue
            # A frame is shown until the next one, also where that is the first of the part.
            if held is not None and item[1] > beginning:
                if is_part and not count:
                    self._damaged = 0  # what leads up to the part does not count
                count += 1
                self._limits.check_count(count)
                self._limits.check_seconds(float((item[1] - beginning) * self._time_base))
                yield self._moment(held[0], max(held[1], beginning), item[1], shift)
            held = item
        until = beginning if held is None else self._last_until(*held)
        if held is None or until <= beginning:
            refuse(f"The video has no frame after {start:g} s.")
        self._note_end(float((until - self._begin) * self._time_base), end)
        yield self._moment(held[0], max(held[1], beginning), until if ending is None else min(until, ending), shift)

    def _last_until(self, frame: av.VideoFrame, ticks: int) -> int:
        """Until when the last frame is shown: as its file says, which gives no later one a chance to."""
        usual = frame.duration or self._usual_ticks()
        stated = self._begin + (self._video.duration or 0)
        # Where much is missing behind it, the last frame is no longer than others.
        is_long = stated - ticks > max(LONG_GAP / self._time_base, 2 * usual)
        is_cut = is_long and (self._damaged or self._count < (self._video.frames or math.inf))
        return ticks + usual if stated <= ticks or is_cut else stated

    def _note_end(self, seen: float, end: float | None) -> None:
        stated = self.facts.seconds
        if stated is not None and (stated if end is None else min(stated, end)) - seen > LONG_GAP:
            self._notes.append(CUT_SHORT.format(seen=seen, stated=stated))

    def _read(self, ending: int | None) -> Iterator[SoundPiece | tuple[av.VideoFrame, int]]:
        """All that is stored up to a tick, frames with their times, which rise."""
        last: int | None = None
        streams = [self._video] if self._sound is None else [self._video, self._sound]
        for packet in self._packets(*streams):
            if packet.stream_index != self._video.index:
                if packet.dts is not None:
                    yield SoundPiece(packet)
                continue
            self._count += packet.size > 0
            for frame in self._decoded(packet):
                last = self._ticks_of(frame, last)
                yield frame, last
            if ending is not None and packet.dts is not None and packet.dts >= ending + self._lateness():
                return

    def _lateness(self) -> int:
        """Ticks by which sound may stand behind its picture in the file."""
        return round(Fraction(1) / self._time_base)

    def _packets(self, *streams: Any) -> Iterator[Any]:
        """The stored pieces, up to where the file ends or cannot be read any more."""
        packets = self._container.demux(*streams)
        while True:
            try:
                packet = next(packets)
            except StopIteration:
                return
            except av.FFmpegError as error:
                if lacks_memory(error):
                    refuse("This video needs more memory than it may take.", LimitError)
                self._damaged += 1
                # What comes behind cannot be found, but the decoder still holds frames.
                yield from self._ends(streams)
                return
            yield packet

    def _ends(self, streams: tuple[Any, ...]) -> Iterator[Any]:
        for stream in streams:
            packet: Any = av.Packet()
            packet.stream = stream
            yield packet

    def _decoded(self, packet: Any) -> list[av.VideoFrame]:
        """The whole frames that a piece completes."""
        try:
            frames: list[av.VideoFrame] = packet.decode()
        except av.FFmpegError as error:
            if lacks_memory(error):
                refuse("This video needs more memory than it may take.", LimitError)
            self._damaged += 1
            return []
        whole = [frame for frame in frames if not frame.is_corrupt]
        self._damaged += len(frames) - len(whole)
        return whole

    def _ticks_of(self, frame: av.VideoFrame, last: int | None) -> int:
        """When a frame is shown; where that is unsaid or does not rise, behind the one before."""
        if frame.pts is not None and (last is None or frame.pts > last):
            return frame.pts
        if last is None:
            return self._begin
        return last + (self._usual_ticks() if frame.pts is None else 1)

    def _place_sound(self, packet: Any, beginning: int | None, ending: int | None, shift: int) -> bool:
        """Whether a piece of sound is in the part; its times become those of the result."""
        base = packet.time_base
        at = packet.pts if packet.pts is not None else packet.dts
        if beginning is not None and (at + (packet.duration or 0)) * base <= beginning * self._time_base:
            return False
        if ending is not None and at * base >= ending * self._time_base:
            return False
        if shift:
            moved = round(shift * self._time_base / base)
            packet.pts, packet.dts = at - moved, packet.dts - moved
        return True

    def _moment(self, frame: av.VideoFrame, ticks: int, until: int, shift: int) -> Moment:
        image, alpha = pixels_of(frame, self._tags, self._size)
        opacity = None if alpha is None else self._upright(alpha)
        return Moment(self._upright(image), opacity, ticks - shift, until - ticks)

    def _upright(self, pixels: Image | Alpha) -> Any:
        return np.asarray(cv2.rotate(pixels, TURNS[self._turn])) if self._turn in TURNS else pixels
