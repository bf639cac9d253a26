"""What travels beside the pixels: EXIF cleaned for a picture that was turned upright, and recipes in XMP."""

from __future__ import annotations

import re
import struct
from html import escape, unescape

from PIL import Image as Pictures

from effects.codec.orientation import ALL, UPRIGHT

EXIF_PREFIX = b"Exif\0\0"
ORIENTATION, EXIF_DIRECTORY, MAKER_NOTE = 0x0112, 0x8769, 0x927C
PLACE_DIRECTORY = 0x8825
DESCRIPTIVE = {0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298}
"""Description, make, model, software, date, artist, copyright."""
LARGEST_EXIF = 65533 - len(EXIF_PREFIX)
RECIPE_NAMESPACE = "urn:emulsion:recipe:1"
RECIPE_KEYWORD = "emulsion-recipe"
"""The iTXt keyword of a recipe in a PNG."""

MAX_RECIPE = 32 * 1024
"""Characters of an embedded recipe that are read back; more cannot be one of ours."""

LARGEST_XMP = 65000

XMP = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:emulsion="{namespace}" emulsion:recipe="{recipe}"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def parse_exif(exif: bytes | None) -> Pictures.Exif:
    """Pillow's view of an EXIF block; empty where there is none or it is broken."""
    found = Pictures.Exif()
    try:
        found.load(exif or b"")
    except (SyntaxError, ValueError, LookupError, struct.error, OSError, TypeError):
        return Pictures.Exif()
    return found


def orientation_of(exif: bytes | None) -> int:
    """The orientation an EXIF block asks for, 1 where it asks for none or for nonsense."""
    asked = parse_exif(exif).get(ORIENTATION)
    return asked if isinstance(asked, int) and asked in ALL else UPRIGHT


def upright_exif(exif: bytes | None) -> bytes | None:
    """The same EXIF for an upright picture: orientation reset, the thumbnail (the old picture) gone.

    Where it would not fit into a JPEG's segment the maker's note goes, and then all of it.
    """
    found = parse_exif(exif)
    if not len(found):
        return None
    if ORIENTATION in found:
        found[ORIENTATION] = UPRIGHT
    try:
        written = found.tobytes()
        if len(written) > LARGEST_EXIF:
            found.get_ifd(EXIF_DIRECTORY).pop(MAKER_NOTE, None)
            written = found.tobytes()
    except (ValueError, LookupError, struct.error, OSError, TypeError):
        return None
    return written if len(written) <= LARGEST_EXIF else None


def recipe_xmp(recipe: str) -> bytes:
    """An XMP packet that holds a recipe's JSON and nothing else."""
    return XMP.format(namespace=RECIPE_NAMESPACE, recipe=escape(recipe).replace("\n", " ")).encode()


def exif_of_tiff(data: bytes) -> bytes | None:
    """What a TIFF says of its taking, as the EXIF block that other formats carry; what it says of its strips is left.

    A TIFF's first directory is one of EXIF's, so the same reader does.
    """
    whole, taken = parse_exif(data), Pictures.Exif()
    for tag in DESCRIPTIVE & set(whole):
        taken[tag] = whole[tag]
    for directory in (EXIF_DIRECTORY, PLACE_DIRECTORY):
        if directory in whole:
            taken.get_ifd(directory).update(whole.get_ifd(directory))
    return taken.tobytes() if len(taken) else None


def fits(recipe: str) -> bool:
    """Whether a recipe can be embedded: its packet must go into one segment of a JPEG."""
    return len(recipe) <= MAX_RECIPE and len(recipe_xmp(recipe)) <= LARGEST_XMP


def recipe_in_xmp(xmp: bytes | None) -> str | None:
    """The JSON text of a recipe in an XMP packet, or None; read without an XML parser, which a file could attack."""
    if not xmp or RECIPE_NAMESPACE.encode() not in xmp:
        return None
    found = re.search(rb'emulsion:recipe="([^"<>]{1,%d})"' % MAX_RECIPE, xmp)
    return unescape(found.group(1).decode("utf-8", "replace")) if found else None
