"""Effects against plain formulas away from their defaults: drawn parameters, off centre, on pictures of any shape."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, Pipeline
from effects.effect import Effect
from effects.image import Frame, Image
from effects.kernels.sampling import pixel_maps, pixel_points
from tests import plain_formulas as plain
from tests.plain_blending import overlay
from tests.plain_formulas import Array, Formula
from tests.strategies import drawn, picture

SHAPES = ((61, 97), (97, 61))
"""Lying and standing, and neither side a multiple of anything."""

SEEDS = (1, 2, 3)

EXACT: dict[str, Formula] = {
    "brightness": lambda c, *, amount: c * amount,
    "exposure": lambda c, *, stops: plain.encoded(plain.linear(c) * 2**stops),
    "contrast": lambda c, *, amount: (c - 0.5) * amount + 0.5,
    "gamma": lambda c, *, gamma: c ** (1 / gamma),
    "levels": plain.levels,
    "posterize": lambda c, *, levels: np.rint(c * (levels - 1)) / (levels - 1),
    "saturation": plain.saturation,
    "vibrance": plain.vibrance,
    "hue_rotate": plain.hue_rotate,
    "color_matrix": plain.color_matrix,
    "invert": lambda c, *, amount: c * (1 - 2 * amount) + amount,
    "grayscale": plain.grayscale,
    "sepia": plain.sepia,
    "duotone": plain.duotone,
    "color_pop": plain.color_pop,
    "fade": plain.fade,
    "overlay": overlay,
    "vignette": plain.vignette,
    "pixelate": plain.pixelate,
    "threshold": plain.threshold,
    "crop": plain.crop,
    "rotate_flip": plain.rotate_flip,
}
"""Effects whose every pixel is what their formula says, within a level."""

CLOSE: dict[str, tuple[Formula, float]] = {
    "gaussian_blur": (lambda c, *, radius: plain.blurred(c, radius * min(c.shape[:2])), 1.5),
    "bloom": (plain.bloom, 2),
    "chromatic_aberration": (plain.chromatic_aberration, 2),
    "tilt_shift": (plain.tilt_shift, 3),
}
"""Effects that round in between or look between pixels, with the levels by which a smooth picture may be off."""

ALONE = ("straighten", "unsharp_mask", "hdr_detail")
"""Effects whose formula has a test of its own, at the end of this file."""

OTHERWISE = {
    "curves": "test_formulas: SciPy's PCHIP through five sets of points, in one channel and in all",
    "shadows_highlights": "test_references_tone: the formula on plains, at three parameters of its own",
    "auto_levels": "test_references_tone: Pillow's at eight parameters",
    "local_contrast": "test_references_tone: OpenCV's at three parameters",
    "temperature_tint": "test_formulas: colour-science at five temperatures and two tints",
    "lut3d": "test_references_lut3d: ffmpeg's and a plain look-up, with tables of every kind",
    "black_and_white": "test_references_monochrome: ImageMagick's for every glass, at two contrasts, and own weights",
    "grain": "test_references_monochrome: chance, known by its statistics, at several sizes and amounts",
    "bilateral": "test_references_blur: OpenCV's at three parameters and two sizes",
    "pencil_sketch": "test_references_art: OpenCV's at three sizes; its reference needs 180 pixels",
    "dodge_sketch": "test_references_art: its formula, at a radius of its own",
    "cartoon": "test_references_art: no reference; what its name promises, at several parameters",
    "watercolor": "test_references_art: OpenCV's, whose rounding differs, at its default",
    "oil_paint": "test_references_art: a plain loop at three parameters",
    "pop_art": "test_references_art: the colours of every palette in every grid",
    "edges_canny": "test_references_art: OpenCV's at four parameters; it needs 1000 pixels for lines of one",
    "neon_edges": "test_references_art: scikit-image's Sobel at two sizes",
    "emboss": "test_references_art: kernels of three by three at five angles, both modes",
    "halftone": "test_references_stylize: glfx.js at another angle, and the light of 27 screens",
    "ascii": "test_references_stylize: letters by every step of light, at other columns and ramps",
    "dither": "test_references_stylize: Pillow's, ImageMagick's and a plain loop, for every method and palette",
    "light_leak": "test_references_light: Chromium's gradients at drawn-like parameters; its shapes are chance",
    "glitch": "test_references_retro: chance; a permutation of every row, the shift alone exact",
    "vhs": "test_references_retro: chance; its parts one by one, the others at 0",
    "crt": "test_references_retro: its parts one by one at several parameters",
    "thermal": "test_references_retro: OpenCV's for every palette, both ways",
    "border": "test_references_frames: Pillow's at other widths, lines and corners",
    "polaroid": "test_references_frames: the film's measures, at three angles",
    "text": "test_references_frames: every anchor with an offset, fonts, sizes and layouts",
    "resize": "test_references_geometry: Pillow's at five shapes and four methods",
    "trails": "test_values and test_stream: formulas of time",
    "echo": "test_values and test_stream: formulas of time",
    "slit_scan": "test_values and test_stream: formulas of time",
    "motion_only": "test_values and test_stream: formulas of time",
    "hide_faces": "test_people: what is hidden, by each way",
    "cut_out": "test_people: laid over what it was cut from",
    "background": "test_people: each backdrop, by its formula",
    "smooth_skin": "test_people: what is finer goes, all else stays",
}
"""Effects that are compared elsewhere: where, with what, and at which parameters beside the default."""


def test_every_effect_is_compared_away_from_its_defaults_or_says_where_else_it_is() -> None:
    named = [*EXACT, *CLOSE, *plain.WARPS, *ALONE, *OTHERWISE]
    assert sorted(named) == sorted(EFFECTS)


def strength(effect: Effect, seed: int) -> float:
    """All of it first, then less; what changes the picture's shape is there or not."""
    return 1.0 if effect.kind.value == "canvas" or seed == SEEDS[0] else 1 / seed


