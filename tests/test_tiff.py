"""TIFF in every shape that tifffile and ImageMagick can write, against the pixels it was made of."""

from __future__ import annotations

import io
import itertools
import struct
import warnings
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
import tifffile
from PIL import Image as PILImage

from effects.codec import DecodeError, decode
from effects.codec.containers.tiff_directory import STRIP_SIZES, read_directory
from effects.image import Image
from tests.encoders import ffmpeg, imagemagick
from tests.pictures import difference, exif, fade, gradient, written

DEEP = gradient(37, 53).astype(np.uint16) * 257
PLAIN = gradient(37, 53)
DEEP_ALPHA = fade(37, 53).astype(np.uint16) * 257
TYPES: dict[str, npt.NDArray[Any]] = {
    "u1": PLAIN,
    "u2": DEEP,
    "u4": DEEP.astype(np.uint32) * 65537,
    "f4": (DEEP / 65535).astype(np.float32),
    "f8": DEEP / 65535,
}
BLOCKS: tuple[dict[str, Any], ...] = ({"tile": (16, 32)}, {"rowsperstrip": 10})
SHAPES = list(itertools.product("<>", (False, True), BLOCKS, ("contig", "separate")))
"""How the same pixels may lie in a file."""


def tiff(pixels: npt.NDArray[Any], photometric: str, **settings: Any) -> bytes:
    file = io.BytesIO()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tifffile.imwrite(file, pixels, photometric=photometric, metadata=None, **settings)
    return file.getvalue()


PACKED = [
    pytest.param(kind, codec, marks=pytest.mark.deep if codec == "lzma" and kind != "u2" else ())
    for kind, codec in itertools.product(TYPES, (None, "zlib", "lzma"))
]
"""LZMA takes ten times as long as all the rest, and unpacks to the same bytes: it is tried on fewer."""


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "compression"), PACKED)
def test_byte_order_tiles_planes_and_prediction_change_nothing(kind: str, compression: str | None) -> None:
    for order, big, blocks, planes in SHAPES[:: 5 if compression == "lzma" else 1]:
        pixels = TYPES[kind] if planes == "contig" else np.ascontiguousarray(TYPES[kind].transpose(2, 0, 1))
        predictions = [False, True] if compression and kind[0] == "u" else [False]
        for prediction in predictions:
            settings: dict[str, Any] = {"compression": compression, "predictor": prediction, **blocks}
            file = tiff(pixels, "rgb", byteorder=order, bigtiff=big, planarconfig=planes, **settings)
            photo = decode(file)
            assert np.array_equal(photo.image, PLAIN), (order, big, blocks, planes, compression, prediction)
            assert photo.metadata["notes"] == ()


@pytest.mark.parametrize("bits", [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 14, 15, 20, 24, 32])
def test_every_depth_goes_from_black_to_white(bits: int) -> None:
    """Samples packed by hand, highest bit first, each row from a byte of its own; whole bytes in the file's order."""
    levels = (1 << bits) - 1
    values = np.rint(gradient(5, 37) / 255 * levels).astype(np.int64)
    if bits in (24, 32):
        packed = np.stack([values >> shift & 255 for shift in range(0, bits, 8)], axis=-1).astype(np.uint8).tobytes()
    else:
        each = (values[..., None] >> np.arange(bits - 1, -1, -1) & 1).astype(np.uint8)
        packed = np.packbits(each.reshape(5, -1), axis=1).tobytes()
    tags = {256: (37,), 257: (5,), 258: (bits,) * 3, 259: (1,), 262: (2,), 273: (8,), 277: (3,), 279: (len(packed),)}
    at = 8 + len(packed)
    file = b"II*\0" + at.to_bytes(4, "little") + packed + written_tags(tags, at)
    assert difference(decode(file).image, np.rint(values * 255 / levels))[1] <= 1


@pytest.mark.parametrize("tiled", [False, True])
def test_strips_and_tiles_of_webp(tiled: bool) -> None:
    """Each a WebP file without loss, of colours and alpha; tiles are whole, the last strip is not."""
    pixels = np.dstack([PLAIN, fade(37, 53)])
    padded = np.pad(pixels, ((0, 11), (0, 11), (0, 0)))
    parts = [padded[top : top + 16, left : left + 32] for top in (0, 16, 32) for left in (0, 32)]
    blocks = [written(block, "WEBP", lossless=True, exact=True)
              for block in (parts if tiled else [pixels[top : top + 16] for top in (0, 16, 32)])]  # fmt: skip
    places = tuple(itertools.accumulate([8, *(len(block) for block in blocks)]))
    tags = {256: (53,), 257: (37,), 258: (8,) * 4, 259: (50001,), 262: (2,), 277: (4,), 338: (2,)}
    sizes = tuple(len(block) for block in blocks)
    starts = places[:-1]
    tags |= {322: (32,), 323: (16,), 324: starts, 325: sizes} if tiled else {273: starts, 278: (16,), 279: sizes}
    file = b"II*\0" + places[-1].to_bytes(4, "little") + b"".join(blocks) + written_tags(tags, places[-1])
    photo = decode(file)
    assert photo.alpha is not None
    assert np.array_equal(np.dstack([photo.image, photo.alpha]), pixels)
    with pytest.raises(DecodeError, match="incomplete"):
        decode(file.replace(b"VP8L", b"VP8?", 1))


