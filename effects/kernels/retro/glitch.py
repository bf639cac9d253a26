"""What a broken signal does to rows: bands of them, and turning each around its end."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from effects.chance import begin_of
from effects.image import Colors, Floats, Image
from effects.kernels.surroundings import Surroundings


@dataclass(frozen=True)
class SignalBand:
    """Rows from `top` to `bottom` (0..1 of the height), moved right by `red`, `green`, `blue` (1 is the short side)."""

    top: float
    bottom: float
    red: float
    green: float
    blue: float


def tear_bands(count: int, amount: float, shift: float, seed: int) -> list[SignalBand]:
    """`count` bands of uneven height; a share of `amount` / 2 of them is moved, by up to `amount` / 4.

    Everywhere red is moved by `shift` and blue by as much the other way; in the bands that are moved, by up to four
    times that.
    """
    edges, order, pulls, spreads = _throw(count, seed)
    moved = order < np.ceil(count * amount / 2)
    away = np.where(moved, pulls * amount / 2, 0)
    apart = shift * np.where(moved, spreads, 1)
    return [SignalBand(*band) for band in zip(edges[:-1], edges[1:], away + apart, away, away - apart, strict=True)]


def _throw(count: int, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """What chance says of bands: their edges, which are moved before others, how far, and their colours apart."""
    chance = np.random.default_rng(seed)
    heights = chance.gamma(1.2, size=count) + 0.05
    edges = np.concatenate([[0], np.cumsum(heights) / heights.sum()])
    return (
        edges,
        chance.permutation(count).astype(float),
        chance.triangular(-1, 0, 1, count),
        1 + 3 * chance.random(count),
    )


def torn(colors: Colors, around: Surroundings, *, amount: float, blocks: int, shift: float, seed: int) -> Colors:
    """What `tear_bands` and `roll_bands` do, in floats; a throw begins elsewhere and deals out the numbers anew."""
    edges, *numbers = _throw(blocks, seed)
    columns, rows, high = around.pixels[..., :1], around.pixels[..., 1:], around.frame.height
    lines = np.mod(rows + begin_of(around.throw, len(numbers), high), high)
    band = sum(np.where(lines < np.rint(edge * high), 0.0, 1.0) for edge in edges[1:-1])
    dealt = [np.mod(band + begin_of(around.throw, choice, blocks), blocks) for choice in range(len(numbers))]
    order, pull, spread = (
        np.select([at < 0.5 + place for place in range(blocks - 1)], list(each[:-1]), each[-1])
        for at, each in zip(dealt, numbers, strict=True)
    )
    moved = order < np.ceil(blocks * amount / 2)
    away, apart = np.where(moved, pull * amount / 2, 0), shift * np.where(moved, spread, 1)
    width, height = around.frame.width, around.frame.height
    planes = []
    for channel, turn in enumerate((away + apart, away, away - apart)):
        from_left = np.mod(columns - np.rint(turn * around.frame.short), width)
        there = np.concatenate([2 * from_left + 1 - width, 2 * rows + 1 - height], axis=-1) / around.frame.short
        planes.append(around.at(colors, there)[..., channel])
    return np.stack(planes, axis=-1)


def roll_bands(image: Image, bands: list[SignalBand]) -> Image:
    """The picture with each band's rows turned around their ends, channel by channel; no value is lost or made."""
    height, width = image.shape[:2]
    short = min(height, width)
    out = np.empty_like(image)
    for band in bands:
        rows = slice(round(band.top * height), round(band.bottom * height))
        if rows.start == rows.stop:
            continue  # a band lower than a pixel
        planes = cv2.split(image[rows])
        turns = (round(away * short) % width for away in (band.red, band.green, band.blue))
        turned = [
            np.hstack([plane[:, width - turn :], plane[:, : width - turn]])
            for plane, turn in zip(planes, turns, strict=True)
        ]
        out[rows] = cv2.merge(turned).reshape(out[rows].shape)
    return out
