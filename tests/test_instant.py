"""What the browser is told to draw by itself: which widget moves what, and where the part of the stack begins."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Photo, Pipeline, decode
from effects.effect import Effect
from effects.masks.maps import map_of
from effects.shaders import program
from pages.components import session
from pages.components.drawing import program_address
from pages.components.drawing.dials import Dial, dials, settings
from pages.components.photo.open_photo import OpenPhoto
from pages.components.stack import where_plane
from pages.components.stack.cards import Cards
from pages.components.stage import instant
from tests.pictures import photograph

IMAGE = photograph(60, 80)


def cards(*steps: Any) -> Cards:
    made = Cards()
    made.load(Pipeline(steps))
    return made


def opened(alpha: Any = None) -> OpenPhoto:
    return OpenPhoto("hill.jpg", b"", Photo(IMAGE, alpha), b"", 80, 60, True, "")


def set_by(dial: Dial) -> Mapping[str, float]:
    """What it sets, as `dial_values.js` does."""
    if isinstance(dial.value, str):
        red_green_blue = bytes.fromhex(dial.value[1:])
        return {name: level / 255 for name, level in zip(dial.variables, red_green_blue, strict=True)}
    return {dial.variable: dial.value}


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=lambda effect: effect.name)
def test_every_variable_of_a_program_is_set_by_a_widget_to_what_that_holds(effect: Effect) -> None:
    stack = cards(EFFECTS["invert"].step(), effect.step(strength=1))
    made = program(stack.pipeline, before=lambda count: stack.pipeline[:count](IMAGE))
    held = {name: value for dial in dials(stack) for name, value in set_by(dial).items()}
    assert {name: held[name] for name in made.values} == made.values


def test_a_slider_that_tells_its_stop_is_known_with_all_of_them() -> None:
    stack = cards(EFFECTS["grain"].step(size=0.00123))
    (found,) = (dial for dial in dials(stack) if dial.key.endswith("-size"))
    assert found.stops == tuple(sorted(found.stops))
    assert found.value in found.stops


def test_what_is_turned_off_or_not_shown_has_no_dial() -> None:
    stack = cards(EFFECTS["sepia"].step(), LOOKS["noir"].group(strength=0.5), EFFECTS["border"].step())
    assert settings(dials(stack)).keys() >= {"c1-strength", "c1-amount", "c2-strength", "c3-width", "c3-color"}
    assert "c3-strength" not in settings(dials(stack))
    stack.change("c1", muted=True)
    assert not any(dial.key.startswith("c1-") for dial in dials(stack))
    stack.toggle_solo("c1")
    assert {dial.variable for dial in dials(stack)} == {"0.strength", "0.amount"}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> dict[str, bytes]:
    """What goes by address, by the place that it is for; and a session of one's own."""
    held: dict[str, Any] = {}
    addressed: dict[str, bytes] = {}
    monkeypatch.setattr(session, "hold", lambda key, make: held.setdefault(key, make()))

    def address(data: bytes, slot: str, mime: str = "") -> str:
        addressed[slot] = data
        return f"/{slot}"

    for module in (instant, program_address):
        monkeypatch.setattr(module, "picture_url", address)
    return addressed


@pytest.mark.slow
def test_a_split_stack_begins_with_what_the_server_has_made(sent: dict[str, bytes]) -> None:
    server, sepia = EFFECTS["oil_paint"].step(), EFFECTS["sepia"].step(amount=0.4)
    stack = cards(EFFECTS["invert"].step(), server, sepia)
    told = instant.what_to_draw(stack, opened(), stack.pipeline)
    assert told["values"] == {"2.strength": 1.0, "2.amount": 0.4}
    assert told["dials"] == {"c3-strength": ["2.strength", []], "c3-amount": ["2.amount", []]}
    begun = decode(sent["instant-source"]).image.astype(int)
    assert np.abs(begun - stack.pipeline[:2](IMAGE)).mean() < 2  # a picture so small is all edges to a JPEG


def test_a_stack_that_ends_with_the_servers_own_step_is_not_drawn(sent: dict[str, bytes]) -> None:
    stack = cards(EFFECTS["sepia"].step(), EFFECTS["oil_paint"].step())
    assert instant.what_to_draw(stack, opened(), stack.pipeline) == {}
    assert not sent


