"""Both sides of a condition on parameters: a formula is run once along each way through it, and the ways are joined."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from effects.shaders.expressions import Expression, Rank, Sheet

MAX_WAYS = 64
"""Ways through a formula: each condition doubles them, unless it follows from another."""


class Untraceable(Exception):  # noqa: N818 - the field's word
    """What a formula does and no shader can be made of, in words that name the file and the line."""


@dataclass
class Path:
    """The decisions of one run of a formula, and which of them are still to be taken the other way."""

    decisions: list[tuple[Expression, bool]] = field(default_factory=list)
    place: int = 0

    def decide(self, condition: Expression) -> bool:
        """Which side of the condition this run takes; the same one wherever it is asked again."""
        if condition.rank is Rank.PIXEL:
            raise Untraceable("a branch that each pixel would take for itself; np.where keeps both sides")
        negated = condition.operation == "not"
        asked = condition.arguments[0] if negated else condition
        for known, side in self.decisions[: self.place]:
            if known is asked:
                return side is not negated
        if self.place == len(self.decisions):
            self.decisions.append((asked, True))
        self.place += 1
        return self.decisions[self.place - 1][1] is not negated

    def turn(self) -> bool:
        """Go back to the last decision that has been taken one way only, and take the other; whether there is one."""
        del self.decisions[self.place :]
        while self.decisions and not self.decisions[-1][1]:
            self.decisions.pop()
        if not self.decisions:
            return False
        self.decisions[-1] = (self.decisions[-1][0], False)
        self.place = 0
        return True


@dataclass
class Trace:
    """One effect being traced: the sheet its expressions are written on, and the way through it that is being run."""

    sheet: Sheet = field(default_factory=Sheet)
    path: Path = field(default_factory=Path)


Numbers = tuple[Expression, ...]

Way = tuple[list[tuple[Expression, bool]], Numbers]
"""Decisions, and what came out."""


def explored(trace: Trace, run: Callable[[], Numbers]) -> Numbers:
    """What `run` gives along every way, joined; `Untraceable` where there are more than `MAX_WAYS`."""
    ways: list[Way] = []
    trace.path = Path()
    while True:
        numbers = run()
        ways.append((trace.path.decisions[: trace.path.place], numbers))
        if not trace.path.turn():
            return _joined(trace.sheet, ways, 0)
        if len(ways) == MAX_WAYS:
            raise Untraceable(f"its conditions make more than {MAX_WAYS} ways through it")


def _joined(sheet: Sheet, ways: Sequence[Way], depth: int) -> Numbers:
    decisions, numbers = ways[0]
    if len(ways) == 1:
        return numbers
    yes, no = ([way for way in ways if way[0][depth][1] is side] for side in (True, False))
    pairs = zip(_joined(sheet, yes, depth + 1), _joined(sheet, no, depth + 1), strict=True)
    return tuple(sheet.join(decisions[depth][0], *pair) for pair in pairs)
