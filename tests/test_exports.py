"""Files in the making: so many a minute for one person, none for a tab that is gone, the place in line told."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from effects import LimitError, workers
from effects.workers.line import asking
from pages.components.place_in_line import place_words
from pages.components.save.exports import Exports, TabClosedError, Turn

ANN = workers.Person("ann", 2)


def turn_of(exports: Exports, told: list[int], *, is_here: bool = True) -> Turn:
    return Turn(ANN, lambda: is_here, exports, lambda part: told.append(exports.ahead))


def test_a_person_has_so_many_files_a_minute_and_is_told_when_the_next() -> None:
    now = [100.0]
    exports = Exports(most=3, clock=lambda: now[0])
    for later in (0.0, 10.0, 10.0):
        now[0] += later
        exports.count()
    with pytest.raises(LimitError, match=r"^At most 3 files a minute .* try again in 41 s\.$"):
        exports.count()
    now[0] = 160.5
    exports.count()
    with pytest.raises(LimitError, match="in 10 s"):
        exports.count()


def test_a_file_is_made_for_its_person_in_whichever_thread() -> None:
    told: list[int] = []

    def make() -> workers.Person:
        with turn_of(Exports(), told).taken() as meanwhile:
            meanwhile()
            return asking()

    with ThreadPoolExecutor(1) as thread:
        assert thread.submit(make).result() == ANN
    assert asking().name == ""
    assert told == []


def test_nobody_waits_for_the_file_of_a_tab_that_is_closed() -> None:
    with turn_of(Exports(), [], is_here=False).taken() as meanwhile, pytest.raises(TabClosedError):
        meanwhile()


@pytest.mark.deep
def test_a_job_of_a_closed_tab_ends_before_its_time() -> None:
    here = [True]
    turn = Turn(ANN, lambda: here[0], Exports(), lambda part: None)

    def close() -> None:
        time.sleep(0.3)
        here[0] = False

    with ThreadPoolExecutor(1) as thread, turn.taken() as meanwhile:
        thread.submit(close)
        began = time.monotonic()
        with pytest.raises(TabClosedError):
            workers.jobs.WORKERS.call(time.sleep, 9.0, meanwhile=meanwhile)
    assert time.monotonic() - began < 8


def test_how_many_are_ahead_is_told_as_it_changes_and_taken_back(monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[int] = []
    with turn_of(Exports(), told).taken() as meanwhile:
        for ahead in (3, 3, 1, 0, 2):
            monkeypatch.setattr(workers, "ahead", lambda ahead=ahead: ahead)
            meanwhile()
    assert told == [3, 1, 0, 2, 0]
    assert place_words(1) == "The server is busy: 1 job is ahead of you."
    assert place_words(3) == "The server is busy: 3 jobs are ahead of you."
