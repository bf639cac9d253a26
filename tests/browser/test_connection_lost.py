"""A server or network that goes away, in a real browser: it is told on every page, with a way on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Launch, Visit, server, wait_for
from tests.browser.glass import person, start, stop, wait_for_video, wait_until_off

LOST = "The connection to the server was lost."


def says(page: Page, words: str) -> None:
    expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()


def test_a_server_that_is_gone_is_told_on_live_and_elsewhere_and_so_is_its_return(browser: Browser) -> None:
    with server() as started, person(browser, started.address + "/live") as live:  # noqa: SIM117
        with person(browser, started.address + "/catalogue") as other:
            start(live)
            wait_for_video(live)
            os.kill(started.process, signal.SIGKILL)
            for page in (live, other):
                says(page, LOST)
                expect(page.get_by_role("button", name="Reload")).to_be_visible()
            live.wait_for_timeout(3000)
            for page in (live, other):
                expect(page.get_by_role("dialog")).to_have_count(0)  # Streamlit's own, of the same
            says(live, "press Start once the connection is back")
            wait_until_off(live, 20)
            port = started.address.rsplit(":", 1)[1]
            command = [
                sys.executable,
                "-m",
                "streamlit",
                "run",
                "app.py",
                f"--server.port={port}",
                "--server.address=127.0.0.1",
                "--server.headless=true",
            ]
            environment = {"EMULSION_LIVE_WAY": "server", **os.environ}
            successor = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL)
            try:
                wait_for(started.address + "/healthz", successor)
                says(live, "The connection is back. Press Start")
                expect(other.get_by_role("alert").filter(has_text=LOST)).to_be_hidden()
                start(live)
                wait_for_video(live)
                expect(live.get_by_role("alert").filter(has_text="The connection is back")).to_be_hidden()
                stop(live)
            finally:
                successor.terminate()
                successor.wait(30)


def test_a_device_without_network_is_told_so_until_there_is_one(launch: Launch, address: str) -> None:
    with launch("--host-resolver-rules=MAP emulsion.test 127.0.0.1") as browser:  # noqa: SIM117
        with person(browser, address.replace("127.0.0.1", "emulsion.test") + "/catalogue") as page:
            page.context.set_offline(True)
            says(page, "This device is offline.")
            page.context.set_offline(False)
            expect(page.get_by_role("alert").filter(has_text="This device is offline.")).to_be_hidden()


def test_while_all_is_well_nothing_is_told_and_no_room_is_taken(visit: Visit) -> None:
    page = visit("/catalogue")
    page.wait_for_timeout(2500)
    assert [alert for alert in page.get_by_role("alert").all_inner_texts() if alert.strip()] == []
    waits = page.locator(".st-key-connection").bounding_box()
    title = page.get_by_role("heading", name="Catalogue").bounding_box()
    assert waits is not None
    assert title is not None
    assert title["y"] < 110, "the title stands where it stood without it"
