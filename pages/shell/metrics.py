"""What the server does, in figures that Prometheus reads at `/metrics`: of nobody in particular."""

from __future__ import annotations

import ipaddress
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from effects import workers
from effects.video import jobs as videos
from effects.workers.ledger import GIVEN_UP, OK, JobEnd, WorkerEnd
from pages.borrowed.visits import uploads, visits
from pages.components.live.seats import SEATS
from pages.components.settings import SETTINGS
from pages.shell.events import tell
from pages.shell.health import CHECKUP

SECONDS = (0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3, 6, 10, 30, 120)
"""Bounds of the histograms' columns."""

PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers by which a proxy says that it asks for somebody else."""

REGISTRY = CollectorRegistry()
RENDER = Histogram("emulsion_render_seconds", "Jobs of workers by kind", ["kind"], buckets=SECONDS, registry=REGISTRY)
WAIT = Histogram(
    "emulsion_queue_wait_seconds", "Waiting for a worker, by what it works on", ["thing"], buckets=SECONDS,
    registry=REGISTRY,
)  # fmt: skip
ERRORS = Counter("emulsion_errors", "Jobs that failed and pages that were not drawn", ["kind"], registry=REGISTRY)
DEATHS = Counter("emulsion_worker_deaths", "Workers that ended unasked", ["reason"], registry=REGISTRY)


class Now(Collector):
    """What is so at the moment of asking."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        """All gauges."""
        sessions, held = visits(), uploads()
        state = GaugeMetricFamily(
            "emulsion_sessions", "Tabs that are open, and closed ones waited for", labels=["state"]
        )
        state.add_metric(["open"], sessions.open)
        state.add_metric(["closed"], sessions.closed)
        yield state
        yield GaugeMetricFamily("emulsion_live_seats", "Seats for people who are live", SEATS.number)
        yield GaugeMetricFamily("emulsion_live_seats_taken", "People who are live", SEATS.taken)
        lines = GaugeMetricFamily(
            "emulsion_queue_length", "Jobs that wait for a worker, by what it works on", labels=["thing"]
        )
        lines.add_metric(["picture"], workers.queue_length())
        lines.add_metric(["video"], videos.queue_length())
        yield lines
        yield GaugeMetricFamily("emulsion_workers", "Worker processes", len(processes()))
        stored = sum(sum(files.values()) for files in held.values())
        yield GaugeMetricFamily("emulsion_upload_bytes", "Uploads that are held", stored)
        memory = GaugeMetricFamily("emulsion_memory_bytes", "Memory in use", labels=["process"])
        memory.add_metric(["server"], memory_of(os.getpid()))
        memory.add_metric(["workers"], sum(map(memory_of, processes())))
        yield memory
        if CHECKUP.health is not None:
            yield GaugeMetricFamily("emulsion_healthy", "Whether workers did work, last", CHECKUP.health.is_well)


REGISTRY.register(Now())


class Failures(logging.Handler):
    """Counts what is logged as an error, and has an event of it; what would be written anyway still is."""

    def emit(self, record: logging.LogRecord) -> None:
        """Count one."""
        if record.levelno >= logging.ERROR:
            ERRORS.labels("unforeseen").inc()
            kind = record.exc_info[0] if record.exc_info else None
            tell("error", where=record.name, kind=kind.__name__ if kind else "")
        # Python writes warnings and errors of a logger that has no handler at all; now it has this one.
        if not logging.getLogger().handlers and record.name.startswith("pages") and logging.lastResort:
            logging.lastResort.handle(record)


def processes() -> list[int]:
    """The system's numbers of all workers."""
    return [*workers.processes(), *videos.processes()]


def memory_of(process: int) -> int:
    """Bytes of a process that are in memory; 0 where the system does not tell."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return 0


def count_end(end: JobEnd | WorkerEnd) -> None:
    """Count a job's end, or a worker's that nobody asked for."""
    if isinstance(end, WorkerEnd):
        DEATHS.labels(end.reason).inc()
        return
    WAIT.labels(end.thing).observe(end.waited)
    RENDER.labels(end.kind).observe(end.seconds)
    if end.outcome not in {OK, GIVEN_UP}:
        ERRORS.labels(end.outcome).inc()


def count_failures() -> None:
    """Count from now on what pages and the library log as errors."""
    for name in ("pages", "effects"):
        logging.getLogger(name).addHandler(Failures(logging.WARNING))


def may_read(scope: Scope, readers: str) -> bool:
    """Whether a request is answered: where readers are private, one from a private network and by no proxy."""
    if readers != "private":
        return readers == "public"
    if any(name.decode("latin-1").lower() in PASSED_ON for name, _ in scope["headers"]):
        return False
    try:
        address = ipaddress.ip_address((scope.get("client") or ("",))[0])
    except ValueError:
        return False
    return (getattr(address, "ipv4_mapped", None) or address).is_private


class Readers:
    """Hides figures, Streamlit's own too, from who may not read them."""

    def __init__(self, app: ASGIApp, readers: str = SETTINGS.metrics) -> None:
        self.app, self.readers = app, readers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        is_asked = scope["type"] == "http" and scope["path"].rstrip("/").endswith("/metrics")
        if is_asked and not may_read(scope, self.readers):
            await PlainTextResponse("not found", status_code=404)(scope, receive, send)
            return
        await self.app(scope, receive, send)


def metrics(request: Request) -> Response:
    """All figures, in Prometheus' text."""
    del request
    return Response(generate_latest(REGISTRY), media_type="text/plain; version=0.0.4; charset=utf-8")
