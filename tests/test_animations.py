"""First frames that do not cover their canvas: files put together here chunk by chunk, and Chromium beside them."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PILImage
from playwright.sync_api import Page

from effects.codec import DecodeError, decode, open_preview
from effects.codec.containers.chunks import SIGNATURE, chunk
from effects.codec.readers.gif import first_frame
from effects.render import render
from tests.chromium import opened_page
from tests.pictures import difference, fade, gradient, saved, written
from tests.shown import shown

WIDE, HIGH, LEFT, TOP = 20, 10, 12, 6
CANVAS = (40, 30)
COLOURS, OPACITY = gradient(HIGH, WIDE), fade(HIGH, WIDE)
CLEAR = np.dstack([COLOURS, OPACITY])
SAYS_ALPHA, SAYS_ANIMATION = 0x10, 0x02
RED = b"\0\0\xff\xff"
NO_STEPS = '{"version": 1, "steps": []}'


def riff(kind: bytes, content: bytes) -> bytes:
    return kind + struct.pack("<I", len(content)) + content + bytes(len(content) % 2)


def three(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(3, "little") for number in numbers)


def chunks_of_pixels(file: bytes) -> bytes:
    """The chunks of a still WebP's pixels and opacity, of which the first is not the extended header."""
    at = 12
    kept = b""
    while at < len(file):
        size = 8 + struct.unpack_from("<I", file, at + 4)[0]
        kept += file[at : at + size + size % 2] if file[at : at + 4] in (b"VP8 ", b"VP8L", b"ALPH") else b""
        at += size + size % 2
    return kept


