"""What the app tells browsers to forbid on its pages, with every answer: also without a proxy in front of it.

Streamlit's own script and page need this much: `blob:` for scripts that messages bring along, as those of the page's
components are; inline styles, since its styles are written by script; one script inside its page, which is named by its
hash; and to compile WebAssembly, which its reader of messages counts long numbers with (without it that goes on, more
slowly, and every visit has an error in its console). That is not `eval`, which nothing needs: no text becomes a script.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.components.settings import SETTINGS
from pages.shell.front_page import INDEX

INLINE = re.compile(rb"<script>(.*?)</script>", re.DOTALL)

PERMISSIONS = {
    "camera": "self",
    "clipboard-read": "self",
    "clipboard-write": "self",
    "fullscreen": "self",
    **dict.fromkeys(("microphone", "geolocation", "payment", "usb", "serial", "midi", "display-capture"), ""),
}
"""What a page may ask a browser for; none of the last."""


def policy(page: bytes, framed_by: str = "") -> str:
    """The content security policy of a page that has these scripts inside, and may stand in frames of these sites."""
    scripts = " ".join(f"'sha256-{digest(text)}'" for text in INLINE.findall(page))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' blob: 'wasm-unsafe-eval' {scripts}".rstrip(),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            "font-src 'self' data:",
            "connect-src 'self' data: blob:",
            "worker-src 'self' blob:",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors 'self' {framed_by}".rstrip(),
        )
    )


def digest(text: bytes) -> str:
    """How a policy names a script."""
    return base64.b64encode(hashlib.sha256(text).digest()).decode()


@cache
def headers() -> dict[str, str]:
    """What goes with every answer."""
    page = INDEX.read_bytes() if INDEX.is_file() else b""
    return {
        "content-security-policy": policy(page, SETTINGS.framed_by),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": ", ".join(f"{name}=({who})" for name, who in PERMISSIONS.items()),
        "cross-origin-opener-policy": "same-origin",
    }


class Headers:
    """Adds them to every answer of the app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers())
            await send(message)

        await self.app(scope, receive, sent if scope["type"] == "http" else send)
