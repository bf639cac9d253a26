"""Where a mask is in a photo, as a small map: for the veil over the picture, and the small picture on a card."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np

from effects import EFFECTS, Photo, Pipeline, Step, encode, workers
from effects.codec.raster import shrink
from effects.image import Frame, Image, fit
from effects.kernels.hidden import fill_hidden
from effects.masks.brush import Plane
from effects.masks.maps import kept_map, map_of, reads_picture
from effects.masks.mask import FOUND, Mask
from effects.masks.shapes import Shape
from effects.plan.plan import is_pointwise
from pages.components import session
from pages.components.photo.open_photo import OpenPhoto

SIDE = 480  # px; a mask is soft, and made anew with each move
CARD_SIDE = 96  # px of the picture on a card, at twice its size there
MAX_KEPT = 16
BLACK, WHITE = "#000000", "#ffffff"
MAX_TABLES = 4  # of what was found, as large as the picture on the stage

Render = Callable[[Pipeline, Photo], Photo]


def mask_plane(photo: OpenPhoto, seen: Pipeline, mask: Mask) -> Plane:
    """The map of a mask in what its step sees of a photo, which is after the stack `seen`.

    What a program has to find in the photo is found by a worker, as all that takes long.
    """

    def make() -> Plane:
        if any(shape.kind in FOUND for shape in mask):
            return rendered_plane(seen, mask, small_photo(photo), rendered)
        return map_of(mask, seen_picture(photo, seen) if reads_picture(mask) else blank(photo, seen)).plane

    return made_for(photo, (seen, mask), make)


def table_plane(photo: OpenPhoto, seen: Pipeline, shape: Shape) -> Plane:
    """A shape that is painted or found, in what comes after the stack `seen`, at the size of the picture on the stage.

    What is found is where the photo's own pixels have come to: steps that only colour them do not count.
    """
    size = seen.size(*photo.preview.image.shape[:2])
    if not reads_picture((shape,)):
        return kept_map((shape,), Frame(*size)).plane
    moving = Pipeline(tuple(item for item in seen if not is_pointwise(item)))
    made: dict[Any, Plane] = session.made_once("mask-tables", photo, dict)
    if (moving, shape) not in made:
        fresh = rendered_plane(moving, (shape,), photo.preview, rendered)
        while len(made) >= MAX_TABLES:
            del made[next(iter(made))]
        made[moving, shape] = fresh
    return made[moving, shape]


def seen_picture(photo: OpenPhoto, seen: Pipeline) -> Image:
    """What a step after the stack `seen` sees of a photo; whatever is hidden does not count."""

    def make() -> Image:
        result = shrink(rendered(seen, small_photo(photo)), SIDE)
        return result.image if result.alpha is None else fill_hidden(result.image, result.alpha)

    return made_for(photo, (seen, None), make)


def made_for(photo: OpenPhoto, of: Any, make: Callable[[], Any]) -> Any:
    """What was made of this photo, made anew where it is not kept any more; for this session alone."""
    made: dict[Any, Any] = session.made_once("mask-planes", photo, dict)
    if of not in made:
        fresh = make()
        while len(made) >= MAX_KEPT:
            del made[next(iter(made))]
        made[of] = fresh
    return made[of]


def small_photo(photo: OpenPhoto) -> Photo:
    """The photo, so small that it is quickly gone through."""
    small: Photo = made_for(photo, "photo", lambda: shrink(photo.preview, SIDE))
    return small


def rendered(pipeline: Pipeline, photo: Photo) -> Photo:
    """The photo after a stack: here if each effect fits into a frame of video and finds nobody, in a worker if not."""
    if pipeline.asks_networks or not all(step.effect.live for step in pipeline.all_steps):
        return workers.preview(photo, pipeline.to_json(), pipeline.tables, session.give_way)
    return pipeline.apply(photo)


def rendered_plane(seen: Pipeline, mask: Mask, photo: Photo, render: Render) -> Plane:
    """The map of a mask by what it does: white that is laid on black through it.

    Where the mask is also read from light and colours, those must stay: it is the difference between black and white.
    """
    if not any(shape.reads_picture and shape.kind not in FOUND for shape in mask):
        return np.ascontiguousarray(render(seen + laid(BLACK) + laid(WHITE, mask), photo).image[..., 1])
    black, white = (render(seen + laid(color, mask), photo).image for color in (BLACK, WHITE))
    return cv2.subtract(white[..., 1], black[..., 1])


def laid(color: str, mask: Mask = ()) -> Step:
    """One colour over all of a picture, or through a mask."""
    return EFFECTS["duotone"].step(shadow=color, light=color, mask=mask)


def blank(photo: OpenPhoto, seen: Pipeline) -> Image:
    """A black picture of the shape of what a step after the stack `seen` sees."""
    height, width = seen.size(*photo.preview.image.shape[:2])
    width, height = fit(width, height, SIDE)
    return np.zeros((height, width, 3), np.uint8)


def card_picture(plane: Plane) -> bytes:
    """A map as a small grey picture, a PNG."""
    height, width = plane.shape
    width, height = fit(width, height, CARD_SIDE)
    small = cv2.resize(plane, (width, height), interpolation=cv2.INTER_AREA)
    return encode(Photo(cv2.cvtColor(small, cv2.COLOR_GRAY2RGB)), format="png")
