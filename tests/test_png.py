"""PNG chunk by chunk: files written here by hand, against the specification's formulas and Chromium."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import Page

from effects.codec import DecodeError, decode, encode_untouched
from effects.codec.containers.chunks import SIGNATURE, chunk
from effects.codec.metadata import RECIPE_KEYWORD
from tests.chromium import opened_page
from tests.pictures import difference, written
from tests.profiles import DISPLAY_P3, grey, power
from tests.shown import shown

Chunks = Sequence[tuple[bytes, bytes]]

CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
COLOURS = np.random.default_rng(5).integers(0, 256, 300 * 4, dtype=np.uint8).tobytes()
RAMP = np.arange(256, dtype=np.uint8).repeat(3).tobytes()
LEVELS = bytes(range(256))


def png(kind: int, depth: int, row: bytes, extra: Chunks = (), after: Chunks = ()) -> bytes:
    """A PNG of two equal rows, its chunks about colour before the pixels."""
    width = len(row) * 8 // (depth * CHANNELS[kind])
    parts = [(b"IHDR", struct.pack(">IIBBBBB", width, 2, depth, kind, 0, 0, 0)), *extra]
    parts += [(b"IDAT", zlib.compress(b"\0" + row + b"\0" + row)), *after, (b"IEND", b"")]
    return SIGNATURE + b"".join(chunk(*part) for part in parts)


def gamma(value: float) -> tuple[bytes, bytes]:
    return b"gAMA", struct.pack(">I", round(value * 100000))


def primaries(*corners: tuple[float, float]) -> tuple[bytes, bytes]:
    return b"cHRM", struct.pack(">8I", *(round(part * 100000) for corner in corners for part in corner))


P3_CORNERS = primaries((0.3127, 0.329), (0.68, 0.32), (0.265, 0.69), (0.15, 0.06))
SRGB_CORNERS = primaries((0.3127, 0.329), (0.64, 0.33), (0.3, 0.6), (0.15, 0.06))
P3_PROFILE = (b"iCCP", b"x\0\0" + zlib.compress(DISPLAY_P3))
RGB16 = COLOURS[:600]


def codes(primary: int, transfer: int) -> tuple[bytes, bytes]:
    return b"cICP", bytes([primary, transfer, 0, 1])


SHOWN = {
    "gamma of light itself": png(2, 8, RAMP, [gamma(1)]),
    "gamma 1/2.2 alone": png(2, 8, RAMP, [gamma(0.45455)]),
    "gamma 1/1.8": png(2, 8, RAMP, [gamma(0.55556)]),
    "gamma 0.35": png(2, 8, RAMP, [gamma(0.35)]),
    "gamma 2.5": png(2, 8, RAMP, [gamma(2.5)]),
    "sRGB over gamma": png(2, 8, RAMP, [(b"sRGB", b"\0"), gamma(1)]),
    "gamma and P3": png(2, 8, COLOURS[:900], [gamma(0.45455), P3_CORNERS]),
    "gamma and sRGB's corners": png(2, 8, RAMP, [gamma(0.45455), SRGB_CORNERS]),
    "corners without gamma": png(2, 8, COLOURS[:900], [P3_CORNERS]),
    "grey gamma": png(0, 8, LEVELS, [gamma(1)]),
    "profile over gamma": png(2, 8, COLOURS[:900], [gamma(1), P3_PROFILE]),
    "grey profile": png(0, 8, LEVELS, [(b"iCCP", b"x\0\0" + zlib.compress(grey(power(1.8))))]),
    "codes of P3": png(2, 8, COLOURS[:900], [codes(12, 13)]),
    "codes of video": png(2, 8, COLOURS[:900], [codes(9, 1)]),
    "codes of light": png(2, 8, RAMP, [codes(9, 8)]),
    "codes over profile": png(2, 8, RAMP, [codes(1, 13), P3_PROFILE]),
    "PQ": png(2, 8, COLOURS[:900], [codes(9, 16)]),
    "HLG": png(2, 8, COLOURS[:900], [codes(9, 18)]),
    "1 bit key": png(0, 1, b"\x55\xaa", [(b"tRNS", b"\0\1")]),
    "2 bit key": png(0, 2, b"\x1b\xe4", [(b"tRNS", b"\0\2")]),
    "4 bit key": png(0, 4, b"\x12\x3f", [(b"tRNS", b"\0\2")]),
    "colour key": png(2, 8, RAMP, [(b"tRNS", b"\0\x20" * 3)]),
    "16 bit grey key": png(0, 16, LEVELS, [(b"tRNS", b"\x20\x21")]),
    "16 bit colour": png(2, 16, RGB16),
    "16 bit colour key": png(2, 16, RGB16, [(b"tRNS", RGB16[6:12])]),
    "16 bit grey alpha": png(4, 16, RGB16),
    "16 bit alpha": png(6, 16, RGB16),
    "palette shorter than its indices": png(3, 8, bytes(range(16)), [(b"PLTE", COLOURS[:12])]),
    "palette alpha": png(3, 4, b"\x01\x23", [(b"PLTE", COLOURS[:12]), (b"tRNS", bytes([0, 128]))]),
    "broken profile over gamma": png(2, 8, RAMP, [gamma(1), (b"iCCP", b"x\0\0" + zlib.compress(bytes(300)))]),
    "profile of no known method": png(2, 8, RAMP, [gamma(1), (b"iCCP", b"x\0\1" + zlib.compress(DISPLAY_P3))]),
    "no such intent over gamma": png(2, 8, RAMP, [gamma(1), (b"sRGB", b"\x09")]),
    "absurd corners": png(2, 8, RAMP, [gamma(1), (b"cHRM", bytes(32))]),
    "codes of a part of the range": png(2, 8, COLOURS[:900], [(b"cICP", b"\x0c\x0d\0\0"), gamma(1)]),
    "codes without a curve": png(2, 8, COLOURS[:900], [codes(12, 2), gamma(1)]),
    "codes without primaries": png(2, 8, COLOURS[:900], [codes(2, 8)]),
    "codes of EBU's primaries": png(2, 8, COLOURS[:900], [codes(22, 13)]),
    "gamma behind the pixels": png(2, 8, RAMP, after=[gamma(1)]),
    "key behind the pixels": png(2, 8, RAMP, after=[(b"tRNS", b"\0\x20" * 3)]),
    "key too short": png(2, 8, RAMP, [(b"tRNS", b"\0\x20")]),
    "key too long": png(2, 8, RAMP, [(b"tRNS", b"\0\x20" * 4)]),
    "alpha in front of its palette": png(3, 4, b"\x01\x23", [(b"tRNS", bytes([0, 128])), (b"PLTE", COLOURS[:12])]),
    "a wrong sum at the end": png(2, 8, RAMP)[:-1] + b"\0",
    "suggested palette": png(2, 8, RAMP, [(b"PLTE", COLOURS[:12])]),
}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.slow
@pytest.mark.parametrize("name", SHOWN)
def test_chromium_shows_the_same(page: Page, name: str) -> None:
    shown_alike(page, SHOWN[name])


def shown_alike(page: Page, file: bytes) -> None:
    photo, there = decode(file), shown(page, file)
    assert there is not None
    alpha = np.full(photo.image.shape[:2], 255) if photo.alpha is None else photo.alpha
    assert difference(alpha, there[..., 3])[1] <= 1
    opaque = alpha == 255
    if opaque.any():
        mean, most = difference(photo.image[opaque], there[opaque][:, :3])
        assert mean <= 0.5
        assert most <= 2


def test_sixteen_bits_are_rounded_not_cut() -> None:
    values = np.arange(0, 65536, 13, dtype=np.uint16)
    image = decode(png(0, 16, values.astype(">u2").tobytes())).image
    assert np.array_equal(image[0, :, 0], np.rint(values / 257).astype(np.uint8))
    assert image.max() == 255


def test_sixteen_bits_of_light_keep_their_shadows() -> None:
    """Linear light, dark enough that 8 bits would leave two levels: the result has one for each of sRGB's."""
    light = np.linspace(0, 2 / 255, 200)
    row = np.rint(light[:, None].repeat(3, 1) * 65535).astype(">u2").tobytes()
    expected = np.rint(255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))
    assert difference(decode(png(2, 16, row, [gamma(1)])).image[0, :, 0], expected)[1] <= 1


