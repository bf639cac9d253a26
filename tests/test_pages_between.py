"""What goes with a person from page to page: the cards and what they show, choices, by AppTest."""

from __future__ import annotations

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS
from pages.components.live import streamer
from tests.live_stub import Browser
from tests.test_pages import bench_of, with_photo

SNAPSHOT, LIVE, CATALOGUE = "../snapshot.py", "../live.py", "../catalogue.py"


@pytest.fixture(autouse=True)
def _no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streamer, "streamer", Browser())


def at(app: AppTest, page: str) -> AppTest:
    """The same person on another page."""
    app.switch_page(page).run()
    assert not app.exception
    return app


def held(app: AppTest) -> dict[Any, Any]:
    """What each widget of each card holds, by key."""
    cards = tuple(f"{card.id}-" for card in bench_of(app).stack)
    kinds = ("toggle", "slider", "select_slider", "selectbox", "color_picker", "number_input", "text_input")
    shown: list[Any] = [item for kind in kinds for item in app.get(kind)]
    return {item.key: item.value for item in shown if str(item.key).startswith(cards)}


def test_cards_show_their_steps_on_every_page_however_often_one_goes_between() -> None:
    app = with_photo("swirl", "duotone", "text", "posterize")
    first, *_, last = bench_of(app).stack
    app.slider(key=f"{first.id}-angle").set_value(90.0).run()
    app.select_slider(key=f"{last.id}-levels").set_value(7).run()
    before, pipeline = held(app), bench_of(app).pipeline
    for page in (LIVE, SNAPSHOT, LIVE, CATALOGUE, LIVE, SNAPSHOT):
        at(app, page)
        if page != CATALOGUE:
            assert held(app) == before
        assert bench_of(app).pipeline == pipeline


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
