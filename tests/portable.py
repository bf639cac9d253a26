"""The quick tests that need Python packages alone: for other systems, and for other versions of what the library needs.

`python -m tests.portable` runs them here, with whatever is installed. `python -m tests.portable lowest highest` runs
them in two environments of their own, with the lowest and the highest versions that pyproject.toml allows.
"""

from __future__ import annotations

import ast
import os
import subprocess
import sys
import tomllib
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent

FOREIGN = {"app", "pages", "benchmarks", "streamlit", "starlette", "streamlit_webrtc", "aiortc", "av", "playwright"}
"""Whoever imports one of these, however indirectly, tests the application, in a browser, or against its peers."""

PROGRAMS = {"tests.tools", "tests.programs"}
"""Whoever imports one of these needs ffmpeg or ImageMagick."""

TIED_TO_PINS = ("tests/test_golden.py",)
"""Their scene is drawn by Pillow, and each Pillow draws a circle's edge otherwise."""

TOOLS = ("pytest", "pytest-xdist", "hypothesis", "scipy", "scikit-image", "tifffile", "colour-science", "packaging")
"""What these tests need beside the library."""

QUICK = ("-q", "-m", "not slow", "--hypothesis-profile=quick")


def module_file(name: str) -> Path | None:
    """The file of one of the tests' own modules."""
    stem = ROOT / name.replace(".", "/")
    return next((file for file in (stem.with_suffix(".py"), stem / "__init__.py") if file.is_file()), None)


@cache
def reached(file: Path) -> frozenset[str]:
    """All that a test module imports, and that the tests' own modules import which it imports."""
    direct: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            direct |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            direct |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    own = {name: found for name in direct if name.startswith("tests.") and (found := module_file(name))}
    return frozenset(direct.union(*(reached(found) for found in own.values())))


def portable() -> list[str]:
    """The test modules that need nothing but packages, by their paths."""
    modules = sorted((ROOT / "tests").glob("test_*.py"))
    return [
        str(file.relative_to(ROOT).as_posix())
        for file in modules
        if not reached(file) & PROGRAMS and not {name.split(".")[0] for name in reached(file)} & FOREIGN
    ]


def wanted(end: str) -> list[str]:
    """What to install for one end of the library's ranges."""
    needs: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["dependencies"]
    if end == "highest":
        return needs
    return [need.split(",")[0].replace(">=", "==") for need in needs]


def environment(end: str) -> Path:
    """The interpreter of an environment for one end, made anew."""
    folder = ROOT / "build" / "bounds" / end
    subprocess.run([sys.executable, "-m", "venv", "--clear", folder], check=True)
    python = folder / ("Scripts" if os.name == "nt" else "bin") / "python"
    pins = [line for line in (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines() if "==" in line]
    tools = [line for line in pins if line.split("==")[0] in TOOLS]
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*install, *wanted(end), *tools], check=True)
    return python


def run(python: str | Path, *, at_an_end: bool = False) -> int:
    """The exit status of the tests under an interpreter."""
    modules = [module for module in portable() if not (at_an_end and module in TIED_TO_PINS)]
    return subprocess.run([python, "-m", "pytest", *QUICK, "-n", "auto", *modules], cwd=ROOT, check=False).returncode


def main(ends: list[str]) -> int:
    """Run them here, or at the ends that are named; 1 where any of them failed."""
    if not ends:
        return run(sys.executable)
    results = []
    for end in ends:
        print(f"{end}: {' '.join(wanted(end))}", flush=True)
        results.append(run(environment(end), at_an_end=True))
    return int(any(results))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
