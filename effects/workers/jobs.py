"""What the server has done by workers: pictures opened, stacks applied, exports rendered.

Safe to call from many threads at once. `warm` starts the processes before the first picture comes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from effects.backdrop import Backdrop
from effects.codec import file_size as file_size_here
from effects.codec.header import read_header
from effects.codec.limits import MEGA
from effects.codec.pieces import Sample
from effects.image import PREVIEW_SIDE, Box, Photo
from effects.render import apply_recipe, bake_recipe
from effects.render import decode as decode_here
from effects.render import find_faces as find_faces_here
from effects.render import measure as measure_here
from effects.render import open_backdrop as open_backdrop_here
from effects.render import open_hald as open_hald_here
from effects.render import open_preview as open_here
from effects.render import render as render_here
from effects.render import thumbnails as thumbnails_here
from effects.render import tiles as tiles_here
from effects.settings import SETTINGS
from effects.tables.baking import USUAL_SIZE, CubeFile
from effects.tables.cube import Cube
from effects.workers.cluster import SETTING, Cluster, executor
from effects.workers.health import Health, health
from effects.workers.ledger import Listener
from effects.workers.line import asking
from effects.workers.patience import Meanwhile
from effects.workers.pool import Workers

MAX_SHARED_PIXELS = 16 * MEGA
"""Pixels above which one job runs at a time: two of them would fill a small machine's memory."""

WORKERS = Workers(SETTINGS.workers, queue=SETTINGS.queue)
"""Those of this server, as many as it has cores."""


@cache
def chosen_executor() -> Workers | Cluster:
    """Who opens uploads and renders exports: they, or those of the machines that EMULSION_SCHEDULER names.

    ValueError, one sentence, where that is no address: as soon as one of them is needed, and not at an import.
    """
    return executor({SETTING: SETTINGS.scheduler}, WORKERS)


def open_preview(data: bytes, max_side: int = PREVIEW_SIDE, meanwhile: Meanwhile | None = None) -> Photo:
    """The picture in an uploaded file, its longer side at most `max_side` pixels; PictureError, one sentence."""
    return chosen_executor().call(open_here, data, max_side, large=is_large(data), meanwhile=meanwhile)


def decode(data: bytes) -> Photo:
    """The picture in a file at full size: for small ones, since its pixels come back through a pipe."""
    return WORKERS.call(decode_here, data, large=is_large(data))


def open_hald(data: bytes, name: str = "") -> Cube:
    """The colour table in a HaldCLUT or tiled picture; PictureError or CubeError, one sentence."""
    return WORKERS.call(open_hald_here, data, name, large=is_large(data))


def open_backdrop(data: bytes, name: str = "") -> Backdrop:
    """The picture in an uploaded file, to lie behind somebody; PictureError, one sentence."""
    return WORKERS.call(open_backdrop_here, data, name, large=is_large(data))


def render(data: bytes, recipe_json: str, **options: Any) -> bytes:
    """The full-size result as a file: `effects.render.render` and its options, in a worker."""
    return chosen_executor().call(render_here, data, recipe_json, large=is_large(data), **options)


def tiles(
    data: bytes,
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    asked: tuple[range, range] | None = None,
    meanwhile: Meanwhile | None = None,
    *,
    unhidden: tuple[Box, ...] = (),
) -> dict[tuple[int, int], bytes]:
    """The full-size result, or what is asked for of it, to be looked at closely: see `effects.render.tiles`."""
    job = data, recipe_json, tables, asked, unhidden
    return WORKERS.call(tiles_here, *job, large=is_large(data), meanwhile=meanwhile)


def measure(
    data: bytes,
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    meanwhile: Meanwhile | None = None,
    *,
    unhidden: tuple[Box, ...] = (),
) -> Sample:
    """Pieces of the full-size result, to tell its file's size by; others go first."""
    job = data, recipe_json, tables, unhidden
    return WORKERS.call(measure_here, *job, large=is_large(data), aside=True, meanwhile=meanwhile)


def file_size(pieces: Sample, photo: Photo, meanwhile: Meanwhile | None = None, **wishes: Any) -> int:
    """About how many bytes the file of these pieces will have: `effects.codec.file_size` and its wishes, in a worker.

    Of `photo` only what its file says counts.
    """
    dot = Photo(photo.image[:1, :1], None, photo.metadata)
    return WORKERS.call(file_size_here, pieces, dot, meanwhile=meanwhile, **wishes)


def preview(
    photo: Photo,
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    meanwhile: Meanwhile | None = None,
) -> Photo:
    """A preview after a recipe's steps, for stacks too slow to run in the server itself; `meanwhile` as for `run`."""
    bare = Photo(photo.image, photo.alpha, unhidden=photo.unhidden)
    after = WORKERS.call(apply_recipe, bare, recipe_json, tables, opens=False, meanwhile=meanwhile)
    return Photo(after.image, after.alpha, photo.metadata)


def thumbnails(
    photo: Photo,
    recipes_json: Sequence[str],
    tables: Mapping[str, Any] | None = None,
    meanwhile: Meanwhile | None = None,
    **wishes: Any,
) -> list[bytes]:
    """Many small pictures of a photo that is small itself: `effects.render.thumbnails`; others go first."""
    bare = Photo(photo.image, photo.alpha, unhidden=photo.unhidden)
    job = bare, recipes_json, tables
    return WORKERS.call(thumbnails_here, *job, opens=False, aside=True, meanwhile=meanwhile, **wishes)


def find_faces(photo: Photo, meanwhile: Meanwhile | None = None) -> tuple[Box, ...]:
    """The boxes of the faces in a preview, in a worker; PictureError, one sentence."""
    return WORKERS.call(find_faces_here, Photo(photo.image, photo.alpha), opens=False, meanwhile=meanwhile)


def bake(
    recipe_json: str,
    tables: Mapping[str, Any] | None = None,
    size: int = USUAL_SIZE,
    meanwhile: Meanwhile | None = None,
) -> CubeFile:
    """What a recipe's steps do to colours, as a .cube file, in a worker: one of 65 points may take seconds."""
    return WORKERS.call(bake_recipe, recipe_json, tables, size, opens=False, meanwhile=meanwhile)


def check_health() -> Health:
    """Whether the server's workers do work, found out by a job; takes some seconds where they do not."""
    return health(chosen_executor())


def ahead() -> int:
    """How many jobs of others are ahead of the first that waits of the person who asks here."""
    return WORKERS.line.ahead_of(asking())


def queue_length() -> int:
    """How many jobs wait for a worker."""
    return WORKERS.line.length


def processes() -> list[int]:
    """The system's numbers of the server's workers."""
    return WORKERS.processes()


def listen(listener: Listener) -> None:
    """Have a listener told of the end of each job, and of each worker that ended unasked."""
    WORKERS.ledger.listeners.append(listener)


def warm() -> None:
    """Start the server's workers, so that the first picture need not wait for them."""
    chosen_executor().warm()


def close() -> None:
    """Stop the server's workers."""
    chosen_executor().close()


def is_large(data: bytes) -> bool:
    """Whether only one such job may run; PictureError for what no decoder should even see."""
    header = read_header(data)
    return header.width * header.height > MAX_SHARED_PIXELS
