"""PNG and APNG: libpng inflates the rows, what they mean is read here. PNG specification, third edition."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from effects.codec.colour.conversion import eight_bits
from effects.codec.colour.png_colour import icc_of, meaning_of, says_colour
from effects.codec.containers.chunks import chunks, inflate_text, packed_anew
from effects.codec.header import Header, moves
from effects.codec.limits import check_size, refuse
from effects.codec.metadata import MAX_RECIPE, RECIPE_KEYWORD, orientation_of
from effects.codec.raster import Raster, Samples, from_arrays, place_on_canvas
from effects.codec.readers.contents import Contents, animation
from effects.codec.readers.png_rows import CHANNELS, PALETTE, rows_of, stream_length
from effects.image import Alpha

DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
IN_FRONT = {b"PLTE", b"tRNS", b"iCCP", b"cICP", b"sRGB", b"gAMA", b"cHRM", b"cLLI", b"mDCV", b"acTL"}
"""What counts only before the pixels."""

RAW_PROFILE = b"Raw profile type exif"


@dataclass
class Parts:
    """The chunks of a file that matter here; `pixels` are those of the first frame, `late_exif` is EXIF behind them."""

    header: bytes = b""
    found: dict[bytes, bytes] = field(default_factory=dict)
    texts: dict[bytes, bytes] = field(default_factory=dict)
    pixels: list[bytes] = field(default_factory=list)
    frame: bytes | None = None
    late_exif: bytes | None = None


def take_apart(data: bytes) -> Parts:
    """Gather the chunks; the first of each kind counts."""
    parts = Parts()
    hidden: list[bytes] = []
    first: list[bytes] = []
    controls: list[bytes] = []
    for kind, content in chunks(data):
        if kind == b"IDAT":
            # The default picture is the first frame only where a frame control comes before it.
            hidden.append(content)
        elif kind == b"fcTL":
            controls.append(content if not hidden or controls else b"late" + content)
        elif kind == b"fdAT" and len(controls) == 1:
            first.append(content[4:])
        elif kind in (b"iTXt", b"zTXt"):
            keyword, _, text = content.partition(b"\0")
            if keyword == RAW_PROFILE and hidden:
                parts.late_exif = parts.late_exif or raw_profile(text)
            else:
                parts.texts.setdefault(keyword, text)
        elif kind == b"eXIf" and hidden:
            parts.late_exif = parts.late_exif or content
        elif kind[0] & 32 == 0 and kind not in (b"IHDR", b"PLTE", b"IEND"):
            refuse(f"This PNG file has a part ({kind.decode('ascii')}) without which it cannot be shown and which is "
                   "not read here; saved anew as PNG it can be opened.")  # fmt: skip
        elif kind == b"tRNS" and not transparency_counts(content, parts.found):
            continue
        elif not (kind in IN_FRONT and hidden):
            parts.found.setdefault(kind, content)
    parts.header = parts.found[b"IHDR"]
    other = moves(parts.found.get(b"acTL", b"")) and (not controls or controls[0].startswith(b"late"))
    late = other and bool(controls and first)
    if other and not late and b"IEND" not in parts.found:
        raise ValueError("the file ends before its first frame")
    parts.pixels = first if late else hidden
    parts.frame = controls[0][4:] if late else None
    return parts


def transparency_counts(content: bytes, found: Mapping[bytes, bytes]) -> bool:
    """Whether a tRNS chunk counts behind these: alphas behind a palette, or a key of a sample for each channel.

    What is too short counts as not there; a longer key counts up to 8 bits only, as in Chromium.
    """
    depth, kind = found[b"IHDR"][8:10]
    if kind == PALETTE:
        return b"PLTE" in found and len(content) > 0
    count = 2 * CHANNELS[kind]
    return len(content) == count if depth == 16 else len(content) >= count


def open_png(data: bytes, header: Header, needed: int | None) -> Contents:
    """PNG of every colour type and depth, and the first frame of an APNG."""
    del needed
    parts = take_apart(data)
    width, height, depth, kind, *methods = struct.unpack(">IIBBBBB", parts.header)
    if depth not in DEPTHS[kind]:
        raise ValueError("no such PNG")
    if methods[:2] != [0, 0] or methods[2] > 1:
        refuse("This PNG file is compressed in a way that is not read here; saved anew as PNG it can be opened.")
    if parts.frame is None:
        raster = raster_of(parts, parts.header, depth, kind)
    else:
        raster = first_frame(parts, (width, height), depth, kind)
    exif = parts.found.get(b"eXIf") or raw_profile(parts.texts.get(RAW_PROFILE))
    xmp, recipe = text_of(parts, b"XML:com.adobe.xmp"), text_of(parts, RECIPE_KEYWORD.encode())
    return Contents(
        raster,
        # What stands behind the pixels does not turn them: CSS Images 3, "url() metadata", and so do browsers.
        orientation_of(exif),
        icc_of(parts.found),
        meaning_of(parts.found),
        exif or parts.late_exif,
        xmp,
        recipe.decode("utf-8", "replace") if recipe and len(recipe) <= MAX_RECIPE else None,
        animation(header),
        says_colour(parts.found),
    )


def raster_of(parts: Parts, header: bytes, depth: int, kind: int) -> Raster:
    """The picture of the gathered pixels, as large as this header says."""
    pixels, alpha = read_samples(parts, header, depth, kind)
    return from_arrays(pixels, alpha, "grey" if pixels.shape[-1] == 1 else "rgb")


def read_samples(parts: Parts, header: bytes, depth: int, kind: int) -> tuple[Samples, Alpha | None]:
    """Samples and alpha of whole pictures, from the chunks; a wrong end of the stream of pixels is passed over."""
    palette, key = parts.found.get(b"PLTE"), parts.found.get(b"tRNS")
    try:
        pixels, opacity = rows_of(header, parts.pixels)
    except ValueError:
        pixels, opacity = rows_of(header, packed_anew(parts.pixels, stream_length(header)))
    if kind == PALETTE:
        return through_palette(pixels[..., 0], palette or b"", key or b"")
    if opacity is not None:
        return pixels, eight_bits(opacity)
    return pixels, alpha_of_key(pixels, key, depth) if key else None


def through_palette(indices: npt.NDArray[np.uint8], palette: bytes, opacity: bytes) -> tuple[Samples, Alpha | None]:
    """Colours looked up; indices beyond a short palette get its last entry, as in browsers."""
    given = np.frombuffer(palette[: len(palette) // 3 * 3][:768], np.uint8).reshape(-1, 3)
    colours = given[np.minimum(np.arange(256), len(given) - 1)]
    if not opacity:
        return colours[indices], None
    alphas = np.full(256, 255, np.uint8)
    alphas[: min(len(opacity), 256)] = np.frombuffer(opacity[:256], np.uint8)
    return colours[indices], alphas[indices]


def alpha_of_key(pixels: Samples, key: bytes, depth: int) -> Alpha:
    """Transparent where a pixel is exactly the key; the key counts in the file's depth, the pixels may be scaled."""
    values = np.array(struct.unpack_from(f">{pixels.shape[-1]}H", key)) & ((1 << depth) - 1)
    scale = 255 // ((1 << depth) - 1) if depth < 8 else 1
    return np.where((pixels == values * scale).all(axis=-1), 0, 255).astype(np.uint8)


def first_frame(parts: Parts, canvas: tuple[int, int], depth: int, kind: int) -> Raster:
    """A first frame that is not the default picture, laid on a transparent canvas. APNG, `fcTL`."""
    assert parts.frame is not None
    wide, high, left, top = struct.unpack_from(">IIII", parts.frame, 4)
    check_size(wide, high)
    frame = raster_of(parts, struct.pack(">II", wide, high) + parts.header[8:], depth, kind)
    return place_on_canvas(frame, canvas, left, top)


def text_of(parts: Parts, keyword: bytes) -> bytes | None:
    """The text of an iTXt chunk, inflated where it is compressed."""
    content = parts.texts.get(keyword)
    if content is None or len(content) < 4:
        return None
    compressed = content[0] == 1
    text = content[2:].split(b"\0", 2)[-1]
    return inflate_text(text) if compressed else text


def raw_profile(content: bytes | None) -> bytes | None:
    """EXIF as ImageMagick wrote it before there was a chunk for it: compressed hexadecimal text after three lines."""
    text = inflate_text(content[1:]) if content else None
    if text is None:
        return None
    try:
        return bytes.fromhex("".join(text.decode("ascii").split("\n")[3:]))
    except ValueError:
        return None
