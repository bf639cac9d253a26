"""What goes with a person from page to page: the cards and what they show, choices, by AppTest."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from effects import CATEGORIES, EFFECTS
from tests.live_stub import no_camera
from tests.test_pages import bench_of, opened, with_photo
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

SNAPSHOT, LIVE, CATALOGUE = "../snapshot.py", "../live.py", "../catalogue.py"


@pytest.fixture(autouse=True)
def _no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    no_camera(monkeypatch)


def at(app: AppTest, page: str) -> AppTest:
    """The same person on another page."""
    app.switch_page(page).run()
    assert not unforeseen(app)
    return app


def held(app: AppTest) -> dict[Any, Any]:
    """What each widget of each card holds, by key."""
    cards = tuple(f"{card.id}-" for card in bench_of(app).stack)
    kinds = ("toggle", "slider", "select_slider", "selectbox", "color_picker", "number_input", "text_input")
    shown: list[Any] = [item for kind in kinds for item in app.get(kind)]
    return {item.key: item.value for item in shown if str(item.key).startswith(cards)}


def test_cards_show_their_steps_on_every_page_however_often_one_goes_between() -> None:
    app = opened()  # without a photo: the catalogue would draw it under every effect
    for name in ("swirl", "duotone", "text", "posterize"):
        bench_of(app).add(name)
    bench_of(app).opened = frozenset(card.id for card in bench_of(app).stack)
    app.run()
    first, *_, last = bench_of(app).stack
    app.slider(key=f"{first.id}-angle").set_value(90.0).run()
    app.select_slider(key=f"{last.id}-levels").set_value(7).run()
    before, pipeline = held(app), bench_of(app).pipeline
    for page in (LIVE, SNAPSHOT, CATALOGUE, LIVE, SNAPSHOT):
        at(app, page)
        if page != CATALOGUE:
            assert held(app) == before
        assert bench_of(app).pipeline == pipeline


def test_what_is_written_in_lines_keeps_them_on_its_card() -> None:
    app = with_photo("text")
    (card,) = (card.id for card in bench_of(app).stack)
    bench_of(app).change(card, params={"text": "Summer\nof 26"})
    app.run()
    app.text_area(key=f"{card}-text").set_value("Summer\nof 27").run()
    assert bench_of(app).pipeline.all_steps[0].params["text"] == "Summer\nof 27"
    app.text_area(key=f"{card}-text").set_value("Winter").run()
    assert app.text_input(key=f"{card}-text").value == "Winter"
    assert not unforeseen(app)


def test_what_is_set_on_one_page_stands_on_the_other() -> None:
    app = with_photo("swirl", "sepia")
    swirl, sepia = (card.id for card in bench_of(app).stack)
    at(app, LIVE).slider(key=f"{swirl}-angle").set_value(-45.0).run()
    app.slider(key=f"{swirl}-strength").set_value(0.5).run()
    app.toggle(key=f"{sepia}-on").set_value(False).run()
    at(app, SNAPSHOT)
    assert app.slider(key=f"{swirl}-angle").value == -45
    assert app.slider(key=f"{swirl}-strength").value == 0.5
    assert app.toggle(key=f"{sepia}-on").value is False
    app.slider(key=f"{swirl}-x").set_value(0.25).run()
    swirled, toned = bench_of(app).pipeline.steps
    assert swirled == EFFECTS["swirl"].step(angle=-45, x=0.25, strength=0.5)
    assert toned == EFFECTS["sepia"].step(muted=True)


def test_choices_of_a_page_are_found_again_as_they_were_left() -> None:
    app = with_photo("sepia")
    app.slider(key="quality").set_value(70).run()
    app.segmented_control(key="format").set_value("WebP").run()
    app.checkbox(key="keep_exif").check().run()
    app.checkbox(key="keep_recipe").check().run()
    app.toggle(key="compare").set_value(True).run()
    for page in (LIVE, SNAPSHOT):
        at(app, page)
    assert (app.segmented_control(key="format").value, app.slider(key="quality").value) == ("WebP", 70)
    assert app.checkbox(key="keep_exif").value
    assert app.checkbox(key="keep_recipe").value
    assert app.toggle(key="compare").value
    app.segmented_control(key="format").set_value("PNG").run()  # has no quality
    app.segmented_control(key="format").set_value("JPEG").run()
    assert app.slider(key="quality").value == 70


def test_a_shelf_stays_open_on_either_page() -> None:
    app = with_photo("sepia")
    app.selectbox(key="category").select("art").run()
    at(app, LIVE)
    at(app, SNAPSHOT)
    assert app.selectbox(key="category").value == "art"
    assert app.selectbox(key="add_effect").options[0] == next(iter(CATEGORIES["art"].effects.values())).title


def test_the_sample_is_still_said_to_be_the_sample() -> None:
    app = opened()
    app.segmented_control(key="source").set_value("Sample").run()
    at(at(app, CATALOGUE), SNAPSHOT)
    assert app.segmented_control(key="source").value == "Sample"
    assert bench_of(app).photo is not None


def test_a_camera_that_was_on_is_not_asked_for_again_by_coming_back() -> None:
    app = opened()
    app.segmented_control(key="source").set_value("Camera").run()
    app.button(key="camera_on").click().run()
    assert bench_of(app).camera_on
    at(at(app, LIVE), SNAPSHOT)
    assert app.segmented_control(key="source").value == "Camera"
    assert app.button(key="camera_on")
    assert not bench_of(app).camera_on


def test_what_is_chosen_on_live_is_kept_as_well() -> None:
    app = at(opened(), LIVE)
    for key, value in LIVE_CHOICES.items():
        app.segmented_control(key=key).set_value(value).run()
    app.toggle(key="mirror").set_value(True).run()
    at(at(app, SNAPSHOT), LIVE)
    assert {key: app.segmented_control(key=key).value for key in LIVE_CHOICES} == LIVE_CHOICES
    assert app.toggle(key="mirror").value


LIVE_CHOICES = {"facing": "Back camera", "size": "720p", "record_as": "GIF", "countdown": 3}


def order(app: AppTest) -> list[str]:
    """The keys of cards' text fields and the errors, from the top of the page to its end."""
    marked = [item for item in app.main if item.type == "error" or str(getattr(item, "key", "")).endswith("-rgb")]
    return [item.type for item in marked]


def test_what_was_typed_and_refused_stays_on_its_card_with_the_reason_until_it_is_mended() -> None:
    app = with_photo("curves", "sepia")
    field, before = f"{bench_of(app).stack[0].id}-rgb", bench_of(app).pipeline
    app.text_input(key=field).set_value("0,0 0.3,oops 1,1").run()
    for page in (LIVE, SNAPSHOT):
        assert app.text_input(key=field).value == "0,0 0.3,oops 1,1"
        assert order(app) == ["text_input", "error"]
        assert bench_of(app).pipeline == before
        at(app, page)
    app.text_input(key=field).set_value("0,0 0.3,0.4 1,1").run()
    assert not app.error
    assert str(bench_of(app).pipeline.all_steps[0].params["rgb"]) == app.text_input(key=field).value
    app.text_input(key=field).set_value("nonsense").run()
    app.slider(key=f"{bench_of(app).stack[1].id}-amount").set_value(0.5).run()
    assert not app.error
    assert app.text_input(key=field).value == bench_of(app).pipeline.all_steps[0].params["rgb"]
