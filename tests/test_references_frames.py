"""Borders as Pillow's, cards measured against the film's, and letters that are all there, whatever was typed."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageDraw, ImageOps

from effects import EFFECTS, Photo, Pipeline
from effects.image import Image
from effects.kernels.fonts import EMOJI, FALLBACKS, face, face_runs, has, width_of
from effects.kernels.lettering import ASCENT, MARGIN, PITCH, break_lines, fit_text, height_of
from tests.pictures import difference
from tests.scene import scene
from tests.strategies import picture

GREY = np.full((400, 600, 3), 128, np.uint8)


def framed(image: Image, name: str, **params: Any) -> Image:
    return Pipeline((EFFECTS[name].step(**params),))(image)


def written(**params: Any) -> Image:
    """White letters without an outline on grey."""
    return framed(GREY, "text", **{"stroke": 0.0, **params})


def letters(image: Image) -> tuple[int, int, int, int]:
    """The box that is not grey: left, top, width, height."""
    box = cv2.boundingRect((image != 128).any(axis=-1).astype(np.uint8))
    return box[0], box[1], box[2], box[3]


def test_a_border_is_pillow_s_expand() -> None:
    image = picture(100, 150)
    theirs = np.array(ImageOps.expand(PILImage.fromarray(image), 8, fill="#a0b0c0"))
    assert np.array_equal(framed(image, "border", width=0.08, color="#a0b0c0"), theirs)


def test_a_border_s_line_stands_between_picture_and_border() -> None:
    image = picture(200, 300)
    theirs = ImageOps.expand(ImageOps.expand(PILImage.fromarray(image), 2, fill="#102030"), 10, fill="#ffffff")
    assert np.array_equal(framed(image, "border", width=0.05, line=0.01, line_color="#102030"), np.array(theirs))


def test_a_border_s_round_corners_are_pillow_s() -> None:
    """Pillow's rounded rectangle, drawn eight times as large for its edge to be as smooth."""
    image, radius = np.full((200, 300, 3), 200, np.uint8), 50
    large = PILImage.new("L", (8 * 300, 8 * 200))
    ImageDraw.Draw(large).rounded_rectangle((0, 0, 8 * 300 - 1, 8 * 200 - 1), 8 * radius, fill=200)
    theirs = np.array(large.resize((300, 200), PILImage.Resampling.BOX))
    ours = framed(image, "border", width=0.0, radius=0.25, color="#000000")[..., 0]
    mean, most = difference(ours, theirs)
    assert mean < 0.1
    assert most < 25


def test_a_card_has_the_film_s_margins_and_the_picture_as_it_was() -> None:
    image = picture(790, 790)
    card = framed(image, "polaroid", shadow=False)
    assert card.shape[:2] == pytest.approx((1070, 880), abs=2)
    assert np.array_equal(card[45:835, 45:835], image)
    assert (card[:45] == [0xFB, 0xF9, 0xF3]).all()


