"""Who imports whom, as a picture: docs/imports.svg, drawn from the syntax trees by `make docs`.

A box is a module or a folder of `effects`; what it imports lies below it. An arrow that follows from others is left
out: where a knows b and b knows c, a's own knowledge of c is not drawn. Boxes that know each other would be one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import fmean

from tests.test_architecture import ROOT, imports, tree

Graph = Mapping[str, frozenset[str]]
"""A name -> the names that it knows."""

APPLICATION = {"app": "app.py", "shell": "pages/shell", "pages": "pages/*.py", "components": "pages/components"}
"""The boxes above the library: name -> what it stands for."""

ROW, GAP, HEIGHT, MARGIN, LETTER, WIDTH = 64, 18, 28, 24, 7.8, 760
"""Between rows and boxes, a box's height, the picture's edge, a letter's width, and the middle twice; in px."""

LANE = " > "
"""Between two names: where an arrow from one to the other passes a row in which neither stands."""


def box_of(file: Path) -> str | None:
    """The box that a file of the project belongs to; the library's own front door belongs to none."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    match parts:
        case ("app",) | ("pages", "shell" | "components", *_):
            return parts[-1] if parts == ("app",) else parts[1]
        case ("pages", str()):
            return "pages"
        case ("effects", name, *_) if not name.startswith("__"):
            return name
    return None


def box_named(module: str) -> str | None:
    """The box of an imported module: inside the library, its first part."""
    parts = module.split(".")
    file = ROOT / Path(*parts)
    found = next((path for path in (file.with_suffix(".py"), file / "__init__.py") if path.is_file()), None)
    return box_of(file.with_suffix(".py")) if found else None


@cache
def graph() -> Graph:
    """Every box of the application and the library, and those that its files import."""
    known: dict[str, set[str]] = {}
    files = [ROOT / "app.py", *sorted((ROOT / "pages").rglob("*.py")), *sorted((ROOT / "effects").rglob("*.py"))]
    for file in files:
        box = box_of(file)
        if box is not None:
            named = {box_named(module) for module in imports(tree(file))} - {None, box}
            known.setdefault(box, set()).update(name for name in named if name)
    return {box: frozenset(named) for box, named in sorted(known.items())}


def reachable(graph: Graph) -> Graph:
    """Each name -> all that it knows, directly or through others."""
    whole = {name: set(known) for name, known in graph.items()}
    for middle in graph:
        for name in [name for name, known in whole.items() if middle in known]:
            whole[name] |= whole[middle]
    return {name: frozenset(known) for name, known in whole.items()}


def merged(graph: Graph) -> Graph:
    """The same with names that know each other as one, "a, b"."""
    whole = reachable(graph)
    circles = {name: {name} | {other for other in whole[name] if name in whole[other]} for name in graph}
    groups = {name: ", ".join(sorted(circle)) for name, circle in circles.items()}
    result: dict[str, set[str]] = {group: set() for group in groups.values()}
    for name, known in graph.items():
        result[groups[name]] |= {groups[other] for other in known} - {groups[name]}
    return {name: frozenset(known) for name, known in sorted(result.items())}


def reduced(graph: Graph) -> Graph:
    """The same without what follows from the rest; it must have no circles."""
    whole = reachable(graph)
    return {
        name: frozenset(other for other in known if not any(other in whole[between] for between in known))
        for name, known in graph.items()
    }


def levels(graph: Graph) -> dict[str, int]:
    """How many rows each name stands above those that know nobody."""
    found: dict[str, int] = {}

    def level(name: str) -> int:
        if name not in found:
            found[name] = max((level(other) + 1 for other in graph[name]), default=0)
        return found[name]

    for name in graph:
        level(name)
    return found


@dataclass(frozen=True)
class Box:
    """A name at its place: the middle of its upper edge, and how wide it is. Of a lane, nothing is drawn."""

    name: str
    x: float
    y: float
    width: float

    @property
    def drawn(self) -> str:
        """The box as SVG."""
        kind = "application" if self.name in APPLICATION else "library"
        return (
            f'<rect class="{kind}" x="{self.x - self.width / 2:.0f}" y="{self.y:.0f}" width="{self.width:.0f}" '
            f'height="{HEIGHT}" rx="4"/><text x="{self.x:.0f}" y="{self.y + 19:.0f}">{label(self.name)}</text>'
        )


def label(name: str) -> str:
    """What is written in a box; nothing in a lane."""
    return "" if LANE in name else APPLICATION.get(name, name)


def routed(graph: Graph) -> dict[str, list[str]]:
    """Every name and lane -> those in the row below that its arrows go to."""
    rows = levels(graph)
    links: dict[str, list[str]] = {name: [] for name in graph}
    for name, known in graph.items():
        for other in sorted(known):
            lanes = [f"{name}{LANE}{other}{LANE}{row}" for row in range(rows[name] - 1, rows[other], -1)]
            for upper, lower in pairwise([name, *lanes, other]):
                links.setdefault(upper, []).append(lower)
    return links


def placed(graph: Graph) -> dict[str, Box]:
    """Every box and lane, row by row from below; in a row each as near as can be to the middle of what it knows."""
    links = routed(graph)
    rows: dict[int, list[str]] = {}
    for name, level in levels({name: frozenset(below) for name, below in links.items()}).items():
        rows.setdefault(level, []).append(name)
    boxes: dict[str, Box] = {}
    for level in sorted(rows):
        wide = {name: LETTER * len(label(name)) + (20 if label(name) else 0) for name in sorted(rows[level])}
        # In whole pixels, so that it comes out the same in whatever order sets give their names.
        middle = {name: round(fmean(boxes[each].x for each in links[name])) if links[name] else WIDTH // 2
                  for name in wide}  # fmt: skip
        left = (WIDTH - sum(wide.values()) - GAP * (len(wide) - 1)) / 2
        for name in sorted(wide, key=lambda name: (middle[name], name)):
            boxes[name] = Box(name, round(left + wide[name] / 2), (max(rows) - level) * ROW, wide[name])
            left += wide[name] + GAP
    return boxes


def arrow(points: list[Box]) -> str:
    """A line from a box to another, through the lanes between them."""
    path = f"M{points[0].x:.0f} {points[0].y + HEIGHT:.0f}"
    for upper, lower in pairwise(points):
        top, bottom = upper.y + HEIGHT, lower.y - (3 if lower is points[-1] else 0)
        bend = (top + bottom) / 2
        path += f"C{upper.x:.0f} {bend:.0f} {lower.x:.0f} {bend:.0f} {lower.x:.0f} {bottom:.0f}"
        path += "" if lower is points[-1] else f"V{lower.y + HEIGHT:.0f}"
    return f'<path d="{path}"/>'


STYLE = """
  text { font: 13px ui-monospace, monospace; text-anchor: middle; fill: #1d1c1a }
  rect { fill: #fff; stroke: #6b6a66 }
  .application { fill: #fbe9e3; stroke: #a8321a }
  path { fill: none; stroke: #8f8d87; stroke-width: 1.2; marker-end: url(#tip) }
"""


def drawn() -> str:
    """The picture as SVG."""
    whole = reduced(merged(graph()))
    boxes, links = placed(whole), routed(whole)
    arrows = []
    for name in whole:
        for below in links[name]:
            points = [boxes[name], boxes[below]]
            while LANE in points[-1].name:
                points.append(boxes[links[points[-1].name][0]])
            arrows.append(arrow(points))
    left = min(0, *(box.x - box.width / 2 for box in boxes.values())) - MARGIN
    width, height = WIDTH - 2 * left, max(box.y for box in boxes.values()) + HEIGHT + 2 * MARGIN
    view = f"{left:.0f} {-MARGIN} {width:.0f} {height:.0f}"
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view}" role="img" aria-label="Who imports whom">',
            f"<style>{STYLE}</style>",
            '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
            '<path d="M0 0L8 4L0 8z" style="fill:#8f8d87;stroke:none;marker-end:none"/></marker></defs>',
            f'<rect x="{left:.0f}" y="{-MARGIN}" width="100%" height="100%" style="fill:#fafaf8;stroke:none"/>',
            *arrows,
            *(boxes[name].drawn for name in sorted(whole)),
            "</svg>\n",
        ]
    )
