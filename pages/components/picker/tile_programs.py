"""The programs of the picker's tiles: what a browser draws by itself, in one file, the same for every picture.

A tile whose program looks at the picture, has large tables or a past stays with the server: its picture weighs less.
"""

from __future__ import annotations

import base64
import json
import logging
import zlib
from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from effects import Pipeline
from effects.effect import Kind
from effects.image import Image
from effects.shaders import Program, program
from effects.shaders.textures import Texture
from pages.components.picker.shelf import LOOK, pipelines

log = logging.getLogger(__name__)

MAX_TABLES = 1024  # bytes of a program's tables

CARD = 96, 64  # px, width by height, of the picture that a program proves itself on
PARTS = 3, 2  # of what it makes of that, across and down: their means are compared


@dataclass(frozen=True)
class TilePrograms:
    """The names of the tiles that have a program, and the file with all of them: JSON, deflated."""

    names: frozenset[str]
    file: bytes


def tile_programs() -> TilePrograms | None:
    """Those of the whole shelf; None while they are being made, which no page waits for, and where they cannot be."""
    begun = _begun()
    if not begun.done():
        return None
    return begun.result() if begun.exception() is None else None


@cache
def _begun() -> Future[TilePrograms]:
    """They are made once, in a thread of their own."""
    maker = ThreadPoolExecutor(1, thread_name_prefix="tile-programs")
    making = maker.submit(made_programs)
    making.add_done_callback(_log_failure)
    maker.shutdown(wait=False)
    return making


def _log_failure(ended: Future[TilePrograms]) -> None:
    """The server draws all tiles then."""
    if error := ended.exception():
        log.error("The programs of the picker's tiles cannot be made", exc_info=error)


def made_programs() -> TilePrograms:
    """Each tile's program, with the means of what it makes of the card; functions and tables stand there once."""
    functions: dict[str, str] = {}
    tables: dict[str, dict[str, Any]] = {}
    programs: dict[str, dict[str, Any]] = {}
    for name, pipeline in pipelines().items():
        shown = Pipeline((pipeline.group(),)) if name.startswith(LOOK) else pipeline
        made = program(shown)
        if not is_light(made) or any(step.effect.kind is Kind.TEMPORAL for step in shown.all_steps):
            continue
        wire = made.wire()
        drawing = json.loads(zlib.decompress(wire["program"]))
        functions |= drawing.pop("functions")
        tables |= wired_tables(made.textures)
        programs[name] = {**drawing, "values": wire["values"], "means": part_means(shown(card()))}
    whole = {"card": CARD, "parts": PARTS, "functions": functions, "tables": tables, "programs": programs}
    return TilePrograms(frozenset(programs), zlib.compress(json.dumps(whole, separators=(",", ":")).encode(), 9))


def is_light(made: Program) -> bool:
    """Whether a program is all there is to know of a tile, and weighs less than its picture."""
    return made.server_items == 0 and sum(each.numbers.nbytes for each in made.textures.values()) <= MAX_TABLES


def wired_tables(textures: Mapping[str, Texture]) -> dict[str, dict[str, Any]]:
    """Tables as JSON can say them."""
    wired = {digest: each.wire() for digest, each in textures.items()}
    return {digest: {**each, "bytes": base64.b64encode(each["bytes"]).decode()} for digest, each in wired.items()}


def card() -> Image:
    """The picture that programs prove themselves on: red from left to right, green downwards, blue against both.

    `tile_proof.js` draws the same.
    """
    width, height = CARD
    y, x = np.mgrid[:height, :width]
    red, green = 255 * x // (width - 1), 255 * y // (height - 1)
    return np.ascontiguousarray(np.stack([red, green, (510 - red - green) // 2], axis=-1), np.uint8)


def part_means(image: Image) -> list[int]:
    """Red, green and blue of each part of a picture, row by row, rounded."""
    height, width = image.shape[:2]
    across, down = PARTS
    part = across * (np.arange(height) * down // height)[:, None] + np.arange(width) * across // width
    counts = np.bincount(part.ravel())
    means = [np.bincount(part.ravel(), image[..., channel].ravel()) / counts for channel in range(3)]
    return [round(float(mean)) for mean in np.stack(means, axis=-1).ravel()]
