"""What the recorder makes of frames, for tests."""

from __future__ import annotations

import threading
from collections.abc import Iterator

from effects.image import Image
from pages.components.live.recorder import Recorder


def recorded(form: str, frames: Iterator[tuple[Image, float]]) -> bytes:
    """The file of these frames and their times in seconds."""
    recorder = Recorder(form)
    for image, when in frames:
        while not recorder.is_done and recorder._frames.full():
            threading.Event().wait(0.01)
        recorder.add(image, when)
    recorder.finish()
    assert recorder.wait(60)
    assert not recorder.trouble
    return recorder.file
