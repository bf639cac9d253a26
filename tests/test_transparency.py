"""What nobody sees changes nothing that one sees: every effect, the preview, the download and the thumbnails."""

from functools import partial
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, Photo, Pipeline, encode, open_preview, render
from effects.codec.raster import shrink
from effects.effect import Effect, Kind
from effects.image import Alpha, Image
from effects.kernels.cartooning import own_colors
from effects.kernels.hidden import UNSEEN, filled
from effects.kernels.screenprint import prints
from effects.kernels.stretch import counts
from pages.components.thumbnails import Thumbnails
from tests.strategies import picture, steps

Floats = npt.NDArray[np.floating]

every_effect = pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS.keys())

ALIKE = 4
"""Levels by which two pictures that look alike may differ, over black and over white."""

NEARLY_HIDDEN = 3
"""Alpha at which no colour shows by more than as many levels."""


def opacity(height: int, width: int, seed: int, style: str) -> Alpha:
    """Alpha without meaning: hard shapes, soft ones, noise, specks in nothing, or hardly anything."""
    chance = np.random.default_rng(seed)
    soft = cv2.resize(chance.integers(-200, 456, (3, 3)).astype(np.float32), (width, height)).reshape(height, width)
    match style:
        case "hard":
            return np.where(soft > 127, 255, 0).astype(np.uint8)
        case "soft":
            return np.clip(soft, 0, 255).astype(np.uint8)
        case "noise":
            return chance.integers(0, 256, (height, width), dtype=np.uint8)
        case "specks":
            return np.where(chance.random((height, width)) < 0.03, 255, 0).astype(np.uint8)
        case _:
            return np.where(soft > 200, 255, chance.integers(0, NEARLY_HIDDEN + 1, (height, width))).astype(np.uint8)


def disguised(image: Image, alpha: Alpha, seed: int, most: int = NEARLY_HIDDEN) -> Image:
    """The picture with other, wild colours where alpha is at most `most`."""
    chance = np.random.default_rng([seed, 1])
    even, noise = chance.integers(0, 2, 3) * 255, chance.integers(0, 2, image.shape) * 255
    wild = even if seed % 2 else noise
    return np.where(alpha[..., None] <= most, wild, image).astype(np.uint8)


def over(photo: Photo, ground: float) -> Floats:
    """The photo as it looks on a grey ground, not rounded."""
    share = np.float64(1) if photo.alpha is None else photo.alpha[..., None] / 255
    return photo.image * share + ground * (1 - share)


def apart(one: Photo, other: Photo) -> float:
    """By how many levels two photos differ at most, over black, over white, and in alpha."""
    assert one.image.shape == other.image.shape
    opaque = np.full(one.image.shape[:2], 255, np.uint8)
    alphas = [opaque if photo.alpha is None else photo.alpha for photo in (one, other)]
    grounds = [float(np.abs(over(one, ground) - over(other, ground)).max()) for ground in (0, 255)]
    return max(*grounds, float(cv2.absdiff(*alphas).max()))


sizes = st.tuples(st.integers(1, 40), st.integers(1, 40))
styles = st.sampled_from(["hard", "soft", "noise", "specks", "hardly"])


@every_effect
@given(data=st.data(), size=sizes, seed=st.integers(0, 2**16), style=styles)
def test_pictures_that_look_alike_look_alike_after_every_effect(
    effect: Effect, data: st.DataObject, size: tuple[int, int], seed: int, style: str
) -> None:
    image, alpha = picture(*size, seed), opacity(*size, seed, style)
    pipeline = Pipeline((data.draw(steps(effect)),))
    one = pipeline.apply(Photo(disguised(image, alpha, seed), alpha))
    other = pipeline.apply(Photo(disguised(image, alpha, seed + 1), alpha))
    assert apart(one, other) <= ALIKE


@every_effect
@pytest.mark.parametrize("style", ["hard", "soft", "noise", "hardly"])
def test_they_do_at_a_size_where_blurs_shrink_and_threads_share(effect: Effect, style: str) -> None:
    image, alpha = picture(700, 801, 4, "smooth"), opacity(700, 801, 4, style)
    pipeline = Pipeline((effect.step(),))
    one, other = (pipeline.apply(Photo(disguised(image, alpha, seed), alpha)) for seed in (2, 3))
    assert apart(one, other) <= ALIKE


