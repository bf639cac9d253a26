"""Two runs side by side, in L and T, so that runs of different machines or moments can be held against each other."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

CHANGED = 1.15
"""A ratio above this, or below its inverse, is called a change: the best of several runs still differs by 10 %."""

Key = tuple[str, str, str]


def ratios(path: Path) -> dict[Key, tuple[float, float]]:
    """Section, name and size of each row -> its L and T."""
    rows: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))["rows"]
    timed = (row for row in rows if row["in_l"] is not None)
    return {(row["section"], row["name"], row["size"]): (row["in_l"], row["in_t"]) for row in timed}


def compared(before: Path, after: Path) -> str:
    """A table of every row in both runs: after / before, by L and by T; what got slower comes first."""
    old, new = ratios(before), ratios(after)
    both = [(key, new[key][0] / old[key][0], new[key][1] / old[key][1]) for key in old if key in new]
    lines = [f"{'by L':>6} {'by T':>6}  row"]
    for key, by_l, by_t in sorted(both, key=lambda row: -min(row[1], row[2])):
        word = "slower" if min(by_l, by_t) > CHANGED else "faster" if max(by_l, by_t) < 1 / CHANGED else ""
        lines.append(f"{by_l:6.2f} {by_t:6.2f}  {' · '.join(part for part in key if part)}  {word}".rstrip())
    lines += [f"only in {before}: {' · '.join(key)}" for key in old if key not in new]
    lines += [f"only in {after}: {' · '.join(key)}" for key in new if key not in old]
    return "\n".join(lines)


def main(arguments: list[str]) -> int:
    """`python -m benchmarks.compare BEFORE AFTER`."""
    if len(arguments) != 2 or not all(Path(name).is_file() for name in arguments):
        print("Name two files that `make bench` wrote: make bench-compare BEFORE.json AFTER.json", file=sys.stderr)
        return 2
    print(compared(Path(arguments[0]), Path(arguments[1])))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
