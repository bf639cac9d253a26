"""Colour tables out of files: which of them are text, and who reads what."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from effects.tables.cube import Cube
from effects.tables.cube_file import read_cube
from effects.tables.file_3dl import read_3dl
from effects.tables.hald import read_hald

__all__ = ["PICTURES", "TEXTS", "read_3dl", "read_cube", "read_hald", "read_text"]

TEXTS: Mapping[str, Callable[[bytes, str], Cube]] = MappingProxyType({"cube": read_cube, "3dl": read_3dl})
"""The ending of a file's name -> what reads it."""

PICTURES = ("png", "tif", "tiff", "webp")
"""Endings of pictures without loss, which may hold a table."""


def read_text(data: bytes, file_name: str) -> Cube | None:
    """The table in a file whose name ends as one of text does, titled by the rest of it; None for any other."""
    title, _, ending = file_name.rpartition(".")
    read = TEXTS.get(ending.lower())
    return read(data, title) if read else None
