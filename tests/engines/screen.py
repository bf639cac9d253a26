"""A screen in memory, on which browsers that draw nothing without one have their windows."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from tests.tools import path_of

SIDES = "1400x1000x24"


@contextmanager
def screen(log: IO[bytes]) -> Iterator[dict[str, str]]:
    """The environment of what shows its windows on a new screen; `log` takes what the screen complains of."""
    command = [path_of("xvfb"), "-displayfd", "1", "-screen", "0", SIDES, "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log) as xvfb:
        try:
            assert xvfb.stdout is not None
            yield {**os.environ, "DISPLAY": f":{xvfb.stdout.readline().decode().strip()}"}
        finally:
            xvfb.terminate()
