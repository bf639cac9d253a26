"""How long the library takes to import, beyond what numpy, cv2 and Pillow take: in fresh interpreters."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.report import Bound, Row

SECTION = "imports"

INTERPRETERS = 3
"""Fresh interpreters a round; the quickest counts, as what others on the machine do only ever takes time."""

CHILD = """
import time
began = time.perf_counter()
import numpy, cv2, PIL.Image
before = time.perf_counter()
import effects
print(1e3 * (before - began), 1e3 * (time.perf_counter() - before))
"""


def rows(rounds: int, folder: Path) -> Iterator[Row]:
    """One row: `import effects`, against the three that every program with pictures has."""
    # An installed library is compiled already; here the first interpreter does that, into the folder.
    times = [imported(folder) for _ in range(1 + INTERPRETERS * rounds)][1:]
    three, ours = (min(each) for each in zip(*times, strict=True))
    figures = {"numpy, cv2, Pillow ms": three}
    yield Row(SECTION, "import effects", "", ours, figures=figures, bound=Bound(ours, "at most", 150, "ms"))


def imported(folder: Path) -> tuple[float, float]:
    """Milliseconds for the three, and for the library after them, compiled modules being in this folder."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(folder), "PYTHONDONTWRITEBYTECODE": ""}
    command = [sys.executable, "-c", CHILD]
    told = subprocess.run(command, capture_output=True, check=True, text=True, env=environment).stdout
    three, ours = told.split()
    return float(three), float(ours)