def frame(number: int, width: int, height: int, left: int, top: int) -> tuple[bytes, bytes]:
    return b"fcTL", struct.pack(">IIIIIHHBB", number, width, height, left, top, 1, 1, 0, 0)


def test_an_animation_that_hides_its_default_picture_shows_its_first_frame(page: Page) -> None:
    part = struct.pack(">I", 1) + zlib.compress(b"\0" + b"\x20\xc0\x40" * 2)
    animation = [(b"acTL", struct.pack(">II", 1, 0))]
    file = png(2, 8, b"\xff\0\0" * 4, animation, [frame(0, 2, 1, 1, 1), (b"fdAT", part)])
    photo, there = decode(file), shown(page, file)
    assert photo.alpha is not None
    assert photo.alpha.tolist() == [[0, 0, 0, 0], [0, 255, 255, 0]]
    assert photo.image[1, 1].tolist() == [0x20, 0xC0, 0x40]
    assert there is not None
    assert np.array_equal(there[..., 3], photo.alpha)
    for cut in (file.index(b"fcTL") - 4, file.index(b"fdAT") - 4, len(file) - 24):
        with pytest.raises(DecodeError, match="incomplete"):
            decode(file[:cut])


def test_exif_turns_a_picture_only_from_before_its_pixels(page: Page) -> None:
    """As browsers see it; what it says is kept all the same."""
    block = b"MM\0*\0\0\0\x08\0\1" + struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0) + bytes(4)
    text = f"\nexif\n{len(block)}\n{block.hex()}\n"
    raw = b"Raw profile type exif\0\0" + zlib.compress(text.encode())
    for part in ((b"eXIf", block), (b"zTXt", raw)):
        early, late = png(2, 8, RAMP, [part]), png(2, 8, RAMP, [], [part])
        there = shown(page, late)
        assert there is not None
        assert decode(early).image.shape == (256, 2, 3)
        assert np.array_equal(decode(late).image, there[..., :3])
        assert decode(late).metadata["exif"] == decode(early).metadata["exif"] == block


