"""A look's card, and a stranger's group, on the page; by AppTest."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, LOOKS, Group, Pipeline
from effects.looks import LOOK_BOOK
from pages.components.stage.preview import alt_text, former_picture
from tests.live_stub import no_camera
from tests.settable import settable
from tests.test_pages import bench_of, names, opened, with_photo
from tests.test_pages_between import LIVE, at
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

ODD = "**Mine** :red[x] `a` [c](https://e.org) www.e.org me@e.org"
AS_WRITTEN = (
    r"\*\*Mine\*\* \:J"
    r"red\[x\] \`a\` \[c\]\(https\:J"
    r"//e.org\) wwwJ.e.org me@Je.org"
).replace("J", "\N{WORD JOINER}")


def own_widgets(app: AppTest, card: str) -> set[str]:
    return {key.removeprefix(f"{card}-") for key in settable(app) if key and key.startswith(f"{card}-")}


def test_a_look_has_one_switch_and_one_strength_and_opens_into_its_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    no_camera(monkeypatch)
    app = with_photo("sepia")
    bench = bench_of(app)
    bench.choose_look("noir")
    look = bench.stack[1].id
    app.run()
    assert app.toggle(key=f"{look}-on").label == "Noir"
    assert own_widgets(app, look) == {"on", "strength"}
    assert LOOK_BOOK["noir"].summary not in [caption.value for caption in app.caption]
    app.button(key=f"{look}-open").click().run()
    assert own_widgets(app, look) == {"on", "strength", "where"}
    steps = ", ".join(step.effect.title for step in LOOKS["noir"].all_steps)
    assert {LOOK_BOOK["noir"].summary, f"Its steps: {steps}."} <= {caption.value for caption in app.caption}

    app.slider(key=f"{look}-strength").set_value(0.5).run()
    assert bench.pipeline[1] == LOOKS["noir"].group(strength=0.5)
    assert at(app, LIVE).slider(key=f"{look}-strength").value == 0.5
    assert app.session_state["room"].video.stream.pipeline == bench.pipeline
    at(app, "../snapshot.py")
    assert alt_text(bench.shown, bench.photo) == "small.png with Sepia, Noir"  # type: ignore[arg-type]
    menu = app.menu_button(key=f"{look}-menu")
    assert list(menu.options) == ["Move up", "Duplicate", "Open its steps", "Reset", "Solo", "Remove"]
    menu.click("Open its steps").run()
    assert not unforeseen(app)
    assert names(app) == ["sepia", *(step.effect.name for step in LOOKS["noir"].all_steps)]
    assert [info.value for info in app.info] == [bench.note]
    assert bench.note
    app.button(key="undo").click().run()
    assert not app.info
    assert app.slider(key=f"{look}-strength").value == 0.5


def test_a_strangers_title_is_read_as_it_is_written_and_a_group_with_a_frame_has_no_slider() -> None:
    group = Group((EFFECTS["border"].step(), EFFECTS["trails"].step()), title=ODD)
    app = opened(Pipeline((EFFECTS["sepia"].step(), group)).to_link())
    card = bench_of(app).stack[1]
    assert card.title == ODD
    assert own_widgets(app, card.id) == {"on"}
    told = next(item.value for item in app.markdown if "This link" in item.value)
    assert told == f"This link brought **Sepia, {AS_WRITTEN}**, shown on the sample."
    assert app.toggle(key=f"{card.id}-on").label == AS_WRITTEN
    assert any("a photo stands still" in caption.value for caption in app.caption)


def test_a_frame_that_is_turned_off_with_its_group_frames_no_former_picture() -> None:
    photo = bench_of(with_photo()).photo
    assert photo is not None
    off = Group((EFFECTS["border"].step(),), title="Framed", muted=True)
    assert former_picture(Pipeline((off,)), photo) == photo.before
