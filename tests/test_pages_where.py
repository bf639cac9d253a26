"""Where on a card, run by Streamlit's own AppTest; and what the browser is told of a mask in the picture."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Photo, Pipeline
from effects.image import Image
from effects.masks.brush import Plane
from effects.masks.maps import map_of
from effects.masks.mask import Mask
from effects.masks.shapes import Brush, Linear, Luma, Radial, Shape
from effects.models import nets
from pages.components.stack.cards import Cards
from pages.components.stack.where_changes import add_shape, choose_where, set_shape, show_mask
from pages.components.stack.where_plane import rendered, rendered_plane
from pages.components.stack.where_shapes import KINDS, first_shape
from pages.components.stage.mask_grips import (
    MaskHold,
    Veil,
    follow_mask,
    mask_data,
    mask_hold_of,
    set_named,
)
from tests.test_pages import bench_of, opened, with_photo
from tests.test_where import SHAPED, stacked

PICTURE: Image = np.random.default_rng(7).integers(0, 256, (40, 70, 3), np.uint8)


def held(made: Cards) -> MaskHold:
    hold = mask_hold_of(made)
    assert hold is not None
    return hold


@pytest.mark.slow
def test_a_card_says_where_it_counts_and_sets_the_shapes_of_its_mask() -> None:
    app = with_photo("exposure", "sepia")
    first, second = (card.id for card in bench_of(app).stack)
    app.selectbox(key=f"{first}-where").select("linear").run()
    app.slider(key=f"{first}-where-y0").set_value(0.9).run()
    app.toggle(key=f"{first}-where-invert").set_value(True).run()
    app.selectbox(key=f"{second}-where").select("above").run()
    wanted = Linear(y0=0.9, y1=0.35, invert=True)
    assert bench_of(app).pipeline == Pipeline(
        (EFFECTS["exposure"].step(mask=[wanted]), EFFECTS["sepia"].step(mask=[wanted]))
    )
    assert not [slider for slider in app.slider if slider.key and slider.key.startswith(f"{second}-where-")]
    app.selectbox(key=f"{second}-where").select("luma").run()
    app.slider(key=f"{second}-where-low").set_range(0.2, 0.5).run()
    assert bench_of(app).stack[1].step.mask == (Luma(low=0.2, high=0.5),)
    app.button(key="undo").click().run()
    assert app.slider(key=f"{second}-where-low").value == (first_shape("luma").to_json()["low"], 1.0)
    assert not app.exception


@pytest.mark.slow
@pytest.mark.deep
def test_a_link_with_masks_opens_as_cards_that_show_them() -> None:
    pipeline = Pipeline((LOOKS["noir"].group(mask=SHAPED),))
    app = opened(pipeline.to_link())
    (card,) = bench_of(app).stack
    assert app.selectbox(key=f"{card.id}-where").value == "several"
    app.selectbox(key=f"{card.id}-where-shape").select(1).run()
    app.selectbox(key=f"{card.id}-where-how").select("intersect").run()
    assert [shape.how for shape in bench_of(app).stack[0].step.mask] == ["add", "intersect", "add"]
    app.button(key=f"{card.id}-where-drop").click().run()
    assert [shape.kind for shape in bench_of(app).stack[0].step.mask] == ["linear", "brush"]
    assert not app.exception


def test_of_the_open_card_whose_mask_is_shown_the_handles_have_words_limits_and_values() -> None:
    for kind in KINDS:
        made, (card,) = stacked("exposure")
        choose_where(made, card, kind)
        hold = held(made)
        data = mask_data(made, hold, Veil(b"", b""))
        names = {*(name for pair in data["spots"] for name in pair), *data["ellipse"], data["angle"]} - {""}
        assert names <= data["values"].keys() & data["limits"].keys() & data["says"].keys(), kind
        assert all(data["limits"][name][0] <= data["values"][name] <= data["limits"][name][1] for name in names)
        assert data["card"] == f"{card}/0"
        made.toggle_open(card)
        assert mask_hold_of(made) is None, "a closed card has nothing in the picture"


def test_a_mask_is_shown_on_what_its_step_made_where_a_later_one_moves_that() -> None:
    made, (first, second, third) = stacked("exposure", "sepia", "rotate_flip")
    choose_where(made, second, "radial")
    made.toggle_open(second)
    assert held(made).seen == Pipeline((made.stack[0].step,))
    assert held(made).before == Pipeline((made.stack[0].step, made.stack[1].step))
    made.change(third, muted=True)
    assert held(made).before is None
    made.toggle_solo(second)
    assert held(made).seen == Pipeline()
    show_mask(made, second, is_shown=False)
    assert mask_hold_of(made) is None
    assert made.card(first)


@pytest.mark.slow
def test_whoever_is_looked_for_before_a_mask_is_looked_for_by_a_worker(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """The server itself has no networks here."""
    monkeypatch.setattr(nets, "FOLDER", tmp_path)
    monkeypatch.setattr(nets, "nets", nets.Nets())
    seen = Pipeline((EFFECTS["background"].step(way="color", color="#00ff00"),))
    assert (rendered(seen, Photo(PICTURE)).image == (0, 255, 0)).all(axis=2).mean() > 0.9


def told(card: str, **values: Any) -> dict[str, Any]:
    return {"card": card, "values": values, "stay": "k 1", "load": "k", "number": 1}


def test_a_hand_on_a_mask_sets_the_shape_it_holds_and_a_drag_is_one_step_back() -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "linear")
    add_shape(made, card, "radial")
    steps = len(made.past)
    for x in (0.4, 0.3):
        follow_mask(made, told(f"{card}/1", x=x, rx=0.2, feather=1, nonsense=2))
    assert made.stack[0].step.mask == (first_shape("linear"), Radial(x=0.3, rx=0.2, feather=0.08))
    assert len(made.past) == steps + 1
    before = made.history
    for odd in (None, 7, {}, told(f"{card}/9", x=0), told(card, x=0), told("c9/0", x=0), {"card": f"{card}/1"}):
        follow_mask(made, odd)
    assert made.history == before
    follow_mask(made, told(f"{card}/1", rx=-3))
    assert made.trouble
    assert made.history == before
    set_named(made, card, 0, {"x0": 0.1}, "")
    assert made.stack[0].step.mask[0] == Linear(x0=0.1, y0=0.65, y1=0.35)


@pytest.mark.parametrize(("shape", "erases", "takes"), [
    (Brush(), False, False), (Brush(), True, True), (Brush(how="subtract"), False, True),
    (Brush(how="subtract", invert=True), True, True), (Brush(invert=True), True, False),
])  # fmt: skip
def test_what_a_brush_paints_is_red_where_it_adds_to_the_mask_in_the_end(
    shape: Shape, erases: bool, takes: bool
) -> None:
    made, (card,) = stacked("exposure")
    made.change(card, mask=(Linear(), shape))
    show_mask(made, card, is_shown=True)
    made.hold_brush(is_eraser=erases)
    assert mask_data(made, held(made), Veil(b""))["brush"]["takes"] is takes


@pytest.mark.parametrize("mask", [SHAPED, (Luma(low=0.2, high=0.6),)], ids=["drawn", "read"])
def test_a_mask_is_known_by_what_is_laid_on_through_it(mask: Mask) -> None:
    """As it has to be where only a worker can find it."""
    plane: Plane = rendered_plane(Pipeline(), mask, Photo(PICTURE), Pipeline.apply)
    assert np.abs(plane.astype(int) - map_of(mask, PICTURE).plane).max() <= 1


def test_a_value_that_a_shape_cannot_have_is_told_and_not_taken() -> None:
    made, (card,) = stacked("exposure")
    choose_where(made, card, "luma")
    before = made.history
    set_shape(made, card, 0, {"low": 1, "high": 0})
    assert "low" in made.trouble
    assert made.history == before
