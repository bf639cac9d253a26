"""White points along the daylight and Planckian loci, and the change of linear sRGB from one white to another."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from effects.image import Matrix

XYZ_FROM_RGB = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
"""Linear sRGB to CIE XYZ, D65 (IEC 61966-2-1)."""

BRADFORD = np.array([[0.8951, 0.2664, -0.1614], [-0.7502, 1.7135, 0.0367], [0.0389, -0.0685, 1.0296]])
"""XYZ to sharpened cone responses. Source: Lam, Metamerism and Colour Constancy, 1985."""

FULL_DUV = 0.02
"""How far off the locus a tint of 1 lies: below it, which is magenta."""

WARMEST, NEUTRAL, COOLEST = 2500.0, 6500.0, 12000.0

Pair = npt.NDArray[np.float64]


def white_point(temperature: float, duv: float) -> Pair:
    """The chromaticity (x, y) of the white at a slider from -1 (cool) to 1 (warm), `duv` above the locus (greener)."""
    end = np.where(temperature > 0, WARMEST, COOLEST).item()
    mired = 1e6 / NEUTRAL + abs(temperature) * (1e6 / end - 1e6 / NEUTRAL)
    white = _uv(locus(1e6 / mired))
    along = _uv(locus(1e6 / (mired + 0.5))) - _uv(locus(1e6 / (mired - 0.5)))
    # Towards higher mired u grows, so a quarter turn of (du, dv) that points up in v is (-dv, du).
    across = np.array([-along[1], along[0]]) / np.hypot(*along)
    return _xy(white + duv * across)


def locus(kelvin: float) -> Pair:
    """The chromaticity (x, y) of a colour temperature.

    From 4000 K the CIE daylight locus (CIE 015:2004), below it the Planckian one after Kang et al. (2002).
    """
    k = 1e3 / kelvin
    planckian = -0.2661239 * k**3 - 0.2343589 * k**2 + 0.8776956 * k + 0.179910
    warm = -4.6070 * k**3 + 2.9678 * k**2 + 0.09911 * k + 0.244063
    cool = -2.0064 * k**3 + 1.9018 * k**2 + 0.24748 * k + 0.237040
    x = np.where(kelvin < 4000, planckian, np.where(kelvin <= 7000, warm, cool)).item()
    warmest = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    lamp = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    daylight = -3 * x**2 + 2.870 * x - 0.275
    return np.stack([x, np.where(kelvin < 4000, np.where(kelvin < 2222, warmest, lamp), daylight)])


def adaptation(source: Pair, target: Pair) -> Matrix:
    """The change of linear sRGB that shows one white as another, both of luminance 1 (von Kries, Bradford)."""
    before, after = (BRADFORD @ np.array([x, y, 1 - x - y]) / y for x, y in (source, target))
    change = np.linalg.inv(BRADFORD) @ np.diag(after / before) @ BRADFORD
    return np.hstack([np.linalg.inv(XYZ_FROM_RGB) @ change @ XYZ_FROM_RGB, np.zeros((3, 1))])


def sliders_of(gains: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The temperature and tint, -1..1, of the white that linear red, green and blue in this proportion are.

    The nearest of 201 temperatures, and how far above or below it the white lies, where a tint of 1 is `FULL_DUV`
    below.
    """
    whites = XYZ_FROM_RGB @ gains
    white = _uv(whites[:2] / whites.sum()) - _uv((XYZ_FROM_RGB @ np.ones(3))[:2] / XYZ_FROM_RGB.sum())
    white = white + _uv(white_point(0, 0))
    sliders = np.linspace(-1, 1, 201)
    along = np.array([_uv(white_point(slider, 0)) for slider in sliders])
    nearest = int(np.argmin(np.hypot(*(along - white).T)))
    across = _uv(white_point(sliders[nearest], FULL_DUV)) - along[nearest]
    return float(sliders[nearest]), float(np.clip(-(white - along[nearest]) @ across / FULL_DUV**2, -1, 1))


def _uv(xy: Pair) -> Pair:
    x, y = xy
    return np.array([4 * x, 6 * y]) / (-2 * x + 12 * y + 3)


def _xy(uv: Pair) -> Pair:
    u, v = uv
    return np.array([3 * u, 2 * v]) / (2 * u - 8 * v + 4)
