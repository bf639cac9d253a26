"""The recorder: what is shown, as an MP4 or a GIF, in memory alone."""

from __future__ import annotations

import io
import logging
import queue
import threading
from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import cv2
import numpy as np
from PIL import Image as PILImage

from effects.image import Image
from pages.components.live.colour import frame, tag
from pages.components.words import Notice, later

log = logging.getLogger(__name__)

Writer = Callable[[Iterator[tuple[Image, float]]], bytes]

MP4, GIF = "MP4", "GIF"
MAX_SECONDS = {MP4: 60.0, GIF: 5.0}  # s
UNWRITTEN = later("The recording could not be written: {why}. Record again.")
TICKS = 90_000  # a second, as video counts time
WAITING = 12  # frames between the video and the encoder; a frame more is left out, never queued
GIF_SIDE = 400  # px of the longer side
GIF_GAP = 0.1  # s between the frames of a GIF


class Recorder:
    """Frames go in with their time, a file comes out; no frame is kept on disk, and `add` never waits.

    The size is that of the first frame: a later one of another size is fitted into it. Encoding has a thread of its
    own, ended by `finish`, by the time limit, or by the last reference going away with the connection.
    """

    def __init__(self, form: str = MP4) -> None:
        self.form = form
        self.seconds = 0.0
        self.skipped_frames = 0
        self.file = b""
        self.trouble = Notice()
        self._first: float | None = None
        self._frames: queue.Queue[tuple[Image, float] | None] = queue.Queue(WAITING)
        self._closing = threading.Event()
        self._done = threading.Event()
        write = write_mp4 if form == MP4 else write_gif
        self._thread = threading.Thread(target=self._encode, args=(write,), name="recorder", daemon=True)
        self._thread.start()

    def add(self, image: Image, when: float) -> None:
        """Take a frame shown at `when` seconds; frames that come too fast for the encoder are left out."""
        if self._closing.is_set():
            return
        if self._first is None:
            self._first = when
        since = when - self._first
        if since < self.seconds:
            return
        if since > MAX_SECONDS[self.form]:
            self.finish()
            return
        try:
            self._frames.put_nowait((image, since))
            self.seconds = since
        except queue.Full:
            self.skipped_frames += 1

    def finish(self) -> None:
        """Take no more frames; the file is there once `is_done`."""
        self._closing.set()

    @property
    def is_done(self) -> bool:
        """Whether the file is complete."""
        return self._done.is_set()

    def wait(self, seconds: float) -> bool:
        """Wait until the file is complete; False if it is not yet."""
        return self._done.wait(seconds)

    def _encode(self, write: Writer) -> None:
        try:
            self.file = write(self._take_frames())
        except Exception as error:
            log.exception("A recording could not be written")
            self.trouble = Notice(UNWRITTEN, {"why": type(error).__name__})
        finally:
            self._closing.set()
            self._done.set()

    def _take_frames(self) -> Iterator[tuple[Image, float]]:
        while not (self._closing.is_set() and self._frames.empty()):
            try:
                item = self._frames.get(timeout=0.2)
            except queue.Empty:
                continue
            if item is not None:
                yield item


def write_mp4(frames: Iterator[tuple[Image, float]]) -> bytes:
    """H.264 in MP4: each frame at its own time, all of the first one's size."""
    file = io.BytesIO()
    with av.open(file, "w", format="mp4") as container:
        stream = container.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "23"})
        stream.pix_fmt, stream.time_base = "yuv420p", Fraction(1, TICKS)
        stream.codec_context.time_base = Fraction(1, TICKS)
        tag(stream.codec_context)
        last, size = -1, (0, 0)
        for image, when in frames:
            if last < 0:
                size = image.shape[:2]
            picture = frame(fit_frame(image, *size))
            if last < 0:
                stream.height, stream.width = picture.height, picture.width
            picture.pts = last = max(last + 1, round(when * TICKS))
            picture.time_base = stream.time_base
            container.mux(stream.encode(picture))
        if last < 0:
            return b""
        container.mux(stream.encode())
    return file.getvalue()


def write_gif(frames: Iterator[tuple[Image, float]]) -> bytes:
    """An endless GIF of at most ten frames a second, with a palette for each."""
    small: list[PILImage.Image] = []
    times: list[float] = []
    for image, when in frames:
        if not times or when - times[-1] >= GIF_GAP * 0.95:
            height, width = image.shape[:2]
            shrink = min(1.0, GIF_SIDE / max(height, width))
            size = max(1, round(width * shrink)), max(1, round(height * shrink))
            picture = PILImage.fromarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA))
            small.append(picture.resize(small[0].size) if small else picture)
            times.append(when)
    if not small:
        return b""
    ends = [*times[1:], times[-1] + GIF_GAP]
    durations = [max(20, round((end - begin) * 100) * 10) for begin, end in zip(times, ends, strict=True)]
    file = io.BytesIO()
    colours = [picture.quantize(256, method=PILImage.Quantize.FASTOCTREE) for picture in small]
    colours[0].save(file, "GIF", save_all=True, append_images=colours[1:], duration=durations, loop=0, disposal=1)
    return file.getvalue()


def fit_frame(image: Image, height: int, width: int) -> Image:
    """The picture within this size, on black where its shape is another."""
    if image.shape[:2] == (height, width):
        return image
    scale = min(height / image.shape[0], width / image.shape[1])
    inner = max(1, round(image.shape[0] * scale)), max(1, round(image.shape[1] * scale))
    top, left = (height - inner[0]) // 2, (width - inner[1]) // 2
    out = np.zeros((height, width, 3), np.uint8)
    out[top : top + inner[0], left : left + inner[1]] = cv2.resize(image, inner[::-1], interpolation=cv2.INTER_AREA)
    return out
