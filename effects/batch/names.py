"""What the results of a batch are called: after their inputs, and no two alike."""

from __future__ import annotations

import os
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter

GAPS = ("stem", "look", "number")
"""What a template may name: the input's name without its ending, the look or recipe, the place in the row from 1 on."""


WIDTHS = {"number": "(0[1-9])?"}
"""How a gap may be filled up: {number:04} is 0012."""


@dataclass(frozen=True)
class Job:
    """One photo of a batch: its place in the row from 1 on, where it is read, where its result goes."""

    number: int
    source: Path
    target: Path


def name_jobs(sources: Sequence[Path], folder: Path, *, template: str, look: str, ending: str) -> list[Job]:
    """A job for each of these, in their order; a name that is taken, or an input's own, gets a number behind it."""
    check_template(template)
    taken = {likeness(source) for source in sources}
    counts: dict[str, int] = {}
    jobs = []
    for number, source in enumerate(sources, 1):
        stem = template.format(stem=source.stem, look=look, number=number)
        # What was taken for a stem before still is: of thousands of one name, each begins where the last one ended.
        target, count = folder / f"{stem}.{ending}", counts.get(stem, 2)
        while likeness(target) in taken:
            target, count = folder / f"{stem}-{count}.{ending}", count + 1
        counts[stem] = count
        taken.add(likeness(target))
        jobs.append(Job(number, source, target))
    return jobs


def check_template(template: str) -> None:
    """ValueError, one sentence, where it names what there is not, or leads out of the folder."""
    meant = f"{template!r} is no name such as {{stem}}-{{look}}"
    try:
        gaps = [(gap, spec, turn) for _, gap, spec, turn in Formatter().parse(template) if gap is not None]
    except ValueError as error:
        raise ValueError(f"{meant}: {error}") from None
    if any(gap not in GAPS or turn or not re.fullmatch(WIDTHS.get(gap, ""), spec or "") for gap, spec, turn in gaps):
        raise ValueError(f"{meant}; it may name {', '.join(f'{{{gap}}}' for gap in GAPS)}")
    if not template or any(sign in template for sign in "/\\\0"):
        raise ValueError(f"{meant}; it may lead into no other folder")


def likeness(path: Path) -> str:
    """What two names have in common that are one file, or that some disk takes for one."""
    return unicodedata.normalize("NFC", os.path.realpath(path)).casefold()
