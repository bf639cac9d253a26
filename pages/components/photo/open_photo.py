"""A picture that someone has chosen, and one that was opened."""

from __future__ import annotations

from dataclasses import dataclass, replace

from effects import Photo
from effects.image import Box

MAX_RECENT = 3
"""Photos of a session that stay one click away."""


@dataclass(frozen=True)
class Picked:
    """An encoded picture that someone has just chosen, not opened yet; `is_own` where it is not the app's sample."""

    name: str
    data: bytes
    is_own: bool = True


@dataclass(frozen=True, eq=False)
class OpenPhoto:
    """A picture as it was opened: its encoded bytes, and the small copy that one edits on.

    `before` is the small copy as a JPEG; `width` and `height` are the whole picture's, in pixels; `sha256` is the hash
    of the bytes, in hexadecimal, by which a file made of them knows its original. The preview knows which faces are
    not to be hidden: with other ones it is another photo to whoever keeps what was made of it.
    """

    name: str
    data: bytes
    preview: Photo
    before: bytes
    width: int
    height: int
    is_own: bool
    sha256: str

    @property
    def unhidden(self) -> tuple[Box, ...]:
        """The boxes of the faces that are to be seen where all others are hidden."""
        return self.preview.unhidden

    def with_unhidden(self, boxes: tuple[Box, ...]) -> OpenPhoto:
        """The same picture, of which other faces are to be seen."""
        return replace(self, preview=replace(self.preview, unhidden=boxes))


def with_recent(photo: OpenPhoto, recent: tuple[OpenPhoto, ...]) -> tuple[OpenPhoto, ...]:
    """The person's photos of this session, this one first; the sample is a click away anyway."""
    if not photo.is_own:
        return recent
    return (photo, *(other for other in recent if other.sha256 != photo.sha256))[:MAX_RECENT]
