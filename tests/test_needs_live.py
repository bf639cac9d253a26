"""Effects that need moving pictures say so on a still's card, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, Pipeline
from effects.effect import Kind
from tests.live_stub import no_camera
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

NAVIGATION = Path(__file__).parent.parent / "pages" / "shell" / "navigation.py"
WORDS = "a photo stands still"


def opened(page: str, *names: str) -> AppTest:
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60)
    app.query_params["recipe"] = Pipeline(tuple(EFFECTS[name].step() for name in names)).to_link()
    app.switch_page(page).run()
    assert not unforeseen(app)
    return app


TEMPORAL = [name for name, effect in EFFECTS.items() if effect.kind is Kind.TEMPORAL]


def told(app: AppTest) -> list[str]:
    return [item.value for item in app.caption if WORDS in item.value]


@pytest.mark.parametrize("name", [TEMPORAL[0], *(pytest.param(name, marks=pytest.mark.deep) for name in TEMPORAL[1:])])
def test_on_snapshot_an_effect_in_time_says_that_it_needs_live(name: str) -> None:
    (words,) = told(opened("../snapshot.py", "sepia", name))
    assert words.startswith(EFFECTS[name].title)
    assert "Live" in words


def test_two_of_them_say_it_each_and_others_do_not() -> None:
    assert len(told(opened("../snapshot.py", "trails", "invert", "trails"))) == 2


def test_on_live_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    no_camera(monkeypatch)
    assert not told(opened("../live.py", "trails", "echo"))


def test_the_switch_for_photos_reaches_the_video(monkeypatch: pytest.MonkeyPatch) -> None:
    no_camera(monkeypatch)
    app = opened("../live.py")
    assert (app.session_state["room"].video.mirror, app.session_state["room"].video.mirror_kept) == (True, False)
    app.toggle(key="mirror_kept").set_value(True).run()
    assert app.session_state["room"].video.mirror_kept
