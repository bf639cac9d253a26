"""Many people at once, by Streamlit's own protocol: how long each waits, and what the server and its workers hold.

`python -m benchmarks.load [--short]` prints each promise with its limit and fails if one does not hold, or if anybody
met an error. `--short` has a tenth of the people and of the waiting: whether it runs, not how fast.
"""

from __future__ import annotations

import argparse
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from benchmarks.visitor import VisitError, Visitor
from effects import EFFECTS, Pipeline
from tests.browser.conftest import server
from tests.pictures import encoded, photograph

THINKING = 2.0  # s between two moves
MOVES = 10
LINGER = 60.0  # s after the last has left
ARRIVAL = 300.0  # s until all are there: who meets an error lets nobody wait for ever
SETTLE = 5.0  # s in which a fresh server comes to rest
TRIES = 60  # moves of one person beside another's heavy work: of a few, two odd ones would be the whole p95
LOOK = 0.1  # s between two looks at the memory
STOPS = (-2.0, 2.0)

LIGHT = Pipeline((EFFECTS["exposure"].step(), EFFECTS["sepia"].step(), EFFECTS["contrast"].step())).to_link()
HEAVY = Pipeline((EFFECTS["exposure"].step(), EFFECTS["oil_paint"].step(), EFFECTS["watercolor"].step())).to_link()
SLIDER = "c1-stops"


@dataclass(frozen=True)
class Measure:
    """A promise: what was measured, and what it may be at most."""

    title: str
    value: float
    limit: float
    unit: str

    @property
    def holds(self) -> bool:
        """Whether it is kept."""
        return self.value <= self.limit

    def __str__(self) -> str:
        verdict = "" if self.holds else "  above the limit"
        return f"{self.title:58}{self.value:9.0f}{self.limit:9.0f} {self.unit}{verdict}"


@dataclass
class Memory:
    """What a server and its workers hold together, in MB, now and at most."""

    process: int
    most: float = 0.0
    end: threading.Event = field(default_factory=threading.Event)

    def now(self) -> float:
        """Resident memory of the process and all below it."""
        total = sum(resident(process) for process in family(self.process))
        self.most = max(self.most, total)
        return total

    def watch(self) -> None:
        """Look again and again, until the end."""
        while not self.end.wait(LOOK):
            self.now()


def family(process: int) -> Iterator[int]:
    """A process and all that it has started, and they."""
    yield process
    for path in Path(f"/proc/{process}/task").glob("*/children"):
        try:
            children = path.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from family(int(child))


def resident(process: int) -> float:
    """MB of a process that are in memory; none where it has just ended."""
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS:")), 0.0)


@contextmanager
def watched(process: int) -> Iterator[Memory]:
    """The memory of a server, looked at meanwhile."""
    memory = Memory(process)
    thread = threading.Thread(target=memory.watch, daemon=True)
    thread.start()
    try:
        yield memory
    finally:
        memory.end.set()
        thread.join()


def together(count: int, act: Callable[[int], list[float]]) -> list[float]:
    """What so many people at once measure; an error of any of them is raised, and nobody waits for that one."""
    with ThreadPoolExecutor(count) as people:
        visits = [people.submit(act, number) for number in range(count)]
    errors = [error for visit in visits if (error := visit.exception())]
    for error in sorted(errors, key=lambda error: isinstance(error, threading.BrokenBarrierError)):
        raise error
    return [seconds for visit in visits for seconds in visit.result()]


def p95(times: list[float]) -> float:
    """Milliseconds that 95 of 100 take at most."""
    return 1000 * float(np.percentile(times, 95))


def tuning(visitor: Visitor, moves: int, thinking: float, seed: int) -> list[float]:
    """Move a slider to another place again and again, thinking in between; the seconds of each."""
    chance = np.random.default_rng(seed)
    times = []
    for value in chance.permutation(np.linspace(*STOPS, moves + 1))[:moves] + seed / 1000:  # elsewhere than it stood
        time.sleep(thinking * chance.uniform(0.5, 1.5))
        times.append(visitor.move(SLIDER, round(float(value), 3)))
    return times


def crowd(address: str, count: int, photo: bytes, wishes: Wishes) -> list[float]:
    """So many people with a small photo each, who tune it."""

    def act(number: int) -> list[float]:
        time.sleep(number * THINKING / count)
        with Visitor(address, LIGHT) as visitor:
            visitor.open(photo)
            all_there.wait()
            return tuning(visitor, wishes.moves, wishes.thinking, number)

    all_there = threading.Barrier(count, timeout=ARRIVAL)
    return together(count, act)


