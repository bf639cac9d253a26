"""The page before any script has run: what the app is, in letters that are there at once.

A Streamlit page is empty until half a megabyte of scripts has come and run, which takes seconds on a phone's network.
Streamlit has no setting for what stands there meanwhile; so its page is amended on its way out, never on disk: a few
words in `first_sight.html`, which give way once the page itself has something to show, and lighter fonts.
"""

from __future__ import annotations

import html
import logging
import re
from functools import cache
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import FileResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pages.components.words import CATALOGUES, ENGLISH, catalogues, language_of, later
from pages.shell.assets import ASKED_FOR_AGAIN, HERE, ICON, SANS, SCRIPTS, SERIF, STREAMLIT, SYMBOLS, Asset

log = logging.getLogger(__name__)

INDEX = STREAMLIT / "index.html"

MAX_WISHES = 10  # languages of a browser's that are looked at
LETTERS = "U+20-7E, U+A0-17F, U+2010-2027, U+2030-203A, U+20AC, U+2122, U+2190-2193, U+2212, U+2260, U+2264-2265"
LATER = {"batch", "live", "video"}
"""Folders of components that one goes to."""

WATCH = "camera_watch"
"""What watches a camera is there before anything could turn one on."""

ALL_LETTERS = re.compile(r'<link\s+rel="preload"[^>]*SourceSans[^>]*>')
SIGN = re.compile(r'<link rel="shortcut icon"[^>]*>')
TITLE = re.compile(r"<title>[^<]*</title>")
LANGUAGE = re.compile(r'<html lang="[^"]*"')

WORDS = {
    "what_this_is": later(
        "Photo effects in the browser, after the darkroom: open a picture or take one, stack effects on it, see the "
        "result at once, download it at full size."
    ),
    "opening": later("Opening …"),
}


class FrontPage:
    """Sends the amended page wherever Streamlit would send its own: for every address that names a page.

    Where Streamlit keeps its own elsewhere than is known, that is what browsers get.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self.is_known = INDEX.is_file()
        self.theirs = ""
        if not self.is_known:
            log.warning("Streamlit has its page elsewhere than is known here: a first visit looks empty for longer")
            return
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

        if not self.is_known or scope["type"] != "http" or scope["method"] not in {"GET", "HEAD"}:
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, sent)
        if is_theirs:
            page = front_page(wished_language(Headers(scope=scope).get("accept-language", "")))
            await page.answer(scope)(scope, receive, send)


@cache
def front_page(language: str) -> Asset:
    """The amended page in a language that there is a catalogue of, or ("") in English; caches ask for it each time."""
    page = amend(INDEX.read_text(encoding="utf-8"), language).encode()
    return Asset("front_page.html", lambda: page, ASKED_FOR_AGAIN, vary="Accept-Encoding, Accept-Language")


def wished_language(accepted: str) -> str:
    """The first language among those that a browser says it accepts which there is a catalogue of; "" for English.

    Browsers name them in the order in which they are wished for.
    """
    for tag in (part.partition(";")[0].strip() for part in accepted.split(",")[:MAX_WISHES]):
        if (language := language_of(tag)) or tag.lower().startswith("en"):
            return language
    return ""


def amend(page: str, language: str = "") -> str:
    """Streamlit's page with our name, sign, scripts and lighter fonts, and something to read in the language named."""
    page = TITLE.sub("<title>Emulsion</title>", page)
    page = SIGN.sub(f'<link rel="shortcut icon" href="./static/{ICON.name}" />', page)
    letters = f'<link rel="preload" href="./static/{SANS.name}" as="font" type="font/woff2" crossorigin />'
    page = ALL_LETTERS.sub(letters, page)
    head = f"<style>{faces()}\n{(HERE / 'first_sight.css').read_text(encoding='utf-8')}</style>\n"
    # There when a message names them: else a press might come before what hears it. The page itself goes first, and
    # what is not on the page that one comes to comes later.
    link = '<link rel="modulepreload" fetchpriority="low" href="./static/{name}" />\n'
    scripts = "".join(link.format(name=asset.name) for path, asset in SCRIPTS.items() if is_at_first(path))
    page = page.replace("</head>", head + scripts + "</head>")
    page = LANGUAGE.sub(f'<html lang="{language or "en"}"', page)
    spoken = catalogues(CATALOGUES).get(language, ENGLISH)
    words = {name: html.escape(spoken.gettext(sentence)) for name, sentence in WORDS.items()}
    first = (HERE / "first_sight.html").read_text(encoding="utf-8").format(**words)
    return page.replace("</body>", first + styles() + "</body>")


def styles() -> str:
    """The sheets that each page brings, too: there before what they are about, which would jump to its place with them.

    They stand at the page's end, after what Streamlit writes in its head: of two rules as strong the later one counts.
    """
    sheets = (HERE / name for name in ("style.css", "frame.css"))
    return "".join(f"<style>{sheet.read_text(encoding='utf-8')}</style>\n" for sheet in sheets)


def is_at_first(script: Path) -> bool:
    """Whether a component's script is fetched with any page."""
    return script.parent.name not in LATER or script.stem == WATCH


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
