"""What is borrowed from streamlit-webrtc and aiortc is there as it was, and Live goes on, or says so, without it."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import Any

import pytest
from aiortc import RTCPeerConnection, RTCRtpReceiver
from aiortc.codecs import vpx
from streamlit.testing.v1 import AppTest
from streamlit_webrtc import WebRtcWorker, component

from pages.borrowed import webrtc as borrowed
from pages.components.live import connection, way
from pages.components.live.backlog import Backlog, keep_short
from pages.components.live.connection import LiveWorker, NoVideoError
from pages.components.live.player import NO_VIDEO
from pages.components.settings import AppSettings
from tests.upgrades import Without, forget, losses, take_away

WHERE = "pages/borrowed/webrtc.py, {}: this {}"
NAVIGATION = Path(__file__).parent.parent / "pages" / "shell" / "navigation.py"


@pytest.fixture(autouse=True)
def _as_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is exchanged in both packages is put back."""
    for module, names in (
        (component, ("WebRtcWorker", "_restore_snapshot_if_needed")),
        (vpx, ("DEFAULT_BITRATE", "MAX_BITRATE")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(component, "WebRtcWorker", WebRtcWorker)
    forget()


def player() -> component.WebRtcStreamerContext[Any, Any]:
    return component.WebRtcStreamerContext(None, component.WebRtcStreamerState(playing=False, signalling=False))


# streamlit-webrtc


def test_streamlit_webrtc_makes_workers_of_the_kind_given() -> None:
    source = inspect.getsource(component)
    assert "else WebRtcWorker(" in source, WHERE.format("make_workers_of", "streamlit-webrtc makes workers elsewhere")
    given = set(inspect.signature(WebRtcWorker).parameters)
    assert given >= borrowed.NEEDED, WHERE.format("NEEDED", "streamlit-webrtc gives its workers something else")
    connection.install()
    assert vars(component)["WebRtcWorker"] is LiveWorker


@pytest.mark.slow
def test_without_its_worker_live_says_so_and_the_app_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.delattr(component, "WebRtcWorker")
    monkeypatch.setattr(way, "SETTINGS", AppSettings(live_way="server"))
    with pytest.raises(NoVideoError):
        connection.install()
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60).switch_page("../live.py").run()
    assert not app.exception
    assert [error.value for error in app.error] == [NO_VIDEO]
    assert app.title[0].value == "Live"
    assert len(losses(caplog)) == 1


@pytest.mark.parametrize("name", sorted(borrowed.NEEDED))
def test_a_worker_that_wants_something_else_is_not_made(name: str, caplog: pytest.LogCaptureFixture) -> None:
    class Theirs:
        def __init__(self, **given: object) -> None:
            del given

    parameters = [inspect.Parameter(each, inspect.Parameter.KEYWORD_ONLY) for each in borrowed.NEEDED - {name}]
    Theirs.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    assert not borrowed.make_workers_of(type("Ours", (Theirs,), {}))
    assert "says so" in losses(caplog)[0]


def test_without_its_event_loop_no_worker_is_made(monkeypatch: pytest.MonkeyPatch) -> None:
    take_away(monkeypatch, borrowed, "get_global_event_loop")
    with pytest.raises(NoVideoError):
        connection.install()


def test_an_offer_that_came_before_anyone_listened_counts() -> None:
    source = inspect.getsource(component)
    assert "_restore_snapshot_if_needed(context," in source, WHERE.format("hear_the_first_offer", "hears it elsewhere")
    for _ in range(2):
        borrowed.hear_the_first_offer()
    context = player()
    last: Any = {"playing": False, "sdpOffer": "", "iceCandidates": {}}
    assert component._restore_snapshot_if_needed(context, last) == last
    assert not any(context.state)
    last["sdpOffer"] = {"sdp": "v=0", "type": "offer"}
    component._restore_snapshot_if_needed(context, last)
    assert tuple(context.state) == (False, True), WHERE.format("take_offer", "streamlit-webrtc keeps states elsewhere")


@pytest.mark.parametrize("name", ["_restore_snapshot_if_needed", "compile_state"])
def test_without_a_way_to_the_last_word_an_offer_waits_for_a_change(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    take_away(monkeypatch, borrowed, name)
    connection.install()
    context, offer = player(), {"playing": False, "sdpOffer": {"sdp": "v=0", "type": "offer"}, "iceCandidates": {}}
    assert component._restore_snapshot_if_needed(context, offer) == offer
    assert not any(context.state)
    assert len(losses(caplog)) == 1


def test_a_player_is_kept_from_being_taken_for_one_that_was_left(caplog: pytest.LogCaptureFixture) -> None:
    source = inspect.getsource(component)
    counted = "context._last_rendered_run_count is not None" in source
    assert counted, WHERE.format("keep_showing", "streamlit-webrtc counts a player's runs by another name")
    context = player()
    context._last_rendered_run_count = 7
    borrowed.keep_showing(context)
    assert context._last_rendered_run_count is None
    renamed = Without(context, "_last_rendered_run_count")
    borrowed.keep_showing(renamed)
    assert "_last_rendered_run_count" not in vars(renamed)
    assert "may be ended" in losses(caplog)[0]


# aiortc


def test_aiortc_begins_with_the_bandwidth_given(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    borrowed.begin_with_bandwidth(1_234_000, 2_345_000)
    encoder = vpx.Vp8Encoder()
    assert encoder.target_bitrate == 1_234_000, WHERE.format("begin_with_bandwidth", "aiortc begins otherwise")
    encoder.target_bitrate = 9_000_000
    assert encoder.target_bitrate == 2_345_000, WHERE.format("begin_with_bandwidth", "aiortc allows itself otherwise")
    assert not losses(caplog)
    monkeypatch.delattr(vpx, "MAX_BITRATE")
    connection.install()
    assert vars(component)["WebRtcWorker"] is LiveWorker
    assert len(losses(caplog)) == 1


def receiver(peer: RTCPeerConnection) -> RTCRtpReceiver:
    return peer.addTransceiver("video", direction="recvonly").receiver


def test_a_receivers_backlog_is_kept_short() -> None:
    async def run() -> None:
        peer = RTCPeerConnection()
        theirs = receiver(peer)
        keep_short(peer)
        source = inspect.getsource(RTCRtpReceiver)
        assert isinstance(vars(theirs).get(borrowed.QUEUE), Backlog), WHERE.format(
            "exchange_queue", "aiortc keeps frames that wait for the decoder under another name"
        )
        assert "self.__decoder_queue.put(" in source, WHERE.format("exchange_queue", "aiortc fills another queue")
        assert inspect.iscoroutinefunction(theirs._send_rtcp_pli), WHERE.format(
            "ask_for_key_frame", "aiortc asks for key frames in another way"
        )
        borrowed.ask_for_key_frame(theirs)  # nobody sends anything yet
        await peer.close()

    asyncio.run(run())


@pytest.mark.parametrize("name", [borrowed.QUEUE, "_send_rtcp_pli"])
def test_without_a_queue_to_exchange_or_a_way_to_ask_the_receiver_keeps_its_own(
    name: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def run() -> None:
        peer = RTCPeerConnection()
        theirs = receiver(peer)
        if name == borrowed.QUEUE:
            monkeypatch.setattr(borrowed, "QUEUE", "_RTCRtpReceiver__another_queue")
        else:
            monkeypatch.delattr(RTCRtpReceiver, name)
        before = vars(theirs)["_RTCRtpReceiver__decoder_queue"]
        keep_short(peer)
        assert vars(theirs)["_RTCRtpReceiver__decoder_queue"] is before
        await peer.close()

    asyncio.run(run())
    assert "old video" in losses(caplog)[0]


def test_a_question_that_does_not_get_through_is_logged(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Source:
        source = 7

    async def fail(self: RTCRtpReceiver, source: int) -> None:
        raise ConnectionError(f"{source} has hung up")

    async def run() -> None:
        peer = RTCPeerConnection()
        theirs = receiver(peer)
        monkeypatch.setattr(RTCRtpReceiver, "_send_rtcp_pli", fail)
        monkeypatch.setattr(theirs, "getSynchronizationSources", lambda: [Source])
        borrowed.ask_for_key_frame(theirs)
        await asyncio.sleep(0.01)
        await peer.close()

    asyncio.run(run())
    assert "7 has hung up" in caplog.text
