"""`python -m tests.mutants [FILE ...]`: mistakes in the library, or in some files of it, and how many tests catch."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import dataclass, replace
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
class Hunt:
    """A mistake in a copy of the tree, what is at work there, and the rounds of tests, this one first."""

    number: int
    mutation: Mutation
    trial: Trial
    rounds: list[list[str]]
    began: float
    witness: str = ""
    """The test that has failed and is at work a second time, alone ..."""

    is_control: bool = False
    """... and without the mistake, to see whether it fails all the same."""


def look(trees: list[Path]) -> list[Trial]:
    """Begin to run all quick tests once under coverage, a part of them in each copy."""
    files = sorted(path.name for path in (ROOT / "tests").glob("test_*.py"))
    trials = []
    for index, tree in enumerate(trees):
        words = [*QUICK, *(f"tests/{name}" for name in files[index :: len(trees)])]
        trials.append(start(tree, partial(record, tree, words, tree.name)))
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


def run(tree: Path, tests: list[str], covering: Covering) -> Trial:
    """Begin to run tests in a copy of the tree until one fails."""
    words = [*QUICK, "-x", "--no-header", *tests]
    return start(tree, partial(attempt, words), seconds=sum(covering.seconds[test] for test in tests))


def passes(tree: Path, tests: list[str], covering: Covering) -> bool:
    """Whether tests pass in a copy in which nothing is changed: else all would be caught."""
    trial = run(tree, tests, covering)
    while (status := trial.result()) is None:
        time.sleep(0.05)
    return status == 0


def witness(tree: Path, tests: list[str]) -> str:
    """The one of these tests that failed last in a copy of the tree; empty where the trial ended otherwise.

    Pytest writes what it failed of behind its name, in which there may be spaces.
    """
    lines = (BUILD / f"{tree.name}.txt").read_text(errors="replace").splitlines()
    failures = [line.split(" ", 1)[1] for line in lines if line.startswith(("FAILED ", "ERROR "))]
    failing = [test for test in tests if failures and f"{failures[-1]} ".startswith(f"{test} ")]
    return max(failing, key=len, default="")


def next_trial(hunt: Hunt, status: int, covering: Covering) -> Hunt | None:
    """The hunt with its next trial; None where it has ended.

    What fails is tried a second time, and once without the mistake: a test that then passes, or that fails there, too,
    as one may that goes by a clock, is no witness, and the hunt goes on behind it.
    """
    tree, (tests, *later) = hunt.trial.tree, hunt.rounds
    if status and not hunt.witness:
        failing = witness(tree, tests)
        return replace(hunt, trial=run(tree, [failing], covering), witness=failing) if failing else None
    if status and not hunt.is_control:
        if hunt.witness in covering.witnesses:
            return None
        put(tree, hunt.mutation.path, None, 0)
        return replace(hunt, trial=run(tree, [hunt.witness], covering), is_control=True)
    if hunt.is_control:
        (covering.doubted if status else covering.witnesses).add(hunt.witness)
        if not status:
            return None
        put(tree, hunt.mutation.path, hunt.mutation.code(), hunt.number)
    left = tests[tests.index(hunt.witness) + 1 :] if hunt.witness else []
    rounds = [left, *later] if left else later
    going_on = replace(hunt, rounds=rounds, witness="", is_control=False)
    return replace(going_on, trial=run(tree, rounds[0], covering)) if rounds else None


def surviving(mutations: list[Mutation], covering: Covering, trees: list[Path]) -> list[Mutation]:
    """Try every mistake with its tests, one in each copy at a time: those that none of them catches."""
    waiting, free, survivors, ended = list(enumerate(mutations)), list(trees), list[Mutation](), 0
    hunts: list[Hunt] = []
    while waiting or hunts:
        while waiting and free:
            number, mutation = waiting.pop(0)
            tree, rounds = free.pop(), covering.of(mutation)
            put(tree, mutation.path, mutation.code(), number)
            hunts.append(Hunt(number, mutation, run(tree, rounds[0], covering), rounds, time.monotonic()))
        time.sleep(0.05)
        for hunt in list(hunts):
            status, tree, mutation = hunt.trial.result(), hunt.trial.tree, hunt.mutation
            if status is None:
                continue
            hunts.remove(hunt)
            if following := next_trial(hunt, status, covering):
                hunts.append(following)
                continue
            put(tree, mutation.path, None, 0)
            free.append(tree)
            ended += 1
            is_caught = bool(status) != hunt.is_control
            survivors += [] if is_caught else [mutation]
            print(f"{ended:4} {'caught' if is_caught else 'ALIVE '} {time.monotonic() - hunt.began:4.0f} s  "
                  f"{mutation.path}:{mutation.line}: {mutation.old}  =>  {mutation.new}  "
                  f"{hunt.witness if is_caught else ''}", flush=True)  # fmt: skip
    return survivors


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
    if mutations and not passes(trees[0], covering.of(mutations[0])[0], covering):
        print(
            "The tests fail in a copy of the tree even without a mistake: see build/mutants/tree0.txt.", file=sys.stderr
        )
        return 2
    survivors = surviving(mutations, covering, trees)
    caught = len(mutations) - len(survivors)
    print(f"\n{caught} of {len(mutations)} caught.", *("Alive:" for _ in survivors[:1]))
    print("\n".join(f"  {mutation.label}" for mutation in survivors))
    return 0 if caught >= ENOUGH * len(mutations) else 1


if __name__ == "__main__":
    sys.exit(main())
