"""From what an effect's parameter says of itself to the widget one sets it with."""

from __future__ import annotations

import math
import re
import secrets
from collections.abc import Callable
from functools import singledispatch
from typing import Any

import numpy as np
import streamlit as st

from effects import workers
from effects.codec.limits import MAX_MEGABYTES
from effects.marks import Choice, Kept, Named, Picture, Range, Seed, Swatch, Table, Text, Toggle
from effects.tables.files import PICTURES, TEXTS, read_text
from pages.components import session
from pages.components.trouble import literal
from pages.components.words import _, plural

Changed = Callable[[], None]
Put = Callable[[Any], None]

TABLE_FILES = [*TEXTS, *PICTURES]
WORDS = {
    "rgb": "RGB",
    "cga": "CGA",
    "color": "colour",
    "colors": "colours",
    "gray": "grey",
    "center": "centre",
    "steinberg": "Steinberg",
}
STOPS = 60  # on a slider whose scale is logarithmic
MAX_SHARE = 4  # times the whole: what can be more is no share of it, as a gamma
MIN_SHARE_STOP = 0.0001  # what can be read: a percent has two decimals
LEVEL_STOP = 0.1  # degrees, by which a horizon that is not level is seen
FORMATS = {"deg": "%g°", "EV": "%+.2f EV", "s": "%.2f s", "K": "%d K"}
TYPING = "300ms"  # after the last letter, a text counts


def setting(mark: Any, name: str, key: str, value: Any, changed: Changed, *, put: Put, is_named: bool = True) -> None:
    """Show the widget for a parameter, holding `value`; `changed` is called when a person sets it.

    What a person has chosen for them is given to `put`: the number that a dice throws. Where there is no room for the
    parameter's name (`is_named`), only those who listen are told it.
    """
    common = {"key": key, "on_change": changed, "help": _(help_words(mark)) or None}
    if not is_named:
        common |= {"label_visibility": "collapsed", "help": None}
    # Each is given its value as its default, too: what is written into the session's state goes to the browser once,
    # and one that has not drawn it when the next run comes would begin at the widget's own least value.
    if isinstance(mark, Named):  # an uploader holds what was uploaded, and cannot be shown anything else
        widget(mark, label(name), value, common)
    elif isinstance(mark, Seed):
        with st.container(key=f"{key}-line", horizontal=True, vertical_alignment="center", gap="xxsmall"):
            with session.showing(key, value):
                widget(mark, label(name), value, common)
            st.button(
                _("Throw another {name}").format(name=label(name).lower()),
                key=f"{key}-throw",
                icon=":material/casino:",
                type="tertiary",
                on_click=lambda: put(other_seed(value)),
            )
    else:
        with session.showing(key, value):
            widget(mark, label(name), value, common)


def other_seed(seed: int) -> int:
    """A number that chance throws, any but this one."""
    return (seed + 1 + secrets.randbelow(Seed.high)) % (Seed.high + 1)


def label(name: str) -> str:
    """A parameter's or an option's name as one reads it, in the reader's language."""
    return _(readable_name(name))


def readable_name(name: str) -> str:
    """The same in English: the catalogue writes it as programs do, and colour as color.

    Digits alone are degrees, and two numbers with an x between them so many by so many.
    """
    if name.isdecimal():
        return f"{name}°"
    if pair := re.fullmatch(r"(\d+)x(\d+)", name):
        return f"{pair[1]} × {pair[2]}"
    words = re.split(r"[_-]|(?<=[a-z])(?=\d)", name)
    text = " ".join(WORDS.get(word, word) for word in words)
    return text[:1].upper() + text[1:]


def help_words(mark: Any) -> str:
    """What helps to set a parameter, in English; an option that it begins with is called as it is in the list."""
    first = re.match(r"\w+", mark.help)
    if isinstance(mark, Choice) and first and first[0] in mark.options:
        return readable_name(first[0]) + mark.help[first.end() :]
    return str(mark.help)


@singledispatch
def widget(mark: Any, label: str, value: Any, common: dict[str, Any]) -> None:
    """Draw the widget of a mark, each kind of mark has its own; `common` is what Streamlit is told of all alike."""
    raise TypeError(f"no widget for {type(mark).__name__}")


@widget.register
def _slider(mark: Range, label: str, value: Any, common: dict[str, Any]) -> None:
    if is_typed(mark):
        st.number_input(label, int(mark.low), int(mark.high), int(value), step=1, **common)
        return
    if has_stops(mark):
        stops = slider_stops(mark, value)
        st.select_slider(label, stops, value, format_func=lambda stop: readable_value(stop, mark), **common)
        return
    if mark.integer:
        st.slider(label, int(mark.low), int(mark.high), int(value), step=1, **common)
        return
    step = max(round_stop((mark.high - mark.low) / 100), MIN_SHARE_STOP if is_share(mark) else 0.0)
    step = LEVEL_STOP if mark.lies == "turned" else step
    st.slider(
        label,
        float(mark.low),
        float(mark.high),
        float(value),
        step=step,
        format="percent" if is_share(mark) else FORMATS.get(mark.unit, "%.2f"),
        **common,
    )


