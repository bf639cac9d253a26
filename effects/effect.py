"""What an effect is: a declared function of one kind, the step that applies it, the category it stands in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from inspect import Parameter, cleandoc, signature
from types import MappingProxyType
from typing import Any, Concatenate, Generic, TypeVar, get_type_hints, overload

from effects.backdrop import Backdrop
from effects.chance import SEEDS, THROWS, seed_at
from effects.errors import RecipeError
from effects.image import Colors, Find, Frame, Image, Matrix, Memory, Place, Points, Values, Weight
from effects.kind import FORMS, Kind, ResultSize
from effects.marks import Mark, ParamError, Range, Seed, Value, quote
from effects.masks.mask import Mask, level_of, read_mask
from effects.params import Param, read_params
from effects.tables.cube import Cube

__all__ = ["STRENGTH", "Category", "Effect", "Kind", "RecipeError", "Step"]

STRENGTH = Range(0, 1, neutral=0.0, help="How much of the effect is mixed in; 1 is all of it.")
"""The mark of every step's strength: `out = (1 - strength) * in + strength * effect(in)`."""


@dataclass(frozen=True, eq=False)
class Effect:
    """One effect: its function, still to be called as such, and all that card, flag, recipe, plan and test know of it.

    `also` is what else people call it, or what they want when they look for it, between commas;
    `live` says that it fits into a frame of live video; `knows_place` that it is told where each pixel stands;
    `knows_weight` that it is told how much each counts, its alpha (`weight: Weight = None`);
    `by_channel` tells from its parameters whether each channel depends on itself alone, and on no place; `by_luma`
    says that nothing of a colour counts but its luma (Rec. 709): a matrix and tables can then do it; `result_size`
    tells the size of what a canvas effect makes, before a pixel of it is made; `formula` says in floats what a spatial
    or canvas one does to colours and their `Surroundings`, and a temporal one to colours and their `Past`; a formula
    that has to know the whole picture is given what `survey` makes of it as `seen`, and one that has to know its size
    alone what `layer` makes of that. `finds` says
    that it is told what is in the photo (`find: Find = None`), which takes a network; `cuts` makes the transparency of
    a spatial one that has an outline of its own, from the one before, the picture (`image`) and the same parameters;
    `hides` says that nobody may see the picture without it.
    """

    name: str
    title: str
    function: Callable[..., Any] = field(repr=False)
    kind: Kind
    category: str
    params: tuple[Param, ...] = field(repr=False)
    also: str = field(default="", repr=False)
    live: bool = True
    knows_place: bool = False
    knows_weight: bool = False
    finds: bool = False
    by_channel: Callable[..., bool] | None = field(default=None, repr=False)
    by_luma: bool = False
    result_size: ResultSize | None = field(default=None, repr=False)
    formula: Callable[..., Any] | None = field(default=None, repr=False)
    survey: Callable[..., Any] | None = field(default=None, repr=False)
    layer: Callable[..., Any] | None = field(default=None, repr=False)
    cuts: Callable[..., Any] | None = field(default=None, repr=False)
    hides: bool = False

    @cached_property
    def rates(self) -> Mapping[str, float]:
        """Those of its parameters that are seeds, and how many times a second live video throws their chance anew."""
        return {each.name: each.mark.rate for each in self.params if isinstance(each.mark, Seed) and each.mark.rate > 0}

    @property
    def has_to_see(self) -> bool:
        """Whether its formula has to know the picture, or its size."""
        return self.survey is not None or self.layer is not None

    def __deepcopy__(self, _memo: object = None) -> Effect:
        return self

    __copy__ = __deepcopy__

    @property
    def description(self) -> str:
        """The whole docstring: what it does, how it works, its source."""
        return cleandoc(self.function.__doc__ or "")

    @property
    def summary(self) -> str:
        """The docstring's first sentence, which a user reads on the card."""
        return " ".join(self.description.split("\n\n", maxsplit=1)[0].split())

    def __call__(self, *args: Any, **params: Any) -> Any:
        """What its function makes of these: an effect is still the function that was declared.

        >>> import numpy as np
        >>> from effects import EFFECTS
        >>> EFFECTS["posterize"](np.array([0.1, 0.4, 1.0]), levels=3).tolist()
        [0.0, 0.5, 1.0]
        """
        return self.function(*args, **params)

    def step(self, *, strength: float = 1.0, muted: bool = False, mask: Any = (), **params: Any) -> Step:
        """This effect with parameters (defaults for those not named); `RecipeError` for a bad name or value.

        `mask` says where it counts: shapes, each as a recipe has it (see `effects.masks.shapes`); without: everywhere.

        >>> from effects import EFFECTS
        >>> EFFECTS["swirl"].step(angle=90).params["radius"]
        0.6
        >>> EFFECTS["exposure"].step(mask=[{"kind": "linear", "y0": 0.6, "y1": 0.2}]).mask[0].kind
        'linear'
        """
        if isinstance(mask, str):
            # A parameter of this name is a choice (that of a screen's phosphors), which a mask never is.
            params, mask = params | {"mask": mask}, ()
        return Step(self, params, strength, muted, mask)

    def size(self, height: int, width: int, /, **params: Any) -> tuple[int, int]:
        """Height and width of what it makes of a picture that high and wide, in pixels; `RecipeError` as for `step`.

        >>> from effects import EFFECTS
        >>> EFFECTS["crop"].size(200, 300, width=0.5)
        (200, 150)
        """
        return self.step(**params).size(height, width)


