"""Between a video's YUV frames and the library's RGB pictures, by what the file says of its colours.

An ordinary video's numbers are those of sRGB: no player changes their curve, and so do we. HDR and wide primaries are
brought to sRGB, as in pictures. Code points are those of ITU-T H.273.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from functools import cache
from typing import Any

import av
import cv2
import numpy as np
from av.sidedata.sidedata import Type
from av.video.reformatter import ColorRange

from effects.codec.colour.light import HDR, PRIMARIES, SRGB, code_points, encoding, shaper
from effects.codec.raster import Samples
from effects.image import Alpha, Floats, Image
from effects.kernels.transfer import to_linear
from effects.video.moment import Tags

UNSAID = 2
RGB, BT709, BT601, BT2020 = 0, 1, (5, 6), (9, 10)
WIDE = (9, 11, 12)
"""Primaries of BT.2020 and of P3, which an ordinary screen cannot show as they are."""

SCREEN = Tags(BT709, 1, 13)
"""What a screen's pixels are: primaries of BT.709 under sRGB's curve."""

HIGH_DEFINITION = 720
"""Rows from which players take the matrix of BT.709 where nothing is said."""

WEIGHTS = {1: (0.2126, 0.0722), 5: (0.299, 0.114), 6: (0.299, 0.114)}
"""How much red and blue count in luma, by matrix."""

HDR_NOTE = "This is an HDR video; its brightest parts are brought into the range of an ordinary screen."
WIDE_NOTE = "The colours of this video are of a wider range than an ordinary screen's and were brought into it."


def guessed_matrix(height: int) -> int:
    """The matrix that players take where a file says none."""
    return BT709 if height >= HIGH_DEFINITION else BT601[1]


def written_tags(found: Tags, height: int, target_height: int) -> Tags:
    """What the result says of its colours, which keep their numbers wherever they may.

    A large video that says nothing stays so: whatever is taken of the one is taken of the other. Where another size
    would make players think otherwise, and of small ones, of which all think the same, it is said.
    """
    if is_converted(found) or found.matrix not in (BT709, *BT601, UNSAID):
        return SCREEN
    if found.matrix == UNSAID and not height >= target_height >= HIGH_DEFINITION:
        return Tags(guessed_matrix(height), found.primaries, found.transfer)
    return found


def is_converted(found: Tags) -> bool:
    """Whether these colours are brought to sRGB, and not passed on as they are."""
    return found.transfer in HDR or found.primaries in WIDE


def note_of(found: Tags) -> str | None:
    """What the person reads of such colours."""
    if found.transfer in HDR:
        return HDR_NOTE
    return WIDE_NOTE if is_converted(found) else None


def pixels_of(frame: av.VideoFrame, found: Tags, size: tuple[int, int]) -> tuple[Image, Alpha | None]:
    """A frame's pixels and its transparency, if it has any, at this width and height."""
    is_deep = found.transfer in HDR
    has_alpha = any(component.is_alpha for component in frame.format.components)
    form = ("rgba64le" if is_deep else "rgba") if has_alpha else ("rgb48le" if is_deep else "rgb24")
    matrix = guessed_matrix(frame.height) if found.matrix in (UNSAID, RGB) else found.matrix
    # swscale numbers its matrices as H.273 does, but knows one of those for each.
    known = {6: 5, 10: 9}.get(matrix, matrix)
    made = frame.reformat(
        *size,
        format=form,
        src_colorspace=known,
        dst_colorspace=known,
        src_color_range=frame.color_range or None,
        dst_color_range=ColorRange.JPEG,
        threads=1,
    )
    samples: Samples = made.to_ndarray()
    alpha = None
    if has_alpha:
        opacity = samples[..., 3]
        alpha = np.ascontiguousarray(opacity if opacity.dtype == np.uint8 else (opacity >> 8).astype(np.uint8))
        samples = np.ascontiguousarray(samples[..., :3])
        alpha = None if bool((alpha == 255).all()) else alpha
    if not is_converted(found):
        return np.asarray(samples, np.uint8), alpha
    return to_srgb(found, light_peak(frame) if is_deep else None)(samples), alpha


@cache
def to_srgb(found: Tags, peak: float | None) -> Callable[[Samples], Image]:
    """A function from these colours to sRGB's."""
    if found.transfer in HDR:
        # HDR that says nothing of its primaries has those of BT.2020.
        meaning = code_points(9 if found.primaries == UNSAID else found.primaries, found.transfer, peak)
    else:
        meaning = encoding(PRIMARIES.get(found.primaries, SRGB), to_linear)
    assert meaning is not None
    return shaper(meaning)


def light_peak(frame: av.VideoFrame) -> float | None:
    """The brightest light in cd/m2 as the frame states it: of its content, else of the screen it was made on."""
    sides: Any = frame.side_data
    stated = {item.type: bytes(item) for item in sides}
    # AVContentLightMetadata and AVMasteringDisplayMetadata, as FFmpeg lays them out.
    if len(content := stated.get(Type.CONTENT_LIGHT_LEVEL, b"")) >= 8 and (
        most := struct.unpack_from("=I", content)[0]
    ):
        return float(most)
    if len(screen := stated.get(Type.MASTERING_DISPLAY_METADATA, b"")) >= 80:
        light, parts = struct.unpack_from("=ii", screen, 72)
        return light / parts if light > 0 and parts > 0 else None
    return None


@cache
def to_yuv(matrix: int) -> Floats:
    """The rows that make luma and both colour differences of RGB, 0..255, in the limited range. BT.601 and BT.709."""
    red, blue = WEIGHTS[matrix]
    luma = np.array([red, 1 - red - blue, blue])
    cb = (np.array([0, 0, 1]) - luma) / (2 * (1 - blue))
    cr = (np.array([1, 0, 0]) - luma) / (2 * (1 - red))
    scaled = [luma * (219 / 255), cb * (224 / 255), cr * (224 / 255)]
    return np.column_stack([np.array(scaled), [16.0, 128.0, 128.0]]).astype(np.float32)


def frame_of(image: Image, matrix: int) -> av.VideoFrame:
    """A frame of these pixels, without its time, in planes of half the colour resolution; its sides must be even."""
    height, width = image.shape[:2]
    rows = to_yuv(matrix)
    luma = cv2.transform(image, rows[:1])
    smaller = cv2.resize(image, (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    blue, red = cv2.split(cv2.transform(smaller, rows[1:]))
    planes = np.concatenate([luma.ravel(), blue.ravel(), red.ravel()]).reshape(height * 3 // 2, width)
    return av.VideoFrame.from_ndarray(planes, format="yuv420p")


def even_sides(image: Image) -> Image:
    """The picture with its last row or column once more where their number is odd: YUV has a colour for two each."""
    height, width = image.shape[:2]
    if height % 2 or width % 2:
        return cv2.copyMakeBorder(image, 0, height % 2, 0, width % 2, cv2.BORDER_REPLICATE)
    return image
