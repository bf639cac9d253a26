"""Killable processes with limits, in which untrusted pictures are opened and exports rendered.

A decoder that crashes, hangs or asks for too much memory ends its worker, never the server, and the person reads one
sentence. Safe to call from many threads at once. `warm` starts the processes before the first picture comes.
"""

from __future__ import annotations

import pickle
import threading
import time
from collections.abc import Callable
from contextlib import ExitStack, suppress
from typing import Any, NoReturn, TypeVar

from effects.codec.limits import refuse
from effects.errors import DecodeError, LimitError, PictureError
from effects.logs import Report, log_level, relay_report
from effects.memory.bands import cores
from effects.settings import SETTINGS
from effects.workers.crew import MAX_JOBS, Crew, NoWorkerError
from effects.workers.ledger import GIVEN_UP, OK, JobEnd, Ledger, WorkerEnd
from effects.workers.line import Line, Place
from effects.workers.patience import LOOK_SECONDS, Meanwhile, release, take
from effects.workers.process import Answer, pack
from effects.workers.worker import Worker, WorkerEndedError

Result = TypeVar("Result")

SECONDS = float(SETTINGS.seconds)
MEMORY = SETTINGS.memory_mb * 2**20
"""Bytes a worker may map beyond what its imports did."""

UNREADABLE = "This picture made the decoder fail, so it cannot be used; the file is damaged or too demanding."
UNDOABLE = "These steps failed on this picture; it may do without one of them."
KILLED = (
    "The work on this picture was ended by the server's system, as happens when memory is short;"
    " try once more, or a smaller picture."
)
OVERDUE = "This took over {limit:g} s and was stopped; a smaller picture or fewer steps may do."
NO_MEMORY = "This picture needs more memory than one picture may take."
BUSY = "The picture could not be worked on just now; please try once more."

ATTEMPTS = 3
"""Tries of a job, beyond one for each worker, where its workers die before they begin."""

LINE_SECONDS = float(SETTINGS.queue_seconds)
"""How long a job waits for its turn; where the line is longer, one had better come again."""

WASTED_SECONDS = 0.5
"""Seconds after which a job that nobody wants any more is ended with its process: a new one takes about as long."""

WASTED_ASIDE_SECONDS = 2.0
"""The same for a job that leaves a worker to others: most are done by then, and nobody waits for its process."""


class LostWorkerError(DecodeError):
    """The process that opened a file ended: by the file, or something other than it and this server ended it."""


class OutgrownError(LimitError):
    """A job asked for more memory than its process may have."""


class TraceError(Exception):
    """Where in a worker an error arose: its cause, here."""


