"""Affine colour changes, 3 x 4 on 0..1: applying, merging, and what can be said of them beforehand."""

from __future__ import annotations

import numpy as np

from effects.image import Matrix, Values

IDENTITY_MATRIX: Matrix = np.eye(3, 4)
NEGATIVE_MATRIX: Matrix = np.hstack([-np.eye(3), np.ones((3, 1))])


def apply_matrix(matrix: Matrix, values: Values) -> Values:
    """The change applied to values ... x 3, in their own precision; not clamped."""
    result = np.empty_like(values)
    red, green, blue = values[..., 0], values[..., 1], values[..., 2]
    for channel, row in enumerate(matrix.astype(values.dtype)):
        result[..., channel] = row[0] * red + row[1] * green + row[2] * blue + row[3]
    return result


def merge(first: Matrix, second: Matrix) -> Matrix:
    """One matrix that does what `first` and then `second` do, if nothing is clamped between them."""
    product: Matrix = second @ np.vstack([first, [0, 0, 0, 1]])
    return product


def mix_with_identity(matrix: Matrix, strength: float) -> Matrix:
    """The matrix that does `strength` of the change, if it never clips."""
    return IDENTITY_MATRIX + strength * (matrix - IDENTITY_MATRIX)


def never_clips(matrix: Matrix) -> bool:
    """Whether no colour in 0..1 can leave it: from the sums of each row's negative and of its positive entries."""
    gains, offset = matrix[:, :3], matrix[:, 3]
    lowest, highest = gains.clip(max=0).sum(axis=1) + offset, gains.clip(min=0).sum(axis=1) + offset
    return bool((lowest >= -1e-9).all() and (highest <= 1 + 1e-9).all())


def is_grey(matrix: Matrix) -> bool:
    """Whether every colour becomes a grey."""
    return bool((np.abs(matrix - matrix[0]) < 1e-12).all())


def is_diagonal(matrix: Matrix) -> bool:
    """Whether each channel depends on itself alone, so that a table can do it."""
    return bool((np.abs(matrix[:, :3][~np.eye(3, dtype=bool)]) < 1e-12).all())
