"""What one person has on Live: the video, the tray, and what is to be done about a connection that does not come."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from effects.image import Image, Photo
from pages.components.live.streamer import State, Streaming
from pages.components.live.video import LiveVideo
from pages.components.photo.invitation import picture_to_try_on
from pages.components.save.piece import Piece
from pages.components.words import later

FIRST_TRY = 6.0  # s until a start without video is tried again unasked: about one in 25 is
CONNECTING = 10.0  # s until a connection is said not to come
SILENT = 5.0  # s without a frame until the camera is said to be silent
LOST = 2.0  # s without a frame before a stop, after which it was not the person who stopped
STOPPING = 0.9  # s that the player needs from Stop until it can start again

NOT_CONNECTED = later(
    "The live video did not connect within 10 seconds. A firewall may be in the way; try again, or use "
    "Snapshot, which needs no live connection."
)
NO_FRAMES = later(
    "No picture has come from the camera for 5 seconds: it, or the network on the way here, has stopped. Try "
    "again, or use Snapshot, which needs no live video."
)
ENDED = later("The live connection was lost. Try again, or use Snapshot, which needs no live connection.")
NO_SEAT = later("All live places on this server are taken. You get in when one is free; Snapshot is open meanwhile.")

IDLE = State(playing=False, signalling=False)


@dataclass
class Room:
    """One session's Live page. `playing` is what the player is told: start, stop, or (None) as the person wants."""

    video: LiveVideo = field(default_factory=LiveVideo)
    pieces: list[Piece] = field(default_factory=list)
    playing: bool | None = None
    trouble: str = ""
    no_seat: bool = False
    to_edit: Piece | None = None  # what is to be gone on with on Snapshot
    can_play: bool = True  # as far as is known, the browser can have live video
    way: str = ""  # which the person chose, on this device or through the server; none chosen yet
    no_device: str = ""  # why the browser cannot draw the stack itself, if so
    drew_here: bool = False  # whether the browser has drawn, and so may keep what was taken there
    state: State = IDLE
    clock: Callable[[], float] = time.monotonic
    _first: float = 0.0  # when the person pressed Start
    _since: float | None = None  # when this try began
    _told_at: float = 0.0  # when the player was last told something
    _starts_again: bool = False  # whether a start follows the stop
    _tries: int = 0
    _redraw: bool = False  # whether parts of the page have yet to hear of a change
    _visit: int = 0
    player: tuple[str, Streaming] | None = None  # which camera's was shown last in this visit, and it

    @property
    def is_on(self) -> bool:
        """Whether there is, or soon will be, anything to watch over."""
        return any(self.state) or self.playing is not None or self.no_seat or self.video.recorder is not None

    def last_frame(self) -> Image | None:
        """What the camera sees now, small and as the screen shows it, without the stack; None without video."""
        return self.video.last_frame()

    def edit(self, number: int) -> None:
        """Go on with the piece of this number on Snapshot, if it is there and has a frame to go on with."""
        self.to_edit = next((piece for piece in self.pieces if piece.key == number and piece.raw), None)

    def drop(self, number: int) -> None:
        """Take the piece of this number out of the tray; a second press finds it gone."""
        self.pieces[:] = [piece for piece in self.pieces if piece.key != number]
        self.draw_anew()  # tile and tray both show it

    def visit(self, number: int) -> None:
        """The person is here for the `number`th time: with the time before, its video ended, and nothing was lost."""
        if number != self._visit:
            self._visit, self.state, self.playing, self._since, self.trouble = number, IDLE, None, None, ""
            self.player = None

    def notice(self, state: State) -> None:
        """Take note of the player's state, once in each run of the page."""
        began = any(state) and not any(self.state)
        if began:
            self._since = self.clock()
            if self.playing is None:  # the person's own Start
                self.trouble, self._tries, self._first = "", 0, self.clock()
        if not any(state):
            if self._since is not None and self.playing is None and self._is_silent:
                self.trouble = ENDED  # not by the person: the browser gave up a connection that was dead
            self._since = None
        if self.playing is True and any(state):
            self.playing = None
        self.state = state

    def start_over(self) -> None:
        """The person asks for another try: it is as good as the first."""
        self._tries, self._first = 0, self.clock()
        self.retry()
        self.draw_anew()

    def retry(self) -> None:
        """Stop, and start again."""
        self.trouble = ""
        self._starts_again = True
        self._tell(False)

    def refuse(self) -> None:
        """There was no seat: the camera goes off again."""
        self.no_seat = True
        self._starts_again = False
        self._tell(False)

    def draw_anew(self) -> None:
        """Have the page drawn as a whole: what has changed is told by several of its parts."""
        self._redraw = True

    def has_to_be_drawn_anew(self) -> bool:
        """Whether it has, and nobody has asked yet."""
        redraw, self._redraw = self._redraw, False
        return redraw

    def look_after(self) -> bool:
        """See to it that video comes, once a second; True if the page has to be drawn again."""
        now = self.clock()
        if self.has_to_be_drawn_anew():
            return True
        if self.playing is False and now - self._told_at > STOPPING and not any(self.state):
            self._tell(True if self._starts_again else None)
            self._starts_again = False
            return True
        if self.playing is True and now - self._told_at > 2 * STOPPING:
            self._tell(None)  # a player told to start for long would ask a person who says no without end
            return True
        if self._since is None or self.playing is not None:
            return False
        return self._watch(now)

    @property
    def _is_silent(self) -> bool:
        last = self.video.last_arrival
        return last is not None and self.clock() - last > LOST

    def _watch(self, now: float) -> bool:
        last, since = self.video.last_arrival, self._since
        assert since is not None
        if last is None or last < since:
            if self._tries == 0 and now - since > FIRST_TRY:
                self._tries = 1
                self.retry()
                return True
            if now - self._first > CONNECTING:
                self.trouble = NOT_CONNECTED  # told in time; the second try goes on until its own time is up
            return now - since > CONNECTING and self._give_up(NOT_CONNECTED)
        if now - last > SILENT:
            return self._give_up(NO_FRAMES if self.video.is_connected else ENDED)
        self._tries, self.trouble = 0, ""
        return False

    def _give_up(self, trouble: str) -> bool:
        self.trouble = trouble
        self._starts_again = False
        self._tell(False)
        return True

    def _tell(self, playing: bool | None) -> None:
        self.playing, self._told_at = playing, self.clock()


def frame_to_try_on(room: Room) -> Photo:
    """The picture that effects are tried on: what the camera sees, or the sample while it sees nothing."""
    frame = room.last_frame()
    return picture_to_try_on(None) if frame is None else Photo(frame)