def animated_webp(
    frames: list[npt.NDArray[np.uint8]],
    flags: int = SAYS_ANIMATION,
    canvas: tuple[int, int] = CANVAS,
    place: tuple[int, int] = (LEFT, TOP),
    **settings: object,
) -> bytes:
    """Frames at one place of a canvas whose background is said to be red."""
    head = three(place[0] // 2, place[1] // 2, WIDE - 1, HIGH - 1, 100) + b"\0"
    stills = [written(frame, "WEBP", **(settings or {"lossless": True, "exact": True})) for frame in frames]
    body = b"WEBP" + riff(b"VP8X", bytes([flags, 0, 0, 0]) + three(canvas[0] - 1, canvas[1] - 1))
    body += riff(b"ANIM", RED + b"\0\0") + b"".join(riff(b"ANMF", head + chunks_of_pixels(still)) for still in stills)
    return riff(b"RIFF", body)


def late_apng(kind: int, depth: int, pixels: npt.NDArray[np.uint8], extra: bytes = b"") -> bytes:
    """A PNG of black whose animation begins behind it."""
    black = np.zeros((CANVAS[1], CANVAS[0] * pixels.nbytes // (WIDE * HIGH)), np.uint8)
    raw = [zlib.compress(b"".join(b"\0" + row.tobytes() for row in rows)) for rows in (black, pixels)]
    control = struct.pack(">IIIIIHHBB", 0, WIDE, HIGH, LEFT, TOP, 1, 10, 0, 0)
    parts = [(b"IHDR", struct.pack(">IIBBBBB", *CANVAS, depth, kind, 0, 0, 0)), (b"acTL", struct.pack(">II", 1, 0))]
    parts += [(b"IDAT", raw[0]), (b"fcTL", control), (b"fdAT", struct.pack(">I", 1) + raw[1]), (b"IEND", b"")]
    return SIGNATURE + b"".join((extra if part[0] == b"IDAT" else b"") + chunk(*part) for part in parts)


PALETTE = chunk(b"PLTE", bytes(range(255, -1, -1)) + bytes(512))
GREY = COLOURS[..., 0]
FRAMES = {
    "webp": (animated_webp([COLOURS]), COLOURS, None),
    "webp of two": (animated_webp([COLOURS, 255 - COLOURS]), COLOURS, None),
    "webp with alpha": (animated_webp([CLEAR], SAYS_ANIMATION | SAYS_ALPHA), COLOURS, OPACITY),
    "webp of unannounced alpha": (animated_webp([CLEAR]), COLOURS, OPACITY),
    "png": (late_apng(2, 8, COLOURS), COLOURS, None),
    "png of 16 bits": (late_apng(2, 16, COLOURS.repeat(2, -1)), COLOURS, None),
    "png with alpha": (late_apng(6, 8, CLEAR), COLOURS, OPACITY),
    "grey png": (late_apng(0, 8, GREY), GREY[..., None].repeat(3, -1), None),
    "png with a palette": (late_apng(3, 8, GREY % 85, PALETTE), None, None),
}


@pytest.mark.parametrize("name", FRAMES)
def test_around_the_first_frame_there_is_nothing(name: str) -> None:
    file, colours, opacity = FRAMES[name]
    photo = decode(file)
    assert photo.image.shape == (CANVAS[1], CANVAS[0], 3)
    assert photo.alpha is not None
    expected = np.zeros(CANVAS[::-1], np.uint8)
    inside = (slice(TOP, TOP + HIGH), slice(LEFT, LEFT + WIDE))
    expected[inside] = 255 if opacity is None else opacity
    assert np.array_equal(photo.alpha, expected)
    if colours is not None:
        assert np.array_equal(photo.image[inside], colours)


@pytest.mark.parametrize("alpha", [False, True])
def test_a_lossy_frame_is_the_same_as_that_picture_alone(alpha: bool) -> None:
    pixels = CLEAR if alpha else COLOURS
    photo, still = decode(animated_webp([pixels], quality=90)), decode(written(pixels, "WEBP", quality=90))
    inside = (slice(TOP, TOP + HIGH), slice(LEFT, LEFT + WIDE))
    assert np.array_equal(photo.image[inside], still.image)
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha[inside], np.full((HIGH, WIDE), 255) if still.alpha is None else still.alpha)


def test_a_first_frame_as_large_as_its_canvas_is_opaque() -> None:
    photo = decode(animated_webp([COLOURS, 255 - COLOURS], canvas=(WIDE, HIGH), place=(0, 0)))
    assert np.array_equal(photo.image, COLOURS)
    assert photo.alpha is None
    assert photo.metadata["notes"] == ("This is an animation of 2 frames; its first frame is used.",)


@pytest.mark.parametrize("place", [(22, 6), (12, 22)])
def test_a_frame_that_leaves_its_canvas_is_refused(place: tuple[int, int]) -> None:
    with pytest.raises(DecodeError, match="damaged"):
        decode(animated_webp([COLOURS], place=place))


def test_a_preview_of_a_first_frame_fades_at_its_edge() -> None:
    alpha = open_preview(animated_webp([COLOURS]), 20).alpha
    assert alpha is not None
    assert alpha.shape == (15, 20)
    assert alpha[0, 0] == 0
    assert (alpha[TOP // 2 : (TOP + HIGH) // 2, LEFT // 2 : (LEFT + WIDE) // 2] == 255).all()


def test_an_animation_of_one_frame_is_written_as_a_picture() -> None:
    file = render(animated_webp([COLOURS]), NO_STEPS, format="webp", quality=100)
    assert b"ANMF" not in file
    again = np.asarray(PILImage.open(io.BytesIO(file)).convert("RGBA"))
    assert again[0, 0, 3] == 0
    assert again[TOP + 1, LEFT + 1, 3] == 255


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("name", FRAMES)
def test_chromium_shows_the_same_first_frame(page: Page, name: str) -> None:
    file, _, _ = FRAMES[name]
    photo, there = decode(file), shown(page, file)
    assert there is not None
    assert photo.alpha is not None
    assert difference(photo.alpha, there[..., 3])[1] <= 1
    opaque = photo.alpha == 255
    assert difference(photo.image[opaque], there[opaque][:, :3])[1] <= 1


def test_a_gifs_first_frame_is_taken_past_remarks_with_its_own_control_alone() -> None:
    """Of three blocks before the frame the last control says that colour 0 is transparent."""
    numbers = np.array([[0, 1], [1, 0]], np.uint8)
    picture = PILImage.fromarray(numbers)
    picture.putpalette([10, 20, 30, 200, 100, 50])
    plain = saved(picture, "GIF")
    head, frame = plain[: plain.index(b"\x2c")], plain[plain.index(b"\x2c") :]
    control = b"\x21\xf9\x04" + bytes([1, 0, 0, 0]) + b"\0"
    remark = b"\x21\xfe\x05hello\x02ab\0"
    for before in (remark + control, control + remark, remark + control + remark):
        single, left, top = first_frame(head + before + frame)
        assert (left, top) == (0, 0)
        assert single == head + control + frame
        photo = decode(head + before + frame)
        assert photo.alpha is not None
        assert np.array_equal(photo.alpha, 255 * numbers)
    with pytest.raises(ValueError, match="no frame"):
        first_frame(head + remark + b"\x3b")
