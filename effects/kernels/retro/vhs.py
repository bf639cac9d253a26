"""Video tape: colour that runs, snow, lines out of step, and words on the screen."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from effects.chance import seed_and_throw
from effects.image import Floats, Image
from effects.kernels.enlarging import enlarge_rows
from effects.kernels.gradient import rgb
from effects.kernels.lettering import caption_blocks, draw_block, paint_mask
from effects.kernels.retro.scanlines import gain_bytes, stripes
from effects.kernels.sampling import resample
from effects.memory.bands import MAX_KEPT_PIXELS, each_band
from effects.memory.cache import byte_cache
from effects.memory.scratch import Scratch

scratch = Scratch()

TAPE_LINES, DOTS = 480, 720
"""The size of a television picture, at which all chance is made."""

SNOW, BLOTCHES = 22.0, 16.0
"""Standard deviation, in levels, of the noise in light and in colour at full noise."""

COLORS = np.array([[1.403, -0.714, 0], [0, -0.344, 1.773]], np.float32)
"""What the differences of red and of blue from the light add to red, green and blue. Source: Rec. 601, full range."""

Plane = npt.NDArray[np.uint8]


def play_tape(image: Image, bleed: float, noise: float, scanlines: float, seed: int) -> Image:
    """Colour blurred sideways and late by `bleed` pixels, noise 0..1 in light and colour, dark lines 0..1."""
    out, (height, width) = np.empty_like(image), image.shape[:2]
    gain = gain_bytes(1 - scanlines * (0.5 - 0.5 * stripes(height, TAPE_LINES)))

    def work(rows: slice) -> None:
        planes = list(cv2.split(cv2.cvtColor(image[rows], cv2.COLOR_RGB2YCrCb).reshape(out[rows].shape)))
        if bleed > 0:
            planes[1:] = [delay_color(plane, bleed) for plane in planes[1:]]
        if noise > 0:
            planes = [
                cv2.addWeighted(plane, 1, grains, noise, -128 * noise)
                for plane, grains in zip(planes, noise_at(seed, rows, height, width), strict=True)
            ]
        if scanlines > 0:
            planes[0] = cv2.multiply(planes[0], np.repeat(gain[rows, None], width, axis=1), scale=1 / 255)
        planes = [plane.reshape(-1, width) for plane in planes]
        out[rows] = cv2.cvtColor(cv2.merge(planes), cv2.COLOR_YCrCb2RGB).reshape(out[rows].shape)
        limit_color(out[rows], *planes)

    each_band(work, height, width, bytes_per_pixel=32)
    return out


def limit_color(band: Image, light: Plane, red: Plane, blue: Plane) -> None:
    """Where a screen cannot show the colour, and would show another light: as much of it as it can at this light."""
    rows, columns = np.nonzero(cv2.absdiff(cv2.cvtColor(band, cv2.COLOR_RGB2GRAY), light) > 1)
    middle = light[rows, columns].astype(np.float32)[:, None]
    away = (np.stack([red[rows, columns], blue[rows, columns]], axis=1) - np.float32(128)) @ COLORS
    room = np.where(away > 0, 255 - middle, middle) / np.maximum(np.abs(away), 1)
    band[rows, columns] = np.rint(middle + away * np.minimum(room.min(axis=1, keepdims=True), 1))


def delay_color(plane: Plane, bleed: float) -> Plane:
    """A plane blurred sideways with a standard deviation of `bleed` pixels, and moved right by as much."""
    height, width = plane.shape
    # The largest that divides the width: cv2 averages whole blocks five times as fast as others.
    times = next(times for times in range(max(1, min(int(bleed / 2), width // 4)), 0, -1) if width % times == 0)
    size = width // times
    small = cv2.resize(plane, (size, height), interpolation=cv2.INTER_AREA)
    radius = bleed * size / width
    soft = cv2.GaussianBlur(small, (2 * int(np.ceil(3 * radius)) + 1, 1), radius, borderType=cv2.BORDER_REPLICATE)
    whole = int(radius)
    wide = cv2.copyMakeBorder(soft, 0, 0, whole + 1, 0, cv2.BORDER_REPLICATE)
    share = radius - whole
    moved = cv2.addWeighted(wide[:, 1 : size + 1], 1 - share, wide[:, :size], share, 0)
    return cv2.resize(moved, (width, height), interpolation=cv2.INTER_LINEAR).reshape(plane.shape)


@byte_cache()
def kept_noise(seed: int, height: int, width: int) -> tuple[Plane, Plane, Plane]:
    """The noise in light and in both differences of colour at a small picture's size: at most 9 MB each time.

    To the right it goes on for half its width, so that a window somewhere else in it needs no copy.
    """
    kind = cv2.INTER_AREA if height < TAPE_LINES else cv2.INTER_LINEAR
    grown = [
        cv2.resize(plane, (width, height), interpolation=kind).reshape(height, width) for plane in noise_planes(seed)
    ]
    light, red, blue = (np.hstack([plane, plane[:, : width // 2]]) for plane in grown)
    return light, red, blue


def noise_planes(seed: int) -> list[Plane]:
    """The noise in light and in both differences of colour, each in a size of its own."""
    return [snow(seed), blotches(seed, 0), blotches(seed, 1)]


@lru_cache(maxsize=4)
def noise_corner(seed: int) -> tuple[int, int, int]:
    """A number's seed, and the line and dot at which its throw begins to look at what the seed has made."""
    seed, throw = seed_and_throw(seed)
    if not throw:
        return seed, 0, 0
    line, dot = np.random.default_rng([seed, throw]).integers(0, (TAPE_LINES, DOTS // 2)).tolist()
    return seed, line, dot


def noise_at(seed: int, rows: slice, height: int, width: int) -> list[Plane]:
    """These rows of the noise, at a picture's size."""
    seed, line, dot = noise_corner(seed)
    if height * width > MAX_KEPT_PIXELS:
        moved = [
            np.roll(plane, (-line * len(plane) // TAPE_LINES, -dot * plane.shape[1] // DOTS), (0, 1))
            for plane in noise_planes(seed)
        ]
        return [enlarge_rows(plane, rows, (height, width)) for plane in moved]
    left, top = dot * width // DOTS, (rows.start + line * height // TAPE_LINES) % height
    bottom = top + rows.stop - rows.start
    windows = [plane[:, left : left + width] for plane in kept_noise(seed, height, width)]
    if bottom <= height:
        return [plane[top:bottom] for plane in windows]
    return [np.take(plane, range(top, bottom), 0, mode="wrap") for plane in windows]


@byte_cache()
def snow(seed: int) -> Plane:
    """Noise in light, around 128: grains twice as wide as high."""
    grains = np.random.default_rng(seed).standard_normal((TAPE_LINES, DOTS), np.float32)
    return around_middle(cv2.GaussianBlur(grains, (7, 1), 1.0), SNOW)


@byte_cache()
def blotches(seed: int, plane: int) -> Plane:
    """Noise in one plane of colour, around 128: long flecks, two lines high."""
    flecks = np.random.default_rng([seed, plane + 1]).standard_normal((TAPE_LINES // 2, DOTS // 2), np.float32)
    return around_middle(cv2.GaussianBlur(flecks, (31, 1), 5.0), BLOTCHES)


def around_middle(noise: Floats, deviation: float) -> Plane:
    """The noise with this standard deviation, around 128, in 8 bits."""
    return np.rint(np.clip(128 + noise * (deviation / noise.std()), 0, 255)).astype(np.uint8)


def mistrack(image: Image, tracking: float, seed: int) -> Image:
    """Lines moved sideways: all a little, and a band near the bottom torn away, with dashes of white in it."""
    height, width = image.shape[:2]
    short = min(height, width)
    away, dashes = torn_lines(seed)
    across = np.arange(width, dtype=np.float32)
    line = np.minimum((np.arange(height) + 0.5) / height * TAPE_LINES, TAPE_LINES - 1).astype(np.intp)
    out = np.empty_like(image)

    def work(rows: slice) -> None:
        shape = rows.stop - rows.start, width
        columns, lines = scratch("columns", shape, np.float32), scratch("lines", shape, np.float32)
        moved = away[line[rows], None] * np.float32(tracking * short)
        np.clip(np.subtract(across, moved, out=columns), 0, width - 1, out=columns)
        lines[...] = np.arange(height)[rows, None]
        resample(image, (columns, lines), out[rows])
        hit = dashes[line[rows]]
        if hit.any():
            streaks = cv2.resize(hit, (width, shape[0]), interpolation=cv2.INTER_AREA).reshape(shape)
            white = cv2.convertScaleAbs(streaks, alpha=tracking).reshape(shape)
            out[rows] = cv2.add(out[rows], cv2.merge([white] * 3))

    each_band(work, height, width, bytes_per_pixel=24)
    return out


@byte_cache(most=4)
def torn_lines(seed: int) -> tuple[Floats, Plane]:
    """How far each line is moved at full tracking (LINES, shares of the side), and the dashes (LINES x DOTS).

    Every throw shakes the lines and strews the dashes anew; the torn band stays where the seed has put it.
    """
    seed, throw = seed_and_throw(seed)
    still = np.random.default_rng([seed, 7])
    waves, shaking = still.standard_normal(TAPE_LINES + 8), still.standard_normal(TAPE_LINES)
    middle, high, side = still.uniform(0.84, 0.94), still.uniform(0.02, 0.035), still.choice([-1, 1])
    chance = np.random.default_rng([seed, 7, throw]) if throw else still
    if throw:
        waves, shaking = chance.standard_normal(TAPE_LINES + 8), chance.standard_normal(TAPE_LINES)
    at = ((np.arange(TAPE_LINES) + 0.5) / TAPE_LINES - middle) / high
    band = np.exp(-at * at)
    away = np.convolve(waves, np.ones(9) / 9, "valid") * 0.004 + shaking * 0.0012
    away += band * side * 0.16 * (1 + 0.25 * chance.standard_normal(TAPE_LINES))
    # The head of the tape is pulled sideways at the very bottom.
    away += 0.10 * np.clip((np.arange(TAPE_LINES) - 0.975 * TAPE_LINES) / (0.025 * TAPE_LINES), 0, 1) ** 2
    # A still's chance is drawn for all lines, wherever the band is; for a frame, where there can be a dash at all.
    near = np.flatnonzero(band > 1e-4) if throw else np.arange(TAPE_LINES)
    starts = chance.random((len(near), DOTS)) < 0.03 * band[near, None]
    lengths = cv2.dilate(starts.astype(np.uint8), np.ones((1, 31), np.uint8))
    dashes = np.zeros((TAPE_LINES, DOTS), np.uint8)
    dashes[near] = lengths * chance.integers(60, 220, (len(near), 1), dtype=np.uint8)
    return away.astype(np.float32), dashes


def stamp_date(image: Image, text: str) -> Image:
    """The picture with words in white at the lower left, as a camera writes the date into it."""
    height, width = image.shape[:2]
    size, out = 0.06 * min(height, width), image.copy()
    lower_left, aside = (0.0, 1.0), (0.02, -0.03)
    for block in caption_blocks(
        text, height, width, font="mono", size=size, meme=False, anchor=lower_left, aside=aside
    ):
        paint_mask(out, *draw_block(block, size / 16, height, width), rgb("#202020"), 0.6)
        paint_mask(out, *draw_block(block, 0, height, width), rgb("#f2f2ee"), 1)
    return out
