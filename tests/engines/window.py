"""A browser's window, in the few words that both ways of driving one share."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Protocol


class Window(Protocol):
    """What the tests ask of a browser, whichever it is; `files` is the folder that its downloads come to."""

    files: Path

    def open(self, address: str) -> None:
        """Go to an address."""

    def ask(self, function: str, *arguments: object) -> Any:
        """What a JavaScript function, given these arguments, answers; it may be one that waits."""

    def act(self, *devices: dict[str, Any]) -> None:
        """Press and move, in the actions that WebDriver and WebDriver BiDi both know."""

    def choose_file(self, function: str, arguments: tuple[object, ...], path: Path) -> None:
        """Give a file to the field that a function answers with."""
