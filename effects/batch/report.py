"""What is told of a batch: a bar on a terminal or plain lines meanwhile, a report at its end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tqdm import tqdm

from effects.batch.whole_file import write_whole
from effects.batch.work import Outcome


class Progress:
    """How far a batch is, on standard error: a bar with the time left, or a line a photo where nobody watches."""

    def __init__(self, total: int) -> None:
        self.total = total
        self._outcomes: dict[int, Outcome] = {}
        self._bar = tqdm(total=total, unit="photo", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.close()

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of each photo so far, in the order they were given in."""
        return [outcome for _, outcome in sorted(self._outcomes.items())]

    def tell(self, outcome: Outcome) -> None:
        """One photo more; one that was told of already counts once."""
        if outcome.job.number in self._outcomes:
            return
        self._outcomes[outcome.job.number] = outcome
        if self._bar.disable:
            count = f"{len(self._outcomes)} of {self.total}"
            print(f"{count}: {printable(outcome.job.source)}", file=sys.stderr, flush=True)
        else:
            self._bar.update()


def summary(outcomes: Sequence[Outcome], total: int, seconds: float) -> str:
    """The last line: how many there were, and what became of them."""
    counts = Counter(outcome.status for outcome in outcomes)
    parts = [f"{counts['written']} written", f"{counts['skipped']} skipped", f"{counts['failed']} failed"]
    if len(outcomes) < total:
        parts.append(f"{total - len(outcomes)} not begun or not ended")
    return f"{total} {'photo' if total == 1 else 'photos'} in {seconds:.1f} s: {', '.join(parts)}"


def failure_lines(outcomes: Sequence[Outcome]) -> list[str]:
    """One line a failure: the file's name and the sentence."""
    return [
        f"{printable(outcome.job.source)}: {outcome.sentence}" for outcome in outcomes if outcome.status == "failed"
    ]


def write_report(path: Path, outcomes: Sequence[Outcome], total: int, seconds: float) -> None:
    """The report as a file, whose photos stand in the order they were given in: of words for .txt, else of JSON."""
    write = report_text if path.suffix.lower() == ".txt" else report_json
    write_whole(path, f"{write(outcomes, total, seconds)}\n".encode())


def report_text(outcomes: Sequence[Outcome], total: int, seconds: float) -> str:
    """A line a photo, the file that it went to or why it failed, and the last line."""
    lines = []
    for outcome in outcomes:
        end = outcome.sentence if outcome.status == "failed" else printable(outcome.job.target)
        lines.append(f"{outcome.status}: {printable(outcome.job.source)}: {end}")
    return "\n".join([*lines, summary(outcomes, total, seconds)])


def report_json(outcomes: Sequence[Outcome], total: int, seconds: float) -> str:
    """The same for programs."""
    counts = Counter(outcome.status for outcome in outcomes)
    report = {
        "photos": total,
        **{status: counts[status] for status in ("written", "skipped", "failed")},
        "stopped": len(outcomes) < total,
        "seconds": round(seconds, 3),
        "files": [outcome.record for outcome in outcomes],
    }
    return json.dumps(report, indent=1)


def printable(path: Path) -> str:
    """A path as one line can carry it, whatever signs are in it."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(path))
