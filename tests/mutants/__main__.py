"""`python -m tests.mutants [FILE ...]`: mistakes in the library, or in some files of it, and how many tests catch."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from tests.mutants import BUILD, QUICK, ROOT
from tests.mutants.covering import Covering, WithoutBrowser, record
from tests.mutants.mutations import Mutation, sample
from tests.mutants.trial import Trial, copied, load, put, start

ENOUGH = 0.95
"""The share of the sampled mistakes that the tests must catch."""


@dataclass(frozen=True)
class Outcome:
    """What became of a mistake: caught or not, and after how many seconds."""

    mutation: Mutation
    caught: bool
    seconds: float
    tests: int


def look(trees: list[Path]) -> list[Trial]:
    """Begin to run all quick tests once under coverage, a part of them in each copy."""
    files = sorted(path.name for path in (ROOT / "tests").glob("test_*.py"))
    trials = []
    for index, tree in enumerate(trees):
        words = [*QUICK, *(f"tests/{name}" for name in files[index :: len(trees)])]
        trials.append(start(tree, partial(record, tree, words, tree.name), limited=False))
    return trials


def wait(trials: list[Trial]) -> None:
    """Until they have ended, and what each says last."""
    for trial in trials:
        os.waitpid(trial.process, 0)
        print((BUILD / f"{trial.tree.name}.txt").read_text(encoding="utf-8").splitlines()[-1], flush=True)


def attempt(words: list[str]) -> int:
    """Run tests until one fails, leaving no compiled file behind."""
    sys.dont_write_bytecode = True
    os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
    return int(pytest.main(words, plugins=[WithoutBrowser()]))


def passes(tree: Path, tests: list[str]) -> bool:
    """Whether tests pass in a copy in which nothing is changed: else all would be caught."""
    trial = start(tree, partial(attempt, [*QUICK, "-x", *tests]))
    while (status := trial.result()) is None:
        time.sleep(0.05)
    return status == 0


def tried(mutations: list[Mutation], covering: Covering, trees: list[Path]) -> list[Outcome]:
    """Every mistake with its tests, one in each copy at a time."""
    waiting, free, found = list(enumerate(mutations)), list(trees), list[Outcome]()
    running: list[tuple[Trial, Mutation, int]] = []
    while waiting or running:
        while waiting and free:
            number, mutation = waiting.pop(0)
            tree, tests = free.pop(), covering.of(mutation)
            put(tree, mutation.path, mutation.code(), number)
            words = [*QUICK, "-x", "--no-header", *tests]
            running.append((start(tree, partial(attempt, words)), mutation, len(tests)))
        time.sleep(0.05)
        for item in list(running):
            trial, mutation, count = item
            status = trial.result()
            if status is None:
                continue
            running.remove(item)
            put(trial.tree, mutation.path, None, 0)
            free.append(trial.tree)
            outcome = Outcome(mutation, status != 0, time.monotonic() - trial.began, count)
            found.append(outcome)
            sign = "caught" if outcome.caught else "ALIVE "
            print(f"{len(found):4} {sign} {outcome.seconds:4.0f} s {count:4} tests  {mutation.path}:{mutation.line}: "
                  f"{mutation.old}  =>  {mutation.new}", flush=True)  # fmt: skip
    return found


def main() -> int:
    """1 where fewer than `ENOUGH` of the mistakes are caught, 2 where nothing can be said."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("only", nargs="*", help="files or folders of the library, as effects/kernels; default: all")
    parser.add_argument("--count", type=int, default=200, help="how many mistakes (200)")
    parser.add_argument("--seed", type=int, default=1, help="of the sample (1)")
    parser.add_argument("--seen", action="store_true", help="go by what was seen of the tests last time")
    parser.add_argument("--dry", action="store_true", help="only list the sample")
    asked = parser.parse_args()
    only = tuple(asked.only)
    if asked.dry:
        print("\n".join(f"{each.path}:{each.line}: {each.new}" for each in sample(asked.count, asked.seed, only)))
        return 0
    BUILD.mkdir(parents=True, exist_ok=True)
    load()
    trees = [copied(f"tree{number}") for number in range(max(2, (os.cpu_count() or 2) // 2))]
    looking = [] if asked.seen else look(trees)
    mutations = sample(asked.count, asked.seed, only)
    wait(looking)
    covering = Covering(trees)
    if mutations and not passes(trees[0], covering.of(mutations[0])):
        print(
            "The tests fail in a copy of the tree even without a mistake: see build/mutants/tree0.txt.", file=sys.stderr
        )
        return 2
    outcomes = tried(mutations, covering, trees)
    alive = [outcome.mutation for outcome in outcomes if not outcome.caught]
    print(f"\n{len(outcomes) - len(alive)} of {len(outcomes)} caught.", *("Alive:" for _ in alive[:1]))
    print("\n".join(f"  {mutation.label}" for mutation in alive))
    return 0 if len(outcomes) - len(alive) >= ENOUGH * len(outcomes) else 1


if __name__ == "__main__":
    sys.exit(main())
