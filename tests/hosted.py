"""The parts of `deploy/` as plain processes on this machine: nginx before two replicas, and coturn.

Their settings are the very files; what has to be another here is replaced in `here` and nowhere else.
"""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from tests.tools import path_of

ROOT = Path(__file__).parent.parent
DEPLOY = ROOT / "deploy"
APP = (sys.executable, "-m", "streamlit", "run", "app.py", "--server.address=127.0.0.1", "--server.headless=true")
START_SECONDS = 60.0


def here(text: str, ports: dict[str, int], folder: Path) -> str:
    """A settings file of `deploy/` with this machine's ports, addresses and folder in it."""
    replaced = {
        "172.31.85.11": "127.0.0.1",
        "172.31.85.12": "127.0.0.1",
        ":8501": f":{ports['one']}",
        ":8502": f":{ports['two']}",
        "listen 8080": f"listen 127.0.0.1:{ports['nginx']}",
        "/tmp/nginx/": f"{folder}/",
        "/dev/stdout": f"{folder}/access.log",
        "worker_processes auto": "worker_processes 1",
        "listening-port=3478": f"listening-port={ports['turn']}",
        "/tmp/turnserver.pid": "/dev/null",
        # Both ends of a video are on this machine: what coturn must refuse elsewhere is the only way here.
        "denied-peer-ip=127.0.0.0-127.255.255.255": "allow-loopback-peers",
    }
    for theirs, ours in replaced.items():
        text = text.replace(theirs, ours)
    return text


def free_ports(*names: str) -> dict[str, int]:
    """A port of the system's choosing for each."""
    with ExitStack() as opened:
        bound = {name: opened.enter_context(socket.create_server(("127.0.0.1", 0))) for name in names}
        return {name: one.getsockname()[1] for name, one in bound.items()}


@dataclass
class Replica:
    """One server of the app, which can be killed, ended and started again."""

    port: int
    settings: dict[str, str] = field(default_factory=dict)
    command: tuple[str, ...] = APP
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [*self.command, f"--server.port={self.port}"]
        self.process = subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, **self.settings}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for_answer(f"http://127.0.0.1:{self.port}/healthz", self.process)

    def end(self, sign: signal.Signals = signal.SIGTERM) -> None:
        """End it, by default as a host does before it starts another version."""
        if self.process is not None:
            self.process.send_signal(sign)
            self.process.wait(30)
            self.process = None


@dataclass(frozen=True)
class Host:
    """Where the app is reached, the replicas behind it, and where nginx tells what it was asked."""

    address: str
    replicas: dict[str, Replica]
    log: Path


def wait_for_answer(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until something is there, whatever it answers."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until:
        assert process.poll() is None, f"what was to answer at {address} ended while starting"
        try:
            with urlopen(address, timeout=2):
                return
        except (URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"nothing answered at {address} within {START_SECONDS:g} s")


@contextmanager
def nginx(ports: dict[str, int], folder: Path) -> Iterator[Path]:
    """A running nginx with the settings of `deploy/`; gives where it logs."""
    settings = folder / "nginx.conf"
    settings.write_text(here((DEPLOY / "nginx.conf").read_text(encoding="utf-8"), ports, folder), encoding="utf-8")
    with (folder / "error.log").open("wb") as errors:
        command = [path_of("nginx"), "-p", str(folder), "-c", str(settings), "-g", "daemon off;"]
        process = subprocess.Popen(command, stderr=errors)
    try:
        wait_for_port(ports["nginx"], process)
        yield folder / "access.log"
    finally:
        process.terminate()
        process.wait(10)


def wait_for_port(port: int, process: subprocess.Popen[bytes]) -> None:
    """Until somebody listens at a port."""
    for _ in range(100):
        assert process.poll() is None, "it ended while starting"
        with socket.socket() as trying:
            if trying.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError(f"nobody listens at {port}")


@contextmanager
def coturn(port: int, folder: Path) -> Iterator[str]:
    """A running coturn with the settings of `deploy/`; gives the secret that it shares with the app."""
    secret = secrets.token_hex(16)
    settings = folder / "turnserver.conf"
    ports = {"one": 0, "two": 0, "nginx": 0, "turn": port}
    settings.write_text(here((DEPLOY / "turnserver.conf").read_text(encoding="utf-8"), ports, folder))
    command = [
        path_of("turnserver"),
        "-c",
        str(settings),
        "--realm=emulsion",
        f"--static-auth-secret={secret}",
        "--listening-ip=127.0.0.1",
        "--relay-ip=127.0.0.1",
        "--no-tls",
        "--no-dtls",
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder)
    try:
        wait_for_port(port, process)
        yield secret
    finally:
        process.terminate()
        process.wait(10)


@contextmanager
def hosted(folder: Path, *started: str, **settings: str) -> Iterator[Host]:
    """nginx, and those of the replicas "one" and "two" that are named."""
    ports = free_ports("one", "two", "nginx", "turn")
    replicas = {name: Replica(ports[name], settings) for name in ("one", "two")}
    try:
        for name in started:
            replicas[name].start()
        with nginx(ports, folder) as log:
            yield Host(f"http://127.0.0.1:{ports['nginx']}", replicas, log)
    finally:
        for replica in replicas.values():
            replica.end()
