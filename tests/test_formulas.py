"""Effects against their formulas, written down once more in plain NumPy from the source that each one names."""

import itertools

import cv2
import numpy as np
import pytest
from scipy.interpolate import PchipInterpolator

from effects.catalogue import EFFECTS
from effects.effect import Step
from effects.image import Image
from effects.kernels.white import adaptation, locus, sliders_of, white_point
from effects.pipeline import Pipeline
from tests import colour_science as colour
from tests.strategies import picture

# Every combination of 18 levels of red, green and blue, and a noisy picture beside it.
CUBE = np.array(list(itertools.product(range(0, 256, 15), repeat=3)), np.uint8).reshape(18, 324, 3)
PICTURE = picture(120, 160, 1)


def worst(step: Step, expected: np.ndarray, image: Image = CUBE) -> float:
    """The largest difference in levels between a step's result and what a formula says, in 0..1."""
    return float(np.abs(Pipeline((step,))(image) - 255 * np.clip(expected, 0, 1)).max())


def linear(encoded: np.ndarray) -> np.ndarray:
    return np.asarray(colour.models.eotf_sRGB(encoded))


def encoded(light: np.ndarray) -> np.ndarray:
    return np.asarray(colour.models.eotf_inverse_sRGB(light))


C = CUBE / 255


@pytest.mark.parametrize("stops", [-3, -1, 0.5, 1, 2.7])
def test_exposure_is_a_power_of_two_in_linear_light(stops: float) -> None:
    assert worst(EFFECTS["exposure"].step(stops=stops), encoded(linear(C) * 2**stops)) <= 0.51


def test_one_stop_turns_a_grey_of_18_into_36_per_cent() -> None:
    grey = np.full((1, 1, 3), np.rint(255 * encoded(np.array(0.18))), np.uint8)
    out = Pipeline((EFFECTS["exposure"].step(stops=1),))(grey)
    assert linear(out / 255).mean() == pytest.approx(0.36, abs=0.004)


@pytest.mark.parametrize("gamma", [0.2, 0.7, 1.5, 5])
def test_gamma_is_a_power(gamma: float) -> None:
    assert worst(EFFECTS["gamma"].step(gamma=gamma), C ** (1 / gamma)) <= 0.51


@pytest.mark.parametrize("levels", [2, 3, 4, 17, 32])
def test_posterize_keeps_evenly_spaced_levels(levels: int) -> None:
    step = EFFECTS["posterize"].step(levels=levels)
    assert worst(step, np.rint(C * (levels - 1)) / (levels - 1)) <= 0.51
    assert len(np.unique(Pipeline((step,))(PICTURE))) <= levels


@pytest.mark.parametrize(
    "points",
    [
        [(0, 0), (1, 1)],
        [(0, 0.1), (0.4, 0.7), (1, 0.9)],
        [(0.1, 0), (0.3, 0.8), (0.5, 0.2), (0.9, 1)],
        [(0, 1), (0.2, 0.6), (0.21, 0.1), (1, 0)],
        [(0, 0.5), (0.2, 0.55), (0.4, 0.05), (0.6, 0.9), (0.8, 0.1), (1, 0.12)],
        [(round(i / 15, 3), round((i * 7) % 16 / 15, 3)) for i in range(16)],
    ],
)
def test_curves_are_scipys_pchip_flat_outside(points: list[tuple[float, float]]) -> None:
    x, y = np.array(points).T
    expected = PchipInterpolator(x, y)(np.clip(C, x[0], x[-1]))
    text = " ".join(f"{a},{b}" for a, b in points)
    assert worst(EFFECTS["curves"].step(rgb=text), expected) <= 0.51
    blue = C.copy()
    blue[..., 2] = expected[..., 2]
    assert worst(EFFECTS["curves"].step(rgb="0,0 1,1", blue=text), blue) <= 0.51


def test_vibrance_moves_each_channel_away_from_the_largest() -> None:
    largest, mean = C.max(axis=-1, keepdims=True), C.mean(axis=-1, keepdims=True)
    for amount in (-1, -0.3, 0.5, 1):
        share = (largest - mean) * (-3 * amount)
        assert worst(EFFECTS["vibrance"].step(amount=amount), C * (1 - share) + largest * share) <= 0.6


def white_of(kelvin: float) -> np.ndarray:
    """Daylight from 4000 K, Planckian below, as an independent package has them."""
    if kelvin >= 4000:
        return np.asarray(colour.temperature.CCT_to_xy_CIE_D(kelvin))
    return np.asarray(colour.temperature.CCT_to_xy_Kang2002(kelvin))


@pytest.mark.parametrize("kelvin", [1700, 2000, 2221, 2223, 2500, 3999, 4000, 6500, 7000, 7001, 12000, 20000])
def test_the_locus_of_white_is_that_of_daylight_and_of_a_glowing_body_below(kelvin: float) -> None:
    assert np.abs(locus(kelvin) - white_of(kelvin)).max() < 1e-4


