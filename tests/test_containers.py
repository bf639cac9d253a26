"""Containers byte by byte: boxes, directories and codestreams written by hand, and what is read of them."""

from __future__ import annotations

import struct
from typing import Any

import pytest
import tifffile

from effects.codec.containers.boxes import boxes, find, primary_kind, primary_numbers
from effects.codec.containers.tiff_directory import BYTES, TEXT, UNDEFINED, read_directory
from effects.codec.header import bmp_size, gif_size, ico_size, jp2_size, read_header, tiff_size, track_size, webp_size
from effects.codec.readers.jp2 import halve_contrast
from tests.media_boxes import box

NUMBERS = {int(kind): form[1] for kind, form in tifffile.TIFF.DATA_FORMATS.items()
           if form[0] == "1" and kind not in (TEXT, UNDEFINED)}  # fmt: skip
"""Kinds of numbers in a TIFF's directory, by tifffile; rationals, of two numbers each, are not read."""


def test_a_box_says_its_size_in_four_bytes_or_in_eight_or_goes_on_to_the_end() -> None:
    long = struct.pack(">I4sQ", 1, b"long", 16 + 3) + b"abc"
    last = struct.pack(">I4s", 0, b"last") + b"de"
    data = box(b"free", b"") + long + last
    assert list(boxes(data)) == [(b"free", 8, 8), (b"long", 24, 27), (b"last", 35, 37)]
    assert list(boxes(data, 8)) == [(b"long", 24, 27), (b"last", 35, 37)]
    assert list(boxes(data, 8, 27)) == [(b"long", 24, 27)]
    assert list(boxes(data, 8, 26)) == []
    assert list(boxes(data[:23])) == [(b"free", 8, 8)]


@pytest.mark.parametrize("size", [*range(2, 8), 17, 2**32 - 1])
def test_boxes_end_where_a_size_makes_no_sense(size: int) -> None:
    data = box(b"ftyp", b"avif") + struct.pack(">I4s", size, b"odd ") + bytes(8)
    assert list(boxes(data)) == [(b"ftyp", 8, 12)]


def test_boxes_without_end_are_left_after_four_thousand() -> None:
    assert sum(1 for _ in boxes(box(b"free", b"") * 5000)) == 4096


def test_a_box_in_boxes_is_found_behind_the_version_of_meta() -> None:
    inner = box(b"iprp", box(b"ipco", b"here"))
    data = box(b"ftyp", b"") + box(b"meta", bytes(4) + inner)
    assert data[slice(*find(data, b"meta", b"iprp", b"ipco") or ())] == b"here"
    assert find(data, b"meta", b"idat") is None
    assert find(data) == (0, len(data))


@pytest.mark.parametrize("wide", [False, True])
def test_the_picture_itself_is_told_by_its_number_in_any_version(wide: bool) -> None:
    number = struct.pack(">I" if wide else ">H", 7)
    other = struct.pack(">I" if wide else ">H", 8)
    entries = [box(b"infe", bytes([3 if wide else 2, 0, 0, 0]) + each + bytes(2) + kind)
               for each, kind in ((other, b"hvc1"), (number, b"av01"))]  # fmt: skip
    count = struct.pack(">I" if wide else ">H", len(entries))
    meta = box(b"pitm", bytes([wide, 0, 0, 0]) + number) + box(
        b"iinf", bytes([wide, 0, 0, 0]) + count + b"".join(entries)
    )
    assert primary_kind(box(b"meta", bytes(4) + meta)) == b"av01"


@pytest.mark.parametrize("version", [0, 1])
@pytest.mark.parametrize("flags", [0, 1])
def test_the_pictures_properties_are_those_of_its_number(version: int, flags: int) -> None:
    """Numbers of two bytes or four, properties of seven bits or fifteen behind a bit that says how they matter."""
    each, entry = ">IB" if version else ">HB", ">H" if flags else ">B"
    essential = 0x8000 if flags else 0x80
    lists = struct.pack(each, 3, 2) + struct.pack(entry, 1) * 2 + struct.pack(each, 4, 3)
    lists += b"".join(struct.pack(entry, number) for number in (5 | essential, 2, 9))
    content = struct.pack(">B3sI", version, bytes([0, 0, flags]), 2) + lists
    pitm = box(b"pitm", bytes([version, 0, 0, 0]) + struct.pack(">I" if version else ">H", 4))
    meta = box(b"meta", bytes(4) + pitm + box(b"iprp", box(b"ipma", content)))
    assert primary_numbers(meta) == [5, 2, 9]


def directory(order: str, big: bool, entries: list[tuple[int, int, int, bytes]], at: int) -> bytes:
    """Tag, kind, count and bytes of each entry; values that do not fit stand behind, and no directory follows."""
    count, number, room = ("Q", "Q", 8) if big else ("H", "I", 4)
    behind = at + struct.calcsize("=" + count) + len(entries) * (12 + room if big else 12) + room
    found, values = struct.pack(order + count, len(entries)), b""
    for tag, kind, many, value in entries:
        place = value.ljust(room, b"\0") if len(value) <= room else struct.pack(order + number, behind + len(values))
        values += value if len(value) > room else b""
        found += struct.pack(order + "HH" + number, tag, kind, many) + place
    return found + bytes(room) + values


