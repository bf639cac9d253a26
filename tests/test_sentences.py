"""All that pages say can be translated: each sentence is marked, and a page in other words says nothing in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from streamlit.testing.v1 import AppTest

from pages.components import words
from pages.components.words import Notice, language_of, later, listed, plural
from pages.shell.front_page import front_page, wished_language
from tests.sentences import MARKS, mistakes

ROOT = Path(__file__).parent.parent

BORROWED = (
    *("pages/borrowed", "pages/shell/assets.py", "pages/components/page_script.py", "pages/components/settings.py"),
    *(f"pages/shell/{name}.py" for name in ("headers", "health", "metrics", "rolls", "uploads")),
)
"""What nobody reads but in a log, or whoever writes a script or runs the server."""

UNSAID = {
    "live video": "a thread's name",
    "User-Agent: Emulsion": "to a server",
    "Accept: image/*, */*;q=0.1": "to a server",
    "Accept-Encoding: identity": "to a server",
    "Connection: close": "to a server",
    " live seats of this server are taken": "to whoever catches it",
    "The tab that asked for this file was closed.": "so nobody is there to read it",
    "no widget for ": "to whoever declares a mark",
    "Accept-Encoding, Accept-Language": "a header",
    "Material Symbols Rounded": "a font",
    "Source Sans": "a font",
    "Source Serif": "a font",
    "font-display: block;": "a style",
    "#version 300 es\\nprecision highp float;\\nprecision highp int;\\n": "to a graphics card",
    " src: url(./static/": "a style",
    "Ctrl+Z": "a key",
    "Ctrl+Y": "a key",
    " · Emulsion": "our name",
    "a look has an identity of 16 hexadecimal digits": "a browser's look that is none, told as one that cannot be read",
    "a look has a name": "the same",
    "a look has a recipe of at most ": "the same",
    "a look has steps": "the same",
    "this is too large for a tile": "whoever makes tiles shows the photo instead",
    "the camera took too long": "a script's own error, which nobody reads",
    "Connection error": "what Streamlit says, to be found",
}
"""Words that are no sentence of a page, and what they are."""

SENTENCE = re.compile(r"[A-Za-z]{2,}[,;:.]? [A-Za-z(]{2,}")
SHOWN_WORD = re.compile(r"[A-Z][a-z]+|[a-z] [a-z]")
OF_SCRIPTS = re.compile(r"[A-Z][a-z]+ [a-z(]|[a-z]{2,}[,:;.]? [a-z]{2,} [a-z]{2,}|^.[A-Z][a-z]+ ?[a-z]*[.!?:…]")
OF_HTML = re.compile(r'>[^<>]*[A-Za-z]{2,}[^<>]*<|(?:aria-label|aria-description|title|placeholder|alt)="[^"]')


def called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else ""


def inside(nodes: Iterator[ast.AST] | list[ast.AST]) -> set[int]:
    return {id(part) for node in nodes for part in ast.walk(node)}


@cache
def page_modules() -> tuple[tuple[str, ast.Module], ...]:
    names = ((path, path.relative_to(ROOT).as_posix()) for path in sorted((ROOT / "pages").rglob("*.py")))
    return tuple(
        (name, ast.parse(path.read_text(encoding="utf-8"))) for path, name in names if not name.startswith(BORROWED)
    )


def texts(tree: ast.AST) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node


def is_log(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and ast.unparse(node.func).startswith("log.")


def test_every_sentence_of_a_page_is_marked() -> None:
    """By shape wherever it stands, and every word of what is given to Streamlit; docstrings and logs are no page's."""
    found = []
    for name, tree in page_modules():
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
        unsaid = inside([node for node in calls if called(node) in MARKS or is_log(node)])
        unsaid |= inside([node for node in ast.walk(tree) if isinstance(node, ast.Expr) and is_text(node.value)])
        shown = inside([node for node in calls if ast.unparse(node.func).startswith("st.")])
        for text in texts(tree):
            word = str(text.value)
            is_html = word.lstrip().startswith("<") or "{ " in word
            is_said = SENTENCE.search(word) or (id(text) in shown and SHOWN_WORD.search(word))
            if is_said and not is_html and id(text) not in unsaid and word not in UNSAID:
                found.append(f"{name}:{text.lineno} {word!r}")
    assert not found


