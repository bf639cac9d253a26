"""The theme can be read: WCAG 2.2's contrast, computed from the colours as they are set."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import numpy as np
import pytest

ROOT = Path(__file__).parent.parent
THEME = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
READABLE = 4.5


def luminance(color: str) -> float:
    """Relative luminance of "#rrggbb" (WCAG 2.2)."""
    values = np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)
    return float(linear @ (0.2126, 0.7152, 0.0722))


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("ink", ["textColor", "primaryColor", "linkColor"])
@pytest.mark.parametrize("ground", ["backgroundColor", "secondaryBackgroundColor"])
def test_words_stand_out_from_their_ground(scheme: str, ink: str, ground: str) -> None:
    assert contrast(THEME[scheme][ink], THEME[scheme][ground]) >= READABLE


def test_words_on_the_primary_colour_can_be_read() -> None:
    assert contrast("#ffffff", THEME["light"]["primaryColor"]) >= READABLE
    assert contrast("#161616", THEME["dark"]["primaryColor"]) >= READABLE
    written = "color: light-dark(#FFFFFF, #161616)"
    assert written in (ROOT / "pages" / "shell" / "style.css").read_text(encoding="utf-8")


def test_words_of_a_component_on_the_primary_colour_are_as_dark_or_light_as_elsewhere() -> None:
    rules = [
        rule
        for sheet in (ROOT / "pages").rglob("*.css")
        for rule in re.findall(r"\{([^{}]*)\}", sheet.read_text(encoding="utf-8").lower())
        if "background: var(--st-primary-color)" in rule
    ]
    inks = [ink for rule in rules for ink in re.findall(r"(?<![-\w])color: ([^;]+);", rule)]
    assert len(inks) >= 3
    assert {*inks} <= {"light-dark(#ffffff, #161616)", "var(--st-background-color)"}
