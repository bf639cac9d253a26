"""Where the browser fetches a picture from: pictures travel by address, not inside messages."""

from __future__ import annotations

import base64

from effects.codec.formats import WRITTEN_FORMATS
from pages.borrowed.pictures import picture_address

JPEG = WRITTEN_FORMATS["jpeg"].mime


def picture_url(data: bytes, slot: str, mime: str = JPEG) -> str:
    """The address of encoded picture bytes, for as long as this session shows them.

    `slot` names the place on the page: a new picture there lets go of the one before. Call it on every run, or
    Streamlit takes the picture for an orphan. Outside a server there is no address. Where Streamlit gives none, the
    address is the picture itself.
    """
    address = picture_address(data, mime, slot)
    return f"data:{mime};base64,{base64.b64encode(data).decode()}" if address is None else address
