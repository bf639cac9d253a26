"""The page's own drawer in every browser: in Chromium, and `deep` in a window of Firefox and of WebKit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.engines.firefox import firefox_on_screen
from tests.engines.webkit import webkit
from tests.engines.window import Window
from tests.shader_page import ShaderPage, shader_page, with_drawer


@dataclass(frozen=True)
class WindowPage:
    """A window that answers as Playwright's page does."""

    window: Window

    def evaluate(self, function: str, argument: Any = None) -> Any:
        """What a JavaScript function answers."""
        return self.window.ask(function, argument)


def in_chromium(_folder: Path) -> AbstractContextManager[ShaderPage]:
    """A fresh page of Chromium, which needs no folder."""
    return shader_page()


@contextmanager
def in_firefox(folder: Path) -> Iterator[ShaderPage]:
    """A fresh window of a Firefox that lives in a folder."""
    with firefox_on_screen(folder) as window:
        yield beginning(window)


@contextmanager
def in_webkit(folder: Path) -> Iterator[ShaderPage]:
    """A fresh window of a WebKit that lives in a folder."""
    with webkit(folder) as window:
        yield beginning(window)


def beginning(window: Window) -> ShaderPage:
    """A drawer in a window."""
    window.open("about:blank")
    return with_drawer(WindowPage(window))


DRAWER_PAGES = [
    pytest.param(in_chromium, id="chromium"),
    pytest.param(in_firefox, id="firefox", marks=pytest.mark.deep),
    pytest.param(in_webkit, id="webkit", marks=pytest.mark.deep),
]
"""Ways to a page with a drawer, each given a folder; parameters of a fixture."""
