"""Photos developed off the page's thread: begun once, followed by the page, ended at any time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from effects import encode
from effects.batch.names import Job, name_jobs
from effects.batch.work import Executor, Outcome, Wishes, run_batch
from effects.codec.formats import WRITTEN_FORMATS
from effects.render import open_preview
from pages.components.background_work import BackgroundWork
from pages.components.batch.line import PATIENT_WORKERS
from pages.components.batch.roll_photo import RollPhoto
from pages.components.save.file_name import no_device, stem

SIDE, QUALITY = 360, 82
"""Pixels of a small picture's longer side, and its JPEG's quality."""

MAX_STEM_BYTES = 100
"""Of a photo's name in its result's: what a template puts around it has room, too."""


class Development(BackgroundWork):
    """One run over some photos of a roll. It knows them, and not the roll: that may go meanwhile."""

    def __init__(
        self,
        photos: Sequence[RollPhoto],
        wishes: Wishes,
        *,
        template: str,
        look: str,
        executor: Executor = PATIENT_WORKERS,
    ) -> None:
        super().__init__("batch")
        self.photos = {photo.number: photo for photo in photos}
        self.names = result_names(photos, template=template, look=look, format=wishes.format)
        self.wishes = wishes
        self.executor = executor
        self.refused = sum(bool(photo.refusal) for photo in photos)
        self.began = time.monotonic()
        self.seconds = 0.0  # that it took, once it has ended
        self._told: set[int] = set()  # numbers of the photos that had their turn

    def start(self) -> None:
        """Begin; what was made of these photos before is let go."""
        for photo in self.photos.values():
            photo.forget_result()
        super().start()

    @property
    def finished(self) -> int:
        """How many photos are developed, or have failed."""
        return self.refused + len(self._told)

    @property
    def is_cancelled(self) -> bool:
        """Whether it ended before all photos had their turn."""
        return self.has_ended and self.finished < len(self.photos)

    @property
    def seconds_left(self) -> float | None:
        """How long the rest will take, by what the others took; None where that cannot be told yet."""
        if not self._told:
            return None
        return (time.monotonic() - self.began) / len(self._told) * (len(self.photos) - self.finished)

    def work(self) -> None:
        """Develop the photos, one after another."""
        jobs = [Job(photo.number, photo.source, photo.result) for photo in self.photos.values() if not photo.refusal]
        run_batch(jobs, self.wishes, self.executor, at_once=1, tell=self._tell, end=self.end)

    def settle(self) -> None:
        """How long it took."""
        self.seconds = time.monotonic() - self.began

    def _tell(self, outcome: Outcome) -> None:
        photo = self.photos[outcome.job.number]
        if outcome.status == "failed":
            photo.trouble = outcome.sentence
        elif not self.end.is_set():
            with suppress(ValueError, OSError):
                small = self.executor.call(open_preview, photo.result.read_bytes(), SIDE)
                photo.small = encode(small, format="jpeg", quality=QUALITY)
        if outcome.status == "written":
            photo.result_name = self.names[photo.number]
        self._told.add(photo.number)


def result_names(photos: Sequence[RollPhoto], *, template: str, look: str, format: str) -> Mapping[int, str]:
    """What each photo's result is called, by its number, no two alike; ValueError for what is no template."""
    sources = [Path(f"{no_device(stem(photo.name, MAX_STEM_BYTES))}.photo") for photo in photos]
    jobs = name_jobs(sources, Path("results"), template=template, look=look, ending=WRITTEN_FORMATS[format].ending)
    return {photo.number: job.target.name for photo, job in zip(photos, jobs, strict=True)}
