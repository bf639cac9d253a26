"""Numbers to sRGB by way of linear light: transfer curve, primaries, white; for files that state them without an ICC
profile (PNG's gAMA, cHRM and cICP, the nclx of AVIF and HEIC), and for 16-bit samples under a matrix profile.

Code points are those of ITU-T H.273, tables 2 and 3; chromatic adaptation is Bradford's (ICC.1, annex E).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.codec.colour.hdr import (
    BRIGHTEST,
    NOMINAL_PEAK,
    PAPER_WHITE,
    Light,
    averaging,
    display_light,
    display_neutral_light,
    tone_mapper,
)
from effects.codec.raster import Averaging, Samples
from effects.image import Floats, Image, to_uint8
from effects.kernels.transfer import from_linear, to_linear
from effects.kernels.white import BRADFORD
from effects.memory.cache import byte_cache

Curve = Callable[[Floats], Floats]
"""From encoded 0..1 to linear light (1 is white on paper; more is brighter than that)."""

D65 = (0.3127, 0.3290)
SRGB = ((0.64, 0.33), (0.30, 0.60), (0.15, 0.06), D65)
BT2020 = ((0.708, 0.292), (0.170, 0.797), (0.131, 0.046), D65)
P3 = ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), D65)
ADOBE_RGB = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65)
ADOBE_GAMMA = 563 / 256
"""Adobe RGB (1998) Color Image Encoding, 4.3.1.2: 2 and 51/256."""

Chromaticities = tuple[tuple[float, float], tuple[float, float], tuple[float, float], tuple[float, float]]
"""x and y of red, green, blue and white."""

PRIMARIES: dict[int, Chromaticities] = {
    1: SRGB,
    4: ((0.67, 0.33), (0.21, 0.71), (0.14, 0.08), (0.310, 0.316)),
    5: ((0.64, 0.33), (0.29, 0.60), (0.15, 0.06), D65),
    6: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
    7: ((0.630, 0.340), (0.310, 0.595), (0.155, 0.070), D65),
    9: BT2020,
    11: ((0.680, 0.320), (0.265, 0.690), (0.150, 0.060), (0.314, 0.351)),
    12: P3,
    22: ((0.630, 0.340), (0.295, 0.605), (0.155, 0.077), D65),
}

D50_WHITE = np.array([0.9642, 1.0, 0.8249])


@dataclass(frozen=True)
class Encoding:
    """What encoded numbers mean: a curve for each channel, and a matrix from their linear light to linear sRGB.

    HDR pictures (`hdr` is PQ or HLG) go to linear BT.2020 instead, where the curve for their `peak`, in cd/m2, brings
    them into range.
    """

    curves: tuple[Curve, ...]
    matrix: Floats
    hdr: int | None = None
    peak: float = NOMINAL_PEAK


def power(exponent: float) -> Curve:
    """A pure power curve."""
    return lambda values: np.asarray(np.maximum(values, 0) ** exponent)


def perceptual_quantizer(values: Floats) -> Floats:
    """SMPTE ST 2084, in multiples of paper white."""
    root = np.maximum(values, 0) ** (1 / 78.84375)
    light = np.maximum(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)
    return np.asarray(10000 / PAPER_WHITE * light ** (1 / 0.1593017578125))


def hybrid_log(values: Floats) -> Floats:
    """ARIB STD-B67: light of the scene, 0..1."""
    logarithmic = (np.exp((values - 0.55991073) / 0.17883277) + 0.28466892) / 12
    return np.where(values <= 0.5, values**2 / 3, np.maximum(logarithmic, 0))


CURVES: dict[int, Curve] = {
    # Video's numbers are meant for a screen of gamma 2.4 (ITU-R BT.1886).
    1: power(2.4),
    4: power(2.2),
    5: power(2.8),
    6: power(2.4),
    7: to_linear,
    8: power(1.0),
    13: to_linear,
    14: power(2.4),
    15: power(2.4),
    16: perceptual_quantizer,
    17: power(2.6),
    18: hybrid_log,
}
PQ, HLG = 16, 18
HDR = (PQ, HLG)


def xyz_of(chromaticities: Chromaticities) -> Floats:
    """The matrix from linear RGB to XYZ, adapted to the D50 white of profiles."""
    columns = np.array([[x, y, 1 - x - y] for x, y in chromaticities]).T
    # Primaries are scaled to make white, so that one without any luminance (y = 0, outside of what eyes see) will do.
    white = columns[:, 3] / columns[1, 3]
    scaled = columns[:, :3] * np.linalg.solve(columns[:, :3], white)
    cones = (BRADFORD @ D50_WHITE) / (BRADFORD @ white)
    return np.asarray(np.linalg.inv(BRADFORD) @ np.diag(cones) @ BRADFORD @ scaled)


def to_linear_srgb(xyz: Floats) -> Floats:
    """The matrix to linear sRGB from a device whose colours stand in the columns of `xyz` (D50)."""
    return np.asarray(np.linalg.solve(xyz_of(SRGB), xyz))


def are_absurd(chromaticities: Chromaticities) -> bool:
    """Whether they lie beyond one, span nothing, or have a white without luminance."""
    *corners, white = chromaticities
    triangle = np.array([[*corner, 1.0] for corner in corners])
    return max(*white, triangle.max()) > 1 or white[1] == 0 or abs(float(np.linalg.det(triangle))) < 1e-3


def encoding(chromaticities: Chromaticities, curve: Curve) -> Encoding:
    """One curve for all channels."""
    return Encoding((curve,) * 3, to_linear_srgb(xyz_of(chromaticities)))


def code_points(primaries: int, transfer: int, peak: float | None = None) -> Encoding | None:
    """What two H.273 code points mean; None for sRGB itself and for what is unspecified or unknown.

    `peak` is how bright, in cd/m2, an HDR picture says it gets; HLG gets no brighter than the screen it is meant for.
    """
    # Where one of the two is unspecified or unknown, it is sRGB's.
    chromaticities, curve = PRIMARIES.get(primaries, SRGB), CURVES.get(transfer, to_linear)
    if chromaticities == SRGB and curve is to_linear:
        return None
    if transfer in HDR:
        to_2020: Floats = np.linalg.solve(xyz_of(BT2020), xyz_of(chromaticities)).astype(np.float64)
        most = BRIGHTEST if transfer == PQ else NOMINAL_PEAK
        return Encoding((curve,) * 3, to_2020, transfer, min(max(peak or NOMINAL_PEAK, PAPER_WHITE), most))
    return encoding(chromaticities, curve)


FROM_2020 = to_linear_srgb(xyz_of(BT2020)).astype(np.float32)

LIGHT_STEPS = 65535


@byte_cache()
def srgb_table() -> npt.NDArray[np.uint8]:
    """The sRGB value of every step of linear light."""
    return to_uint8(from_linear(np.linspace(0, 1, LIGHT_STEPS + 1)))


def shaper(meaning: Encoding) -> Callable[[Samples], Image]:
    """A function from bands of 8- or 16-bit samples (grey or RGB) to sRGB."""
    return hdr_shaper(meaning) if meaning.hdr else plain_shaper(meaning)


def plain_shaper(meaning: Encoding) -> Callable[[Samples], Image]:
    """Light of paper and no brighter: 16 bits of it are enough, and cv2 looks up and mixes them as fast as it can."""
    tables: dict[int, list[npt.NDArray[np.uint16]]] = {}

    def to_srgb(samples: Samples) -> Image:
        count = np.iinfo(samples.dtype).max + 1
        if count not in tables:
            steps = np.linspace(0, 1, count)
            tables[count] = [to_steps(curve(steps)) for curve in meaning.curves]
        neutral = samples.shape[-1] == 1
        channels = [cv2.extractChannel(samples, 0 if neutral else index) for index in range(3)]
        light = cv2.merge([cv2.LUT(*pair) for pair in zip(channels, tables[count], strict=True)])
        mixed = light if neutral else cv2.transform(light, meaning.matrix.astype(np.float32))
        return np.asarray(cv2.LUT(mixed, srgb_table()), np.uint8)

    return to_srgb


def hdr_shaper(meaning: Encoding) -> Callable[[Samples], Image]:
    """Light brighter than paper, in floating point."""
    tables: dict[int, Light] = {}
    in_range = tone_mapper(meaning.peak)

    def to_srgb(samples: Samples) -> Image:
        count = np.iinfo(samples.dtype).max + 1
        if count not in tables:
            # One curve for all channels: HDR is stated by code points alone.
            tables[count] = meaning.curves[0](np.linspace(0, 1, count)).astype(np.float32)
        light = cv2.LUT(samples, tables[count]).reshape(samples.shape)
        neutral = samples.shape[-1] == 1
        mixed = cv2.merge([light] * 3) if neutral else cv2.transform(light, meaning.matrix.astype(np.float32))
        shown = in_range(display_light(mixed) if meaning.hdr == HLG else mixed)
        return np.asarray(cv2.LUT(to_steps(cv2.transform(shown, FROM_2020)), srgb_table()), np.uint8)

    return to_srgb


def to_steps(light: Floats) -> npt.NDArray[np.uint16]:
    """0..1 in whole steps."""
    return np.rint(np.clip(light, 0, 1) * light.dtype.type(LIGHT_STEPS)).astype(np.uint16)


def averaging_scale(meaning: Encoding) -> Averaging | None:
    """The scale on which to average encoded samples so that it is done as they will be seen; None where there is none.

    For each channel the values of the 8- and 16-bit samples on it: sRGB's own curve over the light that is shown. Exact
    for neutral colours. None where a curve does not rise.
    """
    scales = []
    for curve in meaning.curves:
        light = curve(np.linspace(0, 1, LIGHT_STEPS + 1))
        if meaning.hdr:
            light = averaging(display_neutral_light(light) if meaning.hdr == HLG else light, meaning.peak)
        seen = from_linear(light)
        if not seen[0] < seen[-1] or (np.diff(seen) < 0).any():
            return None
        scales.append(to_steps((seen - seen[0]) / (seen[-1] - seen[0])))
    return tuple(scales)
