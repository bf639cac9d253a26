"""Rows of figures: what they are, how they are printed as tables, and how they are kept as JSON."""

from __future__ import annotations

import json
import operator
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from benchmarks.timing import Time, cores

VERSIONS = ("numpy", "opencv-python-headless", "pillow", "scikit-image", "albumentations", "pyvips", "Wand", "pilgram")

COMPARED = {"at most": operator.le, "at least": operator.ge}


@dataclass(frozen=True)
class Bound:
    """What must hold: `value` is `side` ("at most" or "at least") `limit`, in `unit`."""

    value: float
    side: str
    limit: float
    unit: str

    @property
    def holds(self) -> bool:
        """Whether it does."""
        return bool(COMPARED[self.side](self.value, self.limit))

    def __str__(self) -> str:
        sign = {"at most": "<=", "at least": ">="}[self.side]
        return f"{self.value:.2f} {self.unit} {sign} {self.limit:g} {'ok' if self.holds else 'MISSED'}"


@dataclass(frozen=True)
class Row:
    """One measurement: its place in the report, times in ms, the same in L and T, and what it is held to."""

    section: str
    name: str
    size: str = ""
    wall: float | None = None
    cpu: float | None = None
    in_l: float | None = None
    in_t: float | None = None
    figures: dict[str, float] = field(default_factory=dict)
    bound: Bound | None = None
    note: str = ""


def measured(section: str, name: str, size: str, times: dict[str, Time], which: str = "ours", **more: object) -> Row:
    """A row of the racer `which`, in the L and T that ran beside it; ratios are of processor time on one core."""
    took = times[which]
    in_l, in_t = took.cpu / times["L"].cpu, took.cpu / times["T"].cpu
    return Row(section, name, size, took.wall, took.cpu, in_l, in_t, **more)  # type: ignore[arg-type]


def printed(title: str, rows: Sequence[Row]) -> str:
    """The rows as a Markdown table; columns that no row fills are left out."""
    figures = list(dict.fromkeys(key for row in rows for key in row.figures))
    columns = {
        "": [row.name for row in rows],
        "size": [row.size for row in rows],
        "wall ms": [number(row.wall) for row in rows],
        "CPU ms": [number(row.cpu) for row in rows],
        "L": [number(row.in_l) for row in rows],
        "T": [number(row.in_t) for row in rows],
        **{key: [number(row.figures.get(key)) for row in rows] for key in figures},
        "held to": [str(row.bound) if row.bound else "" for row in rows],
        "note": [row.note for row in rows],
    }
    filled = {head: cells for head, cells in columns.items() if any(cells)}
    widths = [max(len(head), *(len(cell) for cell in cells)) for head, cells in filled.items()]
    lines = [list(filled), ["-" * width for width in widths], *map(list, zip(*filled.values(), strict=True))]
    padded = ([cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines)
    return "\n".join([f"\n### {title}\n", *("| " + " | ".join(line) + " |" for line in padded)])


def number(value: float | None) -> str:
    """Three digits are all that a timing is good for."""
    if value is None:
        return ""
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def machine() -> dict[str, str]:
    """Where the run took place, and the versions of everybody in it."""
    found = {"python": platform.python_version(), "processor": processor(), "cores": str(cores())}
    for name in VERSIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "not installed"
    return found


def processor() -> str:
    """The processor's name as the system knows it."""
    told = Path("/proc/cpuinfo")
    lines = told.read_text().splitlines() if told.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def saved(rows: Sequence[Row], path: Path) -> None:
    """The run as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = [{**asdict(row), "holds": row.bound.holds if row.bound else None} for row in rows]
    path.write_text(json.dumps({"machine": machine(), "rows": kept}, indent=1) + "\n", encoding="utf-8")
