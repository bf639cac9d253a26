"""What strangers send, broken: a result or one sentence comes of it, soon; a share here, the rest by `make fuzz`."""

from __future__ import annotations

from random import Random

import pytest

from tests.fuzz.mutation import mutant
from tests.fuzz.targets import TARGETS
from tests.fuzz.trial import Fault, beginnings, mutants, tried


def faults(target: str, inputs: list[bytes]) -> list[Fault]:
    return [fault for data in inputs if (fault := tried(target, data))]


@pytest.mark.parametrize("target", TARGETS)
def test_what_is_cut_off_within_its_first_kilobyte_or_broken_by_chance_is_answered(target: str) -> None:
    every = max(1, len(beginnings(target)) // 8)
    assert not faults(target, beginnings(target, every, first=3))
    assert not faults(target, mutants(target, 0, 8))


@pytest.mark.deep
@pytest.mark.parametrize("target", TARGETS)
def test_cut_off_at_every_byte_of_its_first_kilobyte_it_is_answered(target: str) -> None:
    assert not faults(target, beginnings(target))


@pytest.mark.parametrize("target", TARGETS)
def test_whole_inputs_are_taken_and_mutants_are_others(target: str) -> None:
    """Else everything would be refused at the door, and nothing tried behind it."""
    for whole in TARGETS[target].wholes():
        if target != "table":  # each is of one form, and tried as the other, too
            TARGETS[target].use(whole)
    broken = mutants(target, 0, 50)
    assert len(set(broken) - set(TARGETS[target].wholes())) > 35
    assert broken == mutants(target, 0, 50)


def test_a_fault_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(data: bytes) -> None:
        raise IndexError(len(data))

    aim = TARGETS["gif"]
    monkeypatch.setitem(TARGETS, "gif", type(aim)(aim.wholes, fail, aim.answers, aim.seconds))
    fault = tried("gif", b"GIF89a")
    assert fault is not None
    assert fault.what.startswith("IndexError: 6 (")
    monkeypatch.setitem(TARGETS, "gif", type(aim)(aim.wholes, lambda _: sum(range(10**6)), aim.answers, 0.0))
    slow = tried("gif", b"GIF89a")
    assert slow is not None
    assert "of at most" in slow.what


def test_nothing_is_left_of_nothing() -> None:
    for seed in range(50):
        assert isinstance(mutant(b"", Random(seed)), bytes)
