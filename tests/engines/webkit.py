"""WebKit in Debian's MiniBrowser on a screen in memory, driven as WebDriver says; the nearest to Safari on Linux."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from tests.engines.screen import screen
from tests.tools import path_of

BARS = 38  # px that the window's own bar takes of its height
WINDOW = {"x": 0, "y": 0, "width": 1280, "height": 800 + BARS}
SECONDS = 60.0  # s for one answer
CAMERA = "--enable-mock-capture-devices=true"  # one that shows a test picture, given without a question
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # what WebDriver calls an element in an answer


class WebKit:
    """One window."""

    def __init__(self, driver: str, files: Path) -> None:
        """Open a window at a desktop's size."""
        self.files = files
        options = {"binary": mini_browser(), "args": ["--automation", CAMERA]}
        wanted = {"alwaysMatch": {"webkitgtk:browserOptions": options}}
        opened = sent("POST", f"{driver}/session", {"capabilities": wanted})
        self.session = f"{driver}/session/{opened['sessionId']}"
        self.tell("window/rect", **WINDOW)

    def tell(self, command: str, **params: object) -> Any:
        """The answer to a command."""
        return sent("POST", f"{self.session}/{command}", params)

    def open(self, address: str) -> None:
        """Go to an address."""
        self.tell("url", url=address)

    def ask(self, function: str, *arguments: object) -> Any:
        """What a JavaScript function, given these arguments, answers; it may be one that waits."""
        told = self.run(f"Promise.resolve(({function})(...arguments)).then(JSON.stringify)", arguments)
        return json.loads(told) if told is not None else None

    def run(self, expression: str, arguments: tuple[object, ...]) -> Any:
        """The value of an expression, in WebDriver's words."""
        return self.tell("execute/sync", script=f"return {expression}", args=arguments)

    def act(self, *devices: dict[str, Any]) -> None:
        """Press and move."""
        self.tell("actions", actions=devices)

    def choose_file(self, function: str, arguments: tuple[object, ...], path: Path) -> None:
        """Give a file to the field that a function answers with."""
        field = self.run(f"({function})(...arguments)", arguments)
        self.tell(f"element/{field[ELEMENT]}/value", text=str(path))

    def close(self) -> None:
        """Shut the window."""
        sent("DELETE", self.session)


def mini_browser() -> str:
    """The path of the browser that WebKit's Debian package hides among its libraries."""
    found = sorted(Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"))
    if not found:
        raise FileNotFoundError("No MiniBrowser in /usr/lib; run: make tools")
    return str(found[-1])


def sent(method: str, address: str, body: object = None) -> Any:
    """What the driver answers to a request."""
    letter = None if body is None else json.dumps(body).encode()
    try:
        with urlopen(Request(address, letter, method=method), timeout=SECONDS) as answer:
            return json.load(answer)["value"]
    except HTTPError as error:
        with error:
            raise AssertionError(f"{address}: {error.read().decode()}") from None


@contextmanager
def webkit(folder: Path) -> Iterator[WebKit]:
    """A WebKit whose home and downloads are a folder of its own; gone afterwards."""
    files = folder / "files"
    files.mkdir()
    (folder / "user-dirs.dirs").write_text(f'XDG_DOWNLOAD_DIR="{files}"\n', encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (folder / "log").open("wb") as log, screen(log) as environment:
        home = {"XDG_CONFIG_HOME": str(folder), "XDG_DATA_HOME": str(folder)}
        quiet = {"NO_AT_BRIDGE": "1", "GTK_A11Y": "none"}
        command = [path_of("webkit"), f"--port={port}"]
        with subprocess.Popen(command, env={**environment, **home, **quiet}, stdout=log, stderr=log) as driver:
            try:
                address = f"http://127.0.0.1:{port}"
                wait_for(f"{address}/status", driver)
                window = WebKit(address, files)
                try:
                    yield window
                finally:
                    window.close()
            finally:
                driver.terminate()


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the driver answers, or has failed to start."""
    for _ in range(300):
        assert process.poll() is None, "WebKitWebDriver ended while starting"
        try:
            sent("GET", address)
        except URLError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("WebKitWebDriver did not start within 30 s")
