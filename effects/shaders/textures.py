"""Numbers of 16 bits that a shader looks things up in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Texture:
    """uint16: entries x 3, or blue x green x red x 3; 65535 is 1."""

    numbers: npt.NDArray[np.uint16]

    @cached_property
    def digest(self) -> str:
        """What it is known by in the page."""
        return hashlib.sha256(repr(self.numbers.shape).encode() + self.numbers.tobytes()).hexdigest()[:16]

    def wire(self) -> dict[str, Any]:
        """Its sides, from the innermost out, and its bytes."""
        return {"sides": list(self.numbers.shape[-2::-1]), "bytes": self.numbers.astype("<u2").tobytes()}
