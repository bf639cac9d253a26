"""How far a promise is tried, by the word one typed; and a process tuned as the app's is.

`make test` tries each on the same examples every time, so that it says the same of the same code; `make test-deep` on
more and on others each time, and on what is marked `deep`: the rest of what `make test` takes a share of.
"""

import gc
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import core as examples

from effects.tuning import tune

tune()  # as the app does

# A shared machine stalls now and then: slowness is the benchmarks' matter, never a failed promise.
patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
same = settings(patient, derandomize=True)

settings.register_profile("quick", same, max_examples=3)
settings.register_profile("test", same, max_examples=8)
settings.register_profile("deep", patient, max_examples=200)
settings.load_profile("test")


@pytest.fixture(scope="module")
def quick_sweeps() -> Iterator[None]:
    """For who looks for garbage often: what other tests have left need not be walked through each time."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Iterator[None]:
    """Look for garbage when all tests are known: what is made until then stays, and is much to look through."""
    gc.disable()
    try:
        import_in_turn(session.config)
        return (yield)
    finally:
        gc.enable()


def import_in_turn(config: pytest.Config) -> None:
    """Import all tests, each of several processes beginning elsewhere: what one has compiled the next ones read.

    In a fresh clone each would else compile the same modules at the same time, a third of a minute of a core.
    """
    worker: dict[str, Any] | None = getattr(config, "workerinput", None)
    if worker is None or config.getoption("file_or_dir"):
        return
    names = [f"tests.{path.stem}" for path in sorted(Path(__file__).parent.glob("test_*.py"))]
    first = int(worker["workerid"].removeprefix("gw")) * len(names) // worker["workercount"]
    for name in names[first:] + names[:first]:
        # What cannot be imported is told when it is collected.
        with suppress(Exception, pytest.skip.Exception):
            import_module(name)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is marked `deep` to the profile of that name."""
    if settings.get_current_profile_name() != "deep":
        left = [item for item in items if item.get_closest_marker("deep")]
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if not item.get_closest_marker("deep")]


def pytest_collection_finish() -> None:
    """Look once at what stays as it is while tests run: thousands of tests, their source, packages, the pages' scripts.

    Else each full round of the collector of garbage goes through all the tests, each effect that a promise is asked of
    has the promise's source read anew, each visitor of a page goes through all the packages, for components in them,
    and each run compiles its script. Where no page is tested, Streamlit is not even imported for it.
    """
    gc.collect()
    gc.freeze()
    seeds: Any = examples
    seeds.function_digest = cache(seeds.function_digest)
    if app_test := sys.modules.get("streamlit.testing.v1.app_test"):
        scanner: Any = import_module("streamlit.components.v2.manifest_scanner")
        scanner.scan_component_manifests = cache(scanner.scan_component_manifests)
        app_test.ScriptCache = cache(app_test.ScriptCache)  # type: ignore[attr-defined]
