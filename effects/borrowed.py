"""Names that other packages do not promise to keep, each in one function here, and how things go on without them.

A function says what it gives, whose it is, and what is lost without it. Where the name is gone, that is logged once and
nothing breaks. `tests/test_borrowed.py` tries each against the installed version, and says what an upgrade took away.
Those that only pages need stand in `pages/borrowed`.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, wraps
from importlib import import_module
from typing import Any, TypeVar, cast

Loan = TypeVar("Loan", bound=Callable[..., Any])

GONE = (AttributeError, ImportError, TypeError)
"""What comes of a name that is not there any more, or takes other arguments."""

MAIN = ("init_main_from_path", "init_main_from_name")
"""Under which multiprocessing tells a new process of the main module."""

_one_at_a_time = threading.Lock()


def lent(by: str, lost: str, otherwise: Any) -> Callable[[Loan], Loan]:
    """A function that uses a private name of the package `by`; where that is gone, it returns `otherwise`.

    What is `lost` then is logged once, with a trace.
    """

    def softened(function: Loan) -> Loan:
        @wraps(function)
        def within(*arguments: Any, **options: Any) -> Any:
            try:
                return function(*arguments, **options)
            except GONE:
                tell(logging.getLogger(function.__module__), by, lost)
                return otherwise

        return cast("Loan", within)

    return softened


@cache
def tell(log: logging.Logger, by: str, lost: str) -> None:
    """Log once what is lost with the name that has just been missed."""
    log.warning("This version of %s has another inside than is known here: %s", by, lost, exc_info=True)


def private(module: str, name: str) -> Any:
    """What a module has under a name, looked up when it is needed; AttributeError or ImportError where it is gone."""
    return getattr(import_module(module), name)


def replace(module: str, name: str, new: Any) -> Any:
    """Put something in the place of what a module has under a name, and return that; AttributeError if it is gone."""
    there = import_module(module)
    before = getattr(there, name)
    setattr(there, name, new)
    return before


@contextmanager
def without_main() -> Iterator[None]:
    """While it lasts, processes that this thread starts are not told of a main module.

    By multiprocessing's `spawn.get_preparation_data`, which is put back afterwards; there is no other place to say so.
    Without it each worker of the app runs its page and imports Streamlit: it starts later and takes more memory.
    """
    with _one_at_a_time:
        here = threading.get_ident()

        def preparation_data(name: str) -> dict[str, Any]:
            found: dict[str, Any] = told(name)
            if threading.get_ident() == here:
                found = {key: value for key, value in found.items() if key not in MAIN}
            return found

        told = exchanged_preparation(preparation_data)
        try:
            yield
        finally:
            if told is not None:
                exchanged_preparation(told)


@lent("Python", "each worker process runs the server's main script again", otherwise=None)
def exchanged_preparation(new: Callable[[str], dict[str, Any]]) -> Any:
    """multiprocessing's function that says what a new process is told, exchanged for another."""
    return replace("multiprocessing.spawn", "get_preparation_data", new)