@dataclass(frozen=True)
class Step:
    """An effect with its parameters, how strongly it counts (0..1), whether it is muted for now, and where it counts.

    `params` may name any of the effect's parameters; afterwards it holds all of them, in order, in canonical form.
    `RecipeError` says what was asked and what is allowed. A canvas step is there or not: its strength is 0 or 1.
    `mask` is a tuple of shapes, empty for everywhere: `out = in + strength * mask * (effect(in) - in)`.

    >>> from effects import EFFECTS
    >>> step = Step(EFFECTS["sepia"], {"amount": 0.8}, strength=0.5)
    >>> step == EFFECTS["sepia"].step(amount=0.8, strength=0.5)
    True
    >>> dict(step.params), step.strength, step.is_active
    ({'amount': 0.8}, 0.5, True)
    """

    effect: Effect
    params: Mapping[str, Value] = field(default_factory=dict)
    strength: float = 1.0
    muted: bool = False
    mask: Mask = ()

    def __post_init__(self) -> None:
        name, known = self.effect.name, {param.name: param for param in self.effect.params}
        for given in self.params:
            if given not in known:
                allowed = ", ".join(known) or "no parameters"
                raise RecipeError(f"{name}: there is no parameter {quote(given)}; it has {allowed}", within="params")
        checked: dict[str, Value] = {}
        for param in self.effect.params:
            value = self.params.get(param.name, param.default)
            checked[param.name] = self._check(param.mark, value, param.name, f"params.{param.name}")
        object.__setattr__(self, "params", MappingProxyType(checked))
        object.__setattr__(self, "strength", self._check(STRENGTH, self.strength, "strength", "strength"))
        if not isinstance(self.muted, bool):
            raise RecipeError(f"{name}: muted {quote(self.muted)} is not true or false", within="muted")
        if self.effect.kind is Kind.CANVAS and self.strength not in (0, 1):
            words = f"{name}: strength {self.strength:g} is neither 0 nor 1, as its kind needs"
            raise RecipeError(words, within="strength")
        try:
            object.__setattr__(self, "mask", read_mask(self.mask))
        except RecipeError as error:
            raise RecipeError(f"{name}: {error.sentence}", within=error.within) from None
        if self.mask and self.effect.kind is Kind.CANVAS:
            words = f"{name}: it changes the size or the outline of the picture, which is done or not: it takes no mask"
            raise RecipeError(words, within="mask")

    def _check(self, mark: Mark, value: Any, label: str, path: str) -> Value:
        try:
            return mark.check(value)
        except ParamError as error:
            raise RecipeError(f"{self.effect.name}: {label} {error}", within=path) from None

    def __reduce__(self) -> tuple[Any, ...]:
        return Step, (self.effect, dict(self.params), self.strength, self.muted, self.mask)

    def __hash__(self) -> int:
        return hash((self.effect.name, tuple(self.params.values()), self.strength, self.muted, self.mask))

    @property
    def is_active(self) -> bool:
        """Whether it can change a picture at all: not muted, some strength, somewhere, and not neutral throughout."""
        return not self.muted and self.strength > 0 and not self.is_neutral and level_of(self.mask) != 0

    @property
    def is_neutral(self) -> bool:
        """Whether every parameter that has a neutral value is at it (and there is one that has)."""
        held = [param for param in self.effect.params if param.mark.neutral is not None]
        return bool(held) and all(param.is_neutral(self.params[param.name]) for param in held)

    @property
    def cube(self) -> Cube | None:
        """The colour table it looks colours up in, if one of its parameters is one."""
        return next((value for value in self.params.values() if isinstance(value, Cube)), None)

    @property
    def backdrop(self) -> Backdrop | None:
        """The picture it lays behind somebody, if one of its parameters is one."""
        return next((value for value in self.params.values() if isinstance(value, Backdrop) and value), None)

    @property
    def is_by_channel(self) -> bool:
        """Whether a color step, with these parameters, treats each channel on its own: tables can then do it."""
        return self.effect.by_channel is not None and self.effect.by_channel(**self.params)

    def size(self, height: int, width: int) -> tuple[int, int]:
        """Height and width of the result for a picture that high and wide, in pixels; nothing is drawn to know it.

        >>> from effects import EFFECTS
        >>> EFFECTS["rotate_flip"].step().size(200, 300)
        (300, 200)
        """
        if self.effect.result_size is None or not self.is_active:
            return height, width
        return self.effect.result_size(height, width, **self.params)

    def at(self, t: float) -> Step:
        """The step as it is at `t` seconds of a video: its chance thrown anew, all else as it is; for that frame alone.

        What it is given as a seed then lies beyond what a recipe may hold (see `effects.chance`).

        >>> from effects import EFFECTS
        >>> grain = EFFECTS["grain"].step()
        >>> grain.at(0) == grain, grain.at(1.5) == grain
        (True, False)
        """
        params: Mapping[str, Any] = self.params
        thrown = {name: seed_at(params[name], rate, t) for name, rate in self.effect.rates.items()}
        if all(params[name] == number for name, number in thrown.items()):
            return self
        step = object.__new__(Step)
        step.__dict__.update(self.__dict__, params=MappingProxyType({**params, **thrown}))
        return step

    @property
    def is_thrown(self) -> bool:
        """Whether it is what `at` makes of a step: good for a frame, and not worth keeping anything for."""
        return any(self.params[name] in range(SEEDS, THROWS * SEEDS) for name in self.effect.rates)

    @property
    def call(self) -> Callable[..., Any]:
        """The effect's function with these parameters filled in."""
        return partial(self.effect.function, **self.params)


