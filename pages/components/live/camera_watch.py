"""Words for a live camera that does not come, said at once and by the browser itself."""

from __future__ import annotations

from pages.components.page_component import page_component

_watch = page_component(
    "camera_watch",
    __file__,
    html='<p role="alert"></p>',
)


def camera_watch(shape: float) -> bool:
    """Stand ready to say why there is no camera; asks for none itself. False where the browser can have no live video.

    It listens to the answer that the player's frame gets, and says nothing while all is well. The frame is as high as
    a video of this shape (width by height) will need, before there is one.
    """
    return not _watch(key="camera_watch", data={"shape": shape}, on_why_not_change=lambda: None).why_not
