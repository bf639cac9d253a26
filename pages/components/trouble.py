"""A sentence about what could not be done."""

from __future__ import annotations

import re

import streamlit as st

MAX_NAME_LETTERS = 60  # characters


def trouble(sentence: str) -> None:
    """Tell it, if there is one. It may quote what a stranger sent, so nothing in it becomes a link or a picture."""
    if sentence:
        st.error(escape(sentence))


def escape(text: str) -> str:
    """A text that Streamlit shows as it is, without links and pictures in it."""
    return parted(text).replace("](", "]\\(")


def of_file(name: str, why: object) -> str:
    """What is wrong with a file, with its name: an uploader refuses some files by itself while another is told of."""
    return f"{name[:MAX_NAME_LETTERS]}: {why}"


def literal(text: str) -> str:
    """A stranger's words, of a title say, as they stand in a label: no sign among them means anything to Streamlit."""
    return re.sub(r"[\\`*_{}\[\]()#~:$<>|!]", r"\\\g<0>", parted(text))


def parted(text: str) -> str:
    """The text with something unseen in all that would become an address or an icon, escaped or not."""
    return re.sub(r"(?<=:)(?=\S)|(?<=www)(?=\.)|(?<=@)", "\N{WORD JOINER}", text, flags=re.IGNORECASE)
