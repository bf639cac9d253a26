"""The same jobs on other machines: a Dask cluster, whose workers do each in a killable process of their own.

One contract, whoever does a job: its limits, its sentences, what it logged, and that one can give up waiting for it.
Where the scheduler is away or has no workers, and where one of them is lost with a job, it is done here. Files among a
job's arguments are read and written where they lie by machines that see them: see `effects.workers.shared_files`.
"""

from __future__ import annotations

import logging
import math
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from effects.logs import log_level
from effects.workers import scheduler
from effects.workers.dask_worker import work_there
from effects.workers.ledger import OK, JobEnd
from effects.workers.line import Place
from effects.workers.patience import PATIENCE_SECONDS, Meanwhile, wait_until
from effects.workers.pool import Workers, unpack
from effects.workers.process import pack
from effects.workers.shared_files import Source, Target, Unseen, carried_at

Result = TypeVar("Result")

log = logging.getLogger(__name__)

SETTING = "EMULSION_SCHEDULER"

SCHEMES = ("tcp://", "tls://")

TALK_SECONDS = 2.0
"""How long the scheduler may take for a word."""

RETRY_SECONDS = 5.0
"""How long a scheduler that is away is left alone."""

KNOWN_SECONDS = 1.0
"""How long the scheduler's word counts which machines there are: to ask for each photo costs as much as to send it."""

LOOK_SECONDS = 5.0
"""How often who waits for a job looks whether there still are machines."""

UNSEEN_SECONDS = 60.0
"""How long a folder that no machine sees is taken for one that none does: by then a disk may be there."""


@dataclass(frozen=True)
class Job:
    """What is asked of another machine.

    A job that `is_hosted` is called in the Dask worker itself, for it has workers of its own there; others are done by
    one of that machine's.
    """

    function: Callable[..., Any]
    args: tuple[Any, ...]
    options: Mapping[str, Any]
    is_hosted: bool = False
    tell: Callable[[Any], None] | None = None
    most_bytes: int | None = None

    def is_too_large(self, places: tuple[int, ...]) -> bool:
        """Whether a file at one of these places among the arguments has more bytes than may travel."""
        sizes = [each.size for each in (self.args[place] for place in places) if isinstance(each, Source)]
        return self.most_bytes is not None and max(sizes, default=0) > self.most_bytes


@dataclass
class Errand:
    """A job on its way: what hears of it, and how it ended, with the answer that was told."""

    tell: Callable[[Any], None] | None
    answer: bytes | None = None
    ended: threading.Event = field(default_factory=threading.Event)

    def hear(self, words: Any) -> None:
        """Take what it tells: bytes are its answer."""
        if isinstance(words, bytes):
            self.answer = words
            self.ended.set()
        elif self.tell is not None:
            self.tell(words)


class AwayError(Exception):
    """No other machine did a job, or could have its files."""


