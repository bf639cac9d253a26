"""Auto on the page: what it writes comes first, can be changed, and is written anew in the same place."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data
from streamlit.testing.v1 import AppTest

from effects import auto_steps, decode
from pages.components.stack.auto import NOTHING
from tests.pictures import encoded
from tests.test_pages import bench_of, names, opened

pytestmark = pytest.mark.slow

DARK = encoded((np.ascontiguousarray(data.coffee()[::2, ::2]) * 0.4).astype(np.uint8))


def with_picture(file: bytes) -> AppTest:
    app = opened()
    app.file_uploader(key="upload").upload("dark.png", file, "image/png").run()
    return app


def test_auto_writes_its_steps_before_all_others_and_does_so_once() -> None:
    app = with_picture(DARK)
    app.selectbox(key="add_effect").select("sepia").run()
    expected = auto_steps(decode(DARK)).all_steps
    assert len(expected) > 1
    for _ in range(2):
        app.button(key="auto").click().run()
        assert bench_of(app).pipeline.all_steps[:-1] == expected
        assert names(app)[-1] == "sepia"
    app.button(key="undo").click().run()
    assert names(app) == ["sepia"]


def test_what_one_has_changed_of_it_is_written_anew_and_what_one_added_stays() -> None:
    app = with_picture(DARK)
    app.button(key="auto").click().run()
    before = bench_of(app).pipeline
    first = bench_of(app).stack[0].id
    app.toggle(key=f"{first}-on").set_value(False).run()
    app.selectbox(key="add_effect").select("vignette").run()
    app.button(key="auto").click().run()
    assert bench_of(app).pipeline[:-1] == before
    assert names(app)[-1] == "vignette"


def test_where_there_is_nothing_to_make_up_for_that_is_said() -> None:
    app = with_picture(encoded(np.zeros((40, 60, 3), np.uint8)))
    app.button(key="auto").click().run()
    assert [toast.value for toast in app.toast] == [NOTHING]
    assert names(app) == []


def test_there_is_no_auto_without_a_photo() -> None:
    assert "auto" not in {button.key for button in opened().button}
