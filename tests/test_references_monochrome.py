"""Greys, tints, grain and fading against ImageMagick, cv2 and scikit-image, and by what their names promise."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageOps
from skimage.filters import threshold_otsu

from effects.catalogue.monochrome import GLASS
from effects.image import Image
from effects.kernels.film.grain import TILE, noise_tile
from tests.applied import applied
from tests.pictures import difference
from tests.programs import by_imagemagick
from tests.scene import scene
from tests.shares import in_turn
from tests.strategies import picture

REC_709 = np.array([0.2126, 0.7152, 0.0722])


def luma(image: Image) -> Image:
    """In 8 bits, as a threshold sees it."""
    return np.rint(image @ REC_709).astype(np.uint8)


def hue_wheel() -> Image:
    """Each hue in its full colour, 360 of them in a row."""
    degrees = np.arange(360)
    channels = [np.clip(np.abs((degrees - at + 180) % 360 - 180) / -60 + 2, 0, 1) for at in (0, 120, 240)]
    return np.rint(np.stack(channels, axis=-1)[None] * 255).astype(np.uint8)


def test_inverting_is_pillows() -> None:
    assert np.array_equal(applied("invert", scene()), np.asarray(ImageOps.invert(PILImage.fromarray(scene()))))


@pytest.mark.slow
@pytest.mark.parametrize(("color", "contrast"), in_turn(GLASS, [1.0, 1.6]))
def test_black_and_white_is_imagemagicks_matrix(color: str, contrast: float) -> None:
    weights = " ".join(str(weight * contrast) for weight in GLASS[color])
    offset = 0.5 - 0.5 * contrast
    rows = f"{weights} 0 0 {offset} " * 3
    matrix = f"6x6: {rows} 0 0 0 1 0 0  0 0 0 0 1 0  0 0 0 0 0 1"
    made = applied("black_and_white", scene(), color=color, contrast=contrast)
    assert difference(made, by_imagemagick(scene(), "-color-matrix", matrix))[1] <= 1


def test_every_glass_lets_white_through_as_white() -> None:
    assert all(sum(weights) == pytest.approx(1) for weights in GLASS.values())


def test_weights_of_ones_own_are_shares_and_none_at_all_are_rec_709() -> None:
    own = {"color": "custom", "red": 2.0, "green": 1.0, "blue": 1.0}
    halves = np.rint(scene() @ np.array([0.5, 0.25, 0.25]))[..., None].repeat(3, axis=2).astype(np.uint8)
    assert difference(applied("black_and_white", scene(), **own), halves)[1] <= 1
    nothing = applied("black_and_white", scene(), color="custom", red=1.0, green=-0.5, blue=-0.5)
    assert np.array_equal(nothing, applied("grayscale", scene()))


@pytest.mark.parametrize("threshold", [0.0, 0.25, 0.5, 0.9, 1.0])
def test_threshold_is_cv2s(threshold: float) -> None:
    _, expected = cv2.threshold(luma(scene()), threshold * 255, 255, cv2.THRESH_BINARY)
    out = applied("threshold", scene(), threshold=threshold)
    assert (out != expected[..., None]).mean() <= 0.0005, "only luma within a rounding of the threshold may differ"


def test_otsus_threshold_is_scikit_images() -> None:
    for image in (scene(), picture(90, 120, 3, "smooth")):
        out = applied("threshold", image, mode="otsu")[..., 0]
        grey = luma(image)
        ours = int(grey[out == 0].max())
        assert abs(ours - int(threshold_otsu(grey))) <= 1


@pytest.mark.parametrize("hue", [0, 60, 120, 200, 300])
def test_colour_pop_keeps_its_hue_and_greys_the_rest(hue: float) -> None:
    wheel = hue_wheel()
    out = applied("color_pop", wheel, hue=hue, width=40, softness=0.5)
    away = np.abs((np.arange(360) - hue + 180) % 360 - 180)
    assert np.array_equal(out[:, away < 18], wheel[:, away < 18])
    assert difference(out[:, away > 42], applied("grayscale", wheel)[:, away > 42])[1] <= 1


def test_colour_pop_of_grey_is_grey() -> None:
    grey = picture(20, 20, 4, "grey")
    assert difference(applied("color_pop", grey), grey)[1] <= 1


def test_fading_lifts_black_and_pales_colours_by_its_formula() -> None:
    amount = 0.7
    lifted = 0.18 * amount + (1 - 0.18 * amount) * scene() / 255
    grey = lifted @ np.array([0.213, 0.715, 0.072])
    expected = grey[..., None] + (1 - 0.2 * amount) * (lifted - grey[..., None])
    assert np.abs(applied("fade", scene(), amount=amount) - 255 * expected).max() <= 1


def plain(level: int, side: int = 300) -> Image:
    return np.full((side, side, 3), level, np.uint8)


def test_grain_grows_with_its_amount_and_keeps_the_mean() -> None:
    for level in (40, 128, 200):
        spreads = []
        for amount in (0.25, 0.5, 1.0):
            out = applied("grain", plain(level), amount=amount, size=0.004).astype(float)
            assert abs(out.mean() - level) < 0.5
            spreads.append(out.std())
        assert spreads[1] / spreads[0] == pytest.approx(2, rel=0.08)
        assert spreads[2] / spreads[0] == pytest.approx(4, rel=0.08)


def test_grain_finer_than_pixels_averages_out_also_on_a_picture_one_pixel_wide() -> None:
    spreads = [
        applied("grain", np.full((500, width, 3), 128, np.uint8), amount=1.0, size=0.003).std() for width in (1, 20, 60)
    ]  # of which a grain has 0.003, 0.06 and 0.18 pixels
    assert spreads[0] < spreads[1] < spreads[2]
    assert spreads[2] / spreads[1] == pytest.approx(3, rel=0.15)


def test_grain_is_most_in_the_middle_tones_and_none_in_black_and_white() -> None:
    shadow, middle, light = (applied("grain", plain(level), amount=1.0).std() for level in (30, 128, 225))
    assert middle > 3 * shadow
    assert middle > 3 * light
    for level in (0, 255):
        assert np.array_equal(applied("grain", plain(level), amount=1.0), plain(level))


def test_the_same_seed_gives_the_same_grain_and_another_another() -> None:
    first, again, other = (applied("grain", scene(), seed=seed) for seed in (7, 7, 8))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, other)


def test_grey_grain_has_no_colour_and_coloured_grain_has() -> None:
    grey, coloured = (applied("grain", plain(128), amount=1.0, mode=mode) for mode in ("gray", "color"))
    assert np.array_equal(grey[..., 0], grey[..., 2])
    assert abs(np.corrcoef(coloured[..., 0].ravel(), coloured[..., 2].ravel())[0, 1]) < 0.1


def test_grain_has_the_size_it_says_on_every_picture() -> None:
    """Noise that was blurred by one grain is alike e ** -(d ** 2 / 4) at a distance of d grains: 0.78 at one."""
    for side in (400, 1000):
        grain = applied("grain", plain(128, side), amount=1.0, size=0.01)[..., 0] - 128.0
        step = round(0.01 * side)
        alike = np.corrcoef(grain[:, step:].ravel(), grain[:, :-step].ravel())[0, 1]
        assert alike == pytest.approx(0.78, abs=0.06)


def test_a_tile_of_grain_is_a_square_that_meets_itself_without_a_seam() -> None:
    """Over the seam neighbours are as far apart as anywhere: blurred by one cell, they are alike by e ** -(1 / 4)."""
    for channels in (1, 3):
        noise = noise_tile(5, channels).astype(float) - 128
        assert noise.shape == (TILE, TILE, channels)
        for axis in (0, 1):
            first, last = np.take(noise, 0, axis).ravel(), np.take(noise, -1, axis).ravel()
            assert np.corrcoef(first, last)[0, 1] == pytest.approx(np.exp(-0.25), abs=0.06)


def test_grain_in_a_preview_is_that_of_the_export() -> None:
    large = applied("grain", plain(128, 1600), amount=1.0, size=0.006)
    small = applied("grain", plain(128, 400), amount=1.0, size=0.006)
    shrunk = cv2.resize(large, (400, 400), interpolation=cv2.INTER_AREA)
    assert np.corrcoef(shrunk[..., 0].ravel(), small[..., 0].ravel())[0, 1] > 0.95