@pytest.mark.parametrize("temperature", [-1, -0.4, 0.3, 0.7, 1])
def test_temperature_adapts_white_after_bradford(temperature: float) -> None:
    end = 2500 if temperature > 0 else 12000
    kelvin = 1e6 / (1e6 / 6500 + abs(temperature) * (1e6 / end - 1e6 / 6500))
    before, after = (colour.xy_to_XYZ(white_of(k)) for k in (6500, kelvin))
    light = linear(C).reshape(-1, 3)
    xyz = light @ colour.RGB_COLOURSPACES["sRGB"].matrix_RGB_to_XYZ.T
    adapted = colour.adaptation.chromatic_adaptation_VonKries(xyz, before, after, transform="Bradford")
    expected = np.clip(adapted @ colour.RGB_COLOURSPACES["sRGB"].matrix_XYZ_to_RGB.T, 0, 1)
    step = EFFECTS["temperature_tint"].step(temperature=temperature)
    assert worst(step, encoded(expected).reshape(C.shape)) <= 1.5


@pytest.mark.parametrize("temperature", [-1.0, -0.31, 0.0, 0.12, 0.7])
@pytest.mark.parametrize("tint", [-0.8, 0.0, 0.25])
def test_the_sliders_of_a_white_are_those_that_make_it(temperature: float, tint: float) -> None:
    white = adaptation(white_point(0, 0), white_point(temperature, -0.02 * tint))[:, :3] @ np.ones(3)
    assert sliders_of(3 * white) == pytest.approx((temperature, tint), abs=0.006)


def test_tint_moves_white_across_the_locus() -> None:
    grey = np.full((1, 1, 3), 128, np.uint8)
    for tint, sign in ((1, -1), (-1, 1)):
        out = linear(Pipeline((EFFECTS["temperature_tint"].step(temperature=0, tint=tint),))(grey)[0, 0] / 255)
        xyz = colour.RGB_COLOURSPACES["sRGB"].matrix_RGB_to_XYZ @ out
        uv = colour.UCS_to_uv(colour.XYZ_to_UCS(xyz))
        kelvin, duv = colour.temperature.uv_to_CCT_Ohno2013(uv)
        assert duv == pytest.approx(sign * 0.02 + 0.003, abs=0.002)
        assert kelvin == pytest.approx(6500, rel=0.05)


