"""The sentences of the pages in the language of whoever reads them: English, until a catalogue of another is there.

A sentence is written in English where it is said, as `_("...")`, with its gaps as `{names}` filled afterwards. What a
module holds before anybody reads it is marked by `later("...")` and said by `_` when it is.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import streamlit as st

DOMAIN = "emulsion"
CATALOGUES = Path(__file__).parents[1] / "locale"
"""`<language>/LC_MESSAGES/emulsion.mo` each."""


def _(sentence: str) -> str:
    """A sentence in the reader's language."""
    return catalogue(st.context.locale or "en").gettext(sentence)


def plural(one: str, many: str, count: int) -> str:
    """The sentence for so many, with its gaps still open."""
    return catalogue(st.context.locale or "en").ngettext(one, many, count)


def later(sentence: str) -> str:
    """A sentence that `_` will say: marked here to be found by whoever translates."""
    return sentence


def translated(sentences: Mapping[str, str]) -> dict[str, str]:
    """Sentences marked by `later`, under their names, in the reader's language: what a script is given."""
    return {name: _(sentence) for name, sentence in sentences.items()}


@lru_cache(maxsize=64)
def catalogue(locale: str) -> gettext.NullTranslations:
    """The sentences of a locale like "ko-KR"; English where it has none."""
    language, _dash, region = locale.partition("-")
    wanted = [f"{language}_{region}", language] if region else [language]
    return gettext.translation(DOMAIN, CATALOGUES, wanted, fallback=True)
