"""Live's care: seats, and what is done about video that does not come."""

from __future__ import annotations

import pytest

from pages.components.live.room import CONNECTING, ENDED, FIRST_TRY, NO_FRAMES, NOT_CONNECTED, SILENT, Room
from pages.components.live.seats import NoSeatError, Seats
from pages.components.live.streamer import State
from pages.components.live.video import LiveVideo

# Seats


def test_a_seat_is_there_for_the_next_once_it_is_left() -> None:
    seats = Seats(2)
    seats.take("first", "ann")
    seats.take("second", "ben")
    with pytest.raises(NoSeatError):
        seats.take("third", "eve")
    assert not seats.has_room_for("eve")
    seats.leave("first")
    seats.leave("first")
    seats.take("third", "eve")
    assert not seats.has_room_for("ann")


def test_who_connects_anew_keeps_the_seat_while_the_old_connection_closes() -> None:
    seats = Seats(1)
    seats.take("old", "ann")
    assert seats.has_room_for("ann")
    seats.take("new", "ann")
    seats.leave("old")
    assert not seats.has_room_for("eve")
    seats.leave("new")
    assert seats.has_room_for("eve")


# Video that does not come


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def waiting_room() -> tuple[Room, Clock]:
    clock = Clock()
    room = Room(LiveVideo(), clock=clock)
    room.notice(State(playing=False, signalling=True))
    return room, clock


def test_a_start_without_video_is_tried_again_unasked() -> None:
    room, clock = waiting_room()
    clock.now += FIRST_TRY + 0.1
    assert room.look_after()
    assert (room.playing, room.trouble) == (False, "")
    room.notice(State(playing=False, signalling=False))
    clock.now += 1
    assert room.look_after()
    assert room.playing is True
    room.notice(State(playing=False, signalling=True))
    assert room.playing is None


def test_the_second_start_without_video_is_told_and_the_camera_goes_off() -> None:
    room, clock = waiting_room()
    room._tries = 1
    clock.now += CONNECTING - 0.5
    assert not room.look_after()
    clock.now += 1
    assert room.look_after()
    assert (room.playing, room.trouble) == (False, NOT_CONNECTED)
    room.notice(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    assert room.playing is None


def test_a_second_try_is_told_ten_seconds_after_start_and_goes_on() -> None:
    room, clock = waiting_room()
    clock.now += FIRST_TRY + 0.1
    room.look_after()
    room.notice(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    room.notice(State(playing=False, signalling=True))
    clock.now += CONNECTING - FIRST_TRY
    assert not room.look_after()
    assert (room.playing, room.trouble) == (None, NOT_CONNECTED)
    room.video.last_arrival = clock.now
    room.look_after()
    assert room.trouble == ""


def test_a_silent_camera_is_told_after_five_seconds() -> None:
    room, clock = waiting_room()
    room.video._outcome = object()  # type: ignore[assignment]  # connected
    room.video.last_arrival = clock.now + 1
    clock.now += SILENT
    assert not room.look_after()
    clock.now += 1.5
    assert room.look_after()
    assert (room.playing, room.trouble) == (False, NO_FRAMES)


def test_a_connection_that_died_is_told_and_a_stop_is_not() -> None:
    room, clock = waiting_room()
    room.video.last_arrival = clock.now + 1
    clock.now += 1.5
    room.notice(State(playing=False, signalling=False))
    assert room.trouble == ""
    room.notice(State(playing=True, signalling=False))
    clock.now += 4
    room.notice(State(playing=False, signalling=False))
    assert room.trouble == ENDED


def test_who_left_the_page_is_not_told_of_a_lost_connection() -> None:
    room, clock = waiting_room()
    room.visit(1)
    room.notice(State(playing=True, signalling=False))
    room.video.last_arrival = clock.now
    clock.now += 60
    room.visit(3)  # another page was the second
    room.notice(State(playing=False, signalling=False))
    assert (room.trouble, room.is_on) == ("", False)


def test_a_player_is_not_told_to_start_for_long() -> None:
    """A person who says no to the camera would be asked again without end."""
    room, clock = waiting_room()
    room.retry()
    room.notice(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    assert room.playing is True
    clock.now += 2
    assert room.look_after()
    assert room.playing is None


def test_who_finds_no_seat_is_not_started_again() -> None:
    room, clock = waiting_room()
    room.refuse()
    room.notice(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    assert (room.playing, room.no_seat) == (None, True)
