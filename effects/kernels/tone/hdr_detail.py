"""Bringing out fine detail: what an edge-preserving smoothing takes away from the lightness, added twice over.

Source: cv2.detailEnhance: Gastal and Oliveira, Domain Transform for Edge-Aware Image and Video Processing, 2011,
recursive filter, three rounds, on L* / 255.
"""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Floats as Plane
from effects.image import Image
from effects.kernels.guided import fit_guided_filter
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

ROUNDS = 3

BOOST = 2.0
"""How much of the detail is added: cv2 keeps the smooth part and triples the rest."""

MAX_DETAIL_SIDE = 1000
"""The shorter side up to which smoothing is done on the picture itself; larger ones are shrunk by a whole number."""

KEEP_EDGES = 1e-6
"""The variance below which the shrunk picture's smooth part is not led by the large one's edges."""


def strengthen_detail(image: Image, radius: float, threshold: float) -> Image:
    """The picture with its detail three times as strong; `radius` in shares of the shorter side, `threshold` 0..1."""
    height, width = image.shape[:2]
    times = max(1, min(height, width) // MAX_DETAIL_SIDE)
    size = max(1, width // times), max(1, height // times)
    small = cv2.resize(image, size, interpolation=cv2.INTER_AREA).reshape(*size[::-1], 3) if times > 1 else image
    light = lightness(small)
    smooth = smooth_plane(light, radius * min(light.shape), threshold)
    base = fit_guided_filter(light, smooth, 1, KEEP_EDGES, height=height, width=width) if times > 1 else None
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        lab = cv2.cvtColor(image[rows].astype(np.float32) * np.float32(1 / 255), cv2.COLOR_RGB2Lab)
        own = lab[..., 0] * np.float32(1 / 255)
        under = smooth[rows] if base is None else base.at(own, rows)
        lab[..., 0] += (own - under) * np.float32(255 * BOOST)
        rgb = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
        cv2.convertScaleAbs(np.maximum(rgb, 0, out=rgb), dst=out[rows], alpha=255)

    each_band(work, height, width, bytes_per_pixel=40)
    return out


def lightness(image: Image) -> Plane:
    """L* / 255, 0..0.39, as cv2 scales it before it smooths; h x w."""
    light = np.empty(image.shape[:2], np.float32)

    def work(rows: slice) -> None:
        lab = cv2.cvtColor(image[rows].astype(np.float32) * np.float32(1 / 255), cv2.COLOR_RGB2Lab)
        np.multiply(lab[..., 0], np.float32(1 / 255), out=light[rows])

    each_band(work, *image.shape[:2], bytes_per_pixel=40)
    return light


def smooth_plane(light: Plane, radius: float, threshold: float) -> Plane:
    """The recursive domain-transform filter of one plane; `radius` in pixels (sigma_s), `threshold` sigma_r."""
    steep = np.float32(radius / threshold)
    across, down = (1 + steep * np.abs(np.diff(light, axis=axis)) for axis in (1, 0))
    # Lines that follow each other in memory: the sweep goes over the first axis, all of a line at once.
    result = light.T.copy()
    gaps = np.ascontiguousarray(across.T), down
    for turn in range(ROUNDS):
        sigma = radius * 3**0.5 * 2 ** (ROUNDS - turn - 1) / (4**ROUNDS - 1) ** 0.5
        fade = np.float32(-(2**0.5) / max(sigma, 1e-6))
        for gap in gaps:
            _sweep(result, np.exp(fade * gap))
            result = np.ascontiguousarray(result.T)
    return result.T.copy()


def _sweep(lines: Plane, weights: Plane) -> None:
    """Each line takes over from the one before it by the weight between them, there and back, in place."""
    for index in range(1, len(lines)):
        lines[index] += (lines[index - 1] - lines[index]) * weights[index - 1]
    for index in range(len(lines) - 2, -1, -1):
        lines[index] += (lines[index + 1] - lines[index]) * weights[index]
