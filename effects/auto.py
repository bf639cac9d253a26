"""Auto: what a picture's light and colours say of how it was exposed, as a few ordinary steps that make up for it.

Three things are told from a small copy: how much contrast is left, how much light there was, and what colour it had.
Each is a sum of evidence whose weights were fitted (least squares) on 59 photographs of many kinds, given other
contrast, exposure and light by formula, and tried on 50 others.
Weak evidence is what a good picture has, too: little is made of it, and most of what is strong (`Shrinkage`).
Vibrance and shadows are left alone: on those 50, what the same evidence says of vibrance brought casts farther off, and
of shadows it won a hundredth of the error and moved good pictures more.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from effects.catalogue import EFFECTS
from effects.effect import Step
from effects.glance import Glance, glance
from effects.image import Floats, Image, Photo
from effects.kernels.luma import float_luma
from effects.kernels.smoothstep import smoothstep
from effects.kernels.transfer import to_linear
from effects.kernels.white import sliders_of
from effects.pipeline import Pipeline

TAIL = 0.002
"""The share of pixels at either end that may be anything: specks of dust, sparks."""

MIN_SPAN = 0.3
"""The least that a contrast is taken for, of its whole: what spans less is fog, or not a photo."""

SPARK = 0.0005
"""The share of pixels that the lightest tone is seen in: sparks are what light is told by."""

END = 1
"""How many levels from black and from white tones count as being there."""

WHOLE = 0.05, 0.985
"""The largest channel of pixels that are neither lost in the dark nor clipped: these have kept their colour."""

FLAT = 0.06
"""What the luma of a picture spans, 0..1, in which there is nothing but a single tone and noise."""

MIN_WHITE = 0.04
"""The lightest tone of a picture, 0..1, below which there is nothing in it to be seen."""

MAX_STOPS = 1.2
"""The most by which light is changed: a night stays one."""

MAX_SOFTENING = 0.25
"""The most by which contrast is lowered, as a power of two."""

COLOUR_SIDE = 256
"""The longer side in pixels of the copy on which colours are compared."""

MIN_COLOUR = 0.03
"""A colour of light, in stops, that nobody sees."""

NEAR_GREY = 0.5
"""How far from grey, in stops, edges still tell of the light more than of what it falls on."""

PALEST = 0.15
"""The share of pixels that are the palest."""

MAX_COLOUR = 0.4
"""The most by which temperature and tint are changed: a sunset keeps most of its own."""

MAX_STRAY = 2.5 / 255
"""How far colours may lie from those that follow from their lightness alone, and the picture still be one of greys."""

SURE_WARMTH, SURE_TINT = 0.47, 0.7
"""How much of the colour of the light that was found is taken away."""


@dataclass(frozen=True)
class Shrinkage:
    """How much is made of evidence: `little` of it up to `weak`, `most` of it from `strong` on."""

    little: float
    weak: float
    strong: float
    most: float

    def __call__(self, evidence: float) -> float:
        """What is made of it; of either sign."""
        rise = smoothstep((np.abs(evidence) - self.weak) / (self.strong - self.weak))
        return float(evidence * (self.little + (self.most - self.little) * rise))


STOPS_SHRINKAGE = Shrinkage(0.1, 0.35, 0.95, 0.7)
CONTRAST_SHRINKAGE = Shrinkage(0.05, 0.07, 0.25, 0.7)
"""Photographs as they are show evidence of a third of a stop, and of a twentieth more or less contrast.

