"""Which quick tests reach a line of the library, and how long each takes: seen once, with coverage."""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, cached_property
from itertools import accumulate, zip_longest
from pathlib import Path

import pytest
from coverage import Coverage, CoverageData

from tests.mutants import BUILD
from tests.mutants.mutations import Mutation

FIRST_SECONDS, MAX_SECONDS = 10.0, 60.0
"""So much computing, as it was seen, may take what is tried before all else, and what reaches a line and its file."""


class WithoutBrowser:
    """A plugin of pytest: what asks for a page is left out, as no trial starts a browser."""

    def pytest_collection_modifyitems(self, config: pytest.Config, items: list[pytest.Item]) -> None:
        """Only those stay that have no such fixture."""
        asking = [item for item in items if "page" in getattr(item, "fixturenames", ())]
        config.hook.pytest_deselected(items=asking)
        items[:] = [item for item in items if item not in asking]


class Recorder:
    """A plugin of pytest: every test is a context of the coverage; what fails even without a mistake is no witness."""

    def __init__(self, coverage: Coverage) -> None:
        self.coverage = coverage
        self.seconds: dict[str, float] = {}
        self.failed: set[str] = set()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """The lines that a test reaches, its fixtures included, are its own."""
        self.coverage.switch_context(item.nodeid)
        before = computed()
        try:
            return (yield)
        finally:
            self.seconds[item.nodeid] = computed() - before
            self.coverage.switch_context("")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Whether it passed."""
        if not report.passed:
            self.failed.add(report.nodeid)


def computed() -> float:
    """Seconds of computing so far, ended processes of ours included: on a busy machine a clock tells little."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def record(tree: Path, words: list[str], stem: str) -> int:
    """Run the quick tests of a copy of the tree under coverage, and keep what was seen in files of that stem."""
    file, counted = BUILD / f"{stem}.coverage", [str(tree / "effects" / "*")]
    coverage = Coverage(data_file=str(file), include=counted, config_file=False)
    recorder = Recorder(coverage)
    coverage.start()
    code = pytest.main(words, plugins=[WithoutBrowser(), recorder])
    coverage.stop()
    coverage.save()
    passed = {test: seconds for test, seconds in recorder.seconds.items() if test not in recorder.failed}
    (BUILD / f"{stem}.json").write_text(json.dumps(passed), encoding="utf-8")
    return int(code)


def turns(tests: set[str], seconds: dict[str, float]) -> list[str]:
    """Tests in the order to try them: one of each function in turn, so that what is quick and unlike comes first."""
    functions: dict[str, list[str]] = defaultdict(list)
    for test in sorted(tests, key=lambda test: (seconds[test], test)):
        functions[test.split("[")[0]].append(test)
    ordered = sorted(functions.values(), key=lambda cases: seconds[cases[0]])
    return [test for row in zip_longest(*ordered) for test in row if test is not None]


class Covering:
    """What was seen, to be asked for a mistake's tests."""

    def __init__(self, trees: list[Path]) -> None:
        self.trees = trees
        self.witnesses: set[str] = set()
        """Tests that have failed because of a mistake, as each passes without one ..."""
        self.doubted: set[str] = set()
        """... and those that fail without one, too, where they are tried."""

    @cached_property
    def seen(self) -> list[tuple[Path, CoverageData]]:
        """The parts in which it was seen, each with the tree it was seen in."""
        found = []
        for tree in self.trees:
            part = CoverageData(str(BUILD / f"{tree.name}.coverage"))
            part.read()
            found.append((tree, part))
        return found

    @cached_property
    def seconds(self) -> dict[str, float]:
        """Every test that passed, and how long it took."""
        files = [BUILD / f"{tree.name}.json" for tree in self.trees]
        return {test: took for file in files for test, took in json.loads(file.read_text(encoding="utf-8")).items()}

    @cache  # noqa: B019 - one of it lives as long as the process
    def of_file(self, path: str) -> dict[int, set[str]]:
        """Line -> the tests that reach it."""
        found: dict[int, set[str]] = defaultdict(set)
        for tree, part in self.seen:
            for line, tests in part.contexts_by_lineno(str(tree / path)).items():
                found[line] |= set(tests) & self.seconds.keys()
        return found

    def of(self, mutation: Mutation) -> list[list[str]]:
        """The tests that can catch a mistake, in rounds: those that reach its line, then the others of its file.

        Of what is computed once and remembered only one test is seen to reach the line, though many read it. And what
        runs on import alone, such as what an effect declares, is reached by none: then all tests are tried, whatever
        they take, a few of the file's first and then the quickest; some read it without ever entering the file.
        """
        lines = self.of_file(mutation.path)
        reaching, in_file = lines.get(mutation.line, set()), set[str]().union(*lines.values())
        trusted = self.seconds.keys() - self.doubted
        if reaching:
            first = self._quickest(reaching & trusted, MAX_SECONDS)
            left = MAX_SECONDS - sum(self.seconds[test] for test in first)
            rounds = [first, self._quickest((in_file & trusted) - reaching, left)]
        else:
            first = self._quickest(in_file & trusted, FIRST_SECONDS)
            rounds = [first, sorted(trusted - set(first), key=lambda test: (self.seconds[test], test))]
        return [tests for tests in rounds if tests]

    def _quickest(self, tests: set[str], most: float) -> list[str]:
        ordered = turns(tests, self.seconds)
        spent = accumulate(self.seconds[test] for test in ordered)
        return [test for test, seconds in zip(ordered, spent, strict=True) if seconds <= most]
