"""The processes of one server: who gets the next one that is free, and that there are always as many.

A thread watches over them. It alone starts processes, ends one whose time is up, and replaces one that died, also one
that had nothing to do. So whoever waits for an answer need not look at the clock: the pipe breaks in time.
"""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections import deque
from concurrent.futures import CancelledError, Future
from multiprocessing.connection import wait

from effects.settings import SETTINGS
from effects.workers.ledger import Ledger, WorkerEnd
from effects.workers.line import NOBODY, Person, asking
from effects.workers.patience import Meanwhile, wait_until
from effects.workers.worker import Worker

log = logging.getLogger(__name__)

LOOK_SECONDS = 0.05
"""Seconds between two looks at the processes: by so much may one live too long."""

PAUSE_SECONDS = 0.5
"""Seconds after a failed start before the next: it fails for a reason, and each takes a core for a while."""

FAILED_STARTS = 3
"""So many in a row, and whoever waits in line is sent away: nobody knows whether there will be a worker."""

MAX_JOBS = SETTINGS.worker_jobs
"""Jobs after which a process is replaced, by one that is ready by then: what decoders leak goes with it."""


class NoWorkerError(Exception):
    """No worker came free in time, or there will be none."""


class Crew:
    """So many processes, until they are ended; made and used by any thread."""

    def __init__(self, count: int, memory: int, max_jobs: int, ledger: Ledger) -> None:
        self.count, self.memory, self.max_jobs, self.ledger = count, memory, max_jobs, ledger
        self._lock = threading.Lock()
        self._workers: list[Worker] = []
        self._free: list[Worker] = []
        self._line: deque[tuple[Person, Future[Worker]]] = deque()
        self._lent: dict[Worker, Person] = {}
        self._failed_starts = 0
        self._next_start = 0.0
        self._end = threading.Event()
        self._watch = threading.Thread(target=self._watch_over, name="effects-workers", daemon=True)
        self._watch.start()
        atexit.register(self.end)

    @property
    def has_ended(self) -> bool:
        """Whether there will be no workers any more."""
        return self._end.is_set()

    @property
    def is_busy(self) -> bool:
        """Whether all of the processes have jobs, and time for them."""
        now = time.monotonic()
        with self._lock:
            return len(self._lent) >= self.count and all(worker.deadline > now for worker in self._lent)

    @property
    def is_starting(self) -> bool:
        """Whether none is ready, and nothing is known against those on their way."""
        return not self._failed_starts and not any(worker.is_ready for worker in self._workers_now())

    def processes(self) -> list[int]:
        """The system's numbers of the processes."""
        return [worker.process_id for worker in self._workers_now()]

    def take(self, until: float, meanwhile: Meanwhile | None = None) -> Worker:
        """The next worker that is free; NoWorkerError where none is until then.

        First come, first served, but for who has workers already: of those who wait, it goes to one with the fewest.
        """
        ticket: Future[Worker] = Future()
        with self._lock:
            if self.has_ended:
                raise NoWorkerError
            self._line.append((asking(), ticket))
            self._hand_out()
        try:
            if not wait_until(lambda seconds: has_come(ticket, seconds), meanwhile, until) or ticket.cancelled():
                raise NoWorkerError
            return ticket.result()
        except BaseException:
            if not ticket.cancel():
                self.give_back(ticket.result())
            raise

    def give_back(self, worker: Worker) -> None:
        """Let others have a worker, unless it has ended or may retire."""
        with self._lock:
            self._lent.pop(worker, None)
            is_spent = worker.has_ended or worker.is_overdue or self.has_ended or self._may_retire(worker)
            if is_spent:
                self._workers.remove(worker)
            else:
                self._free.append(worker)
                self._hand_out()
        if is_spent:
            worker.end()

    def end(self) -> None:
        """Stop the processes, whatever they are doing."""
        atexit.unregister(self.end)
        self._end.set()
        self._watch.join()
        with self._lock:
            idle = self._free + [worker for worker in self._workers if not worker.is_ready]
            busy = [worker for worker in self._workers if worker not in idle]
            self._workers, self._free = busy, []
            self._send_away()
        for worker in busy:
            worker.is_dismissed = True
            worker.kill()  # whoever speaks with it will let go of it
        for worker in idle:
            worker.end()

    def _has_worked_enough(self, worker: Worker) -> bool:
        return worker.jobs >= self.max_jobs

    def _may_retire(self, worker: Worker) -> bool:
        """Whether it has worked enough, and another stands ready for it."""
        return self._has_worked_enough(worker) and sum(other.is_ready for other in self._workers) > self.count

    def _hand_out(self) -> None:
        while self._line and self._free:
            person, ticket = turn = min(self._line, key=lambda each: self._count_of(each[0]))  # of equals the first
            self._line.remove(turn)
            if ticket.set_running_or_notify_cancel():
                worker = self._free.pop()
                self._lent[worker] = person
                ticket.set_result(worker)

    def _count_of(self, person: Person) -> int:
        return 0 if person is NOBODY else sum(other == person for other in self._lent.values())

    def _send_away(self) -> None:
        while self._line:
            self._line.popleft()[1].cancel()

    def _watch_over(self) -> None:
        while not self.has_ended:
            try:
                self._look()
            except Exception:
                log.exception("The watch over the workers met something that nobody foresaw")
                self._end.wait(PAUSE_SECONDS)

    def _look(self) -> None:
        self._fill()
        starting = {worker.pipe: worker for worker in self._workers_now() if not worker.is_ready}
        if starting:
            for pipe in wait(list(starting), LOOK_SECONDS):
                self._welcome(starting[pipe])  # type: ignore[index]
        else:
            self._end.wait(LOOK_SECONDS)
        self._stop_overdue()
        self._bury()

    def _workers_now(self) -> list[Worker]:
        with self._lock:
            return list(self._workers)

    def _fill(self) -> None:
        one_more = any(map(self._has_worked_enough, self._workers_now()))
        while len(self._workers_now()) < self.count + one_more and time.monotonic() >= self._next_start:
            try:
                worker = Worker(self.memory)
            except (OSError, EOFError, AssertionError) as error:  # a daemon may start no process
                log.warning("A worker could not be started: %s", type(error).__name__)
                self._put_off()
                return
            with self._lock:
                self._workers.append(worker)

    def _put_off(self) -> None:
        self._failed_starts += 1
        self._next_start = time.monotonic() + PAUSE_SECONDS
        with self._lock:
            if self._failed_starts >= FAILED_STARTS and not any(worker.is_ready for worker in self._workers):
                self._send_away()

    def _welcome(self, worker: Worker) -> None:
        if worker.welcome():
            self._failed_starts = 0
        else:
            log.warning("A worker ended before it was ready.")
            self._put_off()
        self.give_back(worker)

    def _stop_overdue(self) -> None:
        now = time.monotonic()
        with self._lock:  # so that none is given back, and to somebody else, between the look and its end
            for worker in self._workers:
                if worker.deadline < now:
                    worker.is_overdue = True
                    worker.kill()

    def _bury(self) -> None:
        with self._lock:
            dead = [worker for worker in self._free if not worker.is_alive()]
            retired = [worker for worker in self._free if worker not in dead and self._may_retire(worker)][:1]
            gone = dead + retired
            self._free = [worker for worker in self._free if worker not in gone]
            self._workers = [worker for worker in self._workers if worker not in gone]
        for _ in dead:
            self.ledger.tell(WorkerEnd("idle"))
            log.warning("A worker that had nothing to do ended.")
        for worker in gone:
            worker.end()


def has_come(ticket: Future[Worker], seconds: float) -> bool:
    """Whether a ticket was answered within so many seconds, or taken back."""
    try:
        ticket.result(seconds)
    except TimeoutError:
        return False
    except CancelledError:
        return True
    return True
