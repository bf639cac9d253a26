"""A sheet of paper on a table: turned a little, with a soft shadow."""

from __future__ import annotations

import math

import cv2
import numpy as np

from effects.image import Floats, Image, Weight
from effects.kernels.sampling import MAX_REMAP_SIDE, resample
from effects.kernels.smoothstep import smoothstep
from effects.kernels.weighing import Picture, premultiply
from effects.memory.bands import bands, each_band

BYTES = 60
"""What a band holds of each pixel: about ten floats of where it looks and how light it is, and colours."""

MAX_TABLE_SHARE = 3
"""How much of the table a turned card may take, in its own area."""

SHADE = 0.45
"""How dark the shadow is at its darkest."""


def lay_on_table(
    card: Image, angle: float, pad: int, soft: float, background: Floats, *, weight: Weight = None
) -> Image:
    """The card turned by `angle` radians, clockwise, on a background (three values 0..1) just large enough.

    There are `pad` pixels of background around it, and with `soft` above 0 a shadow to the lower right whose edges are
    that many pixels wide. Bicubic; the card's edge is smooth. Not turned, every pixel of the card stays as it is. A
    card more than ten times as long as wide is turned less, lest it lie on a background many times its size. Turned
    with weights, its colours are mixed premultiplied; its edge is opaque.
    """
    rows, columns = card.shape[:2]
    angle, width, height = table_for(columns, rows, angle, pad)
    cosine, sine = math.cos(angle), math.sin(angle)
    out = np.empty((height, width, 3), np.uint8)
    paint = (255 * background).astype(np.float32)
    across = (np.arange(width, dtype=np.float32) - (width - 1) / 2)[None]

    # How far the shadow lies aside, along the card's own sides.
    du, dv = soft * (0.3 * cosine + 0.6 * sine), soft * (0.6 * cosine - 0.3 * sine)

    # Farther from the card than this its shadow does not reach, and the table is bare.
    beyond, bare = np.float32(-1.25 * soft - 1), np.rint(paint).astype(np.uint8)

    seen = premultiply(card, weight) if weight is not None and angle else None

    def work(part: slice, left: int = 0, right: int = width) -> None:
        down = (np.arange(part.start, part.stop, dtype=np.float32) - (height - 1) / 2)[:, None]
        u = cosine * across[:, left:right] + sine * down + columns / 2
        v = cosine * down - sine * across[:, left:right] + rows / 2
        # A pixel shows as much of the card as lies inside its edge.
        share = np.minimum(np.minimum(u, columns - u), np.minimum(v, rows - v)) + 0.5
        shown = out[part, left:right]
        if seen:
            seen.resample_into(lambda picture, there: look_up_card(picture, u, v, there), shown)
        elif angle:
            look_up_card(card, u, v, shown)
        far = share <= beyond
        cv2.copyTo(np.broadcast_to(bare, shown.shape).copy(), far.view(np.uint8), shown)
        beside = np.nonzero((share < 1) > far)
        u, v, share = u[beside], v[beside], np.clip(share[beside], 0, 1)[:, None]
        light = 1 - SHADE * _inside(u - du, columns, soft) * _inside(v - dv, rows, soft) if soft else np.ones_like(u)
        table = light[:, None] * paint
        shown[beside] = np.rint(table + share * (shown[beside] - table))

    if angle:
        each_band(work, height, width, bytes_per_pixel=BYTES)
        return out
    out[pad : pad + rows, pad : pad + columns] = card
    for side in (slice(0, pad), slice(pad + rows, height)):
        for part in bands(pad, width, BYTES):
            work(slice(side.start + part.start, side.start + part.stop))
    for part in bands(rows, pad, BYTES):
        beside = slice(pad + part.start, pad + part.stop)
        work(beside, 0, pad)
        work(beside, pad + columns, width)
    return out


def table_for(columns: int, rows: int, angle: float, pad: int) -> tuple[float, int, int]:
    """The angle by which a card of this size is turned, and width and height of the background it then lies on."""
    width, height = box_around(columns, rows, angle)
    while width * height > MAX_TABLE_SHARE * rows * columns:
        angle *= 0.8
        width, height = box_around(columns, rows, angle)
    return angle, width + 2 * pad, height + 2 * pad


def box_around(width: int, height: int, angle: float) -> tuple[int, int]:
    """Width and height of the upright rectangle around one that is turned."""
    cosine, sine = math.cos(angle), abs(math.sin(angle))
    return math.ceil(width * cosine + height * sine - 1e-6), math.ceil(height * cosine + width * sine - 1e-6)


def look_up_card(card: Picture, u: Floats, v: Floats, out: Picture) -> None:
    """Fill `out` with the card at positions counted from its corner, in pixels; beyond its edge, the edge."""
    if max(*card.shape[:2], *out.shape[:2]) > MAX_REMAP_SIDE:
        resample(card, (u - 0.5, v - 0.5), out)
    else:
        cv2.remap(card, u - 0.5, v - 0.5, cv2.INTER_CUBIC, dst=out, borderMode=cv2.BORDER_REPLICATE)


def _inside(position: Floats, length: int, soft: float) -> Floats:
    """1 inside 0..length, 0 outside, with smooth edges `soft` wide."""
    return smoothstep(np.minimum(position, length - position) / soft + 0.5)