def test_a_slider_that_moves_sends_neither_picture_nor_program(sent: dict[str, bytes]) -> None:
    photo, stack = opened(), cards(EFFECTS["curves"].step(), EFFECTS["sepia"].step())
    instant.what_to_draw(stack, photo, stack.pipeline)
    before = dict(sent)
    stack.change("c2", params={"amount": 0.3}, strength=0.7)
    told = instant.what_to_draw(stack, photo, stack.pipeline)
    assert sent == before
    assert told["values"]["1.amount"] == 0.3
    assert len(before) == 2 + len(told["tables"])
    assert told["tables"], "curves are a table, by an address of its own"


def test_a_transparent_photo_keeps_what_shines_through(sent: dict[str, bytes]) -> None:
    alpha = np.linspace(0, 255, IMAGE[..., 0].size).reshape(IMAGE.shape[:2]).astype(np.uint8)
    stack = cards(EFFECTS["sepia"].step())
    instant.what_to_draw(stack, opened(alpha), stack.pipeline)
    begun = decode(sent["instant-source"])
    assert np.array_equal(begun.image, IMAGE)
    assert np.array_equal(begun.alpha, alpha)  # type: ignore[arg-type]


LINE, CIRCLE, COLOUR = {"kind": "linear"}, {"kind": "radial", "feather": 0.05}, {"kind": "color", "feather": 0.01}
PAINT = {"kind": "brush", "strokes": [{"points": [[0.2, 0.5], [0.8, 0.5]], "size": 0.4}]}


def test_every_variable_of_a_mask_is_set_by_its_handles_and_the_shape_in_hands_by_widgets() -> None:
    stack = cards(EFFECTS["sepia"].step(mask=[LINE, CIRCLE, COLOUR, PAINT, {**CIRCLE, "feather": 0.02}]))
    made = program(stack.pipeline, maps=lambda _count, _shape: np.zeros((60, 80), np.uint8))
    found = dials(stack)
    held = {name: value for dial in found for name, value in set_by(dial).items()}
    assert {name: held[name] for name in made.values} == made.values
    assert {dial.key: dial.variable for dial in found if "where" in dial.key} == {
        f"c1-where-{name}": f"0.mask.4.{name}" for name in ("x", "y", "rx", "ry", "angle", "feather")
    }
    assert next(dial.key for dial in found if dial.variable == "0.mask.0.x0") == "c1/0-x0"


def test_a_mask_that_two_cards_share_moves_at_once_only_if_one_follows_the_other() -> None:
    def movable(stack: Cards) -> bool:
        return any(dial.variable == "0.mask.0.x0" for dial in dials(stack))

    stack = cards(*(EFFECTS[name].step(mask=[LINE]) for name in ("sepia", "exposure")))
    stack.change("c2", mask=({"kind": "linear", "x0": 0.25},))
    assert movable(stack)
    stack.change("c2", mask=(LINE,))
    assert not movable(stack)
    stack.follow_above("c2")
    assert movable(stack)
    assert not any(dial.key.startswith("c2") and "mask" in dial.variable for dial in dials(stack))


def test_what_is_painted_goes_by_an_address_as_a_table(sent: dict[str, bytes]) -> None:
    photo, stack = opened(), cards(EFFECTS["sepia"].step(mask=[PAINT]))
    told = instant.what_to_draw(stack, photo, stack.pipeline)
    (digest,) = told["tables"]
    plane = np.frombuffer(zlib.decompress(sent[f"instant-{digest}"]), np.uint8).reshape(60, 80)
    assert np.array_equal(plane, map_of(stack.pipeline.steps[0].mask, IMAGE).plane)
    before = dict(sent)
    stack.change("c1", params={"amount": 0.3})
    instant.what_to_draw(stack, photo, stack.pipeline)
    assert sent == before


def test_what_was_found_is_asked_for_at_the_size_of_the_stage(
    sent: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[Pipeline, Photo]] = []

    def render(pipeline: Pipeline, photo: Photo) -> Photo:
        asked.append((pipeline[:-2], photo))  # then black is laid on all of it, and white through the mask
        return Photo(np.full(IMAGE.shape, 200, np.uint8))

    monkeypatch.setattr(where_plane, "rendered", render)
    photo, warp, tone = opened(), EFFECTS["swirl"].step(), EFFECTS["sepia"].step()
    stack = cards(warp, tone, EFFECTS["sepia"].step(mask=[{"kind": "subject"}]))
    (table,) = instant.what_to_draw(stack, photo, stack.pipeline)["tables"]
    assert {*zlib.decompress(sent[f"instant-{table}"])} == {200}
    assert asked == [(Pipeline((warp,)), photo.preview)]
    stack.change("c2", params={"amount": 0.3})
    instant.what_to_draw(stack, photo, stack.pipeline)
    assert len(asked) == 1, "colours move nothing that was found"