class Workers:
    """Processes that do one job at a time each, started when first needed and again whenever one dies."""

    def __init__(
        self,
        count: int | None = None,
        seconds: float = SECONDS,
        memory: int = MEMORY,
        line_seconds: float = LINE_SECONDS,
        max_jobs: int = MAX_JOBS,
        *,
        queue: int = SETTINGS.queue,
        thing: str = "picture",
        look_seconds: float = LOOK_SECONDS,
    ) -> None:
        self.count = count or cores()
        self.seconds = seconds
        self.memory = memory
        self.line_seconds = line_seconds
        self.max_jobs = max_jobs
        self.line, self.ledger = Line(queue), Ledger()
        self.thing = thing
        self.look_seconds = look_seconds
        self._crew: Crew | None = None
        self._starting = threading.Lock()
        self._large, self._aside = threading.Lock(), threading.Lock()

    def call(
        self,
        function: Callable[..., Result],
        *args: Any,
        large: bool = False,
        aside: bool = False,
        opens: bool = True,
        meanwhile: Meanwhile | None = None,
        seconds: float | None = None,
        is_noted: bool = True,
        **options: Any,
    ) -> Result:
        """What `function` returns or raises in a worker; LimitError where it hangs or takes too much memory.

        It may take these `seconds`; without, those of the workers.

        Where it crashes: DecodeError if it `opens` a file, whose decoder will have been it, otherwise PictureError.
        `meanwhile` is called every `look_seconds` while one waits; where it raises, nobody wants the job any more.
        Of `large` jobs one runs at a time, for its memory, and of those done `aside` one, so that others find a worker.
        Waiting in line is no part of a job's time, and ends with PictureError after `line_seconds`; where the line is
        full, or holds enough of the same person's jobs, with LimitError at once. What `is_noted` is told by the ledger.
        """
        limit = self.seconds if seconds is None else seconds
        outcome = GIVEN_UP
        with self.line.place() as place:
            try:
                message = (function, args, options, log_level())
                result: Result = self._work(place, message, limit, meanwhile, large=large, aside=aside, opens=opens)
                outcome = OK
                return result
            except Exception as error:
                outcome = GIVEN_UP if place.is_given_up else type(error).__name__
                raise
            finally:
                if is_noted:
                    took = time.monotonic() - place.came - place.waited
                    self.ledger.tell(JobEnd(function.__name__, place.waited, took, outcome, self.thing))

    def _work(
        self,
        place: Place,
        job: tuple[Any, ...],
        limit: float,
        meanwhile: Meanwhile | None,
        *,
        large: bool,
        aside: bool,
        opens: bool,
    ) -> Any:
        """What a job that has its place in line makes, or its error; it may take so many seconds."""
        meanwhile = meanwhile and noted_on(place, meanwhile)
        locks = [*([self._aside] if aside else []), *([self._large] if large else [])]
        until = time.monotonic() + self.line_seconds
        wasted = WASTED_ASIDE_SECONDS if aside else WASTED_SECONDS
        for _ in range(self.count + ATTEMPTS):
            with ExitStack() as turn:
                try:
                    worker = self._take_turn(turn, locks, until, meanwhile)
                except NoWorkerError:
                    break
                self.line.begin(place)
                message = pack(job)
                try:
                    worker.ask(message, limit)
                    del message  # no second copy of a picture while it is worked on
                    answer = worker.finish(meanwhile, self.look_seconds)
                except WorkerEndedError:
                    if worker.has_begun or worker.is_dismissed:
                        self._blame(worker, opens, limit)
                    continue  # it died between two jobs; another does this one
                except BaseException:
                    if worker.let_finish(wasted):
                        see_out(worker, turn.pop_all())
                    else:
                        worker.end()
                    raise
            try:
                return unpack(answer)
            except OutgrownError:
                self._refuse(NO_MEMORY, LimitError)
        return self._refuse(BUSY, PictureError)

    def _take_turn(
        self, turn: ExitStack, locks: list[threading.Lock], until: float, meanwhile: Meanwhile | None
    ) -> Worker:
        """The worker that one gets with these locks; at the end of the turn, others get it and them."""
        if not take(locks, meanwhile, until):
            raise NoWorkerError
        turn.callback(release, locks)
        crew = self._ready()
        worker = crew.take(until, meanwhile)
        turn.callback(crew.give_back, worker)
        return worker

    def _blame(self, worker: Worker, opens: bool, limit: float) -> NoReturn:
        """Say why a worker ended in the middle of a job that might take so many seconds."""
        if worker.is_dismissed:
            self._refuse(BUSY, PictureError)
        if worker.is_overdue:
            self.ledger.tell(WorkerEnd("overdue"))
            self._refuse(OVERDUE.format(limit=limit), LimitError)
        if worker.was_ended_from_outside:
            self.ledger.tell(WorkerEnd("killed"))
            self._refuse(KILLED, LostWorkerError if opens else PictureError)
        self.ledger.tell(WorkerEnd("crashed"))
        if opens:
            self._refuse(UNREADABLE, LostWorkerError)
        self._refuse(UNDOABLE, PictureError)

    def _refuse(self, sentence: str, error: type[PictureError]) -> NoReturn:
        """Raise an error in the words of what these workers work on."""
        refuse(sentence.replace("picture", self.thing), error)

    def _ready(self) -> Crew:
        with self._starting:
            if self._crew is None:
                try:
                    self._crew = Crew(self.count, self.memory, self.max_jobs, self.ledger)
                except RuntimeError as error:  # the system lends no more threads
                    raise NoWorkerError from error
            return self._crew

    @property
    def are_busy(self) -> bool:
        """Whether each worker has a job that it may still take its time for."""
        return self._crew is not None and self._crew.is_busy

    @property
    def are_starting(self) -> bool:
        """Whether none is ready, and nothing is known against those on their way."""
        return self._crew is not None and self._crew.is_starting

    def processes(self) -> list[int]:
        """The system's numbers of the processes."""
        return self._crew.processes() if self._crew else []

    def warm(self) -> None:
        """Start the processes, without waiting for them."""
        with suppress(NoWorkerError):
            self._ready()

    def close(self) -> None:
        """Stop the processes, whatever they are doing."""
        with self._starting:
            if self._crew is not None:
                self._crew.end()
                self._crew = None


def unpack(message: bytes) -> Any:
    """What a job made elsewhere, or its error; what it logged there is logged here."""
    answer: Answer[Any] = pickle.loads(message)

    def report() -> Report[Any]:
        if answer.report is None:
            assert answer.error is not None
            raise answer.error from TraceError(answer.trace)
        return answer.report

    try:
        return relay_report(report)
    except MemoryError:
        refuse(NO_MEMORY, OutgrownError)


def noted_on(place: Place, meanwhile: Meanwhile) -> Meanwhile:
    """The same check, whose error is noted as the person's own: nobody wants the job any more."""

    def look() -> None:
        try:
            meanwhile()
        except BaseException:
            place.is_given_up = True
            raise

    return look


def see_out(worker: Worker, ends: ExitStack) -> None:
    """Let a worker finish what nobody waits for any more, and its turn end with that."""

    def finish() -> None:
        with ends, suppress(WorkerEndedError):
            worker.finish()

    try:
        threading.Thread(target=finish, daemon=True).start()
    except RuntimeError:  # the system lends no more threads
        worker.kill()
        finish()
