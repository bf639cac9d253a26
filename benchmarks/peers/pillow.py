"""Pillow, from one Pillow picture to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PIL import Image as PILImage
from PIL import ImageChops, ImageEnhance, ImageFilter, ImageOps

from benchmarks.peers.peer import Peer, Table
from effects.image import Matrix

Picture = PILImage.Image


def tone(picture: Picture, table: Table) -> object:
    """One look-up for each band."""
    return picture.point(table.T.ravel().tolist())


def matrix(picture: Picture, change: Matrix) -> object:
    """`convert` with twelve numbers, the offsets in levels."""
    return picture.convert("RGB", tuple((change * [1, 1, 1, 255]).ravel().tolist()))


def pixelate(picture: Picture, p: Mapping[str, Any], short: int) -> object:
    """Reduce by whole numbers, enlarge by nearest."""
    return picture.reduce(max(1, round(p["block"] * short))).resize(picture.size, PILImage.Resampling.NEAREST)


def unsharp(picture: Picture, p: Mapping[str, Any], short: int) -> object:
    """Its own."""
    return picture.filter(
        ImageFilter.UnsharpMask(p["radius"] * short, round(100 * p["amount"]), round(255 * p["threshold"]))
    )


def overlay(picture: Picture, p: Mapping[str, Any], _short: int) -> object:
    """A gradient, two colours on it, soft light and a mixture."""
    ramp = PILImage.linear_gradient("L").resize(picture.size)
    layer = ImageOps.colorize(ramp, p["color"], p["color2"])
    return PILImage.blend(picture, ImageChops.soft_light(picture, layer), p["opacity"])


PILLOW = Peer(
    "Pillow",
    given=PILImage.fromarray,
    tone=tone,
    matrix=matrix,
    named={
        "brightness": lambda picture, p, short: ImageEnhance.Brightness(picture).enhance(p["amount"]),
        "contrast": lambda picture, p, short: ImageEnhance.Contrast(picture).enhance(p["amount"]),
        "saturation": lambda picture, p, short: ImageEnhance.Color(picture).enhance(p["amount"]),
        "grayscale": lambda picture, p, short: picture.convert("L").convert("RGB"),
        "invert": lambda picture, p, short: ImageOps.invert(picture),
        "posterize": lambda picture, p, short: ImageOps.posterize(picture, 2),
        "gaussian_blur": lambda picture, p, short: picture.filter(ImageFilter.GaussianBlur(p["radius"] * short)),
        "unsharp_mask": unsharp,
        "pixelate": pixelate,
        "overlay": overlay,
        "rotate_flip": lambda picture, p, short: picture.transpose(PILImage.Transpose.ROTATE_270),
        "border": lambda picture, p, short: ImageOps.expand(picture, round(p["width"] * short), p["color"]),
        "auto_levels": lambda picture, p, short: ImageOps.autocontrast(picture, cutoff=0.5),
        "emboss": lambda picture, p, short: picture.filter(ImageFilter.EMBOSS),
        "dither": lambda picture, p, short: picture.convert("1").convert("RGB"),
        "straighten": lambda picture, p, short: picture.rotate(3, PILImage.Resampling.BICUBIC),
        "duotone": lambda picture, p, short: ImageOps.colorize(picture.convert("L"), "#1b1464", "#f7b733"),
        "thermal": lambda picture, p, short: ImageOps.colorize(picture.convert("L"), "black", "yellow", "red"),
    },
)
