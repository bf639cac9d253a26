"""Words for a live camera that does not come, said at once and by the browser itself."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import later, translated

WORDS = {
    "NotAllowedError": later(
        "The camera was refused. To allow it, open the camera or lock sign beside the address, allow the camera for "
        "this page and press Start again, or use Snapshot, which needs no live video."
    ),
    "NotFoundError": later(
        "No camera was found on this device. Plug one in and press Start again, or use Snapshot, which needs no live "
        "video."
    ),
    "NotReadableError": later(
        "The camera is busy: another program or tab is using it. Close that one and press Start again, or use "
        "Snapshot, which needs no live video."
    ),
    "insecure": later(
        "Browsers give the camera only to secure pages. Open this page by https, or use Snapshot, which needs no live "
        "video."
    ),
    "missing": later(
        "This browser gives pages no camera. Try another browser, or use Snapshot, which needs no live video."
    ),
    "other": later(
        "The camera could not be started. You can press Start again, or use Snapshot, which needs no live video."
    ),
    "unable": later(
        "This browser has no live connections (WebRTC), which live video needs. Use Snapshot, which works here, or "
        "open Live in another browser."
    ),
}
"""By the names of a browser's errors, where it has one."""

_watch = page_component(
    "camera_watch",
    __file__,
    html='<p role="alert" data-instant="server"></p>',
)


def camera_watch(shape: float) -> bool:
    """Stand ready to say why there is no camera; asks for none itself. False where the browser can have no live video.

    It listens to the answer that the player's frame gets, and says nothing while all is well. The frame is as high as
    a video of this shape (width by height) will need, before there is one.
    """
    data = {"shape": shape, "words": translated(WORDS)}
    return not _watch(key="camera_watch", data=data, on_why_not_change=lambda: None).why_not
