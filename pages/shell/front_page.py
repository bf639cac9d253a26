"""The page before any script has run: what the app is, in letters that are there at once.

A Streamlit page is empty until half a megabyte of scripts has come and run, which takes seconds on a phone's network.
Streamlit has no setting for what stands there meanwhile; so its page is amended on its way out, never on disk: a few
words in `first_sight.html`, which give way once the page itself has something to show, and lighter fonts.
"""

from __future__ import annotations

import logging
import re

from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.shell.assets import ASKED_FOR_AGAIN, HERE, ICON, SANS, SERIF, STREAMLIT, SYMBOLS, Asset

log = logging.getLogger(__name__)

INDEX = STREAMLIT / "index.html"

LETTERS = "U+20-7E, U+A0-17F, U+2010-2027, U+2030-203A, U+20AC, U+2122, U+2190-2193, U+2212, U+2260, U+2264-2265"
ALL_LETTERS = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>')
SIGN = re.compile(r'<link rel="shortcut icon"[^>]*>')
TITLE = re.compile(r"<title>[^<]*</title>")


class FrontPage:
    """Sends the amended page wherever Streamlit would send its own: for every address that names a page.

    Where Streamlit keeps its own elsewhere than is known, that is what browsers get.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.page: Asset | None = None
        self.theirs = ""
        if not INDEX.is_file():
            log.warning("Streamlit has its page elsewhere than is known here: a first visit looks empty for longer")
            return
        page = amend(INDEX.read_text(encoding="utf-8")).encode()
        self.page = Asset("front_page.html", lambda: page, ASKED_FOR_AGAIN)
        self.theirs = FileResponse(INDEX, stat_result=INDEX.stat()).headers["etag"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request by Streamlit's answer, unless that is its page."""
        is_theirs = False

        async def sent(message: Message) -> None:
            nonlocal is_theirs
            if message["type"] == "http.response.start":
                is_theirs = Headers(raw=message["headers"]).get("etag") == self.theirs
            if not is_theirs:
                await send(message)

        if self.page is None or scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, sent)
        if is_theirs:
            await self.page.answer(scope)(scope, receive, send)


def amend(page: str) -> str:
    """Streamlit's page with our name and sign, lighter fonts, and something to read."""
    page = TITLE.sub("<title>Emulsion</title>", page)
    page = SIGN.sub(f'<link rel="shortcut icon" href="./static/{ICON.name}" />', page)
    letters = f'<link rel="preload" href="./static/{SANS.name}" as="font" type="font/woff2" crossorigin />'
    page = ALL_LETTERS.sub(letters, page)
    head = f"<style>{faces()}\n{(HERE / 'first_sight.css').read_text(encoding='utf-8')}</style>\n"
    page = page.replace("</head>", head + "</head>")
    return page.replace("</body>", (HERE / "first_sight.html").read_text(encoding="utf-8") + "</body>")


def faces() -> str:
    """Fonts of what is mostly seen; where a page shows other letters, Streamlit's own have them and are loaded then."""
    return "".join(
        f'@font-face {{ font-family: "{family}"; font-weight: {weights}; {more} '
        f'src: url(./static/{font.name}) format("woff2"); }}\n'
        for family, weights, font, more in (
            ("Source Sans", "100 900", SANS, f"unicode-range: {LETTERS};"),
            ("Source Serif", "100 900", SERIF, f"unicode-range: {LETTERS};"),
            ("Material Symbols Rounded", "400", SYMBOLS, "font-display: block;"),
        )
    )
