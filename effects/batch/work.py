"""The work of a batch: every photo through a killable process, several at a time, whatever becomes of each.

Whoever works on a photo reads and writes its files, too: here are none of its bytes, unless they have to be carried.
"""

from __future__ import annotations

import json
import logging
import os
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from dataclasses import asdict, dataclass
from functools import partial
from hashlib import sha256
from typing import Any, Literal, Protocol, TypeVar

from effects.batch.development import develop_file
from effects.batch.inputs import source_of
from effects.batch.manifest import Manifest, key_of
from effects.batch.names import Job
from effects.batch.whole_file import whole_file
from effects.codec import check_wishes
from effects.codec.companions import MetadataWish
from effects.codec.formats import DEFAULT_FORMAT, DEFAULT_QUALITY
from effects.memory.bands import cores
from effects.pipeline import Pipeline
from effects.render import check_max_side
from effects.workers.patience import Meanwhile
from effects.workers.pool import MEMORY, LostWorkerError
from effects.workers.shared_files import Target

log = logging.getLogger(__name__)

Result = TypeVar("Result")

SECONDS = 120.0
"""How long one photo may take: its owner waits, and nobody else does."""

TRIES = 2
"""Of a photo whose process was ended: once by whoever ended it, and where it was the photo, by the photo."""

AHEAD = 2
"""Jobs in line for each thread, so that none waits for the next."""


class Executor(Protocol):
    """Who does the jobs of a batch: workers of this machine, or of others."""

    def call(
        self, function: Callable[..., Result], *args: Any, meanwhile: Meanwhile | None = None, **options: Any
    ) -> Result:
        """What `function` returns or raises, wherever it is called."""
        ...


@dataclass(frozen=True)
class Wishes:
    """What is asked of every photo: its steps, and what its file is to be; EncodeError for what cannot be."""

    recipe_json: str = Pipeline().to_json()
    tables: Any = None
    format: str = DEFAULT_FORMAT
    quality: int = DEFAULT_QUALITY
    max_side: int | None = None
    metadata: MetadataWish = "strip"
    embed_recipe: bool = False
    auto: bool = False
    like: bytes | None = None

    def __post_init__(self) -> None:
        check_wishes(self.format, self.quality, self.metadata)
        check_max_side(self.max_side)

    @property
    def settings(self) -> dict[str, Any]:
        """All of it in words and numbers that stay the same from run to run."""
        like = None if self.like is None else sha256(self.like).hexdigest()
        # A recipe names its tables by what they hold.
        return {**self.options, "recipe": json.loads(self.recipe_json), "like": like}

    @property
    def options(self) -> dict[str, Any]:
        """Those of `develop`."""
        return {name: value for name, value in vars(self).items() if name not in ("recipe_json", "tables")}


@dataclass(frozen=True)
class Outcome:
    """What became of a photo, after so many tries; why, where it failed."""

    job: Job
    status: Literal["written", "skipped", "failed"]
    sentence: str = ""
    tries: int = 1
    seconds: float = 0.0

    @property
    def record(self) -> dict[str, Any]:
        """The same for a file of JSON."""
        fields = asdict(self) | {"seconds": round(self.seconds, 3)}
        del fields["job"]
        return {"number": self.job.number, "source": str(self.job.source), "target": str(self.job.target)} | fields


def usual_jobs() -> int:
    """As many photos at a time as there are cores, and memory for."""
    names = getattr(os, "sysconf_names", {})
    if "SC_PHYS_PAGES" not in names:
        return cores()
    return min(cores(), max(1, os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // MEMORY))


def run_batch(
    jobs: Iterable[Job],
    wishes: Wishes,
    executor: Executor,
    *,
    at_once: int,
    manifest: Manifest | None = None,
    resume: bool = False,
    tell: Callable[[Outcome], None],
    end: threading.Event | None = None,
) -> None:
    """Work on these photos, `at_once` of them at a time, and tell of each in the thread that asked, as it ends.

    An error here, Ctrl+C among them, ends it: what is written stays, whole, and is told of, what is being made is
    dropped. Where it came while one was told of, that is told of again. So does `end`, where another thread sets it:
    CancelledError.
    """
    end = end or threading.Event()
    # One more than work at a time: it reads and writes meanwhile.
    threads = ThreadPoolExecutor(at_once + 1)
    waiting: set[Future[Outcome]] = set()
    settings = wishes.settings if manifest else {}
    work = partial(
        work_on, wishes=wishes, settings=settings, executor=executor, manifest=manifest, resume=resume, end=end
    )

    def tell_until(most: int) -> None:
        while len(waiting) > most:
            for future in wait(waiting, return_when=FIRST_COMPLETED).done:
                tell(future.result())
                waiting.remove(future)

    try:
        for job in jobs:
            waiting.add(threads.submit(work, job))
            tell_until((at_once + 1) * AHEAD)
        tell_until(0)
    finally:
        end.set()
        threads.shutdown(cancel_futures=True)
        for future in waiting:
            if not future.cancelled() and future.exception() is None:
                tell(future.result())


def work_on(
    job: Job,
    *,
    wishes: Wishes,
    settings: Mapping[str, Any],
    executor: Executor,
    manifest: Manifest | None,
    resume: bool,
    end: threading.Event,
) -> Outcome:
    """Have one photo's file developed into another; whatever goes wrong with it is its outcome.

    `settings` are those of the wishes, read from them once for all photos.
    """
    began, tries = time.monotonic(), 0

    def outcome(status: Literal["written", "skipped", "failed"], sentence: str = "") -> Outcome:
        return Outcome(job, status, sentence, max(tries, 1), time.monotonic() - began)

    def meanwhile() -> None:
        if end.is_set():
            raise CancelledError

    try:
        source = source_of(job.source)
        if resume and manifest and manifest.knows(job.target):
            digest = sha256(source.read()).digest()
            if manifest.holds(job.target, key_of(digest, settings)):
                return outcome("skipped")
        with whole_file(job.target) as part:
            while True:
                tries += 1
                try:
                    made = executor.call(
                        develop_file, source, Target.at(part), wishes.recipe_json, wishes.tables, meanwhile=meanwhile,
                        **wishes.options,
                    )  # fmt: skip
                    break
                except LostWorkerError:
                    if tries == TRIES:
                        raise
            if made.data is not None:
                part.write_bytes(made.data)
            meanwhile()
        if manifest:
            manifest.add(job.target, key_of(made.digest, settings), made.size)
        return outcome("written")
    except OSError as error:
        return outcome("failed", f"{error.strerror or error}.")
    except ValueError as error:
        return outcome("failed", str(error))
    except CancelledError:
        raise
    except Exception as error:
        log.exception("A photo met something that nobody foresaw")
        return outcome("failed", f"Something went wrong that nobody foresaw: {type(error).__name__}.")
