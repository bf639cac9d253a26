"""Auto brings pictures of the wrong light nearer to what they were, and leaves good ones nearly alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from effects import Photo, Pipeline, auto_steps
from effects.image import Image
from effects.kernels.luma import float_luma
from effects.marks import Range
from pages.components.widgets import round_stop
from tests.pictures import difference
from tests.spoilt import CASES, FAULTS, LOOKED_AT, cases, photo, spoilt, tally

FELT = (("contrast", "amount", 0.05), ("exposure", "stops", 0.11), ("temperature_tint", "temperature", 0.05),
        ("temperature_tint", "tint", 0.05))  # fmt: skip
"""Two places of a slider, of each that is set."""


SHARE = {"exposure": 0.95, "cast": 0.85, "contrast": 0.9, "together": 0.95}
"""How many of the pictures of each fault come nearer at least; of all together it is nine in ten."""

KEPT = {"exposure": 0.76, "cast": 0.82, "contrast": 0.55, "together": 0.8}
"""How much of its distance to the good pictures each fault keeps on average at most."""


ALONE = [pytest.param(fault, marks=() if fault == "together" else pytest.mark.deep) for fault in FAULTS]


@pytest.mark.slow
@pytest.mark.parametrize("fault", ALONE)
def test_of_the_pictures_of_a_fault_its_share_comes_nearer_and_nine_in_ten_by_lab(fault: str) -> None:
    assert tally(fault).nearer >= SHARE[fault] * CASES
    assert tally(fault).nearer_in_lab >= 0.9 * CASES


@pytest.mark.deep
def test_nine_in_ten_of_all_spoilt_pictures_come_nearer() -> None:
    assert sum(tally(fault).nearer for fault in FAULTS) >= 0.9 * CASES * len(FAULTS)


@pytest.mark.slow
@pytest.mark.parametrize("fault", ALONE)
def test_the_pictures_of_a_fault_keep_no_more_of_their_distance_than_its_bound(fault: str) -> None:
    assert tally(fault).after < KEPT[fault] * tally(fault).before


@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_good_picture_moves_by_at_most_six_levels(name: str) -> None:
    assert difference(auto_steps(photo(name))(photo(name)), photo(name))[0] <= 6


def steps_of(picture: Image | Photo) -> dict[str, dict[str, object]]:
    return {step.effect.name: dict(step.params) for step in auto_steps(picture).all_steps}


@pytest.mark.parametrize("size", [(1, 1), (1, 9), (40, 1), (30, 40)])
@pytest.mark.parametrize("shade", [(0, 0, 0), (3, 2, 1), (128, 128, 128), (255, 255, 255), (250, 40, 90)])
def test_a_picture_of_a_single_colour_is_left_as_it_is(size: tuple[int, int], shade: tuple[int, int, int]) -> None:
    assert auto_steps(np.full((*size, 3), shade, np.uint8)) == Pipeline()


def test_darkness_with_noise_in_it_is_left_as_it_is() -> None:
    assert auto_steps(np.random.default_rng(1).integers(0, 8, (90, 120, 3), dtype=np.uint8)) == Pipeline()


@pytest.mark.slow
@pytest.mark.parametrize("ink", [(1.0, 1.0, 1.0), (1.0, 0.87, 0.7), (0.8, 0.9, 1.0)])
@pytest.mark.parametrize("name", LOOKED_AT)
def test_a_print_in_one_ink_keeps_its_colour(name: str, ink: tuple[float, float, float]) -> None:
    grey = float_luma(photo(name) / 255)
    toned = np.rint(255 * grey[..., None] * np.array(ink)).astype(np.uint8)
    assert "temperature_tint" not in steps_of(toned)


def test_a_night_stays_one_and_its_lamps_their_colour() -> None:
    """A street with lamps, and the same under-exposed by three stops."""
    chance = np.random.default_rng(5)
    night = np.full((300, 400, 3), (12, 14, 24), np.uint8) + chance.integers(0, 9, (300, 400, 1), dtype=np.uint8)
    for lamp in chance.uniform(0.1, 0.9, (12, 2)):
        centre = int(400 * lamp[0]), int(300 * lamp[1])
        cv2.circle(night, centre, 20, (120, 84, 40), -1, cv2.LINE_AA)
        cv2.circle(night, centre, 6, (255, 226, 170), -1, cv2.LINE_AA)
    for dark in (night, spoilt(night, -3, [1, 1, 1], 1)):
        assert auto_steps(dark)(dark).mean() < 60
    assert abs(float(str(steps_of(night).get("temperature_tint", {"temperature": 0})["temperature"]))) <= 0.1


def test_a_sunset_keeps_most_of_its_warmth() -> None:
    """Red over blue in the mean, of a sky from yellow to dark red above black hills."""
    down = np.linspace(0, 1, 240)[:, None, None]
    sky = (1 - down) * np.array([110, 40, 60]) + down * np.array([255, 190, 70])
    sunset = np.rint(np.where(down > 0.8, 12, sky).repeat(320, axis=1)).astype(np.uint8)
    warmth = [float(image[..., 0].mean() - image[..., 2].mean()) for image in (sunset, auto_steps(sunset)(sunset))]
    assert warmth[1] > 0.7 * warmth[0]


def test_what_is_transparent_does_not_count() -> None:
    image, alpha = photo("coffee").copy(), np.full((400, 600), 255, np.uint8)
    image[:, 300:], alpha[:, 300:] = (0, 255, 40), 0
    assert auto_steps(Photo(image, alpha)) == auto_steps(photo("coffee")[:, :300])
    assert auto_steps(Photo(image, np.zeros_like(alpha))) == Pipeline()


@pytest.mark.slow
def test_a_preview_gives_the_steps_of_the_whole_photo() -> None:
    """Within two places of a slider, where the preview has a sixth of the pixels."""
    for name in LOOKED_AT:
        large = cv2.resize(photo(name), (2560, 1920), interpolation=cv2.INTER_CUBIC)
        bad = spoilt(large, 0.7, [1.2, 1, 0.8], 0.8)
        small, whole = steps_of(cv2.resize(bad, (1024, 768), interpolation=cv2.INTER_AREA)), steps_of(bad)
        for effect, param, apart in FELT:
            neutral = 1.0 if effect == "contrast" else 0.0
            one, other = (float(str(found.get(effect, {param: neutral})[param])) for found in (small, whole))
            assert abs(one - other) <= apart, (name, effect)


@pytest.mark.slow
def test_every_value_is_one_that_the_slider_of_its_card_can_be_set_to() -> None:
    for _, bad in cases("together")[:4]:
        pipeline = auto_steps(bad)
        assert pipeline == auto_steps(bad.copy())
        assert [step.effect.name for step in pipeline.all_steps] == [
            name for name in ("contrast", "temperature_tint", "exposure") if name in steps_of(bad)
        ]
        for step in pipeline.all_steps:
            assert not step.is_neutral
            for param in step.effect.params:
                mark = param.mark
                assert isinstance(mark, Range)
                places = (float(str(step.params[param.name])) - mark.low) / round_stop((mark.high - mark.low) / 100)
                assert places == pytest.approx(round(places), abs=1e-6)


def test_what_is_no_picture_is_refused() -> None:
    with pytest.raises(TypeError, match="a picture is a uint8 array"):
        auto_steps(np.zeros((4, 4, 3)))  # type: ignore[arg-type]
