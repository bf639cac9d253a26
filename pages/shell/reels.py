"""Where browsers bring a video, and fetch what was made of it, whole or in the parts that a player asks for.

Streamlit's uploader would hold all of it in memory; here it goes to its session's folder on disk as it comes.
"""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response

from pages.components.video.reel import MAX_BYTES, reel_of
from pages.shell.incoming import announced_size, write_body


async def take_video(request: Request) -> Response:
    """A session's video, under the name that the browser gives it and of this size; a refusal is kept for the page."""
    reel = reel_of(request.path_params["token"])
    if reel is None:
        return PlainTextResponse("gone", status_code=404)
    size = announced_size(request, MAX_BYTES + 1)
    coming = reel.expect(request.query_params.get("name", ""), size)
    if coming is None:
        return PlainTextResponse("refused", status_code=413) if reel.trouble else PlainTextResponse("busy", 409)
    has_come = False
    try:
        has_come = await write_body(request, coming.source, size)
    finally:
        reel.settle(has_come=has_come)
    return PlainTextResponse("ok")


async def send_video(request: Request) -> Response:
    """The result of this name, if it is the one that the session has now."""
    reel = reel_of(request.path_params["token"])
    rendition = reel.rendition if reel else None
    if rendition is None or rendition.made is None or request.path_params["name"] != rendition.order.target.name:
        return PlainTextResponse("gone", status_code=404)
    return FileResponse(rendition.order.target, headers={"cache-control": "no-store"}, media_type=rendition.order.mime)
