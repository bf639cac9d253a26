"""Tables against NumPy's own indexing."""

from __future__ import annotations

import numpy as np
import pytest

from effects.kernels.lookups import LookUp, ShadeLookUp


@pytest.mark.parametrize("columns", [1, 3])
@pytest.mark.parametrize("result", [np.uint8, np.uint16])
@pytest.mark.parametrize("source", [np.uint8, np.uint16])
def test_every_value_is_found(source: type[np.unsignedinteger], result: type[np.unsignedinteger], columns: int) -> None:
    count = np.iinfo(source).max + 1
    generator = np.random.default_rng(7)
    entries = generator.integers(0, np.iinfo(result).max + 1, (count, columns), dtype=result)
    every = np.resize(np.arange(count, dtype=source), (count // 256, 256))
    values = np.stack([every, every[::-1], every[:, ::-1]], axis=-1)
    expected = np.stack([entries[values[..., channel], min(channel, columns - 1)] for channel in range(3)], axis=-1)
    assert (LookUp(entries)(values) == expected).all()
    assert (LookUp(entries)(values[:, ::2]) == expected[:, ::2]).all(), "a strided picture"
    assert LookUp(entries)(values).dtype == result


def test_it_may_write_over_what_it_reads() -> None:
    values = np.arange(256, dtype=np.uint8).reshape(4, 64)
    table = LookUp(np.arange(255, -1, -1, dtype=np.uint8))
    assert table(values, values) is values
    assert (values.ravel() == np.arange(255, -1, -1)).all()


@pytest.mark.parametrize("columns", [1, 3])
def test_the_colours_of_greys_are_found(columns: int) -> None:
    entries = np.random.default_rng(8).integers(0, 256, (65536, columns), dtype=np.uint8)
    greys = np.arange(65536, dtype=np.uint16).reshape(256, 256, 1).repeat(3, axis=2)
    found = ShadeLookUp(entries)(greys, np.empty(greys.shape, np.uint8))
    assert (found == np.broadcast_to(entries, (65536, 3)).reshape(256, 256, 3)).all()
