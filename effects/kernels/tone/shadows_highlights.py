"""Lightening shadows and darkening highlights by where a pixel stands, not by how light it is itself."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Colors, Image
from effects.kernels.guided import fit_guided_filter
from effects.kernels.luma import float_luma, luma
from effects.kernels.smoothstep import smoothstep
from effects.kernels.surroundings import Surroundings
from effects.kernels.transfer import from_linear, to_linear
from effects.memory.bands import each_band
from effects.memory.scratch import Scratch
from effects.memory.sheets import sheet

scratch = Scratch()

RADIUS, EPS = 0.02, 0.01
"""Half the guided filter's window as a share of the shorter side, and the variance that counts as flat."""

FULL_STOPS = 1.5
"""What an amount of 1 does to the darkest or the lightest surroundings, in stops."""

MAX_SURROUNDINGS_SIDE = 200
"""The shorter side on which the surroundings are found; larger pictures are shrunk by a whole number."""


def relight(image: Image, shadows: float, highlights: float, width: float) -> Image:
    """The picture with its dark areas lightened by up to `shadows` and its light ones by `highlights` (-1..1).

    `width` (0..1] is the share of the tonal range each of them reaches.
    """
    height, across = image.shape[:2]
    times = max(1, min(height, across) // MAX_SURROUNDINGS_SIDE)
    small_size = max(1, across // times), max(1, height // times)
    small = cv2.resize(image, small_size, interpolation=cv2.INTER_AREA).reshape(*small_size[::-1], 3)
    light = luma(small) * np.float32(1 / 255)
    surroundings = fit_guided_filter(
        light, light, max(1, round(RADIUS * min(light.shape))), EPS, height=height, width=across
    )
    gains = _gains(shadows, highlights, width)
    linear, encoded = _tables()
    out = sheet(image.shape)

    def work(rows: slice) -> None:
        band = image[rows]
        guide = cv2.LUT(luma(band), np.linspace(0, 1, 256, dtype=np.float32)[None])
        base = surroundings.at(guide.reshape(band.shape[:2]), rows)
        steps = np.clip(base * np.float32(len(gains) - 1) + np.float32(0.5), 0, len(gains) - 1).astype(np.uint16)
        gain = np.take(gains, steps)
        lit = scratch("lit", band.shape[:2], np.uint16)
        planes = []
        for plane in cv2.split(band):
            cv2.multiply(cv2.LUT(plane, linear).reshape(gain.shape), gain, dst=lit, dtype=cv2.CV_16U)
            planes.append(cv2.LUT(lit, encoded).reshape(gain.shape))
        cv2.merge(planes, out[rows])

    each_band(work, height, across, bytes_per_pixel=36)
    return out


def relit(colors: Colors, around: Surroundings, *, shadows: float, highlights: float, width: float) -> Colors:
    """The same in floats, by a window as wide as the shrunk picture's."""
    short = around.frame.short
    times = np.maximum(1, np.floor(short / MAX_SURROUNDINGS_SIDE))
    reach = times * np.maximum(1, np.rint(RADIUS * np.floor(short / times))) + np.floor((times - 1) / 2)
    light = float_luma(colors)[..., None]
    seen = around.box_mean(np.concatenate([light, light * light, light], axis=-1), reach / short)
    mean, variance = seen[..., :1], np.maximum(seen[..., 1:2] - seen[..., :1] * seen[..., :1], 0)
    gain = variance / (variance + EPS)
    line = around.box_mean(np.concatenate([gain, mean - gain * mean, gain], axis=-1), reach / short)
    base = line[..., :1] * light + line[..., 1:2]
    dark, bright = 1 - smoothstep(base / width), smoothstep((base - 1) / width + 1)
    stops = FULL_STOPS * (shadows * dark + highlights * bright)
    return from_linear(np.clip(to_linear(colors) * np.exp2(stops), 0, 1))


def _gains(shadows: float, highlights: float, width: float) -> npt.NDArray[np.float32]:
    """The factor on linear light for surroundings 0..1, 4096 of them."""
    base = np.linspace(0, 1, 4096)
    dark, bright = 1 - smoothstep(base / width), smoothstep((base - 1) / width + 1)
    return (2 ** (FULL_STOPS * (shadows * dark + highlights * bright))).astype(np.float32)


def _tables() -> tuple[npt.NDArray[np.float32], npt.NDArray[np.uint8]]:
    """From an 8-bit value to linear light 0..65535, and from that (whole) back to 8 bits."""
    linear = (to_linear(np.arange(256) / 255) * 65535).astype(np.float32)
    encoded = np.rint(np.clip(from_linear(np.arange(65536) / 65535), 0, 1) * 255).astype(np.uint8)
    return linear[None], encoded[None]
