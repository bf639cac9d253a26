"""Several modules of JavaScript as the one text that a component's script is, and the name it is asked for by."""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path

COMPONENTS = Path(__file__).parent
REMARK = re.compile(r"(?m)^\s+|\s*// .*$")
LOADER = REMARK.sub("", (COMPONENTS / "script_loader.js").read_text(encoding="utf-8"))
"""It stands in many messages, and so goes without remarks and margins."""

ENDS = COMPONENTS / "script_ends.js"
DEFAULT, RUN = "export default ", "component"

IMPORT = re.compile(r'^import \{[^}]*\} from "(\.{1,2}/[\w./]+\.js)";\n', re.MULTILINE)
EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
DECLARED = re.compile(r"^(?:export )?(?:const|let|function|class) (\w+|\[[^\]]*\]|\{[^}]*\})", re.MULTILINE)
FOREIGN = re.compile(r"^import\b.*", re.MULTILINE)


def page_script(entry: Path, *beside: Path) -> str:
    """A module and all that it imports by their relative paths, each once and after those it needs.

    Others `beside` it come before, and all that these import.
    In one text all names live side by side: ValueError where two modules declare the same, or where an import is of
    another form than `import { name } from "./file.js";`.
    """
    texts: dict[Path, str] = {}

    def collect(path: Path) -> None:
        text = path.read_text(encoding="utf-8")
        for name in IMPORT.findall(text):
            if (needed := (path.parent / name).resolve()) not in texts:
                collect(needed)
        texts[path] = IMPORT.sub("", text)

    for path in (*beside, entry):
        collect(path.resolve())
    owners: dict[str, str] = {}
    for path, text in texts.items():
        if foreign := FOREIGN.search(text):
            raise ValueError(f"{path.name}: {foreign[0]!r} cannot be joined")
        for name in (name for declared in DECLARED.findall(text) for name in re.findall(r"\w+", declared)):
            if owners.setdefault(name, path.name) != path.name:
                raise ValueError(f"{path.name} and {owners[name]} both declare {name}")
    return "".join(EXPORT.sub("", text) for text in texts.values())


@cache
def served_script(entry: Path) -> str:
    """What a browser gets for a component's script: its module, and what ends the calls of it."""
    whole = page_script(entry, ENDS)
    return whole.replace(DEFAULT, f"const {RUN} = ", 1) + f"{DEFAULT}endedOnce({RUN});\n"


@cache
def script_name(entry: Path) -> str:
    """What a browser asks for a component's script by: another name for another content."""
    return f"{entry.stem}.{hashlib.sha256(served_script(entry).encode()).hexdigest()[:16]}.js"


def loader(entry: Path) -> str:
    """The few lines that messages hold in a script's place, each time that a component has changed: they load it."""
    return LOADER.replace("{name}", script_name(entry))


def component_scripts() -> dict[str, Path]:
    """The script of every component, by its name: those that stand beside the Python which names them."""
    entries = (path for path in COMPONENTS.rglob("*.js") if path.with_suffix(".py").exists())
    return {script_name(path): path for path in entries}
