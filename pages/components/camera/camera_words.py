"""Words for a camera that does not come: refused, missing, busy, or kept away by an insecure address."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import later, translated

WORDS = {
    "NotAllowedError": later(
        "The camera was refused. To allow it, open the camera or lock sign beside the address, allow the camera for "
        "this page and reload it, or upload a photo instead."
    ),
    "NotFoundError": later("No camera was found on this device. Plug one in and try again, or upload a photo instead."),
    "NotReadableError": later(
        "The camera is busy: another program or tab is using it. Close that one and try again, or upload a photo "
        "instead."
    ),
    "insecure": later(
        "Browsers give the camera only to secure pages. Open this page by https, or upload a photo instead."
    ),
    "missing": later("This browser gives pages no camera. Try another browser, or upload a photo instead."),
    "other": later("The camera could not be started. You can try again, or upload a photo instead."),
}
"""By the names of a browser's errors, where it has one."""

_words = page_component(
    "camera_words",
    __file__,
    html='<p role="alert"></p>',
)


def camera_words() -> None:
    """Stand ready to say why there is no camera; asks for none itself.

    Must be on the page before the camera is asked for: it listens to the answer the browser gives.
    """
    _words(key="camera_words", data={"words": translated(WORDS)})
