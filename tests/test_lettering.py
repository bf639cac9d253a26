"""Lines of text: as wide as they may be, broken where they may, and painted where their mask says."""

from __future__ import annotations

import numpy as np
import pytest

from effects.kernels.fonts import width_of
from effects.kernels.lettering import Block, break_lines, caption_blocks, draw_block, height_of, paint_mask

LETTER = 0.6
"""How wide every letter of JetBrains Mono is, in ems."""


@pytest.mark.parametrize("count", [1, 2, 5, 7, 20])
def test_a_word_that_is_too_wide_is_cut_into_lines_as_long_as_fit(count: int) -> None:
    word = "abcdefghijklmnopqrst"
    assert width_of(word, "mono") == pytest.approx(LETTER * len(word), rel=1e-3)
    lines = break_lines(word, "mono", LETTER * (count + 0.5))
    assert lines == tuple(word[at : at + count] for at in range(0, len(word), count))
    assert break_lines("ab", "mono", 0.1) == ("a", "b")


def test_words_fill_a_line_and_spaces_end_with_it() -> None:
    def broken(text: str, letters: float) -> tuple[str, ...]:
        return break_lines(text, "mono", LETTER * letters)

    assert broken("one two three", 7.5) == ("one two", "three")
    assert broken("one two three", 6.5) == ("one", "two", "three")
    assert broken("one  two", 3.5) == ("one", "two")
    assert broken("a bcdefgh i", 4.5) == ("a", "bcde", "fgh", "i")
    assert broken("one\n\ntwo", 9.5) == ("one", "", "two")
    assert broken("", 9.5) == ("",)
    assert break_lines("한국어", "mono", 1.5) == ("한", "국", "어")


def test_a_line_is_as_high_as_its_letters_and_others_follow_at_one_pitch() -> None:
    assert [height_of(count) for count in (1, 2, 4)] == pytest.approx([1.02, 2.24, 4.68])


@pytest.mark.parametrize("shape", [(40, 10), (10, 40), (1, 1)])
def test_paint_covers_what_the_mask_says_from_the_first_row_to_the_last(shape: tuple[int, int]) -> None:
    color, opacity = np.array([1.0, 0.5, 0.0]), 0.75
    before = np.random.default_rng(0).integers(0, 256, (shape[0] + 4, shape[1], 3), dtype=np.uint8)
    mask = np.random.default_rng(1).integers(1, 256, shape, dtype=np.uint8)
    out = before.copy()
    paint_mask(out, slice(3, 3 + shape[0]), mask, color, opacity)
    share = mask[..., None] / 255 * opacity
    expected = before[3:-1] * (1 - share) + 255 * color * share
    assert np.abs(out[3:-1] - expected).max() <= 0.51
    assert np.array_equal(out[:3], before[:3])
    assert np.array_equal(out[-1:], before[-1:])


def test_an_empty_mask_paints_nothing() -> None:
    out = np.full((4, 5, 3), 7, np.uint8)
    for mask in (np.zeros((4, 5), np.uint8), np.zeros((0, 5), np.uint8)):
        paint_mask(out, slice(0, len(mask)), mask, np.ones(3), 1.0)
    assert (out == 7).all()


@pytest.mark.parametrize("align", [0.0, 0.5, 1.0])
def test_a_block_is_drawn_at_its_side_and_within_its_rows(align: float) -> None:
    """Two lines of full blocks, each letter 0.6 ems wide; nothing of them lies more than an em away."""
    block = Block(("██", "████"), "mono", 20.0, 10.0, 30.0, 100.0, align)
    rows, mask = draw_block(block, 0.0, 200, 130)
    lines = np.zeros((200, 130), np.uint8)
    lines[rows] = mask
    for number, letters in enumerate((2, 4)):
        middle = round(30 + (number * 1.22 + 0.5) * 20)
        across = np.nonzero(lines[middle] > 127)[0]
        left = 10 + align * (100 - 12 * letters)
        assert (across[0], across[-1] + 1) == (
            pytest.approx(left, abs=1.5),
            pytest.approx(left + 12 * letters, abs=1.5),
        )
    assert rows.start <= 30
    assert 30 + height_of(2) * 20 <= rows.stop <= 30 + height_of(2) * 20 + 0.6 * 20 + 1


def test_a_memes_first_line_is_at_the_top_and_the_others_at_the_bottom_in_capitals() -> None:
    settings = {"font": "mono", "size": 20.0, "meme": True, "anchor": (0.0, 0.0), "aside": (0.0, 0.0)}
    top, bottom = caption_blocks("one\ntwo\nthree", 300, 200, **settings)  # type: ignore[arg-type]
    assert (top.lines, bottom.lines) == (("ONE",), ("TWO", "THREE"))
    assert (top.x, top.y) == pytest.approx((8, 8))
    assert bottom.y == pytest.approx(300 - 8 - height_of(2) * 20)
    assert top.width == bottom.width == pytest.approx(200 - 2 * 8)
    assert top.align == bottom.align == 0.5
