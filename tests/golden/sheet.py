"""`python -m tests.golden.sheet FILE [NAME ...]`: a contact sheet of every effect and look, or of those named."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image as PILImage
from PIL import ImageDraw, ImageFont

from effects import EFFECTS
from effects.image import Image
from effects.looks import LOOK_BOOK
from tests.golden import pipelines, shrunk
from tests.scene import scene

COLUMNS, WIDTH, HEIGHT, LABEL, GAP = 8, 132, 88, 16, 8
PAPER, INK = "#ffffff", "#333333"


def sheet(names: list[str]) -> Image:
    """The pictures in rows, each over its title; all of them where none is named."""
    shown = {"": scene()} | {
        name: pipeline(scene()) for name, pipeline in pipelines().items() if not names or name.split("/")[1] in names
    }
    columns = min(COLUMNS, len(shown))
    rows = -(-len(shown) // columns)
    across, down = WIDTH + GAP, HEIGHT + LABEL + GAP
    paper = PILImage.new("RGB", (GAP + columns * across, GAP + rows * down), PAPER)
    draw, font = ImageDraw.Draw(paper), ImageFont.load_default(11)
    for index, (name, image) in enumerate(shown.items()):
        left, top = GAP + index % columns * across, GAP + index // columns * down
        picture = shrunk(image, WIDTH, HEIGHT)
        place = left + (WIDTH - picture.shape[1]) // 2, top + (HEIGHT - picture.shape[0]) // 2
        paper.paste(PILImage.fromarray(picture), place)
        draw.text((left + WIDTH / 2, top + HEIGHT + 2), title(name), fill=INK, font=font, anchor="ma")
    return np.asarray(paper)


def title(name: str) -> str:
    """What stands under a picture."""
    folder, _, known = name.partition("/")
    if folder == "effects":
        return EFFECTS[known].title
    return LOOK_BOOK[known].title if known else "The picture itself"


if __name__ == "__main__":
    PILImage.fromarray(sheet(sys.argv[2:])).save(Path(sys.argv[1]), quality=66, optimize=True, progressive=True)
