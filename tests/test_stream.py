"""A pipeline in time: memory, clock, and what a still makes of it."""

from __future__ import annotations

import inspect
import threading

import numpy as np
import pytest

from effects import EFFECTS, Pipeline, RecipeError, Step, Stream
from effects.effect import Category
from effects.image import Elapsed, Image, Memory

TEMPORAL = [effect.name for effect in EFFECTS.values() if effect.kind.value == "temporal"]


def noise(seed: int, height: int = 24, width: int = 32) -> Image:
    return np.random.default_rng(seed).integers(0, 256, (height, width, 3), np.uint8)


def even(level: int, height: int = 24, width: int = 32) -> Image:
    return np.full((height, width, 3), level, np.uint8)


def stream(*steps: Step) -> Stream:
    return Stream(Pipeline(steps))


def played(steps: tuple[Step, ...], scene: list[tuple[float, Image]], fps: int, seconds: float) -> Image:
    """The last frame of a scene (each picture from its time on) seen at so many frames a second."""
    running = Stream(Pipeline(steps))
    for number in range(round(seconds * fps) + 1):
        now = number / fps
        out = running([picture for begin, picture in scene if begin <= now + 1e-9][-1], now)
    return out


def test_frames_around_frames_have_an_end() -> None:
    with pytest.raises(RecipeError, match=r"The stack makes the picture grow to \d+ megapixels") as told:
        stream(*(EFFECTS["border"].step(width=0.2),) * 20)(even(9, 240, 320), 0.0)
    assert len(str(told.value)) <= 400


@pytest.mark.parametrize("name", ["trails", "echo", "slit_scan"])
def test_a_still_is_unchanged(name: str) -> None:
    photo = noise(1)
    np.testing.assert_array_equal(Pipeline((EFFECTS[name].step(),))(photo), photo)


@pytest.mark.parametrize(("rest", "level"), [("gray", 128), ("black", 0), ("white", 255)])
def test_on_a_still_nothing_moves(rest: str, level: int) -> None:
    step = EFFECTS["motion_only"].step(rest=rest)
    np.testing.assert_array_equal(Pipeline((step,))(noise(1)), even(level))


@pytest.mark.parametrize("name", TEMPORAL)
def test_the_first_frame_is_as_a_still(name: str) -> None:
    step = EFFECTS[name].step()
    np.testing.assert_array_equal(stream(step)(noise(1), 1234.5), Pipeline((step,))(noise(1)))


def test_what_was_seen_fades_by_half_in_its_half_life() -> None:
    running = stream(EFFECTS["trails"].step(half_life=0.5))
    running(even(200), 0)
    assert np.all(running(even(0), 0.5) == 100)
    assert np.all(running(even(0), 1.5) == 25)


def test_lighten_keeps_light_and_darken_keeps_shade() -> None:
    bright, dark = (stream(EFFECTS["trails"].step(half_life=1, mode=mode)) for mode in ("lighten", "darken"))
    for running in (bright, dark):
        running(even(200), 0)
    assert np.all(bright(even(60), 1) == 100)
    assert np.all(bright(even(180), 2) == 180)
    assert np.all(dark(even(255), 1) == 227)  # 255 - (255 - 200) / 2, the half rounded to even in the negative


def test_an_echo_is_the_weighted_mean_of_what_was_to_be_seen() -> None:
    running = stream(EFFECTS["echo"].step(delay=0.1, count=2, decay=0.5))
    frames = {moment: noise(moment) for moment in range(6)}
    out = [running(frame, moment / 10) for moment, frame in frames.items()][-1]
    expected = (frames[5] + 0.5 * frames[4] + 0.25 * frames[3]) / 1.75
    assert np.abs(out - expected).max() <= 0.51


@pytest.mark.parametrize("axis", ["rows", "columns"])
def test_the_further_across_the_older(axis: str) -> None:
    running = stream(EFFECTS["slit_scan"].step(axis=axis, duration=1))
    for moment in range(11):
        out = running(even(10 * moment, 11, 11), moment / 10)
    across = out[:, 0, 0] if axis == "rows" else out[0, :, 0]
    np.testing.assert_array_equal(across, np.arange(100, -1, -10))


def test_only_what_moves_is_shown_and_what_rests_sinks_into_the_background() -> None:
    running = stream(EFFECTS["motion_only"].step(half_life=0.5, threshold=0.1))
    scene = even(90)
    running(scene, 0)
    moved = scene.copy()
    moved[5:10, 5:10] = 230
    soon = running(moved, 0.1)
    assert np.all(soon[5:10, 5:10] == 230)
    soon[5:10, 5:10] = 128
    assert np.all(soon == 128)
    for moment in range(2, 80):
        late = running(moved, moment / 10)
    assert np.all(late == 128)


AVERAGES = [
    EFFECTS["trails"].step(half_life=0.4),
    EFFECTS["trails"].step(half_life=5.0),
    EFFECTS["trails"].step(half_life=0.7, mode="lighten"),
    EFFECTS["trails"].step(half_life=0.7, mode="darken"),
    EFFECTS["motion_only"].step(half_life=0.5),
    EFFECTS["motion_only"].step(half_life=10.0, threshold=0.02),
]
HISTORIES = [EFFECTS["echo"].step(delay=0.3, count=4), EFFECTS["slit_scan"].step(duration=1.6)]


