"""A clone can be built and installed, and what is installed works far from it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import pytest

import effects
from effects import EFFECTS, LOOKS, Pipeline, decode
from tests.pictures import written

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent

BESIDE_THE_LIBRARY = {
    ".gitignore", "CHANGELOG.md", "CONTRIBUTING.md", "LICENSE", "PKG-INFO", "README.md", "SECURITY.md",
    "THIRD_PARTY.md", "docs", "pyproject.toml",
}  # fmt: skip

ABOUT = f"emulsion_effects-{effects.__version__}.dist-info"

PIP = (sys.executable, "-m", "pip")

OWN_PACKAGES = "import sysconfig; print(sysconfig.get_path('purelib'))"


def ran(*command: str | Path, folder: Path) -> str:
    """What a command prints, run in a folder and without this checkout on the path."""
    alone = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "VIRTUAL_ENV"))}
    done = subprocess.run(command, cwd=folder, env=alone, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def tracked() -> list[str]:
    """The files that a clone would hold if all was committed now."""
    words = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split("\0")
    return [name for name in listed if name and (ROOT / name).is_file()]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("clone")
    for name in tracked():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def built(clone: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the source distribution, and the wheel that was built from it."""
    folder = tmp_path_factory.mktemp("dist")
    ran(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, clone, folder=folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The programs of an environment in which the wheel was installed; what it needs is there by a path file."""
    folder = tmp_path_factory.mktemp("installed")
    ran(sys.executable, "-m", "venv", "--without-pip", folder / "venv", folder=folder)
    programs = folder / "venv" / ("Scripts" if os.name == "nt" else "bin")
    own = Path(ran(programs / "python", "-c", OWN_PACKAGES, folder=folder).strip())
    (own / "needed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (wheel,) = built.glob("*.whl")
    ran(*PIP, "--python", programs / "python", "install", "--quiet", wheel, folder=folder)
    brought = {path.name for path in own.iterdir()} - {"needed.pth"}
    assert brought == {"effects", ABOUT}, "what is pinned does not satisfy what the library asks for"
    return programs


def test_the_wheel_holds_the_library_all_of_it_and_nothing_else(built: Path) -> None:
    (wheel,) = built.glob("*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    library = {name for name in tracked() if name.startswith("effects/")}
    assert {name for name in held if not name.startswith(f"{ABOUT}/")} == library
    assert {"effects/py.typed", "effects/looks/noir.json", "effects/fonts/NotoEmoji.woff2"} <= library
    notices = ("LICENSE", "THIRD_PARTY.md", "effects/fonts/NotoEmoji-LICENSE.txt")
    assert {f"{ABOUT}/licenses/{name}" for name in notices} <= held
    assert wheel.name == f"emulsion_effects-{effects.__version__}-py3-none-any.whl"


def test_the_source_distribution_is_the_library_and_what_is_said_of_it(built: Path) -> None:
    (archive,) = built.glob("*.tar.gz")
    with tarfile.open(archive) as held:
        tops = {Path(name).parts[1] for name in held.getnames()}
    assert tops == BESIDE_THE_LIBRARY | {"effects"}
    networks = [path for path in (ROOT / "effects/models").iterdir() if path.suffix in (".tflite", ".onnx")]
    assert archive.stat().st_size < 3_000_000 + sum(path.stat().st_size for path in networks) < 11_000_000


def test_the_command_lists_and_tells_its_version(installed: Path, tmp_path: Path) -> None:
    assert "posterize" in ran(installed / "emulsion", "list", folder=tmp_path)
    assert ran(installed / "emulsion", "--version", folder=tmp_path).split() == ["emulsion", effects.__version__]
    known = "from importlib.metadata import version; print(version('emulsion-effects'))"
    assert ran(installed / "python", "-c", known, folder=tmp_path).strip() == effects.__version__


def test_the_installed_library_stands_alone(installed: Path, tmp_path: Path) -> None:
    ask = "import effects, importlib.util as u; print(effects.__file__, u.find_spec('pages'), u.find_spec('tests'))"
    file, *strangers = ran(installed / "python", "-c", ask, folder=tmp_path).split()
    assert Path(file).is_relative_to(installed.parent)
    assert strangers == ["None", "None"]


def test_a_picture_is_edited_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    """With a look, out of a JSON file, and with letters, out of the packages' fonts and the library's own."""
    picture = np.random.default_rng(0).integers(0, 256, (40, 60, 3), dtype=np.uint8)
    (tmp_path / "in.png").write_bytes(written(picture, "PNG"))
    ran(installed / "emulsion", "apply", "in.png", "noir.png", "--look", "noir", folder=tmp_path)
    assert np.array_equal(decode((tmp_path / "noir.png").read_bytes()).image, LOOKS["noir"](picture))
    letters = "Hello 안녕 ☕"
    ran(installed / "emulsion", "apply", "in.png", "text.png", "--effect", "text", "--text", letters, folder=tmp_path)
    text = Pipeline((EFFECTS["text"].step(text=letters),))
    assert all(not np.array_equal(EFFECTS["text"].step(text=each).call(picture), picture) for each in letters.split())
    assert np.array_equal(decode((tmp_path / "text.png").read_bytes()).image, text(picture))


@pytest.mark.deep
def test_pip_installs_the_clone_itself(clone: Path, tmp_path: Path) -> None:
    ran(*PIP, "install", "--quiet", "--no-deps", "--target", tmp_path / "own", ".", folder=clone)
    assert {path.name for path in (tmp_path / "own").iterdir()} >= {"effects", ABOUT}
