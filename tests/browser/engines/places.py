"""Where things are on the pages: the one file that follows when they move."""

from __future__ import annotations

from dataclasses import dataclass

OPTIONS = "[data-testid=stSelectboxVirtualDropdown]"


@dataclass(frozen=True)
class Step:
    """A style selector and, where given, the whole text of what is meant."""

    css: str
    text: str = ""


Place = tuple[Step, ...]
"""Each step is looked for inside what the one before it found."""


def place(*steps: str, text: str = "") -> Place:
    """A place by style selectors, the last of which may have a text."""
    return *(Step(css) for css in steps[:-1]), Step(steps[-1], text)


def keyed(key: str, *steps: str, text: str = "") -> Place:
    """A place in the widget of a key."""
    return place(f".st-key-{key}", *steps, text=text)


QUIET = place("[data-testid=stApp][data-test-script-state=notRunning]")
TITLE = place("h1")
ALERT = place("[data-testid=stAlert]")

FILE = place("input[type=file]")
UPLOAD = keyed("upload", "input[type=file]")
PICTURE = keyed("frame", "img")
ADD_EFFECT = keyed("add_effect", "input")
DOWNLOAD = keyed("download", "button")

CAN_TAKE_PHOTO = keyed("take_photo", "button:not([disabled])")
TRAY = keyed("tray", "img")
NO_LIVE = keyed("camera_watch", "[role=alert]")
PLAYER = keyed("live", "iframe")
VIDEO = keyed("live", "iframe", "video")

STAGE = keyed("stage", ".stage")
DRAWN_HERE = keyed("stage", ".stage[data-instant=gpu]")
CANVAS = keyed("stage", ".instant")
SERVERS_PICTURE = keyed("stage", "img.after")

ON_DEVICE = keyed("device", ".live[data-instant=gpu]")
START, STOP = keyed("device", ".start", text="Start"), keyed("device", ".stop", text="Stop")
SHUTTER = keyed("device", ".shutter:not([disabled])")
BOOTH_OPTIONS, BURST = keyed("device", ".options > summary"), keyed("device", ".is_burst")
DEVICE_VIDEO, DEVICE_CANVAS = keyed("device", ".place video"), keyed("device", ".place canvas")
TILE = keyed("device", ".tile img")
CLOSE = keyed("device", ".acts > .close")
PIECES = keyed("device", ".others button")


def look(name: str) -> Place:
    """A look's tile in the strip."""
    return keyed("looks", f"button[data-name={name}]")


def player_button(text: str) -> Place:
    """Start or Stop, in the player's frame."""
    return keyed("live", "iframe", "button", text=text)


def slider(title: str, name: str) -> Place:
    """A slider of the card that has this title."""
    return place(f"[class*=st-key-card-][aria-label='{title}']", f"input[type=range][aria-label='{name}']")
