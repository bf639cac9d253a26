"""pyvips (libvips), from memory to memory, with all its threads and nothing remembered from one run to the next."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyvips

from benchmarks.peers.peer import Peer, Table
from effects.image import Image, Matrix

pyvips.cache_set_max(0)


def given(image: Image) -> Any:
    """The picture in libvips's form, said to be sRGB."""
    return pyvips.Image.new_from_array(image, interpretation="srgb")


def done(picture: Any) -> object:
    """Computed, as uint8 in memory: libvips works when asked for pixels."""
    return (picture if picture.format == "uchar" else picture.cast("uchar")).write_to_memory()


def tone(picture: Any, table: Table) -> object:
    """One look-up."""
    return done(picture.maplut(pyvips.Image.new_from_array(np.ascontiguousarray(table[None]))))


def matrix(picture: Any, change: Matrix) -> object:
    """Recombination of the bands, and the offsets where there are any."""
    mixed = picture.recomb(change[:, :3].tolist())
    return done(mixed if not change[:, 3].any() else mixed + (255 * change[:, 3]).tolist())


def pixelate(picture: Any, p: Mapping[str, Any], short: int) -> object:
    """Shrink by boxes, zoom."""
    size = max(1, round(p["block"] * short))
    return done(picture.shrink(size, size).zoom(size, size))


def swirl(picture: Any, p: Mapping[str, Any], short: int) -> object:
    """A picture of positions, as its manual suggests, and one look-up through it."""
    middle = [picture.width / 2, picture.height / 2]
    position = (pyvips.Image.xyz(picture.width, picture.height) - middle).cast("float")
    polar = position.copy(format="complex", bands=1).polar().copy(format="float", bands=2)
    away, turn = polar[0], polar[1]
    fade = (1 - away / (p["radius"] * short)) * (away < p["radius"] * short) / 255
    turned = away.bandjoin(turn + fade * fade * p["angle"]).cast("float").copy(format="complex", bands=1)
    index = turned.rect().copy(format="float", bands=2) + middle
    return done(picture.mapim(index))


VIPS = Peer(
    "pyvips",
    given=given,
    tone=tone,
    matrix=matrix,
    named={
        "grayscale": lambda picture, p, short: done(picture.colourspace("b-w").colourspace("srgb")),
        "invert": lambda picture, p, short: done(picture.invert()),
        "gaussian_blur": lambda picture, p, short: done(picture.gaussblur(p["radius"] * short)),
        "unsharp_mask": lambda picture, p, short: done(picture.sharpen(sigma=p["radius"] * short).colourspace("srgb")),
        "pixelate": pixelate,
        "swirl": swirl,
        "rotate_flip": lambda picture, p, short: done(picture.rot90()),
        "border": lambda picture, p, short: done(
            picture.embed(10, 10, picture.width + 20, picture.height + 20, background=[255, 255, 255])
        ),
        "local_contrast": lambda picture, p, short: done(picture.hist_local(short // 8, short // 8, max_slope=2)),
        "edges_canny": lambda picture, p, short: done(picture.colourspace("b-w").canny()),
        "straighten": lambda picture, p, short: done(picture.rotate(3, interpolate=pyvips.Interpolate.new("bicubic"))),
    },
)
