"""A video from a terminal: a bar with the time left or plain lines meanwhile, a line at its end."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from tqdm import tqdm

from effects.batch.command import FAILED, STOPPED, ended_gently, is_reached, named_workers
from effects.batch.report import printable
from effects.batch.whole_file import remove_stale_parts
from effects.errors import PictureError
from effects.pipeline import Pipeline
from effects.render import check_max_side
from effects.video import jobs
from effects.video.jobs import RENDERERS
from effects.video.rendering import NO_LIMITS, check_part, render_video, written_form
from effects.workers.cluster import Cluster

LINE_SECONDS = 2.0
"""Seconds between two lines where nobody watches."""


class Telling:
    """How far a video is, on standard error."""

    def __init__(self) -> None:
        self._bar = tqdm(
            unit="s", file=sys.stderr, disable=not sys.stderr.isatty(), leave=False,
            bar_format="{l_bar}{bar}| {n:.1f} of {total:.1f} s [{elapsed}<{remaining}]",
        )  # fmt: skip
        self._next = time.monotonic() + LINE_SECONDS

    def tell(self, seconds: float, total: float | None) -> None:
        """So many seconds are written."""
        if not self._bar.disable:
            self._bar.total = max(total or seconds, seconds)
            self._bar.update(seconds - self._bar.n)
        elif time.monotonic() >= self._next:
            self._next = time.monotonic() + LINE_SECONDS
            words = f"{seconds:.1f} s" if total is None else f"{seconds:.1f} of {total:.1f} s"
            print(words, file=sys.stderr, flush=True)

    def close(self) -> None:
        """Leave the line as it was."""
        self._bar.close()


def render_file(
    source: Path,
    target: Path,
    pipeline: Pipeline,
    *,
    max_side: int | None,
    part: tuple[float, float | None],
    scheduler: str | None = None,
) -> int:
    """One video into another, and the exit status; EncodeError and OSError for what cannot be asked for."""
    start, end = part
    written_form(target)
    check_part(start, end)
    check_max_side(max_side)
    with source.open("rb"):
        pass  # one that is not there is a mistake in the words
    workers = named_workers(scheduler, RENDERERS)
    remove_stale_parts(target.resolve().parent)
    telling, began = Telling(), time.monotonic()
    try:
        with ended_gently():
            if isinstance(workers, Cluster) and is_reached(workers):
                made = jobs.render_video(
                    source, target, pipeline.to_json(), pipeline.tables, max_side=max_side, start=start, end=end,
                    limits=NO_LIMITS, tell=lambda standing: telling.tell(standing.seconds, standing.total),
                    meanwhile=lambda: None, executor=workers,
                )  # fmt: skip
            else:
                made = render_video(
                    source, target, pipeline, max_side=max_side, start=start, end=end, progress=telling.tell
                )
    except PictureError as error:
        print(f"emulsion: {printable(source)}: {error}", file=sys.stderr)
        return FAILED
    except KeyboardInterrupt:
        print(f"emulsion: Stopped. {printable(target)} is as it was.", file=sys.stderr)
        return STOPPED
    finally:
        telling.close()
        workers.close()
    for note in made.notes:
        print(f"emulsion: {note}", file=sys.stderr)
    what = f"{made.frames} {'frame' if made.frames == 1 else 'frames'} of {made.width} x {made.height}"
    print(f"{what} in {time.monotonic() - began:.1f} s: {printable(target)}")
    return 0
