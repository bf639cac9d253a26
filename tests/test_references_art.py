"""Drawing and painting against OpenCV, Pillow, scikit-image and plain loops, and by what their names promise."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageFilter
from skimage import data, filters

from effects.image import Image, to_float
from effects.kernels.art.outlines import BRIGHT, SOBEL, SOFTEN
from effects.kernels.art.pop_art import SETS, crop_to_shape
from effects.kernels.art.watercolor import edge_light
from effects.kernels.ink import gray
from tests.applied import applied
from tests.pictures import difference
from tests.scene import scene
from tests.shares import in_turn


@cache
def cup(short: int, wide: float = 1.5) -> Image:
    """A cup of coffee (Rachel Michetti, out of scikit-image)."""
    made = cv2.resize(data.coffee(), (round(short * wide), short), interpolation=cv2.INTER_AREA)
    made.setflags(write=False)
    return made


def three(sheet: Image) -> Image:
    return np.repeat(sheet[..., None], 3, axis=2)


@pytest.mark.slow
@pytest.mark.parametrize(("short", "shade"), [(720, 0.04), (360, 0.08), (180, 0.16)])
def test_a_pencil_sketch_is_opencvs(short: int, shade: float) -> None:
    """OpenCV counts pixels: at half the size the same light needs twice its shade_factor."""
    bgr = np.ascontiguousarray(cup(short)[..., ::-1])
    grays, colors = cv2.pencilSketch(bgr, sigma_s=0.06 * short, sigma_r=0.07, shade_factor=shade)
    assert np.array_equal(applied("pencil_sketch", cup(short), shade=0.04), three(grays))
    assert np.array_equal(applied("pencil_sketch", cup(short), shade=0.04, mode="color"), colors[..., ::-1])


def test_a_coloured_sketch_is_as_light_as_the_grey_one() -> None:
    """The picture's own colours in the sketch's light (Rec. 601), but where that leaves what a screen can show."""
    grey, coloured = applied("pencil_sketch", cup(400)), applied("pencil_sketch", cup(400), mode="color")
    assert difference(three(gray(coloured)), grey)[0] <= 4  # with red taken for blue it would be 9


@pytest.mark.slow
def test_a_noisy_photos_pencil_sketch_is_as_light_as_its_preview() -> None:
    """What shrinking smooths away must not be drawn: it would make the paper of a large picture grey."""
    clean = cv2.resize(cup(1350), (2700, 1800), interpolation=cv2.INTER_CUBIC)
    noise = 6 * np.random.default_rng(2).standard_normal(clean.shape, np.float32)
    large = np.clip(np.rint(clean + noise), 0, 255).astype(np.uint8)
    preview = applied("pencil_sketch", cv2.resize(large, (1280, 853), interpolation=cv2.INTER_AREA))
    assert applied("pencil_sketch", large).mean() == pytest.approx(preview.mean(), abs=5)


@pytest.mark.slow
def test_a_large_pencil_sketch_is_the_small_one_with_finer_lines() -> None:
    """Two hairs, closer together than a small sketch can show, stay two."""
    large = cup(1800).copy()
    large[:, 1000:1002] = large[:, 1005:1007] = 20
    out, plain = applied("pencil_sketch", large), applied("pencil_sketch", cup(1800))
    shrunk = cv2.resize(plain, (1080, 720), interpolation=cv2.INTER_AREA)
    small = applied("pencil_sketch", cv2.resize(cup(1800), (1080, 720), interpolation=cv2.INTER_AREA))
    assert cv2.PSNR(shrunk, small) >= 25
    hairs = out[:, 990:1017, 0].mean(axis=0)
    assert max(hairs[10:12].mean(), hairs[15:17].mean()) < 0.95 * hairs[13]


@pytest.mark.slow
def test_a_large_pencil_sketch_draws_no_noise_of_what_is_black() -> None:
    """Values of 0 and 1 side by side are an even surface: white paper, as in the small sketch."""
    night = np.random.default_rng(1).integers(0, 2, (1500, 1500, 3), dtype=np.uint8)
    small = cv2.resize(night, (720, 720), interpolation=cv2.INTER_AREA)
    large, plain = applied("pencil_sketch", night), applied("pencil_sketch", small)
    assert abs(large.mean() - plain.mean()) < 6
    assert large.min() > 200


def test_a_dodge_sketch_is_its_formula() -> None:
    sheet = gray(scene())
    backdrop = to_float(sheet)
    source = 1 - cv2.GaussianBlur(backdrop, (0, 0), 0.006 * 320)
    with np.errstate(divide="ignore", invalid="ignore"):
        dodge = np.where(backdrop == 0, 0, np.where(source == 1, 1, np.minimum(1, backdrop / (1 - source))))
    assert difference(applied("dodge_sketch", scene(), radius=0.006), three(np.rint(255 * dodge)))[1] <= 1


def colors_in(image: Image) -> set[str]:
    """The colours that a picture has, each as a number in the end: that is sorted ten times sooner than three."""
    return {f"#{color:06x}" for color in np.unique(image @ np.array([1 << 16, 1 << 8, 1]))}


@pytest.mark.parametrize("colors", [4, 12, 32])
def test_a_cartoon_has_no_more_colors_than_asked_for(colors: int) -> None:
    flat = applied("cartoon", scene(), colors=colors, edges=0)
    found = len(colors_in(flat))
    assert colors * 0.6 <= found <= colors


def test_a_cartoons_lines_only_darken_and_grow() -> None:
    flat = applied("cartoon", scene(), edges=0)
    few, many = applied("cartoon", scene(), edges=0.3), applied("cartoon", scene(), edges=1)
    assert (few <= flat).all()
    assert (many <= few).all()
    assert 0.005 < (few < flat).any(axis=2).mean() < (many < flat).any(axis=2).mean() < 0.7


@pytest.mark.slow
def test_a_watercolors_two_halves_are_opencvs_stylization() -> None:
    """Between them it is rounded to 8 bits here and not there; a gradient of that is a few levels."""
    small = cup(360)
    reference = cv2.stylization(small, sigma_s=0.06 * 360, sigma_r=0.45)
    wash = cv2.edgePreservingFilter(small, flags=cv2.NORMCONV_FILTER, sigma_s=0.06 * 360, sigma_r=0.45)
    mean, most = difference(np.rint(wash * (three(edge_light(wash, 1.0)) / 255)), reference)
    assert mean <= 1
    assert most <= 10
    paler = np.rint(wash * (three(edge_light(wash, 0.36)) / 255))
    assert difference(applied("watercolor", small), paler)[1] <= 1


def test_a_watercolor_of_two_pixels_has_its_lines_and_of_one_is_left_as_it_is() -> None:
    """Black and white: no wash goes over such edges, and the lines are as pale as the picture is small."""
    narrow = np.random.default_rng(0).choice([0, 255], (2, 24, 3)).astype(np.uint8)
    steep = sum(cv2.magnitude(cv2.Sobel(plane, cv2.CV_32F, 1, 0), cv2.Sobel(plane, cv2.CV_32F, 0, 1))
                for plane in cv2.split(narrow))  # fmt: skip
    lines = np.rint(narrow * three(1 - 2 / 1000 * steep / 255))
    assert difference(lines, narrow)[1] == 4
    assert difference(applied("watercolor", narrow), lines)[1] <= 1
    assert np.array_equal(applied("watercolor", narrow[:1]), narrow[:1])


@pytest.mark.slow
def test_a_watercolor_comes_close_to_opencvs_where_its_sizes_are_met() -> None:
    """At a shorter side of 1000 pixels, in a quarter of the time; a picture twice as large is the same when shrunk."""
    large = cv2.resize(data.coffee()[:, 100:500], (1000, 1000), interpolation=cv2.INTER_CUBIC)
    reference, out = cv2.stylization(large, sigma_s=60, sigma_r=0.45), applied("watercolor", large)
    assert difference(out, reference)[0] <= 6
    assert cv2.PSNR(out, reference) >= 24
    huge = applied("watercolor", cv2.resize(large, (2000, 2000), interpolation=cv2.INTER_CUBIC))
    assert cv2.PSNR(cv2.resize(huge, (1000, 1000), interpolation=cv2.INTER_AREA), out) >= 32


def oil_by_loops(image: Image, reach: int, levels: int) -> Image:
    """Holzmann's recipe, pixel by pixel."""
    edge = ((reach, reach), (reach, reach))
    tones = np.pad(gray(image).astype(int) * levels // 256, edge, mode="reflect")
    wide, out = np.pad(image.astype(float), (*edge, (0, 0)), mode="reflect"), np.empty_like(image)
    for row, column in np.ndindex(image.shape[:2]):
        window = slice(row, row + 2 * reach + 1), slice(column, column + 2 * reach + 1)
        chosen = tones[window] == np.bincount(tones[window].ravel()).argmax()
        out[row, column] = np.rint(wide[window][chosen].mean(axis=0))
    return out


@pytest.mark.slow
@pytest.mark.parametrize(("reach", "levels"), [(1, 24), (2, 8), pytest.param(4, 64, marks=pytest.mark.deep)])
def test_oil_is_painted_as_by_loops(reach: int, levels: int) -> None:
    short = max(50 * reach, 100)  # the largest radius is a fiftieth of it
    small = cv2.resize(scene(), (short * 3 // 2, short), interpolation=cv2.INTER_AREA)
    oil = applied("oil_paint", small, radius=reach / short, levels=levels)
    assert difference(oil, oil_by_loops(small, reach, levels))[1] <= 1


@pytest.mark.slow
@pytest.mark.parametrize(("palette", "sheet"), in_turn(SETS, [("2x2", 4), ("3x3", 3), ("2x3", 4)]))
def test_every_print_has_the_colors_of_its_set_alone(palette: str, sheet: tuple[str, int]) -> None:
    grid, levels = sheet
    out = applied("pop_art", scene(), grid=grid, palette=palette, levels=levels)
    columns, rows = map(int, grid.split("x"))
    for index in range(columns * rows):
        row, column = divmod(index, columns)
        part = out[round(row * 320 / rows) : round((row + 1) * 320 / rows), column * 480 // columns :]
        part = part[:, : 480 // columns]
        found = colors_in(part)
        asked = SETS[palette][index % 5].split()
        assert found == set(asked if levels == 4 else [asked[0], *asked[2:]])


@pytest.mark.parametrize(("low", "high", "radius"), [(80, 160, 0.0), (160, 80, 0.0), (20, 60, 0.002), (5, 20, 0.004)])
def test_outlines_are_opencvs_canny(low: int, high: int, radius: float) -> None:
    thresholds = {"low_threshold": low / 255, "high_threshold": high / 255}
    lines = applied("edges_canny", cup(1000), **thresholds, radius=radius, thickness=0.001)
    sheet = gray(cup(1000))
    soft = cv2.GaussianBlur(sheet, (0, 0), 1000 * radius) if radius else sheet
    expected = three(255 - cv2.Canny(soft, low, high))
    assert np.array_equal(lines, expected)


@pytest.mark.slow
def test_outlines_have_their_colors_and_their_thickness() -> None:
    square = np.zeros((1000, 1000, 3), np.uint8)
    square[300:700, 300:700] = 255
    lines = applied("edges_canny", square, thickness=0.004, ink="#336699", paper="#ffeedd")
    assert colors_in(lines) == {"#336699", "#ffeedd"}
    assert (lines[500, :500] == [0x33, 0x66, 0x99]).all(axis=1).sum() == 4


def test_a_large_pictures_outlines_are_as_thick_in_proportion() -> None:
    """At three times the size, a line of 0.2 % is six pixels wide and its edges are smooth."""
    large = np.zeros((3000, 3000, 3), np.uint8)
    cv2.circle(large, (1500, 1500), 900, (255, 255, 255), -1, cv2.LINE_AA)
    ink = 255 - applied("edges_canny", large, thickness=0.002)[1500, :1500, 0].astype(float)
    assert ink.sum() / 255 == pytest.approx(6, abs=1.5)
    assert ink.max() == 255


@pytest.mark.slow
@pytest.mark.parametrize("short", [1000, 640])
def test_neon_outlines_are_scikit_images_sobel(short: int) -> None:
    """Of the blurred picture, per pixel of the reference size; the glow is left out."""
    image, share = cup(short), short / 1000
    soft = cv2.GaussianBlur(image, (0, 0), ((SOFTEN * share) ** 2 - SOBEL) ** 0.5)
    planes = [filters.sobel(plane.astype(float), mode="reflect") for plane in cv2.split(soft)]
    expected = np.clip(np.stack(planes, axis=2) * BRIGHT * share, 0, 255)
    lines = applied("neon_edges", image, amount=1.0, glow=0)
    assert difference(lines, np.rint(expected).astype(np.uint8))[1] <= 1
    assert lines.max() > 200


def test_neon_outlines_can_be_dark_grey_or_glow() -> None:
    assert not applied("neon_edges", scene(), amount=0).any()
    greys = applied("neon_edges", scene(), keep_color=False)
    assert np.array_equal(greys[..., 0], greys[..., 2])
    plain, glowing = applied("neon_edges", scene(), glow=0), applied("neon_edges", scene(), glow=1)
    assert (glowing >= plain).all()
    assert glowing.mean() > 1.2 * plain.mean()


def test_emboss_is_pillows() -> None:
    """Its kernel is written top to bottom and read bottom to top: what looks like the top left is the bottom left."""
    sheet = gray(cup(1000))
    inside = slice(1, -1), slice(1, -1)  # Pillow leaves the outermost pixels as they are.
    relief = np.asarray(PILImage.fromarray(sheet).filter(ImageFilter.EMBOSS))
    assert np.array_equal(applied("emboss", cup(1000), angle=225, depth=1.0)[inside], three(relief)[inside])


@pytest.mark.parametrize(("angle", "row", "column"), [(0, 1, 2), (90, 0, 1), (180, 1, 0), (225, 2, 0), (315, 2, 2)])
def test_emboss_is_a_kernel_of_three_by_three(angle: float, row: int, column: int) -> None:
    kernel = np.zeros((3, 3))
    kernel[1, 1], kernel[row, column] = 2, -2
    expected = cv2.filter2D(gray(cup(1000)), -1, kernel, delta=128)
    assert np.array_equal(applied("emboss", cup(1000), angle=angle, depth=2.0), three(expected))
    kernel[1, 1] += 1
    colored = applied("emboss", cup(1000), angle=angle, depth=2.0, mode="color")
    assert np.array_equal(colored, cv2.filter2D(cup(1000), -1, kernel))


@pytest.mark.slow
def test_emboss_stands_as_high_at_every_size() -> None:
    """A ramp rises by as much over a thousandth of the side, however many pixels that is."""
    for short in (500, 1000, 2200):
        ramp = np.linspace(0, 255, short)[None, :, None].repeat(short, axis=0).repeat(3, axis=2)
        out = applied("emboss", np.rint(ramp).astype(np.uint8), angle=180, depth=6.0)
        assert out[short // 2, 99:-99].mean() == pytest.approx(128 + 6 * 255 / 1000, abs=0.15)
    assert (applied("emboss", scene(), depth=0) == 128).all()


@pytest.mark.parametrize("is_tall", [False, True], ids=["wide", "tall"])
def test_a_print_is_the_middle_of_the_picture_as_much_of_it_as_has_the_prints_shape(is_tall: bool) -> None:
    ramp = np.repeat(np.arange(0, 100, 2), 2)  # pairs, so that a mean of two is one of them
    wide = np.broadcast_to(ramp[None, :, None], (40, 100, 3)).astype(np.uint8)
    middle = np.broadcast_to(np.arange(30, 70, 2), (20, 20))
    out = crop_to_shape(np.ascontiguousarray(wide.transpose(1, 0, 2)) if is_tall else wide, 20, 20)
    np.testing.assert_array_equal(out, middle.T if is_tall else middle)
