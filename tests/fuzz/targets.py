"""What is fuzzed: whole inputs of each kind, and what the app does with one that a stranger sends."""

from __future__ import annotations

import base64
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from PIL import Image as PILImage

from effects import EFFECTS, LOOKS, Pipeline, RecipeError
from effects.codec import decode, encode, open_preview
from effects.codec.reading import decode_numbers
from effects.errors import PictureError
from effects.tables.cube import CubeError
from effects.tables.files import read_3dl, read_cube, read_hald
from tests.exif_blocks import (
    IMAGE,
    INTEROPERABILITY,
    PHOTO,
    PLACE,
    THUMBNAIL,
    block,
    long,
    opaque,
    rational,
    short,
    text,
)
from tests.pictures import gradient, saved, written
from tests.profiles import ADOBE_RGB, grey, ink, matrix, parametric, power, sampled
from tests.stated_pngs import brightest, codes, screen
from tests.stated_pngs import png as stated_png
from tests.tables import cube_text, shaped_text, warm
from tests.test_damage import KINDS, whole

MOST_LETTERS = 600


@dataclass(frozen=True)
class Target:
    """Whole inputs, what is done with one, the errors that are an answer, and the processor's seconds it may take."""

    wholes: Callable[[], tuple[bytes, ...]]
    use: Callable[[bytes], object]
    answers: type[Exception] | tuple[type[Exception], ...]
    seconds: float


def open_and_save(data: bytes) -> None:
    """What the app does with a photo: open it small and whole, and write it with what it said of itself."""
    open_preview(data)
    photo = decode(data)
    encode(photo, format="jpeg", metadata="keep")


def open_exif(data: bytes) -> None:
    """A photo with this EXIF."""
    open_and_save(written(PIXELS, "JPEG", exif=b"Exif\0\0" + data))


def open_profile(data: bytes) -> None:
    """Photos with this profile: of three colours, grey, and of ink."""
    for pixels, mode in ((PIXELS, "RGB"), (PIXELS[..., 0], "L"), (PIXELS, "CMYK")):
        open_and_save(saved(PILImage.fromarray(pixels).convert(mode), "JPEG", icc_profile=data))


def open_stated(data: bytes) -> None:
    """A PNG with these chunks in front of its pixels, their checksums right."""
    chunks = []
    while len(data) > 5:
        chunks.append((data[:4], data[5 : 5 + data[4]]))
        data = data[5 + data[4] :]
    open_and_save(stated_png(np.ascontiguousarray(PIXELS), *chunks))


def open_link(data: bytes) -> None:
    """A link with this recipe in it, and one with these very letters."""
    packed = zlib.compress(data)
    for letters in (base64.urlsafe_b64encode(packed).decode(), data.decode("latin-1")):
        try:
            Pipeline.from_link(letters)
        except RecipeError as error:
            assert_sentence(error)


def assert_sentence(error: Exception) -> None:
    """An answer that a person can read."""
    assert 10 < len(str(error)) <= MOST_LETTERS, f"no sentence: {str(error)[:200]!r}"
    assert "\n" not in str(error)


def use_recipe(data: bytes) -> None:
    """A recipe out of a file; what can be read can be written and read again."""
    pipeline = Pipeline.from_json(data)
    assert Pipeline.from_json(pipeline.to_json()) == pipeline


def use_table(data: bytes) -> None:
    """A table in each of the forms of text."""
    for read in (read_cube, read_3dl):
        try:
            read(data, "table")
        except CubeError as error:
            assert_sentence(error)


PIXELS = gradient(24, 32)


def pictures(kind: str) -> Callable[[], tuple[bytes, ...]]:
    """A file of a kind."""
    return lambda: (whole(kind),)


def exif_blocks() -> tuple[bytes, ...]:
    """EXIF as cameras write it, in either byte order."""
    directories = {
        IMAGE: {0x10F: text("Maker"), 0x112: short(6), 0x11A: rational((72, 1)), 0x8298: text("Somebody")},
        PHOTO: {0x9003: text("2026:11:28 12:00:00"), 0x927C: opaque(bytes(range(64))), 0xA001: short(0xFFFF)},
        PLACE: {2: rational((1, 1), (2, 1), (3, 100)), 1: text("N")},
        INTEROPERABILITY: {1: text("R03")},
        THUMBNAIL: {0x103: short(6), 0x201: long(0), 0x202: long(0)},
    }
    small = written(gradient(8, 8), "JPEG")
    return tuple(block(order, directories, small) for order in "<>")


