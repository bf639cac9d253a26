"""How much memory a render takes, and how time and memory grow with the picture: each in a process of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from benchmarks.pictures import jpeg, photo
from benchmarks.report import Bound, Row
from effects.catalogue import EFFECTS
from effects.pipeline import Pipeline

SECTION = "memory"

SIZES = {
    "1 MP": (866, 1155),
    "3 MP": (1500, 2000),
    "12 MP": (3000, 4000),
    "24 MP": (4243, 5657),
    "48 MP": (6000, 8000),
}

STACKS = {
    "one pointwise step": ("exposure",),
    "five pointwise steps": ("exposure", "saturation", "contrast", "vignette", "sepia"),
    "five mixed steps": ("exposure", "bloom", "swirl", "unsharp_mask", "vignette"),
}
STACKS |= {f"{name} in a mask": STACKS[name] for name in ("five pointwise steps", "five mixed steps")}

MASK = ({"kind": "radial", "feather": 0.1}, {"kind": "luma", "how": "intersect", "low": 0.2, "feather": 0.02})

MAX_COPIES = {name: 4.0 if "pointwise" in name else 6.0 for name in STACKS if name.startswith("five")}
"""Times the decoded picture, at 24 MP."""

CHILD = """
import json, resource, sys, time
from pathlib import Path
from effects.render import render
def peak():
    status = Path("/proc/self/status")
    if status.exists():  # the peak of this process alone; ru_maxrss begins with that of the one that started it
        return int(next(line for line in status.read_text().splitlines() if line.startswith("VmHWM")).split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data, recipe = Path(sys.argv[1]).read_bytes(), sys.argv[2]
from effects.codec import decode, encode
from effects.pipeline import Pipeline
from effects.tuning import tune
tune()
before = peak()
render(data, recipe, format="jpeg", quality=92)
after = peak()
photo, pipeline, seconds = decode(data), Pipeline.from_json(recipe), []
for _ in range(int(sys.argv[3])):
    began = time.process_time()
    pipeline(photo.image)
    seconds.append(time.process_time() - began)
print(json.dumps([after - before, 1e3 * min(seconds)]))
"""


def rows(rounds: int, folder: Path) -> Iterator[Row]:
    """Peaks at 24 MP against their bounds; then sizes, for stacks of one and of five."""
    for size, (height, width) in SIZES.items():
        path = folder / f"{height}.jpg"
        path.write_bytes(jpeg(photo(height, width)))
        for name in STACKS:
            yield _row(name, size, path, rounds)


def _row(name: str, size: str, path: Path, rounds: int) -> Row:
    mask = MASK if name.endswith("in a mask") else ()
    stack = Pipeline(tuple(EFFECTS[effect].step(mask=mask) for effect in STACKS[name]))
    command = [sys.executable, "-c", CHILD, str(path), stack.to_json(), str(rounds)]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    grown, cpu = json.loads(told)
    decoded = 3 * SIZES[size][0] * SIZES[size][1]
    figures = {
        "peak MB": grown / 1e6,
        "x decoded": grown / decoded,
        "CPU ms a MP": 3e6 * cpu / decoded,
    }
    held = size == "24 MP" and name in MAX_COPIES
    bound = Bound(grown / decoded, "at most", MAX_COPIES[name], "x decoded") if held else None
    return Row(SECTION, name, size, cpu=cpu, figures=figures, bound=bound)
