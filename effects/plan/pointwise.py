"""A run of pointwise steps as stages: what each does in floats, and what tables and matrices on integers make of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, partial, reduce

import numpy as np

from effects.effect import Kind, Step
from effects.group import Group, StepOrGroup
from effects.image import Matrix, Place, Values
from effects.kernels.luma import REC_709
from effects.kernels.transfer import from_linear, to_linear
from effects.plan.affine import apply_matrix, is_diagonal, merge, mix_with_identity, never_clips

Tone = Callable[[Values], Values]
"""A change of values 0..1, each channel on its own."""

LUMA_MATRIX: Matrix = np.array([[*REC_709, 0.0]] * 3)
"""Every colour as its luma."""


def mix(change: Tone, strength: float, values: Values) -> Values:
    """The change, clamped, mixed with what came in: the one meaning of strength."""
    result = np.clip(change(values), 0, 1)
    return result if strength == 1 else values + strength * (result - values)


def evaluate(step: StepOrGroup, values: Values, place: Place | None) -> Values:
    """The values after one pointwise step, or a group of such; `values` is h x W x 3 of any floating type.

    `place` says where they stand.
    """
    if isinstance(step, Group):
        result = reduce(lambda before, each: evaluate(each, before, place), step.steps, values)
        return values + step.strength * (result - values)
    step = step if place is None else step.at(place.t)
    change = step.call
    match step.effect.kind:
        case Kind.MATRIX:
            change = partial(apply_matrix, step.call())
        case Kind.LINEAR:
            change = partial(_in_linear_light, step.call())
        case Kind.COLOR if step.effect.knows_place:
            change = partial(step.call, place=place)
    return mix(change, step.strength, values)


def _in_linear_light(matrix: Matrix, values: Values) -> Values:
    return from_linear(np.clip(apply_matrix(matrix, to_linear(values)), 0, 1))


@dataclass(frozen=True)
class ToneTable:
    """Tones one after another: evaluated for every value there is, then looked up."""

    tones: tuple[Tone, ...] = ()

    def __call__(self, values: Values, _place: Place | None = None) -> Values:
        """The tones in floats; ... x 3."""
        for tone in self.tones:
            values = tone(values)
        return values

    def at(self, count: int) -> Values:
        """The results for `count` evenly spaced values 0..1, float64, count x 3; count x 1 for channels alike."""
        if count == len(self._coarse):
            return self._coarse[:, :1] if self.is_alike else self._coarse
        values = np.linspace(0, 1, count)
        if not self.is_alike:
            return self(np.repeat(values[:, None], 3, axis=1))
        # Another value in each channel: a third of the work, which is most of what a new plan costs.
        return self(np.resize(values, (-(-count // 3), 3))).reshape(-1, 1)[:count]

    @cached_property
    def fine(self) -> Values:
        """The results for every value that 16 bits can hold, as of `at`."""
        return self.at(65536)

    @cached_property
    def is_alike(self) -> bool:
        """Whether it does the same to every channel, seen at all values of 8 bits."""
        return bool((self._coarse[:, :1] == self._coarse).all())

    @cached_property
    def _coarse(self) -> Values:
        """The results for every value that 8 bits can hold, in each channel."""
        return self(np.repeat(np.linspace(0, 1, 256)[:, None], 3, axis=1))

    def error_after(self, error: float) -> float:
        """How far apart two values can be after it that were `error` apart before it, both in 1/65535."""
        if not 0 < error < 65535:
            return error and 65535.0
        whole = int(error)
        less, more = (np.abs(self._smooth[step:] - self._smooth[: 65536 - step]).max() for step in (whole, whole + 1))
        return float(less + (error - whole) * (more - less))

    @cached_property
    def _smooth(self) -> Values:
        """The results, in 1/65535, without their jumps: no precision brings the two sides of one together."""
        rise = 65535 * np.diff(self.fine, axis=0)
        steep = np.flatnonzero(np.abs(rise).max(axis=1) > 16)[:4096]
        inside = (steep + np.linspace(0, 1, 17)[:, None]) / 65535
        parts = np.abs(np.diff(self(np.repeat(inside[..., None], 3, axis=-1))[..., : rise.shape[1]], axis=0))
        rise[steep] *= parts.max(axis=0) < 0.9 * parts.sum(axis=0)
        return np.vstack([np.zeros((1, rise.shape[1])), np.cumsum(rise, axis=0)])


@dataclass(frozen=True, eq=False)
class Affine:
    """A matrix, and the clamp after it."""

    matrix: Matrix

    def __call__(self, values: Values, _place: Place | None = None) -> Values:
        """The change in floats; ... x 3."""
        return np.clip(apply_matrix(self.matrix, values), 0, 1)

    def error_after(self, error: float) -> float:
        """As of `ToneTable`: no channel grows by more than the sum of its row's absolute gains."""
        return float(np.abs(self.matrix[:, :3]).sum(axis=1).max()) * error


