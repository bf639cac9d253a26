"""Colour tables of every kind on a card of the page, by AppTest."""

from __future__ import annotations

import numpy as np
import pytest

from effects.tables.cube import identity_cube
from tests.pictures import encoded
from tests.tables import shaped_text
from tests.test_pages import bench_of, with_photo

pytestmark = pytest.mark.slow

ROWS = "".join(f"{255 - red} {green} {blue}\n" for red in (0, 255) for green in (0, 255) for blue in (0, 255))
TILES = (255 - identity_cube(4).numbers // 257).astype(np.uint8).reshape(2, 2, 4, 4, 3).swapaxes(1, 2).reshape(8, 8, 3)


@pytest.mark.parametrize(("name", "data", "first"), [
    ("look.3dl", ROWS.encode(), [1, 0, 0]),
    ("LOOK.CUBE", shaped_text(3, 9).encode(), [-0.08, -0.08, -0.03]),
    ("look.png", encoded(TILES), [1, 1, 1]),
])  # fmt: skip
def test_a_table_of_each_kind_is_uploaded(name: str, data: bytes, first: list[float]) -> None:
    app = with_photo("lut3d")
    card = bench_of(app).stack[0]
    uploader = app.file_uploader(key=f"{card.id}-table")
    assert sorted(uploader.allowed_type) == [".3dl", ".cube", ".png", ".tif", ".tiff", ".webp"]
    uploader.upload(name, data, "application/octet-stream").run()
    assert not app.error
    table = bench_of(app).stack[0].steps[0].cube
    assert table is not None
    assert str(table) == name.rpartition(".")[0]
    assert table.values[0, 0, 0] == pytest.approx(first, abs=1e-5)
    assert (table.shaper is not None) == (name == "LOOK.CUBE")
