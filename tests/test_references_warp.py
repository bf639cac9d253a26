"""The warps against others' arithmetic: glfx.js in plain NumPy, ffmpeg, ImageMagick; and what must be symmetric."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import pytest

from effects import EFFECTS, Pipeline
from effects.image import Floats, Frame, Image
from effects.kernels.sampling import pixel_maps, pixel_points
from tests.pictures import difference
from tests.programs import by_ffmpeg, by_imagemagick
from tests.scene import scene
from tests.strategies import picture


def warped(image: Image, name: str, **params: Any) -> Image:
    return Pipeline((EFFECTS[name].step(**params),))(image)


def looked_at(name: str, height: int, width: int, **params: Any) -> tuple[Floats, Floats]:
    """Where each pixel looks, in pixels from the top left corner of the picture; before reflection at the edges."""
    frame = Frame(height, width)
    columns, rows = pixel_maps(EFFECTS[name].step(**params).call(pixel_points(frame, slice(0, height)), frame), frame)
    return columns + 0.5, rows + 0.5


def glfx_bulge_pinch(x: Floats, y: Floats, centre: tuple[float, float], radius: float, strength: float) -> Floats:
    """The shader's main() for one pixel after the other, in its own words."""
    found = np.empty((*x.shape, 2))
    for index in np.ndindex(x.shape):
        coord = np.array([x[index] - centre[0], y[index] - centre[1]])
        distance = float(np.hypot(*coord))
        if distance < radius:
            percent = distance / radius
            if strength > 0:
                t = min(max(percent / (radius / distance), 0), 1)
                coord *= 1 + (t * t * (3 - 2 * t) - 1) * strength * 0.75
            else:
                coord *= 1 + (percent ** (1 + strength * 0.75) * radius / distance - 1) * (1 - percent)
        found[index] = coord + centre
    return found


@pytest.mark.parametrize("amount", [0.5, 1.0, -0.3, -1.0])
def test_bulge_and_pinch_are_those_of_glfx(amount: float) -> None:
    height, width = 40, 60
    columns, rows = looked_at("bulge_pinch", height, width, amount=amount, x=0.4, y=0.55, radius=0.45)
    y, x = np.mgrid[0.5:height, 0.5:width]
    expected = glfx_bulge_pinch(x, y, (0.4 * width, 0.55 * height), 0.45 * height, amount)
    assert np.abs(np.stack([columns, rows], axis=-1) - expected).max() < 1e-3


def test_outside_its_radius_a_bulge_moves_nothing() -> None:
    image = picture(90, 120)
    y, x = np.mgrid[0:90, 0:120]
    outside = np.hypot(x - 59.5, y - 44.5) > 0.3 * 90 + 1
    bulged = warped(image, "bulge_pinch", radius=0.3, amount=0.8)
    assert np.array_equal(bulged[outside], image[outside])
    assert not np.array_equal(bulged[~outside], image[~outside])


@pytest.mark.slow
@pytest.mark.parametrize("amount", [0.2, 0.5, 0.6])
def test_fisheye_is_a_barrel_that_ffmpeg_draws_alike(amount: float) -> None:
    """At zoom 1 / (1 + k) the middle keeps its size: r * (1 + k1 r^2) with ffmpeg's k1 = k (1 + k)^2."""
    image = cv2.GaussianBlur(scene(), (0, 0), 3)
    height, width = image.shape[:2]
    k = 0.6 * amount
    params = {"amount": amount, "zoom": 1 / (1 + k)}
    # Even where k1 is 0, ffmpeg looks half a pixel to the lower right: it gets a picture moved there.
    moved = cv2.warpAffine(image, np.array([[1, 0, 0.5], [0, 1, 0.5]]), (width, height))
    theirs = by_ffmpeg(moved, f"lenscorrection=k1={k * (1 + k) ** 2}:k2=0:i=bilinear")
    columns, rows = looked_at("fisheye", height, width, **params)
    inside = (columns > 3) & (columns < width - 3) & (rows > 3) & (rows < height - 3)
    assert inside.mean() > 0.4
    mean, most = difference(warped(image, "fisheye", **params)[inside], theirs[inside])
    assert mean < 1
    assert most <= 16


