"""What one can do with a photo or recording that is shown large: the buttons, for `large_view.js`, and their words."""

from __future__ import annotations

from pages.components.words import later

ACTS = """<div class="acts">
    <a class="save" href=""></a>
    <button type="button" class="share" hidden></button>
    <button type="button" class="edit"></button>
    <button type="button" class="delete"></button>
    <button type="button" class="close"></button>
  </div>"""

WORDS = {
    "save": later("Save"),
    "share": later("Share"),
    "edit": later("Edit"),
    "delete": later("Delete"),
    "close": later("Close"),
}
