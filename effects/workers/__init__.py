"""Killable processes, in which untrusted pictures are opened and exports rendered: see `effects.workers.jobs`."""

from effects.workers.jobs import (
    ahead,
    bake,
    check_health,
    close,
    decode,
    file_size,
    is_large,
    listen,
    measure,
    open_hald,
    open_preview,
    preview,
    processes,
    queue_length,
    render,
    tiles,
    warm,
)
from effects.workers.line import Person, on_behalf_of

__all__ = [
    "Person",
    "ahead",
    "bake",
    "check_health",
    "close",
    "decode",
    "file_size",
    "is_large",
    "listen",
    "measure",
    "on_behalf_of",
    "open_hald",
    "open_preview",
    "preview",
    "processes",
    "queue_length",
    "render",
    "tiles",
    "warm",
]