@pytest.mark.parametrize("count", [0, 1 << 31])
@pytest.mark.parametrize("place", ["before", "behind"])
def test_an_animation_of_no_such_count_or_announced_too_late_is_none(page: Page, count: int, place: str) -> None:
    part = struct.pack(">I", 1) + zlib.compress((b"\0" + bytes(12)) * 2)
    control = [(b"acTL", struct.pack(">II", count if place == "before" else 2, 0))]
    before, behind = (control, []) if place == "before" else ([], control)
    file = png(2, 8, b"\xff\0\0" * 4, before, [*behind, frame(0, 4, 2, 0, 0), (b"fdAT", part)])
    photo, there = decode(file), shown(page, file)
    assert photo.metadata["notes"] == ()
    assert there is not None
    assert photo.image.tolist() == there[..., :3].tolist() == [[[255, 0, 0]] * 4] * 2


@pytest.mark.parametrize(
    "file",
    [
        SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 1, 0, 0, 0)),
        SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 3, 0, 0, 0, 0)),
        SHOWN["colour key"].replace(b"IDAT", b"IDAX"),
        SHOWN["colour key"][:60] + b"\xff" + SHOWN["colour key"][61:],
        png(3, 8, b"\0"),
    ],
    ids=["no such colour", "no such depth", "unknown critical chunk", "wrong check sum", "no palette"],
)
def test_a_png_that_is_none_is_refused(file: bytes) -> None:
    with pytest.raises(DecodeError, match="damaged"):
        decode(file)


def test_what_may_be_left_out_may_be_wrong() -> None:
    """A text and a gamma whose check sums are wrong count as not there, and so does a type that is not four letters."""
    file = png(2, 8, RAMP, [gamma(1), (b"tEXt", b"Comment\0hello")])
    at = file.index(b"gAMA")
    broken = file[: at + 8] + bytes(4) + file[at + 12 :]
    assert np.array_equal(decode(broken).image, decode(png(2, 8, RAMP)).image)
    assert np.array_equal(decode(png(2, 8, RAMP, [(b"t\x80@t", b"?")])).image, decode(png(2, 8, RAMP)).image)


def test_pixels_that_are_all_there_may_have_a_wrong_check_sum(page: Page) -> None:
    """That of the compressed stream, each chunk's own being right; a stream that ends early is refused all the same."""
    whole = zlib.compress((b"\0" + RAMP) * 2)
    header = (b"IHDR", struct.pack(">IIBBBBB", 256, 2, 8, 2, 0, 0, 0))
    files = [
        SIGNATURE + b"".join(chunk(*part) for part in (header, (b"IDAT", stream), (b"IEND", b"")))
        for stream in (whole[:-4] + b"oops", whole[:-20] + b"oops")
    ]
    photo, there = decode(files[0]), shown(page, files[0])
    assert there is not None
    assert np.array_equal(photo.image, there[..., :3])
    with pytest.raises(DecodeError, match="incomplete"):
        decode(files[1])


def test_what_is_no_chunk_behind_the_pixels_does_not_matter(page: Page) -> None:
    """A comment of a wrong length, so that what follows looks like a nameless chunk; and a file without an end."""
    whole = png(2, 8, RAMP)
    file = whole[:-12] + struct.pack(">I", 4) + b"tEXtComm" + bytes(4) + b"ent\0 of a wrong length" + whole[-12:]
    photo, there = decode(file), shown(page, file)
    assert there is not None
    assert np.array_equal(photo.image, there[..., :3])
    for open_end in (file, whole[:-12]):
        assert encode_untouched(open_end, decode(open_end), metadata="keep") == encode_untouched(
            whole, decode(whole), metadata="keep"
        )


def test_texts_that_inflate_without_end_are_ignored() -> None:
    bomb = zlib.compress(bytes(50_000_000), 9)
    file = png(2, 8, RAMP, [(b"zTXt", b"Raw profile type exif\0\0" + bomb), (b"iCCP", b"x\0\0" + bomb)])
    assert np.array_equal(decode(file).image, decode(png(2, 8, RAMP)).image)


@pytest.mark.parametrize("compressed", [False, True])
def test_international_text_counts_compressed_or_not(compressed: bool) -> None:
    """By Pillow: a recipe, and XMP; language and translated keyword stand between."""
    recipe, xmp = '{"steps": []}', "<x tiff:Orientation='6'/>"
    texts = PngInfo()
    texts.add_itxt(RECIPE_KEYWORD, recipe, "en", "recipe", zip=compressed)
    texts.add_itxt("XML:com.adobe.xmp", xmp, "", "", zip=compressed)
    photo = decode(written(np.zeros((2, 3, 3), np.uint8), "PNG", pnginfo=texts))
    assert photo.metadata["recipe"] == recipe
    assert photo.metadata["xmp"] == xmp.encode()
