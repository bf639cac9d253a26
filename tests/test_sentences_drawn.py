"""Pages drawn in other words: what would still be English there is said by no catalogue."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages.components import words
from pages.components.photo.invitation import sample_thumbnails
from pages.components.picker.shelf import shelf
from tests.live_stub import no_camera
from tests.sentences import all_sentences
from tests.test_live import live
from tests.test_pages import PHOTO, bench_of, with_photo
from tests.test_sentences import compiled
from tests.unforeseen import unforeseen

TEXTS = {"label", "body", "help", "placeholder", "content", "options"}
"""Fields of Streamlit's elements that people read."""

KEYS = {
    "key", "id", "url", "name", "chips", "picture", "former", "card", "sheet", "press", "sign", "mime", "chosen",
    "shown", "differing", "load", "look", "recipe", "accept", "known", "photo",
    "value", "box", "spots", "around", "across", "angle", "shape", "session", "address", "status", "endings",
    "source", "program", "tables", "dials", "settings",
}  # fmt: skip
"""What scripts are given beside words: names, addresses, numbers."""

PROPER = re.compile(
    r"\{\w+(?::\d+)?\}|\bsmall(?:-\w+)*\.(?:png|jpg)\b|:material/\w+:|\b\d[\d.]* ?(?:px|kB|MB|s|ms|fps|EV)\b"
    r"|\b(?:small\.png|JPEG|PNG|WebP|AVIF|MP4|GIF|https|480p|720p)\b"
)
"""Names and units that are the same in all languages."""

WRAPPED = re.compile("⟦[^⟦⟧]*⟧")


@pytest.fixture
def other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A catalogue in which each sentence stands in brackets."""
    catalogue = {message.id: wrapped(message.id) for message in all_sentences() if message.id}
    monkeypatch.setattr(words, "CATALOGUES", compiled(tmp_path, "en", catalogue))


def wrapped(sentence: Any) -> Any:
    """A sentence in brackets, its gaps outside of them: what is put into one has to be in brackets of its own."""
    if not isinstance(sentence, str):
        return tuple(map(wrapped, sentence))
    return "⟦" + re.sub(r"\{[^{}]*\}", r"⟧\g<0>⟦", sentence) + "⟧"


def left_in_english(text: str) -> str:
    """What of a text stands in no brackets."""
    while (less := WRAPPED.sub("", text)) != text:
        text = less
    text = PROPER.sub("", text)
    return text if re.search("[A-Za-z]{2,}|[⟦⟧]", text) else ""


def strings(found: Any) -> Iterator[str]:
    """All texts in what a script is given, but for keys."""
    if isinstance(found, str):
        yield found
    elif isinstance(found, list):
        yield from (text for item in found for text in strings(item))
    elif isinstance(found, dict):
        yield from (text for key, item in found.items() if key not in KEYS for text in strings(item))


def elements(node: Any) -> Iterator[Any]:
    for child in getattr(node, "children", {}).values():
        yield child
        yield from elements(child)


def read_on(app: AppTest) -> Iterator[str]:
    """All that a page gives to be read: in Streamlit's elements, and to scripts of ours."""
    for node in elements(app.main):
        proto: Any = getattr(node, "proto", None)
        if hasattr(proto, "component_name"):
            yield from strings(json.loads(proto.json or "null"))
        elif hasattr(proto, "ListFields"):
            yield from shown_texts(proto)


def shown_texts(proto: Any) -> Iterator[str]:
    """What people read in an element, as Streamlit sends it."""
    for field, held in proto.ListFields():
        for item in [held] if isinstance(held, str) or not hasattr(held, "__len__") else held:
            if hasattr(item, "ListFields"):
                yield from shown_texts(item)
            elif field.name in TEXTS:
                yield str(item)


@pytest.mark.slow
@pytest.mark.usefixtures("other_words")
def test_snapshot_in_other_words_says_nothing_in_english() -> None:
    app = with_photo("swirl", "dither", "trails")
    bench = bench_of(app)
    bench.choose_look("noir")
    bench.note, bench.trouble = "", ""
    app.run()
    assert not unforeseen(app)
    read = [*read_on(app)]
    assert len(read) > 200
    assert not [text for text in read if left_in_english(text)]


@pytest.mark.slow
@pytest.mark.usefixtures("other_words")
def test_live_in_other_words_says_nothing_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    no_camera(monkeypatch)
    app = live()
    assert not unforeseen(app)
    read = [*read_on(app)]
    assert len(read) > 50
    assert not [text for text in read if left_in_english(text)]


@pytest.mark.slow
@pytest.mark.usefixtures("other_words")
def test_batch_in_other_words_says_nothing_in_english() -> None:
    app = with_photo("sepia").switch_page("../batch.py").run()
    roll = app.session_state["roll"]
    for number, data in enumerate((PHOTO, b"no photo"), 1):
        photo = roll.add(number, f"small-{number}.png", len(data))
        photo.source.write_bytes(data)
        photo.has_come = True
    app.run()
    app.button(key="batch_start").click().run()
    assert roll.development.wait(60)
    app.run()
    assert not unforeseen(app)
    read = [text for text in read_on(app) if text != roll.row[1].sentence]
    assert len(read) > 60
    assert not [text for text in read if left_in_english(text)]
    assert left_in_english(roll.report.replace(roll.row[1].sentence, "")) == ""


@pytest.mark.usefixtures("other_words")
def test_every_tile_in_other_words_says_nothing_in_english() -> None:
    sections = shelf(sample_thumbnails())
    said = [title for title, _tiles in sections]
    said += [text for _title, tiles in sections for tile in tiles for text in (tile.title, tile.summary)]
    assert len(said) > 200
    assert not [text for text in said if left_in_english(text)]