@dataclass(frozen=True)
class Mixture:
    """Stages whose result is mixed with what came in, since neither a table nor a matrix can hold the mixture."""

    stages: tuple[Stage, ...]
    strength: float

    def __call__(self, values: Values, place: Place | None) -> Values:
        """The mixture in floats; ... x 3."""
        result = values
        for stage in self.stages:
            result = stage(result, place)
        return values + self.strength * (result - values)

    def error_after(self, error: float) -> float:
        """As of `ToneTable`: the mixture of what came in and what the stages make of it, each of them rounding."""
        return (1 - self.strength) * error + self.strength * error_at_end(self.stages, error)


def is_looked_up(step: Step) -> bool:
    """Whether it is done once, for all values there are, into a table or a matrix: not anew for every frame."""
    coloring = step.effect.kind is Kind.COLOR and not step.effect.by_luma and not step.is_by_channel
    return not coloring or step.cube is not None


@dataclass(frozen=True)
class Coloring:
    """A color step: only floats will do."""

    step: Step

    def __call__(self, values: Values, place: Place | None) -> Values:
        """The step in floats; h x W x 3."""
        return evaluate(self.step, values, place)

    def error_after(self, error: float) -> float:
        """Unknown: nothing may be rounded before it."""
        return error and float("inf")


Stage = ToneTable | Affine | Mixture | Coloring


def error_at_end(run: Sequence[Stage], error: float) -> float:
    """The largest error at the run's end, in 1/65535, if every stage rounds its result to 16 bits."""
    for stage in run:
        error = stage.error_after(error) + 0.5
    return error


def stages(steps: Sequence[StepOrGroup]) -> list[Stage]:
    """The fewest stages that do what the steps and groups do, in order."""
    run: list[Stage] = []
    for step in steps:
        if isinstance(step, Group):
            _add_group(run, step)
            continue
        match step.effect.kind:
            case Kind.TONE:
                _add_tone(run, partial(mix, step.call, step.strength))
            case Kind.MATRIX:
                _add_matrix(run, step.call(), step.strength)
            case Kind.LINEAR:
                _add_linear(run, step.call(), step.strength)
            case _ if step.is_by_channel:
                _add_tone(run, partial(evaluate, step, place=None))
            case _ if step.effect.by_luma:
                _add_shades(run, step)
            case _:
                run.append(Coloring(step))
    return run


def _add_group(run: list[Stage], group: Group) -> None:
    match stages(group.steps):
        case [ToneTable() as table]:
            _add_tone(run, partial(mix, table, group.strength))
        case [Affine(matrix=matrix)]:
            _add_matrix(run, matrix, group.strength)
        case inner:
            run.append(Mixture(tuple(inner), group.strength))


def _add_shades(run: list[Stage], step: Step) -> None:
    shades = partial(_of_greys, step.call)
    if step.strength < 1:
        run.append(Mixture((Affine(LUMA_MATRIX), ToneTable((shades,))), step.strength))
    else:
        _add_matrix(run, LUMA_MATRIX, 1)
        _add_tone(run, shades)


def _of_greys(change: Tone, values: Values) -> Values:
    """Each channel of what becomes of the grey that has that channel's value."""
    greys = (values[..., channel, None].repeat(3, axis=-1) for channel in range(3))
    return np.stack([mix(change, 1, grey)[..., channel] for channel, grey in enumerate(greys)], axis=-1)


def _add_tone(run: list[Stage], tone: Tone) -> None:
    if run and isinstance(last := run[-1], Affine) and is_diagonal(last.matrix):
        run[-1] = ToneTable((last,))
    if run and isinstance(last := run[-1], ToneTable):
        run[-1] = ToneTable((*last.tones, tone))
    else:
        run.append(ToneTable((tone,)))


def _add_matrix(run: list[Stage], matrix: Matrix, strength: float) -> None:
    if never_clips(matrix):
        matrix, strength = mix_with_identity(matrix, strength), 1
    last = run[-1] if run else None
    tabular = isinstance(last, ToneTable) or (isinstance(last, Affine) and is_diagonal(last.matrix))
    if strength == 1 and isinstance(last, Affine) and never_clips(last.matrix):
        run[-1] = Affine(merge(last.matrix, matrix))
    elif is_diagonal(matrix) and (tabular or strength < 1):
        _add_tone(run, partial(mix, partial(apply_matrix, matrix), strength))
    else:
        run.append(Affine(matrix) if strength == 1 else Mixture((Affine(matrix),), strength))


def _add_linear(run: list[Stage], matrix: Matrix, strength: float) -> None:
    if strength < 1:
        run.append(Mixture((ToneTable((to_linear,)), Affine(matrix), ToneTable((from_linear,))), strength))
        return
    if run and isinstance(last := run[-1], ToneTable) and last.tones[-1] is from_linear:
        # Encoding only to decode again: the step before was linear, too.
        run[-1:] = [ToneTable(last.tones[:-1])] if len(last.tones) > 1 else []
    else:
        _add_tone(run, to_linear)
    _add_matrix(run, matrix, 1)
    _add_tone(run, from_linear)
