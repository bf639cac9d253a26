"""Cut, turned and sized as NumPy, Pillow and scikit-image do it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PILImage
from skimage import transform

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from effects.kernels.geometry.straighten import size_inside
from tests.pictures import difference
from tests.scene import scene
from tests.strategies import picture


def shaped(image: Image, name: str, **params: Any) -> Image:
    return Pipeline((EFFECTS[name].step(**params),))(image)


def test_crop_is_a_slice() -> None:
    image = picture(100, 200)
    assert np.array_equal(shaped(image, "crop", x=0.25, y=0.1, width=0.5, height=0.3), image[10:40, 50:150])
    assert np.array_equal(shaped(image, "crop", x=0.9, width=0.5), image[:, 180:])
    assert np.array_equal(shaped(image, "crop", aspect="1:1"), image[:, 50:150])


@pytest.mark.parametrize("aspect", ["1:1", "4:5", "3:4", "2:3", "9:16", "5:4", "4:3", "3:2", "16:9", "original"])
def test_a_crop_of_an_aspect_has_it_to_the_pixel(aspect: str) -> None:
    across, down = (320, 200) if aspect == "original" else map(int, aspect.split(":"))
    height, width = shaped(picture(200, 320), "crop", x=0.1, width=0.8, aspect=aspect).shape[:2]
    assert abs(width - height * across / down) <= max(1, across / down)
    assert width == 256 or height == 200


@pytest.mark.parametrize(
    ("angle", "method"),
    [
        ("90", PILImage.Transpose.ROTATE_270),
        ("180", PILImage.Transpose.ROTATE_180),
        ("270", PILImage.Transpose.ROTATE_90),
    ],
)
def test_quarter_turns_are_pillow_s(angle: str, method: PILImage.Transpose) -> None:
    image = picture(30, 47)
    theirs = np.array(PILImage.fromarray(image).transpose(method))
    assert np.array_equal(shaped(image, "rotate_flip", angle=angle), theirs)


def test_flips_come_after_the_turn() -> None:
    image = picture(30, 47)
    turned = np.rot90(image, -1)
    assert np.array_equal(shaped(image, "rotate_flip", flip_horizontal=True), turned[:, ::-1])
    assert np.array_equal(shaped(image, "rotate_flip", angle="0", flip_vertical=True), image[::-1])


def rotated(picture: npt.NDArray[Any], angle: float, order: int) -> npt.NDArray[Any]:
    return transform.rotate(picture, -angle, order=order, preserve_range=True)


@pytest.mark.slow
@pytest.mark.parametrize("angle", [-30.0, -3.3, 7.0, 45.0])
def test_straighten_turns_as_scikit_image_does(angle: float) -> None:
    image = scene()
    ours = shaped(image, "straighten", angle=angle, crop=False)
    theirs = rotated(image, angle, order=3).round().clip(0, 255)
    turned = rotated(np.ones(image.shape[:2]), angle, order=0) > 0
    interior = cv2.erode(turned.astype(np.uint8), np.ones((9, 9), np.uint8), borderValue=0) > 0
    assert interior.mean() > 0.4
    assert difference(ours[interior], theirs[interior].astype(np.uint8))[0] <= 2


@pytest.mark.slow
@pytest.mark.parametrize("angle", [-45.0, -12.5, 0.1, 3.0, 30.0, 45.0])
@pytest.mark.parametrize(("width", "height"), [(300, 200), (200, 300), (400, 80), (64, 64)])
def test_what_straighten_keeps_is_the_largest_rectangle_inside(width: int, height: int, angle: float) -> None:
    radians = np.radians(angle)
    across, down = size_inside(width, height, radians)

    def fits(across: float, down: float) -> bool:
        corners = np.array([[across, down], [across, -down]]) / 2
        turn = np.array([[np.cos(radians), np.sin(radians)], [-np.sin(radians), np.cos(radians)]])
        return bool((np.abs(corners @ turn.T) <= np.array([width, height]) / 2 + 1e-6).all())

    assert fits(across, down)
    larger = max(w * h for w in range(1, width + 40) for h in [largest_height(fits, w, width + height)])
    assert across * down >= larger - (width + height)


def largest_height(fits: Callable[[float, float], bool], across: int, most: int) -> int:
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(across, middle) else (low, middle - 1)
    return low


def test_a_straightened_picture_shows_nothing_reflected() -> None:
    """A white picture with a black rim of two pixels: reflected corners would show the rim inside."""
    image = np.full((200, 300, 3), 255, np.uint8)
    photo = Photo(image, np.full((200, 300), 255, np.uint8))
    out = Pipeline((EFFECTS["straighten"].step(angle=9.0),)).apply(photo)
    assert out.image.shape[0] < 200
    assert out.image.min() == 255
    assert out.alpha is not None
    assert out.alpha.shape == out.image.shape[:2]
    assert out.alpha.min() == 255


@pytest.mark.parametrize("size", [(150, 100), (333, 107), (960, 640), (480, 700), (1000, 200)])
@pytest.mark.parametrize("method", ["nearest", "bilinear", "bicubic", "lanczos"])
def test_resize_is_pillow_s(size: tuple[int, int], method: str) -> None:
    """Also of noise, where the kernels of others (four points, or three) differ most."""
    for image in (scene(), picture(211, 307, 3, "noise")):
        ours = shaped(image, "resize", by="exact", width=size[0], height=size[1], resampling=method)
        theirs = np.array(PILImage.fromarray(image).resize(size, PILImage.Resampling[method.upper()]))
        assert np.array_equal(ours, theirs)


def test_auto_averages_areas_down_and_takes_lanczos_up() -> None:
    image = scene()
    height, width = image.shape[:2]
    small = cv2.resize(image, (width // 4, height // 4), interpolation=cv2.INTER_AREA)
    assert difference(shaped(image, "resize", scale=0.25), small)[1] <= 1
    large = np.array(PILImage.fromarray(image).resize((2 * width, 2 * height), PILImage.Resampling.LANCZOS))
    assert difference(shaped(image, "resize", scale=2.0), large)[0] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("scale", [0.9, 0.6, 0.37])
def test_areas_are_averaged_by_their_very_share_of_each_pixel(scale: float) -> None:
    """Enlarged sixteen times by repetition first, a whole number of pixels lies in each area, or nearly."""
    image = picture(100, 150, 3, "noise")
    rows, columns = round(100 * scale), round(150 * scale)
    fine = image.repeat(16, axis=0).repeat(16, axis=1).astype(np.float64)
    down, across = (
        np.linspace(0, 16 * length, count + 1).round().astype(int) for length, count in ((100, rows), (150, columns))
    )
    sums = np.add.reduceat(np.add.reduceat(fine, down[:-1], axis=0), across[:-1], axis=1)
    expected = sums / (np.diff(down)[:, None, None] * np.diff(across)[None, :, None])
    assert difference(shaped(image, "resize", scale=scale), np.rint(expected))[0] <= 1.6


def test_each_way_of_saying_a_size_keeps_the_shape() -> None:
    image = picture(100, 150)
    sizes: list[tuple[dict[str, Any], tuple[int, int]]] = [
        ({"by": "long_side", "long_side": 300}, (200, 300)),
        ({"by": "width", "width": 75}, (50, 75)),
        ({"by": "height", "height": 20}, (20, 30)),
        ({"scale": 0.5}, (50, 75)),
        ({"by": "exact", "width": 40, "height": 90}, (90, 40)),
    ]
    for params, expected in sizes:
        assert shaped(image, "resize", **params).shape[:2] == expected


@pytest.mark.slow
def test_no_result_holds_more_than_fifty_megapixels() -> None:
    large = shaped(np.zeros((30, 60, 3), np.uint8), "resize", by="height", height=8000, resampling="nearest")
    assert large.shape[0] * large.shape[1] <= 50_000_000
    assert large.shape[1] == pytest.approx(2 * large.shape[0], abs=2)
