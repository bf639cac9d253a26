"""The fonts that letters are drawn with: which file has which character, and what is drawn where none has it.

All are under the SIL Open Font License. They come from packages, the emoji (which no package brings) as a file of this
repository, and none is opened before the first letter is drawn.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from importlib.util import find_spec
from itertools import groupby
from pathlib import Path
from types import MappingProxyType

from PIL import ImageFont, features

from effects.memory.cache import byte_cache

PACKAGED: Mapping[str, str] = MappingProxyType(
    {
        "sans": "fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf",
        "serif": "fontpkg_noto_serif/files/NotoSerif[wdth,wght].ttf",
        "mono": "fontpkg_jetbrains_mono/files/JetBrainsMono[wght].ttf",
        "hand": "fontpkg_caveat/files/Caveat[wght].ttf",
        "devanagari": "fontpkg_noto_sans/files/NotoSans[wdth,wght].ttf",
        "korean": "pylopdf_fonts_ko/NotoSansKR-Regular.otf",
        "korean_serif": "pylopdf_fonts_ko/NotoSerifKR-Regular.otf",
    }
)
"""Face -> its file, in the package that brings it."""

EMOJI = Path(__file__).parent.parent / "fonts" / "NotoEmoji.woff2"
"""Noto Emoji 3.006, the single characters of it: without sequences, flags, skin tones and the newest objects."""

FALLBACKS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "sans": ("sans", "devanagari", "korean", "emoji"),
        "serif": ("serif", "korean_serif", "sans", "devanagari", "emoji"),
        "mono": ("mono", "sans", "devanagari", "korean", "emoji"),
        "hand": ("hand", "sans", "devanagari", "korean", "emoji"),
    }
)
"""Font -> faces in which a character is looked for. The Korean ones have kana and 4,600 Chinese characters, too."""

WEIGHTS: Mapping[str, list[float]] = MappingProxyType(
    {
        "sans": [600, 100],
        "serif": [600, 100],
        "mono": [700],
        "hand": [600],
        "devanagari": [600, 100],
    }
)
"""Weight (and width) of the variable ones: letters on a picture are bolder than letters in a book."""

MEASURE = 100
"""Pixels of an em at which lines are measured, so that they break alike in a preview and in an export."""

SHAPED: Mapping[str, str] = MappingProxyType({"devanagari": "[\u0900-\u097f\u1cd0-\u1cfa\ua8e0-\ua8ff]"})
"""Face -> the characters that are only right where neighbours change each other's form and order: no other has them."""

FACE_BYTES = 2**18
"""About what FreeType holds for a face."""

NO_CHARACTER = "\uffff"
"""Never a character: what a face draws for it is what it draws for all that it lacks."""


@byte_cache(size=FACE_BYTES)
def face(name: str, size: float) -> ImageFont.FreeTypeFont:
    """A face at `size` pixels an em, letter by letter with kerning; only those of `SHAPED` shape text any further.

    Not every build of Pillow can, and the ones that can set the first line of a variable font with the widths of
    another weight: hence the line that is measured before.
    """
    path = EMOJI if name == "emoji" else packaged_file(PACKAGED[name])
    engine = ImageFont.Layout.RAQM if name in SHAPED else ImageFont.Layout.BASIC
    found = ImageFont.truetype(path, size, layout_engine=engine)
    if name in WEIGHTS:
        found.set_variation_by_axes(WEIGHTS[name])
    found.getlength("first")
    return found


def packaged_file(file: str) -> Path:
    """Where a file of an installed package is; the package is found, not imported."""
    package, _, rest = file.partition("/")
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        name = package.replace("_", "-")
        raise FileNotFoundError(f"The fonts of {name} are not installed; run: pip install {name}")
    return Path(spec.submodule_search_locations[0]) / rest


@lru_cache(maxsize=4096)
def has(name: str, character: str) -> bool:
    """Whether a face has a character of its own, and sets it right; a space is in all of them."""
    if character.isspace():
        return True
    shaper = next((shaper for shaper, characters in SHAPED.items() if re.match(characters, character)), None)
    if shaper != (name if name in SHAPED else None) or (shaper and not features.check("raqm")):
        return False
    masks = [face(name, 32).getmask(item) for item in (character, NO_CHARACTER)]
    return masks[0].size != masks[1].size or bytes(masks[0]) != bytes(masks[1])


def is_silent(character: str) -> bool:
    """Whether a character only says how others are drawn, which one-coloured letters side by side cannot follow."""
    point = ord(character)
    return (
        unicodedata.category(character) == "Cf"
        or 0xFE00 <= point <= 0xFE0F  # which of two forms of an emoji
        or 0x1F3FB <= point <= 0x1F3FF  # the colour of a skin
        or 0xE0000 <= point <= 0xE0FFF
    )


def face_runs(text: str, font: str) -> list[tuple[str, str]]:
    """The text in pieces of one face each, (face, piece); no line feeds.

    A character that no face has is drawn as its code, "[U+0E01]": what is missing is said, not a box.
    """
    faced: list[tuple[str, str]] = []
    for character in unicodedata.normalize("NFC", text):
        if is_silent(character):
            continue
        if unicodedata.combining(character) and faced and has(faced[-1][0], character):
            faced.append((faced[-1][0], character))
            continue
        name = next((name for name in FALLBACKS[font] if has(name, character)), None)
        faced.append((name, character) if name else (FALLBACKS[font][0], f"[U+{ord(character):04X}]"))
    return [(name, "".join(piece for _, piece in group)) for name, group in groupby(faced, key=lambda item: item[0])]


def width_of(text: str, font: str) -> float:
    """How wide a line is, in ems."""
    return sum(face(name, MEASURE).getlength(piece) for name, piece in face_runs(text, font)) / MEASURE
