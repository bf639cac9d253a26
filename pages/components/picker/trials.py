"""Trials: what each effect and look would make of the picture, after what is on the stack."""

from __future__ import annotations

import time
from collections.abc import Container, Mapping
from functools import cached_property
from types import MappingProxyType

from effects import EFFECTS, Group, Photo, Pipeline, RecipeError, workers
from effects.effect import Kind
from effects.looks import LOOK_BOOK
from effects.workers.patience import Meanwhile
from pages.components import session
from pages.components.left_over import left_over
from pages.components.picker.shelf import LOOK, pipelines
from pages.components.picker.thumbnails import Thumbnails, small
from pages.components.stack.card import Stack

FINER = 3  # times the side of a trial: as large as the photo before the stack may be, where that cuts out a part of it
MAX_HERE = 4_000_000  # pixels that a stack may make here; more of them are made in a worker
MAX_CANVAS_STEPS = 2  # as in the preview


class Trials:
    """One photo after one stack, small, under each effect and look: made when asked for, each once.

    An effect goes on top of the stack, a look in place of the one that is there: as a click does it. `stale` are the
    pictures of an earlier stack, by name, which stand in until those of this one are made. `own` are the person's own
    looks, which come first.
    """

    def __init__(
        self,
        photo: Photo,
        stack: Stack,
        *,
        side: int,
        quality: int,
        stale: Mapping[str, bytes] | None = None,
        own: Mapping[str, Group] = MappingProxyType({}),
    ) -> None:
        self.side, self.quality, self.stale = side, quality, stale or {}
        self._photo, self._stack, self._own = photo, stack, own
        self._made: dict[str, bytes] = {}
        self.elsewhere: Container[str] = ()
        """The names of those that somebody else makes."""

    @cached_property
    def _effects(self) -> Thumbnails:
        return self._after(Pipeline(tuple(card.step for card in self._stack)))

    @cached_property
    def _looks(self) -> Thumbnails:
        if not any(card.look for card in self._stack):
            return self._effects
        return self._after(Pipeline(tuple(card.step for card in self._stack[: self._place])))

    @property
    def _place(self) -> int:
        return next((place for place, card in enumerate(self._stack) if card.look), len(self._stack))

    def _after(self, pipeline: Pipeline) -> Thumbnails:
        return Thumbnails(after_stack(pipeline, self._photo, self.side), self.side, self.quality)

    @property
    def aspect(self) -> float:
        """The width by height of the picture after the stack."""
        return self._effects.aspect

    def of(self, name: str, meanwhile: Meanwhile = session.give_way) -> bytes:
        """The picture under an effect or (`look:noir`) a look, as a JPEG; one that cannot be made shows none of it.

        An error of `meanwhile` ends the waiting for one's turn.
        """
        if name not in self._made:
            place = self._place + 1
            if name.startswith(LOOK):
                thumbnails = self._looks
                look = name.removeprefix(LOOK)
                group = self._own[look] if look in self._own else LOOK_BOOK[look].pipeline.group()
                pipeline = Pipeline((group, *(card.step for card in self._stack[place:])))
            else:
                thumbnails, pipeline = self._effects, pipelines()[name]
            try:
                check_small(pipeline, thumbnails.photo)
                self._made[name] = thumbnails.of(pipeline, meanwhile)
            except ValueError:
                self._made[name] = thumbnails.of(Pipeline(), meanwhile)
        return self._made[name]

    @property
    def beginnings(self) -> tuple[Photo, Photo]:
        """The small pictures that effects and looks are put on."""
        return self._effects.photo, self._looks.photo

    @property
    def of_the_shelf(self) -> frozenset[str]:
        """The names of those that show an effect's or look's own pipeline alone, on a picture that hides nothing."""
        above = any(card.step.is_active for card in self._stack[self._place + 1 :])
        of_effects, of_looks = self.beginnings
        is_shown = {True: of_looks.alpha is None and not above, False: of_effects.alpha is None}
        return frozenset(name for name in names() if is_shown[name.startswith(LOOK)])

    def is_made(self, name: str) -> bool:
        """Whether there is a picture of that name, of this stack."""
        return name in self._made

    def shown(self, name: str) -> bytes:
        """The picture of that name as far as there is one, be it of an earlier stack."""
        return self._made.get(name) or self.stale.get(name, b"")

    @property
    def all_shown(self) -> dict[str, bytes]:
        """Every picture there is, for the trials of the next stack to begin with."""
        return {**self.stale, **self._made}

    @property
    def missing(self) -> list[str]:
        """What is not made of this stack yet, in reading order; what has to find somebody or something comes last."""
        missing = [name for name in self.names if name not in self._made and name not in self.elsewhere]
        return sorted(missing, key=self._asks_networks)

    def _asks_networks(self, name: str) -> bool:
        own = self._own.get(name.removeprefix(LOOK))
        return Pipeline((own,)).asks_networks if own else pipelines()[name].asks_networks

    @property
    def names(self) -> list[str]:
        """The person's own looks, every effect and every look, in reading order."""
        return [*(LOOK + name for name in self._own), *names()]

    @property
    def is_untouched(self) -> bool:
        """Whether none is made of this stack."""
        return not self._made

    def make(self, seconds: float) -> None:
        """Make missing ones for about so long; what the person does meanwhile comes first, and ends it."""
        end = time.monotonic() + seconds
        try:
            for name in self.missing:
                self.of(name, session.end_if_called)
                session.end_if_called()
                if time.monotonic() > end:
                    return
        except session.CalledAwayError:
            return  # those that are made are shown, and the others follow


def names() -> list[str]:
    """Every effect and look, in reading order."""
    return [*EFFECTS, *(LOOK + name for name in LOOK_BOOK)]


def check_small(pipeline: Pipeline, photo: Photo) -> None:
    """RecipeError where a pipeline makes more pixels of a small picture than are made for a tile."""
    height, width = pipeline.size(*photo.image.shape[:2])
    if height * width > MAX_HERE:
        raise RecipeError("this is too large for a tile")


def after_stack(pipeline: Pipeline, photo: Photo, side: int) -> Photo:
    """The photo after a stack, its longer side about so many px; the photo itself where the stack cannot be done.

    It is made from a copy just large enough: what a stack cuts out of it is not enlarged again without need.
    """
    height, width = photo.image.shape[:2]
    try:
        left = max(pipeline.size(height, width)) / max(height, width)
        start = small(photo, min(max(height, width), round(max(side, min(side / left, FINER * side)))))
        rows, columns = pipeline.size(*start.image.shape[:2])
        canvases = sum(step.is_active and step.effect.kind is Kind.CANVAS for step in pipeline.all_steps)
        if rows * columns > MAX_HERE or canvases > MAX_CANVAS_STEPS or pipeline.asks_networks:
            return workers.preview(start, pipeline.to_json(), pipeline.tables, session.give_way)
        return pipeline.apply(start)
    except ValueError:
        return left_over(pipeline, photo)
