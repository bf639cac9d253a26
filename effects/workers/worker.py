"""One killable process, and the pipe to it, which no other process holds.

Where several processes share a queue, they share its locks, too: one that is killed with such a lock in its hand, by
the system when memory is short, stops them all for ever. So each has a pipe of its own: it breaks with the process,
and whoever waits at its other end knows at once.
"""

from __future__ import annotations

import math
import signal
import time
from multiprocessing import Pipe

from effects.workers.patience import LOOK_SECONDS, Meanwhile, wait_until
from effects.workers.process import BEGAN, serve
from effects.workers.spawning import BareContext

START_SECONDS = 60.0
"""How long a new process may take for its imports: a second, or twenty where the machine has much else to do."""

USUAL_START_SECONDS = 2.0
"""What they take at most where a machine has nothing else to do."""

TAKING_SECONDS = 5.0
"""How long a process with nothing else to do may take until it says that it has begun with a job."""

JOIN_SECONDS = 1.0
"""How long to wait for the end of a process that was killed: what it held is free then."""


ENDED_BY_SYSTEM = {-getattr(signal, name, 0) for name in ("SIGKILL", "SIGTERM")} - {0}
"""Exit statuses of a process that something else ended, as a system does when memory is short: no crash has them."""


class WorkerEndedError(Exception):
    """The process ended before it answered."""


class Worker:
    """A process that does one job at a time. One thread speaks with it, another may end it at any moment."""

    def __init__(self, memory: int) -> None:
        self.pipe, theirs = Pipe()
        self._process = BareContext().Process(target=serve, args=(theirs, memory), name="effects-worker", daemon=True)
        try:
            self._process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            theirs.close()
        self._started = time.monotonic()
        self.start_seconds = 0.0  # that it took until it was ready
        self.deadline = self._started + START_SECONDS
        """When it is ended, whatever it does."""
        self.is_ready = self.has_begun = self.is_overdue = self.is_dismissed = self.has_ended = False
        self.jobs = 0
        self._asked = -math.inf
        self._seconds = math.inf

    def welcome(self) -> bool:
        """Whether it is ready for its first job, now that it has said something or ended."""
        try:
            self._receive()
        except WorkerEndedError:
            return False
        self.is_ready, self.deadline = True, math.inf
        self.start_seconds = time.monotonic() - self._started
        return True

    def ask(self, message: memoryview, seconds: float) -> None:
        """Give it a job, which it may take so many seconds for; WorkerEndedError."""
        self.jobs += 1
        self.has_begun, self._asked, self._seconds = False, -math.inf, seconds
        self.deadline = time.monotonic() + TAKING_SECONDS
        try:
            self.pipe.send_bytes(message)
        except OSError:
            raise self._gone() from None
        self._asked = time.monotonic()

    def finish(self, meanwhile: Meanwhile | None = None, look: float = LOOK_SECONDS) -> bytes:
        """What it answers to the job it has; WorkerEndedError. `meanwhile` is called every `look` seconds."""
        while True:
            wait_until(self._has_spoken, meanwhile, look=look)
            words = self._receive()
            if words != BEGAN:
                self.deadline = math.inf
                return words
            self.has_begun, self.deadline = True, time.monotonic() + self._seconds

    def let_finish(self, seconds: float) -> bool:
        """Whether its job, which nobody waits for any more, may run on: until it has run for so long.

        Where the machine has much else to do, so many times as long as its start took longer than is usual: another
        process would take as long to start, and a person in a hurry would wait for one after the other.
        """
        slowness = max(1.0, self.start_seconds / USUAL_START_SECONDS)
        left = self._asked + seconds * slowness - time.monotonic()
        if left > 0:
            self._seconds = left
            self.deadline = min(self.deadline, time.monotonic() + left)
        return left > 0

    @property
    def process_id(self) -> int:
        """The system's number of the process."""
        return self._process.pid or 0

    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process.is_alive()

    @property
    def was_ended_from_outside(self) -> bool:
        """Whether it has ended, and neither by itself nor by this server."""
        if self.is_overdue or self.is_dismissed:
            return False
        self._process.join(JOIN_SECONDS)  # its pipe breaks a moment before its status is known
        return self._process.exitcode in ENDED_BY_SYSTEM

    def kill(self) -> None:
        """End the process, whatever it does; whoever waits for it hears of it by the pipe."""
        self._process.kill()

    def end(self) -> None:
        """End the process, and let go of its pipe: for the thread that speaks with it."""
        self.has_ended = True
        self._process.kill()
        self._process.join(JOIN_SECONDS)
        self.pipe.close()

    def _has_spoken(self, seconds: float) -> bool:
        try:
            return self.pipe.poll(seconds)
        except OSError:
            raise self._gone() from None

    def _receive(self) -> bytes:
        try:
            return self.pipe.recv_bytes()
        except (EOFError, OSError):
            raise self._gone() from None

    def _gone(self) -> WorkerEndedError:
        self.has_ended = True
        return WorkerEndedError("The process ended before it answered.")
