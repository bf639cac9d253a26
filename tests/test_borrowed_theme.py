"""The theme that goes along with each run's beginning is worked out once, and is what Streamlit makes of it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from effects.borrowed import private
from pages.borrowed import streamlit as borrowed
from tests.upgrades import forget, losses, take_away

SECTIONS = {"theme": (), "theme.light": ("light",), "theme.dark": ("dark",), "theme.sidebar": ("sidebar",),
            "theme.dark.sidebar": ("dark", "sidebar")}  # fmt: skip


@pytest.fixture(autouse=True)
def streamlit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(app_session, borrowed.THEME, private(borrowed.SESSION, borrowed.THEME))
    before = config.get_option("theme.primaryColor")
    yield
    config.set_option("theme.primaryColor", before)


def worked_out() -> CustomThemeConfig:
    """What Streamlit tells a browser of the theme, in the parts and in the order in which it does."""
    whole = CustomThemeConfig()
    for section, path in SECTIONS.items():
        part = whole
        for name in path:
            part = getattr(part, name)
        app_session._populate_theme_msg(part, section)
    return whole


def test_the_theme_is_what_streamlit_makes_of_it_the_first_time_and_the_next() -> None:
    config.set_option("theme.primaryColor", "#123456")
    wanted = worked_out()
    assert wanted.primary_color == "#123456"
    assert wanted.dark.background_color, "the page has two themes"
    assert borrowed.remember_theme(), "pages/borrowed/streamlit.py: this Streamlit makes its theme elsewhere"
    assert [worked_out() == wanted for _ in range(2)] == [True, True]


def test_it_is_worked_out_once_and_again_where_the_settings_are_read_anew() -> None:
    assert borrowed.remember_theme()
    worked_out()
    config.set_option("theme.primaryColor", "#654321")
    assert worked_out().primary_color != "#654321", "it is not looked for in each run"
    config._on_config_parsed.send()
    assert worked_out().primary_color == "#654321"


def test_without_that_function_each_run_works_it_out(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forget()
    take_away(monkeypatch, borrowed, borrowed.THEME)
    assert not borrowed.remember_theme()
    (loss,) = losses(caplog)
    assert "theme" in loss
    config.set_option("theme.primaryColor", "#abcdef")
    assert worked_out().primary_color == "#abcdef"
