"""Light and dark against ImageMagick, Pillow, scikit-image, ffmpeg and cv2, and by what their names promise."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageOps
from skimage import exposure

from effects.image import Image
from tests.applied import applied
from tests.pictures import difference
from tests.programs import by_ffmpeg, by_imagemagick
from tests.scene import scene
from tests.strategies import picture


def ramp() -> Image:
    """Every grey from black to white, 256 x 256: one a column."""
    return np.repeat(np.tile(np.arange(256, dtype=np.uint8), (256, 1))[..., None], 3, axis=2)


LEVELS: list[tuple[dict[str, Any], list[str]]] = [
    ({"in_black": 0.1, "in_white": 0.8}, ["-level", "10%,80%"]),
    ({"in_black": 0.0, "in_white": 1.0, "gamma": 2.2}, ["-level", "0%,100%,2.2"]),
    ({"in_black": 0.2, "in_white": 0.6, "gamma": 0.5}, ["-level", "20%,60%,0.5"]),
    ({"in_black": 0.0, "in_white": 1.0, "out_black": 0.2, "out_white": 0.7}, ["+level", "20%,70%"]),
    ({"in_black": 0.1, "in_white": 0.9, "out_black": 1.0, "out_white": 0.0}, ["-level", "10%,90%", "-negate"]),
]


@pytest.mark.slow
@pytest.mark.parametrize(("params", "operators"), LEVELS)
def test_levels_are_imagemagicks(params: dict[str, Any], operators: list[str]) -> None:
    """ImageMagick rounds its percentages to 16 bits on the way: hence a whole level, not half of one."""
    for image in (ramp(), scene()):
        assert difference(applied("levels", image, **params), by_imagemagick(image, *operators))[1] <= 1


def test_a_white_point_under_the_black_point_is_a_step_not_a_mistake() -> None:
    out = applied("levels", ramp(), in_black=0.4, in_white=0.2)
    assert np.array_equal(np.unique(out), [0, 255])
    assert np.array_equal(out[0, :, 0] == 255, np.arange(256) > 0.4 * 255)


@pytest.mark.parametrize("gamma", [0.4, 1.5, 4.0])
def test_gamma_is_scikit_images_and_imagemagicks(gamma: float) -> None:
    made = applied("gamma", scene(), gamma=gamma)
    assert difference(made, by_imagemagick(scene(), "-gamma", str(gamma)))[1] <= 1
    other = 255 * exposure.adjust_gamma(scene() / 255, 1 / gamma)
    assert np.abs(made - other).max() <= 0.51


def test_exposure_and_contrast_and_brightness_keep_what_they_promise_to_keep() -> None:
    assert np.array_equal(applied("exposure", ramp(), stops=2)[0, 0], [0, 0, 0])
    middle = np.full((1, 1, 3), 128, np.uint8)
    assert difference(applied("contrast", middle, amount=3.0), middle)[1] <= 1


@pytest.mark.slow
def test_straight_curves_are_ffmpegs() -> None:
    """Two points make a straight line in any interpolation; ffmpeg's own for more is a spline that overshoots."""
    straight = {"rgb": "0,0 1,1"}
    cases = [("rgb", "0,0.2 1,0.7", "master='0/0.2 1/0.7'"), ("blue", "0,1 1,0", "blue='0/1 1/0'")]
    for channel, ours, theirs in cases:
        made = applied("curves", scene(), **straight | {channel: ours})
        assert difference(made, by_ffmpeg(scene(), f"curves={theirs}"))[1] <= 1


@pytest.mark.parametrize("levels", [2, 3, 5, 16])
def test_posterize_is_imagemagicks_but_for_the_values_on_a_jump(levels: int) -> None:
    made = applied("posterize", ramp(), levels=levels)
    other = by_imagemagick(ramp(), "+dither", "-posterize", str(levels))
    assert (np.abs(made.astype(int) - other) > 1).mean() <= 0.01


@pytest.mark.parametrize("cutoff", [0.0, 0.005, 0.03, 0.1])
@pytest.mark.parametrize("mode", ["channels", "luma"])
def test_auto_levels_are_pillows_autocontrast(cutoff: float, mode: str) -> None:
    for image in (scene(), applied("fade", scene(), amount=1.0), picture(70, 90, 2)):
        whole = ImageOps.autocontrast(PILImage.fromarray(image), cutoff=100 * cutoff, preserve_tone=mode == "luma")
        assert difference(applied("auto_levels", image, cutoff=cutoff, mode=mode), np.asarray(whole))[1] <= 1


def test_auto_levels_leave_a_single_colour_alone() -> None:
    plain = np.full((9, 9, 3), (12, 200, 77), np.uint8)
    assert np.array_equal(applied("auto_levels", plain), plain)


