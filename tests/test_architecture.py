"""The house keeps its shape: who may import whom, read from the syntax tree."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("effects", "pages", "tests", "benchmarks")
FILES = [ROOT / "app.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]

# What the library may import from outside itself.
LIBRARY_NEEDS = {"numpy", "cv2", "PIL", "pillow_heif", "pebble", "stringzilla"}

# The plan is four files, each knowing those before it.
PLAN = ("pointwise", "lowering", "passes", "plan")

# Who inside the library may know whom; a module that is not listed may know any (the ends of the chain).
MAY_KNOW: dict[str, set[str]] = {
    "image": set(),
    "condition": set(),
    "chance": set(),
    "params": {"image", "cube", "condition", "chance"},
    "cube": {"image", "logs"},
    "kind": {"image"},
    "errors": set(),
    "logs": set(),
    "migration": set(),
    "tuning": {"kernels"},
    "effect": {"image", "cube", "params", "kind", "chance", "errors"},
    "kernels": {"image", "chance"},
    "catalogue": {"image", "cube", "condition", "params", "effect", "kernels"},
    **{name: {"image", "params", "effect", "kernels", *PLAN[:place]} for place, name in enumerate(PLAN)},
    "recipe": {"image", "cube", "params", "effect", "catalogue", "logs", "migration"},
    "pipeline": {"image", "cube", "params", "effect", "kernels", "recipe", *PLAN},
    "codec": {"image", "kernels", "errors", "logs"},
    "stream": {"image", "effect", "pipeline", *PLAN},
    "render": {"image", "effect", "recipe", "pipeline", "codec", "cube", "cube_files", "errors"},
}

DRAWERS = {"utils", "util", "helpers", "common", "misc", "base", "core", "manager", "handler", "processor", "engine",
           "service", "factory"}


def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(node: ast.AST) -> Iterator[str]:
    """Every module named by an import below this node; `from a import b` gives both a and a.b."""
    for part in ast.walk(node):
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            yield part.module or "."
            yield from (f"{part.module}.{alias.name}" for alias in part.names)


def under(*folders: str) -> list[Path]:
    return [path for path in FILES if path.relative_to(ROOT).parts[0] in folders]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", under("effects"), ids=name)
def test_the_library_needs_only_what_it_says(path: Path) -> None:
    roots = {module.split(".")[0] for module in imports(tree(path))}
    assert roots - LIBRARY_NEEDS - set(sys.stdlib_module_names) <= {"effects"}


@pytest.mark.parametrize("path", under("effects"), ids=name)
def test_inside_the_library_nobody_looks_up_the_chain(path: Path) -> None:
    own = path.relative_to(ROOT / "effects").with_suffix("").parts[0]
    if own not in MAY_KNOW:
        return
    inner = {part.stem for part in (ROOT / "effects").iterdir()}
    known = {module.split(".")[1] for module in imports(tree(path)) if module.startswith("effects.")} & inner
    assert known - {own} <= MAY_KNOW[own]


@pytest.mark.parametrize("path", under("pages"), ids=name)
def test_pages_and_components_never_import_a_page(path: Path) -> None:
    scripts = {f"pages.{page.stem}" for page in (ROOT / "pages").glob("*.py")} - {"pages.__init__"}
    assert not scripts & set(imports(tree(path)))


@pytest.mark.parametrize("path", [*under("pages"), ROOT / "app.py"], ids=name)
def test_only_session_reads_and_writes_the_session_state(path: Path) -> None:
    touches = any(isinstance(node, ast.Attribute) and node.attr == "session_state" for node in ast.walk(tree(path)))
    assert not touches or name(path) == "pages/components/session.py"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_are_absolute(path: Path) -> None:
    relative = [n for n in ast.walk(tree(path)) if isinstance(n, ast.ImportFrom) and n.level]
    assert not relative


@pytest.mark.parametrize("path", FILES, ids=name)
def test_a_file_is_short_enough_to_read(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 350


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_file_is_a_drawer(path: Path) -> None:
    assert not DRAWERS & set(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", [p for p in FILES if p.stat().st_size], ids=name)
def test_a_file_opens_with_a_sentence(path: Path) -> None:
    assert ast.get_docstring(tree(path))


def test_the_effect_in_the_readme_is_the_one_on_the_shelf() -> None:
    example = (ROOT / "README.md").read_text(encoding="utf-8").split("```python\n@tone.tone\n")[1].split("```")[0]
    assert f"@tone.tone\n{example}" in (ROOT / "effects/catalogue/tone.py").read_text(encoding="utf-8")
