"""Blocks, dots and dithering against ffmpeg, Pillow, ImageMagick, glfx.js in plain NumPy, and a plain loop."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Pipeline
from effects.image import Frame, Image, Place
from effects.kernels.sampling import pixel_axis
from effects.kernels.stylize.ascii import RAMPS, TALL, character_tile, type_page
from effects.kernels.stylize.dither import Levels, Nearest, diffuse_errors
from effects.kernels.stylize.halftone import thresholds
from effects.kernels.stylize.palettes import PALETTES, colors_of
from tests.pictures import difference
from tests.programs import by_ffmpeg, by_imagemagick
from tests.scene import scene
from tests.strategies import picture

PIXEL = 0.001
"""A dot of one pixel on every picture up to 1499 pixels."""


def styled(image: Image, name: str, **params: Any) -> Image:
    return Pipeline((EFFECTS[name].step(**params),))(image)


def grey() -> Image:
    """The scene in greys, in which every luma is the same."""
    return np.repeat(cv2.cvtColor(scene(), cv2.COLOR_RGB2GRAY)[..., None], 3, axis=2)


def test_pixelate_is_ffmpeg_s() -> None:
    image = scene()
    theirs = by_ffmpeg(image, "pixelize=width=16:height=16:mode=avg")
    assert difference(styled(image, "pixelate", block=16 / 320), theirs)[1] <= 1


@pytest.mark.slow
@pytest.mark.parametrize("shape", ["dot", "line", "square"])
@pytest.mark.parametrize("dot", [0.004, 0.012, 0.05])
@pytest.mark.parametrize("angle", [0, 20, 45])
def test_as_much_paper_shows_as_there_is_light(shape: str, dot: float, angle: float) -> None:
    for level in (0, 13, 64, 128, 200, 250, 255):
        printed = styled(np.full((400, 400, 3), level, np.uint8), "halftone", shape=shape, dot=dot, angle=angle)
        assert printed.mean() / 255 == pytest.approx(level / 255, abs=0.03)


def test_a_halftone_keeps_the_light_of_a_picture() -> None:
    image = scene()
    light = (image @ np.array([0.2126, 0.7152, 0.0722])).mean()
    assert styled(image, "halftone").mean() == pytest.approx(light, rel=0.05)


def test_the_dots_are_those_of_glfx() -> None:
    """Its screen of size s has dots s * sqrt(2) apart, in rows turned by 45 degrees against its angle."""
    height, width, size, angle = 60, 90, 6.0, 0.3
    y, x = np.mgrid[0.5:height, 0.5:width]
    tex_x, tex_y = x - width / 2, y - height / 2
    s, c = np.sin(angle), np.cos(angle)
    scale = np.pi / size
    pattern = np.sin((c * tex_x - s * tex_y) * scale) * np.sin((s * tex_x + c * tex_y) * scale)
    place = Place(Frame(height, width), pixel_axis(width, height)[None], pixel_axis(height, height)[:, None])
    # The shader's dots stand at sines' tops, ours at cosines': a quarter of a wave aside.
    aside = size / 2 * 2 / height
    moved = Place(place.frame, place.x - aside * (c + s), place.y - aside * (c - s))
    ours = thresholds(moved, size * 2**0.5 / height, 45 - np.degrees(angle), "dot")
    order = np.argsort(pattern, axis=None)
    assert (np.diff(ours.ravel()[order]) > -1e-6).all()
    assert np.abs(np.sort(ours, axis=None) - np.linspace(0, 1, ours.size)).max() < 0.03


def test_a_halftone_is_of_ink_and_paper_alone() -> None:
    printed = styled(scene(), "halftone", dot=0.05, ink="#102030", paper="#f0e0d0")
    dark, bright = np.array([0x10, 0x20, 0x30]), np.array([0xF0, 0xE0, 0xD0])
    share = (printed - dark) / (bright - dark)
    assert np.abs(share - share[..., :1]).max() < 0.01
    assert ((share < 0.01) | (share > 0.99)).all(axis=-1).mean() > 0.75


def test_floyd_and_steinberg_s_dither_is_pillow_s() -> None:
    image = scene()
    theirs = np.array(PILImage.fromarray(image).convert("1").convert("RGB"))
    assert np.array_equal(styled(image, "dither", method="floyd_steinberg", size=PIXEL), theirs)


@pytest.mark.parametrize("palette", ["rgb8", "cga", "console16"])
def test_a_palette_s_dither_is_pillow_s_quantize(palette: str) -> None:
    image, sheet = scene(), PILImage.new("P", (1, 1))
    sheet.putpalette(colors_of(palette).tobytes())
    theirs = PILImage.fromarray(image).quantize(palette=sheet, dither=PILImage.Dither.FLOYDSTEINBERG)
    ours = styled(image, "dither", method="floyd_steinberg", palette=palette, size=PIXEL)
    assert np.array_equal(ours, np.array(theirs.convert("RGB")))


@pytest.mark.slow
@pytest.mark.parametrize(("method", "map_name"), [("bayer2", "o2x2"), ("bayer4", "o4x4"), ("bayer8", "o8x8")])
@pytest.mark.parametrize(("palette", "levels"), [("mono", 2), ("gray4", 4)])
def test_an_ordered_dither_is_imagemagick_s(method: str, map_name: str, palette: str, levels: int) -> None:
    theirs = by_imagemagick(grey(), "-ordered-dither", f"{map_name},{levels}")
    ours = styled(grey(), "dither", method=method, palette=palette, size=PIXEL)
    alike = (ours == theirs).mean()
    # The smaller maps are the same pattern in another orientation: as many dots, differently placed.
    assert alike > 0.99 if method == "bayer8" else ours.mean() == pytest.approx(theirs.mean(), abs=1.5)


def test_an_ordered_dither_of_colours_is_one_of_each_channel() -> None:
    theirs = by_imagemagick(scene(), "-ordered-dither", "o8x8")
    assert (styled(scene(), "dither", method="bayer8", palette="rgb8", size=PIXEL) == theirs).mean() > 0.99


def atkinson(values: npt.NDArray[np.float64], colors: npt.NDArray[np.float64]) -> npt.NDArray[np.intp]:
    """One cell after the other."""
    height, width = values.shape[:2]
    left, chosen = values.copy(), np.zeros((height, width), np.intp)
    for y, x in np.ndindex(height, width):
        held = np.floor(left[y, x].clip(0, 255) / 8) * 8 + 4 if len(colors) > 2 else left[y, x].clip(0, 255)
        chosen[y, x] = np.argmin(((colors - held) ** 2).sum(axis=-1))
        error = (left[y, x] - colors[chosen[y, x]]) / 8
        for across, down in ((1, 0), (2, 0), (-1, 1), (0, 1), (1, 1), (0, 2)):
            if 0 <= x + across < width and y + down < height:
                left[y + down, x + across] += error
    return chosen


@pytest.mark.parametrize("shape", [(1, 1), (1, 9), (9, 1), (2, 2), (13, 7), (20, 31)])
def test_atkinson_s_dither_in_rounds_is_that_of_a_plain_loop(shape: tuple[int, int]) -> None:
    cells = picture(*shape)
    expected = atkinson(cells[..., :1].astype(float), np.array([[0.0], [255.0]]))
    assert np.array_equal(diffuse_errors(cells[..., :1], Levels(2))[..., 0], expected)
    expected = atkinson(cells.astype(float), colors_of("console16").astype(float))
    assert (diffuse_errors(cells, Nearest("console16"))[..., 0] == expected).mean() > 0.98


@pytest.mark.slow
@pytest.mark.parametrize("palette", PALETTES)
@pytest.mark.parametrize("method", ["bayer2", "bayer4", "bayer8", "floyd_steinberg", "atkinson"])
def test_a_dither_uses_its_palette_alone_in_square_dots(palette: str, method: str) -> None:
    out = styled(scene(), "dither", method=method, palette=palette, size=4 / 320)
    dots = out[::4, ::4]
    assert np.array_equal(out, np.repeat(np.repeat(dots, 4, axis=0), 4, axis=1))
    allowed = {tuple(color) for color in colors_of(palette).tolist()}
    used = {tuple(color) for color in np.unique(dots.reshape(-1, 3), axis=0).tolist()}
    assert used <= allowed
    assert len(used) >= min(3, len(allowed))


@pytest.mark.parametrize("ramp", RAMPS.values())
def test_every_even_step_of_light_has_its_character(ramp: str) -> None:
    """A ramp of exactly as many greys as characters, each a column of cells."""
    greys = np.rint((np.arange(len(ramp)) + 0.5) * 255 / len(ramp)).astype(np.uint8)
    image = np.repeat(np.repeat(greys, 12)[None, :, None], 60, axis=0).repeat(3, axis=2)
    page = type_page(image, len(ramp), ramp, invert=False)
    assert page.lines == [ramp] * round(60 / (12 * TALL))
    assert type_page(image, len(ramp), ramp, invert=True).lines == [ramp[::-1]] * len(page.lines)


def test_a_cell_shows_the_mean_of_what_is_under_it() -> None:
    """Stripes finer than a cell are the grey between them; a white half of the picture is not."""
    stripes = np.zeros((40, 80, 3), np.uint8)
    stripes[:, ::2] = 200
    assert set("".join(type_page(stripes, 10, RAMPS["short"], invert=False).lines)) == {"-"}
    halves = np.zeros((40, 80, 3), np.uint8)
    halves[:, 40:] = 255
    assert set(type_page(halves, 10, RAMPS["short"], invert=False).lines) == {"     @@@@@"}


@pytest.mark.parametrize("name", ["long", "blocks"])
def test_a_ramp_s_characters_cover_more_and_more(name: str) -> None:
    covered = [character_tile(character, 60).mean() for character in RAMPS[name]]
    assert (np.diff(covered) >= -0.4).all()
    assert covered[0] == 0


def test_letters_on_a_page_are_light_on_black_or_dark_on_white() -> None:
    image = picture(240, 320, style="smooth")
    light, dark = styled(image, "ascii"), styled(image, "ascii", invert=True)
    assert light.mean() < 100
    assert dark.mean() > 155
    assert np.array_equal(light[..., 0], light[..., 2])
    assert tuple(np.unique(styled(np.zeros((90, 90, 3), np.uint8), "ascii"))) == (0,)


def test_coloured_letters_have_the_hue_of_their_cells() -> None:
    image = np.full((200, 200, 3), (200, 100, 50), np.uint8)
    typed_in_color = styled(image, "ascii", mode="color", columns=40)
    brightest = typed_in_color.reshape(-1, 3)[typed_in_color.sum(axis=-1).argmax()]
    assert brightest[1] / brightest[0] == pytest.approx(0.5, abs=0.05)
    assert brightest[2] / brightest[0] == pytest.approx(0.25, abs=0.05)


def test_own_characters_stand_after_a_space() -> None:
    image = np.zeros((600, 1200, 3), np.uint8)
    image[:, 600:] = 255
    ours = styled(image, "ascii", ramp="custom", characters="한", columns=40)
    assert ours[:, :600].max() == 0
    assert ours[:, 600:].max() > 200
    assert styled(image, "ascii", ramp="custom", characters="").max() == 0
