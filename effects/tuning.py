"""Tuning a process for pictures: what is global to it is its owner's to ask for, and never done by an import.

The app, each of its workers, the command line and the benchmarks do it. Without it all results are the same; many
threads that work on pictures get in each other's way, and hold on to more memory.
"""

from __future__ import annotations

import cv2
from pillow_heif import options

from effects.memory import heaps


def tune() -> None:
    """Set OpenCV, libheif and the allocator of this process for our way of working; once, when it starts."""
    # All cores are kept busy by our own bands; cv2's threads on top of them would only get in the way.
    cv2.setNumThreads(1)
    # Workers share the cores among themselves, and thumbnails or depth maps are of no use here.
    options.DECODE_THREADS = 1
    options.THUMBNAILS = options.DEPTH_IMAGES = options.AUX_IMAGES = False
    heaps.set_allocator()
