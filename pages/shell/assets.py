"""What a browser loads once and keeps: scripts and styles, compressed, and the shell's own fonts and sign.

Streamlit sends its scripts and styles as they are and leaves compressing to a proxy, which not every host has: 2.5 MB
of text on a first visit, 0.6 when compressed. Here each file is compressed once, when it is first asked for, and kept.

Only files that are the same for everyone are compressed, so their length tells nothing about anybody's secrets; what is
compressed already (pictures, fonts), sockets, uploads and downloads are left as they are.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable
from functools import cached_property, partial
from pathlib import Path

import streamlit as st
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from pages.borrowed.streamlit import static_files
from pages.components.page_script import component_scripts, served_script

STREAMLIT = static_files()
HERE = Path(__file__).parent

KEPT = "public, immutable, max-age=31536000"  # a year: another version has another name
ASKED_FOR_AGAIN = "no-cache"

FONT = "font/woff2"
KINDS = {".js": "text/javascript", ".css": "text/css", ".html": "text/html", ".svg": "image/svg+xml", ".woff2": FONT}

# Streamlit loads every font of this name when it starts, 4,000 signs in 375 kB; `front_page` has those that one sees.
ALL_SYMBOLS = re.compile(r"@font-face\{font-family:Material Symbols Rounded;[^}]*\}")


class Asset:
    """A file as browsers get it, plain or compressed."""

    def __init__(self, name: str, read: Callable[[], bytes], cache: str, vary: str = "Accept-Encoding") -> None:
        self.name, self.read, self.cache, self.vary = name, read, cache, vary
        self.kind = KINDS[Path(name).suffix]

    @cached_property
    def compressed(self) -> bytes:
        """In the form that every browser reads."""
        return gzip.compress(self.read(), 9, mtime=0)

    @cached_property
    def digest(self) -> str:
        """Another text for another content."""
        return hashlib.sha256(self.read()).hexdigest()[:16]

    def answer(self, scope: Scope) -> Response:
        """What to send to this request; a browser that has the very same already is told so."""
        asked, is_text = Headers(scope=scope), self.kind != FONT
        small = is_text and takes_gzip(asked.get("accept-encoding", ""))
        headers = {"cache-control": self.cache, "etag": f'"{self.digest}{"-gzip" if small else ""}"'}
        if is_text:
            headers["vary"] = self.vary
        if headers["etag"] in known(asked.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        if small:
            headers["content-encoding"] = "gzip"
        body = self.compressed if small else self.read()
        headers["content-length"] = str(len(body))
        return Response(b"" if scope["method"] == "HEAD" else body, headers=headers, media_type=self.kind)


class Assets:
    """Answers requests for what browsers keep; hands on all others, and those for a part of Streamlit's files."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.assets = {**OWN}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        name = asset_name(scope)
        if name is None or (name in STATIC and "range" in Headers(scope=scope)):
            await self.app(scope, receive, send)
            return
        if name not in self.assets:
            self.assets[name] = Asset(name, lambda: content(STATIC[name]), KEPT)
        response = await run_in_threadpool(self.assets[name].answer, scope)
        await response(scope, receive, send)


def own(path: Path) -> Asset:
    """A file of the shell's own, by a name that changes with what is in it."""
    asset = Asset(path.name, path.read_bytes, KEPT)
    asset.name = f"shell/{path.stem}.{asset.digest}{path.suffix}"
    return asset


def joined(entry: Path) -> bytes:
    """The script of a component, whole."""
    return served_script(entry).encode()


SANS, SERIF, SYMBOLS = (own(HERE / "fonts" / f"{name}.woff2") for name in ("sans", "serif", "symbols"))
ICON = own(HERE / "icon.svg")
SCRIPTS = {path: Asset(f"shell/{name}", partial(joined, path), KEPT) for name, path in component_scripts().items()}
OWN = {asset.name: asset for asset in (SANS, SERIF, SYMBOLS, ICON, *SCRIPTS.values())}
STATIC = {f"{kind}/{path.name}": path for kind in ("js", "css") for path in STREAMLIT.glob(f"static/{kind}/*.{kind}")}


def content(path: Path) -> bytes:
    """What is in one of Streamlit's files, but for the font of all signs."""
    data = path.read_bytes()
    return ALL_SYMBOLS.sub("", data.decode()).encode() if path.suffix == ".css" else data


def asset_name(scope: Scope) -> str | None:
    """The name of the asset that a request is for, wherever the app is mounted; None if it is for anything else."""
    if scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
        return None
    path: str = scope["path"]
    for mount in (scope.get("root_path", ""), st.get_option("server.baseUrlPath") or ""):
        if mount.strip("/"):
            path = path.removeprefix("/" + mount.strip("/"))
    name = path.removeprefix("/static/")
    return name if name != path and (name in OWN or name in STATIC) else None


def takes_gzip(accepted: str) -> bool:
    """Whether a browser that says it accepts this takes gzip: named, or meant by *, and not of weight 0."""
    weights = {}
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        weights[coding.strip()] = weight.replace(" ", "")
    return not re.fullmatch(r"q=0(\.0*)?", weights.get("gzip", weights.get("*", "q=0")))


def known(tags: str) -> set[str]:
    """The versions that a browser says it has."""
    return {tag.strip().removeprefix("W/") for tag in tags.split(",")}
