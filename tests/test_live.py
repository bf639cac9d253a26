"""The Live page without a browser: the streamer is a stub that says what a browser would."""

from __future__ import annotations

import time
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest
from streamlit_webrtc.component import WebRtcStreamerState

from effects import EFFECTS, Pipeline
from effects.image import Image
from pages.components.live import player
from pages.components.live.colour import frame, picture
from pages.components.live.room import NO_SEAT, Room
from pages.components.live.seats import Seats
from pages.components.live.tray import jpeg
from pages.components.live.try_on import pages
from pages.components.live.video import LiveVideo
from pages.components.save.piece import Piece
from tests.live_stub import Answers, Browser, Context, no_camera, shown
from tests.pictures import pixels_of
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

NAVIGATION = Path(__file__).parent.parent / "pages" / "shell" / "navigation.py"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return no_camera(monkeypatch)


def live(**query: str) -> AppTest:
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60)
    app.query_params.update(query)
    return app.switch_page("../live.py").run()


def room(app: AppTest) -> Room:
    held: Room = app.session_state["room"]
    return held


def even(level: int, height: int = 48, width: int = 64) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def test_the_page_opens_and_asks_the_player_for_nothing(browser: Browser) -> None:
    app = live()
    assert not unforeseen(app)
    assert app.title[0].value == "Live"
    assert browser.playing is None
    assert app.button(key="take_photo").disabled
    assert app.button(key="record").disabled


def test_the_stack_reaches_the_video_and_every_change_of_it_too(browser: Browser) -> None:
    app = live(recipe=Pipeline((EFFECTS["invert"].step(),)).to_link())
    video = browser.video
    answers = shown(video, even(40))
    assert np.abs(picture(answers.frames[0]).astype(int) - 215).max() <= 2
    app.button(key="undo").click().run()
    answers = shown(video, even(40))
    assert np.abs(picture(answers.frames[0]).astype(int) - 40).max() <= 2
    video.end(answers)


def test_the_front_camera_is_mirrored_and_the_switch_turns_it(browser: Browser) -> None:
    app = live()
    half = even(0)
    half[:, 32:] = 255
    answers = shown(browser.video, half)
    assert picture(answers.frames[0])[24, 8, 0] > 200
    app.toggle(key="mirror").set_value(False).run()
    answers = shown(browser.video, half)
    assert picture(answers.frames[0])[24, 8, 0] < 50
    browser.video.end(answers)


