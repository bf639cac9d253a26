"""Cartoons: flat areas in a few colours of the picture's own, with ink lines between them."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Image, Weight
from effects.kernels.enlarging import reduce_to
from effects.kernels.gaussian import gaussian
from effects.kernels.ink import Sheet, gray, grey_picture
from effects.kernels.luma import REC_601, float_luma
from effects.memory.bands import each_band
from effects.memory.cache import byte_cache

MAX_SMOOTHING_SIDE = 240
"""The largest shorter side in pixels at which areas are smoothed."""

DIFFERENCE, REACH = 28.0, 5
"""What the bilateral filter takes for an edge, in levels, and its window in pixels at the largest shorter side."""

MAX_LINES_SIDE = 720
"""The largest shorter side in pixels at which lines are looked for."""

MAX_SAMPLES_SIDE = 64
"""The colours are chosen from a picture of at most this many pixels a side."""

ROUNDS = 6
"""How often the chosen colours are moved to the middle of what is nearest to them."""

VIVID = 1.3
"""By how much the colours are strengthened."""

OPPONENT = np.array([REC_601, [1.2, -1.0, -0.2], [-0.3, -0.9, 1.2]], np.float32)
"""Light, red against green, blue against yellow: in cartoons a difference of colour says more than one of light."""


def areas(image: Image, passes: int) -> Image:
    """The picture's areas smoothed at a reduced size: the bilateral filter `passes` times."""
    small = reduce_to(image, MAX_SMOOTHING_SIDE)
    window = max(3, round(REACH * min(small.shape[:2]) / MAX_SMOOTHING_SIDE) | 1)
    for _ in range(passes):
        small = cv2.bilateralFilter(small, window, DIFFERENCE, window).reshape(small.shape)
    return small


def own_colors(image: Image, count: int, weight: Weight = None) -> Image:
    """At most `count` colours that stand for the picture's, count x 3: k-means, without chance.

    Begun with half of them at equal shares from dark to light and the rest at what is farthest from all before it, so
    that a small spot of a colour of its own is not lost. Pixels of no weight do not count.
    """
    share = min(1, MAX_SAMPLES_SIDE / max(image.shape[:2]))
    size = tuple(max(1, round(length * share)) for length in image.shape[1::-1])
    samples = to_opponent(cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(-1, 3))
    if weight is not None:
        counted = cv2.resize(weight, size, interpolation=cv2.INTER_AREA).ravel() > 0
        samples = samples[counted] if counted.any() else samples
    ranked = samples[np.argsort(samples[:, 0], kind="stable")]
    centres = np.array([part.mean(axis=0) for part in np.array_split(ranked, count // 2) if len(part)], np.float32)
    apart = distances(centres, samples).min(axis=0)
    while len(centres) < count:
        centres = np.vstack([centres, samples[np.argmax(apart)]])
        apart = np.minimum(apart, distances(centres[-1:], samples)[0])
    for _ in range(ROUNDS):
        nearest = distances(centres, samples).argmin(axis=0)
        sizes = np.bincount(nearest, minlength=len(centres))
        sums = np.stack([np.bincount(nearest, samples[:, axis], len(centres)) for axis in range(3)], axis=1)
        centres = np.where(sizes[:, None] > 0, sums / np.maximum(sizes, 1)[:, None], centres).astype(np.float32)
    return np.rint(np.clip(centres @ np.linalg.inv(OPPONENT).T, 0, 255)).astype(np.uint8)


def to_opponent(colors: npt.NDArray[np.uint8]) -> Floats:
    """Colours ... x 3 as light and two differences of colour, in which distances are measured; float32."""
    return colors.astype(np.float32) @ OPPONENT.T


def distances(centres: Floats, samples: Floats) -> Floats:
    """The squared distance of each sample to each centre, centres x samples, less a number of the sample's own."""
    return (centres * centres).sum(axis=1)[:, None] - 2 * centres @ samples.T


@byte_cache()
def cells() -> Floats:
    """The middle of each cell of 5 x 5 x 5 bits, by `to_opponent`; 32768 x 3, red highest."""
    keys = np.arange(32768)
    return to_opponent(np.stack([keys >> 10, keys >> 5 & 31, keys & 31], axis=1).astype(np.uint8) * 8 + 4)


def paint_in_colors(image: Image, colors: Image, shown: Image) -> Image:
    """Each pixel in the nearest of the colours (n x 3, n at most 256), told apart in 5 bits a channel, as `shown`."""
    nearest = np.zeros(32768, np.uint8)
    least = np.full(32768, np.inf, np.float32)
    for index, centre in enumerate(to_opponent(colors)):
        away = distances(centre[None], cells())[0]
        np.copyto(nearest, index, where=away < least)
        np.minimum(least, away, out=least)
    table = np.tile(nearest, (1, 2))  # The highest of the sixteen bits says nothing.
    palette = np.zeros((256, 1, 3), np.uint8)
    palette[: len(shown), 0] = shown
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        # OpenCV's 16-bit pixels hold the last channel highest: told that this is RGB, it puts red there.
        packed = cv2.cvtColor(image[rows], cv2.COLOR_RGB2BGR555).view(np.uint16)[..., 0]
        out[rows] = cv2.applyColorMap(cv2.LUT(packed, table), palette).reshape(out[rows].shape)

    each_band(work, *image.shape[:2], bytes_per_pixel=12)
    return out


def strengthen(colors: Image) -> Image:
    """The colours as a cartoonist has them: farther from their grey."""
    light = float_luma(colors, REC_601)[:, None]
    return np.rint(np.clip(light + VIVID * (colors - light), 0, 255)).astype(np.uint8)


def line_work(image: Image, edges: float) -> Sheet:
    """How light the sheet is under ink lines, 0..255, h x w: dark where a place is darker than its surroundings.

    As an adaptive threshold with a soft step: the more `edges`, the smaller a difference is drawn, and the darker.
    """
    small = gray(reduce_to(image, MAX_LINES_SIDE))
    short = min(small.shape)
    fine, around = gaussian(small, 0.0016 * short), gaussian(small, 0.009 * short)
    least, gain = 13 - 9 * edges, 10 * edges
    darker = cv2.addWeighted(around, gain, fine, -gain, -gain * least)
    light = cv2.bitwise_not(darker).reshape(small.shape)
    return cv2.resize(light, image.shape[1::-1], interpolation=cv2.INTER_LINEAR).reshape(image.shape[:2])


def draw_cartoon(image: Image, passes: int, count: int, edges: float, weight: Weight = None) -> Image:
    """Areas in at most `count` colours, and lines over them."""
    small = areas(image, passes)
    colors = own_colors(small, count, weight)
    smooth = cv2.resize(small, image.shape[1::-1], interpolation=cv2.INTER_LINEAR).reshape(image.shape)
    out = paint_in_colors(smooth, colors, strengthen(colors))
    del smooth
    if edges == 0:
        return out
    light = line_work(image, edges)

    def work(rows: slice) -> None:
        cv2.multiply(out[rows], grey_picture(light[rows]), dst=out[rows], scale=1 / 255)

    each_band(work, *image.shape[:2], bytes_per_pixel=7)
    return out
