"""Frames around the picture and words on it."""

import math
from collections.abc import Iterator
from typing import Annotated, Any

import cv2
import numpy as np

from effects.effect import Category
from effects.image import Colors, Floats, Image, Weight, pixels
from effects.kernels.frames.border import add_border, add_border_weight, corner_share
from effects.kernels.frames.polaroid import lay_on_table, table_for
from effects.kernels.gradient import rgb
from effects.kernels.lettering import (
    ANCHORS,
    Block,
    Mask,
    caption_blocks,
    draw_block,
    fit_text,
    height_of,
    paint_mask,
    soft_shadow,
)
from effects.kernels.surroundings import Surroundings
from effects.marks import RARE, Choice, Range, Swatch, Text, Toggle, When

frames = Category("frames", "Frames and text", "Borders, cards and captions.")


def _border_widths(rows: int, columns: int, *, width: float, line: float) -> tuple[int, int]:
    short = np.minimum(rows, columns).item()
    return round(width * short), math.ceil(line * short)


def _border_size(rows: int, columns: int, *, width: float, line: float, **_: object) -> tuple[int, int]:
    around = 2 * sum(_border_widths(rows, columns, width=width, line=line))
    return rows + around, columns + around


def _framed(
    colors: Colors,
    around: Surroundings,
    *,
    width: float,
    color: str | Floats,
    radius: float,
    line: float,
    line_color: str | Floats,
) -> Colors:
    rows, columns, short = around.source.height, around.source.width, around.source.short
    scale, half = around.frame.short / 2, np.stack([columns, rows]) / 2
    stroke = _border_widths(rows, columns, width=width, line=line)[1]
    corner = np.minimum(radius, 0.5) * short
    inside = around.at(colors, around.points * (around.frame.short / short))
    lined = rgb(line_color) + corner_share(around.points * scale, half, corner) * (inside - rgb(line_color))
    outer = np.where(radius > 0, corner + stroke, 0)
    return rgb(color) + corner_share(around.points * scale, half + stroke, outer) * (lined - rgb(color))


@frames.canvas(size=_border_size, also="frame, edge, margin, padding, mat", formula=_framed)
def border(
    image: Image,
    *,
    weight: Weight = None,
    width: Annotated[float, Range(0, 0.2, "side", neutral=0)] = 0.03,
    color: Annotated[str, Swatch()] = "#ffffff",
    radius: Annotated[float, Range(0, 0.5, "side", neutral=0, help="Rounds the picture's corners.")] = 0.0,
    line: Annotated[float, Range(0, 0.01, "side", neutral=0, help="A line around the picture."), RARE] = 0.0,
    line_color: Annotated[str, Swatch(), RARE] = "#000000",
) -> Image:
    """Put a border around the picture, with a line or rounded corners if you like.

    The picture grows on every side by the border and the line.
    """
    margin, stroke = _border_widths(*image.shape[:2], width=width, line=line)
    corner = pixels(radius, image)
    if not stroke:
        return add_border(image, margin, color, corner, weight)
    lined = add_border(image, stroke, line_color, corner, weight)
    counted = None if weight is None else add_border_weight(weight, stroke, corner)
    return add_border(lined, margin, color, corner + stroke if radius else 0, counted)


PEN_COLOR = "#26262e"
"""What captions are written with: a black pen's."""

FOOT_RATIO = 5.2
"""A card's lower margin, in its other margins: 88 x 107 mm around a picture of 79 x 79."""

SHADOW_ROOM = 0.05
"""How much of the table shows around a card that throws a shadow, in shares of the picture's side."""


def _polaroid_margins(rows: int, columns: int, *, border: float, shadow: bool) -> tuple[int, int, int]:
    short = min(rows, columns)
    margin = max(1, round(border * short))
    return margin, round(FOOT_RATIO * margin), max(1, round(SHADOW_ROOM * short)) if shadow else 0


