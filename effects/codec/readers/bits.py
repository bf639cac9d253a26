"""Rows of bytes as the numbers in them: any depth, and undoing prediction. TIFF 6.0, section 14; Adobe's note 3."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from effects.codec.limits import refuse

Bytes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[Any]

NONE, HORIZONTAL, FLOATING = 1, 2, 3
UNSIGNED_TYPES = {8: "u1", 16: "u2", 32: "u4", 64: "u8"}
FLOAT_TYPES = {16: "f2", 32: "f4", 64: "f8"}


def unpack_bits(packed: Bytes, bits: int) -> Bytes:
    """Bytes as the 1, 2, 4 or 8-bit numbers in them, highest bits first."""
    if bits == 8:
        return packed
    shifts = np.arange(8 - bits, -1, -bits, dtype=np.uint8)
    numbers = packed[..., None] >> shifts & ((1 << bits) - 1)
    return np.asarray(numbers, np.uint8).reshape(*packed.shape[:-1], -1)


def numbers_of(rows: Bytes, bits: int, order: str) -> Numbers:
    """Rows of bytes as unsigned numbers of any depth up to 32 bits, or 64; numpy's smallest type that holds them."""
    if bits in (1, 2, 4):
        return unpack_bits(rows, bits)
    if bits in UNSIGNED_TYPES:
        return np.ascontiguousarray(rows).view(np.dtype(order + UNSIGNED_TYPES[bits]))
    if bits > 32:
        raise ValueError("no such depth")
    kind = np.uint16 if bits <= 16 else np.uint32
    if bits == 24:
        parts = rows[:, : rows.shape[1] // 3 * 3].reshape(len(rows), -1, 3).astype(np.uint32)
        low, middle, high = parts[..., :: -1 if order == ">" else 1].transpose(2, 0, 1)
        return np.asarray(low | middle << 8 | high << 16)
    each = np.unpackbits(rows, axis=1)
    each = each[:, : each.shape[1] // bits * bits].reshape(len(rows), -1, bits)
    numbers = np.zeros(each.shape[:2], kind)
    for bit in range(bits):
        numbers <<= 1
        numbers |= each[..., bit]
    return numbers


def undo_prediction(rows: Bytes, predictor: int, bits: int, samples: int, order: str) -> tuple[Bytes, str]:
    """Rows, bytes of a strip or tile each, with the differences between neighbours summed up; and their byte order."""
    if predictor == HORIZONTAL and bits in UNSIGNED_TYPES:
        kind = np.dtype(order + UNSIGNED_TYPES[bits])
        numbers = np.ascontiguousarray(rows).view(kind).reshape(len(rows), -1, samples)
        summed = np.cumsum(numbers, axis=1, dtype=kind.newbyteorder("=")).astype(kind)
        return summed.reshape(len(rows), -1).view(np.uint8), order
    if predictor == FLOATING and bits in FLOAT_TYPES:
        summed = np.cumsum(rows.reshape(len(rows), -1, samples), axis=1, dtype=np.uint8)
        # The highest bytes of all numbers come first, then the next ones: big-endian once they are woven together.
        woven = summed.reshape(len(rows), bits // 8, -1).transpose(0, 2, 1)
        return np.ascontiguousarray(woven).reshape(len(rows), -1), ">"
    if predictor > NONE:
        refuse(f"This TIFF picture keeps differences between neighbours (predictor {predictor}) of {bits}-bit samples, "
               "which is not read here; saved without prediction it can be opened.")  # fmt: skip
    return rows, order
