"""A photo of a roll: its file, and what was made of it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Literal

from effects.codec.header import read_header
from effects.errors import PictureError

Status = Literal["coming", "waiting", "ready", "failed"]

ONE_IN_MEMORY = Lock()
"""Of the files that are looked at, of all rolls."""


@dataclass(eq=False)
class RollPhoto:
    """One photo; `name` is what its owner calls it, `refusal` why it cannot be worked on at all."""

    number: int
    name: str
    source: Path
    result: Path
    refusal: str = ""
    size: int = 0  # bytes of its file, as was said before it came
    has_come: bool = False  # all of its file is there
    result_name: str = ""  # what its result is called, where there is one
    trouble: str = ""  # why there is none
    small: bytes = field(default=b"", repr=False)  # the result as a small JPEG

    @property
    def status(self) -> Status:
        """How far it is."""
        if self.refusal or self.trouble:
            return "failed"
        if self.result_name:
            return "ready"
        return "waiting" if self.has_come else "coming"

    @property
    def sentence(self) -> str:
        """Why there is no result, where that is known."""
        return self.refusal or self.trouble

    @property
    def held(self) -> int:
        """Bytes on disk of its file, or what is kept free for that, and of its result."""
        with suppress(OSError):
            return self.size + self.result.stat().st_size
        return self.size

    def check(self) -> None:
        """Tell at once of a file that is no picture by its header, which no worker would open, and let it go."""
        with suppress(OSError), ONE_IN_MEMORY:  # it may have been let go meanwhile
            try:
                read_header(self.source.read_bytes())
            except PictureError as error:
                self.refusal, self.size = str(error), 0
                self.source.unlink(missing_ok=True)

    def forget_result(self) -> None:
        """As if it had not been developed."""
        self.result_name, self.trouble, self.small = "", "", b""
        self.result.unlink(missing_ok=True)
