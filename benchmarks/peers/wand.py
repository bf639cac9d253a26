"""Wand (ImageMagick 6, 16 bits a channel), from one of its pictures to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wand.image import Image as Wand

from benchmarks.peers.peer import Doing, Peer
from effects.image import Image, Matrix


def given(image: Image) -> Any:
    """The picture in ImageMagick's form."""
    return Wand.from_array(image, channel_map="RGB")


def called(name: str, *values: Any) -> Doing:
    """A method of that name, with these values, on a copy: they change the picture in place."""

    def doing(picture: Any, _p: Mapping[str, Any], _short: int) -> object:
        with picture.clone() as copy:
            return getattr(copy, name)(*values)

    return doing


def matrix(picture: Any, change: Matrix) -> object:
    """Its colour matrix, offsets in the sixth column."""
    rows = [[*row[:3].tolist(), 0, 0, float(row[3])] for row in change]
    with picture.clone() as copy:
        return copy.color_matrix([*rows, *([float(i == j) for j in range(6)] for i in range(3, 6))])


def blur(picture: Any, p: Mapping[str, Any], short: int) -> object:
    """A Gaussian of this sigma, its two passes."""
    with picture.clone() as copy:
        return copy.blur(radius=0, sigma=p["radius"] * short)


def unsharp(picture: Any, p: Mapping[str, Any], short: int) -> object:
    """Its own."""
    with picture.clone() as copy:
        return copy.unsharp_mask(0, p["radius"] * short, p["amount"], p["threshold"])


WAND = Peer(
    "Wand",
    given=given,
    matrix=matrix,
    named={
        "brightness": called("modulate", 120, 100, 100),
        "contrast": called("brightness_contrast", 0, 20),
        "gamma": called("gamma", 1.5),
        "posterize": called("posterize", 4),
        "saturation": called("modulate", 100, 150, 100),
        "hue_rotate": called("modulate", 100, 100, 117),
        "invert": called("negate"),
        "grayscale": called("transform_colorspace", "gray"),
        "sepia": called("sepia_tone", 0.8),
        "gaussian_blur": blur,
        "unsharp_mask": unsharp,
        "swirl": called("swirl", 180),
        "vignette": called("vignette", 0, 200),
        "rotate_flip": called("rotate", 90),
        "border": called("border", "white", 10, 10),
        "auto_levels": called("normalize"),
        "oil_paint": called("oil_paint", 4),
        "pencil_sketch": called("sketch", 0, 3, 45),
        "emboss": called("emboss", 0, 2),
        "wave": called("wave", 10, 200),
        "halftone": called("ordered_dither", "h8x8a"),
        "local_contrast": called("local_contrast", 10, 30),
    },
)