def _polaroid_size(
    rows: int, columns: int, *, angle: float, border: float, shadow: bool, **_: object
) -> tuple[int, int]:
    margin, foot, pad = _polaroid_margins(rows, columns, border=border, shadow=shadow)
    width, height = table_for(columns + 2 * margin, margin + rows + foot, math.radians(angle), pad)[1:]
    return height, width


@frames.canvas(size=_polaroid_size, also="instant, frame, card")
def polaroid(
    image: Image,
    *,
    weight: Weight = None,
    caption: Annotated[str, Text(60, help="Written under the picture; it shrinks to fit.")] = "",
    angle: Annotated[float, Range(-10, 10, "deg", lies="clockwise", help="Above 0 tilts clockwise.")] = 0.0,
    border: Annotated[
        float, Range(0.02, 0.15, "side", help="Left, right and top; below, 5.2 times that."), RARE
    ] = 0.057,
    shadow: Annotated[bool, Toggle()] = True,
    paper: Annotated[str, Swatch()] = "#fbf9f3",
    background: Annotated[str, Swatch(help="Behind a tilted card or its shadow."), RARE] = "#ffffff",
) -> Image:
    """Put the picture on a card of instant film, with a caption by hand.

    The margins are those of 88 x 107 mm around 79 x 79. Not tilted, the picture's pixels stay as they are.
    """
    rows, columns = image.shape[:2]
    margin, foot, pad = _polaroid_margins(rows, columns, border=border, shadow=shadow)
    white = np.rint(255 * rgb(paper)).tolist()
    card = cv2.copyMakeBorder(image, margin, foot, margin, margin, cv2.BORDER_CONSTANT, value=white)
    card = card.reshape(margin + rows + foot, columns + 2 * margin, 3)
    if weight is not None:
        weight = np.pad(weight, ((margin, foot), (margin, margin)), constant_values=255)
    if caption.strip():
        lines, size = fit_text(caption, "hand", 0.42 * foot, columns, 0.9 * foot)
        middle = margin + rows + (foot - height_of(len(lines)) * size) / 2
        text_rows, mask = draw_block(Block(lines, "hand", size, margin, middle, columns, 0.5), 0, *card.shape[:2])
        # On a picture of a pixel or two the smallest letters reach up to it: they stay below.
        above = max(0, margin + rows - text_rows.start)
        paint_mask(card, slice(text_rows.start + above, text_rows.stop), mask[above:], rgb(PEN_COLOR), 1)
    if not pad and not angle:
        return card
    return lay_on_table(
        card, math.radians(angle), pad, pixels(0.045, image) if shadow else 0, rgb(background), weight=weight
    )


Cover = tuple[int, slice, Mask]
"""What covers a picture (`SHADOW`, `OUTLINE` or `LETTERS`), in which rows, and how much of each pixel (0..255)."""

SHADOW, OUTLINE, LETTERS = range(3)
SHARES = (0.7, 1.0, 1.0)
"""How much of the picture each hides."""


def _covers(
    height: int,
    width: int,
    *,
    text: str,
    font: str,
    size: float,
    stroke: float,
    anchor: str,
    x: float,
    y: float,
    shadow: bool,
    layout: str,
    **_: object,
) -> Iterator[Iterator[Cover]]:
    """For each block of words what it covers, drawn when it is asked for: one mask at a time is held."""
    if not text.strip():
        return
    short = min(height, width)
    outline, aside = stroke * short, (x, y)
    blocks = caption_blocks(
        text, height, width, font=font, size=size * short, meme=layout == "meme", anchor=ANCHORS[anchor], aside=aside
    )
    for block in blocks:
        yield _covers_of(block, outline, height, width, shadow=shadow)


def _covers_of(block: Block, outline: float, height: int, width: int, *, shadow: bool) -> Iterator[Cover]:
    if shadow:
        yield SHADOW, *soft_shadow(block, outline, height, width)
    if outline:
        yield OUTLINE, *draw_block(block, outline, height, width)
    yield LETTERS, *draw_block(block, 0, height, width)


