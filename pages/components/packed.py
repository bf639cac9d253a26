"""Words that a browser fetches by address, deflated: texts of one kind shrink to less than half."""

from __future__ import annotations

import json
import zlib
from typing import Any

ANY_BYTES = "application/octet-stream"


def packed(words: Any) -> bytes:
    """What JSON can say, in few bytes; `unpacked.js` reads it at their address."""
    return zlib.compress(json.dumps(words, separators=(",", ":")).encode(), 9)
