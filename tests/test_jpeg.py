"""JPEG scan by scan: what is missing is refused or told, however the file was made to look whole."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from PIL import Image as Pictures

from effects.codec import DecodeError, decode, open_preview
from effects.codec.segments import END, SOS, START, segment, segments
from effects.image import Photo
from tests.encoders import imagemagick
from tests.pictures import written

KINDS: dict[str, dict[str, Any]] = {
    "baseline": {},
    "full colour": {"subsampling": 0, "quality": 97},
    "own tables": {"optimize": True},
    "restarts": {"restart_marker_blocks": 3},
    "restarts by rows": {"restart_marker_rows": 1},
    "progressive": {"progressive": True},
    "progressive restarts": {"progressive": True, "restart_marker_rows": 1},
}
BY_IMAGEMAGICK = {"grey": ("-colorspace", "gray"), "ink": ("-colorspace", "CMYK"), "4:1:1": ("-sampling-factor", "4x1")}


@cache
def file_of(kind: str) -> bytes:
    grain = np.random.default_rng(0).integers(0, 256, (12, 16, 3)).astype(np.uint8)
    pixels = np.asarray(Pictures.fromarray(grain).resize((163, 121), Pictures.Resampling.BICUBIC))
    if kind in KINDS:
        return written(pixels, "JPEG", **KINDS[kind])
    return imagemagick(pixels, "jpg", *BY_IMAGEMAGICK[kind])


def opened(file: bytes) -> Photo | None:
    try:
        return decode(file)
    except DecodeError:
        return None


def apart(photo: Photo, whole: Photo) -> int:
    """How many pixels are not as they should be."""
    return int((photo.image != whole.image).any(axis=-1).sum())


@pytest.mark.parametrize("kind", [*KINDS, *BY_IMAGEMAGICK])
def test_a_scan_cut_short_behind_an_end_marker_is_refused_or_told(kind: str) -> None:
    """Only where it is cut within the last few bytes can the last blocks be wrong without a word."""
    file = file_of(kind)
    whole, begins = decode(file), file.index(bytes((0xFF, SOS))) + 14
    assert whole.metadata["notes"] == ()
    refused = 0
    for cut in np.linspace(begins, len(file) - 3, 150).astype(int):
        for end in (END, b"", END + b"and more" * 20):
            photo = opened(file[:cut] + end)
            refused += photo is None
            if photo is not None and not photo.metadata["notes"]:
                assert apart(photo, whole) <= 32
    assert refused > 300


@pytest.mark.parametrize("kind", [*KINDS, *BY_IMAGEMAGICK])
def test_what_stands_behind_a_whole_picture_does_not_matter(kind: str) -> None:
    file = file_of(kind)
    for other in (file + b"garbage" * 9, file + b"garbage" + END, file + file, file[:-2], file[:-2] + b"\xff\xff\xd9"):
        photo = opened(other)
        assert photo is not None
        assert photo.metadata["notes"] == ()
        assert np.array_equal(photo.image, decode(file).image)


def test_a_hole_in_the_data_of_any_pass_is_refused() -> None:
    parts = list(segments(file_of("progressive")))
    scans = [at for at, (marker, content) in enumerate(parts) if marker == SOS and len(content) > 100]
    assert len(scans) > 5
    for hole in scans:
        kept = [(marker, content[: 50 if at == hole else None]) for at, (marker, content) in enumerate(parts)]
        assert opened(START + b"".join(segment(*part) for part in kept) + END) is None


def test_a_progressive_picture_without_its_last_passes_says_so_and_looks_alike() -> None:
    parts = list(segments(file_of("progressive")))
    last = max(at for at, (marker, _) in enumerate(parts) if marker == SOS)
    cut = START + b"".join(segment(*part) for part in parts[:last]) + END
    photo = opened(cut)
    assert photo is not None
    assert "last passes" in photo.metadata["notes"][0]
    assert "last passes" in open_preview(cut, 40).metadata["notes"][0]
    assert np.abs(photo.image.astype(int) - decode(file_of("progressive")).image).mean() < 6


def test_a_colour_that_never_came_is_refused() -> None:
    """Every scan of the last component taken out."""
    parts = list(segments(file_of("progressive")))
    first = next(at for at, (marker, _) in enumerate(parts) if marker == SOS)
    alone = parts[:first]
    grey = written(np.zeros((121, 163), np.uint8), "JPEG", progressive=True)
    scans = [part for part in segments(grey) if part[0] in (SOS, 0xC4)]
    assert opened(START + b"".join(segment(*part) for part in [*alone, *scans]) + END) is None
