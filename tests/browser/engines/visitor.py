"""What a person does on the page, in a window of whichever browser."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any, TypeVar

from effects import Pipeline
from tests.browser.engines.places import ADD_EFFECT, OPTIONS, QUIET, Place, place
from tests.engines.window import Window

SCRIPT = Path(__file__).with_name("seek.js").read_text(encoding="utf-8")
SEEK = SCRIPT.split("export const seek = ")[1].rstrip().removesuffix(";")
SECONDS = 30.0  # s that a busy machine may take for one thing
PAUSE = 0.1  # s between two looks
MOVE = 33  # ms from one move of the mouse to the next

ENTER, LEFT = "\ue007", "\ue012"  # WebDriver's names of keys

# A slider's field is not to be seen; what the hand takes hold of is around it.
THUMB = """field => {
  const thumb = field.parentElement.parentElement;
  thumb.scrollIntoView({ block: "center", behavior: "instant" });
  const { x, y, width, height } = thumb.getBoundingClientRect();
  return [Math.round(x + width / 2), Math.round(y + height / 2)];
}"""

Answer = TypeVar("Answer")


def sought(window: Window, where: Place, wish: str) -> Any:
    """What is known of a place: count, text or value of it, or a point to press; None where there is nothing yet."""
    return window.ask(SEEK, [asdict(step) for step in where], wish)


def told(window: Window, where: Place, function: str) -> Any:
    """What a JavaScript function says of the element at a place; None where there is none yet."""
    asked = f"steps => {{ const found = ({SEEK})(steps, 'field'); return found && ({function})(found); }}"
    return window.ask(asked, [asdict(step) for step in where])


def until(answer: Callable[[], Answer | None], what: str) -> Answer:
    """The first answer that is neither nothing nor 0."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        if found := answer():
            return found
        time.sleep(PAUSE)
    raise AssertionError(f"{what}: not within {SECONDS:.0f} s")


def wait_for(window: Window, where: Place) -> None:
    """Until there is something."""
    until(lambda: sought(window, where, "count"), f"{where}")


def quiet(window: Window) -> None:
    """Until the page has done what it was asked to."""
    time.sleep(0.2)
    wait_for(window, QUIET)


def text(window: Window, where: Place) -> str:
    """The words of what is there, once it has any."""
    return str(until(lambda: sought(window, where, "text"), f"words in {where}"))


def press(window: Window, where: Place) -> None:
    """Press the mouse on what is there, once it stands still and nothing covers it."""

    def still() -> Any:
        before = sought(window, where, "point")
        time.sleep(PAUSE)
        return before if before == sought(window, where, "point") else None

    x, y = until(still, f"a place to press {where}")
    steer(
        window,
        {"type": "pointerMove", "x": x, "y": y, "duration": 0},
        {"type": "pointerDown", "button": 0},
        {"type": "pointerUp", "button": 0},
    )


def take_hold(window: Window, where: Place) -> tuple[int, int]:
    """Press the mouse on the thumb of the slider that is there and keep it pressed; where that is."""
    x, y = until(lambda: told(window, where, THUMB), f"a thumb of {where}")
    steer(window, {"type": "pointerMove", "x": x, "y": y, "duration": 0}, {"type": "pointerDown", "button": 0})
    return x, y


def swing(window: Window, x: int, y: int, across: int, moves: int) -> None:
    """Move what is in hand to and fro from where it was taken, at the rate of a display; it ends on the far side."""
    ways = [x + round(across * (0.2 + abs(count % 20 - 10) / 12.5)) for count in range(1, moves + 1)]
    steer(window, *({"type": "pointerMove", "x": way, "y": y, "duration": MOVE} for way in ways))


def let_go(window: Window) -> None:
    """Release what is in hand."""
    steer(window, {"type": "pointerUp", "button": 0})


def steer(window: Window, *actions: dict[str, Any]) -> None:
    """Let the mouse do these things, one after another."""
    window.act({"type": "pointer", "id": "mouse", "parameters": {"pointerType": "mouse"}, "actions": [*actions]})


def strike(window: Window, keys: str) -> None:
    """Strike these keys, one after another."""
    actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
    window.act({"type": "key", "id": "keyboard", "actions": actions})


def upload(window: Window, where: Place, path: Path) -> None:
    """Choose a file for a field."""
    wait_for(window, where)
    window.choose_file(SEEK, ([asdict(step) for step in where], "field"), path)
    quiet(window)


def add_effect(window: Window, title: str) -> None:
    """Add an effect by its name."""
    press(window, ADD_EFFECT)
    strike(window, title)
    wait_for(window, place(OPTIONS))
    strike(window, ENTER)
    quiet(window)


def move(window: Window, where: Place, keys: str) -> float:
    """Move a slider by its keys; the value that it then has."""
    wait_for(window, where)
    sought(window, where, "focus")
    for key in keys:
        strike(window, key)
    quiet(window)
    return float(sought(window, where, "value"))


def stack_in_address(window: Window) -> Pipeline:
    """The stack that the page's address holds."""
    link = until(lambda: window.ask("() => new URL(location).searchParams.get('recipe')"), "a recipe in the address")
    return Pipeline.from_link(str(link))


def arrived(window: Window) -> Path:
    """The file that was downloaded, once all of it is there."""

    def whole() -> Path | None:
        files = [path for path in window.files.iterdir() if path.suffix in {".jpg", ".png"}]
        return files[0] if files and len([*window.files.iterdir()]) == 1 and files[0].stat().st_size else None

    return until(whole, "a file")
