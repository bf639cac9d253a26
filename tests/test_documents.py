"""What the papers say is so: generated pages are current, snippets run, files and words that are named exist."""

from __future__ import annotations

import re
import shlex
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np
import pytest
from PIL import Image as PILImage

import effects
from effects import EFFECTS, LOOKS
from effects.cli import main
from effects.codec.limits import MAX_BYTES, MAX_MEGABYTES, MAX_PIXELS, MEGA
from effects.pipeline import Pipeline
from effects.shaders import coverage
from effects.video import render_video
from effects.workers.pool import LINE_SECONDS, MEMORY, SECONDS
from tests.documents import FOLDER, MADE
from tests.import_map import drawn, graph, merged, reachable, reduced
from tests.pictures import written
from tests.tables import cube, warm

ROOT = Path(__file__).parent.parent
PAPERS = [
    *("README.md", "CONTRIBUTING.md", "SECURITY.md", "THIRD_PARTY.md"),
    *("docs/architecture.md", "docs/shaders.md", "docs/settings.md", "docs/many.md", "deploy/MONITORING.md"),
]
SNIPPETS = re.findall(r"```(\w+)\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)


def paper(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.fixture
def holiday(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, and one stands in it, with what the README's snippets read."""
    picture = np.random.default_rng(0).integers(0, 256, (48, 64, 3), dtype=np.uint8)
    (tmp_path / "photos").mkdir()
    for name in ("holiday.jpg", "photos/lake.jpg"):
        (tmp_path / name).write_bytes(written(picture, "JPEG"))
    (tmp_path / "grade.cube").write_text(as_text(), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def add_clips(folder: Path) -> None:
    """An animation and a video of the names that the README's commands read."""
    first, *others = [PILImage.fromarray(np.full((24, 32, 3), 80 * number, np.uint8)) for number in range(3)]
    first.save(folder / "cat.gif", save_all=True, append_images=others, duration=400)
    render_video(folder / "cat.gif", folder / "holiday.mov", Pipeline())


def as_text() -> str:
    """A warm grade as a .cube file."""
    table = cube(warm, 5)
    rows = [" ".join(f"{number / 65535:.6f}" for number in point) for point in table.numbers.reshape(-1, 3)]
    return "\n".join(["LUT_3D_SIZE 5", *rows])


@pytest.mark.parametrize("name", MADE)
def test_what_is_made_from_the_code_is_current(name: str) -> None:
    assert (FOLDER / name).read_text(encoding="utf-8") == MADE[name](), "run: make docs"


def test_the_reference_has_every_effect_parameter_and_look() -> None:
    page = paper("docs/effects.md")
    sections = dict(re.findall(r'### <a id="(\w+)"></a>(.*?)(?=\n###? |\Z)', page, re.DOTALL))
    assert list(sections) == list(EFFECTS)
    for name, effect in EFFECTS.items():
        assert re.findall(r"^\| `(\w+)` \|", sections[name], re.MULTILINE) == [param.name for param in effect.params]
    assert set(re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| \[", page, re.MULTILINE)) == set(LOOKS)


def test_a_table_in_the_reference_has_as_many_cells_in_every_row() -> None:
    """A choice is listed with bars between its options, which must not end a cell."""
    rows = [line for line in paper("docs/effects.md").splitlines() if line.startswith("|")]
    assert {len(re.findall(r"(?<!\\)\|", row)) for row in rows} == {5}


def test_the_picture_of_imports_has_every_module_and_leaves_out_only_what_follows() -> None:
    known, library = graph(), ROOT / "effects"
    parts = {file.relative_to(library).parts[0].removesuffix(".py") for file in library.rglob("*.py")}
    assert parts - {"__init__", "__main__"} <= set(known)
    assert reachable(reduced(merged(known))) == reachable(merged(known))
    written_in_boxes = [text.text for text in ElementTree.fromstring(drawn()).iter("{http://www.w3.org/2000/svg}text")]
    assert len(written_in_boxes) == len(merged(known))


def test_the_readmes_python_runs(holiday: Path) -> None:
    (code,) = [code for language, code in SNIPPETS if language == "python" and not code.startswith("@")]
    exec(compile(code, "README.md", "exec"), {})
    assert effects.decode((holiday / "holiday.png").read_bytes()).image.shape == (48, 64, 3)


@pytest.mark.slow
@pytest.mark.deep
def test_the_python_for_a_whole_folder_runs_and_goes_on_where_it_was(
    holiday: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (holiday / "photos" / "torn.jpg").write_bytes(b"no photo")
    (code,) = re.findall(r"```python\n(.*?)```", paper("docs/many.md"), re.DOTALL)
    for status in ("written", "skipped"):
        names: dict[str, Any] = {}
        exec(compile(code, "docs/many.md", "exec"), names)
        assert sorted(outcome.status for outcome in names["outcomes"]) == ["failed", status]
        told, failed = capsys.readouterr().out.splitlines()
        assert told == "2 photos"
        assert failed.startswith("photos/torn.jpg: ")
    assert effects.decode((holiday / "done" / "lake-noir.jpg").read_bytes()).image.shape == (48, 64, 3)


@pytest.mark.slow
@pytest.mark.parametrize("command", [
    line for language, code in SNIPPETS if language == "sh"
    for line in code.splitlines() if line.startswith("python -m effects ")
])  # fmt: skip
def test_the_readmes_commands_run(command: str, holiday: Path) -> None:
    if " video " in command:
        add_clips(holiday)
    before = set(holiday.iterdir())
    words = shlex.split(command.removeprefix("python -m effects "), comments=True)
    assert main(words) == 0
    assert words[0] not in ("apply", "video") or {path.name for path in set(holiday.iterdir()) - before} == {words[2]}


@pytest.mark.parametrize("name", PAPERS)
def test_words_of_make_and_files_that_are_named_exist(name: str) -> None:
    targets = set(re.findall(r"^([a-z-]+):", paper("Makefile"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", paper(name))) <= targets
    named = re.findall(r"`((?:effects|pages|tests|docs|deploy|benchmarks)/[\w./*-]+)", paper(name))
    missing = [path for path in named if not list(ROOT.glob(path.rstrip("/.")))]
    assert not missing
    links = re.findall(r"\]\(([^)#:]+)\)", paper(name))
    assert not [link for link in links if not (ROOT / name).parent.joinpath(link).exists()]


def test_the_changes_tell_of_this_version() -> None:
    assert re.search(rf"^## {re.escape(effects.__version__)}\b", paper("CHANGELOG.md"), re.MULTILINE)


def test_the_browser_lets_pass_what_the_decoder_takes() -> None:
    assert tomllib.loads(paper(".streamlit/config.toml"))["server"]["maxUploadSize"] == MAX_MEGABYTES


def test_the_limits_that_are_promised_are_those_that_hold() -> None:
    promised = re.sub(r"\s+", " ", paper("SECURITY.md"))
    assert f"{MAX_BYTES // 2**20} MB a file, {MAX_PIXELS // MEGA} megapixels" in promised
    assert f"waits at most {LINE_SECONDS:g} s for its turn" in promised
    assert f"hangs for {SECONDS:g} s, or maps {MEMORY / 2**20 / 1000:g} GB more" in promised


def test_a_mistake_that_is_listed_as_none_could_still_be_made() -> None:
    lines = (ROOT / "tests/mutants/equivalent.txt").read_text(encoding="utf-8").splitlines()
    labels = [line.split(" # ")[0].split(" =>")[0] for line in lines if line and not line.startswith("#")]
    for file, line in (label.split(": ", 1) for label in labels):
        places = [ROOT / file] if file != "*" else [*(ROOT / "effects").rglob("*.py")]
        assert any(line in place.read_text(encoding="utf-8") for place in places), f"{file}: {line}"


def test_the_readme_counts_what_is_drawn_in_the_browser() -> None:
    ways = Counter(way.partition(":")[0] for way in coverage().values())
    told = dict(re.findall(r"^  \| (.+?) \| (\d+) \|$", paper("README.md"), re.MULTILINE))
    rows = {
        "by the function itself, traced": "traced",
        "by the formula it says beside its kernel": "formula",
        "by a table that its settings make": "table",
        "as a layer on the picture": "layer",
        "by pictures kept of frames before": "frame",
        "by the server alone": "server",
    }
    assert {way: int(told[words]) for words, way in rows.items()} == ways
    assert len(told) == len(rows)