def webp_tiff(
    size: tuple[int, int], blocks: list[Image], tags: dict[int, tuple[int, ...]], places: tuple[int, int]
) -> bytes:
    """A TIFF of WebP files without loss; `places` are the tags that say where they stand and how long they are."""
    files = [written(each, "WEBP", lossless=True) for each in blocks]
    starts = tuple(itertools.accumulate([8, *map(len, files)]))
    stated = {256: (size[0],), 257: (size[1],), 258: (8,) * 3, 259: (50001,), 262: (2,), 277: (3,), **tags}
    stated |= {places[0]: starts[:-1], places[1]: tuple(map(len, files))}
    head = b"II*\0" + starts[-1].to_bytes(4, "little")
    return head + b"".join(files) + written_tags(dict(sorted(stated.items())), starts[-1])


def test_a_tile_of_webp_may_be_higher_than_the_picture_and_a_strip_may_not() -> None:
    """Two tiles side by side, of which the picture fills ten rows; a strip ends with the picture, whatever its rows."""
    tile = gradient(16, 64)
    tiled: dict[int, tuple[int, ...]] = {322: (32,), 323: (16,)}
    halves = [np.ascontiguousarray(tile[:, :32]), np.ascontiguousarray(tile[:, 32:])]
    photo = decode(webp_tiff((64, 10), halves, tiled, (324, 325)))
    assert np.array_equal(photo.image, tile[:10])
    for rows in (10, 16, 2**32 - 1):
        whole = webp_tiff((64, 10), [np.ascontiguousarray(tile[:10])], {278: (rows,)}, (273, 279))
        assert np.array_equal(decode(whole).image, tile[:10])
        for high in (9, 11, 16):
            with pytest.raises(DecodeError, match="incomplete"):
                decode(webp_tiff((64, 10), [np.ascontiguousarray(gradient(high, 64))], {278: (rows,)}, (273, 279)))
    for samples, depth, planes in ((2, 8, 1), (3, 16, 1), (3, 8, 2)):
        other = {258: (depth,) * 3, 277: (samples,), 284: (planes,), **tiled}
        with pytest.raises(DecodeError):
            decode(webp_tiff((64, 10), halves, other, (324, 325)))


def written_tags(tags: dict[int, tuple[int, ...]], at: int) -> bytes:
    """A directory of 32-bit numbers, those of more than one behind it."""
    behind, directory = b"", len(tags).to_bytes(2, "little")
    for tag, numbers in tags.items():
        value = struct.pack(f"<{len(numbers)}I", *numbers)
        if len(numbers) > 1:
            place = at + 2 + 12 * len(tags) + 4 + len(behind)
            behind, value = behind + value, struct.pack("<I", place)
        directory += struct.pack("<HHI", tag, 4, len(numbers)) + value
    return directory + bytes(4) + behind


def test_white_may_be_zero() -> None:
    for pixels in (PLAIN[..., 0], DEEP[..., 0], PLAIN[..., 0] > 100):
        dark, light = (decode(tiff(pixels, kind)).image for kind in ("miniswhite", "minisblack"))
        assert difference(dark, 255 - light)[1] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("depth", ["8", "16"])
@pytest.mark.parametrize("compression", ["LZW", "RLE", "ZSTD"])
def test_imagemagicks_compression(depth: str, compression: str) -> None:
    file = imagemagick(PLAIN, "tif", "-depth", depth, "-compress", compression, "-type", "TrueColor")
    assert np.array_equal(decode(file).image, PLAIN)


