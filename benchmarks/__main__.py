"""`python -m benchmarks`: everything measured in one run, printed as tables and kept as JSON."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks import frames, fusing, imports, lattice, many, masks, memory, shelf, threads, video, ways, wide
from benchmarks.report import Row, machine, printed, saved
from effects.tuning import tune

ROUNDS = 5

RESULTS = Path(__file__).parent / "results"

NOTES = (
    "L is one cv2.LUT and T one full cv2.transform of the same picture into memory that is there, raced beside each",
    "row. Times are the best of interleaved rounds. `CPU ms`, L and T are those of one core; peers and we have all",
    "cores where a row compares wall times, and each library has the picture in its own form before the clock starts.",
)


def sections(rounds: int, folder: Path) -> dict[str, tuple[str, Callable[[], Iterator[Row]]]]:
    """Name -> title and what measures it."""
    return {
        "effects": ("Every effect, and who else has it (wall ms, all cores)", lambda: shelf.rows(rounds)),
        "plan": ("The plan against step by step (one core)", lambda: fusing.rows(rounds)),
        "masks": ("Steps in a mask (wall ms, all cores)", lambda: masks.rows(rounds)),
        "blur": ("A wide blur", lambda: wide.rows(rounds)),
        "lattice": ("A colour table (one core)", lambda: lattice.rows(rounds)),
        "ways": ("From bytes to bytes", lambda: ways.rows(rounds)),
        "frames": ("A frame of live video (one core)", lambda: frames.rows(rounds)),
        "imports": ("Importing the library", lambda: imports.rows(rounds, folder)),
        "threads": ("Threads", lambda: threads.rows(rounds)),
        "many": ("Many photos, from files to files", lambda: many.rows(max(2, rounds // 2), folder)),
        "video": ("A video, from file to file", lambda: video.rows(max(2, rounds // 2), folder)),
        "memory": ("Memory of a render, and growth", lambda: memory.rows(max(2, rounds // 2), folder)),
    }


def main() -> int:
    """Measure, print, keep; ends with 0 whatever was measured: a noisy minute is not a broken build."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("sections", nargs="*", help="effects, plan, blur, lattice, ways ...; all if none is named")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each race is run ({ROUNDS})")
    parser.add_argument("--json", type=Path, help="where to write the figures (benchmarks/results/TIME.json)")
    asked = parser.parse_args()
    tune()
    rows: list[Row] = []
    with TemporaryDirectory() as folder:
        known = sections(asked.rounds, Path(folder))
        unknown = [name for name in asked.sections if name not in known]
        if unknown:
            parser.error(f"there is no section {unknown[0]!r}; there are {', '.join(known)}")
        print("; ".join(f"{name} {version}" for name, version in machine().items()))
        print("\n".join(NOTES))
        for name in asked.sections or known:
            title, measure = known[name]
            found = []
            for row in measure():
                found.append(row)
                print(f"{len(found):4} {row.section}: {row.name} {row.size}".ljust(79), end="\r", file=sys.stderr)
            print(printed(title, found), flush=True)
            rows += found
    path = asked.json or RESULTS / f"{time.strftime('%Y-%m-%d-%H%M%S')}.json"
    saved(rows, path)
    bounds = [row.bound for row in rows if row.bound]
    print(f"\n{sum(bound.holds for bound in bounds)} of {len(bounds)} bounds hold. Figures: {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
