"""The library's log: what a parser met unexpectedly, with its trace, and nothing of the picture or of its name.

It goes nowhere until somebody wants it: `logging.getLogger("effects").setLevel(logging.INFO)` shows what is behind
"this file is damaged", and `DEBUG` also what was passed over, such as an EXIF block that cannot be read.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from logging.handlers import QueueHandler
from queue import SimpleQueue
from typing import Generic, TypeVar

Result = TypeVar("Result")

ROOT = logging.getLogger("effects")
ROOT.addHandler(logging.NullHandler())

OPENING_QUOTE = re.compile(r"""(?:\bb|(?<!\w))['"].*""", re.DOTALL)
"""From where an error's words quote what was read. An apostrophe stands behind a letter; bytes are b'...'."""

MAX_LETTERS = 200

RECORDS_ATTRIBUTE = "effects_log"
"""The attribute of an error that comes from another process under which it has what was logged there."""


def log_unexpected(log: logging.Logger, words: str, error: BaseException, level: int = logging.INFO) -> None:
    """Log an error with its trace before it becomes a sentence, or is passed over."""
    log.log(level, words, exc_info=(type(error), bare_error(error), error.__traceback__), stacklevel=2)


def bare_error(error: BaseException) -> BaseException:
    """An error of the same name, at the same place, that has the same history but holds nothing of what was read."""
    kind = type(error)
    same = type(kind.__name__, (Exception,), {"__module__": kind.__module__})(words_of(error))
    same.__traceback__ = error.__traceback__
    if error.__cause__ is not None:
        same.__cause__ = bare_error(error.__cause__)
    elif error.__context__ is not None and not error.__suppress_context__:
        same.__context__ = bare_error(error.__context__)
    return same


def words_of(error: BaseException) -> str:
    """An error's words without what they quote."""
    words = OPENING_QUOTE.sub("...", str(error))[:MAX_LETTERS]
    return "".join(letter if " " <= letter <= "~" else "?" for letter in words)


@dataclass(frozen=True)
class Report(Generic[Result]):
    """What a job made in another process, and what it logged there."""

    result: Result
    records: list[logging.LogRecord]


def log_level() -> int:
    """From which level on somebody here reads the library's log."""
    return ROOT.getEffectiveLevel()


def report_job(job: Callable[[], Result], level: int) -> Report[Result]:
    """What a job makes, with what the library logs meanwhile: for a process whose own log nobody reads.

    An error of the job carries that itself.
    """
    records: SimpleQueue[logging.LogRecord] = SimpleQueue()
    handler, before = QueueHandler(records), ROOT.level
    ROOT.addHandler(handler)
    ROOT.setLevel(level)
    try:
        return Report(job(), take_records(records))
    except Exception as error:
        vars(error)[RECORDS_ATTRIBUTE] = take_records(records)
        raise
    finally:
        ROOT.setLevel(before)
        ROOT.removeHandler(handler)


def relay_report(report: Callable[[], Report[Result]]) -> Result:
    """What a job made elsewhere, what it logged there logged here; also where it failed."""
    try:
        made = report()
    except Exception as error:
        relay_records(vars(error).pop(RECORDS_ATTRIBUTE, []))
        raise
    relay_records(made.records)
    return made.result


def take_records(records: SimpleQueue[logging.LogRecord]) -> list[logging.LogRecord]:
    """All that was gathered up to now, in a form that travels."""
    return [records.get_nowait() for _ in range(records.qsize())]


def relay_records(records: Iterable[logging.LogRecord]) -> None:
    """Log here what another process logged."""
    for record in records:
        log = logging.getLogger(record.name)
        if log.isEnabledFor(record.levelno):
            log.handle(record)
