"""Every effect at its defaults, beside L and T, and beside every peer that has it, too."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from benchmarks import peers
from benchmarks.limits import limits
from benchmarks.peers.peer import Peer
from benchmarks.pictures import SIZES, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, Time, cores, on_one_core, race, timed
from benchmarks.why import WHY
from effects.catalogue import EFFECTS
from effects.effect import Effect, Step
from effects.image import Image
from effects.pipeline import Pipeline

SECTION = "effects"

SETTINGS: dict[str, dict[str, Any]] = {
    "crop": {"x": 0.1, "y": 0.1, "width": 0.8, "height": 0.8},
    "straighten": {"angle": 3.0},
    "resize": {"scale": 0.5},
}
"""Parameters of effects that do nothing at their defaults."""

MAX_MILLISECONDS = {"12 MP": (2500, 2500), "720p": (25, 250)}
"""Size -> milliseconds of one core that an effect marked live may take, and any other."""

PATIENCE = 2.0
"""Seconds for each of an effect's two races: there are seventy effects."""

SLOW = 800.0
"""Milliseconds: a peer that takes longer is timed once and does not race."""

Given = Mapping[Peer, Any]
"""The picture in each peer's own form."""


def rows(rounds: int) -> Iterator[Row]:
    """One row for each effect and size: nothing has to be written here for a new effect to get its own."""
    others, missing = peers.installed()
    for sentence in missing:
        yield Row(SECTION, "(peers)", note=sentence)
    for size, (height, width) in SIZES.items():
        image = photo(height, width)
        given = {peer: peer.given(image) for peer in others}
        for effect in EFFECTS.values():
            taken = row(effect, size, image, given, rounds)
            yield taken
            yield held(effect, taken)


def row(effect: Effect, size: str, image: Image, given: Given, rounds: int) -> Row:
    """The effect on one core beside L and T; then on all cores beside its peers on all cores, wall against wall."""
    ours = Racer(_ours(effect, image))
    with on_one_core():
        alone = race({**limits(image), "ours": ours}, rounds, PATIENCE)
    against, late, failed = _against(effect, given, min(image.shape[:2]))
    times = {**race({"ours": ours, **against}, rounds, PATIENCE), **late}
    best = min((name for name in times if name != "ours"), key=lambda name: times[name].wall, default=None)
    figures = {f"{cores()} cores": times["ours"].wall, **{name: times[name].wall for name in times if name != "ours"}}
    bound = Bound(times[best].wall / times["ours"].wall, "at least", 1, f"x {best}") if best else None
    note = "; ".join(filter(None, [WHY.get(effect.name, "") if bound and not bound.holds else "", *failed]))
    return measured(SECTION, effect.name, size, alone, figures=figures, bound=bound, note=note)


def held(effect: Effect, taken: Row) -> Row:
    """The same on one core, against what an effect of its sort may take."""
    most = MAX_MILLISECONDS.get(taken.size, (math.inf, math.inf))[0 if effect.live else 1]
    name = f"{effect.name}, {'live' if effect.live else 'not live'}"
    return Row(SECTION, name, taken.size, bound=Bound(taken.cpu or 0, "at most", most, "CPU ms"))


def _ours(effect: Effect, image: Image) -> Callable[[], object]:
    return partial(Pipeline((_step(effect),)), image)


def _step(effect: Effect) -> Step:
    return effect.step(**SETTINGS.get(effect.name, {}))


def _against(effect: Effect, given: Given, short: int) -> tuple[dict[str, Racer], dict[str, Time], list[str]]:
    racers: dict[str, Racer] = {}
    late: dict[str, Time] = {}
    failed: list[str] = []
    for peer, picture in given.items():
        doing = peer.doing(_step(effect), picture, short)
        if doing is None:
            continue
        try:
            took = timed(doing)
        except Exception as error:  # whatever a peer raises on our picture
            failed.append(f"{peer.name} fails: {type(error).__name__} {str(error)[:60]}")
        else:
            if took.wall > SLOW:
                late[peer.name] = took
            else:
                racers[peer.name] = Racer(doing, cores())
    return racers, late, failed
