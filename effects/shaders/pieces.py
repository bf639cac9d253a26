"""A step as a piece of a shader: traced where it can be, a table where that will do, else the reason why neither is."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from effects.effect import Effect, Kind, Step
from effects.image import Image
from effects.plan.personal import untitled_step
from effects.shaders.branches import Untraceable
from effects.shaders.drawn_curves import Tone
from effects.shaders.expressions import Expression
from effects.shaders.glsl import Body
from effects.shaders.surroundings import Preparation
from effects.shaders.tables import curve_body, has_curves, lattice_body
from effects.shaders.tracing import Formula, is_measure, is_nothing, traced

TRACED, FORMULA, TABLE, LAYER, FRAME = "traced", "formula", "table", "layer", "frame"

UNSEEN = "it has to see the whole picture; program(..., before=...) gives it"

ANY_PICTURE = np.zeros((64, 64, 3), np.uint8)
"""What a step is tried on that has to see a picture, where it is only asked whether it is a piece."""

REASONS = {
    Kind.SPATIAL: "it looks around each pixel, and says no formula for that",
    Kind.CANVAS: "it changes the picture's shape, and says no formula for that",
    Kind.TEMPORAL: "it remembers frames, and says no formula for that",
}
"""Why a kind is the server's."""


@dataclass(frozen=True)
class Piece:
    """What a step does to a pixel as text, what is to be drawn before, and by which way it was found.

    Its numbers stay open where it is `traced` or a `formula`; where it is a `table` they are in it. `sides` are
    those of its result, if it is a canvas step's. Of a temporal step `kept` is what the next frame finds, and `ages`
    the seconds between this frame and those that it looks at. A step that may be drawn as a curve has a `tone`.
    """

    body: Body
    way: str
    prepared: tuple[Preparation, ...] = ()
    sides: tuple[Expression, ...] = ()
    kept: Body | None = None
    ages: tuple[Expression, ...] = ()
    tone: Tone | None = None

    @property
    def samplers(self) -> int:
        """How many pictures and tables that draw of its reads which reads the most."""
        past = 0 if self.kept is None else len(self.ages) or 1
        return past + max(body.samplers for body in (self.body, *(each.body for each in self.prepared)))


def piece_of(step: Step, picture: Image | None = None) -> Piece:
    """The step at full strength as a piece of a shader; `Untraceable` says why it is none.

    `picture` is what it is done to, for a step that has a survey, or one of that size, for a step that has a layer.
    """
    if step.effect.finds:
        raise Untraceable("it needs a model")
    if step.effect.kind in REASONS and step.effect.formula is None:
        raise Untraceable(REASONS[step.effect.kind])
    if step.effect.has_to_see:
        return _seen(step, picture)
    try:
        formula = traced(step)
        return _piece(formula, _way_of(step))
    except Untraceable as reason:
        return _tabulated(replace(step, strength=1.0, muted=False), reason)


def sight_of(effect: Effect, picture: Image, /, **params: Any) -> Any:
    """What an effect's formula is told of a picture as `seen`: its survey of it, or its layer at that size, or None."""
    if effect.layer is not None:
        return effect.layer(*picture.shape[:2], **params)
    return None if effect.survey is None else effect.survey(picture, **params)


def _seen(step: Step, picture: Image | None) -> Piece:
    if picture is None:
        raise Untraceable(UNSEEN)
    formula = traced(step, is_measure, sight_of(step.effect, picture, **step.params))
    return _piece(formula, TABLE if step.effect.layer is None else LAYER)


def _tabulated(step: Step, reason: Untraceable) -> Piece:
    if step.effect.kind.is_pointwise and has_curves(step):
        return Piece(curve_body(untitled_step(step)), TABLE)
    # With numbers in the place of its counts it may go, or in that of all parameters: another one is another shader.
    for opens, way in ((is_measure, _way_of(step)), (is_nothing, TABLE)):
        try:
            return _piece(traced(step, opens), way)
        except Untraceable:
            continue
    if step.cube is None or step.effect.knows_place:
        raise reason
    return Piece(lattice_body(untitled_step(step)), TABLE)


def _way_of(step: Step) -> str:
    if step.effect.kind is Kind.TEMPORAL:
        return FRAME
    return TRACED if step.effect.formula is None else FORMULA


def _piece(formula: Formula, way: str) -> Piece:
    return Piece(formula.body, way, formula.prepared, formula.sides, formula.kept_body, formula.ages, formula.tone)
