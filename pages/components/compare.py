"""Before and after in one frame, with a bar between them to drag."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from pages.components.picture_url import picture_url

_HERE = Path(__file__)
_frame = st.components.v2.component(
    "compare",
    html="""
<figure hidden>
  <img class="after" alt="">
  <img class="before" alt="">
  <span class="word left" aria-hidden="true">Before</span>
  <span class="word right" aria-hidden="true">After</span>
  <span class="bar" aria-hidden="true"></span>
  <input type="range" min="0" max="100" step="0.1" value="50"
         aria-label="Before and after: how much of the photo before">
</figure>""",
    css=_HERE.with_suffix(".css").read_text(encoding="utf-8"),
    js=_HERE.with_suffix(".js").read_text(encoding="utf-8"),
)


def compare(before: bytes, after: bytes, aspect: float) -> None:
    """Lay two encoded JPEGs, and a bar between them, over the picture that is shown; mouse, finger and keys move it.

    `aspect` is width by height of the one after. The picture below keeps its place, so that nothing on the page moves
    when the two come and go, and its words for those who do not see it.
    """
    pictures = {"before": picture_url(before, "compare-before"), "after": picture_url(after, "compare-after")}
    _frame(key="compare", data={**pictures, "aspect": aspect})
