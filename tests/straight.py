"""A request straight to what the app puts before Streamlit, with Streamlit's own files behind it."""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass

from starlette.applications import Starlette
from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import PlainTextResponse, StreamingResponse
from starlette.routing import Mount, Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from pages.shell.assets import STREAMLIT, Assets
from pages.shell.front_page import FrontPage

SCRIPT = max((STREAMLIT / "static/js").glob("index.*.js"), key=lambda path: path.stat().st_size)
STYLE = next((STREAMLIT / "static/css").glob("index.*.css"))
SCRIPT_AT = f"/static/js/{SCRIPT.name}"
WORDS = "open a picture or take one"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    parts: tuple[bytes, ...]

    @property
    def body(self) -> bytes:
        return b"".join(self.parts)

    @property
    def text(self) -> str:
        packed = self.headers.get("content-encoding") == "gzip"
        return (gzip.decompress(self.body) if packed else self.body).decode()


async def letter(request: Request) -> PlainTextResponse:
    return PlainTextResponse("secret " * 1000, headers={"etag": '"letter"'})


async def upload(request: Request) -> PlainTextResponse:
    return PlainTextResponse(str(len(await request.body())))


async def film(request: Request) -> StreamingResponse:
    return StreamingResponse(iter([b"one", b"two"]), media_type="video/mp4")


async def live(socket: WebSocket) -> None:
    await socket.accept()
    await socket.close()


ROUTES = [
    Route("/letter", letter),
    Route("/film", film),
    Route("/upload", upload, methods=["PUT"]),
    WebSocketRoute("/stream", live),
]


def served(mounted: str = "") -> ASGIApp:
    """Streamlit's own static files, and a few answers of others, behind what the app puts before them."""
    inner: ASGIApp = Starlette(routes=[*ROUTES, *create_streamlit_static_assets_routes(None)])
    whole = Assets(FrontPage(inner))
    return Starlette(routes=[Mount(mounted, app=whole)]) if mounted else whole


def asked(path: str, method: str = "GET", app: ASGIApp | None = None, body: bytes = b"", **headers: str) -> Answer:
    """One request, straight to the application."""
    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    scope: Scope = {
        "type": "http",
        "method": method,
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "scheme": "http",
        "http_version": "1.1",
        "headers": raw,
        "server": ("here", 80),
        "client": ("there", 1),
    }
    sent: list[Message] = []
    coming: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        if not coming:
            await asyncio.Event().wait()  # whoever asked stays on the line
        return coming.pop()

    async def send(message: Message) -> None:
        sent.append(message)

    through(app or served(), scope, receive, send)
    starts = [message for message in sent if message["type"] == "http.response.start"]
    assert len(starts) == 1
    parts = tuple(message.get("body", b"") for message in sent if message["type"] == "http.response.body")
    return Answer(starts[0]["status"], Headers(raw=starts[0]["headers"]), parts)


def through(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Run an application for one connection."""

    async def run() -> None:
        await app(scope, receive, send)

    asyncio.run(run())
