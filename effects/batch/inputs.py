"""Which files a batch works on: those named, those that match, and the photos in folders."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from effects.codec.formats import WRITTEN_FORMATS, identify
from effects.codec.limits import MAX_BYTES, check_bytes
from effects.errors import DecodeError
from effects.workers.shared_files import Source

ENDINGS = {ending for form in WRITTEN_FORMATS.values() for ending in form.endings} | {
    "heic", "heif", "gif", "bmp", "tif", "tiff", "jp2", "j2k", "jpx", "ico",
}  # fmt: skip
"""Endings of photos' names: in a folder such a file is worked on, so that a damaged one is told of."""

START_BYTES = 4096
"""Enough of a file to tell what it is."""


def find_inputs(words: Iterable[str], output: Path) -> list[Path]:
    """The files that are meant, in the order of the words and sorted within a folder, none of them twice.

    A file that is named is among them whatever it is, also where there is none: so nothing is passed over in silence.
    ValueError where the output would be a folder that is read from.
    """
    found = (path for word in words for path in named_by(word, output))
    return list({os.path.abspath(path): path for path in found}.values())


def named_by(word: str, output: Path) -> Iterator[Path]:
    """The files that one word means: a file, a folder, or a pattern such as `*.jpg`, but for the output's.

    A pattern that matches nothing is itself what is meant; one that matches nothing but results of before means none.
    """
    found = [] if os.path.lexists(word) else sorted(glob.glob(word, recursive=True))
    matches = [path for path in map(Path, found) if not is_within(path, output)]
    for match in matches if found else [Path(word)]:
        if not match.is_dir():
            yield match
        elif is_same(match, output):
            raise ValueError(f"{output} is read from; what is made of it needs a folder of its own")
        else:
            yield from photos_under(match, output)


def photos_under(folder: Path, output: Path) -> Iterator[Path]:
    """The photos in a folder and those in it, but for hidden ones and the output's; each folder once, links and all."""
    seen: set[tuple[int, int]] = set()
    unreadable: list[str] = []
    walk = os.walk(folder, followlinks=True, onerror=lambda error: unreadable.append(error.filename))
    for place, folders, files in walk:
        status = Path(place).stat()
        if (status.st_dev, status.st_ino) in seen or is_same(Path(place), output):
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (path for name in sorted(files) if is_photo(path := Path(place, name)))
    # What cannot be looked into fails by its name when it is read.
    yield from map(Path, unreadable)


def is_photo(path: Path) -> bool:
    """Whether a file in a folder is to be worked on: by its first bytes, and where they say nothing by its name."""
    if path.name.startswith(".") or not path.is_file():
        return False
    if path.suffix[1:].lower() in ENDINGS:
        return True
    try:
        with path.open("rb") as file:
            identify(file.read(START_BYTES))
    except (DecodeError, OSError):
        return False
    return True


def is_same(path: Path, other: Path) -> bool:
    """Whether both are there and the same."""
    return path.exists() and other.exists() and path.samefile(other)


def is_within(path: Path, folder: Path) -> bool:
    """Whether a path is the folder, or lies in it however deep; what a link in it leads to does not count."""
    place, there = Path(os.path.realpath(path.parent)), Path(os.path.realpath(folder))
    return there in (place, *place.parents) or is_same(path, folder)


def source_of(path: Path) -> Source:
    """A photo's file for a job; what is no file, such as a pipe, goes with its bytes, which can be read but once."""
    if not path.exists() or path.is_file():
        source = Source.at(path)
        check_bytes(source.size)
        return source
    data = read_photo(path)
    return Source(path, len(data), 0, "", data)


def read_photo(path: Path) -> bytes:
    """The bytes of a file; LimitError before more of them are read than are taken."""
    if path.is_file():
        check_bytes(path.stat().st_size)
    with path.open("rb") as file:
        data = file.read(MAX_BYTES + 1)
    check_bytes(len(data))
    return data
