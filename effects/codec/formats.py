"""Which pictures are taken, and telling what a file is from its first bytes, whatever its name says."""

from __future__ import annotations

from dataclasses import dataclass

from effects.codec.limits import refuse


@dataclass(frozen=True)
class Format:
    """A kind of file: what people call it, and the one Pillow plugin that may open it (None: ours alone)."""

    title: str
    plugin: str | None


FORMATS = {
    "jpeg": Format("JPEG", "JPEG"),
    "png": Format("PNG", "PNG"),
    "webp": Format("WebP", "WEBP"),
    "avif": Format("AVIF", "AVIF"),
    "heic": Format("HEIC", None),
    "gif": Format("GIF", "GIF"),
    "bmp": Format("BMP", "BMP"),
    "tiff": Format("TIFF", "TIFF"),
    "jp2": Format("JPEG 2000", "JPEG2000"),
    "ico": Format("ICO", "ICO"),
}

TAKEN = ", ".join(known.title for known in list(FORMATS.values())[:-1]) + " and ICO"

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
    return refuse(f"This is {stranger(data)}, not a picture that can be opened; {TAKEN} are taken.")


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
    return written(data)


def written(data: bytes) -> str:
    """What kind of text a file is, if it is one."""
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith((b"<svg", b"<?xml")) and b"<svg" in data[:4096].lower():
        return "an SVG drawing"
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if data and all(32 <= byte < 127 or byte in b"\t\r\n" for byte in data[:512]):
        return "a text file"
    return "an unknown kind of file"
