"""Where the browser fetches all that a session has saved, in one zip."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response, StreamingResponse

from pages.components.save.parcel import archive, parcel_of


async def send_parcel(request: Request) -> Response:
    """The zip of the session that offers it under this address, made while it is sent."""
    parcel = parcel_of(request.path_params["token"])
    if parcel is None or not parcel.pieces:
        return PlainTextResponse("gone", status_code=404)
    headers = {"cache-control": "no-store", "content-disposition": "attachment"}
    return StreamingResponse(archive(parcel.pieces), media_type="application/zip", headers=headers)
