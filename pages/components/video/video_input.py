"""Where a video comes in: chosen or dropped, and sent by the browser itself to the session's folder on disk."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.video.reel import MAX_BYTES, Reel
from pages.components.words import later, translated

KEY = "video_input"

ACCEPTED = "video/mp4,video/quicktime,video/webm,.mp4,.m4v,.mov,.webm,.mkv,.gif,.webp,.png,.apng"

WORDS = {
    "choose": later("Choose a video"),
    "another": later("Another video"),
    "or_drop": later("or drop one anywhere on this page: MP4, MOV, WebM, MKV, GIF, WebP or APNG"),
    "sending": later("Sending {name}: {share} %"),
    "stop": later("Stop sending"),
    "not_sent": later("The video could not be sent. Check the network and choose it again."),
}

_input = page_component(
    KEY,
    __file__,
    html="""
<div class="ways">
  <label class="way"><input type="file"><span></span></label>
  <span class="hint"></span>
</div>
<div class="sending" hidden>
  <progress max="1" value="0"></progress><span></span><button type="button" class="way"></button>
</div>
<p role="status"></p>""",
)


def video_input(reel: Reel) -> None:
    """Let a video come in, but not while one is being made."""
    data = {
        "address": reel.address,
        "most": MAX_BYTES,
        "accept": ACCEPTED,
        "name": reel.video.name if reel.video else "",
        "is_busy": reel.is_busy,
        "words": translated(WORDS),
    }
    _input(key=KEY, data=data, on_told_change=look)


def look() -> None:
    """The server has answered; what it has or has not taken, the run that follows sees in the reel."""
