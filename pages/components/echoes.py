"""Old values of widgets that come back from the browser after the page has given them new ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

MAX_ECHO_SECONDS = 20.0  # s until the browser surely shows what it was told to


@dataclass
class Echoes:
    """What widgets showed until a short while ago, and what the person had in hand then.

    Whoever takes a widget in hand again means what it says, be it what it said before.
    """

    clock: Callable[[], float] = time.monotonic
    _replaced: dict[str, list[tuple[float, Any, str]]] = field(default_factory=dict)

    def note_replaced(self, key: str, before: Any, hand: str) -> None:
        """A widget's value was replaced by the page."""
        recent = [item for item in self._replaced.get(key, []) if self.clock() - item[0] < MAX_ECHO_SECONDS]
        self._replaced[key] = [*recent, (self.clock(), before, hand)]

    def has(self, key: str, value: Any, hand: str) -> bool:
        """Whether a widget's value is one that the page replaced, and nobody has taken it in hand since."""
        mine = hand.startswith(f"{key} ")
        return any(
            value == before and self.clock() - when < MAX_ECHO_SECONDS and (not mine or hand == held)
            for when, before, held in self._replaced.get(key, [])
        )
