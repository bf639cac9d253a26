"""Live's care: seats, servers that lend a relay, and what is done about video that does not come."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from pages.components.live import ice as servers
from pages.components.live.ice import Borrowed, ice
from pages.components.live.room import CONNECTING, ENDED, FIRST_TRY, NO_FRAMES, NOT_CONNECTED, SILENT, Room
from pages.components.live.seats import NoSeatError, Seats, from_environment
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


def test_the_environment_says_how_many_seats(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EMULSION_LIVE_SEATS", "7")
    assert from_environment().number == 7
    monkeypatch.setenv("EMULSION_LIVE_SEATS", "many")
    with pytest.raises(ValueError, match="EMULSION_LIVE_SEATS is 'many'; it has to be a whole number"):
        from_environment()


# Servers


def test_on_this_machine_no_server_is_asked() -> None:
    assert ice("localhost", {}).servers == ice("127.0.0.1", {}).servers == ()


def test_elsewhere_without_a_relay_it_says_so() -> None:
    found = ice("emulsion.example", {})
    assert not found.relays
    assert found.servers


def test_fixed_servers_go_to_both_sides_as_they_are() -> None:
    given = [{"urls": "turn:turn.example:3478?transport=udp", "username": "u", "credential": "c"}]
    found = ice("emulsion.example", {"EMULSION_ICE_SERVERS": json.dumps(given), "EMULSION_ICE_POLICY": "relay"})
    assert found.configuration == {"iceServers": given, "iceTransportPolicy": "relay"}
    assert found.relays


@pytest.mark.parametrize("text", ["turn:host", "{}", "[1]", '[{"url": "turn:a"}]', '[{"urls": "http://a"}]'])
def test_servers_that_are_none_are_told(text: str) -> None:
    found = ice("emulsion.example", {"EMULSION_ICE_SERVERS": text})
    assert found.trouble.startswith("EMULSION_ICE_SERVERS cannot be used:")
    assert len(found.trouble) < 400


def test_half_a_key_is_told() -> None:
    assert "belong together" in ice("emulsion.example", {"TWILIO_ACCOUNT_SID": "AC1"}).trouble


@pytest.fixture
def twilio(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """A provider on this machine, in Twilio's words; the list holds what it was asked."""
    asked: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            asked.append(f"{self.path} {body} {self.headers['Authorization']}")
            self.send_response(201 if "good" in self.path else 401)
            self.end_headers()
            server = {"url": "turn:t", "urls": "turn:t.example:3478", "username": f"u{len(asked)}", "credential": "c"}
            self.wfile.write(json.dumps({"ice_servers": [server]}).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        monkeypatch.setattr(servers, "TWILIO", f"http://127.0.0.1:{server.server_port}")
        yield asked
        server.shutdown()


def test_a_provider_lends_credentials(twilio: list[str]) -> None:
    found = ice("emulsion.example", {"TWILIO_ACCOUNT_SID": "good", "TWILIO_AUTH_TOKEN": "secret"})
    assert found.servers == ({"urls": "turn:t.example:3478", "username": "u1", "credential": "c"},)
    assert "/Accounts/good/Tokens.json Ttl=3600 Basic Z29vZDpzZWNyZXQ=" in twilio[0]
    ice("emulsion.example", {"TWILIO_ACCOUNT_SID": "good", "TWILIO_AUTH_TOKEN": "secret"})
    assert len(twilio) == 1


def test_a_provider_that_refuses_leaves_live_without_a_relay_and_says_so(twilio: list[str]) -> None:
    found = ice("emulsion.example", {"TWILIO_ACCOUNT_SID": "bad", "TWILIO_AUTH_TOKEN": "secret"})
    assert "gave no credentials" in found.trouble
    assert "secret" not in found.trouble
    assert not found.relays


def test_credentials_are_fetched_anew_before_they_expire() -> None:
    now, fetched = [0.0], []

    def fetch() -> list[servers.Server]:
        fetched.append(now[0])
        if now[0] > 6000:
            raise ValueError("gone")
        return [{"urls": f"turn:{now[0]}"}]

    borrowed = Borrowed(fetch, lambda: now[0])
    for minute in range(60):
        now[0] = minute * 60.0
        (server,) = borrowed.servers()
        assert now[0] - float(server["urls"][5:]) <= 1860  # half an hour at least is left of an hour
    assert len(fetched) == 2
    now[0] = 3 * 3600.0
    assert borrowed.servers() == ()


# Video that does not come


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def waiting_room() -> tuple[Room, Clock]:
    clock = Clock()
    room = Room(LiveVideo(), clock=clock)
    room.noticed(State(playing=False, signalling=True))
    return room, clock


def test_a_start_without_video_is_tried_again_unasked() -> None:
    room, clock = waiting_room()
    clock.now += FIRST_TRY + 0.1
    assert room.look_after()
    assert (room.playing, room.trouble) == (False, "")
    room.noticed(State(playing=False, signalling=False))
    clock.now += 1
    assert room.look_after()
    assert room.playing is True
    room.noticed(State(playing=False, signalling=True))
    assert room.playing is None


def test_the_second_start_without_video_is_told_and_the_camera_goes_off() -> None:
    room, clock = waiting_room()
    room._tries = 1
    clock.now += CONNECTING - 0.5
    assert not room.look_after()
    clock.now += 1
    assert room.look_after()
    assert (room.playing, room.trouble) == (False, NOT_CONNECTED)
    room.noticed(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    assert room.playing is None


def test_a_second_try_is_told_ten_seconds_after_start_and_goes_on() -> None:
    room, clock = waiting_room()
    clock.now += FIRST_TRY + 0.1
    room.look_after()
    room.noticed(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    room.noticed(State(playing=False, signalling=True))
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
    room.noticed(State(playing=False, signalling=False))
    assert room.trouble == ""
    room.noticed(State(playing=True, signalling=False))
    clock.now += 4
    room.noticed(State(playing=False, signalling=False))
    assert room.trouble == ENDED


def test_a_player_is_not_told_to_start_for_long() -> None:
    """A person who says no to the camera would be asked again without end."""
    room, clock = waiting_room()
    room.retry()
    room.noticed(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    assert room.playing is True
    clock.now += 2
    assert room.look_after()
    assert room.playing is None


def test_who_finds_no_seat_is_not_started_again() -> None:
    room, clock = waiting_room()
    room.refuse()
    room.noticed(State(playing=False, signalling=False))
    clock.now += 1
    room.look_after()
    assert (room.playing, room.no_seat) == (None, True)
