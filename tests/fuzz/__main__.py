"""Fuzz what strangers send: `python -m tests.fuzz [--minutes 10] [--seed 0] [TARGET ...]`.

First each kind of file is cut off at every byte of its first kilobyte, then mutants come in turns until the time is
over, in processes that may die. What is found is written to build/fuzz, told, and fails the run.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
import time
from collections import Counter
from itertools import count
from pathlib import Path

from effects.errors import PictureError
from effects.workers.pool import Workers
from tests.fuzz.targets import TARGETS
from tests.fuzz.trial import Fault, mutants, tried, tried_batch, tried_beginnings

BUILD = Path(__file__).parent.parent.parent / "build" / "fuzz"
BATCH = 100
BATCH_SECONDS = 300.0
ONE_SECONDS = 30.0  # an input; the app's own limit is 10


def run_batch(workers: Workers, target: str, seed: int) -> list[Fault]:
    """The faults of a batch; where its process ends, each input is tried in one of its own."""
    try:
        return workers.call(tried_batch, target, seed, BATCH, seconds=BATCH_SECONDS)
    except PictureError:
        return [fault for data in mutants(target, seed, BATCH) if (fault := run_one(workers, target, data))]


def run_one(workers: Workers, target: str, data: bytes) -> Fault | None:
    """The fault of one input, which may be the end of a process."""
    try:
        return workers.call(tried, target, data, seconds=ONE_SECONDS)
    except PictureError as error:
        return Fault(target, f"its process ended: {error}", data)


def keep(fault: Fault) -> Path:
    """Write down what was found."""
    BUILD.mkdir(parents=True, exist_ok=True)
    path = BUILD / f"{fault.target.replace(' ', '-')}-{hashlib.sha256(fault.data).hexdigest()[:12]}"
    path.write_bytes(fault.data)
    return path


def main(asked: list[str]) -> int:
    """1 if something was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("targets", nargs="*", help=", ".join(TARGETS))
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=0)
    wishes = parser.parse_args(asked)
    targets = wishes.targets or list(TARGETS)
    until = time.monotonic() + wishes.minutes * 60
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 2)  # what libraries say of broken files, a thousand lines a second
    workers, tries, found = Workers(), Counter[str](), dict[str, Fault]()

    def told(faults: list[Fault]) -> None:
        for fault in faults:
            key = f"{fault.target}: {fault.what.rpartition('(')[2] or fault.what}"
            if key not in found:
                found[key] = fault
                print(f"{fault.target}: {fault.what}\n    {keep(fault)}", flush=True)

    try:
        for target in targets:
            told(workers.call(tried_beginnings, target, seconds=BATCH_SECONDS))
        for seed in count(wishes.seed):
            for target in targets:
                if time.monotonic() > until:
                    print(f"{sum(tries.values())} mutants, {len(found)} faults: {dict(tries)}")
                    return 1 if found else 0
                told(run_batch(workers, target, seed))
                tries[target] += BATCH
    finally:
        workers.close()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
