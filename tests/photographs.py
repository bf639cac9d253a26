"""Pictures as large and as hard to compress as photographs are: texture at every scale, edges, a sky, sensor noise."""

from __future__ import annotations

import cv2
import numpy as np
import numpy.typing as npt

from effects.image import Image

Layer = npt.NDArray[np.float32]


def texture(height: int, width: int, chance: np.random.Generator, roughness: float) -> Layer:
    """Noise that falls off towards fine scales as in nature (1/f): each octave is `roughness` times the last."""
    total, share = np.zeros((height, width), np.float32), 1.0
    for octave in range(2, int(np.log2(max(height, width))) + 1):
        cells = [max(2, round(2**octave * side / max(height, width))) for side in (height, width)]
        grid = chance.standard_normal(cells, np.float32)
        total += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) * share
        share *= roughness
    return np.asarray(total / total.std(), np.float32)


def things(height: int, width: int, chance: np.random.Generator) -> Layer:
    """Ellipses over each other, of all sizes: edges as in a world of things."""
    picture = np.full((height, width, 3), 0.5, np.float32)
    for _ in range(300):
        reach = min(height, width) * 0.4 * float(np.exp(-chance.exponential(1.2)))
        centre = int(chance.uniform(0, width)), int(chance.uniform(0, height))
        colour = np.clip(chance.normal(0.45, 0.2) + chance.normal(0, 0.08, 3), 0, 1)
        axes = max(1, int(reach * chance.uniform(0.2, 1))), max(1, int(reach * 0.6))
        cv2.ellipse(picture, centre, axes, chance.uniform(0, 180), 0, 360, colour.tolist(), -1, cv2.LINE_AA)
    return picture


def landscape(height: int, width: int, seed: int = 1, noise: float = 0.02) -> Image:
    """A smooth sky over a textured land, with a sensor's noise on all of it; `noise` is that of white."""
    chance = np.random.default_rng(seed)
    land = things(height, width, chance) + (texture(height, width, chance, 0.6) * 0.06)[..., None]
    down = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
    sky = np.array((0.45, 0.62, 0.9), np.float32) + 0.4 * down
    picture = np.where(down < 0.35, sky, land)
    grain = cv2.GaussianBlur(chance.standard_normal(picture.shape, np.float32), (0, 0), 0.6)
    grain *= noise / float(grain.std())
    np.clip(picture, 0.02, 1, out=land)
    picture += np.multiply(grain, np.sqrt(land, out=land), out=grain)
    picture *= 255
    return np.rint(np.clip(picture, 0, 255, out=picture), out=picture).astype(np.uint8)


def drawing(height: int, width: int, seed: int = 1) -> Image:
    """Flat colours with sharp edges, and nothing between them."""
    return np.rint(things(height, width, np.random.default_rng(seed)) * 255).astype(np.uint8)


def product_shot(height: int, width: int, seed: int = 1) -> Image:
    """A small and busy thing on a white ground: nearly all of the file is about a fiftieth of the picture."""
    picture = np.full((height, width, 3), 255, np.uint8)
    high, wide = height // 7, width // 7
    picture[height // 2 : height // 2 + high, width // 3 : width // 3 + wide] = landscape(high, wide, seed, 0.06)
    return picture
