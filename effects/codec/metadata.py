"""What travels beside the pixels: EXIF as Pillow reads it, and recipes in XMP."""

from __future__ import annotations

import logging
import re
import struct
from html import escape, unescape

from PIL import Image as PILImage

from effects.codec.containers.exif import GPS, INTEROPERABILITY, PHOTO
from effects.codec.orientation import ORIENTATIONS, UPRIGHT
from effects.logs import log_unexpected

log = logging.getLogger(__name__)

ORIENTATION, MAKER_NOTE = 0x0112, 0x927C
DESCRIPTIVE = {0x010E, 0x010F, 0x0110, 0x0131, 0x0132, 0x013B, 0x8298}
"""Description, make, model, software, date, artist, copyright."""
COLORIMETRIC = {0x013E, 0x013F}
"""White and primaries of the colour space."""
RECIPE_NAMESPACE = "urn:emulsion:recipe:1"
RECIPE_KEYWORD = "emulsion-recipe"
"""The iTXt keyword of a recipe in a PNG."""

MAX_RECIPE = 32 * 1024
"""Characters of an embedded recipe that are read back; more cannot be one of ours."""

MAX_XMP_BYTES = 65000

XMP = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:emulsion="{namespace}" emulsion:recipe="{recipe}"/>
</rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def parse_exif(exif: bytes | None) -> PILImage.Exif:
    """Pillow's view of an EXIF block; empty where there is none or it is broken."""
    found = PILImage.Exif()
    try:
        found.load(exif or b"")
    except (SyntaxError, ValueError, LookupError, struct.error, OSError, TypeError) as error:
        log_unexpected(log, "An EXIF block is passed over", error, logging.DEBUG)
        return PILImage.Exif()
    return found


def orientation_of(exif: bytes | None) -> int:
    """The orientation an EXIF block asks for, 1 where it asks for none or for nonsense."""
    asked = parse_exif(exif).get(ORIENTATION)
    return asked if isinstance(asked, int) and asked in ORIENTATIONS else UPRIGHT


def recipe_xmp(recipe: str) -> bytes:
    """An XMP packet that holds a recipe's JSON and nothing else."""
    return XMP.format(namespace=RECIPE_NAMESPACE, recipe=escape(recipe).replace("\n", " ")).encode()


def exif_of_tiff(data: bytes) -> bytes | None:
    """What a TIFF says of its taking, as the EXIF block that other formats carry; what it says of its strips is left.

    A TIFF's first directory is one of EXIF's, so the same reader does.
    """
    whole, taken = parse_exif(data), PILImage.Exif()
    for tag in (DESCRIPTIVE | COLORIMETRIC) & set(whole):
        taken[tag] = whole[tag]
    found = {directory: dict(whole.get_ifd(directory)) for directory in (PHOTO, GPS) if directory in whole}
    if INTEROPERABILITY in found.get(PHOTO, ()):
        # What stands there is a place in the file.
        found[PHOTO][INTEROPERABILITY] = whole.get_ifd(INTEROPERABILITY)
    for directory, entries in found.items():
        taken.get_ifd(directory).update(entries)
    return taken.tobytes() if len(taken) or any(found.values()) else None


def fits(recipe: str) -> bool:
    """Whether a recipe can be embedded: its packet must go into one segment of a JPEG."""
    return len(recipe) <= MAX_RECIPE and len(recipe_xmp(recipe)) <= MAX_XMP_BYTES


def recipe_in_xmp(xmp: bytes | None) -> str | None:
    """The JSON text of a recipe in an XMP packet, or None; read without an XML parser, which a file could attack."""
    if not xmp or RECIPE_NAMESPACE.encode() not in xmp:
        return None
    found = re.search(rb'emulsion:recipe="([^"<>]{1,%d})"' % MAX_RECIPE, xmp)
    return unescape(found.group(1).decode("utf-8", "replace")) if found else None