@every_effect
@given(data=st.data(), seed=st.integers(0, 2**16), style=styles)
def test_what_is_wholly_hidden_changes_not_a_bit(
    effect: Effect, data: st.DataObject, seed: int, style: str
) -> None:
    image, alpha = picture(31, 40, seed), opacity(31, 40, seed, style)
    # A jump after it would show the least difference.
    pipeline = Pipeline((data.draw(steps(effect)), EFFECTS["posterize"].step(levels=2)))
    one, other = (pipeline.apply(Photo(disguised(image, alpha, seed + add, 0), alpha)) for add in (0, 1))
    assert one.alpha is not None
    assert other.alpha is not None
    assert np.array_equal(one.alpha, other.alpha)
    assert np.array_equal(one.image[one.alpha > 0], other.image[one.alpha > 0])


@every_effect
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_an_alpha_that_hides_nothing_counts_for_nothing(effect: Effect, data: st.DataObject, seed: int) -> None:
    image, pipeline = picture(21, 30, seed), Pipeline((data.draw(steps(effect)),))
    out = pipeline.apply(Photo(image, np.full((21, 30), 255, np.uint8)))
    assert np.array_equal(out.image, pipeline(image))
    assert out.alpha is not None
    assert out.alpha.min() == 255


@pytest.mark.parametrize("effect", [e for e in EFFECTS.values() if e.kind.is_pointwise], ids=lambda e: e.name)
@given(data=st.data(), seed=st.integers(0, 2**16))
def test_a_color_step_does_to_visible_pixels_what_it_always_does(
    effect: Effect, data: st.DataObject, seed: int
) -> None:
    image, alpha = picture(21, 30, seed), opacity(21, 30, seed, "noise")
    pipeline = Pipeline((data.draw(steps(effect)),))
    out = pipeline.apply(Photo(image, alpha))
    assert np.array_equal(out.image[alpha > 0], pipeline(image)[alpha > 0])


@pytest.mark.parametrize("effect", [e for e in EFFECTS.values() if e.kind is Kind.SPATIAL], ids=lambda e: e.name)
def test_steps_at_once_are_steps_one_by_one(effect: Effect) -> None:
    photo = Photo(picture(60, 80, 1), opacity(60, 80, 1, "soft"))
    first, second = effect.step(strength=0.6), EFFECTS["unsharp_mask"].step(radius=0.03, amount=2.0)
    there = Pipeline((first, second)).apply(photo)
    one_by_one = Pipeline((second,)).apply(Pipeline((first,)).apply(photo))
    assert np.array_equal(there.image, one_by_one.image)


