"""Errors that nobody foresaw, under AppTest: also those that a page caught and only told of."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from pages.components.unforeseen import SENTENCE


def unforeseen(app: AppTest) -> list[str]:
    """What went wrong: a page lets no error through, so that `app.exception` alone is empty whatever happened."""
    told = [str(error.value) for error in app.error if error.value == SENTENCE]
    return [str(error.value) for error in app.exception] + told
