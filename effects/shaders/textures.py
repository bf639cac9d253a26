"""Whole numbers of 8 or 16 bits that a shader looks things up in."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True, eq=False)
class Texture:
    """A curve, a lattice, or a formula's own table.

    A curve is uint16, entries x 3, and a lattice uint16, blue x green x red x 3, where 65535 is 1; a formula's table is
    uint8 or uint16, rows x columns x 1 or 3, and its numbers are as they are.
    """

    numbers: npt.NDArray[np.uint8] | npt.NDArray[np.uint16]

    @cached_property
    def digest(self) -> str:
        """What it is known by in the page."""
        form = repr((self.numbers.shape, self.numbers.itemsize)).encode()
        return hashlib.sha256(form + self.numbers.tobytes()).hexdigest()[:16]

    def wire(self) -> dict[str, Any]:
        """Its sides, from the innermost out, how many numbers of how many bits an entry has, and its bytes."""
        *_, channels = self.numbers.shape
        size = self.numbers.itemsize
        return {
            "sides": list(self.numbers.shape[-2::-1]),
            "channels": channels,
            "bits": 8 * size,
            "bytes": self.numbers.astype(f"<u{size}").tobytes(),
        }
