"""How the C library keeps memory: few heaps, that hold on to a band's worth of floats and give back a picture."""

import ctypes
import sys
from functools import cache

import numpy as np

ARENA_MAX, TRIM_THRESHOLD, MMAP_THRESHOLD = -8, -1, -3  # <malloc.h>

SETTINGS = {ARENA_MAX: 2, TRIM_THRESHOLD: 16 * 2**20, MMAP_THRESHOLD: 8 * 2**20}
"""Heaps for all threads together; bytes free at a heap's end, and bytes of an array, that go back to the system."""


def trim() -> None:
    """Give what lies unused in glibc's heaps back to the system, down to the last page; elsewhere do nothing.

    For when somebody has left: in between, up to both thresholds of each heap wait for the next picture.
    """
    if sys.platform == "linux" and hasattr(libc := ctypes.CDLL(None), "malloc_trim"):
        libc.malloc_trim(0)


@cache
def learn() -> None:
    """Let glibc find out by itself, in a process that nobody tuned, how large the arrays are that come and go here.

    It does so where one is freed, up to 32 MB: it keeps arrays of that size, and twice as much, from then on. A 12 MP
    picture is larger, and of bands without any picture it would learn too little: five steps took three times as long.
    """
    np.empty(SETTINGS[MMAP_THRESHOLD], np.uint8)


def set_allocator() -> None:
    """Set glibc's allocator for this process; elsewhere do nothing.

    Threads that each keep a heap of their own never give a closed session's pictures back: ten 12 MP sessions peaked at
    3.7 GB without a limit and at 1.1 GB with one. And a band's arrays that come as fresh pages every time cost as much
    again as the arithmetic on them, so they stay below both thresholds.
    """
    if sys.platform != "linux":
        return
    libc = ctypes.CDLL(None)
    if hasattr(libc, "mallopt"):
        for setting, value in SETTINGS.items():
            libc.mallopt(setting, value)
