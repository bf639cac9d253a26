"""One input tried: what is wrong with what came of it, if anything."""

from __future__ import annotations

import time
import warnings
from dataclasses import dataclass
from functools import cache
from random import Random
from traceback import extract_tb

from tests.fuzz.mutation import mutant
from tests.fuzz.targets import TARGETS, assert_sentence

FIRST = 1024
"""Bytes of a file that it is cut off within, at each of them."""


@dataclass(frozen=True)
class Fault:
    """An input, and what came of it instead of a result or a sentence."""

    target: str
    what: str
    data: bytes


@cache
def wholes(target: str) -> tuple[bytes, ...]:
    """The whole inputs that others are made of."""
    return TARGETS[target].wholes()


def tried(target: str, data: bytes) -> Fault | None:
    """What is wrong with what comes of an input; None for a result, or a sentence of the right family, in time."""
    aim = TARGETS[target]
    began = time.process_time()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", RuntimeWarning)  # a sum that went wrong
            aim.use(data)
    except aim.answers as error:
        try:
            assert_sentence(error)
        except AssertionError as wrong:
            return Fault(target, str(wrong), data)
    except Exception as error:
        where = extract_tb(error.__traceback__)[-1]
        return Fault(target, f"{type(error).__name__}: {str(error)[:200]} ({where.filename}:{where.lineno})", data)
    seconds = time.process_time() - began
    if seconds > aim.seconds:
        return Fault(target, f"it took {seconds:.1f} s of at most {aim.seconds:g}", data)
    return None


def mutants(target: str, seed: int, count: int) -> list[bytes]:
    """So many broken inputs, the same for the same seed."""
    chance = Random(f"{target} {seed}")
    return [mutant(chance.choice(wholes(target)), chance) for _ in range(count)]


def beginnings(target: str, every: int = 1, first: int = 0) -> list[bytes]:
    """Each whole input cut off at every so many bytes of its first kilobyte."""
    return [one[:end] for one in wholes(target) for end in range(first, min(FIRST, len(one)), every)]


def tried_batch(target: str, seed: int, count: int) -> list[Fault]:
    """The faults of a batch of mutants: in a process that may die of them."""
    return [fault for data in mutants(target, seed, count) if (fault := tried(target, data))]


def tried_beginnings(target: str) -> list[Fault]:
    """The faults of everything cut off within its first kilobyte."""
    return [fault for data in beginnings(target) if (fault := tried(target, data))]
