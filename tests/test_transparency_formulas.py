"""How transparency weighs: averages, resampling, statistics and what is filled in, against their formulas."""

from collections.abc import Callable
from functools import partial
from typing import Any

import cv2
import numpy as np
import pytest

from effects import EFFECTS, Photo, Pipeline, encode, open_preview, render
from effects.codec.raster import shrink
from effects.image import Image
from effects.kernels.art.cartoon import own_colors
from effects.kernels.art.pop_art import print_sheet
from effects.kernels.hidden import UNSEEN, fill_hidden
from effects.kernels.stretch import histograms
from tests.strategies import picture
from tests.transparent import Floats, alpha_of, cutout, opacity, over


def weighed_by(average: Callable[[Floats], Floats], photo: Photo) -> tuple[Floats, Floats]:
    """Colours after an average in which each pixel counts for its alpha, and the averaged alpha, in floats."""
    share = alpha_of(photo) / 255
    total = average(share)
    return average(photo.image * share[..., None]) / np.maximum(total, 1e-9)[..., None], total


def colors_apart(photo: Photo, colors: Floats, least: int = 16) -> float:
    """By how many levels colours differ where at least so much is seen."""
    return float(np.abs(photo.image - colors)[alpha_of(photo) >= least].max())


@pytest.mark.parametrize("style", ["hard", "soft"])
@pytest.mark.parametrize("radius", [0.01, 0.05])
def test_a_blur_weighs_by_alpha(style: str, radius: float) -> None:
    photo = cutout(style=style)
    out = Pipeline((EFFECTS["gaussian_blur"].step(radius=radius),)).apply(photo)
    blur = partial(cv2.GaussianBlur, ksize=(0, 0), sigmaX=120 * radius, borderType=cv2.BORDER_REFLECT_101)
    assert colors_apart(out, weighed_by(blur, photo)[0]) <= 4
    assert np.array_equal(alpha_of(out), alpha_of(photo))


@pytest.mark.parametrize("style", ["hard", "soft"])
def test_blocks_are_means_weighed_by_alpha(style: str) -> None:
    photo = cutout(style=style)
    out = Pipeline((EFFECTS["pixelate"].step(block=0.1),)).apply(photo)
    for top in range(0, 120, 12):
        for left in range(0, 160, 12):
            block = slice(top, top + 12), slice(left, left + 12)
            share = alpha_of(photo)[block].astype(float)
            if share.sum() > 255:
                expected = (photo.image[block] * share[..., None]).sum((0, 1)) / share.sum()
                assert np.abs(out.image[block] - expected).max() <= 2


@pytest.mark.parametrize("style", ["hard", "soft"])
def test_shrinking_is_an_average_of_premultiplied_areas(style: str) -> None:
    photo = cutout(style=style)
    area = partial(cv2.resize, dsize=(40, 30), interpolation=cv2.INTER_AREA)
    colors, share = weighed_by(area, photo)
    resized = Pipeline((EFFECTS["resize"].step(scale=0.25),)).apply(photo)
    sent = encode(photo, format="png")
    rendered = render(sent, Pipeline().to_json(), format="png", max_side=40)
    for small in (resized, shrink(photo, 40), open_preview(sent, 40), open_preview(rendered, 40)):
        assert colors_apart(small, colors, least=24) <= 2  # below, colours are those of the places around
        assert np.abs(alpha_of(small) - 255 * share).max() <= 1


