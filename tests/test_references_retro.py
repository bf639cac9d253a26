"""Retro and digital against OpenCV and ffmpeg, and by what their names promise."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from effects.image import Floats, Image
from effects.kernels.retro.thermal import HEAT_PALETTES
from tests.applied import applied
from tests.pictures import difference
from tests.scene import scene


def ramp() -> Image:
    return np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)


@pytest.mark.parametrize("palette", HEAT_PALETTES)
def test_thermal_is_opencvs_palette(palette: str) -> None:
    expected = cv2.applyColorMap(ramp()[..., 0], HEAT_PALETTES[palette])[..., ::-1]
    assert np.array_equal(applied("thermal", ramp(), palette=palette), expected)
    assert np.array_equal(applied("thermal", ramp(), palette=palette, invert=True), expected[:, ::-1])


def test_thermal_goes_by_the_luma_of_a_colour() -> None:
    luma = np.rint(scene() @ [0.2126, 0.7152, 0.0722]).astype(np.uint8)
    expected = cv2.applyColorMap(luma, cv2.COLORMAP_TURBO)[..., ::-1]
    # Between two entries of the palette the line is kept that the reference rounds away.
    assert difference(applied("thermal", scene(), palette="turbo"), np.ascontiguousarray(expected))[1] <= 4


def test_a_glitch_keeps_every_value_of_every_row() -> None:
    out = applied("glitch", scene(), amount=0.8, blocks=30, shift=0.03)
    assert difference(out, scene())[0] > 10
    assert np.array_equal(np.sort(out, axis=1), np.sort(scene(), axis=1))


def test_a_glitch_without_bands_only_parts_the_colours() -> None:
    out = applied("glitch", scene(), amount=0, shift=0.025)
    for channel, away in enumerate((8, 0, -8)):
        assert np.array_equal(out[..., channel], np.roll(scene()[..., channel], away, axis=1))


def test_more_glitch_tears_more_rows() -> None:
    torn = [
        (applied("glitch", scene(), amount=amount, shift=0) != scene()).any(axis=(1, 2)).mean()
        for amount in (0.1, 0.5, 1.0)
    ]
    assert 0 < torn[0] < torn[1] < torn[2] < 0.9
    assert not np.array_equal(applied("glitch", scene(), seed=1), applied("glitch", scene(), seed=2))


def luma(image: Image) -> Floats:
    return image @ np.array([0.299, 0.587, 0.114])


def test_tape_without_noise_and_lines_keeps_the_light() -> None:
    """Also where a colour runs into a place too light or too dark to show it."""
    vivid = np.random.default_rng(3).choice([0, 255], (8, 12, 3)).astype(np.uint8).repeat(30, axis=0).repeat(30, axis=1)
    for picture in (scene(), vivid):
        out = applied("vhs", picture, bleed=0.02, noise=0, tracking=0, scanlines=0)
        assert difference(out, picture)[1] > 100
        assert np.abs(luma(out) - luma(picture)).max() <= 2


def test_tape_lets_colors_run_and_come_late() -> None:
    bar = np.full((200, 400, 3), 128, np.uint8)
    bar[:, 180:220] = (200, 90, 110)
    colored = cv2.cvtColor(applied("vhs", bar, bleed=0.05, noise=0, tracking=0, scanlines=0), cv2.COLOR_RGB2YCrCb)
    red = colored[100, :, 1].astype(float) - 128
    middle = (red * np.arange(400)).sum() / red.sum()
    spread = np.sqrt((red * (np.arange(400) - middle) ** 2).sum() / red.sum())
    assert middle == pytest.approx(199.5 + 10, abs=1)
    assert spread == pytest.approx(np.hypot(10, 40 / 12**0.5), rel=0.1)


def test_tapes_noise_and_lines_are_as_strong_as_asked() -> None:
    grey = np.full((480, 640, 3), 128, np.uint8)
    quiet = {"bleed": 0.0, "tracking": 0.0, "noise": 0.0, "scanlines": 0.0}
    spread = [luma(applied("vhs", grey, **quiet | {"noise": noise})).std() for noise in (0.25, 0.5, 1.0)]
    assert spread == pytest.approx([5.5, 11, 22], rel=0.2)
    assert luma(applied("vhs", grey, **quiet | {"noise": 0.5})).mean() == pytest.approx(128, abs=0.5)
    tall = np.full((1920, 64, 3), 200, np.uint8)
    lined = luma(applied("vhs", tall, **quiet | {"scanlines": 0.5}))[:, 0].reshape(480, 4)
    assert lined.mean() == pytest.approx(200 * 0.75, abs=1)
    assert np.ptp(lined, axis=0).max() <= 1
    assert np.ptp(lined.mean(axis=0)) > 30


def test_a_torn_band_stands_near_the_bottom() -> None:
    out = applied("vhs", scene(), bleed=0, noise=0, scanlines=0, tracking=1)
    moved = np.abs(luma(out) - luma(scene())).mean(axis=1)
    assert 250 < moved.argmax() < 319
    assert moved[:200].mean() < 0.5 * moved[260:].mean()


def test_words_on_the_tape_stand_in_the_corner() -> None:
    words = applied("vhs", scene(), bleed=0, noise=0, scanlines=0, tracking=0, text="NOV 22 1989")
    rows, columns = np.nonzero((words != scene()).any(axis=2))
    assert rows.min() > 160
    assert rows.max() < 310
    assert 0 < columns.min() < columns.max() < 300


def test_a_tube_averages_lines_and_mask_to_the_light_there_was() -> None:
    grey = np.full((960, 960, 3), 90, np.uint8)
    for mask in ("none", "aperture", "slot"):
        out = applied("crt", grey, scanlines=0.6, mask=mask, curvature=0, bloom=0)
        assert out.mean() == pytest.approx(90, abs=2)
        assert out.std() > 15
    lines = applied("crt", grey, scanlines=0.6, mask="none", curvature=0, bloom=0)[:, 0, 0].reshape(240, 4)
    assert np.ptp(lines, axis=0).max() <= 1


def test_lines_finer_than_a_pixel_are_averaged() -> None:
    """At 60 rows each of them holds four lines; at 240 exactly one: nothing but an even grey is left."""
    for rows in (60, 120, 240):
        out = applied("crt", np.full((rows, rows, 3), 90, np.uint8), scanlines=1, mask="aperture", curvature=0, bloom=0)
        assert np.ptp(out) <= 2


def test_a_tubes_phosphors_are_red_green_and_blue_in_turn() -> None:
    white = np.full((2400, 2400, 3), 120, np.uint8)
    out = applied("crt", white, scanlines=0, mask="aperture", curvature=0, bloom=0)
    triads = out[0].reshape(240, 10, 3).mean(axis=0)
    assert list(triads.argmax(axis=0)) == sorted(triads.argmax(axis=0))
    assert len(set(triads.argmax(axis=0))) == 3


def test_curved_glass_keeps_the_middle_and_darkens_the_corners() -> None:
    out = applied("crt", scene(), scanlines=0, mask="none", curvature=0.2, bloom=0)
    assert difference(out[150:170, 230:250], scene()[150:170, 230:250])[0] < 4
    for corner in (out[:8, :8], out[:8, -8:], out[-8:, :8], out[-8:, -8:]):
        assert not corner.any()
    white = applied("crt", np.full_like(scene(), 255), scanlines=0, mask="none", curvature=0.2, bloom=0)
    assert (white[:, 240] == 255).all()
    assert (white[160] == 255).all()
    # Halfway up, a pixel at u = 0.5 shows what is at u = 0.5 * (1 + 0.2 * 0.25).
    rows = np.linspace(0, 255, 401)[:, None, None].repeat(401, axis=1).repeat(3, axis=2).astype(np.uint8)
    bent = applied("crt", rows, scanlines=0, mask="none", curvature=0.2, bloom=0)
    assert int(bent[300, 300, 0]) == pytest.approx(255 * (0.5 + 0.5 * 100 / 200.5 * (1 + 0.2 * 0.2488)), abs=1.5)
