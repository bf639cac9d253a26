"""Small mistakes: which there are in the library, which of them make no difference, and a fair sample of the others."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import parso
from cosmic_ray.ast import ast_nodes
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

from tests.mutants import ROOT

EQUIVALENT = Path(__file__).parent / "equivalent.txt"

SAME = ("Eq_Is", "NotEq_IsNot", "Is_Eq", "IsNot_NotEq")
"""Identity for equality and the other way round: one and the same for None, members of an Enum and small numbers."""

Position = tuple[int, int]
"""A line, from 1 on, and a column, from 0 on."""


@dataclass(frozen=True)
class Mutation:
    """One mistake in one place: which of Cosmic Ray's operators makes it, as the how manieth of a file."""

    path: str
    operator: str
    occurrence: int
    line: int
    column: int
    old: str
    new: str

    @property
    def label(self) -> str:
        """File and line before and after, as `equivalent.txt` has them; it outlives changes elsewhere in the file."""
        return f"{self.path}: {self.old} => {self.new}"

    def code(self) -> str:
        """The file with the mistake in it."""
        return _mutated((ROOT / self.path).read_text(encoding="utf-8"), self.operator, self.occurrence) or ""


def _mutated(code: str, operator: str, occurrence: int) -> str | None:
    try:
        found: str | None = mutate_code(code, get_operator(operator)(), occurrence)
    except AttributeError:
        return None  # Cosmic Ray knows no exception with a dot in its name
    return found


def _order(*words: object) -> bytes:
    """Where something stands in the draw: by chance, and yet the same whenever the words are the same."""
    return hashlib.sha256(repr(words).encode()).digest()


def _silent(tree: ast.Module) -> Iterator[tuple[Position, Position]]:
    """From where to where nothing is that one could see.

    That are annotations which only a type checker reads, those without `Annotated`; and how many bytes a pixel a band
    holds, which decides how large bands are. What comes of bands of any size is the same: tests/test_bands.py.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.keyword) and node.arg == "bytes_per_pixel":
            yield (
                (node.value.lineno, node.value.col_offset),
                (node.value.end_lineno or 0, node.value.end_col_offset or 0),
            )
        notes = [getattr(node, name, None) for name in ("annotation", "returns")]
        for note in (note for note in notes if note is not None):
            if not any(isinstance(part, ast.Name) and part.id == "Annotated" for part in ast.walk(note)):
                yield (note.lineno, note.col_offset), (note.end_lineno, note.end_col_offset)


def _is_plain(node: Any) -> bool:
    """Whether it is a name, a text or a bracket, of which most of a file is made, and which no operator changes."""
    return node.type in ("name", "newline", "string") or (node.type == "operator" and node.value in "()[]{},.:=")


def places(code: str) -> dict[Position, list[tuple[str, int]]]:
    """Every place in a file where something can be changed, with the operators and their occurrences that do it."""
    nodes = [node for node in ast_nodes(parso.parse(code)) if not _is_plain(node)]
    found: dict[Position, list[tuple[str, int]]] = {}
    silent = list(_silent(ast.parse(code)))
    for name in operator_names():
        kind: Any = get_operator(name)
        if kind.arguments() or name.endswith(SAME):
            continue
        operator = kind()
        starts = (start for node in nodes for start, _ in operator.mutation_positions(node))
        for occurrence, start in enumerate(starts):
            if not any(first <= start < last for first, last in silent):
                found.setdefault(start, []).append((name, occurrence))
    return found


def _changed_line(before: str, after: str, number: int) -> tuple[str, str] | None:
    """A line, from 1 on, before and after, empty where it is gone; None where that is no Python or means the same."""
    try:
        if ast.dump(ast.parse(before)) == ast.dump(ast.parse(after)):
            return None
        compile(after, "mutant", "exec", dont_inherit=True)
    except (SyntaxError, ValueError):
        return None
    old, new = before.splitlines(), after.splitlines()
    if len(old) == len(new):
        return old[number - 1].strip(), new[number - 1].strip()
    # A decorator is gone, or a number at a line's start stands on the line before now.
    gone = new == old[: number - 1] + old[number:]
    return old[number - 1].strip(), "" if gone else new[number - 2].strip()


def mutation_at(path: str, code: str, start: Position, ways: list[tuple[str, int]], seed: int) -> Mutation | None:
    """One of the mistakes that can be made at a place, drawn by the seed; None where none of them is Python."""
    line = code.splitlines()[start[0] - 1]
    around = line[: start[1]].strip()[-1:], line[start[1] + 1 :].strip()[:1]
    if line[start[1]] in "*/" and around[0] in ("(", ",", "") and around[1] in (",", ")"):
        return None  # it only parts a function's parameters
    for operator, occurrence in sorted(ways, key=lambda way: _order(seed, path, line, start[1], way[0])):
        after = _mutated(code, operator, occurrence)
        changed = _changed_line(code, after, start[0]) if after is not None else None
        if changed is not None:
            return Mutation(path, operator, occurrence, *start, *changed)
    return None


def equivalents() -> dict[str, str]:
    """The mistakes that change nothing one could see, by their labels, each with the reason; `*` is any file."""
    lines = EQUIVALENT.read_text(encoding="utf-8").splitlines()
    entries = [line for line in lines if line and not line.startswith("#")]
    return {label.strip(): reason.strip() for label, reason in (entry.split(" # ") for entry in entries)}


def _is_equivalent(mutation: Mutation, known: dict[str, str]) -> bool:
    """Whether it is listed: alone, with all that can be done to its line, or by its line in any file."""
    line, any_file = f"{mutation.path}: {mutation.old}", f"*: {mutation.old}"
    return not {mutation.label, line, any_file, f"{any_file} => {mutation.new}"}.isdisjoint(known)


def sample(count: int, seed: int, only: tuple[str, ...] = ()) -> list[Mutation]:
    """So many mistakes in the library's files, or in those that begin with one of `only`.

    Places are drawn first and then what happens there, so that a plus, for which eleven signs can stand, is no more
    likely than a number. The draw goes by the text of the line: a change elsewhere leaves the sample as it is.
    """
    known, codes = equivalents(), dict[str, str]()
    drawn: list[tuple[bytes, str, Position, list[tuple[str, int]]]] = []
    for file in sorted((ROOT / "effects").rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        if only and not path.startswith(only):
            continue
        codes[path] = file.read_text(encoding="utf-8")
        lines = codes[path].splitlines()
        for start, ways in places(codes[path]).items():
            drawn.append((_order(seed, path, lines[start[0] - 1], start[1]), path, start, ways))
    found: list[Mutation] = []
    for _, path, start, ways in sorted(drawn):
        if len(found) == count:
            break
        mutation = mutation_at(path, codes[path], start, ways, seed)
        if mutation is not None and not _is_equivalent(mutation, known):
            found.append(mutation)
    return found
