"""The camera: asked for by a click and never before, and off as soon as the photo is taken or one goes elsewhere."""

from __future__ import annotations

from pages.components.page_component import page_component
from pages.components.words import later, translated
from pages.components.workbench import Workbench

KEY = "capture"
WORDS = {
    "turn_on": later("Turn on camera"),
    "asking": later("The browser asks whether this page may use the camera."),
    "finder": later("What the camera sees"),
    "shoot": later("Take the photo"),
    "other": later("Other camera"),
    "off": later("Turn off"),
    "cancel": later("Cancel"),
    "timer": later("Timer"),
    "at_once": later("Off"),
    "seconds": later("{seconds} s"),
    "mirror": later("Mirror the screen"),
    "keep": later("Mirror the photo, too"),
}

_capture = page_component(
    KEY,
    __file__,
    html="""
<div class="finder" hidden>
  <video autoplay muted playsinline></video><p class="count" role="timer" aria-live="assertive"></p>
</div>
<div class="row">
  <button type="button" class="turn_on main"></button>
  <button type="button" class="shoot main"></button>
  <button type="button" class="cancel"></button>
  <button type="button" class="other"></button>
  <button type="button" class="off"></button>
</div>
<div class="row settings">
  <label><span class="timer"></span><select></select></label>
  <label><input type="checkbox" class="mirrored"><span class="mirror"></span></label>
  <label><input type="checkbox" class="kept"><span class="keep"></span></label>
</div>
<p class="asking" role="status"></p>""",
)


def capture(bench: Workbench) -> None:
    """A button that turns the camera on, the finder, and what one takes the photo with.

    The photo goes the way of all that comes in (see `intake`). Why there is no camera is told by `camera_words`.
    """
    _capture(key=KEY, data={"words": translated(WORDS), "answers": bench.answers})
