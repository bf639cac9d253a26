"""Words for a camera that does not come: refused, missing, busy, or kept away by an insecure address."""

from __future__ import annotations

from pages.components.page_component import page_component

_words = page_component(
    "camera_words",
    __file__,
    html='<p role="alert"></p>',
)


def camera_words() -> None:
    """Stand ready to say why there is no camera; asks for none itself.

    Must be on the page before the camera is asked for: it listens to the answer the browser gives.
    """
    _words(key="camera_words")
