"""Settings: each has a default that is allowed, is read from the environment, and refused in a sentence."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import fields
from typing import cast

import pytest

from effects.settings import LibrarySettings, allowed, parse_settings, setting_name, settings_table
from pages.components.live.ice import PROVIDERS
from pages.components.settings import RELAY, AppSettings
from tests.test_architecture import ROOT

GROUPS: tuple[type, ...] = (LibrarySettings, AppSettings)
ALL = [each for group in GROUPS for each in fields(group)]


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_not_set_is_the_default_and_an_empty_text_counts_as_none(group: type) -> None:
    assert parse_settings(group, {}) == (group(), [])
    assert parse_settings(group, {setting_name(each): " " for each in fields(group)}) == (group(), [])


@pytest.mark.parametrize("name", [setting_name(each) for each in ALL])
def test_each_takes_its_default_and_its_bounds_and_refuses_in_a_sentence_what_is_beyond(name: str) -> None:
    (each,) = [each for each in ALL if setting_name(each) == name]
    rule, default = allowed(each), cast("int | str | None", each.default)
    assert default is not None or rule.usual
    if rule.is_number:
        assert default is None or (isinstance(default, int) and rule.least <= default <= rule.most)
        good, bad = [str(rule.least), str(rule.most)], [str(rule.least - 1), str(rule.most + 1), "1.5", "many", "１０"]
    else:
        good, bad = [*rule.words, *([rule.example] if rule.example else [])], ["nothing like it", "<script>"]
    (group,) = [group for group in GROUPS if each in fields(group)]
    settings: object
    for words in good:
        settings, wrong = parse_settings(group, {name: words})
        assert not wrong
        assert str(getattr(settings, each.name)) == words
    for words in bad:
        settings, (error,) = parse_settings(group, {name: words})
        assert settings == group()
        assert str(error).startswith(f"{name} is {words!r}; it has to be ")
        assert str(error).endswith(".")


def test_several_sites_may_frame_the_app() -> None:
    both = "https://huggingface.co https://*.example.org:8080"
    assert parse_settings(AppSettings, {"EMULSION_FRAMED_BY": both}) == (AppSettings(framed_by=both), [])
    for words in ("https://a.b; script-src *", "https://例え.jp"):  # a header has no such letters
        assert parse_settings(AppSettings, {"EMULSION_FRAMED_BY": words})[1]


def test_whatever_is_read_from_the_environment_stands_in_the_page_of_settings() -> None:
    page = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    sources = [path.read_text(encoding="utf-8") for top in ("effects", "pages") for path in (ROOT / top).rglob("*.py")]
    read = {name for text in sources for name in re.findall(r"EMULSION_[A-Z_]*[A-Z]", text)}
    read |= {name for names, _ in PROVIDERS for name in names}
    assert read >= {"EMULSION_ICE_POLICY", "EMULSION_SCHEDULER", "HF_TOKEN"}
    assert [name for name in sorted(read) if f"`{name}`" not in page] == []
    assert {name for names, _ in PROVIDERS for name in names} <= RELAY.keys()


def test_no_setting_stands_in_two_groups_and_the_table_has_all() -> None:
    names = [setting_name(each) for each in ALL]
    assert len(set(names)) == len(names)
    rows = settings_table(*GROUPS).splitlines()[2:]
    assert [row.split("`")[1] for row in rows] == names
    assert {row.count("|") for row in rows} == {5}


@pytest.mark.slow
def test_a_program_refuses_to_start_with_a_wrong_setting_and_an_import_does_not() -> None:
    environment = {**os.environ, "EMULSION_MEGABYTES": "plenty", "PYTHONPATH": str(ROOT)}
    sentence = "emulsion: EMULSION_MEGABYTES is 'plenty'; it has to be a whole number of MB from 1 to 500.\n"
    code = (
        "from effects.codec.limits import MAX_MEGABYTES, MAX_PIXELS; print(MAX_MEGABYTES, MAX_PIXELS);"
        "import sys; from effects.cli import main; sys.exit(main(['list']))"
    )
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "25 50500000\n", sentence)


@pytest.mark.deep
def test_the_server_refuses_to_start_with_a_wrong_setting() -> None:
    environment = {**os.environ, "EMULSION_QUEUE": "0"}
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.port=0", "--server.headless=true"]
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=120)
    assert ended.returncode == 1
    assert "emulsion: EMULSION_QUEUE is '0'; it has to be a whole number of jobs from 1 to 10000." in ended.stderr
    assert "Traceback" not in ended.stderr
