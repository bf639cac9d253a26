"""Lines of text: broken to fit, set on a picture, and drawn as masks that paint can be put through."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image as PILImage
from PIL import ImageDraw

from effects.image import Floats, Image
from effects.kernels.fonts import face, face_runs, width_of
from effects.kernels.gaussian import gaussian
from effects.memory.bands import bands

ASCENT, DESCENT, PITCH = 0.78, 0.24, 1.22
"""From the baseline to the top of an h and to the bottom of a g, and from line to line, in ems."""

PIECES = re.compile(
    r"\s+|[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U0001f000-\U0001faff]"
    r"|[^\s\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U0001f000-\U0001faff]+"
)
"""Spaces, words, and the characters between which a line may break although there is no space."""

ANCHORS: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "top_left": (0, 0),
        "top": (0.5, 0),
        "top_right": (1, 0),
        "left": (0, 0.5),
        "center": (0.5, 0.5),
        "right": (1, 0.5),
        "bottom_left": (0, 1),
        "bottom": (0.5, 1),
        "bottom_right": (1, 1),
    }
)
"""Name of a place in the 9-grid -> shares of the free width and height that lie left of it and above it."""

MARGIN = 0.04
"""What stays free at the edges, in shorter sides."""

Mask = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Block:
    """Lines set somewhere: `size` is an em in pixels, `x` and `y` the block's top left corner, `width` its width."""

    lines: tuple[str, ...]
    font: str
    size: float
    x: float
    y: float
    width: float
    align: float
    """0 sets the lines to the left, 0.5 to the middle, 1 to the right of the width."""


WidthOf = Callable[[str], float]
"""How wide a line is, in ems."""


def widths(font: str) -> WidthOf:
    """What lines in a font are wide, each measured once: what asks lets go of it, as they are somebody's words."""
    return cache(partial(width_of, font=font))


def break_lines(text: str, font: str, width: float, known: WidthOf | None = None) -> tuple[str, ...]:
    """The text in lines at most `width` ems wide; a word that is wider by itself is cut. `known` are `widths`."""
    wide = known or widths(font)
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line = ""
        for piece in PIECES.findall(paragraph):
            if wide((line + piece).rstrip()) <= width:
                line += piece
                continue
            if line.strip():
                lines.append(line.rstrip())
            line = "" if piece.isspace() else piece
            while wide(line) > width and len(line) > 1:
                cut = 1
                while wide(line[: cut + 1]) <= width:
                    cut += 1
                lines.append(line[:cut])
                line = line[cut:]
        lines.append(line.rstrip())
    return tuple(lines)


def height_of(count: int) -> float:
    """How high so many lines are, in ems."""
    return (count - 1) * PITCH + ASCENT + DESCENT


def fit_text(text: str, font: str, size: float, width: float, height: float) -> tuple[tuple[str, ...], float]:
    """The lines of a text in a box of pixels, and the em they need: `size`, or less where the box is too small.

    At least one pixel: smaller letters are none, and no font has them.
    """
    size = max(1.0, size)
    known = widths(font)
    while True:
        lines = break_lines(text, font, width / size, known)
        needed = max(height_of(len(lines)) * size / height, max(map(known, lines)) * size / width)
        if needed <= 1 or size == 1:
            return lines, size
        size = max(1.0, size / min(max(needed**0.5, 1.03), 2))


def caption_blocks(
    text: str,
    height: int,
    width: int,
    *,
    font: str,
    size: float,
    meme: bool,
    anchor: tuple[float, float],
    aside: tuple[float, float],
) -> list[Block]:
    """The blocks a caption becomes on a picture of this size, inside its margin, moved `aside` by shares of its sides.

    A meme's are capitals: the first line in the middle of the top, the rest in the middle of the bottom.
    """
    margin = MARGIN * min(height, width)
    inner, free = width - 2 * margin, height - 2 * margin
    first, _, later_lines = text.upper().strip("\n").partition("\n")
    parts = [(first, (0.5, 0.0)), (later_lines, (0.5, 1.0))] if meme else [(text, anchor)]
    blocks = []
    for part, (across, down) in parts:
        if part.strip():
            lines, em = fit_text(part, font, size, inner, free / len(parts))
            x, y = margin + aside[0] * width, margin + down * (free - height_of(len(lines)) * em) + aside[1] * height
            blocks.append(Block(lines, font, em, x, y, inner, across))
    return blocks


def draw_block(block: Block, stroke: float, height: int, width: int) -> tuple[slice, Mask]:
    """The block on a picture of this size: rows it reaches, and how much of each pixel there it covers (0..255).

    `stroke` pixels are added around every letter.
    """
    room = block.size * 0.6 + stroke
    top = int(np.clip(np.floor(block.y - room), 0, height))
    bottom = int(np.clip(np.ceil(block.y + height_of(len(block.lines)) * block.size + room), top, height))
    sheet = PILImage.new("L", (width, max(1, bottom - top)))
    draw = ImageDraw.Draw(sheet)
    for number, line in enumerate(block.lines):
        x = block.x + block.align * (block.width - width_of(line, block.font) * block.size)
        baseline = block.y + (number * PITCH + ASCENT) * block.size - top
        for name, piece in face_runs(line, block.font):
            letters = face(name, block.size)
            draw.text((x, baseline), piece, fill=255, font=letters, anchor="ls", stroke_width=stroke)
            x += face(name, 100).getlength(piece) * block.size / 100
    return slice(top, bottom), np.array(sheet)[: bottom - top]


def soft_shadow(block: Block, stroke: float, height: int, width: int) -> tuple[slice, Mask]:
    """As `draw_block`, soft and a little to the lower right."""
    aside = replace(block, x=block.x + 0.04 * block.size, y=block.y + 0.06 * block.size)
    rows, mask = draw_block(aside, stroke, height, width)
    return rows, gaussian(mask, 0.07 * block.size) if mask.size else mask


def paint_mask(out: Image, rows: slice, mask: Mask, color: Floats, opacity: float) -> None:
    """Put a colour (three values 0..1) on rows of `out`, as much as the mask and the opacity let through."""
    left, _, across, _ = cv2.boundingRect(mask) if mask.size else (0, 0, 0, 0)
    if not across:
        return
    target = (255 * color).astype(np.float32)
    for part in bands(mask.shape[0], across, 48):
        region = out[rows][part, left : left + across]
        share = (mask[part, left : left + across] * np.float32(opacity / 255))[..., None]
        region[...] = np.rint(region + share * (target - region))
