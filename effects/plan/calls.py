"""What one step makes of a picture, how much of that counts, and how large it may become."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from effects.effect import Step
from effects.image import Alpha, Find, Image, Weight
from effects.kernels.hidden import fill_hidden
from effects.kernels.weighing import mix_as_seen
from effects.models.sight import Sight

Picture = npt.NDArray[Any]

MAX_CANVAS_PIXELS = 75_000_000
"""No canvas step's result may hold more: half as many again as a picture that is opened, for frames around it."""


def call_step(step: Step, image: Image, weight: Weight, find: Find = None) -> Image:
    """What the step makes of the picture, told how much each pixel counts, and what was found in it, if it asks."""
    told: dict[str, Any] = {"weight": weight} if step.effect.knows_weight else {}
    if step.effect.finds:
        told["find"] = Sight(image) if find is None else find
    out: Image = step.call(image, **told)
    return out


def cut_by_step(step: Step, image: Image, alpha: Alpha | None, find: Find = None) -> tuple[Image, Alpha]:
    """What a step that cuts an outline makes of a picture and its transparency (None: there is none yet)."""
    finder = Sight(image, alpha) if find is None else find
    seen = np.full(image.shape[:2], 255, np.uint8) if alpha is None else alpha
    shown = fill_hidden(image, seen)
    made = np.ascontiguousarray(call_step(step, shown, None, finder))
    left: Alpha = step.effect.cuts(seen, image=shown, find=finder, **step.params) if step.effect.cuts else seen
    if step.strength == 1:
        return made, left
    return mix_as_seen(shown, seen, made, left, step.strength), mix_by_strength(seen, left, step.strength)


def canvas_refusal(width: int, height: int, max_pixels: int) -> str:
    """Why a stack may not make a picture of this size, in a sentence; nothing where it may."""
    if width * height <= max_pixels:
        return ""
    size = f"{width * height / 1e6:.0f} megapixels ({width} x {height})"
    return f"The stack makes the picture grow to {size}; here it may have {max_pixels // 1_000_000}."


def mix_by_strength(before: Picture, after: Picture, strength: float) -> Picture:
    """What a step made, mixed with what it was given."""
    return after if strength == 1 else cv2.addWeighted(before, 1 - strength, after, strength, 0).reshape(before.shape)