@pytest.mark.parametrize(("clip_limit", "tiles"), [(2.0, 8), (1.0, 2), (7.5, 13)])
def test_local_contrast_is_cv2s_clahe_on_the_lightness(clip_limit: float, tiles: int) -> None:
    lab = cv2.cvtColor(scene(), cv2.COLOR_RGB2Lab)
    lab[..., 0] = cv2.createCLAHE(clip_limit, (tiles, tiles)).apply(np.ascontiguousarray(lab[..., 0]))
    expected = cv2.cvtColor(lab, cv2.COLOR_Lab2RGB)
    assert np.array_equal(applied("local_contrast", scene(), clip_limit=clip_limit, tiles=tiles), expected)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("radius", "threshold"),
    [
        (0.01, 0.15),
        pytest.param(0.001, 0.05, marks=pytest.mark.deep),
        pytest.param(0.06, 0.4, marks=pytest.mark.deep),
        (0.2, 1.0),
    ],
)
def test_hdr_detail_is_cv2s_at_a_thousand_pixels(radius: float, threshold: float) -> None:
    image = cv2.resize(scene(), (1500, 1000), interpolation=cv2.INTER_CUBIC)
    swapped = np.ascontiguousarray(image[..., ::-1])
    expected = cv2.detailEnhance(swapped, sigma_s=radius * 1000, sigma_r=threshold)[..., ::-1]
    assert difference(applied("hdr_detail", image, radius=radius, threshold=threshold), expected)[1] <= 1


@pytest.mark.slow
def test_hdr_detail_of_a_large_picture_is_that_of_a_small_one() -> None:
    """Above 2000 pixels it is smoothed on a shrunk picture and led by the large one's edges: no halo shows."""
    small = cv2.resize(scene(), (1500, 1000), interpolation=cv2.INTER_CUBIC)
    large = cv2.resize(small, (3600, 2400), interpolation=cv2.INTER_CUBIC)
    back = cv2.resize(applied("hdr_detail", large), (1500, 1000), interpolation=cv2.INTER_AREA)
    assert cv2.PSNR(back, applied("hdr_detail", small)) >= 34


def test_shadows_and_highlights_move_their_own_end_and_leave_the_middle() -> None:
    def moved(level: int, **params: float) -> int:
        plain = np.full((60, 60, 3), level, np.uint8)
        return int(applied("shadows_highlights", plain, **{"shadows": 0, "highlights": 0} | params)[30, 30, 0]) - level

    assert moved(30, shadows=1) > 15
    assert moved(30, highlights=-1) == 0
    assert moved(225, highlights=-1) < -15
    assert moved(225, shadows=1) == 0
    assert abs(moved(128, shadows=1, highlights=-1)) <= 0.02 * 255


def test_lightened_shadows_are_gain_in_linear_light() -> None:
    """On a plain the surroundings are the pixel: 2 ** (1.5 * shadows * (1 - smoothstep(0, width, base)))."""
    levels = np.arange(10, 250, 24)
    out = [
        applied("shadows_highlights", np.full((40, 40, 3), level, np.uint8), shadows=0.8, highlights=-0.6, width=0.7)[
            20, 20, 0
        ]
        for level in levels
    ]
    base = levels / 255
    dark, bright = (np.clip(t, 0, 1) for t in (base / 0.7, (base - 0.3) / 0.7))
    stops = 0.8 * (1 - dark * dark * (3 - 2 * dark)) - 0.6 * bright * bright * (3 - 2 * bright)
    linear = np.where(base <= 0.04045, base / 12.92, ((base + 0.055) / 1.055) ** 2.4) * 2 ** (1.5 * stops)
    expected = np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)
    assert np.abs(np.array(out) - 255 * expected).max() <= 1


def test_shadows_and_highlights_keep_the_order_of_tones() -> None:
    """A ramp stays a ramp at the defaults and at twice their strength."""
    wide = np.repeat(np.repeat(ramp()[:1], 300, axis=0), 4, axis=1)
    for params in ({}, {"shadows": 0.8, "highlights": -0.6}):
        line = applied("shadows_highlights", wide, **params)[150, :, 0].astype(int)
        assert np.diff(line).min() >= -1


def test_edges_between_light_and_dark_get_no_halo() -> None:
    half = np.full((200, 300, 3), 40, np.uint8)
    half[:, 150:] = 220
    out = applied("shadows_highlights", half, shadows=1.0, highlights=-1.0)[100, :, 0].astype(int)
    assert np.ptp(out[:149]) <= 12
    assert np.ptp(out[151:]) <= 12
