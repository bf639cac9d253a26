"""The end of a run in the browser: what was tried again is counted and told, and often is too often."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.browser.retries import MOST

ROOT = Path(__file__).parent.parent.parent

TESTS = """
import pytest

tried = set()

@pytest.mark.parametrize("number", range({failing}))
def test_second_time_lucky(number):
    if number not in tried:
        tried.add(number)
        raise ValueError("a stall")

def test_patient(again):
    for number in range({starts}):
        again(f"{{number}} frames")

def test_left_out():
    pass
"""


@pytest.mark.parametrize(
    ("workers", "failing", "starts"),
    [(0, 0, MOST), (0, MOST + 1, 0), pytest.param(2, 2, MOST - 1, marks=pytest.mark.deep)],
)
def test_each_retry_is_told_and_more_than_a_few_fail_the_run(
    tmp_path: Path, workers: int, failing: int, starts: int
) -> None:
    (tmp_path / "test_some.py").write_text(TESTS.format(failing=failing, starts=starts), encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.browser.retries", "-p", "no:cacheprovider"]
    command += ["--reruns", "1", "-n", str(workers), "-k", "not left_out", "--rootdir", str(tmp_path), str(tmp_path)]
    ran = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert f"retries: {failing + starts}\n" in ran.stdout, ran.stdout + ran.stderr
    assert ran.stdout.count("run again, ValueError: a stall (line 10)\n") == failing
    assert all(f"test_patient: started again, {number} frames" in ran.stdout for number in range(starts))
    assert ("more than" in ran.stdout) == (failing + starts > MOST)
    assert ran.returncode == (failing + starts > MOST)
