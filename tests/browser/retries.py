"""What a run tried again, counted and told at its end; a run that needed it often has failed.

Video on a machine that others use too can stall for seconds. A test may start again where its figure is the machine's
(`again("why")`), and pytest runs what failed once more (`--reruns 1`): neither goes unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

MOST = 3
"""Retries in one run that a busy machine explains."""

STARTED_AGAIN = "started again"

Again = Callable[[str], None]


@pytest.fixture
def again(request: pytest.FixtureRequest) -> Again:
    """Write down that this test starts again, and why: `again("8 frames a second")`."""
    return lambda why: request.node.user_properties.append((STARTED_AGAIN, why))


def retries(config: pytest.Config) -> list[str]:
    """A line about each retry of this run, in the tests themselves and of whole tests."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    if reporter is None:
        return []
    told = {
        report.nodeid: report.user_properties  # of a test that was run twice, the last has what both told
        for of_kind in reporter.stats.values()
        for report in of_kind
        if isinstance(report, pytest.TestReport) and report.when == "call"
    }
    lines = [
        f"{test}: started again, {why}" for test, pairs in told.items() for kind, why in pairs if kind == STARTED_AGAIN
    ]
    for report in reporter.stats.get("rerun", []):
        errors = [line[1:].strip() for line in report.longreprtext.splitlines() if line.startswith("E ")]
        lines.append(f"{report.nodeid}: run again, {errors[0] if errors else 'it failed'}{place(report)}")
    return sorted(lines)


def place(report: pytest.TestReport) -> str:
    """Where in the test's own file it failed, which is not where Playwright did; "" where that is not told."""
    file = Path(report.location[0]).name
    lines = re.findall(rf"(?m)^\S*\b{re.escape(file)}:(\d+): ", report.longreprtext)
    return f" (line {lines[0]})" if lines else ""


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Fail a run that needed many retries, though each test passed in the end."""
    if not hasattr(session.config, "workerinput") and len(retries(session.config)) > MOST:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was tried again."""
    lines = retries(terminalreporter.config)
    terminalreporter.write_line(f"retries: {len(lines)}")
    for line in lines:
        terminalreporter.write_line(f"  {line}")
    if len(lines) > MOST:
        terminalreporter.write_line(f"Failed: more than {MOST} retries; either something is wrong or the machine is.")