@widget.register
def _choice(mark: Choice, name: str, value: Any, common: dict[str, Any]) -> None:
    options = list(mark.options)
    st.selectbox(name, options, options.index(value), label, **common)


@widget.register
def _toggle(mark: Toggle, label: str, value: Any, common: dict[str, Any]) -> None:
    st.toggle(label, value, **common)


@widget.register
def _swatch(mark: Swatch, label: str, value: Any, common: dict[str, Any]) -> None:
    st.color_picker(label, value, **common)


@widget.register
def _seed(mark: Seed, label: str, value: Any, common: dict[str, Any]) -> None:
    common = {**common, "help": _("Another number, another chance.")}
    st.number_input(label, mark.low, mark.high, value, step=1, **common)


@widget.register
def _text(mark: Text, label: str, value: Any, common: dict[str, Any]) -> None:
    if "\n" in value:  # a field of one line would run its lines together
        st.text_area(label, value, height="content", max_chars=mark.max_length, **common)
    else:
        st.text_input(label, value, max_chars=mark.max_length, live=TYPING, **common)


@widget.register
def _table(mark: Table, label: str, value: Any, common: dict[str, Any]) -> None:
    st.file_uploader(label, TABLE_FILES, **common)
    if value != mark.neutral:
        points = (
            plural("{title}: {count} point", "{title}: {count} points", value.size)
            if value.is_curves
            else plural("{title}: {count} point a side", "{title}: {count} points a side", value.size)
        )
        st.caption(points.format(title=literal(value.title), count=value.size))


@widget.register
def _picture(_mark: Picture, label: str, value: Any, common: dict[str, Any]) -> None:
    # Its kind is found by content, so any name may come.
    st.file_uploader(label, max_upload_size=MAX_MEGABYTES, **common)
    if value:
        size = _("{title}: {width} × {height}")
        st.caption(size.format(title=literal(value.title), width=value.width, height=value.height))


def widget_param(mark: Any, content: Any) -> Any:
    """What a widget holds as the parameter's value; ValueError, one sentence, for a file that holds none."""
    return read_upload(mark, content.name, content.getvalue()) if isinstance(mark, Named) else content


def read_upload(mark: Named, name: str, data: bytes) -> Kept:
    """The colour table or the picture in an uploaded file; pictures are decoded in a worker."""
    title = name.rpartition(".")[0]
    if isinstance(mark, Picture):
        return workers.open_backdrop(data, title)
    return read_text(data, name) or workers.open_hald(data, title)


def slider_stops(mark: Range, value: float) -> list[float]:
    """All the stops of a slider that holds this value, wherever that came from."""
    return sorted({*log_stops(mark), value})


def has_stops(mark: Range) -> bool:
    """Whether its widget is a slider that tells which of its stops it is at, and no number."""
    return mark.scale == "log" and not is_typed(mark)


def is_typed(mark: Range) -> bool:
    """Whether it is typed: no slider has a stop for each of so many numbers, and who wants 1080 pixels wants those."""
    return mark.scale == "log" and mark.integer and mark.high - mark.low > STOPS


def log_stops(mark: Range) -> list[float]:
    """Stops that lie evenly on a logarithmic scale, both ends among them; of whole numbers, every one."""
    if mark.integer:
        return list(range(int(mark.low), int(mark.high) + 1))
    inner = [float(f"{stop:.2g}") for stop in np.geomspace(mark.low, mark.high, STOPS)[1:-1]]
    return [mark.low, *(stop for stop in inner if mark.low < stop < mark.high), mark.high]


def round_stop(step: float) -> float:
    """The largest of 1, 2, 5 times a power of ten that is not above `step`."""
    power = 10.0 ** math.floor(math.log10(step))
    return max(times * power for times in (1, 2, 5) if times * power <= step * 1.0001)


def is_share(mark: Range) -> bool:
    """Whether a number is read in percent: a length or a place in the picture, an amount, and any other share."""
    return mark.unit in ("side", "fraction") or (not mark.unit and not mark.integer and mark.high <= MAX_SHARE)


def readable_value(value: float, mark: Range) -> str:
    """A value as one reads it beside the slider."""
    if is_share(mark):
        return f"{value * 100:.3g}%"
    return f"{value:g}"
