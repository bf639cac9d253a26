"""Live's way to the server, in a real browser: by the only seat there is, and through a relay."""

from __future__ import annotations

import json
import secrets
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect

from tests.browser.conftest import server
from tests.browser.glass import (
    BAR_CAMERA,
    asked,
    measure,
    person,
    player,
    start,
    stop,
    wait_for_video,
    wait_until_off,
)
from tests.browser.hands import quiet
from tests.tools import TOOLS


def test_the_second_person_waits_for_the_only_seat(browser: Browser) -> None:
    with server(EMULSION_LIVE_SEATS="1") as started:
        address = started.address + "/live"
        with person(browser, address) as first, person(browser, address) as second:
            player(second)  # both had the page open, and nothing more to come, before the seat was taken
            quiet(first)
            quiet(second)
            start(first)
            wait_for_video(first)
            start(second)
            expect(second.get_by_text("All live places on this server are taken")).to_be_visible(timeout=20_000)
            expect(second.get_by_role("link", name="Open Snapshot")).to_be_visible()
            wait_until_off(second, 6)
            stop(first)
            expect(second.get_by_text("All live places on this server are taken")).to_be_hidden(timeout=20_000)
            start(second)
            wait_for_video(second)
            stop(second)


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
