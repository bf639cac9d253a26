"""Blurs and sharpening against OpenCV, SciPy, Pillow and scikit-image, and by what their names promise."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageFilter
from scipy import ndimage
from skimage import data, filters

from effects.image import Image, to_uint8
from effects.kernels.blur.bilateral import MAX_BILATERAL_SIDE
from effects.kernels.blur.unsharp_mask import add_detail
from tests.applied import applied
from tests.pictures import difference


def cup(short: int = 400) -> Image:
    """A cup of coffee (Rachel Michetti, out of scikit-image), half as wide again as it is high."""
    return cv2.resize(data.coffee(), (short * 3 // 2, short), interpolation=cv2.INTER_AREA)


def test_a_narrow_gaussian_is_opencvs() -> None:
    assert np.array_equal(applied("gaussian_blur", cup(), radius=0.005), cv2.GaussianBlur(cup(), (0, 0), 2))


@pytest.mark.parametrize(("radius", "farthest"), [(0.002, 1), (0.01, 2), (0.05, 2)])
def test_a_gaussian_of_any_width_is_scipys(radius: float, farthest: int) -> None:
    """Wide ones are done on a shrunken picture, and agree up to the very edge, where the picture is reflected."""
    exact = ndimage.gaussian_filter(cup().astype(float), (radius * 400,) * 2, axes=(0, 1), mode="mirror")
    mean, most = difference(applied("gaussian_blur", cup(), radius=radius), np.rint(exact).astype(np.uint8))
    assert most <= farthest
    assert mean <= 0.3


@pytest.mark.parametrize(
    ("short", "radius", "threshold"),
    [
        pytest.param(1000, 0.006, 0.2, marks=pytest.mark.slow),
        (400, 0.006, 0.2),
        (400, 0.0025, 0.6),
        (400, 0.015, 0.05),
    ],
)
def test_smoothing_is_opencvs_bilateral_filter(short: int, radius: float, threshold: float) -> None:
    """At a shorter side of 1000 pixels the default is d = 12, sigmaColor = 51, sigmaSpace = 6."""
    picture, wide = cup(short), radius * short
    expected = cv2.bilateralFilter(picture, 2 * round(wide), threshold * 255, wide)
    assert np.array_equal(applied("bilateral", picture, radius=radius, threshold=threshold), expected)


@pytest.mark.slow
def test_smoothing_a_large_picture_comes_close_to_the_filter_itself() -> None:
    """At 1250 pixels it is done at four fifths, and the picture's own edges are brought back."""
    large, radius = np.ascontiguousarray(cup(1250)[:, :1250]), 0.006 * 1250
    assert min(large.shape[:2]) > MAX_BILATERAL_SIDE
    exact = cv2.bilateralFilter(large, 2 * round(radius), 0.2 * 255, radius)
    out = applied("bilateral", large)
    assert difference(out, exact)[0] <= 1.5
    assert cv2.PSNR(out, exact) >= 38


@pytest.mark.parametrize("radius", [1.0, 1.2, 2.0, 3.0])
def test_unsharp_mask_is_pillows_within_two_levels(radius: float) -> None:
    """Not at the edge: Pillow repeats the outermost pixel, where we reflect."""
    cat = np.ascontiguousarray(data.chelsea())
    sharp = np.asarray(PILImage.fromarray(cat).filter(ImageFilter.UnsharpMask(radius, percent=100, threshold=0)))
    inside = (slice(12, -12),) * 2
    out = applied("unsharp_mask", cat, radius=radius / 300, amount=1.0, threshold=0.0)
    mean, most = difference(out[inside], sharp[inside])
    assert mean <= 0.5
    assert most <= 2


@pytest.mark.parametrize(("percent", "threshold"), [(100, 2), (150, 3), (300, 0), (40, 20)])
def test_unsharp_mask_is_pillows_where_both_have_the_same_blur(percent: int, threshold: int) -> None:
    """Pillow's Gaussian is three boxes, up to 20 levels from the real one at an edge: all that is left is the formula.

    Pillow's threshold is the largest difference that stays, ours the smallest that does not.
    """
    picture = PILImage.fromarray(cup())
    sharp = picture.filter(ImageFilter.UnsharpMask(1.2, percent, threshold))
    soft = np.asarray(picture.filter(ImageFilter.GaussianBlur(1.2)))
    out = add_detail(cup(), soft, percent / 100, (threshold + 0.5) / 255)
    assert difference(out, np.asarray(sharp))[1] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("amount", [0.4, 1.0, 2.0, 3.0])
@pytest.mark.parametrize("radius", [1.2, 2.4, 6.0])
def test_unsharp_mask_is_scikit_images(radius: float, amount: float) -> None:
    sharp = filters.unsharp_mask(cup(), radius=radius, amount=amount, channel_axis=2)
    margin = round(5 * radius) + 2  # At the edge it repeats the outermost pixel, where we do not.
    inside = (slice(margin, -margin),) * 2
    out = applied("unsharp_mask", cup(), radius=radius / 400, amount=amount, threshold=0)
    assert difference(out[inside], to_uint8(sharp)[inside])[1] <= 1


def test_sharpening_goes_on_evenly_where_it_changes_from_8_bits_to_16() -> None:
    below, above = (applied("unsharp_mask", cup(), amount=amount, threshold=0.02) for amount in (1.0, 1.001))
    mean, most = difference(below, above)
    assert mean <= 0.3
    assert most <= 7  # what the threshold lets through at once, where the two differ about the side of it


def test_tilt_shift_leaves_its_band_and_blurs_the_rest_ever_more() -> None:
    out = applied("tilt_shift", cup(), y=0.5, band=0.2, feather=0.25, radius=0.02)
    assert np.array_equal(out[160:240], cup()[160:240])
    wide = cv2.GaussianBlur(cup(), (0, 0), 8)
    assert difference(out[:59], wide[:59])[0] <= 0.5
    far = [difference(out[top : top + 20], cup()[top : top + 20])[0] for top in (130, 100, 60)]
    assert 0 < far[0] < far[1] < far[2]


def test_between_two_blurs_tilt_shift_has_the_variance_asked_for() -> None:
    """At a place half as soft as the softest, an edge spreads with half the standard deviation."""
    edge = np.zeros((400, 600, 3), np.uint8)
    edge[:, 300:] = 255
    out = applied("tilt_shift", edge, y=0.0, band=0.0, feather=0.5, radius=0.03)
    rise = np.diff(out[100, :, 0].astype(float)) / 255
    spread = np.sqrt((rise * (np.arange(599) - 299) ** 2).sum())
    assert spread == pytest.approx(6, rel=0.05)


def test_the_band_turns_clockwise() -> None:
    out = applied("tilt_shift", cup(), x=0.5, y=0.5, angle=90, band=0.2)
    assert np.array_equal(out[:, 260:340], cup()[:, 260:340])
    assert difference(out[:, :100], cup()[:, :100])[0] > 2
    tilted = applied("tilt_shift", cup(), x=0.5, y=0.5, angle=45, band=0.2)
    assert np.array_equal(tilted[300, 400:402], cup()[300, 400:402])
    assert not np.array_equal(tilted[60:100, 400:440], cup()[60:100, 400:440])
