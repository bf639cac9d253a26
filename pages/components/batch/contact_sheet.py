"""The contact sheet: where photos come in for a batch, each a tile with a tick; results show on them as they come."""

from __future__ import annotations

from typing import Any

from effects.batch.inputs import ENDINGS
from effects.codec.limits import MAX_BYTES
from pages.components import session
from pages.components.batch.roll import MAX_PHOTOS, Roll
from pages.components.page_component import page_component
from pages.components.photo.intake import ACCEPTED
from pages.components.picture_url import picture_url
from pages.components.words import _, later, translated

KEY = "contact_sheet"

WORDS = {
    "choose": later("Choose photos"),
    "folder": later("Choose a folder"),
    "or_drop": later("or drop photos and folders anywhere on this page"),
    "sending": later("Sending {count} ..."),
    "beyond": later("A batch has room for {most} photos: {count} of these were left out."),
    "not_sent": later("This photo could not be sent. Check the network and choose it again."),
    "all": later("Tick all"),
    "none": later("Tick none"),
    "ready": later("Ready"),
}

_sheet = page_component(
    KEY,
    __file__,
    html="""
<div class="ways">
  <label class="way"><input type="file" multiple><span></span></label>
  <label class="way folder"><input type="file" webkitdirectory multiple><span></span></label>
  <span class="hint"></span>
  <button type="button" class="way ticks" hidden></button>
</div>
<p role="status"></p>
<div class="tiles"></div>""",
)


def contact_sheet(roll: Roll) -> None:
    """Show the photos of a roll, and hear which are ticked and how many are on their way."""

    def heard() -> None:
        told = session.component_value(KEY, "told")
        if not isinstance(told, dict):
            return
        roll.left_out = frozenset(number for number in told.get("left_out", ()) if isinstance(number, int))
        sending = told.get("sending")
        roll.sending = sending if isinstance(sending, int) else 0

    _sheet(key=KEY, data=sheet_data(roll), on_told_change=heard)


def sheet_data(roll: Roll) -> dict[str, Any]:
    """What the browser needs to know of a roll."""
    photos = [
        {
            "number": photo.number,
            "name": photo.name,
            "status": photo.status,
            "sentence": photo.sentence and _(photo.sentence),
            "url": picture_url(photo.small, f"{KEY}-{photo.number}") if photo.small else "",
        }
        for photo in roll.row
    ]
    return {
        "address": roll.address,
        "photos": photos,
        "gone": roll.gone,
        "left_out": sorted(roll.left_out),
        "sending": roll.sending,
        "most": {"photos": MAX_PHOTOS, "bytes": MAX_BYTES},
        "endings": sorted(ENDINGS),
        "accept": ACCEPTED,
        "words": translated(WORDS),
    }
