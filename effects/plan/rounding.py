"""Floats as integers."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.memory.scratch import Scratch

scratch = Scratch()


def round_planes(planes: npt.NDArray[np.float32], depth: npt.DTypeLike) -> npt.NDArray[Any]:
    """Planes of floats 0..1 as integers of this depth, to nearest; valid until the next call in this thread."""
    result = scratch("rounded", planes.shape, depth)
    if depth == np.uint8:
        for plane, channel in zip(planes, result, strict=True):
            cv2.convertScaleAbs(plane, dst=channel, alpha=255)
    else:
        np.copyto(result, np.rint(planes * np.float32(65535)), casting="unsafe")
    return result
