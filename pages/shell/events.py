"""Events in the log: one line of JSON each, with figures and kinds, and never a name, an address or a picture."""

from __future__ import annotations

import json
import logging
import sys
from datetime import UTC, datetime

from effects.workers.ledger import GIVEN_UP, OK, JobEnd, WorkerEnd
from pages.components.settings import SETTINGS

log = logging.getLogger("emulsion.events")

TROUBLE = logging.WARNING


def tell(event: str, *, is_trouble: bool = True, **figures: str | float) -> None:
    """Have a line in the log, if such events are wanted there."""
    log.log(TROUBLE if is_trouble else logging.INFO, line(event, **figures))


def line(event: str, **figures: str | float) -> str:
    """One line about an event, with the time in UTC."""
    return json.dumps({"at": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **figures})


def tell_end(end: JobEnd | WorkerEnd) -> None:
    """Tell of a job's end, or of a worker's that nobody asked for."""
    if isinstance(end, WorkerEnd):
        tell("worker_ended", reason=end.reason)
        return
    figures = {"waited": round(end.waited, 3), "seconds": round(end.seconds, 3)}
    tell("job", is_trouble=end.outcome not in {OK, GIVEN_UP}, kind=end.kind, outcome=end.outcome, **figures)


def write_events(events: str = SETTINGS.events) -> None:
    """Have them written to the standard error: none, troubles alone, or all."""
    log.propagate = False
    log.setLevel({"off": logging.CRITICAL, "troubles": TROUBLE, "all": logging.INFO}[events])
    if not log.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(message)s"))
        log.addHandler(handler)
