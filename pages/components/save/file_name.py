"""What a downloaded file is called: after the photo it was made of, in any script, as every system can keep it."""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest

MAX_PART_BYTES = 60  # of what comes after the photo's own name
MAX_BYTES = 200  # of a name in UTF-8, with its ending; systems allow 255, and browsers add " (1)" and the like
WITHOUT_NAME = "photo"

JOINERS = "\u200c\u200d"  # between letters they are spelling, as in Persian and in Indian scripts
INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"  # letters and marks to Unicode, and nothing to the eye
VIRAMA = 9  # the combining class of the sign that joins an Indian consonant to the next
TAILS = "\u0e33\u0eb3\uff9e\uff9f"  # letters to Unicode that belong to the one before: Thai, Lao, narrow katakana

RESERVED = re.compile(r"(con|prn|aux|nul|(com|lpt)[0-9¹²³])", re.IGNORECASE)  # devices to Windows, with any ending
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,4}$")


def file_name(original: str, made: str, ending: str) -> str:
    """The name of a file made of `original` by what is called `made` (nothing: it was not changed): holiday-noir.jpg.

    Letters, digits and underscores stay, with all that is written on and under them; the rest becomes dashes. Cut
    between letters, never inside of one.
    """
    after = f"-{made}" if made else ""
    name = stem(original, MAX_BYTES - len(f"{after}.{ending}".encode()))
    return f"{name}{after}.{ending}" if after else f"{no_device(name)}.{ending}"


def no_device(name: str) -> str:
    """A name without its ending, or another where Windows would take it for a device."""
    return f"{name}-{WITHOUT_NAME}" if RESERVED.fullmatch(name) else name


def name_part(title: str) -> str:
    """A title as it stands in a file's name, cleaned and in small letters; nothing where nothing is left of it."""
    return cut(unicodedata.normalize("NFC", title.lower()), MAX_PART_BYTES)


def stem(original: str, most: int) -> str:
    """A file's name without folder and ending, cleaned, and in at most so many bytes of UTF-8."""
    text = unicodedata.normalize("NFC", re.split(r"[/\\]", original)[-1].strip())
    return cut(ENDING.sub("", text), most) or WITHOUT_NAME


def cut(text: str, most: int) -> str:
    """The text's letters and digits, and dashes between them, in at most so many bytes of UTF-8."""
    short = ""
    for letter in letters(text):
        if len((short + letter).encode()) > most:
            break
        short += letter
    return short.strip("-" + JOINERS)


def letters(text: str) -> list[str]:
    """The text's letters and digits, each whole: a base with its marks, and in Indian scripts those joined to it.

    Whatever stands between two of them, emoji too, is one dash.
    """
    found = [""]
    text = "".join(char for char in text if char in JOINERS or not is_unseen(char))
    for char, following in zip_longest(text, text[1:], fillvalue=" "):
        kind, is_inside = unicodedata.category(char), found[-1] not in ("", "-")
        if char in JOINERS:
            found[-1] += char if is_inside and unicodedata.category(following)[0] in "LM" else ""
        elif kind[0] == "M":
            found[-1] += char if is_inside else ""
        elif kind[0] not in "LN" and char != "_":
            found += ["-"] if found[-1] != "-" else []
        elif is_inside and (char in TAILS or unicodedata.combining(found[-1].rstrip(JOINERS)[-1]) == VIRAMA):
            found[-1] += char
        else:
            found.append(char)
    return found


def is_unseen(char: str) -> bool:
    """Whether a character is nothing to the eye: it turns the direction of a text, breaks words, chooses a form ..."""
    return char in INVISIBLE or unicodedata.category(char) == "Cf"