def test_fisheye_bends_straight_lines_outwards_and_keeps_the_corners() -> None:
    columns, rows = looked_at("fisheye", 200, 300, amount=0.8)
    assert np.allclose([columns[0, 0], rows[0, 0]], 0.5, atol=0.5)
    # Along a row near the top the middle looks less far up than the ends: what was straight bulges away.
    assert rows[20, 150] > rows[20, 20] + 5


def test_wave_is_that_of_imagemagick() -> None:
    """IM adds the amplitude above and below, and counts columns from their left edge, half a pixel before ours."""
    image = cv2.GaussianBlur(scene(), (0, 0), 1.5)
    height = image.shape[0]
    amplitude, wavelength = 6, 80
    theirs = by_imagemagick(image, "-background", "black", "-wave", f"{amplitude}x{wavelength}")
    theirs = theirs[amplitude : amplitude + height]
    ours = warped(
        image, "wave", amplitude=amplitude / height, wavelength=wavelength / height, phase=360 - 180 / wavelength
    )
    inside = slice(amplitude + 1, height - amplitude - 1)
    mean, _ = difference(ours[inside], theirs[inside])
    assert mean < 1.0


def test_a_wave_running_down_is_one_running_right_on_its_side() -> None:
    columns, rows = looked_at("wave", 60, 60, angle=0.0, phase=30.0)
    down_columns, down_rows = looked_at("wave", 60, 60, angle=90.0, phase=30.0)
    y, x = np.mgrid[0.5:60, 0.5:60]
    assert np.allclose(columns, x, atol=1e-4)
    assert np.allclose(down_rows, y, atol=1e-4)
    # Turned by a quarter, what went down goes left.
    assert np.allclose((rows - y).T, -(down_columns - x), atol=1e-4)


@pytest.mark.parametrize("segments", [3, 4, 6, 16])
def test_a_kaleidoscope_looks_the_same_after_a_turn_by_one_segment(segments: int) -> None:
    image = cv2.GaussianBlur(cv2.resize(scene(), (301, 301), interpolation=cv2.INTER_AREA), (0, 0), 3)
    star = warped(image, "kaleidoscope", segments=segments, angle=17.0)
    turn = cv2.getRotationMatrix2D((150, 150), 360 / segments, 1)
    turned = cv2.warpAffine(star, turn, (301, 301), flags=cv2.INTER_CUBIC)
    y, x = np.mgrid[0:301, 0:301]
    away = np.hypot(x - 150, y - 150)
    disc = (away < 145) & (away > 12)
    assert difference(star[disc], turned[disc])[0] < 2


def test_a_kaleidoscope_shows_its_first_segment_as_it_is() -> None:
    image = picture(101, 101)
    star = warped(image, "kaleidoscope", segments=4, angle=0.0)
    y, x = np.mgrid[-50:51, -50:51]
    first = (y >= 0) & (x > 0) & (y < x)
    assert difference(star[first], image[first])[1] <= 1


def test_mirror_is_numpy_s_flip() -> None:
    image = picture(30, 40)
    left, top = image[:, :20], image[:15]
    assert difference(warped(image, "mirror", keep="left"), np.hstack([left, left[:, ::-1]]))[1] <= 1
    assert difference(warped(image, "mirror", keep="top"), np.vstack([top, top[::-1]]))[1] <= 1
    quarter = image[:15, :20]
    half = np.hstack([quarter, quarter[:, ::-1]])
    assert difference(warped(image, "mirror", keep="quad"), np.vstack([half, half[::-1]]))[1] <= 1


@pytest.mark.parametrize("angle", [180.0, -400.0])
def test_swirl_is_that_of_glfx(angle: float) -> None:
    height, width, radius = 40, 60, 0.6 * 40
    columns, rows = looked_at("swirl", height, width, angle=angle)
    y, x = np.mgrid[0.5:height, 0.5:width]
    dx, dy = x - width / 2, y - height / 2
    percent = np.clip((radius - np.hypot(dx, dy)) / radius, 0, None)
    theta = percent * percent * np.radians(angle)
    assert np.abs(columns - (dx * np.cos(theta) - dy * np.sin(theta) + width / 2)).max() < 1e-3
    assert np.abs(rows - (dx * np.sin(theta) + dy * np.cos(theta) + height / 2)).max() < 1e-3