The little that is made of it is on the right side where it is true, and next to nothing beside another fault.
"""


def auto_steps(picture: Image | Photo) -> Pipeline:
    """The steps that make up for a picture's contrast, colour of light and exposure; none where nothing is to be done.

    They are of `contrast`, `temperature_tint` and `exposure`, in this order, at values that a slider can be set to. A
    picture of greys keeps its colour, one without light or without contrast is left as it is; what is transparent does
    not count. TypeError for what is no picture.

    >>> import numpy as np
    >>> dull = np.random.default_rng(1).integers(60, 160, (40, 60, 3), dtype=np.uint8)
    >>> [step.effect.name for step in auto_steps(dull)]
    ['contrast', 'temperature_tint', 'exposure']
    >>> len(auto_steps(np.zeros((4, 4, 3), np.uint8)))
    0
    """
    seen = glance(picture)
    tones = _Tones.of(seen)
    if not tones.are_spread:
        return Pipeline()
    amount, small = _amount_of_contrast(tones), glance(Photo(seen.image, seen.weight), COLOUR_SIDE)
    contrast = EFFECTS["contrast"].step(amount=amount)
    steps = contrast, _light_colour(small, tones.contrast), _exposure(tones, amount)
    return Pipeline(tuple(step for step in steps if not step.is_neutral))


@dataclass(frozen=True)
class _Tones:
    """What the histograms of a picture tell of its contrast and light; tones are encoded, 0..1.

    `white` is the tone that its lightest channels end at, `mean` and `span` are those of its luma. `contrast` is what
    is left of the whole, if both ends are as far from black and white as the nearer one. `lightest` and `middle` are at
    whole contrast: the luma of sparks, and the tone of the largest channels that half the picture stays below; `lost`
    is the share of pixels that are not `WHOLE` there. The others are roots of shares, as they are: of pixels white in
    every channel, of black ones, of the rarer of black and white ones, and of the rarer of those with a channel at
    either end.
    """

    white: float
    mean: float
    span: float
    contrast: float
    lightest: float
    middle: float
    lost: float
    whites: float
    blacks: float
    both_ends: float
    both_clipped: float

    @classmethod
    def of(cls, seen: Glance) -> _Tones:
        """Those of a small copy."""
        dark, light = _histogram(seen.image.min(axis=-1), seen), _histogram(seen.image.max(axis=-1), seen)
        lumas = _histogram(np.rint(float_luma(seen.image)).astype(np.uint8), seen)
        black, white = _tone(dark, TAIL), _tone(light, 1 - TAIL)
        contrast = max(1 - 2 * min(black, 1 - white), MIN_SPAN)
        stretched = _stretched(np.arange(256) / 255, contrast)
        ends = [(histogram[: END + 1].sum(), histogram[-END - 1 :].sum()) for histogram in (dark, lumas, light)]
        (clipped, whites), (blacks, lights), (_, burnt) = np.sqrt(ends)
        return cls(
            white=white,
            mean=float(lumas @ np.arange(256)) / 255,
            span=_tone(lumas, 1 - TAIL) - _tone(lumas, TAIL),
            contrast=contrast,
            lightest=float(stretched[round(255 * _tone(lumas, 1 - SPARK))]),
            middle=float(stretched[round(255 * _tone(light, 0.5))]),
            lost=float(light[(stretched <= WHOLE[0]) | (stretched >= WHOLE[1])].sum()),
            whites=float(whites),
            blacks=float(blacks),
            both_ends=float(min(blacks, lights)),
            both_clipped=float(min(clipped, burnt)),
        )

    @property
    def are_spread(self) -> bool:
        """Whether there is a picture at all: neither darkness nor a single tone."""
        return self.white > MIN_WHITE and self.span >= FLAT


def _histogram(plane: npt.NDArray[np.uint8], seen: Glance) -> Floats:
    """The share of the picture at each of the 256 values of a plane."""
    return np.asarray(np.bincount(plane.reshape(-1), weights=seen.shares, minlength=256), np.float64)


def _tone(histogram: Floats, share: float) -> float:
    """The value, 0..1, that this share of the picture does not exceed."""
    return float(np.searchsorted(histogram.cumsum(), share * histogram.sum())) / 255


def _stretched(values: Floats | float, contrast: float) -> Floats:
    """Encoded values at whole contrast, of which `contrast` was left."""
    return np.clip((np.asarray(values) - 0.5) / contrast + 0.5, 0, 1)


def _amount_of_contrast(tones: _Tones) -> float:
    """More contrast where neither black nor white is reached, less where both are by many pixels."""
    change = min(CONTRAST_SHRINKAGE(_excess_of_contrast(tones)), MAX_SOFTENING)
    return _stop(2**-change, 0.02)


def _excess_of_contrast(tones: _Tones) -> float:
    """How much more contrast there is than there should be, as a power of two.

    Many black pixels alone tell of a dark background.
    """
    left = max(np.log2(tones.contrast), -0.7)
    return float(1.04 * left + 1.41 * min(tones.both_ends, 0.2) + 0.27 * min(tones.both_clipped, 0.4) + 0.025)


def _exposure(tones: _Tones, amount: float) -> Step:
    """More light where no pixel is light, less where many are white or none is black, or where colours are lost.

    A light picture becomes lighter still with more contrast: most of that is taken back.
    """
    means = np.array([tones.mean, (tones.mean - 0.5) * amount + 0.5])
    before, after = np.log2(to_linear(np.clip(means, MIN_WHITE, 1)))
    stops = -STOPS_SHRINKAGE(_excess_of_light(tones)) - 0.7 * max(after - before, 0)
    return EFFECTS["exposure"].step(stops=_stop(float(np.clip(stops, -MAX_STOPS, MAX_STOPS)), 0.05))


def _excess_of_light(tones: _Tones) -> float:
    """How much more light there is than there should be, in stops."""
    light = 3.0 * max(tones.lightest, 0.66) + 0.32 * tones.middle + 0.93 * min(tones.whites, 0.3)
    return light - 1.94 * min(tones.blacks, 0.2) + 0.78 * min(tones.lost, 0.5) - 2.93


def _light_colour(seen: Glance, contrast: float) -> Step:
    """The light's colour taken away, if it has one; a print in one ink keeps its own."""
    values = _stretched(seen.image / 255, contrast)
    warm, magenta = np.array([SURE_WARMTH, SURE_TINT]) * _excess_of_colour(values, seen)
    if max(abs(warm), abs(magenta)) < MIN_COLOUR or _is_of_greys(values, seen.shares):
        return EFFECTS["temperature_tint"].step(temperature=0)
    temperature, tint = sliders_of(2.0 ** -np.array([warm / 2 + magenta, 0, magenta - warm / 2]))
    temperature, tint = (_stop(float(np.clip(value, -MAX_COLOUR, MAX_COLOUR)), 0.02) for value in (temperature, tint))
    return EFFECTS["temperature_tint"].step(temperature=temperature, tint=tint)


