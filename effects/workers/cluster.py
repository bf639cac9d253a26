"""The same jobs on other machines: a Dask cluster, whose workers do each in a killable process of their own.

One contract, whoever does a job: its limits, its sentences, what it logged, and that one can give up waiting for it.
Where the scheduler is away or has no workers, and where one of them is lost with a job, it is done here.
"""

from __future__ import annotations

import logging
import pickle
import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import CancelledError
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec
from typing import Any, TypeVar
from uuid import uuid4

from effects.logs import log_level, report_job
from effects.workers.ledger import OK, JobEnd
from effects.workers.line import Place
from effects.workers.patience import Meanwhile, wait_until
from effects.workers.pool import Workers, unpack
from effects.workers.process import Answer, pack, pack_error

Result = TypeVar("Result")

log = logging.getLogger(__name__)

SETTING = "EMULSION_SCHEDULER"

SCHEMES = ("tcp://", "tls://")

TALK_SECONDS = 2.0
"""How long the scheduler may take for a word."""

RETRY_SECONDS = 5.0
"""How long a scheduler that is away is left alone."""

THERE = Workers()
"""On a Dask worker: those of its machine, which do what it is asked to."""


class Cluster:
    """Workers of other machines, with those of this one for when they are away; safe to call from many threads."""

    def __init__(self, address: str, here: Workers) -> None:
        self.address = address
        self.here = here
        self._client: Any = None
        self._connecting = threading.Lock()
        self._next_try = 0.0

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
        if not self.is_connected:
            self.warm()
        else:
            limit = self.here.seconds if seconds is None else seconds
            with self.here.line.place() as place:
                self.here.line.begin(place)
                answer = self._ask_others(bytes(pack((function, args, options, log_level()))), meanwhile, limit)
                if answer is not None:
                    return self._told(function.__name__, place, answer)
        return self.here.call(function, *args, meanwhile=meanwhile, seconds=seconds, **options)

    def _told(self, kind: str, place: Place, answer: bytes) -> Any:
        """What another machine answered, and the ledger told of it."""
        outcome = OK
        try:
            return unpack(answer)
        except Exception as error:
            outcome = type(error).__name__
            raise
        finally:
            self.here.ledger.tell(JobEnd(kind, 0.0, time.monotonic() - place.came, outcome))

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
                client = import_module("distributed").Client
                self._client = client(self.address, timeout=TALK_SECONDS, set_as_default=False, name="emulsion")
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
            with suppress(Exception):
                client.close(timeout=TALK_SECONDS)

    def _ask_others(self, job: bytes, meanwhile: Meanwhile | None, seconds: float) -> bytes | None:
        """What another machine answers to a job of at most so many seconds; None where none does."""
        client, key = self._client, f"emulsion-{uuid4().hex}"
        until = time.monotonic() + self.here.line_seconds + seconds + 1
        try:
            if not client.sync(client.scheduler.ncores, callback_timeout=TALK_SECONDS):
                return None
            future = client.submit(work_there, job, key, seconds, key=key, pure=False)
        except Exception as error:
            log.warning("The scheduler could not be asked: %s; the job is done here.", type(error).__name__)
            return None
        ended = threading.Event()
        future.add_done_callback(lambda _: ended.set())
        try:
            if wait_until(ended.wait, meanwhile, until) and future.status == "finished":
                answer: bytes = future.result(timeout=seconds)
                return answer
            log.warning("A job came to nothing elsewhere (%s); it is done here.", future.status)
        except (OSError, TimeoutError, CancelledError):
            log.warning("An answer was lost on its way; the job is done here.")
        finally:
            future.release()  # one that still runs is wanted by nobody any more, and ends
        return None


def work_there(job: bytes, key: str, seconds: float) -> bytes:
    """On a Dask worker: a job done in a process of its machine, and what came of it."""
    try:
        function, args, options, level = pickle.loads(job)
        check = cancellation_check(key)
        report = report_job(lambda: THERE.call(function, *args, meanwhile=check, seconds=seconds, **options), level)
        return bytes(pack(Answer(report)))
    except Exception as error:
        return bytes(pack_error(error))


def cancellation_check(key: str) -> Meanwhile:
    """On a Dask worker: an error as soon as nobody waits for a task any more."""
    tasks = import_module("distributed").get_worker().state.tasks

    def look() -> None:
        if key not in tasks or tasks[key].state == "cancelled":
            raise CancelledError

    return look


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
