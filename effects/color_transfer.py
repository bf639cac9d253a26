"""The look of a reference photo: the colours of one picture moved to where those of another lie, by one matrix step."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from effects.catalogue import EFFECTS
from effects.effect import Step
from effects.glance import Glance, glance
from effects.image import Floats, Image, Matrix, Photo
from effects.marks import Range
from effects.params import Param

FLAT = (4 / 255) ** 2
"""The variance, summed over the channels, below which a picture says more of its mean colour than of its spread."""

NOISE = (1 / 255) ** 2 / 12
"""The variance that rounding to 8 bits brings into each channel."""

MAX_GAIN = 2.5
"""The most by which any direction of the colours is stretched: beyond it noise and blocks of JPEG would show."""

DECIMALS = 4
"""Of each of the matrix's numbers: less than a tenth of a level on any colour."""


def color_transfer(picture: Image | Photo, reference: Image | Photo, *, strength: float = 1.0) -> Step:
    """The step that gives a picture the mean colour of a reference, and its spread of colours.

    It is the linear map between two normal distributions that moves colours as little as can be (Monge-Kantorovich):
    with covariances S and R it is S^-1/2 (S^1/2 R S^1/2)^1/2 S^-1/2, on encoded values. A picture that hardly varies
    takes over no spread and gives none; what is transparent does not count. TypeError for what is no picture. Source:
    Pitié and Kokaram, The Linear Monge-Kantorovitch Linear Colour Mapping, 2007.

    >>> import numpy as np
    >>> picture = np.random.default_rng(1).integers(80, 120, (20, 30, 3), dtype=np.uint8)
    >>> step = color_transfer(picture, picture + np.uint8(50))
    >>> step.effect.name, step.params["red_from_red"], round(step.params["red_offset"] * 255)
    ('color_matrix', 1.0, 50)
    >>> color_transfer(picture, picture).is_neutral
    True
    """
    seen, wanted = glance(picture), glance(reference)
    matrix = np.eye(3, 4) if 0 in (seen.shares.sum(), wanted.shares.sum()) else _transport(seen, wanted)
    effect = EFFECTS["color_matrix"]
    numbers = zip(effect.params, matrix.reshape(-1), strict=True)
    return Step(effect, {param.name: _number(param, value) for param, value in numbers}, strength)


def _transport(seen: Glance, wanted: Glance) -> Matrix:
    """The matrix, 3 x 4, that takes the mean and the covariance of one picture to those of the other."""
    (mean, spread), (aim, wide) = _distribution(seen), _distribution(wanted)
    spread, wide = _mixed(spread, wide), _mixed(wide, spread)
    root = _changed(spread, np.sqrt)
    inverse = np.linalg.inv(root)
    gains = inverse @ _changed(root @ wide @ root, np.sqrt) @ inverse
    gains = _changed((gains + gains.T) / 2, lambda stretch: np.minimum(stretch, MAX_GAIN))
    return np.hstack([gains, (aim - gains @ mean)[:, None]])


def _distribution(seen: Glance) -> tuple[Floats, Floats]:
    """The mean colour, 3, and the covariance of the channels, 3 x 3, with what rounding to 8 bits adds to it."""
    mean = seen.shares @ seen.colors
    away = seen.colors - mean
    return mean, (away * seen.shares[:, None]).T @ away + NOISE * np.eye(3)


def _mixed(spread: Floats, other: Floats) -> Floats:
    """A covariance; of one that is next to nothing, the other picture's instead, with all between the two."""
    doubt = (FLAT / (FLAT + np.trace(spread))) ** 2
    return np.asarray((1 - doubt) * spread + doubt * other)


def _changed(matrix: Floats, change: Callable[[Floats], Floats]) -> Floats:
    """A symmetric matrix with its eigenvalues changed: with `np.sqrt`, its square root."""
    values, vectors = np.linalg.eigh(matrix)
    return np.asarray(vectors * change(values) @ vectors.T)


def _number(param: Param, value: float) -> float:
    """One of the matrix's numbers as the parameter can hold it."""
    assert isinstance(param.mark, Range)
    return float(np.clip(round(value, DECIMALS) + 0.0, param.mark.low, param.mark.high))
