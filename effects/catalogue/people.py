"""People and the subject of a photo, found by networks that come with the library."""

from __future__ import annotations

import logging
from typing import Annotated

import cv2
import numpy as np

from effects.backdrop import NO_BACKDROP, Backdrop
from effects.effect import Category
from effects.image import Alpha, Find, Image, pixels
from effects.kernels.people.backdrop import (
    blurred_frame,
    blurred_where,
    composed,
    covered,
    even,
    gradient,
    outlined,
)
from effects.kernels.people.edges import clean_edges
from effects.kernels.people.hiding import WAYS, hide, hide_all
from effects.kernels.people.skin import without_texture
from effects.logs import log_unexpected
from effects.marks import Choice, Picture, Range, Swatch, When
from effects.models.sight import Sight, digest_of, kept

people = Category("people", "People", "Faces, people and the subject of a photo.")

LOG = logging.getLogger(__name__)

Who = Annotated[str, Choice("subject", "person", help="In live video the subject is whoever is near the camera.")]
"""Whom an effect is about; an annotation, so that all of them offer the same."""

WHITE = 255
"""What lies where nothing is left to be seen: the same as paper, for whoever takes the colours alone."""


@people.spatial(also="privacy, anonymize, censor, pixelate faces, blur faces, mosaic", hides=True)
def hide_faces(
    image: Image,
    *,
    find: Find = None,
    way: Annotated[str, Choice(*WAYS)] = "pixelate",
    color: Annotated[str, Swatch(), When("way", "fill")] = "#000000",
) -> Image:
    """Hide the faces that are found; some may be missed, so look before you share.

    Each in a box half as large again as the face: pixelated to at most 8 cells, blurred by a quarter of the box, or
    filled. What cannot be looked at is hidden as a whole: where a network is missing or fails, all of the picture is.
    Faces are missed more often where they are small (below 24 of 1280 pixels), dark, turned aside or covered. In live
    video each frame is looked at, and a face stays hidden for 15 frames after it was last seen.
    """
    try:
        return hide(image, heads(image, find), way, color)
    except Exception as error:  # whatever it is, nobody is shown
        log_unexpected(LOG, "faces could not be looked for: all is hidden", error, logging.WARNING)
        return hide_all(image, way, color)


def heads(image: Image, find: Find) -> Alpha:
    """Where faces are: in the photo, and in what the steps before have made of it, which may have brought some out."""
    here = Sight(image)
    if find is None:
        return here("head")
    if find.live:
        return find("head")
    found_here = here.heads_outside(find("unhidden")) if find.unhidden else here("head")
    return cv2.max(find("head"), found_here)


def cleaned(image: Image, plane: Alpha) -> tuple[Image, Alpha]:
    """Colours and outline of who is there, cleaned of what is behind; the outline is kept for who asks for it alone."""
    colors, better = clean_edges(image, plane)
    return colors, kept(edge_key(image, plane), lambda: better)


def edge_key(image: Image, plane: Alpha) -> tuple[str | int, ...]:
    """What a cleaned outline is kept by."""
    return "edges", *digest_of(image), *digest_of(plane)


def _cut(alpha: Alpha, *, image: Image, find: Find, who: str, outline: float, **_: object) -> Alpha:
    found = (find or Sight(image))(who)
    better = kept(edge_key(image, found), lambda: clean_edges(image, found)[1])
    plane = cv2.multiply(better, alpha, scale=1 / 255)
    return outlined(plane, outline * min(plane.shape)) if outline > 0 else plane


@people.spatial(live=False, also="remove background, transparent, sticker, isolate, silhouette", cuts=_cut)
def cut_out(
    image: Image,
    *,
    find: Find = None,
    who: Who = "subject",
    outline: Annotated[float, Range(0, 0.05, "side", help="A line around it, as stickers have.")] = 0.0,
    outline_color: Annotated[str, Swatch()] = "#ffffff",
) -> Image:
    """Cut the subject or people out: all else becomes transparent, for PNG and WebP.

    Colours at the edge are cleaned of those behind (as Forte, Approximate Fast Foreground Colour Estimation, 2021): on
    an even backdrop, where the outline is right, what was cut out and laid back is the picture within 12 levels.
    Transparency is straight; in a format without it the background is white.
    """
    front, plane = cleaned(image, (find or Sight(image))(who))
    paper = even(image.shape, outline_color) if outline > 0 else np.full_like(image, WHITE)
    if outline > 0:
        return composed(front, plane, paper)
    np.copyto(paper, front, where=(plane > 0)[..., None])
    return paper


@people.spatial(also="bokeh, portrait mode, virtual background, studio, backdrop, depth of field")
def background(
    image: Image,
    *,
    find: Find = None,
    who: Who = "person",
    way: Annotated[str, Choice("blur", "color", "gradient", "picture")] = "blur",
    radius: Annotated[float, Range(0.002, 0.1, "side", scale="log"), When("way", "blur")] = 0.02,
    color: Annotated[str, Swatch(), When("way", "color", "gradient")] = "#d8dce2",
    second: Annotated[str, Swatch(), When("way", "gradient")] = "#8a94a3",
    angle: Annotated[float, Range(0, 360, "deg", lies="from_top"), When("way", "gradient")] = 180.0,
    picture: Annotated[Backdrop, Picture(help="Cut to the photo's shape."), When("way", "picture")] = NO_BACKDROP,
) -> Image:
    """Blur what is behind people or the subject, or put a colour, a gradient or another picture there.

    The blur knows nothing of who stands in front, so no halo is around them; where another backdrop comes in, colours
    at the edge are cleaned of the former one. A picture (see `effects.open_backdrop`) covers the photo, from its
    centre, and may have any size: it is kept with up to 1280 pixels a side. Before there is one, nothing changes.
    """
    if way == "picture" and not picture:
        return image
    finder = find or Sight(image)
    plane = finder(who)
    if way == "blur":
        blur = blurred_frame if finder.live else blurred_where
        behind = blur(image, cv2.bitwise_not(plane), pixels(radius, image))
        return composed(image, plane, behind)
    if way == "picture":
        behind = covered(image.shape, picture)
    else:
        behind = even(image.shape, color) if way == "color" else gradient(image.shape, color, second, angle)
    front, plane = (image, plane) if finder.live else cleaned(image, plane)
    return composed(front, plane, behind)


@people.spatial(title="Smooth faces", also="smooth skin, retouch, beauty, soften skin, face, portrait")
def smooth_skin(image: Image, *, find: Find = None, amount: Annotated[float, Range(0, 1, neutral=0)] = 0.3) -> Image:
    """Soften the texture of skin in faces; no forms, no light and no colour of them change.

    A guided filter (He, Sun and Tang, 2010) within the outlines of faces: it takes away what is finer than a hundredth
    of the picture's shorter side and fainter than lashes and lips.
    """
    return without_texture(image, (find or Sight(image))("face"), amount)
