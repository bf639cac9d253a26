"""Colour tables of every kind, and pictures that lie behind somebody, on a card of the page, by AppTest."""

from __future__ import annotations

import numpy as np
import pytest

from effects import EFFECTS, Pipeline
from effects.backdrop import compress
from effects.tables.cube import identity_cube
from tests.backdrops import slope
from tests.pictures import encoded
from tests.tables import shaped_text
from tests.test_pages import bench_of, opened, with_photo

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


@pytest.mark.deep
def test_a_picture_for_behind_is_uploaded_told_undone_and_named_by_a_link() -> None:
    app = with_photo("background")
    card = bench_of(app).stack[0]
    app.selectbox(key=f"{card.id}-way").select("picture").run()
    uploader = f"{card.id}-picture"
    app.file_uploader(key=uploader).upload("beach.png", encoded(slope(90, 160)), "image/png").run()
    assert not app.error
    assert "beach: 160 × 90" in [caption.value for caption in app.caption]
    chosen = bench_of(app).pipeline
    [beach] = chosen.tables.values()
    assert str(beach) == "beach"
    app.button(key="share").click().run()
    assert "without its colour table or picture" in app.text_input(key="link").label
    assert Pipeline.from_link(chosen.to_link(), {beach.sha256: beach}) == chosen
    app.file_uploader(key=uploader).clear().run()
    app.file_uploader(key=uploader).upload("bad.png", b"no picture", "image/png").run()
    assert [error.value[:8] for error in app.error] == ["bad.png:"]
    assert bench_of(app).pipeline == chosen
    app.button(key="undo").click().run()
    assert bench_of(app).pipeline.tables == {}


@pytest.mark.deep
def test_a_recipe_file_brings_its_picture_and_a_link_says_that_it_lacks_it() -> None:
    backdrop = compress(slope(90, 160), "Beach")
    stack = Pipeline((EFFECTS["background"].step(way="picture", picture=backdrop), EFFECTS["sepia"].step()))
    app = opened()
    app.file_uploader(key="recipe_file").upload("stack.json", stack.to_file().encode(), "application/json").run()
    assert bench_of(app).pipeline == stack
    other = opened(stack.to_link())
    assert any("'Beach'" in str(item.value) for item in (*other.warning, *other.error, *other.caption, *other.info))
    assert [step.effect.name for step in bench_of(other).pipeline.all_steps] == ["background", "sepia"]
    assert bench_of(other).pipeline.tables == {}
