"""The strip of looks under the live video: on the person, as soon as there is one to see, and on the sample before."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

import streamlit as st

from effects import Photo, Pipeline
from effects.image import Image
from effects.looks import LOOK_BOOK
from pages.components import session
from pages.components.live.room import Room
from pages.components.live.streamer import DEFAULT_SIZE, SIZES
from pages.components.photo.invitation import sample_thumbnails
from pages.components.picker.gallery import Tile, gallery
from pages.components.picker.strip import LOOKS
from pages.components.picker.thumbnails import Thumbnails
from pages.components.stack.cards import NO_LOOK
from pages.components.words import _
from pages.components.workbench import Workbench

AT_ONCE = 0.04  # s of making pictures in a round, which the video's thread has to do without
OF_SAMPLE = 0.3  # s of making the sample's pictures before those made are shown
SETTLED = 1.5  # s of video until a camera has found its exposure


@dataclass
class Sitting:
    """The person's picture for the strip: one frame of this video, small, under the looks; gone with the video."""

    thumbnails: Thumbnails | None = None

    def tiles(self, frame: Image | None, tiles: list[Tile]) -> list[Tile]:
        """The sample's tiles with the person on those that are made; some more are made in each round."""
        if frame is None:
            self.thumbnails = None
            return tiles
        self.thumbnails = self.thumbnails or Thumbnails(Photo(frame))
        missing = self.thumbnails.missing(look_pipeline(tile.name) for tile in tiles)
        if missing:
            self.thumbnails.make(missing, AT_ONCE)
        return [replace(tile, picture=self.thumbnails.made(look_pipeline(tile.name)) or tile.picture) for tile in tiles]


def looks_strip(bench: Workbench, room: Room) -> None:
    """Show the strip; a click puts the look's steps in place of the last look's."""

    def pick(name: str) -> None:
        bench.choose_look(name)
        room.draw_anew()  # where no script counts it with other presses, which are told to the stack alone

    tiles = session.hold("sitting", Sitting).tiles(settled_frame(room), sample_tiles())
    aspect, chosen = wished_aspect(), bench.look or NO_LOOK
    gallery([("", tiles)], pick, key="looks_live", aspect=aspect, strip=True, chosen=chosen)


def sample_tiles() -> list[Tile]:
    """No look and every look of the strip on the sample, as far as the pictures are made."""
    none = (NO_LOOK, _("No look"), _("The video as it is."))
    words = [none, *((look.name, _(look.title), _(look.summary)) for look in LOOKS)]
    return [Tile(*each, sample_thumbnails().made(look_pipeline(each[0]))) for each in words]


def complete_strip() -> None:
    """Make what is missing of the sample's pictures, some at a time; the last thing that a page does.

    They are made once for everybody who comes to this server.
    """
    missing = sample_thumbnails().missing(look_pipeline(tile.name) for tile in sample_tiles())
    if missing:
        sample_thumbnails().make(missing, OF_SAMPLE)
        st.rerun()


def look_pipeline(name: str) -> Pipeline:
    """What a tile of the strip shows: a look, or none."""
    return LOOK_BOOK[name].pipeline if name in LOOK_BOOK else Pipeline()


def settled_frame(room: Room) -> Image | None:
    """The newest frame, once the camera has found its exposure; None without video."""
    opened_at = room.video.opened_at
    is_settled = opened_at is not None and time.monotonic() - opened_at > SETTLED
    return room.last_frame() if is_settled else None


def wished_aspect() -> float:
    """The width by height that is asked of the camera: tiles have it whatever comes, so that nothing moves then."""
    width, height = SIZES[session.value("size") or DEFAULT_SIZE]
    return width / height