def is_text(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def test_what_is_marked_stands_there_in_one_piece() -> None:
    """Else whoever gathers the sentences would not find it."""
    found = [
        f"{name}:{node.lineno}"
        for name, tree in page_modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in ("later", "plural") and name != "pages/components/words.py"
        if not all(map(is_text, node.args[: len(MARKS[called(node)] or (1,))]))
    ]
    assert not found


def test_no_script_and_no_piece_of_html_says_anything_by_itself() -> None:
    found = []
    for path in sorted((ROOT / "pages").rglob("*.js")):
        code = re.sub(r"(?m)//.*$", "", path.read_text(encoding="utf-8"))
        said = [text for text in re.findall(r'"(?:[^"\\\n]|\\.)*"|`[^`]*`', code) if OF_SCRIPTS.search(text)]
        found += [f"{path.name}: {text}" for text in said if text[1:-1] not in UNSAID]
    for name, tree in page_modules():
        html = [str(text.value) for text in texts(tree) if str(text.value).lstrip().startswith("<")]
        found += [f"{name}: {said}" for piece in html for said in OF_HTML.findall(piece) if "Emulsion" not in said]
    assert not found


# A catalogue


def compiled(folder: Path, language: str, sentences: Mapping[Any, Any]) -> Path:
    """A folder of catalogues with one of these translations."""
    catalogue = Catalog(locale="en")
    for sentence, said in sentences.items():
        catalogue.add(sentence, said)
    place = folder / language / "LC_MESSAGES"
    place.mkdir(parents=True)
    with (place / "emulsion.mo").open("wb") as file:
        write_mo(file, catalogue)
    return folder


@pytest.fixture
def some(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Catalogues of three languages."""
    for language in ("ko", "pt_BR", "zh_Hant"):
        compiled(tmp_path, language, {"Save": f"Save in {language}", "Opening …": f"<{language}>"})
    monkeypatch.setattr(words, "CATALOGUES", tmp_path)
    monkeypatch.setattr("pages.shell.front_page.CATALOGUES", tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("ko", "ko"), ("ko-KR", "ko"), ("KO_kr", "ko"), ("pt-BR", "pt-br"), ("pt-PT", ""), ("pt", ""), ("", ""),
        ("zh-Hant-TW", "zh-hant"), ("zh-Hans", ""), ("../../etc", ""), ("ko/../ko", ""), ("ko\0", ""),
        ("k" * 10**6, ""),
    ],
)  # fmt: skip
@pytest.mark.usefixtures("some")
def test_a_reader_has_the_nearest_language_there_is_and_english_where_there_is_none(locale: str, language: str) -> None:
    assert language_of(locale) == language


@pytest.mark.usefixtures("some")
def test_the_first_words_come_in_the_language_that_a_browser_asks_for_first() -> None:
    assert wished_language("de, ko;q=0.8, en;q=0.5") == "ko"
    assert wished_language("en-GB, ko;q=0.8") == ""
    assert wished_language("*;q=0.1, ,;") == ""
    page = front_page("ko").read().decode()
    assert '<html lang="ko"' in page
    assert "&lt;ko&gt;" in page


def test_where_there_is_no_catalogue_english_is_said() -> None:
    assert str(Notice(later("{count} of it"), {"count": "2"})) == "2 of it"
    assert [plural("{count} point", "{count} points", count) for count in (1, 2)] == ["{count} point", "{count} points"]
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A and B", "A, B and C"]


def test_a_translation_with_other_gaps_is_told() -> None:
    catalogue = Catalog(locale="ko")
    catalogue.add("Add {title}", "{title} +")
    catalogue.add(("{count} point", "{count} points"), ("{count}",))
    assert not mistakes(catalogue)
    catalogue.add("Move {title} up", "{titel} ^")
    assert mistakes(catalogue) == ["'{titel} ^' has not the gaps of 'Move {title} up'"]


DRAWN_TWICE = """
import streamlit as st
from pages.components import session
if not session.hold("times", list):
    session.hold("times", list).append(1)
    session.draw_anew()
else:
    st.write(st.context.locale)
"""


def test_a_page_that_draws_itself_anew_speaks_the_same_language() -> None:
    app = AppTest.from_string(DRAWN_TWICE)
    app.context = {"locale": "ko-KR"}
    assert app.run().markdown[0].value == "ko-KR"
