"""A real server and a real Chromium with a fake camera."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Error, Page, expect, sync_playwright

from tests.browser.persons import ONE_RENDERER, Person, Persons
from tests.browser.retries import again, pytest_sessionfinish, pytest_terminal_summary
from tests.tools import chromium

__all__ = ["again", "pytest_sessionfinish", "pytest_terminal_summary"]  # fixtures and hooks that pytest finds here

# A shared machine may be slow; what is slow for a person is measured by the benchmarks.
expect.set_options(timeout=20_000)

ROOT = Path(__file__).parent.parent.parent
FAKE_CAMERA = ["--use-fake-device-for-media-stream=fps=30"]
ALLOW_CAMERA = "--use-fake-ui-for-media-stream"
NO_GRAPHICS = "--disable-3d-apis"  # its software would take the machine from all; test_instant.py has one that draws
DENY_CAMERA = ALLOW_CAMERA + "=deny"


def pytest_addoption(parser: pytest.Parser) -> None:
    """What `make test-deep` asks for."""
    parser.addoption("--long", action="store_true", help="a whole minute of a person in a hurry, not 6 s")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest test comes first: one that begins last is waited for by everybody."""
    items.sort(key=lambda item: "test_live_soak" not in item.nodeid)


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, and which process it is."""

    address: str
    process: int


@contextmanager
def server(app: str = "app.py", log: IO[bytes] | None = None, **settings: str) -> Iterator[Server]:
    """A freshly started server on a port of the system's choosing, with settings in its environment.

    `log` takes what it writes. Live begins with the server's way, which needs more to be tested.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        app,
        f"--server.port={port}",
        "--server.address=127.0.0.1",
        "--server.headless=true",
    ]
    environment = {"EMULSION_LIVE_WAY": "server", **os.environ, **settings}
    # Where `rich` is installed, Streamlit tells errors on the standard output.
    output = log or subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=output, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address + "/healthz", process)
        yield Server(address, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the server answers, or has failed to start."""
    for _ in range(300):
        assert process.poll() is None, "the server ended while starting"
        try:
            with urlopen(address, timeout=1) as answer:
                assert answer.status == 200
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError("the server did not start within 30 s")


@pytest.fixture(scope="session")
def shared_server() -> Iterator[Server]:
    """The server most tests share."""
    with server() as started:
        yield started


@pytest.fixture(scope="session")
def address(shared_server: Server) -> str:
    """The shared server's address."""
    return shared_server.address


@pytest.fixture(scope="session")
def live() -> Iterator[str]:
    """The address of Live on a server with room for every test."""
    with server(EMULSION_LIVE_SEATS="50") as started:
        yield started.address + "/live"


@pytest.fixture
def fresh_address() -> Iterator[str]:
    """The address of a server nobody has visited yet."""
    with server() as started:
        yield started.address


Launch = Callable[..., Browser]


@pytest.fixture(scope="session")
def launch() -> Iterator[Launch]:
    """Start a Chromium with the given arguments: `launch("--flag")`."""
    with sync_playwright() as playwright:
        path = chromium()
        yield lambda *arguments: playwright.chromium.launch(executable_path=path, args=list(arguments))


@pytest.fixture(scope="session")
def browser(launch: Launch) -> Iterator[Browser]:
    """A Chromium whose fake camera is always allowed."""
    with launch(*FAKE_CAMERA, ALLOW_CAMERA, NO_GRAPHICS, ONE_RENDERER) as started:
        yield started


def violations(page: Page) -> list[str]:
    """What the browser did not do on this page, or in a frame of it, for the sake of the app's policy."""
    words: list[str] = []
    for frame in page.frames:
        with suppress(Error):  # it is being left
            words += frame.evaluate("window.violations ?? []")
    return words


Visit = Callable[..., Page]


@pytest.fixture(scope="session")
def persons(browser: Browser) -> Persons:
    """Who comes to the browser that most tests share."""
    return Persons(browser)


@pytest.fixture
def visit(persons: Persons, address: str) -> Iterator[Visit]:
    """Open a page as a new person: `visit("/catalogue")`, with a viewport or colour scheme where wanted."""
    here: list[Person] = []

    def opened(path: str = "/", at: str = address, **wishes: object) -> Page:
        person = persons.new(at, {"viewport": {"width": 1280, "height": 800}, **wishes})
        here.append(person)
        return person.opened(path)

    yield opened
    forbidden = [word for person in here for page in person.pages for word in violations(page)]
    for person in here:
        persons.leave(person)
    assert not forbidden, "the page did what its own policy forbids"
