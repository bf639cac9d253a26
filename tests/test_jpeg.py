"""JPEG scan by scan: what is missing is refused or told, however the file was made to look whole."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage

from effects.codec import DecodeError, decode, open_preview
from effects.codec.containers.segments import END, SOS, START, scan_header, segment, segments
from effects.image import Image, Photo
from tests.encoders import imagemagick
from tests.pictures import gradient, written
from tests.shares import in_turn

KINDS: dict[str, dict[str, Any]] = {
    "baseline": {},
    "full colour": {"subsampling": 0, "quality": 97},
    "own tables": {"optimize": True},
    "restarts": {"restart_marker_blocks": 3},
    "restarts by rows": {"restart_marker_rows": 1},
    "progressive": {"progressive": True},
    "progressive restarts": {"progressive": True, "restart_marker_rows": 1},
}
BY_IMAGEMAGICK = {
    "grey": ("-colorspace", "gray"),
    "ink": ("-colorspace", "CMYK"),
    "4:1:1": ("-sampling-factor", "4x1"),
    "a rare ratio": ("-sampling-factor", "3x1"),
}


@cache
def file_of(kind: str) -> bytes:
    grain = np.random.default_rng(0).integers(0, 256, (12, 16, 3)).astype(np.uint8)
    pixels = np.asarray(PILImage.fromarray(grain).resize((163, 121), PILImage.Resampling.BICUBIC))
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


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, *BY_IMAGEMAGICK])
def test_a_scan_cut_short_behind_an_end_marker_is_refused_or_told(kind: str) -> None:
    """Only where it is cut within the last few bytes can the last blocks be wrong without a word."""
    file = file_of(kind)
    whole, begins = decode(file), file.index(bytes((0xFF, SOS))) + 14
    assert whole.metadata["notes"] == ()
    refused = 0
    for cut in np.linspace(begins, len(file) - 3, 50).astype(int):
        for end in (END, b"", END + b"and more" * 20):
            photo = opened(file[:cut] + end)
            refused += photo is None
            if photo is not None and not photo.metadata["notes"]:
                assert apart(photo, whole) <= 32
    assert refused > 100


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


RESTART = re.compile(rb"(\xff[\xd0-\xd7])")


def shortened(file: bytes, scan: int, part: int, count: int) -> bytes:
    """The file without the last bytes of a scan's part (between restarts); everything else stays."""
    parts = list(segments(file))
    at = [place for place, (marker, _) in enumerate(parts) if marker == SOS][scan]
    content = parts[at][1]
    header = scan_header(content)
    pieces = RESTART.split(content[header:])
    pieces[2 * part] = pieces[2 * part].replace(b"\xff\0", b"\xff")[:-count].replace(b"\xff", b"\xff\0")
    changed = [*parts[:at], (SOS, content[:header] + b"".join(pieces)), *parts[at + 1 :]]
    return START + b"".join(segment(*each) for each in changed) + END


def places(file: bytes) -> list[tuple[bytes, int, int]]:
    """Every scan's header, its number and that of each of its parts between restarts."""
    scans = [content for marker, content in segments(file) if marker == SOS]
    return [
        (content[: scan_header(content)], scan, part)
        for scan, content in enumerate(scans)
        for part in range(len(RESTART.findall(content)) + 1)
    ]


def refines_detail(header: bytes) -> bool:
    return header[-3] > 0 and header[-1] >> 4 > 0


@pytest.mark.slow
@pytest.mark.parametrize("kind", [*KINDS, *BY_IMAGEMAGICK])
def test_a_few_bytes_missing_anywhere_are_refused_or_told(kind: str) -> None:
    """Whatever the scan, and also between two restarts. Of a refinement's last bits one in twenty may be overlooked."""
    file = file_of(kind)
    whole = decode(file)
    overlooked, refined = 0, 0
    for header, scan, part in places(file)[:: 3 if "restarts" in kind else 1]:
        for count in (1, 2, 3, 5, 8):
            photo = opened(shortened(file, scan, part, count))
            silent = photo is not None and not photo.metadata["notes"]
            refined += refines_detail(header)
            if silent and refines_detail(header):
                assert photo is not None
                assert np.abs(photo.image.astype(int) - whole.image).max() <= 24
                overlooked += 1
                continue
            assert not silent, (scan, part, count)
    assert overlooked <= refined / 20


def grainy(height: int, width: int, grain: int) -> Image:
    noise = np.random.default_rng(1).integers(-grain, grain, (height, width, 3))
    return np.clip(gradient(height, width) + noise, 0, 255).astype(np.uint8)


@pytest.mark.slow
@pytest.mark.parametrize(("progressive", "grain"), in_turn([False, True], [4, 40]))
def test_in_long_scans_too_a_few_missing_bytes_are_told(progressive: bool, grain: int) -> None:
    """Longer than what is walked through from its beginning; one in thirty may be overlooked in the last blocks."""
    file = written(grainy(500, 700, grain), "JPEG", progressive=progressive, quality=90)
    whole = decode(file)
    assert whole.metadata["notes"] == ()
    scans = [scan for header, scan, _ in places(file) if not refines_detail(header)]
    tried = [opened(shortened(file, scan, 0, count)) for scan in scans for count in range(1, 9)]
    silent = [photo for photo in tried if photo is not None and not photo.metadata["notes"]]
    assert len(silent) <= len(tried) / 30
    assert all(apart(photo, whole) <= 256 for photo in silent)


@pytest.mark.slow
@pytest.mark.parametrize("progressive", [False, True])
def test_with_very_many_restarts_most_are_told(progressive: bool) -> None:
    """Too many to look at each: the picture is decoded twice with other bits behind them, and compared."""
    file = written(grainy(200, 320, 40), "JPEG", restart_marker_blocks=1, progressive=progressive)
    found = [place for place in places(file) if not refines_detail(place[0])]
    assert sum(scan == 0 for _, scan, _ in found) > 240
    assert decode(file).metadata["notes"] == ()
    tried = [opened(shortened(file, scan, part, 2)) for _, scan, part in found[:: 97 if progressive else 9]]
    silent = [photo for photo in tried if photo is not None and not photo.metadata["notes"]]
    assert len(tried) >= 20
    assert len(silent) <= len(tried) / 10


@pytest.mark.parametrize("kind", [*KINDS, *BY_IMAGEMAGICK])
@pytest.mark.parametrize("more", [b"\0", b"\0\0\0", b"\xff\0", b"\xff\xff", bytes(40), b"\x9d", b"\x35\xe2\x71"])
def test_bytes_too_many_behind_a_scan_do_no_harm(kind: str, more: bytes) -> None:
    """As some cameras write them."""
    file = file_of(kind)
    parts = [(marker, content + (more if marker == SOS else b"")) for marker, content in segments(file)]
    photo = opened(START + b"".join(segment(*part) for part in parts) + END)
    assert photo is not None
    assert photo.metadata["notes"] == ()
    assert np.array_equal(photo.image, decode(file).image)
