"""The parts of Live, each by itself: colours, pace, shutter and tray."""

from __future__ import annotations

import io
import time

import av
import numpy as np
import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Pipeline
from effects.image import Image
from pages.components.live.colour import frame, picture
from pages.components.live.pace import SCALES, Pace
from pages.components.live.shutter import Exposure, Shutter
from pages.components.live.tray import photo, pieces, strip
from tests.pictures import difference, gradient

pytestmark = pytest.mark.slow


def even(level: int, height: int = 48, width: int = 64) -> Image:
    return np.full((height, width, 3), level, np.uint8)


# Colours


def test_a_frame_is_limited_range_bt601() -> None:
    """Y = 16 + 219 * luma with Rec. 601 weights, Cb and Cr = 128 + 224 * share, as VP8 has it."""
    colour = np.array([200, 120, 40], np.uint8)
    planes = frame(np.broadcast_to(colour, (8, 8, 3))).to_ndarray()
    luma = np.array([0.299, 0.587, 0.114]) @ (colour / 255)
    chroma = 128 + 224 * np.array([(40 / 255 - luma) / 1.772, (200 / 255 - luma) / 1.402])
    assert np.abs(planes[:8].astype(float) - (16 + 219 * luma)).max() <= 1
    assert np.abs(np.unique(planes[8:]).astype(float) - np.sort(chroma)).max() <= 1


def test_a_picture_survives_the_way_there_and_back() -> None:
    image = gradient(480, 640)
    mean, most = difference(picture(frame(image)), image)
    assert mean < 1
    assert most <= 4


@pytest.mark.parametrize(("height", "width"), [(47, 63), (1, 1), (2, 9), (482, 640), (480, 641)])
def test_a_frame_of_any_size_can_be_shown(height: int, width: int) -> None:
    shown = frame(even(90, height, width))
    assert (shown.height % 2, shown.width % 2) == (0, 0)
    assert abs(shown.height - height) <= 1
    assert abs(shown.width - width) <= 1
    assert np.abs(picture(shown).astype(int) - 90).max() <= 2


def test_frames_of_other_forms_are_read() -> None:
    image = gradient(48, 64)
    assert np.abs(picture(av.VideoFrame.from_ndarray(image, format="rgb24")).astype(int) - image).max() == 0


# Pace


def spend(pace: Pace, full_cost: float, frames: int) -> None:
    for _ in range(frames):
        pace.note_cost(full_cost * pace.scale**2)


def test_a_quick_stack_is_worked_on_at_full_size() -> None:
    pace = Pace()
    spend(pace, 0.04, 300)
    assert pace.scale == 1
    image = gradient()
    assert pace.shrink(image) is image


def test_a_heavy_stack_is_worked_on_smaller_within_a_second_or_two_and_keeps_its_size() -> None:
    pace = Pace()
    spend(pace, 0.15, 30)
    assert pace.scale in (0.5, 0.75)
    assert 0.15 * pace.scale**2 < 0.09
    small = pace.shrink(even(1, 480, 640))
    assert small.shape[0] < 480
    assert pace.enlarge(small, pace.scale).shape == (480, 640, 3)


def test_it_stops_at_the_smallest_scale() -> None:
    pace = Pace()
    spend(pace, 3, 200)
    assert pace.scale == SCALES[-1]


def test_the_full_size_comes_back_when_the_stack_is_light_again() -> None:
    pace = Pace()
    spend(pace, 0.15, 60)
    assert pace.scale < 1
    pace.renew()
    spend(pace, 0.005, 60)
    assert pace.scale == 1


def test_one_slow_frame_changes_nothing() -> None:
    pace = Pace()
    spend(pace, 0.01, 30)
    pace.note_cost(0.4)
    spend(pace, 0.01, 30)
    assert pace.scale == 1


# Shutter


def test_without_a_countdown_the_next_frame_is_the_photo() -> None:
    shutter = Shutter()
    shutter.release()
    flash = shutter.look(Exposure(even(10), even(20)), even(20))
    assert np.all(flash == 255)
    (taken,) = shutter.collect()
    assert (taken.raw[0, 0, 0], taken.seen[0, 0, 0]) == (10, 20)
    assert shutter.collect() == ()


def test_a_countdown_shows_its_number_and_keeps_it_off_the_photo() -> None:
    shutter = Shutter()
    shutter.release(countdown=0.15)
    seen = even(100, 240, 320)
    counting = shutter.look(Exposure(seen, seen), seen)
    assert np.ptp(counting) > 200
    assert not np.any(counting[:30] != 100)
    time.sleep(0.2)
    shutter.look(Exposure(seen, seen), seen)
    (taken,) = shutter.collect()
    assert np.all(taken.seen == 100)


def test_a_second_press_takes_no_second_photo() -> None:
    shutter = Shutter()
    shutter.release(countdown=0.05)
    shutter.release(countdown=0.05)
    time.sleep(0.1)
    for _ in range(3):
        shutter.look(Exposure(even(1), even(1)), even(1))
    assert len(shutter.collect()) == 1


def test_a_burst_is_given_when_all_its_photos_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.components.live.shutter.BETWEEN", 0.02)
    shutter = Shutter()
    shutter.release(photos=4)
    for level in range(40):
        if level == 1:
            assert shutter.collect() == ()
        shutter.look(Exposure(even(level), even(level)), even(level))
        time.sleep(0.01)
    levels = [int(taken.raw[0, 0, 0]) for taken in shutter.collect()]
    assert len(levels) == 4
    assert levels == sorted(set(levels))


def test_a_photo_waits_for_a_frame_that_is_kept() -> None:
    shutter = Shutter()
    shutter.release()
    assert shutter.look(None, even(2))[0, 0, 0] == 2
    assert shutter.is_busy
    shutter.look(Exposure(even(1), even(1)), even(2))
    assert len(shutter.collect()) == 1


def test_a_lost_connection_takes_no_photo_later() -> None:
    shutter = Shutter()
    shutter.release(countdown=0.01)
    shutter.cancel()
    time.sleep(0.02)
    assert shutter.look(Exposure(even(1), even(1)), even(2))[0, 0, 0] == 2
    assert not shutter.collect()


# Tray


def test_a_photo_gets_the_stack_at_full_size_or_is_what_was_seen() -> None:
    taken = Exposure(gradient(480, 640), even(7))
    invert = Pipeline((EFFECTS["invert"].step(),))
    np.testing.assert_array_equal(photo(taken, invert, as_seen=False), 255 - taken.raw)
    assert photo(taken, invert, as_seen=True) is taken.seen


def test_a_stack_that_remembers_is_kept_as_seen() -> None:
    taken = Exposure(gradient(), even(7))
    assert photo(taken, Pipeline((EFFECTS["motion_only"].step(),)), as_seen=False) is taken.seen


def test_a_burst_becomes_a_strip_and_its_photos() -> None:
    taken = [Exposure(even(level), even(level)) for level in (10, 80, 160, 240)]
    first, *rest = pieces(taken, Pipeline(), as_seen=False)
    assert first.name.startswith("emulsion-strip")
    assert len(rest) == 4
    made = strip([item.raw for item in taken])
    middles = made[np.arange(4) * (48 + 2) + 2 + 24, made.shape[1] // 2, 0]
    np.testing.assert_array_equal(middles, [10, 80, 160, 240])
    assert np.all(made[:2] == 255)
    assert np.asarray(PILImage.open(io.BytesIO(rest[0].raw))).shape == (48, 64, 3)
