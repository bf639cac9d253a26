"""Small pictures of one photo under many pipelines."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

import cv2
import numpy as np

from effects import Photo, Pipeline, Stream, encode, workers
from effects.codec.raster import average_to
from effects.codec.writing import on_white
from effects.effect import Kind
from effects.errors import PictureError
from effects.workers.patience import PATIENCE_SECONDS, Meanwhile, release, take
from pages.components import session
from pages.components.left_over import left_over
from pages.components.photo.first_pictures import FIRST_PICTURES

SIDE = 240  # px of the longer side, where nothing else is asked for
QUALITY = 80

FRAMES, EVERY, PAN = 6, 0.1, 0.03  # of the film an effect of time is shown on: how many, s apart, widths moved in each

A_JOB = 8  # pictures that a worker makes together: others find it free in between, and it is in time on a busy machine

ASIDE = 0.1  # s that a tile waits at most for the first pictures of others: a strip of them comes, however many come


class Turn:
    """Whose turn it is to make a small picture, of all sessions.

    Ten strips at once would take all cores, and each be there as late as the last. While others wait for their turn,
    whoever had it rests as long as that took: what people do, be it none of these, gets half of the time.
    """

    def __init__(self) -> None:
        self.waiting = 0
        self._lock = threading.Lock()
        self._count = threading.Lock()

    @contextmanager
    def taken(self, meanwhile: Meanwhile) -> Iterator[None]:
        """Inside this it is the caller's; an error of `meanwhile` ends the waiting for it."""
        self._wait(1)
        try:
            take([self._lock], meanwhile, look=PATIENCE_SECONDS)
        finally:
            self._wait(-1)
        began = time.monotonic()
        try:
            yield
        finally:
            if self.waiting:
                time.sleep(time.monotonic() - began)
            release([self._lock])

    def _wait(self, more: int) -> None:
        with self._count:
            self.waiting += more


TURN = Turn()
"""That of this server."""


class Thumbnails:
    """One photo, small, under any pipeline: each picture is made once, as a JPEG.

    They belong to whoever the photo belongs to, and go with it.
    """

    def __init__(self, photo: Photo, side: int = SIDE, quality: int = QUALITY) -> None:
        self.photo = small(photo, side)
        self.quality = quality
        self._made: dict[Pipeline, bytes] = {}

    @property
    def aspect(self) -> float:
        """The photo's width by its height."""
        height, width = self.photo.image.shape[:2]
        return width / height

    def of(self, pipeline: Pipeline, meanwhile: Meanwhile = session.give_way) -> bytes:
        """The picture after this pipeline, made now if it was not before; an error of `meanwhile` ends the waiting."""
        if pipeline not in self._made:
            if pipeline.asks_networks:
                photo = found_elsewhere(self.photo, pipeline, meanwhile)
            else:
                photo = made_in_turn(self.photo, pipeline, meanwhile)
            self._made[pipeline] = encode(photo, format="jpeg", quality=self.quality)
        return self._made[pipeline]

    def made(self, pipeline: Pipeline) -> bytes:
        """The picture after this pipeline if it was made, else nothing."""
        return self._made.get(pipeline, b"")

    def take_over(self, pipeline: Pipeline, picture: bytes) -> None:
        """Have this as the picture after this pipeline."""
        self._made[pipeline] = picture

    def missing(self, pipelines: Iterable[Pipeline]) -> list[Pipeline]:
        """Those of which there is no picture yet; those that have to find somebody or something come last."""
        missing = [pipeline for pipeline in pipelines if pipeline not in self._made]
        return sorted(missing, key=lambda pipeline: pipeline.asks_networks)

    def make_aside(self, pipelines: Iterable[Pipeline], meanwhile: Meanwhile) -> None:
        """Make the pictures after these pipelines, some together, in a worker; PictureError where it cannot.

        What shows something only where time goes by, or has to find somebody, is made by itself. An error of
        `meanwhile` ends it.
        """
        missing = self.missing(pipelines)
        together = [each for each in missing if not (each.asks_networks or is_timed(each))]
        for first in range(0, len(together), A_JOB):
            few = together[first : first + A_JOB]
            recipes = [each.to_json() for each in few]
            tables = {name: table for each in few for name, table in each.tables.items()}
            made = workers.thumbnails(self.photo, recipes, tables, meanwhile, quality=self.quality)
            self._made.update(zip(few, made, strict=True))
        for pipeline in missing:
            self.of(pipeline, meanwhile)

    def make(self, pipelines: Iterable[Pipeline], seconds: float) -> None:
        """Make pictures for about so long, in this order, one at least."""
        end = time.monotonic() + seconds
        for pipeline in pipelines:
            self.of(pipeline)
            if time.monotonic() > end:
                return


def made_in_turn(photo: Photo, pipeline: Pipeline, meanwhile: Meanwhile) -> Photo:
    """The photo after a pipeline, while no other small picture is made; an error of `meanwhile` ends the waiting."""
    FIRST_PICTURES.go_first(ASIDE, meanwhile)
    with TURN.taken(meanwhile):
        return pan(photo, pipeline) if is_timed(pipeline) else pipeline.apply(photo)


def is_timed(pipeline: Pipeline) -> bool:
    """Whether it shows something only where time goes by."""
    return any(step.effect.kind is Kind.TEMPORAL for step in pipeline.all_steps)


def pan(photo: Photo, pipeline: Pipeline) -> Photo:
    """What the pipeline shows when a camera has come to this picture from the side: on a still, time stands still."""
    # A camera sees what is transparent as paper, as the thumbnail shows it.
    image = photo.image if photo.alpha is None else on_white(photo.image, photo.alpha)
    stream, width = Stream(pipeline), image.shape[1]
    shown = image
    for number in range(FRAMES):
        aside = round((FRAMES - 1 - number) * PAN * width)
        frame = cv2.copyMakeBorder(image, 0, 0, aside, 0, cv2.BORDER_REFLECT_101)[:, :width]
        shown = stream(np.ascontiguousarray(frame, np.uint8), number * EVERY)
    return Photo(shown)


def found_elsewhere(photo: Photo, pipeline: Pipeline, meanwhile: Meanwhile) -> Photo:
    """The photo after a pipeline that has networks look for people, in a worker.

    Where they cannot it is as it was, or nothing of it is left. An error of `meanwhile` ends the waiting.
    """
    try:
        return workers.preview(photo, pipeline.to_json(), pipeline.tables, meanwhile)
    except PictureError:
        return left_over(pipeline, photo)


def small(photo: Photo, side: int = SIDE) -> Photo:
    """The photo at the size of a thumbnail, whose longer side is so many px."""
    height, width = photo.image.shape[:2]
    times = side / max(height, width)
    made = average_to(photo, (max(1, round(width * times)), max(1, round(height * times))))
    return Photo(made.image, made.alpha, unhidden=made.unhidden)