def tiff_head(order: str, big: bool, at: int) -> bytes:
    """What a TIFF begins with, and nothing up to its first directory."""
    mark = b"II" if order == "<" else b"MM"
    head = mark + (struct.pack(order + "HHHQ", 43, 8, 0, at) if big else struct.pack(order + "HI", 42, at))
    return head.ljust(at, b"\0")


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
def test_the_kinds_of_numbers_in_a_directory_are_those_that_tifffile_knows(order: str, big: bool) -> None:
    for kind, code in NUMBERS.items():
        for values in ([3], [1, 2, 3, 4, 5]):
            packed = struct.pack(f"{order}{len(values)}{code}", *values)
            data = tiff_head(order, big, 24) + directory(order, big, [(65000, kind, len(values), packed)], 24)
            assert read_directory(data) == ({65000: tuple(values)}, order)
    opaque = [(65000, TEXT, 5, b"text\0"), (65001, UNDEFINED, 9, b"undefined"), (700, BYTES, 9, b"<x:xmpmeta"[:9])]
    rational = (65002, 5, 1, struct.pack(order + "II", 1, 2))
    data = tiff_head(order, big, 24) + directory(order, big, [*opaque, rational], 24)
    assert read_directory(data)[0] == {65000: b"text\0", 65001: b"undefined", 700: b"<x:xmpmeta"[:9]}


@pytest.mark.parametrize("order", "<>")
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("at", [16, 18, 24, 40, 64])
def test_a_tiffs_size_and_pages_are_read_wherever_its_directories_stand(order: str, big: bool, at: int) -> None:
    sides = [(256, 4, 1, struct.pack(order + "I", 70000)), (257, 3, 1, struct.pack(order + "H", 53))]
    one = tiff_head(order, big, at) + directory(order, big, sides, at)
    pointer = 8 if big else 4
    assert tiff_size(one) == (70000, 53, 1)
    # The place of the next directory may be cut off: there is none then.
    for short in range(1, pointer + 1):
        assert tiff_size(one[:-short]) == (70000, 53, 1)
    following = struct.pack(order + ("Q" if big else "I"), len(one))
    two = one[:-pointer] + following + directory(order, big, [(256, 3, 1, bytes(2))], len(one))
    assert tiff_size(two) == (70000, 53, 2)
    # Two that follow each other in a circle are two.
    back = struct.pack(order + ("Q" if big else "I"), at)
    assert tiff_size(two[:-pointer] + back) == (70000, 53, 2)


@pytest.mark.parametrize(("kind", "code"), [(1, "B"), (3, "H"), (4, "I"), (16, "Q")])
def test_a_tiffs_sides_may_be_numbers_of_any_width(kind: int, code: str) -> None:
    sides = [(tag, kind, 1, struct.pack("<" + code, side)) for tag, side in ((256, 200), (257, 100))]
    assert tiff_size(tiff_head("<", True, 16) + directory("<", True, sides, 16)) == (200, 100, 1)


def test_a_gifs_frames_are_counted_past_colours_and_remarks() -> None:
    """Colours of 2 ** (n + 1) entries behind the screen and behind a frame; a frame may reach beyond the screen."""
    for bits in range(8):
        colours = bytes(3 << bits + 1)
        remark = b"\x21\xfe\x03abc\x02de\0"
        frame = b"\x2c" + struct.pack("<HHHHB", 3, 1, 20, 10, 0x80 | bits) + colours + b"\x02" + b"\x02ab\x01c\0"
        plain = b"\x2c" + struct.pack("<HHHHB", 0, 0, 5, 5, 0) + b"\x02" + b"\x01c\0"
        head = b"GIF89a" + struct.pack("<HHBBB", 16, 12, 0x80 | bits, 0, 0) + colours
        assert gif_size(head + remark + frame + remark + plain + frame + b"\x3b") == (23, 12, 3)
        bare = b"GIF89a" + struct.pack("<HHBBB", 16, 12, bits, 0, 0)
        assert gif_size(bare + plain + b"\x3b") == (16, 12, 1)


def test_a_webps_size_has_fourteen_bits_or_twenty_four() -> None:
    riff = b"RIFF\0\0\0\0WEBP"
    lossless = riff + b"VP8L\0\0\0\0\x2f" + struct.pack("<I", 299 | 199 << 14 | 1 << 28)
    assert webp_size(lossless) == (300, 200, 1)
    lossy = riff + b"VP8 \0\0\0\0" + bytes(6) + struct.pack("<HH", 300 | 1 << 14, 200 | 2 << 14)
    assert webp_size(lossy) == (300, 200, 1)
    sides = (70000 - 1).to_bytes(3, "little") + (200 - 1).to_bytes(3, "little")
    for flag, frames in ((0, 1), (2, 3)):
        extended = riff + b"VP8X\0\0\0\0" + bytes([flag, 0, 0, 0]) + sides + b"ANMF" * 3
        assert webp_size(extended) == (70000, 200, frames)