def arrivals(address: str, count: int, photo: bytes) -> list[float]:
    """So many people with a large photo each, that they all open at once."""

    def act(_number: int) -> list[float]:
        with Visitor(address, LIGHT) as visitor:
            all_there.wait()
            seconds = visitor.open(photo)
            all_there.wait()
            return [seconds]

    all_there = threading.Barrier(count, timeout=ARRIVAL)
    return together(count, act)


@contextmanager
def busy(act: Callable[[], object]) -> Iterator[list[str]]:
    """Meanwhile somebody else does something, again and again; gives what that person is refused."""
    end, refused = threading.Event(), list[str]()

    def work() -> None:
        while not end.is_set():
            try:
                act()
            except VisitError as error:
                refused.append(str(error))

    with ThreadPoolExecutor(1) as other:
        working = other.submit(work)
        try:
            yield refused
        finally:
            end.set()
        working.result()


def beside(address: str, photos: tuple[bytes, bytes], wishes: Wishes) -> Iterator[Measure]:
    """How much longer one person waits while another exports, or tunes, something heavy."""
    small, large = photos
    with ExitStack() as tabs:
        one, other = (tabs.enter_context(Visitor(address, link)) for link in (LIGHT, HEAVY))
        one.open(small)
        other.open(large)
        tuning(one, 3, wishes.thinking / 4, 0)  # warm
        alone = p95(tuning(one, wishes.tries, wishes.thinking / 4, 1))
        values = iter(np.tile(np.linspace(*STOPS, 41), 1000))
        acts: dict[str, Callable[[], object]] = {
            "export": other.save,
            "preview": lambda: other.move(SLIDER, round(float(next(values)), 2)),
        }
        for what, act in acts.items():
            with busy(act) as refused:
                meanwhile = p95(tuning(one, wishes.tries, wishes.thinking / 4, 1))
            title = f"beside a heavy {what}, p95 ({meanwhile:.0f} ms) of that alone ({alone:.0f} ms)"
            yield Measure(title, 100 * meanwhile / alone, 200, "%")
            yield Measure(f"times that the {what} was refused", len(refused), 0, "")


@dataclass(frozen=True)
class Wishes:
    """How many people, how long they think, how often they move a slider, how long the end is waited for."""

    few: int = 30
    many: int = 100
    large: int = 10
    moves: int = MOVES
    tries: int = TRIES
    thinking: float = THINKING
    linger: float = LINGER


SHORT = Wishes(few=3, many=10, large=2, moves=2, tries=4, thinking=0.4, linger=3)


def measures(wishes: Wishes) -> Iterator[Measure]:
    """Each promise in turn, the memory on a fresh server."""
    small, large = encoded(photograph(480, 640), "JPEG"), encoded(photograph(3000, 4000), "JPEG")
    with server() as started, watched(started.process) as memory:
        with Visitor(started.address, LIGHT) as first:  # a server that has seen nobody has not read its pages yet
            first.open(small)
        time.sleep(SETTLE)
        idle = memory.now()
        times = arrivals(started.address, wishes.large, large)
        yield Measure(f"{wishes.large} people x 12 MP at once, first picture, p95", p95(times), 1500, "ms")
        yield Measure("server and workers meanwhile, at most", memory.most, 600, "MB")
        time.sleep(wishes.linger)
        title = f"{wishes.linger:.0f} s after they left, above idle ({idle:.0f} MB)"
        yield Measure(title, memory.now() - idle, 150, "MB")
    with server() as started:
        for count, limit in ((wishes.few, 200), (wishes.many, 800)):
            times = crowd(started.address, count, small, wishes)
            yield Measure(f"{count} people, {wishes.thinking:g} s of thinking, a move, p95", p95(times), limit, "ms")
        yield from beside(started.address, (small, large), wishes)


def main(asked: list[str]) -> int:
    """1 if a promise is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    wishes = SHORT if parser.parse_args(asked).short else Wishes()
    print(f"{'':58}{'measured':>9}{'limit':>9}", flush=True)
    kept = []
    for measure in measures(wishes):
        print(measure, flush=True)
        kept.append(measure.holds)
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
