"""Live when things are not as they should be, in a real browser: each trouble has its own words."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from benchmarks.soak import held, is_near, settled
from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, Launch, server
from tests.browser.glass import (
    BAR_CAMERA,
    asked,
    live_tracks,
    measure,
    person,
    player,
    start,
    stop,
    wait_for_video,
    wait_until_off,
)
from tests.tools import TOOLS

BUSY = """
if (navigator.mediaDevices) navigator.mediaDevices.getUserMedia = async () => {
  throw new DOMException("Could not start video source", "NotReadableError");
};
"""
NO_OFFER = """
RTCPeerConnection.prototype.createOffer = async () => { throw new DOMException("no such codec", "OperationError"); };
"""
NO_PEERS = "delete window.RTCPeerConnection; delete window.webkitRTCPeerConnection;"
NO_DEVICES = "Object.defineProperty(Navigator.prototype, 'mediaDevices', { get: () => undefined });"


@pytest.fixture(scope="module")
def live() -> Iterator[str]:
    with server(EMULSION_LIVE_SEATS="50") as started:
        yield started.address + "/live"


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible(timeout=30_000)


def test_a_refused_camera_has_its_words_and_no_others(launch: Launch, live: str) -> None:
    with launch(*FAKE_CAMERA) as browser, person(browser, live) as page:
        start(page)
        says(page, "The camera was refused.")
        assert live_tracks(page) == 0
        raw = player(page).get_by_text("NotAllowedError")
        raw.wait_for(state="attached")  # what the player says in the browser's words is there, and not to be seen
        expect(raw).to_be_hidden()
        expect(player(page).get_by_role("alert")).to_have_count(0)


def test_a_video_that_cannot_begin_has_words_whatever_the_reason(browser: Browser, live: str) -> None:
    with person(browser, live, NO_OFFER) as page:
        start(page)
        says(page, "The camera could not be started.")
        expect(player(page).get_by_text("no such codec")).to_be_hidden()


def test_a_missing_camera_has_its_words(launch: Launch, live: str) -> None:
    with launch(ALLOW_CAMERA) as browser, person(browser, live) as page:
        start(page)
        says(page, "No camera was found")


def test_a_busy_camera_has_its_words(browser: Browser, live: str) -> None:
    """The error is made by hand: nothing in a headless Chromium can hold its fake camera."""
    with person(browser, live, BUSY) as page:
        start(page)
        says(page, "The camera is busy")


def test_an_insecure_address_has_its_words(launch: Launch, live: str) -> None:
    with launch("--host-resolver-rules=MAP emulsion.test 127.0.0.1", *FAKE_CAMERA, ALLOW_CAMERA) as browser:  # noqa: SIM117
        with person(browser, live.replace("127.0.0.1", "emulsion.test")) as page:
            says(page, "Browsers give the camera only to secure pages.")
            expect(page.get_by_text("No relay (TURN server) is set up")).to_be_visible()


def test_a_browser_without_cameras_has_its_words(browser: Browser, live: str) -> None:
    with person(browser, live, NO_DEVICES) as page:
        says(page, "This browser gives pages no camera.")
        expect(page.locator(".st-key-live iframe")).to_have_count(0)


def test_a_browser_without_live_connections_is_told_so_and_where_to_go(browser: Browser, live: str) -> None:
    with person(browser, live, NO_PEERS) as page:
        says(page, "This browser has no live connections (WebRTC)")
        expect(page.locator(".st-key-live iframe")).to_have_count(0)  # no Start that would do nothing
        page.get_by_role("link", name="Open Snapshot").click()
        expect(page.get_by_role("heading", name="Snapshot")).to_be_visible()
        assert page.get_by_test_id("stException").count() == 0


def test_the_second_person_waits_for_the_only_seat(browser: Browser) -> None:
    with server(EMULSION_LIVE_SEATS="1") as started:
        address = started.address + "/live"
        with person(browser, address) as first, person(browser, address) as second:
            player(second)  # both had the page open before the seat was taken
            start(first)
            wait_for_video(first)
            start(second)
            expect(second.get_by_text("All live places on this server are taken")).to_be_visible(timeout=20_000)
            expect(second.get_by_role("link", name="Open Snapshot")).to_be_visible()
            wait_until_off(second, 3)
            stop(first)
            expect(second.get_by_text("All live places on this server are taken")).to_be_hidden(timeout=20_000)
            start(second)
            wait_for_video(second)
            stop(second)


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="threads and sockets are counted in /proc")
def test_a_closed_tab_frees_its_threads_and_sockets(browser: Browser) -> None:
    with server() as started:
        address = started.address + "/live"
        with person(browser, address) as page:  # what is loaded and pooled on first use stays
            start(page)
            wait_for_video(page)
            stop(page)
        before = settled(started.process)
        with person(browser, address) as page:
            start(page)
            wait_for_video(page)
            during = held(started.process)
            assert during.ports > 0  # its threads may be those that the first video left to the pool
        after = settled(started.process, before)
        assert is_near(after, before), f"{after}; before {before}, during {during}"


@contextmanager
def relay() -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """A TURN server on loopback: the setting that names it, and its process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    word = secrets.token_hex(8)
    program = TOOLS["turnserver"].find()
    assert program, "The test needs coturn's turnserver; run: make tools"
    command = [
        program,
        "-n",
        "--no-cli",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        f"--listening-port={port}",
        "--fingerprint",
        "--lt-cred-mech",
        f"--user=live:{word}",
        "--realm=emulsion",
        "--allow-loopback-peers",
        "--no-multicast-peers",
        "--no-tls",
        "--no-dtls",
        "--log-file=stdout",
        "--pidfile=/dev/null",
        "--no-software-attribute",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        time.sleep(1)
        assert process.poll() is None, "coturn ended while starting"
        server_ = {"urls": [f"turn:127.0.0.1:{port}?transport=udp"], "username": "live", "credential": word}
        yield json.dumps([server_]), process
    finally:
        process.terminate()
        process.wait(10)


def test_video_really_goes_through_a_relay(browser: Browser) -> None:
    with relay() as (servers, program):  # noqa: SIM117
        with (
            server(EMULSION_ICE_SERVERS=servers, EMULSION_ICE_POLICY="relay") as started,
            person(browser, started.address + "/live", BAR_CAMERA) as page,
        ):
            start(page)
            wait_for_video(page, 60)
            seen = measure(page, 3)
            kind = page.evaluate("""async () => {
              const stats = [...(await ledger.peers.at(-1).getStats()).values()];
              const pair = stats.find((item) => item.type === "candidate-pair" && item.nominated && item.bytesReceived);
              return stats.find((item) => item.id === pair.localCandidateId).candidateType;
            }""")
            assert kind == "relay"
            assert seen.fps > 3
            assert asked(page) == 1
            program.kill()  # the network of the video is gone, the page's is not
            said = page.get_by_text("has stopped").or_(page.get_by_text("The live connection was lost"))
            expect(said).to_be_visible(timeout=40_000)
            expect(page.get_by_role("link", name="Open Snapshot")).to_be_visible()
            expect(page.locator(".st-key-retry button")).to_be_enabled()
            wait_until_off(page, 10)
