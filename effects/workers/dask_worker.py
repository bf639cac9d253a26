"""A Dask worker's part in a job: it has it done in a killable process of its machine, and tells what came of it."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from concurrent.futures import CancelledError
from functools import partial
from importlib import import_module
from typing import Any

from effects.logs import report_job
from effects.settings import SETTINGS
from effects.workers.patience import PATIENCE_SECONDS, Meanwhile
from effects.workers.pool import Workers
from effects.workers.process import Answer, pack, pack_error
from effects.workers.shared_files import Unseen, unseen_places

SAID_BYTES = 4096
"""Up to so many bytes an answer goes along with the word that the job is done: to send for it costs a third more, on
each of three machines. The scheduler keeps the last ten thousand of them."""

THERE = Workers(SETTINGS.workers, look_seconds=PATIENCE_SECONDS)
"""Those of the machine."""


def work_there(message: bytes, key: str, seconds: float, topic: str, is_hosted: bool) -> bytes | Unseen | None:
    """A job done in a process of this machine, and what came of it; or which of its files are not here.

    A short answer is told under the topic instead. A job that `is_hosted` has workers of its own here, and tells more.
    """
    tell = teller(topic, key)
    try:
        function, args, options, level = pickle.loads(message)
        if places := unseen_places(args):
            return Unseen(dask_worker().address, places)
        check = cancellation_check(key)
        if is_hosted:
            # It waits for its own workers meanwhile, and leaves its place here to others.
            import_module("distributed").secede()
            call = partial(function, *args, tell=tell, meanwhile=check, **options)
        else:
            call = partial(THERE.call, function, *args, meanwhile=check, seconds=seconds, **options)
        answer = bytes(pack(Answer(report_job(call, level))))
    except Exception as error:
        answer = bytes(pack_error(error))
    if len(answer) > SAID_BYTES:
        return answer
    tell(answer)
    return None


def dask_worker() -> Any:
    """The Dask worker that this thread belongs to."""
    return import_module("distributed").get_worker()


def teller(topic: str, key: str) -> Callable[[Any], None]:
    """Tells plain values to who waits for a task."""
    worker = dask_worker()
    return lambda words: worker.log_event(topic, (key, words))


def cancellation_check(key: str) -> Meanwhile:
    """An error as soon as nobody waits for a task any more."""
    tasks = dask_worker().state.tasks

    def look() -> None:
        if key not in tasks or tasks[key].state == "cancelled":
            raise CancelledError

    return look
