"""Words that travel packed are the same words, in far fewer bytes."""

from __future__ import annotations

import json
import zlib

from pages.components.packed import packed
from pages.components.picker.picker import packed_tiles, tile_words


def test_packed_words_are_read_back_by_what_every_browser_has() -> None:
    words = [{"title": "Noir", "summary": "Grey, “hard” & 70 %…"}, []]
    assert json.loads(zlib.decompress(packed(words))) == words


def test_the_words_of_all_tiles_are_packed_to_less_than_half() -> None:
    assert len(packed_tiles("")) < len(json.dumps([*tile_words("").values()])) / 2
