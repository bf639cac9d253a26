"""What the formula of a temporal effect asks of the frames before, and what that is in plain floats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from effects.image import Colors, Floats

Kept = tuple[Colors, Floats]
"""A frame's colours after the effect, and what is kept for the next frame: its own colours, where it asks for `ago`."""


class Past(Protocol):
    """A pixel's past. On the first frame no time has passed, and all that was is that frame."""

    @property
    def elapsed(self) -> float:
        """Seconds since the frame before."""

    @property
    def before(self) -> Floats:
        """What the formula has kept of the frame before, h x w x 3."""

    def ago(self, seconds: float) -> Floats:
        """The frame that was to be seen so many seconds ago, in 8 bits; the oldest there is, if none is that old."""


@dataclass(frozen=True)
class PlainPast:
    """That of a video in floats, for tests: `frames` are all that came, the newest last, and when."""

    frames: Sequence[tuple[float, Floats]]
    kept: Floats | None = None

    @property
    def elapsed(self) -> float:
        """Between the last two."""
        return self.frames[-1][0] - self.frames[-2][0] if len(self.frames) > 1 else 0.0

    @property
    def before(self) -> Floats:
        """As it was told."""
        return self.frames[-1][1] if self.kept is None else self.kept

    def ago(self, seconds: float) -> Floats:
        """The newest of those that are old enough."""
        wanted = self.frames[-1][0] - seconds + 1e-6
        return next((frame for time, frame in reversed(self.frames) if time <= wanted), self.frames[0][1])
