"""Where a page finds a program and its tables: each has an address of its own, another one for another content."""

from __future__ import annotations

import zlib
from typing import Any

from effects.shaders import Program
from pages.components.packed import ANY_BYTES
from pages.components.picture_url import picture_url


def program_address(made: Program, slot: str) -> dict[str, Any]:
    """The address of the program, its tables by their digests, deflated as it is, and what its variables are now.

    `slot` is the place on the page: a new program there lets go of the one before.
    """
    wire = made.wire()
    tables = {
        digest: {**table, "bytes": picture_url(zlib.compress(table["bytes"], 1), f"{slot}-{digest}", ANY_BYTES)}
        for digest, table in wire["tables"].items()
    }
    return {"program": picture_url(wire["program"], slot, ANY_BYTES), "tables": tables, "values": wire["values"]}
