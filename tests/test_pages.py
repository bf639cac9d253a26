"""The pages' logic, run by Streamlit's own AppTest: no browser, but the real scripts, widgets and workers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, Photo, Pipeline
from effects.effect import Kind
from effects.recipe import MAX_STEPS
from effects.tables.cube import Cube, identity_cube
from pages.components.stack.history import STEPS_BACK
from pages.components.stage.preview import render_stack
from pages.components.workbench import Workbench
from tests.pictures import encoded, photograph
from tests.settable import settable
from tests.tables import cube_text, swapped
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

PAGES = Path(__file__).parent.parent / "pages"
PHOTO = encoded(photograph(90, 120))
WEIRD = [b"", b"not a picture", b"%PDF-1.4", PHOTO[: len(PHOTO) // 2], b"\xff\xd8\xff\xe0 no jpeg", b"<svg/>"]


def opened(link: str = "") -> AppTest:
    """Snapshot as a new visitor sees it."""
    app = AppTest.from_file(str(PAGES / "shell" / "navigation.py"), default_timeout=60)
    if link:
        app.query_params["recipe"] = link
    app.run()
    assert not unforeseen(app)
    return app


def bench_of(app: AppTest) -> Workbench:
    bench: Workbench = app.session_state["workbench"]
    return bench


def with_photo(*effects: str) -> AppTest:
    """Snapshot with a small photo and these effects on it, every card open."""
    app = opened()
    bench = bench_of(app)
    for name in effects:
        bench.add(name)
    bench.opened = frozenset(card.id for card in bench.stack)
    app.file_uploader(key="upload").upload("small.png", PHOTO, "image/png").run()
    assert not unforeseen(app)
    return app


def names(app: AppTest) -> list[str]:
    return [step.effect.name for card in bench_of(app).stack for step in card.steps]


def test_a_visitor_finds_the_sources_and_no_download_yet() -> None:
    app = opened()
    assert app.button_group(key="source").options == ["Upload", "Camera", "Sample"]
    assert len(app.file_uploader(key="upload").allowed_type) == 0
    assert app.download_button(key="recipe_save").disabled
    with pytest.raises(KeyError):
        app.download_button(key="download")


def test_every_effect_is_offered_by_its_title() -> None:
    assert opened().selectbox(key="add_effect").options == [effect.title for effect in EFFECTS.values()]


def test_an_effect_that_is_chosen_gets_a_card_as_it_is_at_first() -> None:
    app = with_photo()
    for name in ("sepia", "border"):
        app.selectbox(key="add_effect").select(name).run()
    assert bench_of(app).pipeline == Pipeline((EFFECTS["sepia"].step(), EFFECTS["border"].step()))


@pytest.mark.parametrize(
    "first",
    [pytest.param(at, marks=pytest.mark.deep if at > MAX_STEPS else ()) for at in range(0, len(EFFECTS), MAX_STEPS)],
)
def test_every_effect_has_on_its_card_a_widget_for_each_parameter(first: int) -> None:
    """Side by side on one page, as many as a stack may have."""
    effects = [*EFFECTS.values()][first : first + MAX_STEPS]
    app = with_photo()
    bench_of(app).load(Pipeline(tuple(effect.step() for effect in effects)))
    bench_of(app).opened = frozenset(card.id for card in bench_of(app).stack)
    app.run()
    assert not unforeseen(app)
    shown = settable(app)
    for card, effect in zip(bench_of(app).stack, effects, strict=True):
        keys = {
            key.removeprefix(f"{card.id}-"): can_be for key, can_be in shown.items() if key.startswith(f"{card.id}-")
        }
        counting = {param.name for param in effect.params if param.when.holds(card.params)}
        assert {key for key, can_be in keys.items() if can_be} - {"on", "strength", "where"} == counting
        assert {"strength", "where"} & set(keys) == (set() if effect.kind is Kind.CANVAS else {"strength", "where"})


def test_widgets_change_the_step_and_only_theirs() -> None:
    app = with_photo("posterize", "sepia", "posterize")
    first, _, last = bench_of(app).stack
    app.select_slider(key=f"{last.id}-levels").set_value(7).run()
    app.slider(key=f"{first.id}-strength").set_value(0.25).run()
    app.toggle(key=f"{first.id}-on").set_value(False).run()

    steps = bench_of(app).pipeline.steps
    assert steps[0] == EFFECTS["posterize"].step(strength=0.25, muted=True)
    assert steps[2] == EFFECTS["posterize"].step(levels=7)


def test_the_card_added_last_is_open_and_another_opens_when_it_is_asked_to() -> None:
    app = opened()
    for name in ("swirl", "exposure", "border"):
        app.selectbox(key="add_effect").select(name).run()
    swirl, exposure, border = (card.id for card in bench_of(app).stack)
    assert {key for key in settable(app) if key[:1] == "c" and "-" in key} == {
        f"{swirl}-on", f"{swirl}-strength", f"{exposure}-on", f"{exposure}-stops", f"{border}-on",
        *(f"{border}-{param.name}" for param in EFFECTS["border"].params),
    }  # fmt: skip
    app.button(key=f"{swirl}-open").click().run()
    assert {f"{swirl}-angle", f"{border}-width"} < settable(app).keys()
    app.button(key=f"{border}-open").click().run()
    assert f"{border}-width" not in settable(app)
    app.slider(key=f"{exposure}-stops").set_value(-1.0).run()
    assert bench_of(app).pipeline.steps[1] == EFFECTS["exposure"].step(stops=-1)


def test_a_stack_that_a_link_brings_is_closed_and_a_single_effect_open() -> None:
    for names_, is_open in ((("swirl",), True), (("swirl", "sepia"), False)):
        app = opened(Pipeline(tuple(EFFECTS[name].step() for name in names_)).to_link())
        assert (f"{bench_of(app).stack[0].id}-angle" in settable(app)) == is_open


def test_a_card_keeps_its_widgets_wherever_it_moves() -> None:
    app = with_photo("posterize", "sepia")
    card = bench_of(app).stack[0].id
    app.select_slider(key=f"{card}-levels").set_value(9).run()
    app.menu_button(key=f"{card}-menu").click("Move down").run()
    assert names(app) == ["sepia", "posterize"]
    assert app.select_slider(key=f"{card}-levels").value == 9


@pytest.mark.parametrize(
    ("action", "after"),
    [("Duplicate", ["sepia", "sepia", "swirl"]), ("Remove", ["swirl"]), ("Reset", ["sepia", "swirl"])],
)
def test_a_cards_menu_does_what_it_says(action: str, after: list[str]) -> None:
    app = with_photo("sepia", "swirl")
    card = bench_of(app).stack[0].id
    app.slider(key=f"{card}-amount").set_value(0.5).run()
    app.menu_button(key=f"{card}-menu").click(action).run()
    assert names(app) == after
    assert not unforeseen(app)
    if action == "Reset":
        assert app.slider(key=f"{card}-amount").value == EFFECTS["sepia"].step().params["amount"]


def test_undo_and_redo_go_through_every_change_and_the_widgets_follow() -> None:
    app = with_photo("sepia")
    card = bench_of(app).stack[0].id
    values = [0.8, 0.6, 0.4]
    for value in values:
        app.slider(key=f"{card}-amount").set_value(value).run()
    for value in [0.6, 0.8, 1.0]:
        app.button(key="undo").click().run()
        assert app.slider(key=f"{card}-amount").value == value
    app.button(key="undo").click().run()
    assert names(app) == []
    for _ in range(4):
        app.button(key="redo").click().run()
    assert app.slider(key=f"{card}-amount").value == 0.4


def test_undo_goes_at_least_fifty_changes_back() -> None:
    bench = Workbench()
    bench.add("sepia")
    card = bench.stack[0].id
    for change in range(60):
        bench.change(card, strength=change / 100)
    for _ in range(50):
        bench.undo()
    assert bench.stack[0].step.strength == pytest.approx(0.09)
    assert STEPS_BACK >= 50


@pytest.mark.parametrize("name", ["sepia", next(name for name, effect in EFFECTS.items() if not effect.live)])
def test_a_preview_is_the_same_wherever_it_is_rendered(name: str) -> None:
    """The second is not made for live video, so its first preview comes from a worker."""
    photo = Photo(photograph(120, 160), alpha=np.full((120, 160), 200, np.uint8))
    pipeline = Pipeline((EFFECTS[name].step(),))
    here, there = pipeline.apply(photo), render_stack(pipeline, photo)
    np.testing.assert_array_equal(there.image, here.image)
    np.testing.assert_array_equal(there.alpha, here.alpha)


def test_a_stack_has_an_end_and_says_so() -> None:
    bench = Workbench()
    for _ in range(MAX_STEPS + 1):
        bench.add("sepia")
    assert len(bench.stack) == MAX_STEPS
    assert str(MAX_STEPS) in bench.trouble


def test_a_refused_value_is_told_and_nothing_is_lost() -> None:
    bench = Workbench()
    bench.add("sepia")
    before = bench.stack
    bench.change(before[0].id, params={"amount": 99})
    assert bench.stack == before
    assert "amount" in bench.trouble
    assert len(bench.trouble) <= 400


@pytest.mark.parametrize("way", ["undo", "redo"])
def test_what_was_told_of_one_stack_is_not_told_of_the_next(way: str) -> None:
    bench = Workbench()
    bench.add("sepia")
    bench.add("swirl")
    bench.undo()
    bench.trouble = bench.link_trouble = bench.recipe_trouble = bench.cube_trouble = "This could not be done."
    getattr(bench, way)()
    assert not bench.trouble + bench.link_trouble + bench.recipe_trouble + bench.cube_trouble


def test_a_bad_file_is_told_and_the_photo_before_stays() -> None:
    app = with_photo("invert")
    before = bench_of(app).photo
    for data in WEIRD:
        app.file_uploader(key="upload").upload("broken.jpg", data, "image/jpeg").run()
        assert not unforeseen(app), data
        assert len(app.error) == 1, data
        assert 10 < len(app.error[0].value) <= 400
        assert bench_of(app).photo is before
        assert names(app) == ["invert"]
        app.file_uploader(key="upload").clear().run()
        assert not app.error
        assert bench_of(app).photo is before


def test_a_link_opens_its_stack_and_share_gives_the_link() -> None:
    pipeline = Pipeline((EFFECTS["posterize"].step(levels=6, strength=0.5), EFFECTS["swirl"].step(angle=90)))
    app = opened(pipeline.to_link())
    assert bench_of(app).pipeline == pipeline
    app.button(key="share").click().run()
    assert app.query_params["recipe"] in (pipeline.to_link(), [pipeline.to_link()])
    assert pipeline.to_link() in str(app.text_input(key="link").value)


@pytest.mark.parametrize("link", ["nonsense", "%00", "x" * 20_000, Pipeline((EFFECTS["sepia"].step(),)).to_link()[:-3]])
def test_a_bad_link_is_told_and_the_stack_is_empty(link: str) -> None:
    app = opened(link)
    assert len(app.error) == 1
    assert 10 < len(app.error[0].value) <= 400
    assert names(app) == []


def test_a_recipe_file_opens_and_a_bad_one_changes_nothing() -> None:
    app = with_photo("invert")
    app.file_uploader(key="recipe_file").upload("bad.json", b'{"version": 1, "steps": [7]}', "application/json").run()
    assert [error.value[:9] for error in app.error] == ["bad.json:"]
    assert names(app) == ["invert"]
    good = Pipeline((EFFECTS["sepia"].step(amount=0.3),))
    app.file_uploader(key="recipe_file").upload("good.json", good.to_json().encode(), "application/json").run()
    assert not app.error
    assert bench_of(app).pipeline == good


def test_a_colour_table_is_uploaded_on_its_card_and_travels_in_the_recipe_file() -> None:
    app = with_photo("lut3d")
    uploader = f"{bench_of(app).stack[0].id}-table"
    app.file_uploader(key=uploader).upload("bad.cube", b"LUT_3D_SIZE 3\n0 0\n", "text/plain").run()
    assert [error.value[:17] for error in app.error] == ["bad.cube: line 2:"]
    app.file_uploader(key=uploader).upload("grade.cube", cube_text(swapped, 9).encode(), "text/plain").run()
    assert not app.error
    pipeline = bench_of(app).pipeline
    assert [table.size for table in pipeline.tables.values() if isinstance(table, Cube)] == [9]
    app.file_uploader(key="recipe_file").upload("kept.json", pipeline.to_file().encode(), "application/json").run()
    assert not app.error
    assert bench_of(app).pipeline.tables == pipeline.tables


def test_a_hald_clut_picture_is_a_colour_table_too() -> None:
    app = with_photo("lut3d")
    card = bench_of(app).stack[0]
    lattice = identity_cube(9).numbers.reshape(27, 27, 3) // 257
    app.file_uploader(key=f"{card.id}-table").upload("hald.png", encoded(lattice.astype("uint8")), "image/png").run()
    assert not app.error
    assert str(bench_of(app).stack[0].steps[0].cube) == "hald"
