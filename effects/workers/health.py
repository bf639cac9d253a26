"""Whether workers do work: found out by a real job, the smallest there is."""

from __future__ import annotations

import base64
import time
from concurrent.futures import CancelledError
from dataclasses import dataclass
from typing import Literal

from effects.errors import PictureError
from effects.render import open_preview
from effects.workers.cluster import Cluster
from effects.workers.pool import Workers

DOT = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")
"""A PNG of one pixel."""

SECONDS = 4.0
"""How long the job may wait and take: who asks for health has little patience."""

State = Literal["work", "are all at work", "are starting", "do not answer"]


@dataclass(frozen=True)
class Health:
    """What the workers of this machine do, and whether the cluster is there; empty where there is none to be."""

    workers: State
    scheduler: Literal["", "there", "away: jobs are done here"]

    @property
    def is_well(self) -> bool:
        """Whether work is done, here or by those who are still at it."""
        return self.workers != "do not answer"


def health(executor: Workers | Cluster) -> Health:
    """Have the smallest picture opened by a worker of this machine, and look for the scheduler where one is set."""
    if isinstance(executor, Cluster):
        executor.warm()
        scheduler = "there" if executor.is_connected else "away: jobs are done here"
        return Health(state_of(executor.here), scheduler)  # type: ignore[arg-type]
    return Health(state_of(executor), "")


def state_of(workers: Workers, seconds: float = SECONDS) -> State:
    """What the workers of this machine do; one that says nothing for so long is ended, and another takes its place."""
    until = time.monotonic() + seconds

    def look() -> None:
        if time.monotonic() > until:
            raise CancelledError

    try:
        workers.call(open_preview, DOT, 1, seconds=seconds, meanwhile=look, is_noted=False)
    except (PictureError, CancelledError):
        return "are all at work" if workers.are_busy else "are starting" if workers.are_starting else "do not answer"
    return "work"
