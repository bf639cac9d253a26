"""What a small change in the page costs the browser: rules that ask what is inside do not make it look at all again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

SHELL = Path(__file__).parent.parent / "pages" / "shell"


def selectors(text: str) -> Iterator[str]:
    """Each selector of a style sheet, without what its functions but `:has` are given."""
    bare = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    for head in re.findall(r"([^{};]+)\{", bare):
        if not head.strip().startswith("@"):
            yield from split(head.strip(), ",")


def split(text: str, sign: str) -> list[str]:
    """The text at each such sign that stands in no brackets."""
    parts, depth = [""], 0
    for letter in text:
        depth += (letter in "([") - (letter in ")]")
        if letter == sign and not depth:
            parts.append("")
        else:
            parts[-1] += letter
    return [part.strip() for part in parts if part.strip()]


def test_what_stands_below_something_with_a_content_is_named() -> None:
    """Else all that is below whatever asks for its content is styled anew as often as anything in it comes or goes.

    A slider's number does so with each move of the hand.
    """
    asked = 0
    for sheet in SHELL.glob("*.css"):
        for selector in selectors(sheet.read_text(encoding="utf-8")):
            *above, last = split(re.sub(r"\s*[>~+]\s*", " ", re.sub(r"\(\s*[>~+]", "(", selector)), " ")
            if any(":has(" in each for each in above):
                asked += 1
                named = re.sub(r":[\w-]+(\(.*\))?", "", last).strip("*")
                assert named, f"{sheet.name}: {selector}"
    assert asked > 3
