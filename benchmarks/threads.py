"""Two threads against one, for each kind of pass, and many renders at once against the same one after another."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row
from benchmarks.timing import Racer, cores, on_one_core, race
from effects.catalogue import EFFECTS
from effects.pipeline import Pipeline

SECTION = "threads"

PASSES = {
    "pointwise: tone": ("exposure",),
    "pointwise: five steps": ("exposure", "saturation", "gamma", "contrast", "sepia"),
    "pointwise: color": ("vibrance",),
    "spatial: blur": ("gaussian_blur",),
    "spatial: sharpen": ("unsharp_mask",),
    "spatial: bloom": ("bloom",),
    "geometric": ("swirl",),
}

AT_MEMORYS_SPEED = "pointwise: tone"
"""One table of bytes: one core copies the picture no faster."""

AT_ONCE = 8


def rows(rounds: int) -> Iterator[Row]:
    """Wall time on all cores against one core; then eight at once against eight in a row, in processor time."""
    for name, effects in PASSES.items():
        pipeline = Pipeline(tuple(EFFECTS[effect].step() for effect in effects))
        for size in SIZES:
            yield _helped(name, pipeline, size, rounds)
    yield _crowd(rounds)


def _helped(name: str, pipeline: Pipeline, size: str, rounds: int) -> Row:
    image = photo(*SIZES[size])

    def alone() -> object:
        with on_one_core():
            return pipeline(image)

    times = race({"alone": Racer(alone), "all": Racer(lambda: pipeline(image))}, rounds * 2)
    least = 1.5 if size == "12 MP" and name != AT_MEMORYS_SPEED else 0.9
    bound = Bound(times["alone"].wall / times["all"].wall, "at least", least, "x one core")
    figures = {"1 core": times["alone"].wall, f"{cores()} cores": times["all"].wall}
    return Row(SECTION, name, size, figures=figures, bound=bound)


def _crowd(rounds: int) -> Row:
    image = photo(*SIZES["12 MP"])
    pipeline = Pipeline(tuple(EFFECTS[name].step() for name in ("exposure", "saturation", "gaussian_blur", "vibrance")))

    def in_a_row() -> None:
        for _ in range(AT_ONCE):
            pipeline(image)

    with ThreadPoolExecutor(AT_ONCE) as people:

        def at_once() -> None:
            list(people.map(lambda _: pipeline(image), range(AT_ONCE)))

        times = race({"in a row": Racer(in_a_row), "at once": Racer(at_once)}, max(2, rounds // 2), patience=20)
    ratio = times["at once"].cpu / times["in a row"].cpu
    figures = {"in a row, CPU": times["in a row"].cpu, "at once, CPU": times["at once"].cpu}
    bound = Bound(ratio, "at most", 1.15, "x in a row")
    return Row(SECTION, f"{AT_ONCE} renders at once", "12 MP", figures=figures, bound=bound)
