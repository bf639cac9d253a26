"""The sample: a mountain lake at dusk, drawn here, so that the first minute needs no picture of one's own.

Everything in it is there for the effects: a smooth sky for tones, fine trees for blurs and edges, lights for blooms,
water for warps. Drawn by arithmetic alone, it belongs to nobody; `python -m pages.components.photo.sample` draws it
anew.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as PILImage

FILE = Path(__file__).with_suffix(".jpg")
WIDTH, HEIGHT = 3000, 2000
HORIZON = 0.64  # share of the height where the water begins
SUN = (0.64, 0.50)  # share of the width and height

Layer = npt.NDArray[np.floating[Any]]

SKY = np.array(
    [(0.0, 24, 34, 74), (0.30, 74, 74, 128), (0.52, 176, 112, 140), (0.74, 240, 150, 112), (1.0, 255, 206, 140)]
)  # share of the way down, red, green, blue
# Near ridges are darker and cooler, far ones drown in the sky's light.
RIDGES = (
    (0.47, 0.105, 3, (186, 128, 140)),
    (0.53, 0.085, 4, (134, 96, 124)),
    (0.575, 0.06, 5, (84, 66, 100)),
    (0.615, 0.045, 7, (42, 40, 68)),
)
CLOUD, NIGHT_CLOUD = (255, 190, 172), (104, 88, 138)
TREES = (13, 17, 26)


def draw() -> npt.NDArray[np.uint8]:
    """Draw the sample: uint8, 2000 x 3000 x 3, RGB; the same on every call."""
    chance = np.random.default_rng(7)
    scene = sky(chance)
    for level, rise, roughness, color in RIDGES:
        scene = paint(scene, ridge(chance, level, rise, roughness), color)
    scene = reflect(scene, chance)
    scene = paint(scene, shore(chance), TREES)
    scene += chance.normal(0, 0.7, (HEIGHT, WIDTH, 1))  # hides the bands of 8 bits in the sky
    return np.clip(np.rint(scene), 0, 255).astype(np.uint8)


def sky(chance: np.random.Generator) -> Layer:
    """Dusk from deep blue to gold, a low sun, and clouds lit from below."""
    down = np.linspace(0, 1 / HORIZON, HEIGHT, dtype=np.float32)
    column = np.stack([np.interp(down, SKY[:, 0], SKY[:, channel]) for channel in (1, 2, 3)], axis=-1)
    scene = np.repeat(column[:, None].astype(np.float32), WIDTH, axis=1)

    y, x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    away = np.hypot(x - SUN[0] * WIDTH, y - SUN[1] * HEIGHT) / HEIGHT
    scene += np.exp(-away / 0.16)[..., None] * np.array((92, 62, 20), np.float32)
    disc = np.clip((0.042 - away) * 900, 0, 1)[..., None]
    scene = scene * (1 - disc) + disc * np.array((255, 244, 214), np.float32)

    cloud = np.clip(noise(chance, 5, 14, 6) * 2.6 - 1.25, 0, 1) * np.clip(1.15 - y / HEIGHT / 0.5, 0, 1)
    cloud *= 0.75
    warm = np.clip(down * 1.9, 0, 1)[:, None, None]
    lit = np.array(NIGHT_CLOUD, np.float32) * (1 - warm) + np.array(CLOUD, np.float32) * warm
    lit = lit * (0.85 + 0.25 * np.exp(-away / 0.4))[..., None]
    scene = scene * (1 - cloud[..., None]) + cloud[..., None] * lit

    for _ in range(170):
        place = int(chance.uniform(0, 0.30) ** 1.4 * HEIGHT), int(chance.uniform(0, WIDTH))
        cv2.circle(scene, place[::-1], int(chance.choice([1, 1, 2])), (226, 226, 240), -1, cv2.LINE_AA)
    return np.asarray(scene)


def noise(chance: np.random.Generator, rows: int, columns: int, octaves: int) -> Layer:
    """Clouds of 0..1: smooth chance added at doubling fineness, each half as strong."""
    total: Layer = np.zeros((HEIGHT, WIDTH), np.float32)
    for octave in range(octaves):
        grid = chance.random((rows * 2**octave + 1, columns * 2**octave // 3 + 1), dtype=np.float32)
        total += cv2.resize(grid, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC) / 2 ** (octave + 1)
    return total


def line(chance: np.random.Generator, peaks: int, octaves: int) -> Layer:
    """A jagged line along the width, -1..1 or so: the same doubling in one dimension."""
    total: Layer = np.zeros(WIDTH, np.float32)
    for octave in range(octaves):
        knots = chance.uniform(-1, 1, peaks * 2**octave + 2)
        total += np.interp(np.linspace(0, knots.size - 1, WIDTH), np.arange(knots.size), knots) / 2**octave
    return np.asarray(total / 1.4)


def below(edge: Layer) -> Layer:
    """How much of each pixel lies below a line of heights in pixels: 0..1, with soft edges."""
    return np.clip(np.arange(HEIGHT, dtype=np.float32)[:, None] - edge[None] + 0.5, 0, 1)


def ridge(chance: np.random.Generator, level: float, rise: float, peaks: int) -> Layer:
    """A mountain ridge around the given height, with the finest octaves as its forest."""
    return below((level - rise * line(chance, peaks, 9)) * HEIGHT)


def paint(scene: Layer, cover: Layer, color: tuple[int, int, int]) -> Layer:
    """Lay one colour over the scene where `cover` says so, paling towards the water as haze does."""
    haze = np.clip(np.linspace(-1.6, 1, HEIGHT, dtype=np.float32) ** 3, 0, 1)[:, None, None] * 14
    return scene + cover[..., None] * (np.array(color, np.float32) + haze - scene)


def reflect(scene: Layer, chance: np.random.Generator) -> Layer:
    """Still water below the horizon: the scene upside down, pulled about by small waves and a little darker."""
    shoreline = int(HORIZON * HEIGHT)
    depth = np.arange(HEIGHT - shoreline, dtype=np.float32)[:, None]
    waves = noise(chance, 120, 24, 3)[shoreline:] - 0.45
    nearer = depth / depth.size
    x = np.arange(WIDTH, dtype=np.float32)[None] + waves * (4 + 60 * nearer)
    y = shoreline - 1 - depth * 0.92 + waves * (10 + 150 * nearer)
    mirror = cv2.remap(
        scene, x.astype(np.float32), y.astype(np.float32), cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )
    tint = np.array((0.86, 0.83, 0.90), np.float32) * (1 - 0.28 * nearer)[..., None]
    water = scene.copy()
    water[shoreline:] = mirror * tint + waves[..., None] * 16
    return water


def shore(chance: np.random.Generator) -> Layer:
    """The near bank: firs standing left and right, the view open between them."""
    cover = below((0.985 - 0.02 * line(chance, 6, 5)) * HEIGHT)
    for _ in range(46):
        side = chance.choice([-1, 1], p=[0.6, 0.4])
        edge = chance.beta(1.1, 3.4) * 0.46
        fir(cover, chance, edge if side < 0 else 1 - edge * 0.7, (0.62 - edge) * chance.uniform(0.55, 1.0))
    return cover


def fir(cover: Layer, chance: np.random.Generator, x: float, size: float) -> None:
    """Stand one fir on the bank: a trunk, and boughs that widen downwards (draws into `cover`)."""
    foot, top = 0.995 * HEIGHT, (0.995 - size) * HEIGHT
    middle, tall = x * WIDTH, foot - top
    trunk = np.array([(middle, top), (middle - tall * 0.01, foot), (middle + tall * 0.01, foot)])
    cv2.fillPoly(cover, [trunk.astype(np.int32)], 1.0, cv2.LINE_AA)
    for share in np.linspace(0.02, 0.95, int(14 + tall / 22)):
        for side in (-1, 1):
            reach = tall * 0.17 * share**0.85 * chance.uniform(0.6, 1.1)
            root = top + share * tall
            bough = np.array(
                [
                    (middle, root - tall * 0.012),
                    (middle + side * reach, root + reach * 0.42),
                    (middle + side * reach * 0.55, root + reach * 0.36),
                    (middle, root + tall * 0.022),
                ]
            )
            cv2.fillPoly(cover, [bough.astype(np.int32)], 1.0, cv2.LINE_AA)


if __name__ == "__main__":
    PILImage.fromarray(draw()).save(FILE, quality=80, optimize=True, progressive=True)
