"""What in docs/ is made and not written: `make docs` makes it, and a test knows when it is no longer true."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

from effects.reference import markdown_page
from effects.settings import LibrarySettings, settings_table
from pages.components.settings import AppSettings, relay_table
from tests.import_map import drawn

FOLDER = Path(__file__).parent.parent / "docs"

SETTINGS = """# Settings

Each is read once from the environment when the app, or `python -m effects`, starts. A value that cannot be is refused
then, in one sentence that says what was asked and what is allowed. This page is made from the code (`make docs`).

## Of the library: one picture, one job, all jobs together

{library}
## Of the app: one session, all sessions, who is told what

{app}
## Of the relay of live video

They may stand in `.streamlit/secrets.toml`, too, and the first that is set counts: `deploy/TURN.md`. They are read when
Live needs them, and what is wrong with one is told there.

{relay}
## Elsewhere

What `/metrics`, `/healthz` and the lines of the log say: `deploy/MONITORING.md`. Streamlit's own settings are in
`.streamlit/config.toml`; its `maxUploadSize` is raised to `EMULSION_MEGABYTES` where it is less.
"""


def settings_page() -> str:
    """All settings with their defaults."""
    return SETTINGS.format(
        library=settings_table(LibrarySettings), app=settings_table(AppSettings), relay=relay_table()
    )


MADE: Mapping[str, Callable[[], str]] = MappingProxyType(
    {"effects.md": markdown_page, "imports.svg": drawn, "settings.md": settings_page}
)
"""A file in docs/ -> what makes its contents."""

if __name__ == "__main__":
    for name, made in MADE.items():
        (FOLDER / name).write_text(made(), encoding="utf-8")
