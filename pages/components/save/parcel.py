"""All pieces as one zip, made while it is sent: the server holds no copy of them."""

from __future__ import annotations

import io
import secrets
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from weakref import WeakValueDictionary

from pages.components.save.piece import Piece, unique_names

PATH = "parcel"
"""Where it is fetched from, below the app's own address."""

_parcels: WeakValueDictionary[str, Parcel] = WeakValueDictionary()


@dataclass(eq=False)
class Parcel:
    """What a session offers as one file, at an address that nobody can guess; gone with the session."""

    pieces: tuple[Piece, ...] = ()
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    def __post_init__(self) -> None:
        _parcels[self.token] = self

    @property
    def address(self) -> str:
        """Where the browser gets it, from any page of the app."""
        return f"{PATH}/{self.token}"


def parcel_of(token: str) -> Parcel | None:
    """The parcel at this address, if a session still offers it."""
    return _parcels.get(token)


def archive(pieces: Sequence[Piece]) -> Iterator[bytes]:
    """A zip of the pieces, in their order, part by part; they are compressed already, and are stored as they are."""
    outlet = Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_STORED) as made:
        for name, piece in zip(unique_names(piece.name for piece in pieces), pieces, strict=True):
            made.writestr(name, piece.data)
            yield outlet.take()
    yield outlet.take()


class Outlet(io.RawIOBase):
    """A file of which what is finished is taken away; a zip goes back only to the head of what it is at."""

    def __init__(self) -> None:
        self._gone = 0  # bytes that were taken
        self._left = io.BytesIO()

    def writable(self) -> bool:
        """It is written to."""
        return True

    def seekable(self) -> bool:
        """One can go back as far as nothing was taken."""
        return True

    def tell(self) -> int:
        """Where one is in the whole file."""
        return self._gone + self._left.tell()

    def seek(self, place: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the whole file; ValueError for what was taken."""
        if whence == io.SEEK_SET:
            place -= self._gone
        return self._gone + self._left.seek(place, whence)

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Write on."""
        return self._left.write(data)

    def take(self) -> bytes:
        """What was written since the last time."""
        data = self._left.getvalue()
        self._gone += len(data)
        self._left = io.BytesIO()
        return data
