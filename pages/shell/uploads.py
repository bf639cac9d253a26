"""Uploads are bounded for one session and for all, and what no widget refers to any more is let go.

Streamlit takes each file up to its size, however many there are, and keeps them as long as their tab.
"""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Callable

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from effects.codec.limits import MAX_BYTES
from pages.borrowed.visits import let_go, uploads, uploads_in_use
from pages.components.settings import SETTINGS, AppSettings
from pages.shell.events import tell

MEGABYTE = 2**20

UPLOAD = re.compile(r"/_stcore/upload_file/([^/]+)/[^/]+$")

UNWANTED_SECONDS = 60.0
"""How long a file may be held by no widget: a browser tells of several when the last has come."""

_coming: Counter[str] = Counter()
"""Bytes on their way, by session."""

_files_coming: Counter[str] = Counter()
"""Files on their way, by session."""


class UploadBounds:
    """Refuses uploads beyond what a session, or all of them, may hold."""

    def __init__(self, app: ASGIApp, settings: AppSettings = SETTINGS) -> None:
        self.app, self.settings = app, settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or hand it on."""
        found = UPLOAD.search(scope.get("path", "")) if scope["type"] == "http" and scope["method"] == "PUT" else None
        if found is None:
            await self.app(scope, receive, send)
            return
        session, size = found[1], announced(Headers(scope=scope).get("content-length", ""))
        why = refusal(self.settings, session, size, uploads())
        if why:
            tell("upload_refused", why=why)
            await PlainTextResponse(why, status_code=413)(scope, receive, send)
            return
        _coming[session] += size
        _files_coming[session] += 1
        try:
            await self.app(scope, receive, send)
        finally:
            _coming[session] -= size
            _files_coming[session] -= 1
            if not _files_coming[session]:
                del _coming[session], _files_coming[session]


def announced(length: str) -> int:
    """The bytes that a request says it brings; as many as a photo may have where it does not say."""
    return int(length) if re.fullmatch(r"[0-9]{1,12}", length) else MAX_BYTES


def refusal(settings: AppSettings, session: str, size: int, held: dict[str, dict[str, int]]) -> str:
    """Why a session may not upload so many bytes more; empty where it may."""
    own = held.get(session, {})
    if len(own) + _files_coming[session] >= settings.upload_files:
        return f"This tab holds {settings.upload_files} files already."
    if sum(own.values()) + _coming[session] + size > settings.session_mb * MEGABYTE:
        return f"This tab may hold {settings.session_mb} MB of uploads."
    everything = sum(sum(files.values()) for files in held.values()) + sum(_coming.values())
    if everything + size > settings.uploads_mb * MEGABYTE:
        return "The server holds as many uploads as it may. Please try again later."
    return ""


class Unwanted:
    """Files that no widget refers to, and since when."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.clock = clock
        self._since: dict[tuple[str, str], float] = {}

    def let_go(self) -> int:
        """Let go of what has been unwanted for long, of a session that uploads nothing now; how many files."""
        now, since = self.clock(), self._since
        self._since = {}
        count = 0
        for session, files in uploads().items():
            wanted = uploads_in_use(session)
            if wanted is None or session in _files_coming:
                continue
            for name in files.keys() - wanted:
                began = since.get((session, name), now)
                if now - began < UNWANTED_SECONDS:
                    self._since[session, name] = began
                else:
                    let_go(session, name)
                    count += 1
        return count