def test_a_card_s_shadow_falls_beside_it_and_not_on_it() -> None:
    image = picture(300, 400)
    card, shaded = framed(image, "polaroid", shadow=False), framed(image, "polaroid", caption="", shadow=True)
    pad = (shaded.shape[0] - card.shape[0]) // 2
    inside = shaded[pad : pad + card.shape[0], pad : pad + card.shape[1]]
    assert np.array_equal(inside, card)
    assert shaded[-pad // 2, shaded.shape[1] // 2].max() < 245
    assert shaded[0, 0].min() == 255


@pytest.mark.parametrize("angle", [-10.0, 4.0, 10.0])
def test_a_tilted_card_turned_back_is_the_card(angle: float) -> None:
    image = cv2.GaussianBlur(scene(), (0, 0), 1.5)
    card = framed(image, "polaroid", shadow=False)
    tilted = framed(image, "polaroid", shadow=False, angle=angle)
    middle = (tilted.shape[1] - 1) / 2, (tilted.shape[0] - 1) / 2
    back = cv2.warpAffine(tilted, cv2.getRotationMatrix2D(middle, angle, 1), tilted.shape[1::-1], flags=cv2.INTER_CUBIC)
    top, left = (np.array(tilted.shape[:2]) - card.shape[:2]) / 2
    shift = np.array([[1, 0, -left], [0, 1, -top]])
    moved = cv2.warpAffine(back, shift, card.shape[1::-1], flags=cv2.INTER_CUBIC)
    assert difference(moved[4:-4, 4:-4], card[4:-4, 4:-4])[0] < 1.5


@pytest.mark.parametrize("angle", [0.0, 7.0])
def test_a_card_is_opaque_and_its_picture_as_transparent_as_before(angle: float) -> None:
    photo = Photo(picture(200, 300), np.full((200, 300), 100, np.uint8))
    out = Pipeline((EFFECTS["polaroid"].step(angle=angle, caption="hello"),)).apply(photo)
    assert out.alpha is not None
    height, width = out.alpha.shape
    assert out.alpha[0, 0] == 255
    assert abs(int(out.alpha[height // 2 - 40, width // 2]) - 100) <= 1
    inside = cv2.erode((out.alpha < 200).astype(np.uint8), np.ones((7, 7), np.uint8)) > 0
    assert inside.sum() > 0.8 * 200 * 300
    assert np.abs(out.alpha[inside].astype(int) - 100).max() <= 1


def test_a_caption_is_written_below_the_picture_and_shrinks_to_fit() -> None:
    image = np.full((300, 400, 3), 128, np.uint8)
    plain = framed(image, "polaroid", shadow=False)
    for caption in ("Hi", "W" * 60, "안녕 😀", "two\nlines"):
        card = framed(image, "polaroid", shadow=False, caption=caption)
        changed = cv2.boundingRect((card != plain).any(axis=-1).astype(np.uint8))
        assert changed[1] > 17 + 300
        assert changed[0] >= 8
        assert changed[0] + changed[2] <= card.shape[1] - 8


def test_letters_are_as_high_as_asked_for() -> None:
    left, _, width, height = letters(written(text="hg", size=0.2, anchor="center"))
    assert height == pytest.approx(80, rel=0.08)
    assert left + width / 2 == pytest.approx(300, abs=4)


@pytest.mark.parametrize(
    "anchor", ["top_left", "top", "top_right", "left", "center", "right", "bottom_left", "bottom", "bottom_right"]
)
def test_an_anchor_puts_the_text_there_and_the_offset_moves_it(anchor: str) -> None:
    left, top, width, height = letters(written(text="Hxg", anchor=anchor, size=0.1))
    margin = MARGIN * 400
    expected_x = margin if "left" in anchor else 600 - margin - width if "right" in anchor else 300 - width / 2
    expected_y = margin if "top" in anchor else 400 - margin - height if "bottom" in anchor else 200 - height / 2
    assert left == pytest.approx(expected_x, abs=6)
    assert top == pytest.approx(expected_y, abs=8)
    moved = letters(written(text="Hxg", anchor=anchor, size=0.1, x=0.1 if left < 300 else -0.1, y=0.0))
    assert abs(moved[0] - left) == pytest.approx(60, abs=1)


def test_long_text_wraps_between_words_and_stays_inside() -> None:
    text = "the quick brown fox jumps over the lazy dog " * 4
    left, top, width, height = letters(written(text=text.strip(), size=0.1, anchor="center"))
    assert left >= MARGIN * 400 - 2
    assert left + width <= 600 - MARGIN * 400 + 2
    assert top >= 0
    assert top + height <= 400
    lines = break_lines(text.strip(), "sans", 12)
    assert " ".join(lines) == text.strip()
    assert max(width_of(line, "sans") for line in lines) <= 12


@pytest.mark.parametrize("text", ["x" * 200, "한" * 200, "W", "a\n" * 99])
@pytest.mark.parametrize(("width", "height"), [(600, 400), (30, 400), (3000, 8)])
def test_what_is_too_long_gets_smaller_until_it_fits(text: str, width: int, height: int) -> None:
    lines, size = fit_text(text, "sans", 100, width, height)
    assert "".join(lines).replace(" ", "") == text.replace("\n", "")
    assert size == 1 or height_of(len(lines)) * size <= height
    assert size == 1 or max(width_of(line, "sans") for line in lines) * size <= width


def test_a_line_feed_breaks_the_line() -> None:
    one, two = letters(written(text="Hg", size=0.1)), letters(written(text="Hg\nHg", size=0.1))
    assert two[3] - one[3] == pytest.approx(PITCH * 40, abs=1.5)
    assert one[2] == pytest.approx(two[2], abs=1)


@pytest.mark.parametrize("font", FALLBACKS)
@pytest.mark.parametrize("text", ["Hamburg", "Ärger ñandú", "Привет", "Ωμέγα", "안녕하세요", "かな", "写真", "😀"])
def test_every_character_has_a_face_that_knows_it(font: str, text: str) -> None:
    assert "".join(piece for _, piece in face_runs(text, font)) == text
    assert all(has(name, character) for name, piece in face_runs(text, font) for character in piece)


def test_a_character_no_face_has_is_shown_as_its_code() -> None:
    assert face_runs("aภ", "sans") == [("sans", "a[U+0E20]")]
    assert letters(written(text="ภ"))[2] > 3 * letters(written(text="a"))[2]


def test_what_only_says_how_to_draw_is_not_drawn() -> None:
    assert face_runs("👍🏽❤️", "sans") == [("emoji", "👍❤")]


def test_a_meme_has_its_first_line_on_top_in_capitals() -> None:
    meme = written(text="one line\nand the rest", layout="meme", size=0.1)
    assert letters(meme)[1] < 40
    assert letters(meme[200:])[1] > 130
    assert np.array_equal(meme, written(text="ONE LINE\nAND THE REST", layout="meme", size=0.1))


def test_text_is_drawn_in_its_colour_with_its_outline_and_opacity() -> None:
    plain = written(text="█", font="mono", size=0.25, color="#ff0000", anchor="center")
    assert tuple(plain[200, 300]) == (255, 0, 0)
    half = written(text="█", font="mono", size=0.25, color="#ff0000", anchor="center", opacity=0.5)
    assert np.abs(half[200, 300].astype(int) - [192, 64, 64]).max() <= 1
    outlined = written(text="I", size=0.25, stroke=0.02, stroke_color="#00ff00", anchor="center")
    assert (outlined == [0, 255, 0]).all(axis=-1).sum() > 400
    shaded = written(text="I", size=0.25, shadow=True, anchor="center")
    assert (shaded < 100).any()


def test_a_font_s_first_line_is_drawn_like_its_second() -> None:
    for font in ("sans", "serif", "mono"):
        face.cache_clear()
        first = written(text="Hamburgefonstiv 0123", font=font, size=0.053)
        assert np.array_equal(written(text="Hamburgefonstiv 0123", font=font, size=0.053), first)


@pytest.mark.parametrize(("width", "height"), [(4000, 3), (3, 4000), (1, 1), (600, 400)])
def test_a_tilted_card_never_lies_on_a_background_many_times_its_size(width: int, height: int) -> None:
    card = framed(np.zeros((height, width, 3), np.uint8), "polaroid", shadow=False)
    tilted = framed(np.zeros((height, width, 3), np.uint8), "polaroid", shadow=False, angle=10.0)
    assert tilted.size <= 3 * card.size


def test_no_text_leaves_the_picture_as_it_is() -> None:
    for text in ("", "  ", "\n\n"):
        assert np.array_equal(written(text=text), GREY)


def test_a_text_is_drawn_and_never_parsed() -> None:
    markup = "<b>&amp;{0}%s\\n</b>"
    assert "".join(piece for _, piece in face_runs(markup, "sans")) == markup


def test_letters_look_alike_in_preview_and_export() -> None:
    params = {"text": "A long line that has to wrap somewhere in the middle of it", "size": 0.08}
    small = framed(np.full((200, 300, 3), 90, np.uint8), "text", **params)
    large = framed(np.full((1200, 1800, 3), 90, np.uint8), "text", **params)
    shrunk = cv2.resize(large, (300, 200), interpolation=cv2.INTER_AREA)
    assert cv2.PSNR(cv2.GaussianBlur(small, (0, 0), 2), cv2.GaussianBlur(shrunk, (0, 0), 2)) >= 30


@pytest.mark.slow
def test_importing_the_library_opens_no_font() -> None:
    code = "import effects, effects.kernels.fonts as f; raise SystemExit(f.face.cache_info().currsize)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_emoji_font_is_small_and_says_whose_it_is() -> None:
    assert EMOJI.stat().st_size < 410_000
    assert "SIL OPEN FONT LICENSE" in (EMOJI.parent / "NotoEmoji-LICENSE.txt").read_text(encoding="utf-8")
    assert face("emoji", 32).getname()[0] == "Noto Emoji"
    assert ASCENT < 1
