"""What in docs/ is made and not written: `make docs` makes it, and a test knows when it is no longer true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from effects.reference import markdown_page
from tests.import_map import drawn

FOLDER = Path(__file__).parent.parent / "docs"

MADE: Mapping[str, Callable[[], str]] = MappingProxyType({"effects.md": markdown_page, "imports.svg": drawn})
"""A file in docs/ -> what makes its contents."""

if __name__ == "__main__":
    for name, made in MADE.items():
        (FOLDER / name).write_text(made(), encoding="utf-8")
