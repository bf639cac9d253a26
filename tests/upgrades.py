"""What an upgrade of another package may do: take a name away that is borrowed from it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

import pytest

from effects import borrowed


class Without:
    """Something real but for some of its names."""

    def __init__(self, whole: object, *names: str) -> None:
        self._whole, self._names = whole, names

    def __getattr__(self, name: str) -> Any:
        if name in self._names:
            raise AttributeError(name)
        return getattr(self._whole, name)


def take_away(monkeypatch: pytest.MonkeyPatch, lender: Any, name: str) -> None:
    """Let the module `lender` of borrowed names look for a name, wherever it is, and not find it."""
    look_up: Callable[[str, str], Any] = borrowed.private

    def found(module: str, wanted: str) -> Any:
        if wanted == name:
            raise AttributeError(f"{module} has no {name} any more")
        return look_up(module, wanted)

    monkeypatch.setattr(lender, "private", found)


def losses(caplog: pytest.LogCaptureFixture) -> list[str]:
    """What was logged as lost, each as often as it was."""
    return [record.getMessage() for record in caplog.records if "has another inside" in record.getMessage()]


def forget() -> None:
    """Let what was logged once be logged again."""
    borrowed.tell.cache_clear()
    logging.getLogger("effects").setLevel(logging.NOTSET)


def loss_without(
    name: str, lender: Any, act: Callable[[], bool], monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> str:
    """What is told as lost, once, where something is done by a module of borrowed names that does not find this one."""
    forget()
    take_away(monkeypatch, lender, name)
    assert not act()
    (loss,) = losses(caplog)
    return loss
