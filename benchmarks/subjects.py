"""Subjects whose outline is known, before real scenes: how far the found one fits, and how clean a cut-out's edges are.

A drawn vase, a ball and a horse's silhouette (scikit-image's) with light and shade, and its portrait, whose outline is
as our own networks draw it: what that says is only whether another backdrop changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from skimage import data

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from effects.models.sight import Sight

SIDES = 960, 640
SCALE = 0.8
"""How high a subject is, in shares of the picture."""

LEAST, MEAN = 0.8, 0.9
"""What every subject, and the mean of them, is to share with its own outline of what both cover."""

MOST_OFF = 12
"""Levels by which a cut-out laid over what was behind may be off the picture it was cut from."""

Plane = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Known:
    """A picture whose subject is known: what is seen, what is behind, and how much of each pixel is the subject's."""

    image: Image
    behind: Image
    share: Plane

    @property
    def fit(self) -> float:
        """What the found outline and its own share of what both cover."""
        found, own = Sight(self.image)("subject").astype(np.float32) / 255, self.share
        return float(np.minimum(found, own).sum() / np.maximum(found, own).sum())

    def off(self, who: str = "subject") -> npt.NDArray[np.float64]:
        """By how many levels a cut-out laid over what was behind is off, at each pixel of its edge."""
        cut = Pipeline((EFFECTS["cut_out"].step(who=who),)).apply(Photo(self.image))
        assert cut.alpha is not None
        again = self.behind + cut.alpha[..., None] / 255 * (cut.image - self.behind.astype(float))
        mixed = (cut.alpha > 0) & (cut.alpha < 255)
        return np.asarray(np.abs(again - self.image).max(axis=2)[mixed])


def vase(side: int) -> tuple[Image, Plane]:
    """A vase turned on a wheel, lit from the left."""
    rows, columns = np.mgrid[:side, :side] / side
    radius = 0.2 + 0.1 * np.sin(5.5 * rows + 0.6) - 0.06 * np.exp(-(((rows - 0.12) / 0.06) ** 2))
    across = (columns - 0.5) / radius
    light = 0.35 + 0.65 * np.sqrt(np.clip(1 - across**2, 0, 1)) * np.clip(0.75 - 0.45 * across, 0, 1)
    color = np.where((np.floor(rows * 9) % 2 == 0)[..., None], (182, 96, 60), (222, 196, 160))
    share = np.clip((radius - np.abs(columns - 0.5)) * side + 0.5, 0, 1) * (rows > 0.03) * (rows < 0.97)
    return np.rint(light[..., None] * color).astype(np.uint8), share.astype(np.float32)


def ball(side: int) -> tuple[Image, Plane]:
    """A ball of panels, lit from above."""
    rows, columns = np.mgrid[:side, :side] / side * 2 - 1
    away = np.hypot(rows, columns) / 0.9
    depth = np.sqrt(np.clip(1 - away**2, 0, 1))
    light = 0.25 + 0.75 * np.clip(0.75 * depth - 0.5 * rows - 0.2 * columns, 0, 1)
    panel = np.sin(7 * np.arctan2(columns, depth + 1e-3)) * np.sin(5 * rows) > 0
    color = np.where(panel[..., None], (60, 92, 190), (238, 232, 214))
    share = np.clip((1 - away) * 0.45 * side + 0.5, 0, 1)
    return np.rint(light[..., None] * color).astype(np.uint8), share.astype(np.float32)


def horse(side: int) -> tuple[Image, Plane]:
    """A horse's silhouette, round and brown."""
    shape = (~data.horse()).astype(np.float32)
    large = cv2.resize(np.pad(shape, ((36, 36), (0, 0))), (side, side), interpolation=cv2.INTER_LINEAR)
    share = np.asarray(np.clip((cv2.GaussianBlur(large, (0, 0), 1.5) - 0.5) * 2 + 0.5, 0, 1), np.float32)
    light = cv2.GaussianBlur(share, (0, 0), side / 30) * np.linspace(1.2, 0.6, side)[:, None]
    coat = np.random.default_rng(3).normal(1, 0.06, (side, side))
    color = np.clip(light * coat, 0, 1)[..., None] * (172, 112, 72)
    return np.rint(color).astype(np.uint8), share


def person(side: int) -> tuple[Image, Plane]:
    """The portrait, as our networks cut it out."""
    portrait = cv2.resize(data.astronaut(), (side, side), interpolation=cv2.INTER_AREA)
    cut = Pipeline((EFFECTS["cut_out"].step(who="person"),)).apply(Photo(portrait))
    assert cut.alpha is not None
    return cut.image, np.asarray(cut.alpha / 255, np.float32)


SUBJECTS = {"vase": vase, "ball": ball, "horse": horse, "portrait": person}


@cache
def behind(scene: str) -> Image:
    """A scene to stand in, without a subject of its own."""
    made: dict[str, Callable[[], Image]] = {
        "even": lambda: np.full((2, 2, 3), (92, 118, 138), np.uint8),
        "soft rocket": lambda: cv2.GaussianBlur(data.rocket(), (0, 0), 6),
        "rocket": data.rocket,
        "brick": lambda: tinted(data.brick(), (1.1, 0.8, 0.7)),
        "grass": lambda: tinted(data.grass(), (0.7, 1.0, 0.5)),
    }
    return np.ascontiguousarray(cv2.resize(made[scene](), SIDES, interpolation=cv2.INTER_LINEAR))


def tinted(grey: npt.NDArray[np.uint8], gains: tuple[float, float, float]) -> Image:
    """A grey texture in a colour."""
    return np.clip(grey[..., None] * np.array(gains), 0, 255).astype(np.uint8)


SCENES = "even", "soft rocket", "rocket", "brick", "grass"


def known(subject: str, scene: str) -> Known:
    """A subject in the middle of a scene, standing on its lower border if it is a portrait."""
    back, side = behind(scene), round(SCALE * SIDES[1])
    front, own = SUBJECTS[subject](side)
    top = SIDES[1] - side if subject == "portrait" else (SIDES[1] - side) // 2
    left = (SIDES[0] - side) // 2
    share, colors = np.zeros(back.shape[:2], np.float32), back.astype(np.float32)
    share[top : top + side, left : left + side] = own
    colors[top : top + side, left : left + side] = front
    image = np.rint(share[..., None] * colors + (1 - share[..., None]) * back).astype(np.uint8)
    return Known(image, back, share)


def fits() -> Iterator[str]:
    """How far outlines fit, of each subject in each scene; and how clean edges are."""
    all_fits = []
    for subject in SUBJECTS:
        for scene in SCENES:
            case = known(subject, scene)
            fit, off = case.fit, case.off()
            all_fits.append(fit)
            within = float((off <= MOST_OFF).mean()) if off.size else 1.0
            yield (
                f"{subject:9} {scene:11} IoU {fit:.3f}   edges laid back within {MOST_OFF} levels: {within:.1%}, "
                f"99.9 % within {np.quantile(off, 0.999) if off.size else 0:.0f}"
            )
    mean, least = np.mean(all_fits), min(all_fits)
    yield f"IoU {mean:.3f} in the mean of at least {MEAN}, {least:.3f} the least of at least {LEAST}"
