"""What is kept for the next picture stays within one budget, counts what it holds, and goes when asked."""

from __future__ import annotations

import gc
import threading
import tracemalloc
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pytest

from effects import EFFECTS, LOOKS, Pipeline, clear_caches
from effects.memory import cache
from effects.memory.cache import CACHE, ENTRY_BYTES, Cache, array_bytes, byte_cache
from effects.memory.sheets import SHEETS
from effects.plan.plan import plan_of
from tests.strategies import picture

Plane = npt.NDArray[np.uint8]

MADE = [
    LOOKS["noir"],
    *(Pipeline((EFFECTS[name].step(),)) for name in ("swirl", "grain", "crt", "vhs", "tilt_shift", "thermal", "ascii")),
    Pipeline((EFFECTS["text"].step(text="Ember"),)),
]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> Cache:
    """A cache for three planes of a kilobyte, in the stead of the process's own."""
    made = Cache(3 * (1024 + ENTRY_BYTES))
    monkeypatch.setattr(cache, "CACHE", made)
    return made


def test_a_value_is_made_once_for_equal_arguments(small: Cache) -> None:
    asked: list[tuple[int, bool]] = []

    @byte_cache()
    def plane(value: int, *, inverse: bool = False) -> Plane:
        asked.append((value, inverse))
        return np.full(1024, value, np.uint8)

    assert plane(3) is plane(3)
    assert plane(3, inverse=True) is not plane(3)
    assert asked == [(3, False), (3, True)]
    assert (plane.cache_info().hits, plane.cache_info().misses, plane.cache_info().currsize) == (2, 2, 2)
    assert small.held == 2 * (1024 + ENTRY_BYTES)


def test_what_was_not_asked_for_longest_goes_first(small: Cache) -> None:
    made: list[int] = []

    @byte_cache()
    def plane(value: int) -> Plane:
        made.append(value)
        return np.full(1024, value, np.uint8)

    for value in (1, 2, 3, 1, 4, 1, 3, 4, 2):
        assert plane(value)[0] == value
    assert made == [1, 2, 3, 4, 2]
    assert small.held == small.most


def test_functions_share_one_budget(small: Cache) -> None:
    one, other = (byte_cache()(partial(np.zeros, dtype=np.uint8)) for _ in range(2))
    one(1024)
    for count in (1024, 1023, 1022):
        other(count)
    assert (one.cache_info().currsize, other.cache_info().currsize) == (0, 3)
    other.cache_clear()
    assert small.held == 0


def test_what_is_larger_than_all_there_may_be_is_made_and_not_kept(small: Cache) -> None:
    plane = byte_cache()(partial(np.zeros, dtype=np.uint8))
    plane(100)
    assert plane(small.most).shape == (small.most,)
    assert plane.cache_info().currsize == 1


def test_of_what_seldom_comes_again_only_so_many_are_kept(small: Cache) -> None:
    seldom, often = (byte_cache(most=most)(partial(np.full, 10, dtype=np.uint8)) for most in (2, None))
    often(5)
    for value in range(20):
        assert seldom(value)[0] == value
        assert seldom.cache_info().currsize == min(value + 1, 2)
    assert often.cache_info().currsize == 1
    assert seldom(19) is seldom(19)
    assert small.held == 3 * (ENTRY_BYTES + 10)


class Looked:
    """An argument that counts how often anything like it is looked at."""

    times = 0

    def __hash__(self) -> int:
        Looked.times += 1
        return id(self)


def test_room_is_made_without_a_look_at_all_that_is_kept(small: Cache) -> None:
    small.most = 2000 * ENTRY_BYTES
    tiny = byte_cache()(lambda _: np.empty(0, np.uint8))
    large = byte_cache()(partial(np.zeros, dtype=np.uint8))
    for _ in range(2000):
        tiny(Looked())
    assert tiny.cache_info().currsize == 2000
    Looked.times = 0
    large(1000 * ENTRY_BYTES)
    assert tiny.cache_info().currsize == 999
    assert Looked.times <= 2 * 1001


@pytest.mark.usefixtures("small")
def test_many_threads_find_each_its_own_value() -> None:
    @byte_cache()
    def plane(value: int) -> Plane:
        return np.full(1024, value, np.uint8)

    start = threading.Barrier(8)

    def look(seed: int) -> bool:
        start.wait()
        values = np.random.default_rng(seed).integers(0, 6, 400).tolist()
        return all(plane(value)[-1] == value for value in values)

    with ThreadPoolExecutor(8) as threads:
        assert all(threads.map(look, range(8)))


@dataclass(frozen=True, eq=False)
class Holder:
    """Something that holds arrays in every way that the library does."""

    plane: Plane
    more: dict[str, Plane]
    shared: frozenset[bytes]

    def shape(self) -> tuple[int, ...]:
        """A method, which holds on to what it is of."""
        return self.plane.shape


def test_arrays_are_counted_wherever_they_are_held_and_once() -> None:
    plane = np.zeros(1000, np.uint8)
    assert array_bytes(plane[10:20]) == 1000
    assert array_bytes([plane, plane[:5], plane.reshape(10, 100)]) == 1000
    assert array_bytes(Holder(plane, {"more": np.zeros(50, np.float32)}, frozenset([b"1234567"]))) == 1207
    assert array_bytes(lambda: plane) == 1000
    assert array_bytes(partial(np.add, plane)) == 1000
    assert array_bytes(Holder(plane, {}, frozenset()).shape) == 1000
    assert array_bytes((plane, Holder(np.zeros(5, np.uint8), {}, frozenset())), (Holder,)) == 1000


@pytest.mark.slow
def test_clearing_the_caches_gives_memory_back_and_changes_no_result() -> None:
    image = picture(700, 900)
    clear_caches()
    tracemalloc.start()
    try:
        before = [pipeline(image).copy() for pipeline in MADE]
        gc.collect()
        kept, unused, used = CACHE.held, SHEETS.unused, tracemalloc.get_traced_memory()[0]
        clear_caches()
        gc.collect()
        freed = used - tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert kept > 20_000_000
    assert freed > 0.9 * (kept + unused)
    assert (CACHE.held, SHEETS.unused) == (0, 0)
    assert all(np.array_equal(pipeline(image), was) for pipeline, was in zip(MADE, before, strict=True))
    assert CACHE.held > 20_000_000


@pytest.mark.slow
def test_clearing_disturbs_nobody_at_work() -> None:
    image = picture(400, 600)
    expected = [pipeline(image) for pipeline in MADE[:5]]
    over = threading.Event()

    def clear() -> None:
        while not over.wait(0.001):
            clear_caches()

    clearing = threading.Thread(target=clear)
    clearing.start()
    try:
        for _ in range(3):
            for pipeline, was in zip(MADE, expected, strict=False):
                assert np.array_equal(pipeline(image), was)
    finally:
        over.set()
        clearing.join()


def test_what_is_kept_of_a_stack_knows_its_size() -> None:
    clear_caches()
    image = picture(300, 400)
    Pipeline((EFFECTS["swirl"].step(),))(image)
    assert 300 * 400 * 8 < CACHE.held < 300 * 400 * 8 + 50_000  # two maps of float32 and little else
    stack = Pipeline((EFFECTS["sepia"].step(), EFFECTS["posterize"].step()))
    before = CACHE.held
    stack(image)
    assert plan_of(stack.steps) is stack.plan
    assert 0 < CACHE.held - before < 1_000_000