NextFrame = Callable[Concatenate[Image, Memory, ...], tuple[Image, Memory]]

Form = TypeVar("Form", bound=Callable[..., Any])


@dataclass(frozen=True)
class Declaration(Generic[Form]):
    """The decorator of one kind in one category, with brackets or without."""

    category: Category
    kind: Kind

    @overload
    def __call__(self, function: Form, /) -> Effect: ...
    @overload
    def __call__(
        self,
        *,
        title: str = "",
        also: str = "",
        live: bool = True,
        by_channel: Callable[..., bool] | None = None,
        by_luma: bool = False,
        size: ResultSize | None = None,
        formula: Callable[..., Any] | None = None,
        survey: Callable[..., Any] | None = None,
        layer: Callable[..., Any] | None = None,
        cuts: Callable[..., Any] | None = None,
        hides: bool = False,
    ) -> Callable[[Form], Effect]: ...
    def __call__(
        self,
        function: Form | None = None,
        *,
        title: str = "",
        size: ResultSize | None = None,
        **more: Any,
    ) -> Effect | Callable[[Form], Effect]:
        """Declare the function as an effect, with a title of its own where the name does not read well.

        `also` is what it is found by beside what it says of itself: "sharpen, crisp".
        A canvas effect also says its result's `size`: a function of height, width and its parameters. Both that and
        a spatial one may say a `formula`: of colours, `effects.kernels.surroundings` and parameters; and of `seen`, if
        there is a `survey` (of the picture and parameters) or a `layer` (of its height, width and parameters). That of
        a temporal one is of colours, `effects.kernels.motion.past` and parameters, and gives what is kept, too. A
        spatial one that cuts an outline says what it `cuts`: the transparency after it.
        """
        more |= {"title": title, "result_size": size}
        return self._declare(function, **more) if function is not None else partial(self._declare, **more)

    def _declare(self, function: Form, title: str, **more: Any) -> Effect:
        name = function.__name__
        hints = get_type_hints(function, include_extras=True)
        taken = [item for item in signature(function).parameters.values() if item.kind is not Parameter.KEYWORD_ONLY]
        if (tuple(hints[item.name] for item in taken), hints["return"]) != FORMS[self.kind]:
            raise TypeError(f"{name}: its form is not that of the kind {self.kind.value}")
        if name in self.category.effects:
            raise TypeError(f"{name} is declared twice in {self.category.name}")
        if (more["result_size"] is None) is (self.kind is Kind.CANVAS):
            raise TypeError(f"{name}: a canvas effect says its result's size (size=...), and no other does")
        if more.get("formula") is not None and self.kind not in (Kind.SPATIAL, Kind.CANVAS, Kind.TEMPORAL):
            raise TypeError(f"{name}: only a spatial, a canvas or a temporal effect says a formula beside its function")
        if (more.get("survey") or more.get("layer")) and (
            self.kind is Kind.TEMPORAL or not more.get("formula") or (more.get("survey") and more.get("layer"))
        ):
            raise TypeError(f"{name}: a survey or a layer, not both, is for what a formula is told")
        if more.get("cuts") and self.kind is not Kind.SPATIAL:
            raise TypeError(f"{name}: only a spatial effect cuts an outline")
        effect = Effect(
            name=name,
            title=title or name.replace("_", " ").capitalize(),
            function=function,
            kind=self.kind,
            category=self.category.name,
            params=read_params(function),
            knows_place=Place in hints.values(),
            knows_weight=Weight in hints.values(),
            finds=Find in hints.values(),
            **more,
        )
        self.category.effects[name] = effect
        return effect


class Category:
    """A part of the shelf. Declaring an effect with one of its decorators is what puts it there."""

    def __init__(self, name: str, title: str, summary: str) -> None:
        self.name, self.title, self.summary = name, title, summary
        self.effects: dict[str, Effect] = {}
        self.tone = Declaration[Callable[Concatenate[Values, ...], Values]](self, Kind.TONE)
        self.matrix = Declaration[Callable[..., Matrix]](self, Kind.MATRIX)
        self.linear = Declaration[Callable[..., Matrix]](self, Kind.LINEAR)
        self.color = Declaration[Callable[Concatenate[Colors, ...], Colors]](self, Kind.COLOR)
        self.geometric = Declaration[Callable[Concatenate[Points, Frame, ...], Points]](self, Kind.GEOMETRIC)
        self.spatial = Declaration[Callable[Concatenate[Image, ...], Image]](self, Kind.SPATIAL)
        self.canvas = Declaration[Callable[Concatenate[Image, ...], Image]](self, Kind.CANVAS)
        self.temporal = Declaration[NextFrame](self, Kind.TEMPORAL)
