"""What one visitor brings is nobody else's: nothing that sessions share holds any of it once they have gone."""

from __future__ import annotations

import gc
import logging
import sys
from collections.abc import Iterator

import numpy as np
import pytest

from effects import EFFECTS
from tests.pictures import encoded, photograph
from tests.test_pages import bench_of, opened
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

HEIGHT, WIDTH = 347, 521
"""A size that no other picture of the tests or of the app has."""

NAME = "ann-diary-page-7c1e"


def held_anywhere() -> Iterator[object]:
    """All that anything in this process refers to: what lives, and what was looked at once and frozen."""
    gc.collect()
    gc.unfreeze()
    for container in gc.get_objects():
        if not isinstance(container, type(sys._getframe())):
            yield from gc.get_referents(container)


def marks_of(data: bytes) -> list[str]:
    """What in this process still shows the visitor's file, its pixels or its name."""
    piece, found = data[len(data) // 2 :][:64], []
    for thing in held_anywhere():
        if isinstance(thing, np.ndarray) and {HEIGHT, WIDTH} <= {*thing.shape}:
            found.append(f"pixels {thing.shape}")
        elif isinstance(thing, bytes) and thing is not data and piece != thing and piece in thing:
            found.append(f"{len(thing)} bytes of the file")
        elif isinstance(thing, str) and thing is not NAME and NAME in thing and "test_strangers" not in thing:
            found.append(thing[:60])
    return found


def visit(data: bytes) -> None:
    """A visitor opens a photo and puts effects on it that keep things for the next slider."""
    app = opened()
    app.file_uploader(key="upload").upload(f"{NAME}.png", data, "image/png").run()
    for name in ("gaussian_blur", "hdr_detail", "kaleidoscope"):
        app.selectbox(key="add_effect").select(name).run()
    assert not unforeseen(app)
    photo = bench_of(app).photo
    assert photo is not None
    assert photo.preview.image.shape == (HEIGHT, WIDTH, 3)
    assert marks_of(data), "while the visitor is there, what is looked for can be found"


def test_when_a_visitor_has_gone_nothing_in_the_process_holds_what_they_brought(
    caplog: pytest.LogCaptureFixture,
) -> None:
    assert {"gaussian_blur", "hdr_detail", "kaleidoscope"} <= {*EFFECTS}
    data = encoded(photograph(HEIGHT, WIDTH, seed=77))
    with caplog.at_level(logging.DEBUG, "effects"), caplog.at_level(logging.DEBUG, "pages"):
        visit(data)
    assert NAME not in caplog.text
    assert marks_of(data) == []
    gc.freeze()
