"""How light and colours are spread in the picture, before and after; and, for the curious, what the picture took."""

from __future__ import annotations

from typing import Any

from effects import Pipeline
from effects.group import steps_in
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.stage.stage import Shown
from pages.components.words import _, later, plural, translated

KEY = "histogram"

SAYS = {
    "title": later("Histogram"),
    "before": later("Before"),
    "after": later("After"),
    "ends": later("{of}: {white} % of the pixels are white, {black} % black"),
}
"""What the script says; the gaps of the last are filled as soon as the pixels are counted."""

_histogram = page_component(
    KEY,
    __file__,
    html="""
<div class="histogram">
  <button type="button" aria-expanded="false">
    <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M3 20V13h3v7zm5 0V8h3v12zm5 0V4h3v16zm5 0v-9h3v9z"/></svg>
  </button>
  <div class="plate" hidden>
    <figure><figcaption aria-hidden="true"></figcaption><canvas role="img" width="256" height="64"></canvas></figure>
    <figure><figcaption aria-hidden="true"></figcaption><canvas role="img" width="256" height="64"></canvas></figure>
    <p></p>
  </div>
</div>""",
)


def histogram(shown: Shown, pipeline: Pipeline, seconds: float, *, is_hidden: bool = False) -> None:
    """Lie over the picture, folded away until it is asked for; the browser counts the pixels that it shows.

    `pipeline` made the preview that is shown in so many seconds.
    """
    data: dict[str, Any] = {
        "picture": picture_url(shown.picture, KEY),
        "former": picture_url(shown.former, f"{KEY}-before") if shown.former else "",
        "says": translated(SAYS),
        "facts": facts(shown, pipeline, seconds),
        "hidden": is_hidden,
    }
    _histogram(key=KEY, data=data)


def facts(shown: Shown, pipeline: Pipeline, seconds: float) -> list[str]:
    """What there is to know of the picture and of how it was made, a sentence each."""
    passes = pipeline.plan.passes
    if not passes:
        return [_("{width} × {height} pixels, as they were.").format(width=shown.width, height=shown.height)]
    size = _("{width} × {height} pixels.").format(width=shown.width, height=shown.height)
    time = _("The preview took {milliseconds} ms.").format(milliseconds=round(1000 * seconds))
    titles = ["\u202f+\u202f".join(_(step.effect.title) for step in steps_in(one.steps)) for one in passes]
    count = plural("{count} pass over it: {passes}.", "{count} passes over it: {passes}.", len(passes))
    return [size, time, count.format(count=len(passes), passes="; ".join(titles))]
