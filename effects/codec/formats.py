"""Which kinds of file are read and written, and telling what a file is from its first bytes, whatever its name says."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from effects.codec.limits import MEGA, refuse


@dataclass(frozen=True)
class Format:
    """A kind of file: its name here, what people call it, the one Pillow plugin that may open it (None: ours alone)."""

    name: str
    title: str
    plugin: str | None


@dataclass(frozen=True, kw_only=True)
class WrittenFormat(Format):
    """A kind of file that is written, too; each of them carries EXIF, a profile and a recipe.

    `endings` are those of its files' names, the usual one first; no side may be longer than `longest_side` pixels and,
    where memory is the limit, no picture larger than `most_pixels`.
    """

    endings: tuple[str, ...]
    mime: str
    longest_side: int
    most_pixels: int | None = None
    is_lossless: bool = False
    keeps_alpha: bool = True
    plugin: str = field(kw_only=False)

    @property
    def ending(self) -> str:
        """The usual ending of a file's name, without its dot."""
        return self.endings[0]


# The longest sides are libjpeg's, libpng's and WebP's own limits, and what libavif opens unless it is told otherwise.
# AVIF's encoder takes 20 to 35 bytes for each pixel.
WRITTEN_FORMATS = {
    form.name: form
    for form in (
        WrittenFormat(
            "jpeg", "JPEG", "JPEG", endings=("jpg", "jpeg"), mime="image/jpeg", longest_side=65500, keeps_alpha=False
        ),
        WrittenFormat(
            "png", "PNG", "PNG", endings=("png",), mime="image/png", longest_side=1_000_000, is_lossless=True
        ),
        WrittenFormat("webp", "WebP", "WEBP", endings=("webp",), mime="image/webp", longest_side=16383),
        WrittenFormat(
            "avif", "AVIF", "AVIF", endings=("avif",), mime="image/avif", longest_side=32768, most_pixels=30 * MEGA
        ),
    )
}
"""Those that are written, by their names, in the order in which they are offered."""

DEFAULT_FORMAT = "jpeg"
DEFAULT_QUALITY = 92
"""Of 1..100, where nothing else is asked for."""

FORMATS: dict[str, Format] = WRITTEN_FORMATS | {
    form.name: form
    for form in (
        Format("heic", "HEIC", None),
        Format("gif", "GIF", "GIF"),
        Format("bmp", "BMP", "BMP"),
        Format("tiff", "TIFF", "TIFF"),
        Format("jp2", "JPEG 2000", "JPEG2000"),
        Format("ico", "ICO", "ICO"),
    )
}
"""All that are read, by their names."""


def titles(formats: Iterable[Format], last: str = "and") -> str:
    """What people call them, in a row: "PNG, WebP and AVIF", where the last two are joined by `last`."""
    *others, end = (form.title for form in formats)
    return f"{', '.join(others)} {last} {end}" if others else end


SIGNATURES = (
    (b"\xff\xd8\xff", "jpeg"),
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\0", "tiff"),
    (b"MM\0*", "tiff"),
    (b"II+\0", "tiff"),
    (b"MM\0+", "tiff"),
    (b"\0\0\0\x0cjP  \r\n\x87\n", "jp2"),
    (b"\xff\x4f\xff\x51", "jp2"),
    (b"\0\0\x01\0", "ico"),
)

STRANGERS = (
    (b"%PDF", "a PDF document"),
    (b"%!PS", "a PostScript document"),
    (b"\xc5\xd0\xd3\xc6", "a PostScript document"),
    (b"8BPS", "a Photoshop document"),
    (b"\xff\x0a", "a JPEG XL picture"),
    (b"\0\0\0\x0cJXL ", "a JPEG XL picture"),
    (b"PK\x03\x04", "a ZIP archive or office document"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\x1aE\xdf\xa3", "a WebM or Matroska video"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
    (b"fLaC", "a FLAC recording"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"gimp xcf", "a GIMP document"),
    (b"qoif", "a QOI picture"),
    (b"DDS ", "a DDS texture"),
    (b"v/1\x01", "an OpenEXR picture"),
    (b"#?RADIANCE", "a Radiance HDR picture"),
    (b"FUJIFILMCCD-RAW", "a camera's RAW file"),
    (b"II\x1a\0\0\0HEAPCCDR", "a camera's RAW file"),
    (b"IIU\0", "a camera's RAW file"),
    (b"IIRO", "a camera's RAW file"),
    (b"\0\0\x02\0", "a Windows cursor or TGA picture"),
    (b"\xd7\xcd\xc6\x9a", "a WMF drawing"),
    (b"P1", "a PNM picture"),
    (b"P2", "a PNM picture"),
    (b"P3", "a PNM picture"),
    (b"P4", "a PNM picture"),
    (b"P5", "a PNM picture"),
    (b"P6", "a PNM picture"),
    (b"P7", "a PNM picture"),
    (b"#cube", "a colour table"),
    (b"SQLite", "a database"),
)

HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
AVIF_BRANDS = {b"avif", b"avis"}


def identify(data: bytes) -> str:
    """The name in FORMATS of the picture in `data`; DecodeError says what it is instead and what is taken."""
    for signature, name in SIGNATURES:
        if data.startswith(signature):
            return name
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[4:8] == b"ftyp" and (found := brand(data)):
        return found
    return refuse(f"This is {stranger(data)}, not a picture that can be opened; {titles(FORMATS.values())} are taken.")


def brand(data: bytes) -> str | None:
    """`heic` or `avif` where an ISO media file says so in its main or, failing that, compatible brands."""
    end = min(int.from_bytes(data[:4], "big"), len(data), 4096)
    brands = [data[8:12], *(data[at : at + 4] for at in range(16, end - 3, 4))]
    for each in brands:
        if each in AVIF_BRANDS:
            return "avif"
        if each in HEIC_BRANDS:
            return "heic"
    return "heic" if b"mif1" in brands or b"msf1" in brands else None


def stranger(data: bytes) -> str:
    """What a file that is not taken is, in words."""
    for signature, title in STRANGERS:
        if data.startswith(signature):
            return title
    if data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        return "a video, a sound or a camera's RAW file"
    return kind_of_text(data)


def kind_of_text(data: bytes) -> str:
    """What kind of text a file is, if it is one."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml")) and b"<svg" in data[:4096].lower():
        return "an SVG drawing"
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if data and all(32 <= byte < 127 or byte in b"\t\r\n" for byte in data[:512]):
        return "a text file"
    return "an unknown kind of file"
