"""A picture tube: curved glass, lines, and phosphors in three colours."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Floats, Frame, Image, Points
from effects.kernels.lookups import LookUp
from effects.kernels.retro.scanlines import gain_bytes, stripe, stripes
from effects.kernels.sampling import resample
from effects.kernels.surroundings import Surroundings
from effects.memory.bands import MAX_KEPT_PIXELS, each_band
from effects.memory.cache import byte_cache

TUBE_LINES = 240
"""Lines over the height, as in one field of television; a triad of phosphors is as wide as a line is high."""

STRIPE = 0.6
"""How dark a phosphor's place is for the two other colours."""

SLOT = 0.35
"""How dark the bars between the slots are."""

SPREAD = 0.7
"""How much of the brightest light passes beside its line and phosphor."""


Glass = tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.uint8]]
"""Columns, rows, and how much of each pixel is on the glass; each h x W."""


def bulge_glass(image: Image, curvature: float) -> Image:
    """The picture on bulging glass, black around it.

    A pixel at u, v (-1..1 over the sides) shows what is at u (1 + k v^2), v (1 + k u^2).
    """
    frame, out = Frame(*image.shape[:2]), np.empty_like(image)
    small = frame.height * frame.width <= MAX_KEPT_PIXELS
    kept = kept_glass(frame, curvature) if small else None

    def work(rows: slice) -> None:
        columns, lines, seen = kept if kept else glass(frame, curvature, rows)
        if kept:
            columns, lines, seen = columns[rows], lines[rows], seen[rows]
        resample(image, (columns, lines), out[rows])
        if int(seen.min()) < 255:
            cv2.multiply(out[rows], cv2.merge([seen] * 3), dst=out[rows], scale=1 / 255)

    each_band(work, frame.height, frame.width, bytes_per_pixel=40)
    return out


def glass(frame: Frame, curvature: float, rows: slice) -> Glass:
    """Where these rows look, inside the picture, and how much of each pixel is on the glass (0..255)."""
    u = ((2 * np.arange(frame.width, dtype=np.float32) + 1) / frame.width - 1)[None]
    v = ((2 * np.arange(frame.height, dtype=np.float32) + 1) / frame.height - 1)[rows, None]
    columns = (u * (1 + np.float32(curvature) * v * v) + 1) * np.float32(frame.width / 2) - np.float32(0.5)
    lines = (v * (1 + np.float32(curvature) * u * u) + 1) * np.float32(frame.height / 2) - np.float32(0.5)
    beside = np.maximum(
        np.abs(columns - (frame.width - 1) / 2) - (frame.width - 1) / 2,
        np.abs(lines - (frame.height - 1) / 2) - (frame.height - 1) / 2,
    )
    seen = gain_bytes(np.clip(1.5 - beside, 0, 1))
    return np.clip(columns, 0, frame.width - 1), np.clip(lines, 0, frame.height - 1), seen


@byte_cache()
def kept_glass(frame: Frame, curvature: float) -> Glass:
    """The glass over a whole small picture, kept for the next frame: at most 18 MB each."""
    return glass(frame, curvature, slice(0, frame.height))


def behind_glass(around: Surroundings, curvature: float) -> tuple[Points, Floats]:
    """What `bulge_glass` looks at and how much of it is seen, for any pixel: points ... x 2, and shares ... x 1."""
    extent, short = around.frame.extent, around.frame.short
    share = around.points / extent
    points = around.points * (1 + curvature * share[..., ::-1] ** 2)
    beyond = np.abs(points) * (short / 2) - (extent * short - 1) / 2
    return points, np.clip(1.5 - np.maximum(beyond[..., :1], beyond[..., 1:]), 0, 1)


def through_grille(colors: Floats, around: Surroundings, scanlines: float, mask: str) -> Floats:
    """What `shine_through` does, in floats, to any pixel."""
    width, height = around.frame.width, around.frame.height
    share = (around.points / around.frame.extent + 1) / 2
    x, y, triads = share[..., :1], share[..., 1:], TUBE_LINES * width / height
    gain = 1 - scanlines * (0.5 - 0.5 * stripe(y, height, TUBE_LINES))
    if mask != "none":
        phosphors = np.concatenate([stripe(x, width, triads, phase / 3) for phase in (-1, 0, 1)], axis=-1)
        gain = gain * (1 - STRIPE * (0.5 - 0.5 * phosphors))
    if mask == "slot":
        bars = stripe(y, height, TUBE_LINES / 2) * 2**0.5 * stripe(x, width, triads / 2)
        gain = gain * (1 - SLOT * (0.5 - 0.5 * np.clip(bars, -1, 1)))
    passing = (1 - scanlines / 2) * (1 if mask == "none" else 1 - STRIPE / 2) * (1 - SLOT / 2 if mask == "slot" else 1)
    beside = SPREAD * colors
    light = np.minimum(colors / (passing + beside * (1 - passing)), 1)
    return light * (1 - beside) * gain + light * beside


def shine_through(image: Image, scanlines: float, mask: str) -> Image:
    """The picture seen through lines and mask (none, aperture, slot), about as light as it was.

    What is bright lights up its surroundings: a share of `SPREAD` * c of it passes where mask and lines are dark, too.
    """
    passing = (1 - scanlines / 2) * (1 if mask == "none" else 1 - STRIPE / 2) * (1 - SLOT / 2 if mask == "slot" else 1)
    values = np.arange(256) / 255
    beside = SPREAD * values
    light = np.minimum(values / (passing + beside * (1 - passing)), 1)
    through, spread = LookUp(gain_bytes(light * (1 - beside))), LookUp(gain_bytes(light * beside))
    frame, out = Frame(*image.shape[:2]), np.empty_like(image)
    small = frame.height * frame.width <= MAX_KEPT_PIXELS
    kept = kept_grille(frame, scanlines, mask) if small else None

    def work(rows: slice) -> None:
        gain = kept[rows] if kept is not None else grille(frame, scanlines, mask, rows)
        cv2.multiply(through(image[rows]), gain, dst=out[rows], scale=1 / 255)
        cv2.add(out[rows], spread(image[rows]), dst=out[rows])

    each_band(work, frame.height, frame.width, bytes_per_pixel=40)
    return out


def grille(frame: Frame, scanlines: float, mask: str, rows: slice) -> Image:
    """How much light of each colour passes at each pixel of these rows, 0..255."""
    gain = (1 - scanlines * (0.5 - 0.5 * stripes(frame.height, TUBE_LINES)[rows]))[:, None, None]
    if mask == "none":
        return gain_bytes(np.broadcast_to(gain, (rows.stop - rows.start, frame.width, 3)))
    triads = TUBE_LINES * frame.width / frame.height
    phosphors = np.stack([stripes(frame.width, triads, phase / 3) for phase in (-1, 0, 1)], axis=1)
    gain = gain * (1 - STRIPE * (0.5 - 0.5 * phosphors))
    if mask == "slot":
        # Bars stand between the slots, and in every other triad half a slot lower.
        bars = (
            stripes(frame.height, TUBE_LINES / 2)[rows, None, None] * 2**0.5 * stripes(frame.width, triads / 2)[:, None]
        )
        gain = gain * (1 - SLOT * (0.5 - 0.5 * np.clip(bars, -1, 1)))
    return gain_bytes(gain)


@byte_cache()
def kept_grille(frame: Frame, scanlines: float, mask: str) -> Image:
    """The grille over a whole small picture, kept for the next frame: at most 6 MB each."""
    return grille(frame, scanlines, mask, slice(0, frame.height))
