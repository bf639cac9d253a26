"""One person's live video: camera frames through the stack, the newest first, and no frame without an answer."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from dataclasses import dataclass

import av
import cv2
import numpy as np

from effects import Pipeline
from effects.image import Image
from effects.plan.plan import Timing
from pages.components.live.colour import frame as coloured
from pages.components.live.colour import picture
from pages.components.live.connection import Outcome, Viewer
from pages.components.live.mirror import Mirror, Sides, flip
from pages.components.live.pace import Pace
from pages.components.live.recorder import Recorder
from pages.components.live.shutter import Exposure, Shutter
from pages.components.picker.thumbnails import SIDE
from pages.components.words import Notice, later

log = logging.getLogger(__name__)

WINDOW = 3.0  # s that the readout looks back
BROKEN = Notice(
    later("The live video stopped because of a fault in the server. Press Start to try again, or use Snapshot.")
)
FAILED = later("An effect in the stack failed, so you see the video untouched: {why}. Change it or switch it off.")
SILENCE = 10.0  # s without a frame after which a connection is taken for dead: a closed lid, a phone in a pocket


@dataclass(frozen=True)
class Reading:
    """What the readout shows: frames a second in and out, milliseconds in this process, sizes, passes, the scale."""

    arriving: float
    shown: float
    delay: float
    size: tuple[int, int]
    passes: tuple[Timing, ...]
    scale: float


class LiveVideo(Viewer):
    """Takes frames on the event loop, works on the newest in a thread of its own, and hands each result over once.

    The script thread only assigns (`stream.pipeline`, `mirror`, `mirror_kept`) and reads; an error in an effect leaves
    a sentence in `trouble`, and the person sees the frame untouched.
    """

    def __init__(self) -> None:
        self.stream = Mirror()
        self.mirror = True  # what the screen shows
        self.mirror_kept = False  # photos and recordings: as others see one
        self.pace = Pace()
        self.shutter = Shutter()
        self.recorder: Recorder | None = None
        self.trouble = Notice()
        self.opened_at: float | None = None
        self.last_arrival: float | None = None
        self._waiting = threading.Condition()
        self._newest: tuple[av.VideoFrame, float] | None = None
        self._outcome: Outcome | None = None
        self._arrivals: deque[float] = deque(maxlen=200)
        self._shown: deque[tuple[float, float]] = deque(maxlen=200)  # when, and how long after its arrival
        self._size = (0, 0)
        self._mirrors = self.mirror, self.mirror_kept
        self._camera: tuple[Image, bool] | None = None  # its newest frame, and whether the screen shows the other side

    def show_through(self, pipeline: Pipeline) -> None:
        """From the next frame on, show the video through this pipeline."""
        if pipeline != self.stream.pipeline:
            self.stream.pipeline = pipeline
            self.pace.renew()
            self.trouble = Notice()

    @property
    def is_connected(self) -> bool:
        """Whether a browser's video is connected to this now."""
        return self._outcome is not None

    def last_frame(self) -> Image | None:
        """The camera's newest frame before the stack, small, upright and turned as the screen shows it.

        None where no video runs. It is made from what is there: the video waits for nobody.
        """
        camera = self._camera
        if camera is None or not self.is_connected:
            return None
        image, turned = camera
        height, width = image.shape[:2]
        times = SIDE / max(height, width)
        size = max(1, round(width * times)), max(1, round(height * times))
        small = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
        return flip(small) if turned else small

    def begin(self, outcome: Outcome) -> None:
        """Begin: the past of an earlier connection is forgotten."""
        self._camera = None
        with self._waiting:
            self._outcome, self._newest = outcome, None
            self._waiting.notify_all()
        self.stream.reset()
        self.trouble = Notice()
        self.pace = Pace()
        self.opened_at, self.last_arrival = time.monotonic(), None
        self._arrivals.clear()
        self._shown.clear()
        threading.Thread(target=self._work, args=(outcome,), name="live video", daemon=True).start()

    def receive(self, frame: av.VideoFrame) -> None:
        """Keep this frame and forget the one before, if nobody has come to work on it."""
        now = time.monotonic()
        self.last_arrival = now
        self._arrivals.append(now)
        with self._waiting:
            self._newest = (frame, now)
            self._waiting.notify_all()

    def end(self, outcome: Outcome) -> None:
        """End the thread of this connection; a newer connection goes on."""
        with self._waiting:
            if self._outcome is outcome:
                self._outcome = self._newest = None
            self._waiting.notify_all()
        if self.recorder is not None:
            self.recorder.finish()
        self.shutter.cancel()

    def reading(self) -> Reading:
        """How it goes, over the last seconds."""
        now = time.monotonic()
        arrivals = [when for when in tuple(self._arrivals) if now - when < WINDOW]
        shown = [item for item in tuple(self._shown) if now - item[0] < WINDOW]
        delay = float(np.median([took for _, took in shown])) if shown else 0.0
        passes = self.stream.timings
        return Reading(rate(arrivals), rate([when for when, _ in shown]), delay, self._size, passes, self.pace.scale)

    def _work(self, outcome: Outcome) -> None:
        try:
            self._show(outcome)
        except Exception:  # else the last frame would stand there, and nobody would know why
            log.exception("The live video stopped")
            self.trouble = BROKEN
            outcome.hang_up()

    def _show(self, outcome: Outcome) -> None:
        while (item := self._next(outcome)) is not None:
            frame, arrival = item
            try:
                answer = self._answer(frame)
            except Exception:  # whatever happens, the video goes on
                log.exception("A live frame could not be shown")
                answer = coloured(without_anything(picture(frame))) if self.stream.pipeline.hides else frame
            outcome.show(answer)
            now = time.monotonic()
            self._shown.append((now, now - arrival))
        if not self.is_connected:
            self.stream.reset()  # a room may stay for minutes after its video; frames it remembers need not
            self._camera = None

    def _next(self, outcome: Outcome) -> tuple[av.VideoFrame, float] | None:
        with self._waiting:
            came = self._waiting.wait_for(lambda: self._outcome is not outcome or self._newest is not None, SILENCE)
            if self._outcome is outcome and came:
                item, self._newest = self._newest, None
                return item
        if not came:
            outcome.hang_up()
        return None

    def hang_up(self) -> None:
        """End the connection from this side, if there is one; the browser's camera goes off with it."""
        outcome = self._outcome
        if outcome is not None:
            outcome.hang_up()

    def _answer(self, frame: av.VideoFrame) -> av.VideoFrame:
        image, recorder = picture(frame), self.recorder
        mirrors = self.mirror, self.mirror_kept
        if mirrors != self._mirrors:
            self._mirrors = mirrors
            self.stream.reset()  # what it remembers is from the other side
        raw = flip(image) if mirrors[1] else image
        when = time.monotonic() if frame.time is None else frame.time
        turned, keeping = mirrors[0] != mirrors[1], recorder is not None or self.shutter.is_busy
        self._camera = raw, turned
        screen, kept = self._through_the_stack(raw, when, turned, keeping)
        self._size = (screen.shape[1], screen.shape[0])
        if recorder is not None and kept is not None:
            recorder.add(kept, when)
        return coloured(self.shutter.look(None if kept is None else Exposure(raw, kept), screen))

    def _through_the_stack(self, raw: Image, when: float, turned: bool, keeping: bool) -> Sides:
        pace, scale = self.pace, self.pace.scale
        began = time.thread_time()  # what the stack costs, not what others on this machine do meanwhile
        try:
            sides = self.stream(pace.shrink(raw), when, turned, keeping)
        except Exception as error:  # an effect's mistake is told, and must not stop the video
            if not self.trouble:
                log.exception("A live stack failed")
            self.trouble = fault_notice(error)
            if self.stream.pipeline.hides:
                raw = without_anything(raw)
            return Sides(flip(raw) if turned else raw, raw)
        pace.note_cost(time.thread_time() - began)
        self.trouble = Notice()
        screen = pace.enlarge(sides.screen, scale)
        if sides.kept is None or not keeping:
            return Sides(screen, None)
        return Sides(screen, screen if sides.kept is sides.screen else pace.enlarge(sides.kept, scale))


def without_anything(image: Image) -> Image:
    """A frame in which there is nothing to be seen."""
    return np.full_like(image, 128)


def rate(times: list[float]) -> float:
    """Events a second, from when they happened."""
    return (len(times) - 1) / (times[-1] - times[0]) if len(times) > 1 and times[-1] > times[0] else 0.0


def fault_notice(error: Exception) -> Notice:
    """An effect's error as a sentence, for whoever reads it: the video's thread speaks nobody's language."""
    why = str(error) if isinstance(error, ValueError) else type(error).__name__
    return Notice(FAILED, {"why": why[:200]})
