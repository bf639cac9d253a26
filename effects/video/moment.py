"""What flows from a video's file to the next: its frames, each with its time, and the sound between them."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Protocol

from effects.image import Alpha, Image

VIDEO_TICKS = Fraction(1, 90_000)
"""The time base of video that states none."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A frame: its pixels, upright and in sRGB, when it is shown and for how long (0: unknown), in the clip's ticks."""

    image: Image
    alpha: Alpha | None
    ticks: int
    duration: int = 0


@dataclass(frozen=True, eq=False)
class SoundPiece:
    """A piece of the sound as it is stored: PyAV's packet, whose times are those of the result."""

    packet: Any


Item = Moment | SoundPiece


@dataclass(frozen=True)
class Tags:
    """What is stated of a video's colours, by the code points of H.273; 2 is unsaid."""

    matrix: int
    primaries: int = 2
    transfer: int = 2


@dataclass(frozen=True)
class ClipFacts:
    """What is known of a clip before it is read: the size of its frames upright, its time base, and what its file says.

    `seconds` and `rate` are None where the file does not say. `plays` is how often an animation runs, 0 for ever.
    `sound` is PyAV's stream, None where there is none.
    """

    width: int
    height: int
    time_base: Fraction
    seconds: float | None = None
    rate: Fraction | None = None
    pixel_shape: Fraction = Fraction(1)
    tags: Tags = Tags(1, 1, 13)
    plays: int = 0
    sound: Any = field(default=None, compare=False)


class Clip(Protocol):
    """A file that is open for reading."""

    facts: ClipFacts

    @property
    def notes(self) -> tuple[str, ...]:
        """Sentences for the person, all of them once it was read."""

    def items(self, start: float, end: float | None) -> Generator[Item, None, None]:
        """Frames and sound from `start` to `end` seconds after the first frame; a part begins at tick 0."""

    def close(self) -> None:
        """Let go of the file."""