MOVES: dict[str, dict[str, Any]] = {
    "swirl": {},
    "wave": {},
    "mirror": {},
    "bulge_pinch": {"strength": 0.5},
    "rotate_flip": {"angle": "90"},
    "crop": {"x": 0.2, "width": 0.5},
    "resize": {"scale": 0.5},
    "border": {"radius": 0.3, "line": 0.01},
    "polaroid": {},
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("style", ["hard", "soft"])
@pytest.mark.parametrize("ground", [0, 255])
def test_moving_a_picture_and_laying_it_on_a_ground_can_change_places(name: str, style: str, ground: int) -> None:
    photo, pipeline = cutout(style=style), Pipeline((EFFECTS[name].step(**MOVES[name]),))
    moved_first = over(pipeline.apply(photo), ground)
    laid_first = pipeline(np.rint(over(photo, ground)).astype(np.uint8))
    assert np.abs(moved_first - laid_first).max() <= 3


RINGING: list[tuple[str, dict[str, Any]]] = [
    *(("resize", {"scale": 3.0, "resampling": name}) for name in ("auto", "lanczos", "bicubic", "bilinear", "area")),
    ("straighten", {"angle": 7.0}),
    ("polaroid", {"angle": 8.0, "paper": "#c87828", "background": "#c87828", "shadow": False}),
]


@pytest.mark.parametrize(("name", "params"), RINGING)
@pytest.mark.parametrize("style", ["hard", "specks"])
def test_an_even_colour_stays_even_at_edges_however_it_is_resampled(
    name: str, params: dict[str, Any], style: str
) -> None:
    alpha = opacity(40, 50, 12, style)
    image = np.where(alpha[..., None] > 0, (200, 120, 40), (0, 0, 0)).astype(np.uint8)
    out = Pipeline((EFFECTS[name].step(**params),)).apply(Photo(image, alpha))
    assert colors_apart(out, np.array([200, 120, 40]), least=4) <= 1


def test_moves_keep_every_pixel_even_those_nobody_sees() -> None:
    photo = Photo(picture(30, 41, 2), opacity(30, 41, 2, "noise"))
    turned = Pipeline((EFFECTS["rotate_flip"].step(angle="90"),)).apply(photo)
    cut = Pipeline((EFFECTS["crop"].step(x=0.5),)).apply(photo)
    assert np.array_equal(turned.image, np.rot90(photo.image, -1))
    assert np.array_equal(alpha_of(turned), np.rot90(alpha_of(photo), -1))
    assert np.array_equal(cut.image, photo.image[:, -cut.image.shape[1] :])


def beside_nothing(seen: Image) -> Photo:
    """A picture with twice as much to its right that is hidden, and white."""
    height, width = seen.shape[:2]
    alpha = np.zeros((height, 3 * width), np.uint8)
    alpha[:, :width] = 255
    return Photo(np.concatenate([seen, np.full((height, 2 * width, 3), 255, np.uint8)], axis=1), alpha)


@pytest.mark.parametrize(
    ("name", "params"),
    [
        ("auto_levels", {"cutoff": 0.05}),
        ("auto_levels", {"cutoff": 0.05, "mode": "luma"}),
        ("threshold", {"mode": "otsu"}),
    ],
)
def test_hidden_pixels_do_not_count_among_the_others(name: str, params: dict[str, Any]) -> None:
    seen, pipeline = picture(120, 80, 5, "smooth") // 2 + 40, Pipeline((EFFECTS[name].step(**params),))
    out = pipeline.apply(beside_nothing(seen)).image[:, :80]
    assert (cv2.absdiff(out, pipeline(seen)) > 1).mean() < 0.001


def test_a_pixel_counts_for_as_much_as_is_seen_of_it() -> None:
    values = np.random.default_rng(3).integers(0, 256, (70, 90), dtype=np.uint8)
    weight = opacity(70, 90, 3, "noise")
    expected = np.bincount(values.ravel(), weight.ravel(), 256)
    assert np.array_equal(histograms(values, weight)[0], expected)


def test_tiles_are_equalised_by_what_is_seen_of_them() -> None:
    # Of a tile whose hidden half is hidden, the seen half comes out as it would with the same tones in both.
    half = picture(64, 32, 4, "smooth")
    seen, whole = np.concatenate([half, np.full_like(half, 255)], axis=1), np.concatenate([half, half], axis=1)
    alpha = np.repeat(np.array([[255] * 32 + [0] * 32], np.uint8), 64, axis=0)
    tiled = [np.concatenate([part] * 2, axis=1) for part in (seen, whole)]
    step = EFFECTS["local_contrast"].step(tiles=2)
    out = Pipeline((step,)).apply(Photo(np.concatenate([tiled[0]] * 2), np.tile(alpha, (2, 2)))).image
    expected = Pipeline((step,))(np.concatenate([tiled[1]] * 2))
    assert cv2.absdiff(out, expected)[np.tile(alpha, (2, 2)) > 0].max() <= 1


def test_prints_and_cartoons_choose_tones_and_colours_by_what_is_seen() -> None:
    # A grey ramp, most of it hidden: a third of what is seen is in each of three flat tones.
    ramp = np.repeat(np.linspace(0, 255, 240).astype(np.uint8)[None, :, None], 160, axis=0).repeat(3, axis=2)
    alpha = np.zeros((160, 240), np.uint8)
    alpha[:, 120:] = 255
    weighted = print_sheet(ramp, 1, 1, "classic", 3, weight=alpha)[:, 120:].reshape(-1, 3)
    shares = np.unique(weighted, axis=0, return_counts=True)[1] / len(weighted)
    assert np.abs(np.sort(shares) - np.sort([0.35, 0.35, 0.3])).max() < 0.03
    # Two colours are seen; a third one is not.
    fields = np.array([[[200, 30, 30], [30, 200, 30], [30, 30, 200]]], np.uint8)
    three = fields.repeat(40, axis=1).repeat(90, axis=0)
    shown = np.full((90, 120), 255, np.uint8)
    shown[:, 80:] = 0
    chosen = own_colors(three, 4, shown)
    assert np.abs(chosen.astype(int) - (30, 30, 200)).sum(axis=1).min() > 60
    assert np.abs(own_colors(three, 4).astype(int) - (30, 30, 200)).sum(axis=1).min() < 10


def test_what_is_filled_is_continued_from_what_is_seen() -> None:
    photo = cutout(90, 121, "hard")
    seen = alpha_of(photo) > UNSEEN
    out = fill_hidden(photo.image, alpha_of(photo))
    assert np.array_equal(out[seen], photo.image[seen])
    # An even colour is continued as it is, at every size.
    even = np.where(alpha_of(photo)[..., None] > 0, (200, 120, 40), (0, 255, 0)).astype(np.uint8)
    assert np.abs(fill_hidden(even, alpha_of(photo)).astype(int) - (200, 120, 40)).max() <= 2
    # The nearest colours count most: right at the edge of a field, it is the field's.
    two = np.zeros((64, 256, 3), np.uint8)
    two[:, :64], two[:, 192:] = (250, 0, 0), (0, 0, 250)
    alpha = np.full((64, 256), 255, np.uint8)
    alpha[:, 64:192] = 0
    between = fill_hidden(two, alpha)
    assert between[32, 66, 0] > 200
    assert between[32, 189, 2] > 200
