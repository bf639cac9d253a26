"""Firefox, driven as WebDriver BiDi says, over a socket and nothing else."""

from __future__ import annotations

import json
import os
import re
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import IO, Any

from websockets.sync.client import ClientConnection, connect

from tests.engines.screen import screen
from tests.tools import path_of

WINDOW = {"width": 1280, "height": 800}
SECONDS = 60.0  # s for one answer
LISTENS = re.compile(r"WebDriver BiDi listening on (ws://\S+)")
# A camera that shows a test picture, and that is given without a question.
SETTINGS: dict[str, bool] = {
    "media.navigator.streams.fake": True,
    "media.navigator.permission.disabled": True,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "app.normandy.enabled": False,
}


class Firefox:
    """One window; every answer is waited for, what is told unasked is passed over."""

    def __init__(self, socket: ClientConnection, files: Path) -> None:
        """Take the window that is open, at a desktop's size, and let its downloads come to a folder."""
        self.socket, self.files, self.asked = socket, files, 0
        self.tell("session.new", capabilities={})
        self.context = self.tell("browsingContext.getTree")["contexts"][0]["context"]
        self.tell("browsingContext.setViewport", context=self.context, viewport=WINDOW)
        folder = {"type": "allowed", "destinationFolder": str(files)}
        self.tell("browser.setDownloadBehavior", downloadBehavior=folder)

    def tell(self, method: str, **params: object) -> Any:
        """The answer to a command."""
        self.asked += 1
        self.socket.send(json.dumps({"id": self.asked, "method": method, "params": params}))
        while True:
            answer = json.loads(self.socket.recv(timeout=SECONDS))
            if answer.get("id") == self.asked:
                assert answer["type"] == "success", f"{method}: {answer}"
                return answer["result"]

    def open(self, address: str) -> None:
        """Go to an address."""
        self.tell("browsingContext.navigate", context=self.context, url=address, wait="complete")

    def ask(self, function: str, *arguments: object) -> Any:
        """What a JavaScript function, given these arguments, answers; it may be one that waits."""
        told = self.evaluate(f"(async () => JSON.stringify(await ({called(function, arguments)})))()")
        return json.loads(told["value"]) if told["type"] == "string" else None

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, in BiDi's words."""
        told = self.tell("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True)
        assert told["type"] == "success", told
        return told["result"]

    def act(self, *devices: dict[str, Any]) -> None:
        """Press and move."""
        self.tell("input.performActions", context=self.context, actions=devices)

    def choose_file(self, function: str, arguments: tuple[object, ...], path: Path) -> None:
        """Give a file to the field that a function answers with."""
        field = self.evaluate(called(function, arguments))
        self.tell("input.setFiles", context=self.context, element={"sharedId": field["sharedId"]}, files=[str(path)])


def called(function: str, arguments: tuple[object, ...]) -> str:
    """A function, called with these arguments."""
    return f"({function})({', '.join(map(json.dumps, arguments))})"


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A Firefox without windows, with a profile and downloads of its own in a folder; it has no WebGL."""
    with (folder / "log").open("wb") as log, started(folder, log, dict(os.environ), "--headless") as window:
        yield window


@contextmanager
def firefox_on_screen(folder: Path, settings: Mapping[str, bool] = MappingProxyType({})) -> Iterator[Firefox]:
    """The same with a window on a screen in memory, where it has WebGL; more of its settings may be given."""
    with (
        (folder / "log").open("wb") as log,
        screen(log) as environment,
        started(folder, log, environment, settings=settings) as window,
    ):
        yield window


@contextmanager
def started(
    folder: Path,
    log: IO[bytes],
    environment: dict[str, str],
    *more: str,
    settings: Mapping[str, bool] = MappingProxyType({}),
) -> Iterator[Firefox]:
    """A Firefox that lives in a folder; gone afterwards."""
    profile, files = folder / "profile", folder / "files"
    profile.mkdir()
    files.mkdir()
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in {**SETTINGS, **settings}.items()]
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    command = [path_of("firefox"), *more, "--no-remote", "--profile", str(profile), "--remote-debugging-port=0"]
    with subprocess.Popen(command, env=environment, stdout=log, stderr=log) as process:
        try:
            with connect(f"{listens(folder / 'log', process)}/session", max_size=None) as socket:
                yield Firefox(socket, files)
        finally:
            process.terminate()


def listens(log: Path, process: subprocess.Popen[bytes]) -> str:
    """The address that Firefox listens at, once it says so."""
    for _ in range(300):
        assert process.poll() is None, f"Firefox ended while starting: {log.read_text(errors='replace')[-500:]}"
        if told := LISTENS.search(log.read_text(errors="replace")):
            return told[1]
        time.sleep(0.1)
    raise TimeoutError("Firefox did not start within 30 s")
