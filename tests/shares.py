"""The share that `make test` takes of what `make test-deep` tries to the end."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import settings

FEW, MANY = 6, 100
"""Examples: of such a promise in `make test`, and more than which only the deep profile has."""

few = settings() if settings().max_examples > MANY else settings(max_examples=min(FEW, settings().max_examples))
"""For a promise that holds or fails on most examples alike: fewer of them, but in the deep profile."""


def in_turn(rows: Iterable[object], columns: Iterable[object]) -> list[Any]:
    """Every row with every column, as parameters: each with one column in turn, and with the others `deep`.

    Where there are as many rows as columns, all columns have their turn too.
    """
    shelf = [*columns]
    return [
        pytest.param(row, column, marks=() if (place - number) % len(shelf) == 0 else pytest.mark.deep)
        for number, row in enumerate(rows)
        for place, column in enumerate(shelf)
    ]
