"""The sentences of the pages in the language of whoever reads them: English, until a catalogue of another is there.

A sentence is written in English where it is said, as `_("...")`, with its gaps as `{names}` that are filled afterwards.
What a module holds before anybody reads it is marked by `later("...")`, and `_` says it when it is shown; what is
noticed where nobody reads, as in a thread of the video's, is a `Notice`. Outside a run there is no reader: all is
English there.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import MappingProxyType

import streamlit as st

DOMAIN = "emulsion"
CATALOGUES = Path(__file__).parents[1] / "locale"
"""`<language>/LC_MESSAGES/emulsion.mo` each."""

MAX_TAG = 35
"""Letters of a language's tag (RFC 5646, 4.4.1); what a browser says beyond them is not looked at."""

ENGLISH = gettext.NullTranslations()


def _(sentence: str) -> str:
    """A sentence in the reader's language; one that no catalogue has, as a stranger's title, as it is."""
    return _spoken().gettext(sentence) if sentence else ""  # to nothing, gettext says what a catalogue says of itself


def plural(one: str, many: str, count: int) -> str:
    """The sentence for so many, with its gaps still open."""
    return _spoken().ngettext(one, many, count)


def later(sentence: str) -> str:
    """A sentence that `_` will say: marked here to be found by whoever translates."""
    return sentence


def translated(sentences: Mapping[str, str]) -> dict[str, str]:
    """Sentences marked by `later`, under their names, in the reader's language: what a script is given."""
    return {name: _(sentence) for name, sentence in sentences.items()}


def listed(names: Sequence[str]) -> str:
    """Names one after another, the last of several with an "and"."""
    if len(names) < 2:
        return "".join(names)
    return _("{first} and {last}").format(first=", ".join(names[:-1]), last=names[-1])


def readable_bytes(size: float) -> str:
    """Bytes as one reads them."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"


@dataclass(frozen=True)
class Notice:
    """A sentence marked by `later` and what belongs in its gaps: noticed now, and said when somebody reads it."""

    sentence: str = ""
    gaps: Mapping[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.sentence)

    def __str__(self) -> str:
        return _(self.sentence).format(**self.gaps)


def language() -> str:
    """The language in which this run's reader is spoken to; "" for English. For what is kept of sentences."""
    return language_of(st.context.locale or "en") if catalogues(CATALOGUES) else ""


def language_of(locale: str) -> str:
    """The language of a catalogue that suits a locale like "ko-KR", the nearest to it; "" where there is none.

    Any browser may say anything: it is looked up among the catalogues that are there, and no file is named after it.
    """
    parts = locale[:MAX_TAG].lower().replace("_", "-").split("-")
    tags = ["-".join(parts[:count]) for count in range(len(parts), 0, -1)]
    return next((tag for tag in tags if tag in catalogues(CATALOGUES)), "")


@cache
def catalogues(folder: Path) -> Mapping[str, gettext.NullTranslations]:
    """All catalogues of a folder by their languages, in small letters and with dashes: pt-br."""
    files = folder.glob(f"*/LC_MESSAGES/{DOMAIN}.mo")
    names = sorted(file.parents[1].name for file in files)
    return MappingProxyType(
        {name.lower().replace("_", "-"): gettext.translation(DOMAIN, folder, [name]) for name in names}
    )


def _spoken() -> gettext.NullTranslations:
    return catalogues(CATALOGUES).get(language(), ENGLISH)
