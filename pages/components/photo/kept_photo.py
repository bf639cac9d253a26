"""The photo kept in the browser's own storage: there after a reload, and nowhere else."""

from __future__ import annotations

from pages.components import session
from pages.components.page_component import page_component
from pages.components.picture_url import picture_url
from pages.components.words import later, translated
from pages.components.workbench import Workbench

KEY = "kept_photo"
WORDS = {
    "kept": later("{name} is kept in this browser only."),
    "back": later("The server was away for a moment; {name} was opened again from this browser."),
    "offered": later("Your photo {name} is kept in this browser only."),
    "open": later("Open it again"),
    "forget": later("Forget it"),
}

_kept = page_component(
    KEY,
    __file__,
    html="""
<p role="status" hidden>
  <span></span>
  <button type="button" class="open"></button>
  <button type="button" class="forget"></button>
</p>""",
)


def kept_photo(bench: Workbench) -> None:
    """Have the browser keep the person's photo, say so, and offer it again where none is on the table.

    The browser knows the file that was uploaded from it; a snapshot it asks for once, by its hash. A photo that the
    page had open, and that the server knows nothing of (it was started anew, or is another one), it opens again.
    """
    photo = bench.photo if bench.photo and bench.photo.is_own else None
    shown = None
    if photo is not None:
        is_asked_for = session.component_value(KEY, "wanted") == photo.sha256
        url = picture_url(photo.data, "kept", "application/octet-stream") if is_asked_for else ""
        shown = {"id": photo.sha256, "name": photo.name, "size": len(photo.data), "url": url}
    known = [other.sha256 for other in bench.recent]
    data = {"photo": shown, "known": known, "words": translated(WORDS)}
    _kept(key=KEY, data=data, on_wanted_change=lambda: None, width="content")