CASES = {
    "fax 4": (["-monochrome", "-compress", "Group4"], "bilevel"),
    "fax 3": (["-monochrome", "-compress", "Fax"], "bilevel"),
    "fax, low bits first": (["-monochrome", "-compress", "Group4", "-define", "tiff:fill-order=lsb"], "bilevel"),
    "bilevel": (["-monochrome", "-compress", "None"], "bilevel"),
    "bilevel tiles": (["-monochrome", "-compress", "LZW", "-define", "tiff:tile-geometry=16x16"], "bilevel"),
    "jpeg": (["-compress", "JPEG", "-quality", "98"], "colour"),
    "jpeg tiles": (["-compress", "JPEG", "-quality", "98", "-define", "tiff:tile-geometry=16x16"], "colour"),
    "low bits first": (["-define", "tiff:fill-order=lsb", "-compress", "LZW"], "colour"),
    "planes of 16 bits": (["-interlace", "plane", "-depth", "16", "-compress", "LZW"], "colour"),
    "half floats": (["-depth", "16", "-define", "quantum:format=floating-point"], "colour"),
    "floats": (["-depth", "32", "-define", "quantum:format=floating-point", "-compress", "Zip"], "colour"),
    "ycbcr": (["-colorspace", "YCbCr"], "colour"),
    "ycbcr jpeg": (["-colorspace", "YCbCr", "-compress", "JPEG", "-quality", "98"], "colour, nearly"),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", CASES)
def test_imagemagicks_colours_and_codecs(case: str) -> None:
    settings, kind = CASES[case]
    image = decode(imagemagick(PLAIN, "tif", *settings)).image
    if kind == "bilevel":
        expected = decode(imagemagick(PLAIN, "png", "-monochrome")).image
        assert np.array_equal(image, expected)
    else:
        assert difference(image, PLAIN)[0] <= (1 if kind == "colour" else 2)


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["yuv444p", "yuv422p", "yuv420p", "rgb48le", "rgba64le"])
@pytest.mark.parametrize("codec", ["raw", "lzw", "deflate"])
def test_ffmpegs_layouts(layout: str, codec: str) -> None:
    image = decode(ffmpeg(PLAIN, "tif", "-pix_fmt", layout, "-compression_algo", codec)).image
    assert difference(image, PLAIN)[0] <= (1.5 if layout[0] == "r" or "444" in layout else 6)


@pytest.mark.parametrize("planes", ["contig", "separate"])
@pytest.mark.parametrize("deep", [False, True])
@pytest.mark.parametrize("kind", ["unassalpha", "assocalpha"])
def test_alpha_is_straight_whether_it_was_multiplied_in_or_not(kind: str, deep: bool, planes: str) -> None:
    colours, alpha, largest = (DEEP, DEEP_ALPHA, 65535) if deep else (PLAIN, fade(37, 53), 255)
    stored = np.rint(colours * (alpha[..., None] / largest)) if kind == "assocalpha" else colours
    pixels = np.dstack([stored, alpha]).astype(colours.dtype)
    if planes == "separate":
        pixels = np.ascontiguousarray(pixels.transpose(2, 0, 1))
    photo = decode(tiff(pixels, "rgb", extrasamples=[kind], planarconfig=planes))
    assert photo.alpha is not None
    assert np.array_equal(photo.alpha, fade(37, 53))
    firm = fade(37, 53) > 100
    assert difference(photo.image[firm], PLAIN[firm])[1] <= 2


def test_palettes_of_sixteen_bits() -> None:
    random = np.random.default_rng(3)
    for count, kind in ((256, np.uint8), (65536, np.uint16)):
        table = random.integers(0, 65536, (3, count)).astype(np.uint16)
        indices = random.integers(0, count, (37, 53)).astype(kind)
        image = decode(tiff(indices, "palette", colormap=table)).image
        assert np.array_equal(image, np.rint(table.T[indices] / 257).astype(np.uint8))


@pytest.mark.parametrize("planes", ["contig", "separate"])
def test_ink_lets_through_what_it_does_not_cover(planes: str) -> None:
    ink = np.random.default_rng(4).integers(0, 256, (37, 53, 4)).astype(np.uint8)
    expected = np.rint((255.0 - ink[..., :3]) * (255.0 - ink[..., 3:]) / 255)
    for pixels in (ink, ink.astype(np.uint16) * 257):
        stored = pixels if planes == "contig" else np.ascontiguousarray(pixels.transpose(2, 0, 1))
        assert difference(decode(tiff(stored, "separated", planarconfig=planes)).image, expected)[1] <= 1


@pytest.mark.parametrize(("kind", "deep"), [("cielab", False), ("cielab", True), ("icclab", False), ("icclab", True)])
def test_lab_greys_are_those_of_cie_lightness(kind: str, deep: bool) -> None:
    """CIE 15: light is ((L + 16) / 116) ** 3, below L = 8 L / 903.3; then sRGB's curve."""
    lightness = np.linspace(0, 100, 256)
    light = np.where(lightness > 8, ((lightness + 16) / 116) ** 3, lightness / 903.3)
    expected = np.rint(255 * np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055))
    top = (65535 if kind == "cielab" else 65280) if deep else 255
    neutral = 0 if kind == "cielab" else 128 << 8 * deep
    pixels = np.full((2, 256, 3), neutral)
    pixels[..., 0] = np.rint(lightness / 100 * top)
    image = decode(tiff(pixels.astype(np.uint16 if deep else np.uint8), kind)).image
    for channel in range(3):
        assert difference(image[0, :, channel], expected)[1] <= 2


