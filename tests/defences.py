"""`python -m tests.defences [WORD ...]`: each defence taken away in a copy of the tree, whose test must fail then.

What SECURITY.md promises is worth what its tests would notice. `WORD` picks the threats in which it stands.
"""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent

LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "build", "__pycache__", ".*_cache", "node_modules", "results")

SECONDS = 120
"""After which a test that waits for what was taken away counts as failed."""

COULD_NOT_RUN = {2, 3, 4, 5}
"""What pytest ends with where it was interrupted, went wrong itself, was asked wrongly, or found no test."""


@dataclass(frozen=True)
class Defence:
    """A line of the code that keeps a threat of SECURITY.md off, what stands there without it, and a test.

    `threat` are some words of its row.
    """

    threat: str
    file: str
    line: str
    without: str
    test: str

    def taken_from(self, text: str) -> str:
        """The file's text without it; ValueError where it does not stand there once."""
        if text.count(self.line) != 1:
            raise ValueError(f"{self.file} has this {text.count(self.line)} times: {self.line}")
        return text.replace(self.line, self.without)


def defences() -> list[Defence]:
    """All of `tests/defences.csv`; what only a browser shows is left to its tests."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as file:
        return [Defence(**row) for row in csv.DictReader(file)]


def is_noticed(tree: Path, defence: Defence) -> bool:
    """Whether the test fails in this copy of the tree once the defence is taken away; it is put back afterwards."""
    file = tree / defence.file
    whole = file.read_text(encoding="utf-8")
    file.write_text(defence.taken_from(whole), encoding="utf-8")
    options = ["-qx", "-p", "no:cacheprovider", "--hypothesis-profile=deep"]
    command = [sys.executable, "-B", "-m", "pytest", *options, f"tests/{defence.test}"]
    elsewhere = {"PYTHONPATH": str(tree), "PYTHONPYCACHEPREFIX": str(tree / "compiled")}
    try:
        done = subprocess.run(
            command, cwd=tree, env={**os.environ, **elsewhere}, timeout=SECONDS, capture_output=True, check=False
        )
    except subprocess.TimeoutExpired:
        return True
    finally:
        file.write_text(whole, encoding="utf-8")
    if done.returncode in COULD_NOT_RUN:
        raise RuntimeError(done.stdout.decode()[-2000:])
    return done.returncode != 0


def main(words: list[str]) -> int:
    """1 if a defence can be taken away and its test passes."""
    chosen = [each for each in defences() if not words or any(re.search(word, each.threat) for word in words)]
    unnoticed = 0
    with TemporaryDirectory() as folder:
        tree = Path(folder, "tree")
        shutil.copytree(ROOT, tree, ignore=LEFT_OUT)
        for each in chosen:
            noticed = is_noticed(tree, each)
            unnoticed += not noticed
            print(f"{'noticed' if noticed else 'NOT NOTICED':12} {each.threat:20} {each.test}", flush=True)
    print(f"{len(chosen) - unnoticed} of {len(chosen)} defences are missed by their tests once they are gone.")
    return int(unnoticed > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