class Cluster:
    """Workers of other machines, with those of this one for when they are away; safe to call from many threads."""

    def __init__(self, address: str, here: Workers) -> None:
        self.address = address
        self.here = here
        self._client: Any = None
        self._connecting = threading.Lock()
        self._next_try = 0.0
        self._known: tuple[float, list[str]] = (-math.inf, [])
        self._unseen: dict[Path, dict[str, float]] = {}  # folders, by which machines do not see them, and until when
        self._topic = ""
        self._errands: dict[str, Errand] = {}

    @property
    def is_connected(self) -> bool:
        """Whether the scheduler is there."""
        return self._client is not None and self._client.status == "running"

    @property
    def slots(self) -> int:
        """How many jobs the cluster does at a time, as it says; 0 where it is away."""
        return sum(self._client.ncores().values()) if self.is_connected else 0

    def call(
        self,
        function: Callable[..., Result],
        *args: Any,
        meanwhile: Meanwhile | None = None,
        seconds: float | None = None,
        **options: Any,
    ) -> Result:
        """What `Workers.call` returns or raises, wherever the job is done."""
        with suppress(AwayError):
            return self._have_done(
                Job(function, args, options), self.here, meanwhile, self.here.seconds if seconds is None else seconds
            )
        return self.here.call(function, *args, meanwhile=meanwhile, seconds=seconds, **options)

    def host(
        self,
        function: Callable[..., Result],
        *args: Any,
        here: Workers,
        tell: Callable[[Any], None],
        seconds: float,
        most_bytes: int | None = None,
        meanwhile: Meanwhile | None = None,
        **options: Any,
    ) -> Result:
        """What a function returns that has workers of its own on each machine, like `here`; AwayError where none does.

        There it is given `tell`, whose plain values are heard here, and `meanwhile`, which raises once nobody waits
        any more. It may take these `seconds`. A file of more than `most_bytes` goes by its path alone.
        """
        job = Job(function, args, options, is_hosted=True, tell=tell, most_bytes=most_bytes)
        result: Result = self._have_done(job, here, meanwhile, seconds)
        return result

    def _have_done(self, job: Job, here: Workers, meanwhile: Meanwhile | None, seconds: float) -> Any:
        """What another machine makes of a job that may take these seconds, in the line and the ledger of `here`."""
        if not self.is_connected:
            self.warm()
            raise AwayError
        with here.line.place() as place:
            here.line.begin(place)
            return self._told(job.function.__name__, here, place, self._ask_with_files(job, meanwhile, seconds))

    def _told(self, kind: str, here: Workers, place: Place, answer: bytes) -> Any:
        """What another machine answered, and the ledger told of it."""
        outcome = OK
        try:
            return unpack(answer)
        except Exception as error:
            outcome = type(error).__name__
            raise
        finally:
            here.ledger.tell(JobEnd(kind, 0.0, time.monotonic() - place.came, outcome, here.thing))

    def warm(self) -> None:
        """Look for the scheduler and start this machine's processes, without waiting for either."""
        self.here.warm()
        if time.monotonic() >= self._next_try and not self._connecting.locked():
            threading.Thread(target=self.connect, daemon=True).start()

    def connect(self) -> bool:
        """Look for the scheduler: whether it is there."""
        with self._connecting:
            if self.is_connected:
                return True
            self._let_go()
            try:
                import_module("dask").config.set({"distributed.admin.large-graph-warning-threshold": "1 GiB"})
                self._client = scheduler.opened(self.address, TALK_SECONDS)
                self._known = -math.inf, []
                self._topic = f"emulsion-{uuid4().hex}"
                self._client.subscribe_topic(self._topic, self._hear)
            except Exception as error:
                log.warning("The scheduler %s is away: %s; jobs are done here.", self.address, type(error).__name__)
            self._next_try = time.monotonic() + RETRY_SECONDS
            return self.is_connected

    def close(self) -> None:
        """Stop this machine's processes, and leave the cluster alone."""
        with self._connecting:
            self._let_go()
        self.here.close()

    def _let_go(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            scheduler.close(client, TALK_SECONDS)

    def _wait(self, ended: threading.Event, meanwhile: Meanwhile | None, until: float) -> bool:
        """Whether a job ended by then; AwayError as soon as there are no machines any more that could do it."""
        while (now := time.monotonic()) < until:
            if wait_until(ended.wait, meanwhile, min(now + LOOK_SECONDS, until), PATIENCE_SECONDS):
                return True
            self._machines()
        return False

    def _hear(self, event: tuple[float, tuple[str, Any]]) -> None:
        """Take what a job told on its way: its answer, or other words."""
        key, words = event[1]
        if errand := self._errands.get(key):
            errand.hear(words)

    def _ask_with_files(self, job: Job, meanwhile: Meanwhile | None, seconds: float) -> bytes:
        """What another machine answers: asked once more where it does not see the job's files, which go along then."""
        places = self._unseen_by_all(job)
        while True:
            if job.is_too_large(places):
                raise AwayError
            answer = self._ask_others(replace(job, args=carried_at(job.args, places)), meanwhile, seconds)
            if isinstance(answer, bytes):
                return answer
            now = time.monotonic()
            known = [(folder, by) for folder, by in list(self._unseen.items()) if max(by.values()) > now]
            self._unseen = dict(known)
            for place in answer.places:
                folder = job.args[place].path.parent
                self._unseen[folder] = {**self._unseen.get(folder, {}), answer.machine: now + UNSEEN_SECONDS}
            places = (*places, *answer.places)

    def _unseen_by_all(self, job: Job) -> tuple[int, ...]:
        """The places of files that no machine has seen the folder of, a moment ago."""
        now, machines = time.monotonic(), self._machines()
        files = [(place, each) for place, each in enumerate(job.args) if isinstance(each, Source | Target)]
        unseen = [(place, self._unseen.get(each.path.parent, {})) for place, each in files]
        return tuple(place for place, by in unseen if all(by.get(machine, 0.0) > now for machine in machines))

    def _machines(self) -> list[str]:
        """The addresses of the workers that the scheduler knows; AwayError where it knows none or does not answer."""
        asked, found = self._known
        if time.monotonic() - asked > KNOWN_SECONDS:
            client = self._client
            try:
                found = list(client.sync(client.scheduler.ncores, callback_timeout=TALK_SECONDS))
            except Exception as error:
                log.warning("The scheduler could not be asked: %s; the job is done here.", type(error).__name__)
                raise AwayError from None
            # Where there are none, the next job is to find the first that comes.
            self._known = (time.monotonic() if found else -math.inf), found
        if not found:
            raise AwayError
        return found

    def _ask_others(self, job: Job, meanwhile: Meanwhile | None, seconds: float) -> bytes | Unseen:
        """What another machine answers to a job of at most so many seconds; AwayError where none does."""
        client, key, errand = self._client, f"emulsion-{uuid4().hex}", Errand(job.tell)
        until = time.monotonic() + self.here.line_seconds + seconds + 1
        message = bytes(pack((job.function, job.args, job.options, log_level())))
        self._errands[key] = errand
        try:
            future = client.submit(work_there, message, key, seconds, self._topic, job.is_hosted, key=key, pure=False)
        except Exception as error:
            del self._errands[key]
            log.warning("The scheduler could not be asked: %s; the job is done here.", type(error).__name__)
            raise AwayError from None
        future.add_done_callback(lambda _: errand.ended.set())
        try:
            # An error of `meanwhile` is the person's, and goes on.
            if self._wait(errand.ended, meanwhile, until):
                if errand.answer is not None:
                    return errand.answer
                if future.status == "finished":
                    with suppress(OSError, TimeoutError, CancelledError):
                        answer: bytes | Unseen | None = future.result(timeout=seconds)
                        if answer is not None:  # one that was told while nobody heard
                            return answer
            log.warning("A job came to nothing elsewhere (%s); it is done here.", future.status)
        finally:
            del self._errands[key]
            future.release()  # one that still runs is wanted by nobody any more, and ends
        raise AwayError


def executor(settings: Mapping[str, str], here: Workers, name: str = SETTING) -> Workers | Cluster:
    """Who does the heavy jobs, by the setting EMULSION_SCHEDULER or another of this name; ValueError, one sentence."""
    address = settings.get(name, "")
    if not address:
        return here
    if not address.startswith(SCHEMES):
        raise ValueError(f"{name} is an address such as tcp://scheduler:8786, not {address!r}.")
    if find_spec("distributed") is None:
        raise ValueError(f"{name} needs Dask: pip install 'emulsion-effects[cluster]'.")
    return Cluster(address, here)
