"""The server's figures: they count what happens, name nobody, and are read by whom they are for."""

from __future__ import annotations

import json
import logging
import re
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from starlette.applications import Starlette
from starlette.routing import Route

from effects.video.jobs import RENDERERS
from effects.workers.ledger import GIVEN_UP, OK, JobEnd, WorkerEnd
from pages.components.live.seats import SEATS
from pages.shell import events
from pages.shell.metrics import REGISTRY, Failures, Readers, count_end, may_read, metrics
from tests.straight import asked
from tests.test_architecture import ROOT

APP = Readers(Starlette(routes=[Route(path, metrics) for path in ("/metrics", "/_stcore/metrics")]), "public")


def sample(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


def names() -> set[str]:
    """All that is told, as queries name it."""
    ends: list[JobEnd | WorkerEnd] = [JobEnd("render", 0.1, 0.2, "LimitError"), WorkerEnd("crashed")]
    for end in ends:
        count_end(end)
    families = text_string_to_metric_families(asked("/metrics", app=APP).text)
    return {sample.name for family in families for sample in family.samples}


def test_a_job_is_counted_by_its_kind_and_what_became_of_it() -> None:
    waits = [sample("emulsion_queue_wait_seconds_sum", thing=thing) for thing in ("picture", "video")]
    before = sample("emulsion_render_seconds_sum", kind="tiles")
    failed = sample("emulsion_errors_total", kind="LimitError")
    for outcome in (OK, GIVEN_UP, "LimitError"):
        count_end(JobEnd("tiles", 0.25, 1.5, outcome))
    assert sample("emulsion_render_seconds_sum", kind="tiles") - before == 4.5
    assert sample("emulsion_queue_wait_seconds_sum", thing="picture") - waits[0] == 0.75
    count_end(JobEnd("render_telling", 2.5, 8.0, OK, "video"))
    assert sample("emulsion_queue_wait_seconds_sum", thing="video") - waits[1] == 2.5
    assert sample("emulsion_errors_total", kind="LimitError") - failed == 1
    assert sample("emulsion_errors_total", kind=GIVEN_UP) == 0


def test_a_workers_end_and_an_error_nobody_foresaw_are_counted(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    deaths, errors = (
        sample("emulsion_worker_deaths_total", reason="idle"),
        sample("emulsion_errors_total", kind="unforeseen"),
    )
    count_end(WorkerEnd("idle"))
    log, handler = logging.getLogger("pages.somewhere"), Failures(logging.WARNING)
    monkeypatch.setattr(log, "propagate", False)
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    log.addHandler(handler)
    log.warning("nothing that counts")
    log.error("A page could not be drawn")
    log.removeHandler(handler)
    lines = capsys.readouterr().err.splitlines()
    assert {"nothing that counts", "A page could not be drawn"} <= {*lines}, "they are written as they were before"
    assert sample("emulsion_worker_deaths_total", reason="idle") == deaths + 1
    assert sample("emulsion_errors_total", kind="unforeseen") == errors + 1


def test_videos_that_wait_are_told_beside_pictures() -> None:
    waiting = sample("emulsion_queue_length", thing="picture")
    with RENDERERS.line.place(), RENDERERS.line.place() as second:
        RENDERERS.line.begin(second)
        assert sample("emulsion_queue_length", thing="video") == 1
        assert sample("emulsion_queue_length", thing="picture") == waiting


def test_seats_and_the_memory_of_this_process_are_told_as_they_are() -> None:
    taken = sample("emulsion_live_seats_taken")
    SEATS.take("a connection", "ann")
    try:
        assert sample("emulsion_live_seats_taken") == taken + 1
    finally:
        SEATS.leave("a connection")
    assert sample("emulsion_live_seats") == SEATS.number
    assert 20e6 < sample("emulsion_memory_bytes", process="server") < 20e9


@pytest.mark.parametrize("file", ["deploy/dashboard.json", "deploy/alerts.yaml", "deploy/MONITORING.md"])
def test_dashboard_alerts_and_manual_ask_for_figures_that_there_are(file: str) -> None:
    told = names()
    shorter = {re.sub(r"_(bucket|sum|count|created|total)$", "", name) for name in told}
    asked_for = set(re.findall(r"\bemulsion_\w+", (ROOT / file).read_text(encoding="utf-8")))
    assert len(asked_for) > 5
    assert asked_for <= told | shorter | {"emulsion_healthy"}


def test_the_dashboard_is_one_and_no_two_panels_lie_on_each_other() -> None:
    board: dict[str, Any] = json.loads((ROOT / "deploy/dashboard.json").read_text(encoding="utf-8"))
    places = [tuple(panel["gridPos"].values()) for panel in board["panels"]]
    assert len(set(places)) == len(places) >= 6


@pytest.mark.parametrize(
    ("readers", "peer", "header", "may"),
    [
        ("private", "127.0.0.1", "", True),
        ("private", "10.2.3.4", "", True),
        ("private", "::1", "", True),
        ("private", "::ffff:192.168.1.9", "", True),
        ("private", "8.8.8.8", "", False),
        ("private", "2a00:1450::1", "", False),
        ("private", "", "", False),
        ("private", "127.0.0.1", "X-Forwarded-For", False),
        ("private", "127.0.0.1", "forwarded", False),
        ("public", "8.8.8.8", "X-Forwarded-For", True),
        ("off", "127.0.0.1", "", False),
    ],
)
def test_figures_are_for_the_house_unless_it_says_otherwise(readers: str, peer: str, header: str, may: bool) -> None:
    headers = [(header.encode(), b"1.2.3.4")] if header else []
    assert may_read({"type": "http", "client": (peer, 1), "headers": headers}, readers) is may


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "/_stcore/metrics", "/app/metrics"])
def test_who_may_not_read_them_finds_nothing_streamlits_own_included(path: str) -> None:
    closed = Readers(APP, "private")  # a request of the tests comes from "there", which is no address
    assert asked(path, app=closed).status == 404


def test_an_event_is_one_line_and_quotes_nothing(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO, "emulsion.events"):
        events.log.propagate = True
        events.tell_end(JobEnd("render", 0.0, 10.04, "LimitError"))
        events.tell_end(JobEnd("render", 0.0, 0.5, OK))
        events.tell_end(WorkerEnd("overdue"))
        events.tell("odd", why="two\nlines")
    lines = [json.loads(record.getMessage()) for record in caplog.records]
    assert [line["event"] for line in lines] == ["job", "job", "worker_ended", "odd"]
    assert all("\n" not in record.getMessage() for record in caplog.records)
    assert [record.levelno >= events.TROUBLE for record in caplog.records] == [True, False, True, True]
    assert {**lines[0], "at": ""} == {
        "at": "", "event": "job", "kind": "render", "outcome": "LimitError", "waited": 0.0, "seconds": 10.04
    }  # fmt: skip
