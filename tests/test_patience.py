"""Waiting for one's turn can be given up, and nothing that was taken on the way stays taken."""

from __future__ import annotations

import threading

import pytest

from effects.workers.patience import release, take


def test_an_error_meanwhile_ends_the_waiting_and_gives_back_what_was_taken() -> None:
    free, busy, calls = threading.Lock(), threading.Lock(), []

    def give_up() -> None:
        calls.append(free.locked())
        if len(calls) == 3:
            raise KeyboardInterrupt

    busy.acquire()
    later = threading.Timer(5, busy.release)
    later.start()
    try:
        with pytest.raises(KeyboardInterrupt):
            take([free, busy], give_up)
        assert calls == [True] * 3
        assert not free.locked()
        assert busy.locked()
    finally:
        later.cancel()


@pytest.mark.parametrize("patient", [False, True])
def test_whoever_waits_takes_all_once_they_are_given_back(patient: bool) -> None:
    locks = [threading.Lock(), threading.Lock()]
    locks[1].acquire()
    later = threading.Timer(0.05, locks[1].release)
    later.start()
    calls: list[int] = []
    take(locks, (lambda: calls.append(1)) if patient else None)
    assert all(lock.locked() for lock in locks)
    assert bool(calls) == patient
    release(locks)
    assert not any(lock.locked() for lock in locks)
