"""The share that `make test` takes of what `make test-deep` tries to the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

FEW, SEVERAL, MANY = 4, 6, 100
"""Examples: of such promises in `make test`, and more than which only the deep profile has."""


def at_most(examples: int) -> settings:
    """So many examples, but in the deep profile."""
    return (
        settings() if settings().max_examples > MANY else settings(max_examples=min(examples, settings().max_examples))
    )


few = at_most(FEW)
"""For a promise that holds or fails on most examples alike."""

several = at_most(SEVERAL)
"""For a promise asked of every effect: all of them together see as much of what they share as one needs."""


def in_turn(rows: Iterable[object], columns: Iterable[object], *, most: int | None = None) -> list[Any]:
    """Every row with every column, as parameters: each with one column in turn, and with the others `deep`.

    Where there are as many rows as columns, all columns have their turn too. Of rows beyond so many all are `deep`.
    """
    shelf = [*columns]

    def has_turn(number: int, place: int) -> bool:
        return (place - number) % len(shelf) == 0 and (most is None or number < most)

    return [
        pytest.param(row, column, marks=() if has_turn(number, place) else pytest.mark.deep)
        for number, row in enumerate(rows)
        for place, column in enumerate(shelf)
    ]