def cutout(height: int = 120, width: int = 160, style: str = "soft") -> Photo:
    """Two fields of colour and some noise under an alpha, glaring green where it hides."""
    image = picture(height, width, 3, "smooth")
    image[:, width // 2 :] = (30, 60, 200)
    alpha = opacity(height, width, 12, style)
    image[alpha == 0] = (0, 255, 0)
    return Photo(image, alpha)


def weighed_by(average: partial[Image], photo: Photo) -> tuple[Floats, Floats]:
    """Colours after an average in which each pixel counts for its alpha, and the averaged alpha, in floats."""
    assert photo.alpha is not None
    share = photo.alpha / 255
    total = average(share)
    return average(photo.image * share[..., None]) / np.maximum(total, 1e-9)[..., None], total


def colors_apart(photo: Photo, colors: Floats, least: int = 16) -> float:
    """By how many levels colours differ where at least so much is seen."""
    assert photo.alpha is not None
    return float(np.abs(photo.image - colors)[photo.alpha >= least].max())


@pytest.mark.parametrize("style", ["hard", "soft"])
@pytest.mark.parametrize("radius", [0.01, 0.05])
def test_a_blur_weighs_by_alpha(style: str, radius: float) -> None:
    photo = cutout(style=style)
    out = Pipeline((EFFECTS["gaussian_blur"].step(radius=radius),)).apply(photo)
    blur = partial(cv2.GaussianBlur, ksize=(0, 0), sigmaX=120 * radius, borderType=cv2.BORDER_REFLECT_101)
    assert colors_apart(out, weighed_by(blur, photo)[0]) <= 4
    assert np.array_equal(out.alpha, photo.alpha)


@pytest.mark.parametrize("style", ["hard", "soft"])
def test_blocks_are_means_weighed_by_alpha(style: str) -> None:
    photo = cutout(style=style)
    out = Pipeline((EFFECTS["pixelate"].step(block=0.1),)).apply(photo)
    assert photo.alpha is not None
    for top in range(0, 120, 12):
        for left in range(0, 160, 12):
            block = slice(top, top + 12), slice(left, left + 12)
            share = photo.alpha[block].astype(float)
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
        assert colors_apart(small, colors, least=8) <= 2
        assert small.alpha is not None
        assert np.abs(small.alpha - 255 * share).max() <= 1


MOVES = {
    "swirl": {}, "wave": {}, "mirror": {}, "bulge_pinch": {"strength": 0.5}, "rotate_flip": {"angle": "90"},
    "crop": {"x": 0.2, "width": 0.5}, "resize": {"scale": 0.5}, "border": {"radius": 0.3, "line": 0.01},
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


RINGING = [
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
    assert photo.alpha is not None
    assert np.array_equal(turned.image, np.rot90(photo.image, -1))
    assert np.array_equal(turned.alpha, np.rot90(photo.alpha, -1))
    assert np.array_equal(cut.image, photo.image[:, -cut.image.shape[1] :])


def beside_nothing(seen: Image) -> Photo:
    """A picture with twice as much to its right that is hidden, and white."""
    height, width = seen.shape[:2]
    alpha = np.zeros((height, 3 * width), np.uint8)
    alpha[:, :width] = 255
    return Photo(np.concatenate([seen, np.full((height, 2 * width, 3), 255, np.uint8)], axis=1), alpha)


@pytest.mark.parametrize(("name", "params"), [
    ("auto_levels", {"cutoff": 0.05}), ("auto_levels", {"cutoff": 0.05, "mode": "luma"}),
    ("threshold", {"mode": "otsu"}),
])
def test_hidden_pixels_do_not_count_among_the_others(name: str, params: dict[str, Any]) -> None:
    seen, pipeline = picture(120, 80, 5, "smooth") // 2 + 40, Pipeline((EFFECTS[name].step(**params),))
    out = pipeline.apply(beside_nothing(seen)).image[:, :80]
    assert (cv2.absdiff(out, pipeline(seen)) > 1).mean() < 0.001


def test_a_pixel_counts_for_as_much_as_is_seen_of_it() -> None:
    values = np.random.default_rng(3).integers(0, 256, (70, 90), dtype=np.uint8)
    weight = opacity(70, 90, 3, "noise")
    expected = np.bincount(values.ravel(), weight.ravel(), 256)
    assert np.array_equal(counts(values, weight)[0], expected)


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
    weighted = prints(ramp, 1, 1, "classic", 3, weight=alpha)[:, 120:].reshape(-1, 3)
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
    assert photo.alpha is not None
    out = filled(photo.image, photo.alpha)
    assert np.array_equal(out[photo.alpha > UNSEEN], photo.image[photo.alpha > UNSEEN])
    # An even colour is continued as it is, at every size.
    even = np.where(photo.alpha[..., None] > 0, (200, 120, 40), (0, 255, 0)).astype(np.uint8)
    assert np.abs(filled(even, photo.alpha).astype(int) - (200, 120, 40)).max() <= 2
    # The nearest colours count most: right at the edge of a field, it is the field's.
    two = np.zeros((64, 256, 3), np.uint8)
    two[:, :64], two[:, 192:] = (250, 0, 0), (0, 0, 250)
    alpha = np.full((64, 256), 255, np.uint8)
    alpha[:, 64:192] = 0
    between = filled(two, alpha)
    assert between[32, 66, 0] > 200
    assert between[32, 189, 2] > 200


def test_thumbnails_show_no_hidden_colour() -> None:
    photo = cutout(600, 800, "hard")
    other = Photo(disguised(photo.image, photo.alpha, 7), photo.alpha) if photo.alpha is not None else photo
    for name in ("sepia", "trails", "gaussian_blur", "swirl"):
        pipeline = Pipeline((EFFECTS[name].step(),))
        assert Thumbnails(photo).of(pipeline) == Thumbnails(other).of(pipeline)