def test_an_effect_that_fails_is_told_and_the_video_goes_on_untouched(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = live(recipe=Pipeline((EFFECTS["pixelate"].step(),)).to_link())
    video = browser.video

    def fail(*_: object) -> None:
        raise ValueError("pixelate: no blocks today")

    monkeypatch.setattr(type(video.stream), "__call__", fail)
    answers = shown(video, even(40), even(60))
    app.run()
    levels = np.array([picture(item).mean() for item in answers.frames])
    assert np.abs(levels - (40, 60)).max() <= 2
    assert "no blocks today" in app.warning[0].value
    monkeypatch.undo()
    video.end(answers)


def photographed(app: AppTest, video: LiveVideo) -> tuple[Answers, Piece]:
    """A photo of an even grey of 41, and what the browser was answered meanwhile."""
    answers = shown(video, even(40))
    app.run()
    app.button(key="take_photo").click().run()
    video.receive(frame(even(41)))
    deadline = time.monotonic() + 20
    while video.shutter.is_busy and time.monotonic() < deadline:
        time.sleep(0.01)
    app.run()
    (piece,) = room(app).pieces
    return answers, piece


def test_a_photo_goes_into_the_tray_and_from_there_to_snapshot(browser: Browser) -> None:
    app = live(recipe=Pipeline((EFFECTS["invert"].step(),)).to_link())
    video = browser.video
    answers, piece = photographed(app, video)
    assert not app.download_button(key=f"keep-{piece.key}").disabled
    app.session_state["source"] = "Sample"
    app.button(key=f"edit-{piece.key}").click().run()
    assert app.segmented_control(key="source").value == "Upload"
    bench = app.session_state["workbench"]
    assert (bench.photo.width, bench.photo.height) == (64, 48)
    assert abs(float(bench.photo.preview.image.mean()) - 41) <= 1
    assert [card.title for card in bench.stack] == ["Invert"]
    video.end(answers)


def test_a_photo_of_an_effect_shown_alone_is_what_the_screen_shows(browser: Browser) -> None:
    app = live(recipe=Pipeline((EFFECTS["invert"].step(), EFFECTS["sepia"].step())).to_link())
    card = app.session_state["workbench"].stack[0].id
    app.menu_button(key=f"{card}-menu").click("Solo").run()
    assert "shown alone" in app.toggle(key=f"{card}-on").label
    video = browser.video
    answers, piece = photographed(app, video)
    assert np.abs(pixels_of(piece.data).astype(int) - 214).max() <= 3
    video.end(answers)


def test_what_was_recorded_goes_into_the_tray(browser: Browser) -> None:
    app = live()
    video = browser.video
    answers = shown(video, even(40))
    app.run()
    app.button(key="record").click().run()
    for number in range(10):
        sent = frame(even(40 + number))
        sent.pts, sent.time_base = 9000 + number * 3000, Fraction(1, 90_000)
        video.receive(sent)
        time.sleep(0.03)
    app.button(key="record").click().run()
    assert video.recorder is None or video.recorder.wait(20)
    app.run()
    (piece,) = room(app).pieces
    assert piece.mime == "video/mp4"
    assert piece.data[4:8] == b"ftyp"
    video.end(answers)


def test_who_finds_no_seat_is_told_and_gets_in_when_one_is_free(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    seats = Seats(1)
    monkeypatch.setattr(player, "SEATS", seats)
    seats.take("connection", "somebody")
    app = live()
    assert app.info[0].value == NO_SEAT
    assert not browser.told
    seats.leave("connection")
    app.run()
    assert not app.info
    assert browser.told


def test_who_loses_the_race_for_a_seat_has_the_camera_turned_off(browser: Browser) -> None:
    app = live()
    browser.refused = True
    app.run()
    assert room(app).playing is False
    assert app.info[0].value == NO_SEAT


def test_a_connection_that_does_not_come_is_told_with_a_way_on(browser: Browser) -> None:
    app = live()
    browser.state = WebRtcStreamerState(playing=False, signalling=True)
    app.run()
    held = room(app)
    held._tries, held._since = 1, time.monotonic() - 11
    app.run()
    assert "did not connect" in app.error[0].value
    assert browser.playing is False
    browser.state = WebRtcStreamerState(playing=False, signalling=False)
    time.sleep(1)  # a press that comes together with the next look is not lost
    app.button(key="retry").click().run()
    time.sleep(1)
    app.run()
    assert browser.playing is True


def test_more_size_is_a_wish_and_starts_a_running_video_anew(browser: Browser) -> None:
    app = live()
    assert browser.wishes["width"] == {"ideal": 640}
    browser.state = WebRtcStreamerState(playing=True, signalling=True)
    app.run()
    app.segmented_control(key="size").set_value("720p").run()
    assert browser.wishes["width"] == {"ideal": 1280}
    assert browser.playing is False
    app.segmented_control(key="facing").set_value("Back camera").run()
    assert browser.wishes["facingMode"] == {"ideal": "environment"}
    assert not any(told["media_stream_constraints"]["audio"] for told in browser.told)


def test_the_relay_may_stand_in_the_secrets(browser: Browser) -> None:
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60)
    app.secrets["EMULSION_ICE_SERVERS"] = '[{"urls": "turn:turn.example", "username": "u", "credential": "c"}]'
    app.switch_page("../live.py").run()
    (relay,) = [server for server in browser.told[-1]["rtc_configuration"]["iceServers"] if "username" in server]
    assert (relay["urls"], relay["username"], relay["credential"]) == ("turn:turn.example", "u", "c")


def test_a_phone_that_falls_silent_is_hung_up(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.components.live.video.SILENCE", 0.1)
    live()
    answers = shown(browser.video, even(1))
    deadline = time.monotonic() + 10
    while not answers.hung_up and time.monotonic() < deadline:
        time.sleep(0.02)
    assert answers.hung_up


def test_the_readout_calls_effects_as_their_cards_do(browser: Browser) -> None:
    app = live(recipe=Pipeline((EFFECTS["edges_canny"].step(),)).to_link())
    shown(browser.video, even(90))
    app.run()
    (readout,) = [item.value for item in app.caption if " fps " in item.value]
    assert "Ink outlines" in readout
    assert "edges_canny" not in readout


def test_one_opens_nine_tiles_turns_their_pages_and_closes_them(browser: Browser) -> None:
    app = live()
    app.button(key="try_on").click().run()
    for key, place in (("nine_more", 2), ("nine_before", 1), ("nine_before", pages())):
        app.button(key=key).click().run()
        assert f"{place} of {pages()}" in [item.value for item in app.caption]
    app.button(key="try_on").click().run()
    assert not [item for item in app.button if item.key == "nine_more"]
    assert not unforeseen(app)


def test_what_is_removed_is_gone_from_the_tray(browser: Browser) -> None:
    app = live()
    held = room(app)
    held.pieces[:] = [jpeg(even(level), "photo") for level in (9, 90)]
    app.run()
    gone, stays = held.pieces
    app.button(key=f"drop-{gone.key}").click().run()
    assert held.pieces == [stays]
    assert [item.key for item in app.download_button if "keep-" in str(item.key)] == [f"keep-{stays.key}"]


def context(app: AppTest, facing: str) -> Context:
    """What streamlit-webrtc keeps of a player."""
    found: Context = app.session_state[f"live-{facing}"]
    return found


def test_a_run_broken_off_before_the_player_does_not_end_its_video(browser: Browser) -> None:
    """streamlit-webrtc clears a player that one run of the page did not come to, by counting runs."""
    app = live()
    connected = context(app, "user")
    connected._sdp_answer_json = "the answer to this browser"
    browser.runs += 2  # one of them was broken off
    app.run()
    assert context(app, "user") is connected
    assert connected._sdp_answer_json == "the answer to this browser"


def test_a_player_that_was_left_for_the_other_camera_is_cleared_as_ever(browser: Browser) -> None:
    app = live()
    context(app, "user")._sdp_answer_json = "the answer to this browser"
    for facing in ("Back camera", "Back camera", "Front camera"):
        browser.runs += 1
        app.segmented_control(key="facing").set_value(facing).run()
    assert context(app, "user")._sdp_answer_json is None
