"""Match a photo on the page: another photo's colours on a card with a strength, in place of the one before it."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from effects import Pipeline, auto_steps, color_transfer, decode
from pages.components.stack.photo_match import ALIKE, MATCHED
from pages.components.trouble import literal
from tests.pictures import encoded
from tests.test_pages import bench_of, names, opened

pytestmark = pytest.mark.slow

CUP, CAT = (encoded(np.ascontiguousarray(image[::4, ::4])) for image in (data.coffee(), data.chelsea()))


def test_a_matched_photo_is_a_card_with_a_strength_and_another_takes_its_place() -> None:
    app = opened()
    app.file_uploader(key="upload").upload("cup.png", CUP, "image/png").run()
    app.selectbox(key="add_effect").select("sepia").run()
    app.file_uploader(key="match").upload("IMG_1.png", CAT, "image/png").run()
    assert not app.exception
    expected = color_transfer(decode(CUP), decode(CAT))
    assert bench_of(app).pipeline.all_steps[0] == expected
    assert names(app) == ["color_matrix", "sepia"]
    assert app.info[0].value == literal(MATCHED.format(name="IMG_1.png"))
    assert "IMG\\_1.png" in app.info[0].value
    assert app.slider(key=f"{bench_of(app).stack[0].id}-strength").value == 1
    app.button(key="auto").click().run()
    auto = auto_steps(decode(CUP))
    assert bench_of(app).pipeline.all_steps[: len(auto)] == auto.all_steps
    app.file_uploader(key="match").upload("cat again.png", CAT, "image/png").run()
    after_auto = color_transfer(auto(decode(CUP).image), decode(CAT))
    assert bench_of(app).pipeline == auto + Pipeline((after_auto,)) + bench_of(app).pipeline[-1:]
    assert names(app)[-2:] == ["color_matrix", "sepia"]


def test_a_bad_file_is_told_by_name_and_a_photo_from_before_is_a_click_away() -> None:
    app = opened()
    app.file_uploader(key="upload").upload("cat.png", CAT, "image/png").run()
    cat = bench_of(app).photo
    assert cat is not None
    app.file_uploader(key="upload").upload("cup.png", CUP, "image/png").run()
    app.file_uploader(key="match").upload("notes.png", b"no picture at all", "image/png").run()
    assert names(app) == []
    assert [error.value for error in app.error if error.value.startswith("notes.png: ")]
    app.button(key=f"match-{cat.sha256[:12]}").click().run()
    assert bench_of(app).pipeline == Pipeline((color_transfer(decode(CUP), decode(CAT)),))
    assert not app.error
    app.file_uploader(key="match").upload("itself.png", CUP, "image/png").run()
    assert [toast.value for toast in app.toast] == [ALIKE]
    assert names(app) == ["color_matrix"]
