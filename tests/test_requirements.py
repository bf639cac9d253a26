"""What is imported is asked for: pins for the application, ranges for the library, and the two agree."""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from effects.kernels.fonts import PACKAGED
from tests.test_architecture import known

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

RUNTIME, DEV = "requirements.txt", "requirements-dev.txt"
BENCH, MUTANTS = "requirements-bench.txt", "requirements-mutants.txt"

SOURCES = {
    RUNTIME: ("app.py", "effects", "pages"),
    DEV: ("tests",),
    BENCH: ("benchmarks",),
    MUTANTS: ("tests/mutants",),
}
"""A file of pins -> whose imports it is there for, beside those of the files that it includes."""

DISTRIBUTIONS = {
    "PIL": "pillow",
    "colour": "colour-science",
    "cv2": "opencv-python-headless",
    "yaml": "pyyaml",
    "skimage": "scikit-image",
}
"""What one imports -> what one installs, where the names differ."""

NOT_IMPORTED = {
    "brotli": "fontTools compresses with it",
    "build": "a command",
    "hatchling": "what build builds with",
    "mypy": "a command",
    "pytest-rerunfailures": "pytest finds it",
    "pytest-xdist": "pytest finds it",
    "pyvips-binary": "pyvips finds it",
    "ruff": "a command",
} | {canonicalize_name(file.split("/")[0]): "a font, found by its file" for file in PACKAGED.values()}


def pins(name: str, *, included: bool = True) -> dict[str, str]:
    """Each package of a requirements file with its version; every line is a pin, a comment, or includes another."""
    found: dict[str, str] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if line.startswith("-r "):
            found |= pins(line.removeprefix("-r ").strip()) if included else {}
        elif line and not line.startswith("#"):
            package, version = line.split("==")
            found[canonicalize_name(package)] = version
    return found


def modules_of(file: Path) -> set[str]:
    """The top modules that a file imports, anywhere in it."""
    return {module.split(".")[0] for module in known(file)}


def imported(*places: str) -> set[str]:
    """The distributions that a folder's or file's modules import, theirs and the standard library's own left out."""
    files = {file for place in places for file in (ROOT / place, *(ROOT / place).rglob("*.py")) if file.is_file()}
    if places != SOURCES[MUTANTS]:
        files -= {*(ROOT / "tests/mutants").rglob("*.py")}
    foreign = (
        set().union(*map(modules_of, files)) - sys.stdlib_module_names - {"effects", "pages", "tests", "benchmarks"}
    )
    return {canonicalize_name(DISTRIBUTIONS.get(module, module)) for module in foreign}


def ranges(lines: list[str]) -> dict[str, Requirement]:
    return {canonicalize_name(found.name): found for found in map(Requirement, lines)}


LIBRARY = ranges(PROJECT["dependencies"])
EXTRAS = {name: ranges(lines) for name, lines in PROJECT["optional-dependencies"].items()}


@pytest.mark.parametrize("name", SOURCES)
def test_all_that_is_imported_is_asked_for(name: str) -> None:
    assert imported(*SOURCES[name]) <= set(pins(name))


def test_nothing_is_asked_for_that_nobody_uses() -> None:
    used = set().union(*(imported(*places) for places in SOURCES.values()), NOT_IMPORTED)
    assert set(pins(BENCH)) | set(pins(MUTANTS)) <= used


def test_the_library_asks_for_what_it_imports_and_for_its_fonts() -> None:
    fonts = {canonicalize_name(file.split("/")[0]) for file in PACKAGED.values()}
    assert set(LIBRARY) | set(EXTRAS["video"]) == imported("effects") | fonts


@pytest.mark.parametrize(("name", "wanted"), [
    (RUNTIME, LIBRARY | EXTRAS["app"]), (DEV, EXTRAS["dev"]), (BENCH, EXTRAS["bench"]),
    (MUTANTS, EXTRAS["mutants"]),
])  # fmt: skip
def test_every_pin_lies_within_its_range(name: str, wanted: dict[str, Requirement]) -> None:
    pinned = pins(name, included=False)
    assert set(pinned) == set(wanted)
    outside = {package for package, version in pinned.items() if version not in wanted[package].specifier}
    assert not outside


def test_the_librarys_ranges_have_two_ends() -> None:
    ends = {name: {part.operator for part in wanted.specifier} for name, wanted in LIBRARY.items()}
    assert set(map(frozenset, ends.values())) == {frozenset({">=", "<"})}


@pytest.mark.parametrize("page", ["README.md", "THIRD_PARTY.md"])
def test_every_package_that_runs_is_told_of(page: str) -> None:
    """The README says what each is for, THIRD_PARTY.md under what terms it comes."""
    words = set(re.findall(r"[\w-]+", (ROOT / page).read_text(encoding="utf-8")))
    shortened = {f"fontpkg{word}" for word in words if word.startswith("-")}
    assert set(pins(RUNTIME)) <= words | shortened


def test_the_pythons_that_are_promised_are_the_ones_that_are_tried() -> None:
    """In the classifiers, from the lowest that may install it on, and on every system of the continuous build."""
    promised = re.findall(r"Python :: (3\.\d+)", "\n".join(PROJECT["classifiers"]))
    workflow = (ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8")
    matrices = [re.findall(r"3\.\d+", found) for found in re.findall(r"python: \[(.*)\]", workflow)]
    assert PROJECT["requires-python"] == f">={promised[0]}"
    assert matrices == [promised, promised]
