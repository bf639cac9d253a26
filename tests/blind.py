"""A Dask worker that sees no file below a folder, as one of another machine does: loaded before it begins."""

from __future__ import annotations

import os
import sys
from typing import Any

HIDDEN = "BLIND_TO"
"""The setting that names the folder."""


def look_away(event: str, args: tuple[Any, ...]) -> None:
    """Have the system's own error where such a file is opened."""
    if event == "open" and isinstance(args[0], str | os.PathLike) and folder in os.fspath(args[0]):
        raise FileNotFoundError(2, "No such file or directory", os.fspath(args[0]))


if folder := os.environ.get(HIDDEN):
    sys.addaudithook(look_away)