def _sheets(height: int, width: int, **params: Any) -> list[tuple[int, int, Image]]:
    """The covers of each block as the channels of one sheet, and the column and the row at which that begins."""
    sheets = []
    for covers in _covers(height, width, **params):
        whole = np.zeros((height, width, 3), np.uint8)
        for channel, rows, mask in covers:
            whole[rows, :, channel] = mask
        left, top, across, down = cv2.boundingRect(whole.max(axis=2))
        if across:
            sheets.append((left, top, np.ascontiguousarray(whole[top : top + down, left : left + across])))
    return sheets


def _written(
    colors: Colors,
    around: Surroundings,
    *,
    seen: list[tuple[int, int, Image]],
    color: str,
    stroke_color: str,
    opacity: float,
    **_: object,
) -> Colors:
    for left, top, sheet in seen:
        column, row = around.pixels[..., 0] - left, around.pixels[..., 1] - top
        rows, columns = sheet.shape[:2]
        is_inside = (column >= 0) & (column < columns) & (row >= 0) & (row < rows)
        covers = around.table(sheet, np.clip(column, 0, columns - 1), np.clip(row, 0, rows - 1))
        share = np.where(is_inside[..., None], covers, 0) * (opacity / 255)
        for cover, ink in ((SHADOW, np.zeros(3)), (OUTLINE, rgb(stroke_color)), (LETTERS, rgb(color))):
            colors = colors + share[..., cover : cover + 1] * SHARES[cover] * (ink - colors)
    return colors


@frames.spatial(formula=_written, layer=_sheets, also="caption, title, meme, words, watermark, write")
def text(
    image: Image,
    *,
    text: Annotated[str, Text(200, help="Long lines wrap; a line feed breaks.")] = "Hello",
    font: Annotated[str, Choice("sans", "serif", "mono")] = "sans",
    size: Annotated[float, Range(0.01, 0.25, "side", scale="log", help="The height of the letters.")] = 0.06,
    color: Annotated[str, Swatch()] = "#ffffff",
    stroke: Annotated[float, Range(0, 0.02, "side", help="The width of the outline.")] = 0.003,
    stroke_color: Annotated[str, Swatch(), RARE] = "#000000",
    anchor: Annotated[str, Choice(*ANCHORS), When("layout", "plain")] = "bottom",
    x: Annotated[
        float, Range(-0.5, 0.5, "fraction", lies="aside", help="To the right of the anchor, in widths."), RARE
    ] = 0.0,
    y: Annotated[float, Range(-0.5, 0.5, "fraction", lies="aside", help="Below the anchor, in heights."), RARE] = 0.0,
    opacity: Annotated[float, Range(0, 1, "fraction", neutral=0), RARE] = 1.0,
    shadow: Annotated[bool, Toggle()] = False,
    layout: Annotated[str, Choice("plain", "meme", help="meme: capitals, one line on top, the rest below.")] = "plain",
) -> Image:
    """Write on the picture.

    Lines wrap inside a margin; text that would not fit is made smaller. Latin, Greek, Cyrillic, Devanagari, Korean,
    kana and common Chinese characters are there, and emoji in one colour; any other, as of Arabic, Hebrew or Thai, is
    shown as its code, like [U+0E01].
    """
    out, inks = image.copy(), (rgb("#000000"), rgb(stroke_color), rgb(color))
    for covers in _covers(
        *image.shape[:2],
        text=text,
        font=font,
        size=size,
        stroke=stroke,
        anchor=anchor,
        x=x,
        y=y,
        shadow=shadow,
        layout=layout,
    ):
        for cover, rows, mask in covers:
            paint_mask(out, rows, mask, inks[cover], SHARES[cover] * opacity)
    return out
