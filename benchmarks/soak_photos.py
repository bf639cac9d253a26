"""Photos for long: hundreds of uploads and exports, and what stays of them in the server's and the workers' memory.

`python -m benchmarks.soak_photos [--photos 500] [--warm 100]` fails if, after the first `--warm` photos, memory grows
by 5 %, or if a photo does not open or is not saved.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

import numpy as np

from benchmarks.load import LIGHT, SLIDER, Memory
from benchmarks.visitor import Visitor
from tests.browser.conftest import server
from tests.pictures import encoded, photograph

GROWTH = 0.05
A_VISIT = 10  # photos that a person opens before the next one comes
KEPT = 5  # s that a closed tab is kept for its return: so that people go as fast as they come
SHARE = 0.1  # of the photos after the warm ones, at either end, whose means are compared


def saved(address: str, process: int, photos: int) -> Iterator[float]:
    """The memory, in MB, after each photo that was opened, changed and saved; each is another picture."""
    memory = Memory(process)
    for first in range(0, photos, A_VISIT):
        with Visitor(address, LIGHT) as visitor:
            for number in range(first, min(first + A_VISIT, photos)):
                visitor.open(encoded(photograph(1200 + number % 7, 1600, seed=number), "JPEG"), f"{number}.jpg")
                visitor.move(SLIDER, -2 + number % A_VISIT / 3)
                file = visitor.save()
                if not file:
                    raise AssertionError(f"photo {number} was saved as nothing")
                yield memory.now()


def main(asked: list[str]) -> int:
    """1 if memory grew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=500)
    parser.add_argument("--warm", type=int, default=100, help="photos in which caches fill")
    wishes = parser.parse_args(asked)
    held = []
    began = time.monotonic()
    with server(STREAMLIT_SERVER_DISCONNECTED_SESSION_TTL=str(KEPT)) as started:
        for megabytes in saved(started.address, started.process, wishes.photos):
            held.append(megabytes)
            if len(held) % (2 * A_VISIT) == 0:
                print(f"photo {len(held):4}  {megabytes:7.1f} MB  {time.monotonic() - began:6.0f} s", flush=True)
    later = np.array(held[wishes.warm :])
    count = max(1, round(SHARE * len(later)))
    before, after = later[:count].mean(), later[-count:].mean()
    growth = after / before - 1
    print(
        f"after {wishes.warm} photos {before:.1f} MB, at the end {after:.1f} MB: {growth:+.1%} of at most {GROWTH:.0%}"
    )
    return int(growth > GROWTH)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
