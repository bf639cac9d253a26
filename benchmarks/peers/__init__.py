"""The libraries we are measured against: those of them that are installed."""

from __future__ import annotations

import os
from importlib import import_module

from benchmarks.peers.peer import Peer

MODULES = ("opencv", "pillow", "vips", "albumentations", "skimage", "pilgram", "wand")
"""One module here for each, holding its `Peer` under its own name in capitals."""


def installed() -> tuple[list[Peer], list[str]]:
    """The peers that can be imported, and a sentence for each that cannot."""
    # albumentations would ask a server for its latest version when imported.
    os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
    peers, missing = [], []
    for name in MODULES:
        try:
            peers.append(getattr(import_module(f"benchmarks.peers.{name}"), name.upper()))
        except (ImportError, OSError) as error:  # OSError: a shared library is missing
            missing.append(f"{name} does not take part: {error}".splitlines()[0][:200])
    return peers, missing
