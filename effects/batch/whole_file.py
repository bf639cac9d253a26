"""Writing a file whole or not at all."""

from __future__ import annotations

import os
import platform
import re
import shutil
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path

MACHINE = sha256(platform.node().encode()).hexdigest()[:8]
"""How this machine is told from others that write to the same folder."""

PART = re.compile(r"\.emulsion-([0-9a-f]{8})-([0-9]{1,9})-[0-9]+")
"""The name of a file that is being written: by which machine, which process of it, and which thread."""

STALE_SECONDS = 24 * 3600.0
"""After so long nobody writes to such a file any more, whoever did."""


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
    part = path.with_name(f".emulsion-{MACHINE}-{os.getpid()}-{threading.get_ident()}")
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


def remove_stale_parts(folder: Path) -> None:
    """Remove what processes have left half written in a folder that were killed."""
    with suppress(OSError):
        for path in folder.glob(".emulsion-*"):
            found = PART.fullmatch(path.name)
            if found and is_stale(path, found[1], int(found[2])):
                with suppress(OSError):
                    path.unlink()


def is_stale(path: Path, machine: str, process: int) -> bool:
    """Whether nobody writes to a part any more: its process is no more, or nothing came for long."""
    if machine == MACHINE and not is_running(process):
        return True
    return time.time() - path.stat().st_mtime > STALE_SECONDS


def is_running(process: int) -> bool:
    """Whether there is a process of this number, as far as that can be told."""
    if os.name != "posix":
        return True  # elsewhere such a question may end it
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        pass
    return True
