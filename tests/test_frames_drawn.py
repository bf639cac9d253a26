"""Effects in time: their formulas against their kernels, and what the page's drawer makes of them against a Stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, Group, Pipeline, Stream
from effects.effect import Effect, Kind, Step
from effects.image import Image, to_uint8
from effects.kernels.motion.past import PlainPast
from effects.shaders import coverage, program
from tests.engines.drawer_page import DRAWER_PAGES
from tests.pictures import photograph
from tests.shader_page import ShaderPage, differences

REMEMBERING = [each for each in EFFECTS.values() if each.kind is Kind.TEMPORAL and each.formula is not None]
FEW, MANY = 10, 50
RATES = (FEW, 25, MANY)

TOGETHER = [
    Pipeline((
        EFFECTS["sepia"].step(amount=0.6),
        EFFECTS["trails"].step(half_life=0.2, mode=mode),
        EFFECTS["echo"].step(delay=0.12, count=2, strength=0.7),
        EFFECTS["motion_only"].step(threshold=0.5, half_life=1.5, rest="black", strength=0.4),
        EFFECTS["vignette"].step(),
    ))
    for mode in ("average", "lighten", "darken")
]  # fmt: skip


STEPS = {
    "trails": [
        EFFECTS["trails"].step(mode=mode, half_life=half)
        for mode in ("average", "lighten", "darken")
        for half in (0.1, 5)
    ],
    "echo": [
        EFFECTS["echo"].step(delay=delay, count=count, decay=decay)
        for delay, count, decay in ((0.15, 3, 0.6), (0.05, 5, 1), (0.31, 1, 0.3))
    ],
    "motion_only": [
        EFFECTS["motion_only"].step(rest=rest, half_life=half) for rest in ("gray", "white") for half in (0.1, 10)
    ],
}
"""By every choice, and with long and short memories."""


def frames(rate: int, seconds: float) -> Iterator[tuple[float, Image]]:
    """A video in which a photo moves, with a bright spot that jumps."""
    photo = photograph(48, 64)
    for number in range(round(rate * seconds) + 1):
        frame = np.roll(photo, round(30 * number / rate), axis=1)
        frame[10:20, (7 * number) % 50 :][:, :8] = 250
        yield number / rate, np.ascontiguousarray(frame)


def test_what_remembers_frames_and_says_a_formula_is_drawn_by_kept_pictures() -> None:
    ways = coverage()
    assert {name for name, way in ways.items() if way == "frame"} == {"trails", "echo", "motion_only"}
    assert ways["slit_scan"] == "server: it remembers frames, and says no formula for that"


@pytest.mark.parametrize("effect", REMEMBERING, ids=lambda effect: effect.name)
def test_a_kernel_in_time_does_what_its_formula_says(effect: Effect) -> None:
    assert effect.formula is not None
    for step in STEPS[effect.name]:
        stream, past = Stream(Pipeline((step,))), PlainPast([])
        for t, frame in frames(FEW, 1.2):
            past = PlainPast([*past.frames, (t, frame / 255)], past.kept)
            out, kept = effect.formula(frame / 255, past, **step.params)
            assert differences(to_uint8(out), stream(frame, t)).max() <= 1, step
            past = PlainPast(past.frames, kept)


def test_a_memory_is_known_by_its_effect_whatever_else_is_in_the_stack() -> None:
    def slots(*items: Step | Group) -> list[str]:
        return [draw.memory.slot for draw in program(Pipeline(items)).draws if draw.memory and draw.memory.keeps]

    trails, muted = EFFECTS["trails"].step(), EFFECTS["trails"].step(muted=True)
    assert slots(trails) == slots(EFFECTS["swirl"].step(), trails) == ["trails 0"]
    assert slots(muted, EFFECTS["echo"].step(), Group((trails,), 0.5)) == ["echo 0", "trails 1"]


def test_a_slider_that_changes_a_memory_is_no_other_program() -> None:
    one, other = (program(Pipeline((EFFECTS["echo"].step(delay=delay),))) for delay in (0.1, 0.4))
    assert one.wire()["program"] == other.wire()["program"]
    assert one.values["0.delay"] == 0.1


@pytest.fixture(scope="module", params=DRAWER_PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShaderPage]:
    with request.param(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def off(page: ShaderPage, stack: Pipeline, rate: int, seconds: float) -> Any:
    """How far apart a Stream and the drawer are after these seconds."""
    stream, t, result = Stream(stack), 0.0, photograph(1, 1)
    _, first = next(frames(rate, seconds))
    page.begin(first)
    page.use(program(stack))
    for t, frame in frames(rate, seconds):
        result = stream(frame, t)
        page.show(frame)
        page.page.evaluate("t => drawer.draw({}, t)", t)
    return differences(page.frame(t), result)


@pytest.mark.slow
def test_a_video_in_the_page_is_the_librarys_after_the_same_seconds(page: ShaderPage) -> None:
    """And a still has no past: a photo after it is the library's, too."""
    assert off(page, TOGETHER[0], FEW, 1.0).max() <= 3
    frame = photograph(48, 64)
    page.show(frame)
    assert differences(page.frame(None), TOGETHER[0](frame)).max() <= 1


@pytest.mark.deep
@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("stack", [*TOGETHER, *(Pipeline((step,)) for steps in STEPS.values() for step in steps)])
def test_at_any_rate_a_video_in_the_page_is_the_librarys(page: ShaderPage, stack: Pipeline, rate: int) -> None:
    assert off(page, stack, rate, 2.0).max() <= 3
