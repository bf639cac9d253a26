"""Memory on the way: kept while it fits, apart for each owner and each thread, and let go when asked."""

import threading

import numpy as np
import numpy.typing as npt

from effects.memory.scratch import Scratch

SHAPE = 6, 4, 3


def test_memory_for_a_band_is_the_same_as_long_as_it_fits() -> None:
    scratch = Scratch()
    high, low = scratch("here", (8, 4, 3), np.uint16), scratch("here", SHAPE, np.uint16)
    assert np.shares_memory(high, low)
    assert scratch("here", SHAPE, np.uint16) is low
    assert scratch("here", SHAPE, np.uint8).dtype == np.uint8
    assert scratch("here", (16, 4, 3), np.uint16).shape == (16, 4, 3)


def test_two_owners_may_use_the_same_name() -> None:
    one, other = Scratch(), Scratch()
    kept, overwritten = one("columns", SHAPE, np.float32), other("columns", SHAPE, np.float32)
    kept[...], overwritten[...] = 1, 2
    assert not np.shares_memory(kept, overwritten)
    assert (kept == 1).all()


def test_each_thread_has_its_own() -> None:
    scratch, found = Scratch(), list[npt.NDArray[np.uint8]]()
    threads = [threading.Thread(target=lambda: found.append(scratch("here", SHAPE, np.uint8))) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    one, other = found
    assert not np.shares_memory(one, other)


def test_what_is_let_go_stays_with_who_works_on_it() -> None:
    scratch = Scratch()
    before = scratch("here", SHAPE, np.uint8)
    before[...] = 7
    scratch.clear()
    after = scratch("here", SHAPE, np.uint8)
    after[...] = 0
    assert (before == 7).all()
