"""How long something will still take, as one says it."""

from __future__ import annotations

from pages.components.words import _, plural


def time_left(seconds: float) -> str:
    """The words for so many seconds."""
    if seconds < 60:
        return _("about {seconds} s left").format(seconds=max(1, round(seconds)))
    minutes = round(seconds / 60)
    return plural("about {minutes} minute left", "about {minutes} minutes left", minutes).format(minutes=minutes)