@pytest.mark.parametrize(
    ("step", "change"),
    [
        # An average takes what it is given for what was there since the frame before: the change comes with the second.
        *[(step, 0.01) for step in AVERAGES],
        *[(step, 1.6) for step in HISTORIES],
    ],
)
def test_the_same_seconds_give_the_same_picture_at_any_frame_rate(step: Step, change: float) -> None:
    scene = [(0.0, noise(1)), (change, noise(2))]
    outs = [played((step,), scene, fps, 2.0).astype(int) for fps in (10, 25, 50)]
    assert np.abs(outs[0] - outs[1]).max() <= 2
    assert np.abs(outs[0] - outs[2]).max() <= 2
    assert np.abs(outs[0] - Pipeline((step,))(noise(2))).max() > 4  # there is a past to be seen at all


def test_memory_survives_an_edit_elsewhere_in_the_stack() -> None:
    trails, sepia, invert = EFFECTS["trails"].step(), EFFECTS["sepia"].step(), EFFECTS["invert"].step()
    edited, left_alone = stream(sepia, trails), stream(sepia, trails)
    for running in (edited, left_alone):
        running(noise(1), 0)
    edited.pipeline = Pipeline((sepia, trails, invert))
    np.testing.assert_array_equal(255 - edited(noise(2), 0.2), left_alone(noise(2), 0.2))


def test_memory_survives_a_change_of_its_own_parameters() -> None:
    running = stream(EFFECTS["trails"].step(half_life=0.5))
    running(even(200), 0)
    running.pipeline = Pipeline((EFFECTS["trails"].step(half_life=1),))
    assert np.all(running(even(0), 1) == 100)


def test_muting_the_first_of_two_leaves_the_second_its_own_past() -> None:
    first, second = EFFECTS["trails"].step(half_life=0.05), EFFECTS["trails"].step(half_life=1)
    running = stream(first, second)
    running(even(200), 0)
    running(even(200), 1)
    running.pipeline = Pipeline((EFFECTS["trails"].step(half_life=0.05, muted=True), second))
    assert np.all(running(even(0), 2) == 100)


def test_another_size_begins_anew() -> None:
    running = stream(EFFECTS["trails"].step())
    running(even(200), 0)
    small = noise(3, 12, 16)
    np.testing.assert_array_equal(running(small, 0.1), small)


def test_a_clock_that_goes_back_stands_still() -> None:
    running = stream(EFFECTS["trails"].step(half_life=1))
    running(even(200), 10)
    assert np.all(running(even(0), 5) == 200)
    assert np.all(running(even(0), 6) == 100)


def test_strength_mixes_each_frame_with_itself() -> None:
    running = stream(EFFECTS["trails"].step(half_life=1, strength=0.5))
    running(even(200), 0)
    assert np.all(running(even(0), 1) == 50)


def test_a_frame_that_fails_changes_nothing() -> None:
    shelf = Category("trying", "Trying", "Effects that tests make up.")

    @shelf.temporal
    def picky(image: Image, before: Memory, *, elapsed: Elapsed) -> tuple[Image, Memory]:
        """Refuse dark frames, and tell how long it was since the last good one."""
        if not image.any():
            raise ValueError("too dark")
        return np.full_like(image, round(elapsed * 10)), True

    running = stream(picky.step())
    running(even(9), 0)
    with pytest.raises(ValueError, match="too dark"):
        running(even(0), 1)
    assert np.all(running(even(9), 3) == 30)


def test_no_frame_is_written_to() -> None:
    for name in TEMPORAL:
        running, frames = stream(EFFECTS[name].step()), [noise(1), noise(2), noise(3)]
        for moment, frame in enumerate(frames):
            frame.setflags(write=False)
            running(frame, moment / 20)


def test_each_pass_says_what_it_took() -> None:
    running = stream(EFFECTS["sepia"].step(), EFFECTS["invert"].step(), EFFECTS["trails"].step())
    running(noise(1), 0)
    assert [item.effects for item in running.timings] == [("sepia", "invert"), ("trails",)]
    assert all(item.seconds > 0 for item in running.timings)


def test_the_stack_may_be_exchanged_while_frames_run() -> None:
    running, black, white = stream(), even(0), Pipeline((EFFECTS["invert"].step(),))
    seen: list[Image] = []
    thread = threading.Thread(target=lambda: seen.extend(running(black, n / 100) for n in range(400)))
    thread.start()
    while thread.is_alive():
        running.pipeline = white if not running.pipeline.steps else Pipeline()
    assert len(seen) == 400
    assert all(frame.min() == frame.max() and frame.max() in (0, 255) for frame in seen)


def test_a_stream_is_made_of_a_pipeline_and_nothing_else() -> None:
    assert list(inspect.signature(Stream).parameters) == ["pipeline"]
