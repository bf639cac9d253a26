"""One run at a time, first come, first served, and nobody waits for who waits."""

from __future__ import annotations

import threading
import time

from pages.components.floor import Floor

LONG = 60.0  # s that no test lasts


def waiting(floor: Floor, count: int) -> None:
    """Wait until so many wait."""
    end = time.monotonic() + 10
    while len(floor._waiting) < count:
        assert time.monotonic() < end
        time.sleep(0.001)


def test_one_has_it_at_a_time_and_the_others_have_it_as_they_came() -> None:
    floor, order, together = Floor(LONG), list[int](), list[int]()
    here = 0

    def run(number: int) -> None:
        nonlocal here
        with floor.taken():
            here += 1
            together.append(here)
            order.append(number)
            here -= 1

    with floor.taken():
        threads = []
        for number in range(8):
            threads.append(threading.Thread(target=run, args=(number,)))
            threads[-1].start()
            waiting(floor, number + 1)
        assert not order
    for thread in threads:
        thread.join(10)
    assert order == list(range(8))
    assert set(together) == {1}


def test_who_leaves_it_lets_the_next_work_and_works_on() -> None:
    floor, came = Floor(LONG), threading.Event()

    def run() -> None:
        with floor.taken():
            came.set()

    with floor.taken():
        other = threading.Thread(target=run)
        other.start()
        waiting(floor, 1)
        assert not came.is_set()
        floor.leave()
        assert came.wait(10)
        other.join(10)
        floor.leave()  # nobody's any more
    with floor.taken():
        pass


def test_nobody_waits_for_who_has_it_too_long() -> None:
    floor, came, end = Floor(0.05), threading.Event(), threading.Event()

    def run() -> None:
        with floor.taken():
            came.set()
            end.wait(10)

    began = time.monotonic()
    with floor.taken():
        others = [threading.Thread(target=run) for _ in range(2)]
        others[0].start()
        assert came.wait(10)
        assert time.monotonic() - began >= 0.05
        came.clear()
        others[1].start()
        assert came.wait(10)
        assert time.monotonic() - began >= 0.1
    end.set()
    for other in others:
        other.join(10)
    with floor.taken():
        assert floor._holder == threading.get_ident()
    assert not floor._holder


def test_a_hundred_who_work_too_long_all_have_their_turn_and_nobody_is_forgotten() -> None:
    floor, count, lock = Floor(0.001), 0, threading.Lock()

    def run(number: int) -> None:
        nonlocal count
        for _ in range(5):
            with floor.taken():
                time.sleep(0.003 * (number % 3))
                if number % 2:
                    floor.leave()
            with lock:
                count += 1

    threads = [threading.Thread(target=run, args=(number,), daemon=True) for number in range(100)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert count == 500
    assert not floor._holder
    assert not floor._waiting


def test_who_never_had_it_leaves_it_to_who_has() -> None:
    floor = Floor(LONG)
    with floor.taken():
        other = threading.Thread(target=floor.leave)
        other.start()
        other.join(10)
        assert floor._holder == threading.get_ident()


def test_it_is_known_for_a_while_that_somebody_had_to_wait() -> None:
    floor = Floor(LONG)
    with floor.taken():
        assert not floor.was_sought(LONG), "nobody but its holder wants it"
        other = threading.Thread(target=lambda: floor._take(0))
        other.start()
        waiting(floor, 1)
        assert floor.was_sought(0)
    other.join(10)
    assert floor.was_sought(LONG)
    time.sleep(0.02)
    assert not floor.was_sought(0.01)
