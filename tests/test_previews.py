"""Previews of pictures that take time to convert: made smaller first, and yet the same picture."""

from __future__ import annotations

import struct
import zlib

import numpy as np
import numpy.typing as npt
import pytest

from effects.codec import decode, open_preview
from effects.codec.colour.light import averaging_scale, code_points
from effects.codec.raster import from_arrays, reduce_raster, shrink
from tests.media_boxes import Box
from tests.pictures import difference
from tests.profiles import DISPLAY_P3, PROFILES
from tests.stated_pngs import HLG, PQ, brightest, codes, png


def squares() -> npt.NDArray[np.uint8]:
    """Single bright pixels on a dark ground, of one grey each: what an average on the wrong scale gets wrong most."""
    bright = np.indices((300, 400)).sum(0) % 3 == 0
    return np.where(bright, 150, 60).astype(np.uint8)[..., None].repeat(3, 2)


MEANINGS: dict[str, list[Box]] = {
    "PQ": [codes(9, PQ)],
    "PQ of 4000 cd/m2": [codes(12, PQ), brightest(4000)],
    "HLG": [codes(9, HLG)],
    "linear light": [(b"gAMA", struct.pack(">I", 100000))],
    "a profile of linear light": [(b"iCCP", b"x\0\0" + zlib.compress(PROFILES["linear srgb"]))],
    "Display P3": [(b"iCCP", b"x\0\0" + zlib.compress(DISPLAY_P3))],
}


@pytest.mark.parametrize("deep", [False, True], ids=["8 bits", "16 bits"])
@pytest.mark.parametrize("alpha", [False, True], ids=["opaque", "with alpha"])
@pytest.mark.parametrize("name", MEANINGS)
def test_a_preview_shrinks_before_it_converts_to_the_same_picture(name: str, alpha: bool, deep: bool) -> None:
    pixels = squares()
    if alpha:
        opacity = np.where(np.indices((300, 400))[1] % 2 == 0, 255, 40).astype(np.uint8)
        pixels = np.dstack([pixels, opacity])
    file = png(pixels.astype(np.uint16) * 257 if deep else pixels, *MEANINGS[name])
    preview, full = open_preview(file, 128), decode(file)
    small = shrink(full, 128)
    assert difference(preview.image, small.image)[1] <= 2
    assert preview.metadata == full.metadata
    if alpha:
        assert preview.alpha is not None
        assert small.alpha is not None
        assert difference(preview.alpha, small.alpha)[1] == 0


def test_a_preview_of_greys_shrinks_too() -> None:
    file = png(squares()[..., :1], codes(9, PQ))
    assert difference(open_preview(file, 128).image, shrink(decode(file), 128).image)[1] <= 2


def test_a_preview_of_colours_is_near_the_picture_made_smaller() -> None:
    across, down = np.meshgrid(np.linspace(0, 9, 800), np.linspace(0, 6, 600))
    waves = [90 + 50 * np.sin(across * (1 + channel)) + 20 * np.cos(down * 3) for channel in range(3)]
    file = png(np.stack(waves, -1).round().astype(np.uint8), codes(9, PQ), brightest(1500))
    assert difference(open_preview(file, 200).image, shrink(decode(file), 200).image)[0] <= 0.3


def test_what_is_converted_has_the_previews_size() -> None:
    raster = from_arrays(squares(), None, "rgb")
    meaning = code_points(9, PQ)
    assert meaning is not None
    scale = averaging_scale(meaning)
    assert scale is not None
    small = reduce_raster(raster, 128, scale)
    samples, alpha = small.rows(0, small.height)
    assert (samples.shape, samples.dtype.itemsize) == ((96, 128, 3), 2)
    assert alpha is None
