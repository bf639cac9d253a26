"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(target: Path, data: bytes) -> None:
    """The whole file, or what was there before: the picture may be its own source, and the disk full."""
    path = target.resolve()
    if path.exists() and not path.is_file():
        path.write_bytes(data)
        return
    with whole_file(target) as part:
        part.write_bytes(data)


@contextmanager
def whole_file(target: Path) -> Iterator[Path]:
    """A place beside the target to write to; it takes the target's place at the end, and is gone after an error."""
    path = target.resolve()
    part = path.with_name(f".emulsion-{os.getpid()}-{threading.get_ident()}")
    try:
        yield part
        if path.exists():
            shutil.copymode(path, part)
        part.replace(path)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(target)) from None
    finally:
        if part.exists():
            part.unlink()
