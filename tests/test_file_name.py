"""What a downloaded file is called: any script's letters whole, and a name that every system can keep."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as some

from pages.components.save.file_name import MAX_BYTES, file_name

UNSEEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c\ufeff\u00ad\u200b"
FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f467"


@pytest.mark.parametrize(
    ("original", "name"),
    [
        ("holiday.jpg", "holiday"),
        ("my.photo.final.JPG", "my-photo-final"),
        ("archive.tar.gz", "archive-tar"),
        ("2026.11.27", "2026-11-27"),
        ("no ending", "no-ending"),
        ("under_scored (1).png", "under_scored-1"),
        (".jpg", "photo"),
        (".hidden", "hidden"),
        ("", "photo"),
        (" . .", "photo"),
        ("../../etc/passwd", "passwd"),
        ("C:\\pictures\\lake.png", "lake"),
        ("trailing dots and spaces.. .jpg ", "trailing-dots-and-spaces"),
        ("line\nbreak\tand\0zero.jpg", "line-break-and-zero"),
        ('what? "this": <that>|*.png', "what-this-that"),
        ("half\ud800.jpg", "half"),
    ],
)
def test_the_name_of_the_photo_stays_without_its_ending(original: str, name: str) -> None:
    assert file_name(original, "noir", "jpg") == f"{name}-noir.jpg"
    assert file_name(original, "", "jpg") == f"{name}.jpg"


@pytest.mark.parametrize(
    "word",
    [
        "\u0939\u093f\u0928\u094d\u0926\u0940",  # Hindi, with vowel signs and a virama
        "\u0ba4\u0bae\u0bbf\u0bb4\u0bcd",  # Tamil
        "\u0e20\u0e32\u0e29\u0e32\u0e44\u0e17\u0e22\u0e19\u0e49\u0e33",  # Thai, with a tone mark and sara am
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian, spelt with a zero-width non-joiner
        "\u0dc1\u0dca\u200d\u0dbb\u0dd3",  # Sinhala, spelt with a zero-width joiner
        "\u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd",  # Hebrew with points
        "\u06a9\u062a\u0627\u0628",  # right to left
        "\u845b\U000e0100\u57ce",  # a character in a chosen form
        "\u590f\u4f11\u307f",
        "\ud55c\uad6d\uc5b4",
        "\u039a\u03ad\u03c1\u03ba\u03c5\u03c1\u03b1",
        "\u0417\u0438\u043c\u0430",
        "1\ufe0f\u20e3",
    ],
)
def test_letters_of_every_script_stay_with_their_marks(word: str) -> None:
    assert unicodedata.is_normalized("NFC", word) or word.startswith("\u05e9")
    assert file_name(f"{word}.jpg", "", "jpg") == unicodedata.normalize("NFC", word) + ".jpg"


def test_letters_and_accents_that_come_apart_are_put_together() -> None:
    assert file_name("Cafe\u0301 Zu\u0308rich.png", "emulsion", "png") == "Caf\u00e9-Z\u00fcrich-emulsion.png"
    jamo = unicodedata.normalize("NFD", "\ud55c\uad6d")
    assert len(jamo) == 6
    assert file_name(jamo, "", "jpg") == "\ud55c\uad6d.jpg"


@pytest.mark.parametrize(
    "emoji",
    [
        FAMILY,
        "\u2602\ufe0f",
        "\U0001f44d\U0001f3fd",
        "\U0001f1e9\U0001f1ea",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    ],
)
def test_emoji_are_left_out_whole(emoji: str) -> None:
    assert file_name(f"sun {emoji} sea.jpg", "", "jpg") == "sun-sea.jpg"
    assert file_name(f"{emoji}sea{emoji}.jpg", "", "jpg") == "sea.jpg"
    assert file_name(emoji, "", "jpg") == "photo.jpg"


@pytest.mark.parametrize("unseen", UNSEEN)
def test_no_name_holds_what_turns_it_round_or_cannot_be_seen(unseen: str) -> None:
    assert file_name(f"annual{unseen}gpj.exe", "", "jpg") == "annualgpj.jpg"


def test_a_name_of_nothing_to_see_is_none() -> None:
    for blank in ("\u3164", "\u115f\u1160", "\u2800", "\u00a0", "\u0301", "\u200d"):
        assert file_name(f"{blank}.jpg", "", "jpg") == "photo.jpg"


@pytest.mark.parametrize("device", ["CON", "nul", "Aux", "PRN", "com1", "LPT9", "COM\u00b9"])
def test_no_name_is_that_of_a_device_of_windows(device: str) -> None:
    assert file_name(f"{device}.jpg", "", "jpg") == f"{device}-photo.jpg"
    assert file_name(f"{device}.jpg", "noir", "jpg") == f"{device}-noir.jpg"
    assert file_name(f"{device}s.jpg", "", "jpg") == f"{device}s.jpg"


@pytest.mark.parametrize(
    "letter",
    [
        "a",
        "\u00e9",
        "\u590f",
        "\u0915\u094d\u0937",
        "\u0e19\u0e49\u0e33",
        "e\u0323\u0301",
        "\u0939\u093f",
        "\uff76\uff9e",
    ],
)
def test_a_long_name_is_cut_between_letters(letter: str) -> None:
    whole = unicodedata.normalize("NFC", letter)
    name = file_name(letter * 300, "noir", "jpeg")
    stem = name.removesuffix("-noir.jpeg")
    assert stem == whole * (len(stem) // len(whole))
    assert MAX_BYTES - len(whole.encode()) < len(name.encode()) <= MAX_BYTES


@given(some.text(max_size=300), some.sampled_from(["", "emulsion", "1977"]), some.sampled_from(["jpg", "png", "webp"]))
def test_every_name_can_be_kept(original: str, made: str, ending: str) -> None:
    name = file_name(original, made, ending)
    assert len(name.encode()) <= MAX_BYTES
    assert name.endswith(f"-{made}.{ending}" if made else f".{ending}")
    assert name.count(".") == 1
    assert not name.startswith(("-", "."))
    kinds = {unicodedata.category(char) for char in name if char not in "-_.\u200c\u200d"}
    assert {kind[0] for kind in kinds} <= set("LMN")
    assert unicodedata.category(name[0])[0] in "LN" or name[0] == "_"
    assert unicodedata.is_normalized("NFC", name) or "\u200c" in original
