"""Between the camera's YUV frames and the library's RGB pictures: the only place where live colours are converted."""

from __future__ import annotations

import av
import cv2
import numpy as np

from effects.image import Image

YUV = "yuv420p"
"""What VP8 and H.264 decode to and encode from: limited range, BT.601, half the colour resolution."""


def picture(frame: av.VideoFrame) -> Image:
    """A frame's pixels: uint8, H x W x 3, RGB.

    OpenCV's conversion and not FFmpeg's: the way back takes 0.15 ms with it and 2.6 with the other at 640 x 480.
    """
    if frame.format.name != YUV or frame.width % 2 or frame.height % 2:
        return np.asarray(frame.to_ndarray(format="rgb24"), np.uint8)
    return np.asarray(cv2.cvtColor(frame.to_ndarray(), cv2.COLOR_YUV2RGB_I420), np.uint8)


def frame(image: Image) -> av.VideoFrame:
    """A frame of these pixels, without its time; an odd last row or column, which YUV cannot hold, is left out."""
    height, width = (side - side % 2 for side in image.shape[:2])
    if not height or not width:
        return frame(np.repeat(np.repeat(image, 2, 0), 2, 1))
    image = np.ascontiguousarray(image[:height, :width])
    if height % 4:  # PyAV takes planes without a copy only where their rows come out even
        return av.VideoFrame.from_ndarray(image, format="rgb24").reformat(format=YUV)
    return av.VideoFrame.from_numpy_buffer(cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420), format=YUV)
