"""Killable processes, in which untrusted pictures are opened and exports rendered: see `effects.workers.jobs`."""

from effects.workers.jobs import (
    bake,
    close,
    decode,
    file_size,
    is_large,
    measure,
    open_hald,
    open_preview,
    preview,
    render,
    tiles,
    warm,
)

__all__ = [
    "bake",
    "close",
    "decode",
    "file_size",
    "is_large",
    "measure",
    "open_hald",
    "open_preview",
    "preview",
    "render",
    "tiles",
    "warm",
]