def smoothstep(low: float, high: float, x: np.ndarray) -> np.ndarray:
    t = np.clip((x - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


@pytest.mark.parametrize(("amount", "size"), [(0.4, 0.5), (1, 0.2), (0.8, 0.9)])
def test_vignette_is_the_shader_it_cites(amount: float, size: float) -> None:
    height, width = PICTURE.shape[:2]
    x, y = np.meshgrid((np.arange(width) + 0.5) / width - 0.5, (np.arange(height) + 0.5) / height - 0.5)
    kept = smoothstep(0.8, size * 0.799, np.hypot(x, y) * (amount + size))[..., None]
    assert worst(EFFECTS["vignette"].step(amount=amount, size=size), PICTURE / 255 * kept, PICTURE) <= 0.6
    light = 1 - kept * (1 - PICTURE / 255)
    assert worst(EFFECTS["vignette"].step(amount=-amount, size=size), light, PICTURE) <= 0.6


def test_a_round_vignette_is_the_same_all_around() -> None:
    white = np.full((101, 201, 3), 255, np.uint8)
    out = Pipeline((EFFECTS["vignette"].step(amount=1, roundness=1),))(white)
    assert abs(int(out[50, 100 + 40, 0]) - int(out[50 + 40, 100, 0])) <= 1


@pytest.mark.parametrize("block", [0.03, 0.05, 0.11])
def test_a_block_is_the_mean_of_its_pixels(block: float) -> None:
    size = round(block * min(PICTURE.shape[:2]))
    expected = np.empty(PICTURE.shape)
    for top in range(0, PICTURE.shape[0], size):
        for left in range(0, PICTURE.shape[1], size):
            square = (slice(top, top + size), slice(left, left + size))
            expected[square] = PICTURE[square].mean(axis=(0, 1)) / 255
    assert worst(EFFECTS["pixelate"].step(block=block), expected, PICTURE) <= 1


def test_mirrors_keep_one_part_and_reflect_it() -> None:
    left, top = PICTURE[:, :80], PICTURE[:60]
    cases = {
        "left": np.concatenate([left, left[:, ::-1]], axis=1),
        "right": np.concatenate([PICTURE[:, 80:][:, ::-1], PICTURE[:, 80:]], axis=1),
        "top": np.concatenate([top, top[::-1]]),
        "bottom": np.concatenate([PICTURE[60:][::-1], PICTURE[60:]]),
    }
    quarter = np.concatenate([left[:60], left[:60, ::-1]], axis=1)
    cases["quad"] = np.concatenate([quarter, quarter[::-1]])
    for keep, expected in cases.items():
        assert np.array_equal(Pipeline((EFFECTS["mirror"].step(keep=keep),))(PICTURE), expected)


def test_swirl_is_the_shader_it_cites_and_leaves_the_outside_alone() -> None:
    smooth = picture(240, 320, 3, "smooth")
    out = Pipeline((EFFECTS["swirl"].step(radius=0.4, angle=90),))(smooth)
    y, x = np.mgrid[:240, :320] + 0.5
    away = np.hypot(x - 160, y - 120)
    assert np.array_equal(out[away > 0.4 * 240 + 1], smooth[away > 0.4 * 240 + 1])
    turn = np.radians(90) * np.clip(1 - away / 96, 0, None) ** 2
    columns = 160 + np.cos(turn) * (x - 160) - np.sin(turn) * (y - 120) - 0.5
    rows = 120 + np.sin(turn) * (x - 160) + np.cos(turn) * (y - 120) - 0.5
    near = smooth[np.rint(rows).astype(int), np.rint(columns).astype(int)].astype(int)
    assert np.abs(near - out).mean() < 3


def test_crop_cuts_what_it_says_and_aspects_are_the_largest_inside() -> None:
    out = Pipeline((EFFECTS["crop"].step(x=0.25, y=0.5, width=0.5, height=0.25),))(PICTURE)
    assert np.array_equal(out, PICTURE[60:90, 40:120])
    assert Pipeline((EFFECTS["crop"].step(aspect="1:1"),))(PICTURE).shape == (120, 120, 3)
    assert Pipeline((EFFECTS["crop"].step(aspect="16:9"),))(PICTURE).shape == (90, 160, 3)
    assert np.array_equal(Pipeline((EFFECTS["crop"].step(x=1, y=1),))(PICTURE), PICTURE[-1:, -1:])


@pytest.mark.parametrize("angle", ["0", "90", "180", "270"])
def test_quarter_turns_then_flips(angle: str) -> None:
    expected = np.rot90(PICTURE, -int(angle) // 90)
    assert np.array_equal(Pipeline((EFFECTS["rotate_flip"].step(angle=angle),))(PICTURE), expected)
    both = EFFECTS["rotate_flip"].step(angle=angle, flip_horizontal=True, flip_vertical=True)
    assert np.array_equal(Pipeline((both,))(PICTURE), expected[::-1, ::-1])


def test_a_border_goes_around_and_the_picture_stays() -> None:
    out = Pipeline((EFFECTS["border"].step(width=0.1, color="#102030"),))(PICTURE)
    assert out.shape == (144, 184, 3)
    assert np.array_equal(out[12:-12, 12:-12], PICTURE)
    assert (out[:12] == [0x10, 0x20, 0x30]).all()
    lined = Pipeline((EFFECTS["border"].step(width=0.1, line=0.01, line_color="#ff0000"),))(PICTURE)
    assert lined.shape == (148, 188, 3)
    assert (lined[12:14, 12:-12] == [255, 0, 0]).all()


def test_a_rounded_picture_shows_the_border_in_its_corners() -> None:
    white = np.full((200, 300, 3), 255, np.uint8)
    out = Pipeline((EFFECTS["border"].step(width=0, radius=0.25, color="#000000"),))(white)
    assert (out[0, 0] == 0).all()
    assert (out[100] == 255).all()
    assert (255 - out[..., 0].astype(float)).sum() / 255 == pytest.approx((4 - np.pi) * 50**2, rel=0.02)


def test_unsharp_mask_is_its_formula_where_the_difference_is_large_enough() -> None:
    difference = PICTURE - cv2.GaussianBlur(PICTURE.astype(float), (0, 0), 0.01 * min(PICTURE.shape[:2]))
    sharp = np.where(np.abs(difference) >= 0.05 * 255, PICTURE + 2 * difference, PICTURE)
    out = Pipeline((EFFECTS["unsharp_mask"].step(radius=0.01, amount=2, threshold=0.05),))(PICTURE)
    decided = np.abs(np.abs(difference) - 0.05 * 255) > 0.05
    assert decided.mean() > 0.99
    assert np.abs(out - np.clip(sharp, 0, 255))[decided].max() <= 0.7


def test_bloom_lifts_only_what_is_near_light() -> None:
    dark = np.zeros((200, 300, 3), np.uint8)
    assert np.array_equal(Pipeline((EFFECTS["bloom"].step(),))(dark + 100), dark + 100)
    dark[100, 150] = 255
    dark[95:105, 145:155] = 255
    out = Pipeline((EFFECTS["bloom"].step(radius=0.03),))(dark)
    assert out[100, 158, 0] > out[100, 164, 0] > out[100, 199, 0] == 0
    assert out[0, 0, 0] == 0
