"""Chance in live video: thrown anew by the clock, the same for the same seed and moment, and a still's at the start."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, Pipeline, Stream
from effects.chance import SEEDS, THROWS, seed_and_throw, seed_at
from effects.effect import Effect
from effects.image import Image
from effects.marks import Seed
from tests.shares import several
from tests.strategies import params, picture

BY_CHANCE = [effect for effect in EFFECTS.values() if any(isinstance(param.mark, Seed) for param in effect.params)]
by_chance = pytest.mark.parametrize("effect", BY_CHANCE, ids=lambda effect: effect.name)
PHOTO = picture(90, 120, 3, "smooth")


def frame(effect: Effect, t: float, image: Image = PHOTO, **asked: Any) -> Image:
    """What a video that has begun with this frame shows."""
    return Stream(Pipeline((effect.step(**asked),)))(image, t)


def test_these_effects_have_chance() -> None:
    assert {effect.name for effect in BY_CHANCE} == {"grain", "glitch", "vhs", "light_leak"}


@by_chance
def test_a_still_picture_moves_with_the_clock(effect: Effect) -> None:
    shown = [frame(effect, t) for t in (0.0, 0.5, 1.0, 7.3, 3600.0)]
    assert all(not np.array_equal(one, other) for one, other in pairwise(shown))
    assert not np.array_equal(frame(effect, 1.0, seed=1), frame(effect, 1.0, seed=2))


@by_chance
@several
@given(data=st.data(), t=st.floats(0, 1e9))
def test_the_same_video_twice_gives_the_same_frames(effect: Effect, data: st.DataObject, t: float) -> None:
    asked = data.draw(params(effect))
    running = Stream(Pipeline((effect.step(**asked),)))
    small = picture(24, 32, 1)
    running(small, t / 2)  # what was seen before does not count, nor when the stream began
    again = Stream(Pipeline((effect.step(**asked),)))
    np.testing.assert_array_equal(running(small, t), again(small, t))


@by_chance
@several
@given(data=st.data())
def test_at_the_start_a_frame_is_the_still(effect: Effect, data: st.DataObject) -> None:
    pipeline = Pipeline((effect.step(**data.draw(params(effect))),))
    small = picture(24, 32, 1)
    running = Stream(pipeline)
    running(small, 9.0)
    np.testing.assert_array_equal(running(small, 0.0), pipeline(small))
    assert running.pipeline.to_json() == pipeline.to_json()  # the recipe never hears of the clock


@pytest.mark.parametrize("rate", [24, 25, 30])
def test_every_frame_has_grain_of_its_own_though_the_clock_trembles(rate: int) -> None:
    chance = np.random.default_rng(0)
    times = (
        [(number + chance.uniform(-0.3, 0.3)) / rate for number in range(1, 40)]
        if rate == 30
        else [number / rate for number in range(1, 40)]
    )
    throws = [seed_at(0, EFFECTS["grain"].rates["seed"], t) for t in times]
    assert len(set(throws)) == len(throws)


def changes(effect: Effect, fps: int, seconds: int) -> int:
    running = Stream(Pipeline((effect.step(),)))
    shown = [running(PHOTO, number / fps) for number in range(seconds * fps)]
    return sum(not np.array_equal(one, other) for one, other in pairwise(shown))


def test_grain_changes_at_most_thirty_times_a_second_and_a_glitch_six() -> None:
    assert changes(EFFECTS["grain"], 60, 2) == 60
    assert changes(EFFECTS["vhs"], 30, 1) == 29
    assert changes(EFFECTS["glitch"], 30, 2) == 12


def test_a_light_leak_wanders_and_never_flashes() -> None:
    leak, grey = EFFECTS["light_leak"], np.full((90, 120, 3), 90, np.uint8)
    shown = [frame(leak, number / 30, grey, seed=5).astype(int) for number in range(121)]
    by_frame = [np.abs(one - other).max() for one, other in pairwise(shown)]
    assert max(by_frame) <= 8  # levels from one frame to the next
    assert np.abs(shown[60] - shown[0]).max() >= 20  # two seconds later it is another
    seam = [frame(leak, t, grey, seed=5).astype(int) for t in (70 - 1 / 30, 70.0)]
    assert np.abs(seam[0] - seam[1]).max() <= 8
    np.testing.assert_array_equal(seam[1], shown[0])


@pytest.mark.parametrize("mode", ["gray", "color"])
def test_grain_in_time_is_as_light_and_as_strong_as_a_stills_and_knows_nothing_of_the_frame_before(mode: str) -> None:
    grey = np.full((400, 600, 3), 128, np.uint8)
    running = Stream(Pipeline((EFFECTS["grain"].step(amount=0.5, size=1 / 400, mode=mode),)))
    still, *shown = [running(grey, number / 30).astype(float) - 128 for number in range(9)]
    # n * 4Y(1 - Y) * c(1 - c) at middle grey: a quarter of n, whose deviation is half the amount.
    expected = 255 * 0.25 * 0.5 * 0.5
    assert still.std() == pytest.approx(expected, rel=0.02)
    for one, other in zip(shown, [still, *shown], strict=False):
        assert abs(one.mean()) < 0.5
        assert one.std() == pytest.approx(still.std(), rel=0.03)
        assert abs(np.corrcoef(one.ravel(), other.ravel())[0, 1]) < 0.05


@pytest.mark.parametrize(("height", "width"), [(300, 400), (1500, 1600), (3, 5), (1, 1), (700, 90)])
def test_tape_noise_in_time_is_as_strong_as_a_stills(height: int, width: int) -> None:
    grey = np.full((height, width, 3), 128, np.uint8)
    step = EFFECTS["vhs"].step(noise=1.0, tracking=0.0, bleed=0.0, scanlines=0.0)
    running = Stream(Pipeline((step,)))
    still, *shown = [running(grey, number / 30) for number in range(5)]
    for one, other in zip(shown, [still, *shown], strict=False):
        assert one.shape == grey.shape
        if grey.size > 10_000:
            lights = [cv2.cvtColor(each, cv2.COLOR_RGB2GRAY).astype(float) for each in (one, other, still)]
            assert lights[0].mean() == pytest.approx(lights[2].mean(), abs=0.5)
            assert lights[0].std() == pytest.approx(lights[2].std(), rel=0.1)
            assert abs(np.corrcoef(lights[0].ravel(), lights[1].ravel())[0, 1]) < 0.1


def test_the_torn_band_of_a_tape_stays_in_its_place() -> None:
    columns = np.tile(np.arange(640, dtype=np.uint8)[None, :, None], (480, 1, 3))
    step = EFFECTS["vhs"].step(noise=0.0, tracking=1.0, bleed=0.0, scanlines=0.0)
    running = Stream(Pipeline((step,)))
    torn = []
    for number in range(6):
        away = cv2.absdiff(running(columns, number / 30), columns)[:450].astype(float).mean(axis=(1, 2))
        torn.append(int(np.convolve(away, np.ones(15) / 15, "same").argmax()))
    assert max(torn) - min(torn) <= 12  # lines of 480


def test_a_frame_is_another_beside_another_frame_size_as_it_is_on_a_still() -> None:
    for effect in BY_CHANCE:
        for shape in ((40, 60), (90, 120), (1500, 1500)):
            image = picture(*shape, 3, "smooth")
            assert not np.array_equal(frame(effect, 1.0, image), frame(effect, 0.0, image))


def test_edits_elsewhere_do_not_throw_chance_anew() -> None:
    grain = EFFECTS["grain"].step(seed=4)
    running = Stream(Pipeline((grain,)))
    running(PHOTO, 0.0)
    expected = frame(grain.effect, 2.0, seed=4)
    running.pipeline = Pipeline((grain, EFFECTS["glitch"].step(muted=True), EFFECTS["invert"].step(strength=0)))
    np.testing.assert_array_equal(running(PHOTO, 2.0), expected)
    half = Stream(Pipeline((EFFECTS["grain"].step(seed=4, strength=0.5),)))(PHOTO, 2.0)
    assert np.abs(half - (PHOTO / 2 + expected / 2)).max() <= 0.51
    assert np.array_equal(Stream(Pipeline((EFFECTS["grain"].step(muted=True),)))(PHOTO, 2.0), PHOTO)


@given(seed=st.integers(0, SEEDS - 1), rate=st.floats(0.1, 240), t=st.floats())
def test_a_number_holds_a_seed_and_a_throw_in_31_bits(seed: int, rate: float, t: float) -> None:
    number = seed_at(seed, rate, t)
    assert 0 <= number < 2**31
    found, throw = seed_and_throw(number)
    assert found == seed
    assert 0 <= throw < THROWS
    assert seed_at(number, rate, t) == number
