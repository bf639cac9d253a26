"""Live on this device, as far as the server has to do with it: which way, which program, and what is left out."""

from __future__ import annotations

import json
import zlib
from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, Group, Pipeline
from effects.shaders import program
from pages.components.drawing import program_address
from pages.components.live import device_card, way
from pages.components.live.device_card import proof_address
from pages.components.live.device_program import KEY, drawable, what_to_draw
from pages.components.live.room import Room
from pages.components.live.way import DEVICE, LOST, SERVER, SLOW, UNABLE, choose_way, way_of
from pages.components.settings import AppSettings
from pages.components.workbench import Workbench
from tests.live_stub import no_camera
from tests.pictures import pixels_of
from tests.unforeseen import unforeseen

NAVIGATION = Path(__file__).parent.parent / "pages" / "shell" / "navigation.py"


def stack(*names: str) -> Pipeline:
    return Pipeline(tuple(EFFECTS[name].step() for name in names))


def bench_of(*names: str) -> Workbench:
    bench = Workbench()
    for name in names:
        bench.add(name)
    return bench


def test_this_device_is_the_way_until_it_fails_and_a_choice_goes_before_its_pace(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(way, "SETTINGS", AppSettings())
    room = Room()
    assert way_of(room) == DEVICE
    room.no_device = SLOW
    assert way_of(room) == SERVER
    choose_way(room, DEVICE)
    assert way_of(room) == DEVICE
    for why in (UNABLE, LOST):
        room.no_device = why
        assert way_of(room) == SERVER


def test_a_server_may_propose_its_own_way_and_a_choice_goes_before_that_too(monkeypatch: pytest.MonkeyPatch) -> None:
    room = Room()
    monkeypatch.setattr(way, "SETTINGS", AppSettings(live_way="server"))
    assert way_of(room) == SERVER
    choose_way(room, DEVICE)
    assert way_of(room) == DEVICE


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What goes by address, by the place that it is for."""
    addressed: dict[str, bytes] = {}

    def address(data: bytes, slot: str, mime: str = "") -> str:
        addressed[slot] = data
        return f"/{slot}"

    for module in (program_address, device_card):
        monkeypatch.setattr(module, "picture_url", address)
    return addressed


def test_the_program_is_that_of_the_stack_without_what_only_the_server_can_do(sent: dict[str, bytes]) -> None:
    bench = bench_of("sepia", "slit_scan", "swirl")
    with_group = Pipeline((*bench.shown, Group(stack("invert", "cartoon").all_steps)))
    assert drawable(with_group) == stack("sepia", "swirl")
    told, meant = what_to_draw(bench), program(stack("sepia", "swirl"))
    assert json.loads(zlib.decompress(sent[KEY]))["draws"] == [draw.wire() for draw in meant.draws]
    assert told["program"] == f"/{KEY}"
    assert told["values"] == dict(meant.values)


def test_tables_go_by_address(sent: dict[str, bytes]) -> None:
    ((digest, table),) = what_to_draw(bench_of("curves"))["tables"].items()
    assert table["sides"] == [4081]
    assert table["bytes"] == f"/{KEY}-{digest}"
    assert len(zlib.decompress(sent[f"{KEY}-{digest}"])) == 4081 * 3 * 2


def test_a_program_comes_with_a_card_and_what_the_library_makes_of_it(sent: dict[str, bytes]) -> None:
    assert what_to_draw(bench_of("swirl", "slit_scan"))["proof"] == {"card": f"/{KEY}-card", "made": f"/{KEY}-made"}
    card, made = (pixels_of(sent[f"{KEY}-{name}"]) for name in ("card", "made"))
    assert np.array_equal(made, stack("swirl")(card))


def test_a_card_that_would_become_large_proves_nothing(sent: dict[str, bytes]) -> None:
    enlarged = Pipeline((EFFECTS["resize"].step(by="long_side", long_side=4000),))
    assert proof_address(enlarged, KEY) is None
    assert not sent


def test_a_widget_moves_the_numbers_of_its_own_card_in_the_program() -> None:
    bench = bench_of("slit_scan", "exposure", "swirl", "duotone", "bloom")
    _, exposure, swirl, duotone, bloom = (card.id for card in bench.stack)
    told = what_to_draw(bench)
    assert told["dials"].keys() == told["settings"].keys()
    assert told["dials"][f"{exposure}-stops"] == ["0.stops", []]
    assert told["dials"][f"{swirl}-strength"][0] == "1.strength"
    assert told["dials"][f"{duotone}-shadow"][0] == "2.shadow"
    assert {f"2.shadow.{channel}" for channel in range(3)} <= told["values"].keys()
    _, stops = told["dials"][f"{bloom}-radius"]
    assert stops == sorted(stops)
    assert told["settings"][f"{bloom}-radius"] in stops
    assert not any(key.startswith(bench.stack[0].id) for key in told["dials"])


def test_the_numbers_of_a_card_that_is_shown_alone_are_the_first() -> None:
    bench = bench_of("exposure", "swirl")
    bench.toggle_solo(bench.stack[1].id)
    names = [name for name, _ in what_to_draw(bench)["dials"].values()]
    assert names
    assert all(name.startswith("0.") for name in names)


@pytest.mark.slow
def test_on_this_device_no_player_is_there_and_what_it_leaves_out_is_told_with_the_way_to_see_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    browser = no_camera(monkeypatch)
    monkeypatch.setattr(way, "SETTINGS", AppSettings(live_way="device"))
    app = AppTest.from_file(str(NAVIGATION), default_timeout=60)
    app.query_params["recipe"] = stack("sepia", "slit_scan").to_link()
    app.switch_page("../live.py").run()
    assert not unforeseen(app)
    assert not browser.told
    assert app.info[0].value.startswith("Slit scan can be computed on the server only")
    assert sum("Left out on this device" in item.value for item in app.caption) == 1
    app.button(key="to_server").click().run()
    assert app.segmented_control(key="live_way").value == SERVER
    assert browser.told
    assert not [item for item in app.info if "on the server only" in item.value]
    app.segmented_control(key="live_way").set_value(DEVICE).run()
    assert app.info