def test_a_bitmaps_height_may_be_below_zero_and_an_icons_side_is_256_where_it_is_none() -> None:
    assert bmp_size(bytes(14) + struct.pack("<Iii", 40, 30, -20)) == (30, 20, 1)
    assert bmp_size(bytes(14) + struct.pack("<IHH", 12, 30, 40000)) == (30, 40000, 1)
    entries = [bytes([wide, high]) + bytes(14) for wide, high in ((16, 16), (0, 48), (48, 0), (32, 32))]
    assert ico_size(struct.pack("<HHH", 0, 1, 4) + b"".join(entries)) == (256, 48, 1)
    assert ico_size(struct.pack("<HHH", 0, 1, 1) + b"".join(entries)) == (16, 16, 1)


def test_a_tracks_size_stands_at_the_end_of_its_header_in_sixteenths_of_sixteen_bits() -> None:
    header = box(b"tkhd", bytes(76) + struct.pack(">II", 640 << 16 | 0x8000, 480 << 16))
    assert track_size(box(b"moov", box(b"trak", header))) == (640, 480)
    assert track_size(box(b"moov", box(b"trak", b""))) is None


def codestream(reversible: bool, components: int, *markers: tuple[int, bytes]) -> bytes:
    """A JPEG 2000 main header: SIZ of 12 bits a component, COD, and other markers; a tile begins behind it."""
    size = struct.pack(">HIIIIIIIIH", 0, 30, 20, 10, 5, 30, 20, 0, 0, components) + bytes([11, 1, 1]) * components
    coding = bytes(9) + bytes([reversible])
    parts = [(0x51, size), (0x52, coding), *markers, (0x90, bytes(8))]
    segments = (struct.pack(">BBH", 0xFF, marker, 2 + len(content)) + content for marker, content in parts)
    return b"\xff\x4f" + b"".join(segments)


def steps(*exponents: int) -> bytes:
    """Quantisation steps: five bits of exponent and eleven of mantissa each."""
    return b"".join(struct.pack(">H", exponent << 11 | 0x123) for exponent in exponents)


@pytest.mark.parametrize(("components", "number"), [(3, b"\2"), (256, b"\2"), (257, b"\0\2")])
def test_half_the_contrast_is_one_more_in_each_exponent_and_one_guard_bit_less(components: int, number: bytes) -> None:
    """ISO 15444-1, A.6.4 and A.6.5: guard bits stand in the three highest bits of the style, its kind in the others."""
    derived, expounded = 1, 2

    def file(guard: int, more: int) -> bytes:
        quantization = bytes([guard << 5 | expounded]) + steps(9 + more, 8 + more, 10 + more)
        own = number + bytes([guard << 5 | derived]) + steps(11 + more)
        return codestream(False, components, (0x5C, quantization), (0x5D, own), (0x64, b"a remark"))

    assert halve_contrast(file(guard=3, more=0)) == file(guard=2, more=1)


def test_half_the_contrast_of_a_reversible_picture_is_one_more_bit_in_each_component() -> None:
    data = codestream(True, 3, (0x5C, bytes([2 << 5]) + bytes([8 << 3, 9 << 3])))
    deeper = bytearray(data)
    for component in range(3):
        deeper[42 + 3 * component] += 1
    assert halve_contrast(data) == deeper
    unquantized = codestream(False, 1, (0x5C, bytes([2 << 5]) + bytes([8 << 3])))
    assert halve_contrast(unquantized) == unquantized


def test_a_codestreams_size_begins_where_its_picture_does_in_a_box_or_alone() -> None:
    data = codestream(True, 1)
    for file in (data, box(b"jP  ", b"\r\n\x87\n") + box(b"ftyp", b"jp2 ") + box(b"jp2c", data)):
        assert jp2_size(file) == (20, 15, 1)


@pytest.mark.parametrize(("change", "says"), [
    ({"bits": 12}, "rare kind"), ({"marker": 0xC3}, "rare kind"), ({"components": 2}, "has 2 components"),
    ({"components": 5}, "has 5 components"),
])  # fmt: skip
def test_a_jpeg_of_a_rare_kind_is_told_by_its_frame(change: dict[str, Any], says: str) -> None:
    def file(*, bits: int = 8, marker: int = 0xC0, components: int = 3) -> bytes:
        frame = struct.pack(">BHHB", bits, 20, 30, components) + bytes(3 * components)
        remark = b"\xff\xfe" + struct.pack(">H", 2 + 4) + b"\xff\xc0\0\0"
        return b"\xff\xd8" + remark + b"\xff\xff\x01" + struct.pack(">BBH", 0xFF, marker, 2 + len(frame)) + frame

    for components in (1, 3, 4):
        header = read_header(file(components=components))
        assert (header.format, header.width, header.height, header.frames) == ("jpeg", 30, 20, 1)
    with pytest.raises(ValueError, match=says):
        read_header(file(**change))
