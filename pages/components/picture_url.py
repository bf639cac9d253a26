"""Where the browser fetches a picture from: pictures travel by address, not inside messages."""

from __future__ import annotations

from streamlit import runtime

from effects.codec.formats import WRITTEN_FORMATS

JPEG = WRITTEN_FORMATS["jpeg"].mime


def picture_url(data: bytes, slot: str, mime: str = JPEG) -> str:
    """The address of encoded picture bytes, for as long as this session shows them.

    `slot` names the place on the page: a new picture there lets go of the one before. Streamlit keeps this behind
    `st.image`; components have no public way to it, so the one internal call stands here alone. Call it on every
    run, or Streamlit takes the picture for an orphan. Outside a server there is no address.
    """
    if not runtime.exists():
        return ""
    return str(runtime.get_instance().media_file_mgr.add(data, mime, slot))
