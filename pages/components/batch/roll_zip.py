"""What was made of a roll as one zip: the results in the photos' order, and a report in words."""

from __future__ import annotations

import tempfile
import zipfile
from pathlib import Path
from typing import BinaryIO

from effects.batch.report import printable
from pages.components.batch.development import Development
from pages.components.batch.roll import Roll
from pages.components.words import plural

NAME = "emulsion.zip"
REPORT = "report.txt"


def roll_zip(roll: Roll) -> tuple[BinaryIO, int]:
    """The zip as a file on disk without a name, open at its beginning, and how many bytes it has.

    Results are compressed already, and are stored as they are. One that is made anew meanwhile is left out.
    """
    file = tempfile.TemporaryFile(dir=roll.folder)  # noqa: SIM115 (whoever sends it closes it)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as made:
        for photo in roll.chosen:
            if photo.result_name and photo.result.exists():
                made.write(photo.result, photo.result_name)
        made.writestr(REPORT, roll.report)
    size = file.tell()
    file.seek(0)
    return file, size


def report(development: Development) -> str:
    """What became of the photos: a line that counts them, and one for each that failed, with its name and why."""
    photos = development.photos.values()
    ready = sum(photo.status == "ready" for photo in photos)
    told = plural("{ready} of {count} photo developed.", "{ready} of {count} photos developed.", len(photos))
    lines = [told.format(ready=ready, count=len(photos))]
    lines += [f"{printable(Path(photo.name))}: {photo.sentence}" for photo in photos if photo.status == "failed"]
    left = sum(photo.status == "waiting" for photo in photos)
    if left:
        lines.append(plural("{count} was not begun.", "{count} were not begun.", left).format(count=left))
    return "\n".join([*lines, ""])
