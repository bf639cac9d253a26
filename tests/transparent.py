"""Pictures with transparency: made by chance, disguised where nobody sees it, laid on grounds, compared."""

import cv2
import numpy as np
import numpy.typing as npt

from effects import Photo
from effects.image import Alpha, Image
from tests.strategies import picture

Floats = npt.NDArray[np.floating]

NEARLY_HIDDEN = 3
"""Alpha at which no colour shows by more than as many levels."""


def opacity(height: int, width: int, seed: int, style: str) -> Alpha:
    """Alpha without meaning: hard shapes, soft ones, noise, specks in nothing, or hardly anything."""
    chance = np.random.default_rng(seed)
    soft = cv2.resize(chance.integers(-200, 456, (3, 3)).astype(np.float32), (width, height)).reshape(height, width)
    match style:
        case "hard":
            return np.where(soft > 127, 255, 0).astype(np.uint8)
        case "soft":
            return np.clip(soft, 0, 255).astype(np.uint8)
        case "noise":
            return chance.integers(0, 256, (height, width), dtype=np.uint8)
        case "specks":
            return np.where(chance.random((height, width)) < 0.03, 255, 0).astype(np.uint8)
        case _:
            return np.where(soft > 200, 255, chance.integers(0, NEARLY_HIDDEN + 1, (height, width))).astype(np.uint8)


def disguised(image: Image, alpha: Alpha, seed: int, most: int = NEARLY_HIDDEN) -> Image:
    """The picture with other, wild colours where alpha is at most `most`."""
    chance = np.random.default_rng([seed, 1])
    even, noise = chance.integers(0, 2, 3) * 255, chance.integers(0, 2, image.shape) * 255
    wild = even if seed % 2 else noise
    return np.where(alpha[..., None] <= most, wild, image).astype(np.uint8)


def over(photo: Photo, ground: float) -> Floats:
    """The photo as it looks on a grey ground, not rounded."""
    share = np.float64(1) if photo.alpha is None else photo.alpha[..., None] / 255
    return photo.image * share + ground * (1 - share)


def apart(one: Photo, other: Photo) -> float:
    """By how many levels two photos differ at most, over black, over white, and in alpha."""
    assert one.image.shape == other.image.shape
    opaque = np.full(one.image.shape[:2], 255, np.uint8)
    alphas = [opaque if photo.alpha is None else photo.alpha for photo in (one, other)]
    if np.array_equal(alphas[0], alphas[1]):  # any ground adds the same to both
        shown = cv2.merge([alphas[0]] * 3)
        return float(cv2.multiply(cv2.absdiff(one.image, other.image), shown, scale=1 / 255, dtype=cv2.CV_32F).max())
    grounds = [float(np.abs(over(one, ground) - over(other, ground)).max()) for ground in (0, 255)]
    return max(*grounds, float(cv2.absdiff(*alphas).max()))


def cutout(height: int = 120, width: int = 160, style: str = "soft") -> Photo:
    """Two fields of colour and some noise under an alpha, glaring green where it hides."""
    image = picture(height, width, 3, "smooth")
    image[:, width // 2 :] = (30, 60, 200)
    alpha = opacity(height, width, 12, style)
    image[alpha == 0] = (0, 255, 0)
    return Photo(image, alpha)


def alpha_of(photo: Photo) -> Alpha:
    """The alpha of a photo that has one."""
    assert photo.alpha is not None
    return photo.alpha
