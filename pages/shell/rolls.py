"""Where browsers bring the photos of a batch, and fetch what was made of them.

Streamlit's uploader would hold all of them in memory; here each goes to its session's folder on disk as it comes.
"""

from __future__ import annotations

from collections.abc import Iterator
from threading import Semaphore
from typing import BinaryIO
from weakref import finalize

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from effects.codec.limits import MAX_BYTES
from pages.components.batch.roll import Roll, roll_of
from pages.components.batch.roll_photo import RollPhoto
from pages.components.batch.roll_zip import roll_zip
from pages.shell.incoming import announced_size, write_body

GONE = PlainTextResponse("gone", status_code=404)
TAKEN = PlainTextResponse("taken", status_code=409)
CUT = PlainTextResponse("cut", status_code=400)
MANY = PlainTextResponse("many", status_code=429)

CHUNK = 2**18
"""Bytes of a zip that are in memory at a time."""


async def take_photo(request: Request) -> Response:
    """One photo of a session's roll, under the number and the name that the browser gives it, and of this size."""
    roll, query = roll_of(request.path_params["token"]), request.query_params
    if roll is None:
        return GONE
    photo = roll.add(request.path_params["number"], query.get("name", ""), announced_size(request, MAX_BYTES + 1))
    if photo is None:
        return TAKEN
    if not photo.refusal and not await keep(request, roll, photo):
        return CUT
    return PlainTextResponse("ok")


async def keep(request: Request, roll: Roll, photo: RollPhoto) -> bool:
    """Write a photo to its place as it comes: whether all of it came, and no more than was said; else it is let go."""
    try:
        came = await write_body(request, photo.source, photo.size)
        if came and photo.source.stat().st_size == photo.size:
            await run_in_threadpool(photo.check)
            photo.has_come = True
    finally:
        if not photo.has_come:
            roll.drop([photo.number])
    return photo.has_come


async def send_zip(request: Request) -> Response:
    """The zip of the results of those photos that are ticked."""
    roll = roll_of(request.path_params["token"])
    if roll is None or roll.development is None:
        return GONE
    if not roll.zips.acquire(blocking=False):
        return MANY
    try:
        file, size = await run_in_threadpool(roll_zip, roll)
    except BaseException:
        roll.zips.release()
        raise
    headers = {"cache-control": "no-store", "content-disposition": "attachment", "content-length": str(size)}
    return StreamingResponse(Sending(file, roll.zips), media_type="application/zip", headers=headers)


class Sending:
    """A zip on its way, part by part; its file goes at the end, or with whoever has sent it, also before it began."""

    def __init__(self, file: BinaryIO, zips: Semaphore) -> None:
        self._file = file
        self._end = finalize(self, put_away, file, zips)

    def __iter__(self) -> Iterator[bytes]:
        try:
            while part := self._file.read(CHUNK):
                yield part
        finally:
            self._end()


def put_away(file: BinaryIO, zips: Semaphore) -> None:
    """A zip is on its way no more."""
    file.close()
    zips.release()
