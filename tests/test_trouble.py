"""What a stranger wrote, quoted by the page: nothing in it means anything to Streamlit."""

from __future__ import annotations

import re

import pytest

from pages.components.photo.intake import MAX_NAMED, told_names
from pages.components.trouble import MAX_NAME_LETTERS, escape, literal

ADDRESSES = ["https://e.org", "http://e.org/a", "www.e.org", "WWW.e.org", "me@e.org", ":material/home:"]
BECOMES = re.compile(
    r"https?://|www\.|\w@\w|:\w+/\w+:", re.IGNORECASE
)  # an address or an icon, as Streamlit finds them


@pytest.mark.parametrize("text", ADDRESSES)
def test_no_address_is_a_link_and_no_word_an_icon(text: str) -> None:
    assert BECOMES.search(text)
    for quoted in (literal(text), escape(text)):
        assert not BECOMES.search(re.sub(r"\\(?=\W)", "", quoted))


@pytest.mark.parametrize("text", ["Slide, cool", "X-Pro II", "1977", "Lo-fi", "Été & Co. 2", "\N{HIRAGANA LETTER A}"])
def test_an_ordinary_title_stays_as_it_is(text: str) -> None:
    assert literal(text) == text


def test_what_is_read_is_what_was_written() -> None:
    text = "**a** _b_ `c` $d$ [e](f) <g> #h ~i~ | !j {k} \\l"
    assert re.sub(r"\\(.)", r"\1", literal(text)) == text
    assert all(sign in "\\" or f"\\{sign}" in literal(text) for sign in "*_`$[]()<>#~|!{}")


def test_of_very_many_files_left_out_no_more_names_are_kept_than_are_shown() -> None:
    told = told_names(["n" * 1000, 7, *map(str, range(1000))])
    assert told == ("n" * MAX_NAME_LETTERS, "7", "0", "1", "2", "3")  # one more than are named: there are others
    assert len(told) == MAX_NAMED + 1
    assert told_names({"left": 1}) == ()
