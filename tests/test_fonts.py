"""Letters of other scripts: set right, or told by their codes."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import features

from effects.kernels import fonts
from effects.kernels.fonts import FALLBACKS, face, face_runs, has, width_of

CLUSTER = "\u0915\u094d\u0937"
"""Three characters of Devanagari that are written as one letter."""


@pytest.fixture
def without_shaping(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(features, "check", lambda feature: False)
    monkeypatch.setattr(fonts, "has", has.__wrapped__)


@pytest.mark.skipif(not features.check("raqm"), reason="this build of Pillow sets letters side by side only")
@pytest.mark.parametrize("font", FALLBACKS)
def test_devanagari_is_joined_and_ordered(font: str) -> None:
    """The vowel sign i comes after its consonant and is drawn before it: with the sign's stem first."""
    assert face_runs(CLUSTER, font) == [("devanagari", CLUSTER)]
    assert width_of(CLUSTER, font) < 0.8 * sum(width_of(letter, font) for letter in CLUSTER)
    syllable, consonant = (np.array(face("devanagari", 100).getmask(text)).sum() for text in ("\u0928\u093f", "\u0928"))
    assert syllable > consonant


@pytest.mark.usefixtures("without_shaping")
def test_devanagari_is_told_by_its_codes_where_it_cannot_be_joined() -> None:
    assert face_runs("\u0928 a", "sans") == [("sans", "[U+0928] a")]


@pytest.mark.parametrize("text", ["\u0645", "\u05e9", "\u0e2a", "\ufdfa", "\U00013000"])
@pytest.mark.parametrize("font", FALLBACKS)
def test_a_letter_that_no_face_has_is_told_by_its_code(text: str, font: str) -> None:
    assert face_runs(text, font) == [(font, f"[U+{ord(text):04X}]")]


@pytest.mark.parametrize("text", ["\ud55c\uae00", "\U0001f600", "\u1ebf\u1ec7", "\u03a9", "\u0416", "\u3042", "\u597d"])
@pytest.mark.parametrize("font", FALLBACKS)
def test_what_a_face_has_is_drawn(text: str, font: str) -> None:
    (_, piece), *others = face_runs(text, font)
    assert piece == text
    assert not others