def test_lab_of_floats_is_lab_in_its_own_units() -> None:
    """The red of sRGB is L* 54.29, a* 80.81, b* 69.89 under D50 (Lindbloom's tables); then a grey in the middle."""
    file = tiff(np.array([[[54.29, 80.81, 69.89], [53.39, 0, 0]]] * 2, np.float32), "cielab")
    assert difference(decode(file).image[0], np.array([[255, 0, 0], [127, 127, 127]]))[1] <= 5
    assert decode(file).metadata["notes"] == ()


@pytest.mark.parametrize(("kind", "deep"), [("cielab", False), ("cielab", True), ("icclab", False), ("icclab", True)])
def test_lab_of_whole_numbers_is_that_of_floats(kind: str, deep: bool) -> None:
    """a and b on both sides of 0: two's complement in CIELab, counted from 128 in ICCLab."""
    colours = np.array([[[50, 60, 40], [60, -50, 40], [40, 20, -70], [70, -30, -20], [90, -1, 1]]] * 2)
    floats = decode(tiff(colours.astype(np.float32), "cielab")).image
    top = (65535 if kind == "cielab" else 65280) if deep else 255
    others = (colours[..., 1:] + (128 if kind == "icclab" else 0)) * (256 if deep else 1)
    stored = np.concatenate([np.rint(colours[..., :1] / 100 * top), others % (65536 if deep else 256)], axis=-1)
    image = decode(tiff(stored.astype(np.uint16 if deep else np.uint8), kind)).image
    assert difference(image, floats)[1] <= 1


def test_floats_beyond_white_are_brought_into_range_and_that_is_said() -> None:
    photo = decode(tiff(np.linspace(-1, 3, 200, dtype=np.float32).reshape(10, 20), "minisblack"))
    assert photo.image[0, 0, 0] == 0
    assert photo.image[-1, -1, 0] == 255
    assert photo.metadata["notes"] == ("Its values go from -1 to 3; they are shown from black to white.",)


def test_the_first_of_many_pages_is_shown_and_that_is_said() -> None:
    photo = decode(tiff(np.stack([PLAIN, 255 - PLAIN]), "rgb"))
    assert np.array_equal(photo.image, PLAIN)
    assert photo.metadata["notes"] == ("This file has 2 pages; its first page is used.",)


@pytest.mark.slow
@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("compression", ["LZW", "JPEG"])
def test_every_orientation_opens_upright(turn: int, compression: str) -> None:
    names = ["TopLeft", "TopRight", "BottomRight", "BottomLeft", "LeftTop", "RightTop", "RightBottom", "LeftBottom"]
    file = imagemagick(PLAIN, "tif", "-orient", names[turn - 1], "-compress", compression, "-quality", "98")
    assert difference(decode(file).image, decode(written(PLAIN, "PNG", exif=exif(turn))).image)[0] <= 1


def test_a_strip_of_jpeg_that_ends_early_is_told() -> None:
    file = written(PLAIN, "TIFF", compression="jpeg")
    assert decode(file).metadata["notes"] == ()
    tags, order = read_directory(file)
    (size,) = tags[STRIP_SIZES]
    assert file.count(struct.pack(order + "I", size)) == 1
    cut = file.replace(struct.pack(order + "I", size), struct.pack(order + "I", size // 2))
    assert "ends early" in decode(cut).metadata["notes"][0]


def test_a_cameras_raw_file_is_told_from_a_picture() -> None:
    file = tiff(PLAIN, "rgb", extratags=[(50706, 1, 4, (1, 4, 0, 0), True)])
    with pytest.raises(DecodeError, match="RAW file"):
        decode(file)


@pytest.mark.parametrize("stated", [True, False])
def test_plain_light_and_colour_differences_are_shown_where_it_is_stated_that_they_are_plain(stated: bool) -> None:
    """By Pillow's conversion; a directory without the tag has no place for what libtiff needs to be told."""
    packed = np.asarray(PILImage.fromarray(PLAIN).convert("YCbCr")).tobytes()
    tags = {256: (53,), 257: (37,), 258: (8,) * 3, 262: (6,), 273: (8,), 277: (3,), 279: (len(packed),), 530: (1, 1)}
    tags |= {259: (1,)} if stated else {}
    at = 8 + len(packed)
    file = b"II*\0" + at.to_bytes(4, "little") + packed + written_tags(dict(sorted(tags.items())), at)
    if stated:
        assert difference(decode(file).image, PLAIN)[1] <= 3
        return
    with pytest.raises(DecodeError, match="not read here"):
        decode(file)
