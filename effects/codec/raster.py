"""A decoded picture as a file stores it, read band by band, and putting the bands upright into one sRGB picture.

Whole-picture copies are what memory goes to: the decoder holds one, the result is the second, and everything between
(turning, colour profile, splitting alpha) happens on bands of half a megapixel.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import cv2
import numpy as np
import numpy.typing as npt

from effects.codec.orientation import SIDEWAYS, UPRIGHT, upright, window
from effects.image import Alpha, Image, Photo, fit
from effects.kernels.weighing import average_by_weight

Samples = npt.NDArray[Any]
"""uint8 or uint16, H x W x 1 (grey), 3 (rgb; lab as L, and a and b as signed bytes) or 4 (cmyk, 0 = no ink)."""

Model = Literal["grey", "rgb", "cmyk", "lab"]

Averaging = tuple[npt.NDArray[np.uint16], ...]
"""For each channel (the first for grey) where 16-bit samples lie on the scale on which they are to be averaged."""

BAND = 2**19
"""Pixels in a band: small beside any picture, large beside the cost of a call."""


@dataclass(frozen=True)
class Raster:
    """Stored rows: `rows(top, bottom)` gives their samples and their alpha (uint8, H x W, straight; None: opaque)."""

    width: int
    height: int
    model: Model
    rows: Callable[[int, int], tuple[Samples, Alpha | None]]


def from_arrays(samples: Samples, alpha: Alpha | None, model: Model) -> Raster:
    """A raster over whole arrays: samples H x W x C, alpha H x W or None."""
    height, width = samples.shape[:2]
    return Raster(width, height, model, lambda top, bottom: (samples[top:bottom], alpha_rows(alpha, top, bottom)))


def place_on_canvas(frame: Raster, canvas: tuple[int, int], left: int, top: int) -> Raster:
    """A frame at its place on a canvas, width and height `canvas`, that shows nothing around it."""
    width, height = canvas
    if (left, top, frame.width, frame.height) == (0, 0, width, height):
        return frame
    if left + frame.width > width or top + frame.height > height:
        raise ValueError("frame outside the canvas")

    def rows(begin: int, end: int) -> tuple[Samples, Alpha]:
        first, last = min(max(begin, top), end), max(min(end, top + frame.height), begin)
        inside = (slice(first - begin, last - begin), slice(left, left + frame.width))
        kind, opacity = frame.rows(0, 1)
        samples = np.zeros((end - begin, width, kind.shape[-1]), kind.dtype)
        alpha = np.zeros((end - begin, width), np.uint8)
        if first < last:
            samples[inside], opacity = frame.rows(first - top, last - top)
            alpha[inside] = 255 if opacity is None else opacity
        return samples, alpha

    return Raster(width, height, frame.model, rows)


def alpha_rows(alpha: Alpha | None, top: int, bottom: int) -> Alpha | None:
    """Rows of an alpha channel that may not be there."""
    return None if alpha is None else alpha[top:bottom]


def unpremultiply(colours: Samples, opacity: Samples) -> Samples:
    """Colours that were multiplied by their alpha, divided by it again."""
    largest = np.iinfo(colours.dtype).max
    shares = opacity.astype(np.float32) / np.iinfo(opacity.dtype).max
    divided = colours / np.maximum(shares, np.float32(1e-6))[..., None]
    return np.clip(np.rint(divided), 0, largest).astype(colours.dtype)


def assemble(raster: Raster, orientation: int, to_srgb: Callable[[Samples], Image]) -> tuple[Image, Alpha | None]:
    """The upright picture, H x W x 3, and its alpha, H x W, or None where every pixel is opaque."""
    size = (raster.width, raster.height) if orientation in SIDEWAYS else (raster.height, raster.width)
    image: Image = np.empty((*size, 3), np.uint8)
    alpha: Alpha | None = None
    step = max(1, BAND // raster.width)
    for top in range(0, raster.height, step):
        bottom = min(top + step, raster.height)
        samples, opacity = raster.rows(top, bottom)
        fill(image, to_srgb(samples), top, bottom, orientation)
        if opacity is not None:
            if alpha is None:
                alpha = np.full(size, 255, np.uint8)
            fill(alpha, opacity, top, bottom, orientation)
    opaque = alpha is None or int(alpha.min()) == 255
    return image, None if opaque else alpha


def fill(picture: Image | Alpha, band: Image | Alpha, top: int, bottom: int, orientation: int) -> None:
    """Put a band where it belongs on the upright picture."""
    place = window(picture, top, bottom, orientation)
    place[...] = band if orientation == UPRIGHT else upright(band, orientation).reshape(place.shape)


def shrink(photo: Photo, max_side: int) -> Photo:
    """The photo with its longer side at most `max_side` pixels, each pixel the average of those it stands for.

    Colours are weighted by alpha, so that what is hidden under transparency does not bleed into the edges.
    """
    height, width = photo.image.shape[:2]
    if max(height, width) <= max_side:
        return photo
    return average_to(photo, fit(width, height, max_side))


def average_to(photo: Photo, size: tuple[int, int]) -> Photo:
    """The photo in `size` pixels (width, height) by averages of areas, as `shrink` has them."""
    mean = partial(area_means, size=size)
    image = average_by_weight(mean, photo.image, photo.alpha)
    return Photo(image, None if photo.alpha is None else mean(photo.alpha), photo.metadata, photo.unhidden)


def reduce_raster(raster: Raster, max_side: int, scale: Averaging) -> Raster:
    """The same for pixels that are not converted yet, as 16-bit samples; averaged on a scale, one channel at a time."""
    size = fit(raster.width, raster.height, max_side)
    samples, alpha = raster.rows(0, raster.height)
    average = weighted_average(alpha, size) if alpha is not None else lambda channel: area_means(channel, size)
    channels = []
    for channel in range(samples.shape[-1]):
        averages = average(on_scale(samples, channel, scale[channel]))
        channels.append(from_scale(averages, scale[channel]))
    return from_arrays(np.stack(channels, axis=-1), None if alpha is None else area_means(alpha, size), raster.model)


def on_scale(samples: Samples, channel: int, scale: npt.NDArray[np.uint16]) -> Samples:
    """One channel of 8- or 16-bit samples on a scale."""
    return cv2.LUT(cv2.extractChannel(samples, channel), scale if samples.dtype == np.uint16 else scale[::257])


def from_scale(values: Samples, scale: npt.NDArray[np.uint16]) -> Samples:
    """Values on a scale as the 16-bit samples that lie there."""
    back = np.interp(np.arange(len(scale)), scale, np.arange(len(scale)))
    return np.rint(back).astype(np.uint16)[values]


def weighted_average(alpha: Alpha, size: tuple[int, int]) -> Callable[[Samples], Samples]:
    """A function that averages a channel, each pixel counting by how opaque it is.

    Weights are 1..256 rather than 0..255: where all is transparent the colour still is what the file says.
    """
    weight = alpha.astype(np.float32) + np.float32(1 / 256)
    total = area_means(weight, size)

    def average(channel: Samples) -> Samples:
        averages = np.rint(area_means(channel * weight, size) / total)
        return np.clip(averages, 0, np.iinfo(channel.dtype).max).astype(channel.dtype)

    return average


def area_means(pixels: npt.NDArray[Any], size: tuple[int, int]) -> npt.NDArray[Any]:
    """Averages over the area each new pixel covers (h x w, or h x w x 3); `size` is width and height."""
    return cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)
