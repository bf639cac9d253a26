"""What a folder of results holds already, and what each was made of: a line of JSON a file."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from effects import __version__

NAME = "emulsion-batch.jsonl"


def key_of(digest: bytes, settings: Mapping[str, Any], version: str = __version__) -> str:
    """Of a photo's SHA-256, of all that is done to it, and of the library's version: the same give the same result."""
    wishes = json.dumps([settings, version], sort_keys=True).encode()
    return sha256(digest + wishes).hexdigest()


class Manifest:
    """The manifest of a folder: read once, and written a line at a time by any thread."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / NAME
        self._lock = threading.Lock()
        self._entries: dict[str, tuple[str, int]] = {}
        written = self.path.read_bytes() if self.path.exists() else b""
        self._is_torn = written[-1:] not in (b"", b"\n")
        for line in written.splitlines():
            try:
                entry = json.loads(line)
                self._entries[entry["file"]] = entry["key"], entry["bytes"]
            except (ValueError, LookupError, TypeError):
                continue  # a line that was being written when the power went

    def knows(self, target: Path) -> bool:
        """Whether this file was made here, of whatever."""
        return target.name in self._entries

    def holds(self, target: Path, key: str) -> bool:
        """Whether this file was made of just that, and still has its size."""
        known = self._entries.get(target.name)
        return known is not None and target.is_file() and known == (key, target.stat().st_size)

    def add(self, target: Path, key: str, size: int) -> None:
        """Note a file that is whole."""
        entry = {"file": target.name, "key": key, "bytes": size}
        with self._lock:
            self._entries[target.name] = key, size
            start = "\n" if self._is_torn else ""
            with self.path.open("ab") as file:
                file.write(f"{start}{json.dumps(entry)}\n".encode())
            self._is_torn = False