def made(name: str, image: Image, seed: int, params: dict[str, Any]) -> Image:
    effect = EFFECTS[name]
    return Pipeline((effect.step(strength=strength(effect, seed), **params),))(image)


def expected(name: str, image: Image, seed: int, changed: Array) -> Array:
    """In levels: out = in + strength * (clamp(effect(in)) - in)."""
    share = strength(EFFECTS[name], seed)
    return 255 * np.clip(changed, 0, 1) * share + (1 - share) * image if share < 1 else 255 * np.clip(changed, 0, 1)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", EXACT)
def test_a_pixel_is_what_the_formula_says(name: str, shape: tuple[int, int], seed: int) -> None:
    image, params = picture(*shape, seed), drawn(EFFECTS[name], seed)
    apart = np.abs(made(name, image, seed, params) - expected(name, image, seed, EXACT[name](image / 255, **params)))
    assert apart.max() <= 1, params


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", CLOSE)
def test_a_smooth_picture_is_close_to_the_formula(name: str, shape: tuple[int, int], seed: int) -> None:
    formula, most = CLOSE[name]
    image, params = picture(*shape, seed, "smooth"), drawn(EFFECTS[name], seed)
    apart = np.abs(made(name, image, seed, params) - expected(name, image, seed, formula(image / 255, **params)))
    assert apart.max() <= most, params
    assert apart.mean() <= 0.5, params


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", plain.WARPS)
def test_a_pixel_looks_where_the_formula_says(name: str, shape: tuple[int, int], seed: int) -> None:
    """To a ten-thousandth of a pixel, also far outside the picture."""
    params, frame = drawn(EFFECTS[name], seed), Frame(*shape)
    looked = EFFECTS[name].step(**params).call(pixel_points(frame, slice(0, shape[0])).astype(np.float64), frame)
    columns, rows = pixel_maps(looked, frame)
    x, y = plain.WARPS[name](*plain.centres(np.empty(shape)), shape[1], shape[0], **params)
    assert max(np.abs(columns + 0.5 - x).max(), np.abs(rows + 0.5 - y).max()) < 1e-4, params


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", plain.WARPS)
def test_a_warped_picture_shows_what_the_formula_looks_at(name: str, shape: tuple[int, int], seed: int) -> None:
    """Bilinear, mirrored at the edges; where OpenCV looks between pixels it does so in 32 steps only."""
    image, params = picture(*shape, seed, "smooth"), drawn(EFFECTS[name], seed)
    at = plain.WARPS[name](*plain.centres(image), shape[1], shape[0], **params)
    seen = plain.sampled(image / 255, *at)
    apart = np.abs(made(name, image, seed, params) - expected(name, image, seed, seen))
    assert apart.mean() <= 0.5, params
    assert np.quantile(apart, 0.999) <= 1.5, params