def profiles() -> tuple[bytes, ...]:
    """Profiles of screens, of grey and of ink."""
    curves = power(2.2), parametric(2.4, 0.95, 0.05, 0.08, 0.04), sampled(np.linspace(0, 1, 64) ** 2)
    return (*(matrix(ADOBE_RGB, curve) for curve in curves), grey(power(1.8)), ink())


def stated_chunks() -> tuple[bytes, ...]:
    """Chunks of a PNG that say what its numbers mean: a name, a length, the content."""
    stated = (codes(9, 16), brightest(1000), screen(4000), (b"gAMA", (45455).to_bytes(4)), (b"sRGB", b"\0"))
    more = ((b"tRNS", bytes(6)), (b"eXIf", exif_blocks()[0][:200]), (b"cHRM", bytes(range(32))))
    return (b"".join(name + bytes([len(content)]) + content for name, content in (*stated, *more)),)


def recipes() -> tuple[bytes, ...]:
    """Looks, and recipes of all that a recipe may hold."""
    return tuple(LOOKS[name].to_json().encode() for name in sorted(LOOKS)[::8]) + masked_recipes()


def masked_recipes() -> tuple[bytes, ...]:
    """Recipes with masks of every kind, and with groups."""
    shapes: tuple[dict[str, Any], ...] = (
        {"kind": "linear", "y0": 0.6, "y1": 0.3},
        {"kind": "radial", "x": 0.5, "rx": 0.2, "how": "subtract"},
        {"kind": "brush", "strokes": [{"points": [[0.1, 0.1], [0.5, 0.5]], "size": 0.1}]},
        {"kind": "luma", "low": 0.2, "high": 0.8, "feather": 0.1},
        {"kind": "color", "color": "#ff0000", "tolerance": 0.2, "invert": True},
    )
    masked = Pipeline((EFFECTS["exposure"].step(stops=1, mask=shapes), EFFECTS["sepia"].step(mask=shapes[:1])))
    grouped = Pipeline((LOOKS["noir"].group(strength=0.5), EFFECTS["curves"].step()))
    return masked.to_json().encode(), grouped.to_json().encode()


def links() -> tuple[bytes, ...]:
    """What links hold, and links as they are."""
    plain = recipes()
    return (*plain, *(Pipeline.from_json(one).to_link().encode() for one in plain[:6]))


def tables() -> tuple[bytes, ...]:
    """Tables of colours in each form of text."""
    rows = "\n".join(f"{r * 500} {g * 500} {b * 500}" for r in range(3) for g in range(3) for b in range(3))
    texts = (cube_text(warm, 3), cube_text(warm, 16, curves=True), shaped_text(3, 10), f"0 512 1023\n{rows}\n")
    return tuple(one.encode() for one in texts)


def halds() -> tuple[bytes, ...]:
    """A table kept as a picture, of 8 and of 16 bits."""
    blue, green, red = np.indices((4, 4, 4)) * 85
    plain = np.stack([red, green, blue], axis=-1).reshape(8, 8, 3)
    return stated_png(plain.astype(np.uint8)), stated_png((plain * 257).astype(np.uint16))


def use_hald(data: bytes) -> None:
    """A table in a picture."""
    read_hald(decode_numbers(data))


TARGETS: dict[str, Target] = {
    **{kind: Target(pictures(kind), open_and_save, PictureError, 5.0) for kind in KINDS},
    "exif": Target(exif_blocks, open_exif, PictureError, 2.0),
    "icc": Target(profiles, open_profile, PictureError, 2.0),
    "png chunks": Target(stated_chunks, open_stated, PictureError, 2.0),
    "recipe": Target(recipes, use_recipe, RecipeError, 0.5),
    "link": Target(links, open_link, RecipeError, 0.5),
    "table": Target(tables, use_table, CubeError, 1.0),
    "table in a picture": Target(halds, use_hald, (CubeError, PictureError), 1.0),
}
