"""Live from glass to glass, in Chromium, browser and server on the same cores.

`python -m benchmarks.live [--seconds 8] [--runs 3]` prints the table: frames a second that differ, and their age on the
screen, the median of the runs. A canvas with a bar-coded clock is the camera, so nothing is guessed. The stack of 40 ms
is measured on this machine before it is used. Colour conversion is compared with OpenCV's own in the same run.

`python -m benchmarks.live device` measures what the browser draws itself instead. Here its graphics card is software,
the slowest there is; on a real one it is the display's rate, which no figure of this machine can show.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from playwright.sync_api import Browser, sync_playwright

from effects import EFFECTS, Pipeline
from pages.components.live.colour import frame, picture
from tests.browser.conftest import server
from tests.browser.glass import (
    BAR_CAMERA,
    Glass,
    measure,
    measure_on_device,
    person,
    player,
    setting,
    start,
    stop,
    wait_for_video,
)
from tests.browser.hands import quiet
from tests.scene import scene
from tests.tools import chromium

WARM = 4000  # ms in which bandwidth and pace settle
HEAVY = 0.040  # s


@dataclass(frozen=True)
class Row:
    """One line of the table: what is streamed, and what is asked of it."""

    title: str
    stack: Pipeline
    size: str
    fps: float
    p50: float
    p95: float = float("inf")


def pointwise(*names: str) -> Pipeline:
    """These effects at their defaults."""
    return Pipeline(tuple(EFFECTS[name].step() for name in names))


def heavy() -> Pipeline:
    """A stack of about 40 ms at 640 x 480 on this machine; hardly to be seen, so that the bar code can be read."""
    image = np.asarray(cv2.resize(scene(), (640, 480)), np.uint8)
    step = EFFECTS["bloom"].step(strength=0.02)
    one = seconds(lambda: Pipeline((step,))(image))
    return Pipeline((step,) * min(20, max(1, round(HEAVY / one))))


def seconds(work: Callable[[], object], times: int = 60) -> float:
    """The median time that something takes."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def rows() -> list[Row]:
    """What is measured."""
    return [
        Row("480p, three pointwise effects", pointwise("exposure", "sepia", "invert"), "480p", 24, 200, 320),
        Row("480p, a stack of 40 ms", heavy(), "480p", 15, 260),
        Row("720p, one pointwise effect", pointwise("invert"), "720p", 15, 400),
    ]


def device_rows() -> list[Row]:
    """What is measured of this device; a row's size is the camera's."""
    return [
        Row("320x240, one effect", pointwise("exposure"), "320x240", 25, 30),
        Row("640x480, one effect", pointwise("exposure"), "640x480", 13, float("inf")),
        Row("640x480, three pointwise effects", pointwise("exposure", "sepia", "invert"), "640x480", 13, float("inf")),
    ]


def watched_on_device(browser: Browser, address: str, row: Row, length: float) -> tuple[Glass, float]:
    """One run on this device, and the milliseconds from Start to the first picture."""
    link = f"{address}/live?recipe={row.stack.to_link()}"
    size = f"glass.size = [{row.size.replace('x', ', ')}]"
    with person(browser, link, BAR_CAMERA, size) as page:
        setting(page, "live_way", "On this device")
        quiet(page)
        live = page.locator(".st-key-device .live")
        began = time.monotonic()
        live.locator(".start").click()
        live.locator(".shutter:enabled").wait_for()
        first = 1000 * (time.monotonic() - began)
        page.wait_for_timeout(WARM)
        seen = measure_on_device(page, length)
        live.locator(".stop").click()
    return seen, first


def watched(browser: Browser, address: str, row: Row, length: float) -> tuple[Glass, float]:
    """One run: what came back, and the milliseconds from the first frame to the first of full size."""
    link = f"{address}/live?recipe={row.stack.to_link()}"
    with person(browser, link, BAR_CAMERA) as page:
        player(page)
        if row.size != "480p":
            setting(page, "size", row.size)
        player(page).evaluate(f"glass.wanted = {1280 if row.size == '720p' else 640}; glass.watch()")
        start(page)
        wait_for_video(page)
        page.wait_for_timeout(WARM)
        seen = measure(page, length)
        full = player(page).evaluate("glass.firstFull")
        stop(page)
        page.wait_for_timeout(1000)
    return seen, float("inf") if full is None else float(full)


def middle(runs: list[Glass]) -> Glass:
    """The median of each figure."""
    fps, p50, p95 = (statistics.median(getattr(run, name) for run in runs) for name in ("fps", "p50", "p95"))
    return Glass(fps, p50, p95, runs[-1].width, runs[-1].height)


def colours() -> str:
    """What colour conversion costs there and back, against OpenCV's own two calls."""
    image = np.asarray(cv2.resize(scene(), (640, 480)), np.uint8)
    planes, camera = cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420), frame(image)

    def bare() -> None:
        cv2.cvtColor(planes, cv2.COLOR_YUV2RGB_I420)
        cv2.cvtColor(image, cv2.COLOR_RGB2YUV_I420)

    ours, theirs = seconds(lambda: frame(picture(camera)), 400), seconds(bare, 400)
    each = f"{ours * 1000:.2f} ms, OpenCV alone {theirs * 1000:.2f} ms"
    return f"colours there and back: {each}, ratio {ours / theirs:.2f}"


def main(asked: list[str]) -> int:
    """1 if a line of the table misses what is asked of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("way", nargs="?", choices=("server", "device"), default="server")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--runs", type=int, default=3)
    wishes = parser.parse_args(asked)
    is_device = wishes.way == "device"
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores before")
    if not is_device:
        print(colours())
    missed = 0
    with server(EMULSION_LIVE_SEATS="4") as started, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium())
        for row in device_rows() if is_device else rows():
            watch = watched_on_device if is_device else watched
            runs = [watch(browser, started.address, row, wishes.seconds) for _ in range(wishes.runs)]
            seen, full = middle([run for run, _ in runs]), max(full for _, full in runs)
            met = seen.fps >= row.fps and seen.p50 <= row.p50 and seen.p95 <= row.p95 and full <= 2000
            missed += not met
            what = "first" if is_device else "full size"
            verdict = "as asked" if met else f"asked: {row.fps:.0f} fps, p50 {row.p50:.0f}, p95 {row.p95:.0f}"
            print(
                f"{row.title:32} {seen}  {what} after {full:4.0f} ms  load {os.getloadavg()[0]:4.1f}  {verdict}",
                flush=True,
            )
        browser.close()
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