@pytest.mark.parametrize("seed", range(1, 7))
@pytest.mark.parametrize("shape", SHAPES)
def test_a_straightened_picture_shows_what_the_turn_looks_at(shape: tuple[int, int], seed: int) -> None:
    """Its bicubic curve is close to a straight line where the picture is smooth; the crop is cut from the middle."""
    image, params = picture(*shape, seed, "smooth"), drawn(EFFECTS["straighten"], seed)
    seen = plain.sampled(image / 255, *plain.straighten(*plain.centres(image), shape[1], shape[0], **params))
    made = Pipeline((EFFECTS["straighten"].step(**params),))(image)
    top, left = (shape[0] - made.shape[0]) / 2, (shape[1] - made.shape[1]) / 2
    x, y = plain.centres(made)
    same = plain.sampled(seen, x + left, y + top)
    inner = slice(2, -2), slice(2, -2)
    assert np.abs(made - 255 * same)[inner].mean() <= 2, params


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("shape", SHAPES)
def test_sharpening_adds_what_a_blur_takes_away(shape: tuple[int, int], seed: int) -> None:
    """Where the difference is not within a rounding of the threshold; up to an amount of 1 the blur has 8 bits."""
    image, params = picture(*shape, seed), drawn(EFFECTS["unsharp_mask"], seed)
    params["threshold"] /= 10
    taken = image - 255 * plain.blurred(image / 255, params["radius"] * min(shape))
    decided = np.abs(np.abs(taken) - 255 * params["threshold"]) > 1
    sharp = np.clip(255 * plain.unsharp_mask(image / 255, **params), 0, 255)
    made = Pipeline((EFFECTS["unsharp_mask"].step(**params),))(image)
    assert decided.mean() > 0.7
    assert np.abs(made - sharp)[decided].max() <= (2 if params["amount"] <= 1 else 1), params


@pytest.mark.parametrize("amount", [0.5, 1.0, 1.1, 3.0])
def test_sharpening_leaves_an_even_picture_as_it_is(amount: float) -> None:
    """White stays white, also where it is done in 16 bits."""
    for level in (0, 1, 127, 254, 255):
        even = np.full((9, 7, 3), level, np.uint8)
        assert np.array_equal(Pipeline((EFFECTS["unsharp_mask"].step(amount=amount, threshold=0),))(even), even)


@pytest.mark.parametrize("seed", range(1, 5))
@pytest.mark.parametrize("shape", SHAPES)
def test_detail_is_what_the_recursive_filter_takes_away(shape: tuple[int, int], seed: int) -> None:
    """To the outermost pixel, of smooth colours and of noise, which is grey: all stays within what a screen shows."""
    smooth, noise = 64 + picture(*shape, seed, "smooth") // 2, 96 + picture(*shape, seed, "grey") // 4
    image, params = smooth if seed % 2 else noise, drawn(EFFECTS["hdr_detail"], 1 if seed == 2 else seed)
    params["radius"] /= 8
    apart = np.abs(
        Pipeline((EFFECTS["hdr_detail"].step(**params),))(image) - 255 * plain.hdr_detail(image / 255, **params)
    )
    assert apart.max() <= 1.6, params
    assert apart.mean() <= 0.5, params
