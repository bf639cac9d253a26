"""Where load balancers and containers ask whether the app works: its workers, by a job, at most every few seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse

from effects import workers
from effects.workers.health import Health
from pages.shell.events import tell

SECONDS = 5.0
"""How long an answer holds."""


class Checkup:
    """The health as it was found last, however many ask."""

    def __init__(
        self, check: Callable[[], Health] = workers.check_health, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.check, self.clock = check, clock
        self.health: Health | None = None
        self._until = 0.0
        self._asking: asyncio.Lock | None = None

    async def found(self) -> Health:
        """The health, found out anew where the last answer is too old; one at a time does."""
        self._asking = self._asking or asyncio.Lock()
        async with self._asking:
            if self.health is None or self.clock() > self._until:
                before, self.health = self.health, await run_in_threadpool(self.check)
                self._until = self.clock() + SECONDS
                if before is None or before != self.health:
                    tell("health", is_trouble=not self.health.is_well, workers=self.health.workers)
            return self.health


CHECKUP = Checkup()


async def healthz(request: Request) -> JSONResponse:
    """Say whether workers do work, and whether they do that of a scheduler that is away; 503 where none does."""
    del request
    found = await CHECKUP.found()
    words = {"status": "ok" if found.is_well else "unwell", "workers": found.workers}
    if found.scheduler:
        words["scheduler"] = found.scheduler
    return JSONResponse(words, 200 if found.is_well else 503, {"cache-control": "no-store"})