def _excess_of_colour(values: Floats, seen: Glance) -> Floats:
    """How warm the light is (red over blue) and how magenta (both over green), in stops.

    Told by the edges of what is nearly grey, by how many pixels of each channel are at its end, by the lightest of
    each and by means that weigh light pixels more. Where no pixel is pale, the colours are those of things. Sources:
    van de Weijer, Gevers and Gijsenij, Edge-Based Color Constancy, 2007; Finlayson and Trezzi, Shades of Gray and
    Colour Constancy, 2004; Land, The Retinex Theory of Color Vision, 1977.
    """
    linear, counts = to_linear(values), seen.shares.reshape(values.shape[:2])
    most, least = values.max(axis=-1), values.min(axis=-1)
    whole = counts * ((most > WHOLE[0]) & (most < WHOLE[1]))
    whole = whole if whole.sum() > 0.001 else counts
    red, green, blue = np.sqrt(np.tensordot(counts, values > 1 - 6.5 / 255))
    ends = np.clip([red - blue, (red + blue) / 2 - green], -0.25, 0.5)
    near = np.clip(_edges_near_grey(linear, whole), -0.7, 1.2)
    fourth, eighth = (_ratios(np.tensordot(whole / whole.sum(), linear**power) ** (1 / power)) for power in (4, 8))
    whites = _ratios(to_linear(_channel_whites(values, seen)))
    paleness = np.bincount(np.rint(255 * (most - least) / (most + 0.02)).astype(np.int64).ravel(), whole.ravel())
    pale = min(_tone(np.asarray(paleness, float), PALEST), 0.66)
    warm = 0.59 * near[0] + 0.95 * ends[0] + 0.45 * whites[0] - 0.18 * fourth[0] - 0.79 * pale + 0.01
    return np.array([warm, 0.09 * near[1] + 0.24 * ends[1] + 0.29 * eighth[1] - 0.2 * fourth[1]])


def _ratios(channels: Floats) -> Floats:
    """How warm (red over blue) and how magenta (both over green) three amounts of linear light are, in stops."""
    red, green, blue = np.log2(np.maximum(channels, 0.002))
    red, blue = np.clip([red - green, blue - green], -2, 2)
    return np.array([red - blue, (red + blue) / 2])


def _edges_near_grey(linear: Floats, counts: Floats) -> Floats:
    """The colour, warm and magenta, of the edges of all that is nearly grey, the steeper the more."""
    soft = cv2.GaussianBlur(linear, (0, 0), 1)
    steep = np.hypot(cv2.Sobel(soft, -1, 1, 0), cv2.Sobel(soft, -1, 0, 1)).reshape(linear.shape).sum(axis=-1)
    red, green, blue = np.moveaxis(np.log2(np.maximum(soft.reshape(linear.shape), 0.004)), -1, 0)
    colours = np.stack([red - blue, (red + blue) / 2 - green])
    weights = counts * steep * np.exp(-(colours**2).sum(axis=0) / (2 * NEAR_GREY**2))
    return np.asarray((colours * weights).sum(axis=(1, 2)) / max(weights.sum(), 1e-12))


def _channel_whites(values: Floats, seen: Glance) -> Floats:
    """The tone that the lightest pixels of each channel have."""
    planes = np.moveaxis(np.rint(255 * values).astype(np.uint8), -1, 0)
    return np.array([_tone(_histogram(plane, seen), 1 - SPARK) for plane in planes])


def _is_of_greys(values: Floats, shares: Floats) -> bool:
    """Whether all colours follow from how light they are, as those of a print in one ink do, be it brown or blue."""
    shade = float_luma(values).reshape(-1)
    terms = np.stack([np.ones_like(shade), shade, shade**2, shade**3], axis=1) * np.sqrt(shares)[:, None]
    wanted = values.reshape(-1, 3) * np.sqrt(shares)[:, None]
    fitted = terms @ np.linalg.lstsq(terms, wanted, rcond=None)[0]
    return bool(np.sqrt(((wanted - fitted) ** 2).sum(axis=0)).max() < MAX_STRAY)


def _stop(value: float, step: float) -> float:
    """The nearest place of a slider that moves by `step`."""
    return round(round(value / step) * step, 2) + 0.0
