"""Live for long and again and again: what stays of it in the server's memory, threads and files.

`python -m benchmarks.soak [--minutes 3] [--cycles 30] [--warm 5]` streams, then connects and disconnects, every time as
a new person, by Stop and by closing the tab in turns, and prints RSS, threads and file descriptors. It fails if, after
the first `--warm` cycles, memory grows by 30 MB, or threads or descriptors do not come back to within 2, or if a start
shows no video.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from effects import EFFECTS, Pipeline
from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, server
from tests.browser.glass import live_tracks, person, start, stop, wait_for_video, wait_until_off
from tests.tools import chromium

GROWTH = 30.0  # MB
NEAR = 2  # threads, descriptors
SETTLED = 45.0  # s in which what a connection held has to be given back
LINGER = 8.0  # s in which a closed tab's event loop and memory go back to the system
STACK = Pipeline((EFFECTS["exposure"].step(), EFFECTS["sepia"].step(), EFFECTS["trails"].step())).to_link()


@dataclass(frozen=True)
class Held:
    """What a process holds: MB of memory, threads, file descriptors, and those of them that video comes in by (UDP)."""

    memory: float
    threads: int
    files: int
    ports: int

    def __str__(self) -> str:
        return f"{self.memory:7.1f} MB  {self.threads:3d} threads  {self.files:3d} files  {self.ports:2d} ports"


def held(process: int) -> Held:
    """What the process holds now, from /proc."""
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    memory = next(int(line.split()[1]) for line in status if line.startswith("VmRSS:"))
    files = [opened(path) for path in Path(f"/proc/{process}/fd").iterdir()]
    tables = Path(f"/proc/{process}/net").glob("udp*")  # of IPv4, and of IPv6 where there is any
    sockets = {f"socket:[{line.split()[9]}]" for table in tables for line in table.read_text().splitlines()[1:]}
    ports = sum(file in sockets for file in files)
    return Held(memory / 1024, len(os.listdir(f"/proc/{process}/task")), len(files), ports)


def opened(descriptor: Path) -> str:
    """What a file descriptor leads to; nothing where it has just been closed."""
    try:
        return str(descriptor.readlink())
    except FileNotFoundError:
        return ""


def settled(process: int) -> Held:
    """What the process holds a while after it holds nothing of a video any more; or has had its time."""
    until = time.monotonic() + SETTLED
    while held(process).ports > 0 and time.monotonic() < until:
        time.sleep(1)
    time.sleep(LINGER)
    return held(process)


def settled_like(process: int, before: Held) -> Held:
    """What the process holds as soon as that is about what it held before; or has had its time."""
    until = time.monotonic() + SETTLED + LINGER
    while has_grown(now := held(process), before) and time.monotonic() < until:
        time.sleep(1)
    return now


def is_near(now: Held, before: Held) -> bool:
    """Whether threads and descriptors have come back, the ports of video to the last."""
    near = now.threads <= before.threads + NEAR and now.files <= before.files + NEAR
    return near and now.ports <= before.ports


def has_grown(now: Held, before: Held) -> bool:
    """Whether more is held than chance explains."""
    return now.memory - before.memory > GROWTH or not is_near(now, before)


def stream(browser: Browser, address: str, minutes: float, process: int) -> None:
    """Stream, and say every half minute what that holds."""
    with person(browser, address) as page:
        start(page)
        wait_for_video(page)
        until = time.monotonic() + minutes * 60
        while (left := until - time.monotonic()) > 0:
            page.wait_for_timeout(min(30, left) * 1000)
            print(f"streaming    {held(process)}", flush=True)
            said = [alert.inner_text() for alert in page.get_by_test_id("stAlert").all()]
            assert live_tracks(page) == 1, f"the video has stopped: {said}"
        stop(page)
        wait_until_off(page, 5)


def cycle(browser: Browser, address: str, stops: bool) -> float:
    """Come, start, see video, stop and go, or go without; the seconds until there was video."""
    with person(browser, address) as page:
        began = time.monotonic()
        start(page)
        wait_for_video(page, 40)
        seconds = time.monotonic() - began
        page.wait_for_timeout(500)
        if stops:
            stop(page)
            wait_until_off(page, 5)
    return seconds


def main(asked: list[str]) -> int:
    """1 if something grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=3)
    parser.add_argument("--cycles", type=int, default=30)
    parser.add_argument("--warm", type=int, default=5, help="cycles in which caches and pools fill")
    wishes = parser.parse_args(asked)
    with server(EMULSION_LIVE_SEATS="8") as started, sync_playwright() as playwright:
        address, process = f"{started.address}/live?recipe={STACK}", started.process
        browser = playwright.chromium.launch(executable_path=chromium(), args=[*FAKE_CAMERA, ALLOW_CAMERA])
        stream(browser, address, wishes.minutes, process)
        before: Held | None = None
        for number in range(1, wishes.cycles + 1):
            seconds = cycle(browser, address, stops=number % 2 == 1)
            print(f"cycle {number:3d}    {held(process)}  video after {seconds:.1f} s", flush=True)
            if number == min(wishes.warm, wishes.cycles - 1):
                before = settled(process)
        assert before is not None
        after = settled_like(process, before)
        browser.close()
    print(f"after {wishes.warm}      {before}\nat the end   {after}")
    grown = after.memory - before.memory
    if has_grown(after, before):
        print(f"It grew: {grown:.1f} MB, {after.threads - before.threads} threads, {after.files - before.files} files.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
