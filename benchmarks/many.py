"""Many photos: how many times as fast two workers are as one, from files to files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.pictures import SIZES, jpeg, photo
from benchmarks.report import Bound, Row
from effects.batch.names import name_jobs
from effects.batch.work import Outcome, Wishes, run_batch
from effects.looks import LOOKS
from effects.workers.pool import Workers

SECTION = "many"

PHOTOS = 8

LOOK = "clarendon"


def rows(rounds: int, folder: Path) -> Iterator[Row]:
    """One row: JPEGs of 12 MP through a look, by one worker and by two in turns; the best of each counts."""
    size = "12 MP"
    data = jpeg(photo(*SIZES[size]))
    with ExitStack() as ends, TemporaryDirectory(dir=folder) as name:
        sources = [Path(name, f"{number}.jpg") for number in range(PHOTOS)]
        for source in sources:
            source.write_bytes(data)
        staffs = {count: Workers(count=count, seconds=600) for count in (1, 2)}
        for staff in staffs.values():
            ends.callback(staff.close)
        for count, staff in staffs.items():
            seconds_for(sources, staff, count)  # they start, and compile
        times = [[seconds_for(sources, staff, count) for count, staff in staffs.items()] for _ in range(rounds)]
    one, two = (min(each) for each in zip(*times, strict=True))
    figures = {"photos a second": PHOTOS / two, "by one": PHOTOS / one}
    bound = Bound(one / two, "at least", 1.7, "times one worker")
    yield Row(SECTION, "two workers", size, 1e3 * two / PHOTOS, figures=figures, bound=bound)


def seconds_for(sources: list[Path], staff: Workers, count: int) -> float:
    """How long so many workers take for the photos."""
    target = sources[0].parent / "out"
    target.mkdir(exist_ok=True)
    outcomes: list[Outcome] = []
    jobs = name_jobs(sources, target, template="{stem}", look="", ending="jpg")
    began = time.perf_counter()
    run_batch(jobs, Wishes(LOOKS[LOOK].to_json()), staff, at_once=count, tell=outcomes.append)
    assert all(outcome.status == "written" for outcome in outcomes)
    return time.perf_counter() - began
