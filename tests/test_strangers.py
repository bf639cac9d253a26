"""What one visitor brings is nobody else's: nothing that sessions share holds any of it once they have gone."""

from __future__ import annotations

import gc
import io
import logging
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, Pipeline
from effects.backdrop import Backdrop, compress
from effects.tables.cube import Cube
from tests.pictures import encoded, photograph
from tests.test_pages import bench_of, opened
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

HEIGHT, WIDTH = 347, 521
"""A size that no other picture of the tests or of the app has."""

SOUGHT = (np.ndarray, bytes, str)

NAME = "-".join(("ann", "diary", "page", "7c1e"))  # as no line of this file has it, which Python may keep


def held_anywhere() -> Iterator[object]:
    """The arrays, bytes and words that anything in this process refers to: very many, told by their kinds."""
    gc.collect()
    frame = type(sys._getframe())
    holders = [holder for holder in gc.get_objects() if type(holder) is not frame]
    while holders:
        found = gc.get_referents(*holders)
        kinds = set(map(type, found))
        sought, plain = ({kind for kind in kinds if issubclass(kind, of)} for of in (SOUGHT, (dict, tuple)))
        yield from (thing for thing in found if type(thing) in sought)
        # What the collector does not track holds nothing but plain values, which nobody else may refer to.
        holders = [thing for thing in found if type(thing) in plain and not gc.is_tracked(thing)]


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


def assert_holds_in_a_process_of_its_own(scene: Callable[[], None]) -> None:
    """Where all that other tests have left would have to be looked through, it takes twice as long."""
    command = [sys.executable, "-c", f"from tests.test_strangers import {scene.__name__} as scene; scene()"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr


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


def photo_and_farewell() -> None:
    """Nothing that the visitor brought is left, nor was any of it written down."""
    assert {"gaussian_blur", "hdr_detail", "kaleidoscope"} <= {*EFFECTS}
    data, lines = encoded(photograph(HEIGHT, WIDTH, seed=77)), io.StringIO()
    for name in ("effects", "pages"):
        log = logging.getLogger(name)
        log.addHandler(logging.StreamHandler(lines))
        log.setLevel(logging.DEBUG)
        log.debug("of %s", name)
    visit(data)
    assert "of effects\nof pages\n" in lines.getvalue(), "what is written down can be found"
    assert NAME not in lines.getvalue(), lines.getvalue()
    left = marks_of(data)
    assert not left, left


def test_when_a_visitor_has_gone_nothing_in_the_process_holds_what_they_brought() -> None:
    assert_holds_in_a_process_of_its_own(photo_and_farewell)


def backdrop() -> Backdrop:
    """A picture that a visitor lays behind somebody, by the name of its file."""
    return compress(photograph(HEIGHT, WIDTH, seed=78), f"{NAME}-behind")


def stack() -> Pipeline:
    """A visitor's own stack: with a colour table and curves, a picture behind them, their words, a look of theirs."""
    chance = np.random.default_rng(7)
    lattice, curves = (chance.integers(0, 65536, shape).astype(np.int32) for shape in ((5, 5, 5, 3), (9, 3)))
    table = Cube(f"{NAME}-table", lattice, shaper=Cube(f"{NAME}-shaper", np.sort(curves, axis=0)))
    looked_up = EFFECTS["lut3d"].step(table=table)
    look = Pipeline((EFFECTS["sepia"].step(), looked_up)).group(title=f"{NAME}-look", strength=0.5)
    return Pipeline(
        (
            EFFECTS["background"].step(muted=True, way="picture", picture=backdrop()),
            EFFECTS["lut3d"].step(table=Cube(f"{NAME}-curves", np.sort(curves, axis=0))),
            looked_up,
            look,
            EFFECTS["lut3d"].step(table=table, mask=[{"kind": "radial"}]),
            EFFECTS["text"].step(text=f"{NAME} says so"),
            EFFECTS["polaroid"].step(caption=f"{NAME} here"),
            EFFECTS["vhs"].step(text=NAME[:20]),
            EFFECTS["ascii"].step(ramp="custom", characters=f"{NAME} typed"),
        )
    )


def visit_with_stack(data: bytes) -> None:
    """A visitor opens a photo and their stack, and moves it by a slider."""
    app = opened()
    app.file_uploader(key="upload").upload("photo.png", data, "image/png").run()
    app.file_uploader(key="recipe_file").upload(f"{NAME}.json", stack().to_file().encode(), "application/json").run()
    assert not unforeseen(app)
    assert not app.error
    assert len(bench_of(app).pipeline.tables) == 3
    assert {mark.split("-")[-1] for mark in marks_of(data)} >= {"behind", "table", "shaper", "curves", "look"}


def on_device() -> None:
    """The page of a visitor whose device draws their stack."""
    from pages.components import session  # noqa: PLC0415  (a script of its own)
    from pages.components.live.device_program import what_to_draw  # noqa: PLC0415
    from tests.test_strangers import stack  # noqa: PLC0415

    bench = session.workbench()
    bench.load(stack())
    assert what_to_draw(bench)["program"]


def stack_and_farewell() -> None:
    """Nothing of the visitor's stack is left."""
    behind = backdrop().numbers
    visit_with_stack(encoded(photograph(90, 160, seed=79)))
    app = AppTest.from_function(on_device, default_timeout=60).run()
    assert not app.exception, app.exception
    del app
    left = marks_of(behind)
    assert not left, left


def test_when_a_visitor_has_gone_nothing_holds_the_pictures_tables_and_words_of_their_stack() -> None:
    assert_holds_in_a_process_of_its_own(stack_and_farewell)
