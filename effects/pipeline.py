"""The pipeline: an ordered tuple of steps that can be called. A value: share it, hash it, save it, undo it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, SupportsIndex, overload

import numpy as np

from effects import recipe
from effects.effect import RecipeError, Step
from effects.group import Group, StepOrGroup, steps_in
from effects.image import Alpha, Image, Photo, check_picture, fit
from effects.marks import Kept
from effects.masks.mask import FOUND
from effects.plan.colors import colors_of
from effects.plan.edges import softened_by_table
from effects.plan.personal import untitled
from effects.plan.plain import plain_picture
from effects.plan.plan import Plan, plan_of
from effects.tables.baking import USUAL_SIZE, CubeFile, bake


@dataclass(frozen=True)
class Pipeline(Sequence[StepOrGroup]):
    """Steps applied one after another, each clamped to 0..1 and mixed in by its strength; a `Group` counts as one.

    It is a sequence of its steps: a part of it is a pipeline, too, and so is its sum with a step or with another one.
    `title` is what a look is called; equal steps are equal whatever their title. `RecipeError` for what is no step.

    >>> from effects import EFFECTS, LOOKS
    >>> pipeline = Pipeline((EFFECTS["contrast"].step(), EFFECTS["sepia"].step(strength=0.5)))
    >>> len(pipeline), pipeline[0].effect.name, len(pipeline[1:])
    (2, 'contrast', 1)
    >>> len(pipeline + EFFECTS["vignette"].step() + LOOKS["noir"]) == 3 + len(LOOKS["noir"])
    True
    """

    steps: tuple[StepOrGroup, ...] = ()
    title: str = field(default="", compare=False, kw_only=True, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "steps", tuple(self.steps))
        for step in self.steps:
            if not isinstance(step, StepOrGroup):
                raise RecipeError(f"a pipeline is made of steps, and {type(step).__name__} is none")

    def __len__(self) -> int:
        return len(self.steps)

    def __iter__(self) -> Iterator[StepOrGroup]:
        return iter(self.steps)

    @overload
    def __getitem__(self, place: SupportsIndex) -> StepOrGroup: ...
    @overload
    def __getitem__(self, place: slice) -> Pipeline: ...
    def __getitem__(self, place: SupportsIndex | slice) -> StepOrGroup | Pipeline:
        return Pipeline(self.steps[place]) if isinstance(place, slice) else self.steps[place]

    def __add__(self, other: StepOrGroup | Pipeline) -> Pipeline:
        added = _steps_of(other)
        return NotImplemented if added is None else Pipeline((*self.steps, *added))

    def __radd__(self, other: StepOrGroup) -> Pipeline:
        added = _steps_of(other)
        return NotImplemented if added is None else Pipeline((*added, *self.steps))

    @property
    def all_steps(self) -> tuple[Step, ...]:
        """Every step, those in groups too, in order."""
        return tuple(steps_in(self.steps))

    def group(self, strength: float = 1.0, title: str | None = None, mask: Any = ()) -> Group:
        """Its steps as one, under one strength and perhaps a mask; titled as looks are where nothing else is said.

        RecipeError as for a `Group`, also where it has a group in it: groups do not nest.

        >>> from effects import EFFECTS, LOOKS
        >>> group = LOOKS["noir"].group(strength=0.5)
        >>> group.title, len(Pipeline((EFFECTS["exposure"].step(),)) + group)
        ('Noir', 2)
        """
        return Group(self.steps, strength, title=self.title if title is None else title, mask=mask)  # type: ignore[arg-type]

    def ungrouped(self) -> Pipeline:
        """The same with the steps of each group in its place: see `Group.ungrouped` for what they look like.

        >>> from effects import LOOKS
        >>> Pipeline((LOOKS["noir"].group(),)).ungrouped() == LOOKS["noir"]
        True
        """
        steps = (item.ungrouped() if isinstance(item, Group) else (item,) for item in self.steps)
        return replace(self, steps=tuple(step for opened in steps for step in opened))

    @property
    def plan(self) -> Plan:
        """The passes that do it."""
        return plan_of(tuple(map(untitled, self.steps)))

    @property
    def changes_nothing(self) -> bool:
        """Whether no picture would be changed, as all steps are muted, neutral or of strength 0, or there are none."""
        return self.plan.changes_nothing

    @property
    def hides(self) -> bool:
        """Whether something in the picture is hidden, so that nobody may see it as it was, whatever fails.

        >>> from effects import EFFECTS
        >>> Pipeline((EFFECTS["hide_faces"].step(),)).hides
        True
        """
        inside = ((step, item) for item in self.steps for step in steps_in((item,)))
        return any(step.effect.hides and step.is_active and item.is_active for step, item in inside)

    @property
    def asks_networks(self) -> bool:
        """Whether a step, or a mask, has to find people or a subject: on a new photo that takes its time.

        >>> from effects import EFFECTS
        >>> Pipeline((EFFECTS["cut_out"].step(),)).asks_networks, Pipeline((EFFECTS["sepia"].step(),)).asks_networks
        (True, False)
        """
        masks = [shape for item in (*self.steps, *self.all_steps) for shape in item.mask]
        return any(step.effect.finds for step in self.all_steps) or any(shape.kind in FOUND for shape in masks)

    def __call__(self, image: Image) -> Image:
        """The picture after all steps: uint8 RGB, H x W x 3, like `image`, which is not written to.

        Where nothing is to be done the picture itself is returned. Raises TypeError for any other array, RecipeError
        where the picture would become too large (see `size`).

        >>> from effects import EFFECTS
        >>> grey = np.full((2, 2, 3), 100, np.uint8)
        >>> Pipeline((EFFECTS["invert"].step(),))(grey)[0].tolist()
        [[155, 155, 155], [155, 155, 155]]
        """
        return self.plan.apply(contiguous_picture(image))[0]

    def apply(self, photo: Photo) -> Photo:
        """The photo after all steps, its transparency (uint8 H x W, or None) moved along with the picture.

        TypeError for arrays that are no picture, RecipeError as for a call.

        >>> from effects import EFFECTS
        >>> photo = Photo(np.zeros((1, 2, 3), np.uint8), alpha=np.array([[0, 255]], np.uint8))
        >>> flipped = Pipeline((EFFECTS["rotate_flip"].step(angle="0", flip_horizontal=True),)).apply(photo)
        >>> flipped.alpha.tolist()
        [[255, 0]]
        """
        image = contiguous_picture(photo.image, photo.alpha)
        image, alpha = self.plan.apply(image, photo.alpha, photo.unhidden)
        return replace(photo, image=image, alpha=alpha, unhidden=())

    def size(self, height: int, width: int, max_side: int | None = None) -> tuple[int, int]:
        """Height and width of the result for a picture that high and wide, in pixels, known before any is made.

        `max_side` is that of `render`. RecipeError where the stack would make the picture too large.

        >>> from effects import EFFECTS
        >>> Pipeline((EFFECTS["rotate_flip"].step(angle="90"),)).size(3000, 4000, max_side=1000)
        (1000, 750)
        """
        height, width = self.plan.size(height, width)
        if max_side is not None and max(height, width) > max_side:
            width, height = fit(width, height, max_side)
        return height, width

    def plain(self, image: Image) -> Image:
        """The same, slowly and one step at a time: the oracle that `__call__` is held against.

        Pointwise steps follow each other in float64 and are rounded only where another kind needs 8 bits. Arrays and
        errors as for a call.

        >>> from effects import LOOKS
        >>> image = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
        >>> bool(np.abs(LOOKS["valencia"](image).astype(int) - LOOKS["valencia"].plain(image)).max() <= 1)
        True
        """
        image = contiguous_picture(image)
        self.size(*image.shape[:2])
        return plain_picture(self.steps, image)

    def to_cube(self, size: int = USUAL_SIZE) -> CubeFile:
        """What it does to colours, as a .cube file of 17, 33 or 65 points a side: a lattice that other programs read.

        Each point is what `plain` makes of a colour, in float64. Steps that look at more than a pixel's colour have no
        place in a table: the file's `left_out` names their effects. `softened` names those whose edges between colours
        are too sharp for so many points. CubeError for any other size.

        >>> from effects import LOOKS, read_cube
        >>> file = LOOKS["noir"].to_cube(size=17)
        >>> file.left_out, file.text.splitlines()[:2]
        (('vignette', 'grain'), ['TITLE "Noir"', 'LUT_3D_SIZE 17'])
        >>> read_cube(file.text.encode()).size
        17
        """
        change, held, left_out = colors_of(self.steps)
        title = self.title or ", ".join(dict.fromkeys(held)) or "Nothing changes"
        return CubeFile(bake(change, size, title), left_out, softened_by_table(self.steps, int(size)))

    def to_json(self) -> str:
        """The recipe as JSON, every parameter written out; RecipeError for more than `from_json` would read.

        >>> from effects import EFFECTS
        >>> Pipeline((EFFECTS["gamma"].step(),)).to_json()
        '{"version": 1, "steps": [{"effect": "gamma", "params": {"gamma": 1.5}, "strength": 1.0, "muted": false}]}'
        """
        return recipe.to_json(self.steps)

    def to_file(self) -> str:
        """The recipe as JSON to keep: as `to_json`, with the numbers of its colour tables and backdrops, if any.

        >>> from effects import EFFECTS, read_cube
        >>> table = read_cube(b"LUT_1D_SIZE 2\\n1 1 1\\n0 0 0\\n", "Negative")
        >>> text = Pipeline((EFFECTS["lut3d"].step(table=table),)).to_file()
        >>> Pipeline.from_json(text)[0].cube == table
        True
        """
        return recipe.to_file(self.steps)

    @property
    def tables(self) -> dict[str, Kept]:
        """Its colour tables and backdrops, by SHA-256: what goes beside `to_json` and `to_link` to read them again."""
        return recipe.tables_of(self.steps)

    def to_link(self) -> str:
        """The recipe as a short URL-safe text, parameters at their defaults left out.

        >>> from effects import EFFECTS
        >>> pipeline = Pipeline((EFFECTS["gamma"].step(gamma=2),))
        >>> Pipeline.from_link(pipeline.to_link()) == pipeline
        True
        """
        return recipe.to_link(self.steps)

    @classmethod
    def from_json(cls, text: str | bytes, tables: Mapping[str, Any] | None = None) -> Pipeline:
        """The pipeline of a recipe; `RecipeError` names the path of what is wrong in it.

        `tables` are the colour tables and backdrops it names, by SHA-256, where the text itself does not hold them.

        >>> Pipeline.from_json('{"version": 1, "steps": [{"effect": "gamma", "params": {"gamma": 9}}]}')
        Traceback (most recent call last):
            ...
        effects.errors.RecipeError: steps[0].params.gamma: gamma: gamma 9 is outside 0.2..5
        """
        return cls(recipe.from_json(text, tables))

    @classmethod
    def from_link(cls, text: str, tables: Mapping[str, Any] | None = None) -> Pipeline:
        """The pipeline of a link's text; `RecipeError` as for `from_json`.

        >>> Pipeline.from_link("abc")
        Traceback (most recent call last):
            ...
        effects.errors.RecipeError: this link holds no recipe; it may have been cut short when it was copied
        """
        return cls(recipe.from_link(text, tables))


def _steps_of(other: object) -> tuple[StepOrGroup, ...] | None:
    """The steps that something adds to a pipeline; None where it is neither a step nor a group nor a pipeline."""
    if isinstance(other, Pipeline):
        return other.steps
    return (other,) if isinstance(other, StepOrGroup) else None


def contiguous_picture(image: Image, alpha: Alpha | None = None) -> Image:
    """The picture with its pixels in a row, whatever view of an array it was."""
    check_picture(image, alpha)
    return np.ascontiguousarray(image)
