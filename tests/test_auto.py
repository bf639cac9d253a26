"""Auto brings pictures of the wrong light nearer to what they were, and leaves good ones nearly alone."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from skimage import data
from skimage.color import rgb2lab

from effects import Photo, Pipeline, auto_steps
from effects.image import Image
from effects.kernels.luma import float_luma
from effects.kernels.transfer import from_linear, to_linear
from effects.marks import Range
from pages.components.widgets import round_stop
from tests.pictures import difference

LOOKED_AT = ("astronaut", "chelsea", "coffee", "motorcycle", "rocket")
"""Photographs that scikit-image brings along: a portrait, a cat, a cup on a table, a garage, a night."""

CASES = 40

FELT = (("contrast", "amount", 0.05), ("exposure", "stops", 0.11), ("temperature_tint", "temperature", 0.05),
        ("temperature_tint", "tint", 0.05))  # fmt: skip
"""Two places of a slider, of each that is set."""


@cache
def photo(name: str) -> Image:
    image: Image = data.stereo_motorcycle()[0] if name == "motorcycle" else getattr(data, name)()
    return np.ascontiguousarray(image)


def spoilt(image: Image, stops: float, gains: list[float], contrast: float) -> Image:
    """Another exposure and colour of light in linear light, then another contrast around the middle."""
    light = to_linear(np.arange(256) / 255)[:, None] * 2**stops * np.array(gains)
    values = (from_linear(np.clip(light, 0, 1)) - 0.5) * contrast + 0.5
    table = np.rint(255 * np.clip(values, 0, 1)).astype(np.uint8)
    return np.stack([table[image[..., channel], channel] for channel in range(3)], axis=-1)


@cache
def cases() -> list[tuple[str, Image, Image]]:
    """Parts of the photographs, each with other faults: up to 1.2 stops, three quarters of one between red and blue."""
    found = []
    for number in range(CASES):
        chance = np.random.default_rng(number)
        name = LOOKED_AT[number % len(LOOKED_AT)]
        whole = photo(name)
        height, width = (int(side * share) for side, share in zip(whole.shape, chance.uniform(0.7, 1, 2), strict=False))
        top, left = (int(chance.integers(0, more + 1)) for more in (whole.shape[0] - height, whole.shape[1] - width))
        part = whole[top : top + height, left : left + width]
        stops = chance.choice([-1, 1]) * chance.uniform(0.4, 1.2)
        warm, tint = chance.choice([-1, 1]) * chance.uniform(0.15, 0.375), chance.uniform(-0.1, 0.1)
        contrast = chance.choice([chance.uniform(0.6, 0.85), chance.uniform(1.15, 1.4)])
        found.append((name, part, spoilt(part, stops, [2**warm, 2**tint, 2**-warm], contrast)))
    return found


@cache
def mended() -> list[tuple[Image, Image, Image]]:
    """What each case was, what was made of it, and what is made of that."""
    return [(good, bad, auto_steps(bad)(bad)) for _, good, bad in cases()]


def lab_distance(one: Image, other: Image) -> float:
    away: npt.NDArray[np.float64] = rgb2lab(one) - rgb2lab(other)
    return float(np.linalg.norm(away, axis=-1).mean())


@pytest.mark.slow
def test_nine_in_ten_spoilt_pictures_come_nearer_to_what_they_were() -> None:
    nearer = [difference(new, good)[0] < difference(bad, good)[0] for good, bad, new in mended()]
    nearer_by_eye = [lab_distance(new, good) < lab_distance(bad, good) for good, bad, new in mended()]
    assert sum(nearer) >= 0.9 * CASES
    assert sum(nearer_by_eye) >= 0.9 * CASES


@pytest.mark.slow
def test_they_come_nearer_by_a_quarter_on_average() -> None:
    before = np.mean([difference(bad, good)[0] for good, bad, _ in mended()])
    after = np.mean([difference(new, good)[0] for good, _, new in mended()])
    assert after < 0.75 * before


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
    for _, _, bad in cases()[:10]:
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
