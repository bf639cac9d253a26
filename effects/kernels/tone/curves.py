"""Curves through a few points, as texts and as functions: monotone cubic interpolation (PCHIP)."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from effects.image import Floats

STRAIGHT = "0.0,0.0 1.0,1.0"
"""The curve that changes nothing."""

MAX_POINTS = 16


def read_curve(text: str) -> npt.NDArray[np.float64]:
    """The points of a text 'x,y x,y ...', N x 2; ValueError for anything but 2 to 16 points in 0..1 with x rising."""
    pairs = [pair.split(",") for pair in text.split()]
    if not 2 <= len(pairs) <= MAX_POINTS or any(len(pair) != 2 for pair in pairs):
        raise ValueError(f"a curve has 2 to {MAX_POINTS} points, like '{STRAIGHT}'")
    try:
        points = np.array([[float(number) for number in pair] for pair in pairs])
    except ValueError:
        raise ValueError(f"a curve's points are numbers, like '{STRAIGHT}'") from None
    if not ((points >= 0) & (points <= 1)).all():
        raise ValueError("a curve's points lie between 0 and 1")
    if not (np.diff(points[:, 0]) > 1e-6).all():
        raise ValueError("the x of a curve's points rise from left to right")
    return points


def curve(text: str, values: Floats) -> Floats:
    """The curve's y at each value, any shape; flat outside the first and last point.

    Slopes after Fritsch and Carlson (1980): zero at a turning point, else the weighted harmonic mean of the two chords;
    at the ends the three-point formula, held so that the curve stays monotone.
    """
    x, y = read_curve(text).T
    width = np.diff(x)
    chord = np.diff(y) / width
    slope = np.concatenate(
        [[_end_slope(width, chord)], _inner_slopes(width, chord), [_end_slope(width[::-1], chord[::-1])]]
    )
    index = np.clip(np.searchsorted(x, values, side="right") - 1, 0, len(width) - 1)
    held = np.clip(values, x[0], x[-1])
    t = ((held - x[index]) / width[index]).astype(values.dtype)
    span = width[index]
    result = (
        (1 + 2 * t) * (1 - t) ** 2 * y[index]
        + t * (1 - t) ** 2 * span * slope[index]
        + t**2 * (3 - 2 * t) * y[index + 1]
        + t**2 * (t - 1) * span * slope[index + 1]
    )
    return result.astype(values.dtype)


def _inner_slopes(width: Floats, chord: Floats) -> Floats:
    before, after = chord[:-1], chord[1:]
    left, right = width[1:] * 2 + width[:-1], width[1:] + width[:-1] * 2
    turning = before * after <= 0
    safe_before, safe_after = np.where(turning, 1, before), np.where(turning, 1, after)
    return np.where(turning, 0, (left + right) / (left / safe_before + right / safe_after))


def _end_slope(width: Floats, chord: Floats) -> float:
    if len(chord) == 1:
        return float(chord[0])
    slope = ((2 * width[0] + width[1]) * chord[0] - width[0] * chord[1]) / (width[0] + width[1])
    if slope * chord[0] <= 0:
        return 0.0
    if chord[0] * chord[1] <= 0 and abs(slope) > 3 * abs(chord[0]):
        return float(3 * chord[0])
    return float(slope)
