"""The main jobs in Firefox and in WebKit: open, choose a look, tune, crop, save; and the booth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Pipeline, decode
from tests.browser.engines.places import (
    CAN_TAKE_PHOTO,
    DOWNLOAD,
    NO_LIVE,
    PICTURE,
    TITLE,
    TRAY,
    UPLOAD,
    look,
    player_button,
    slider,
)
from tests.browser.engines.visitor import (
    LEFT,
    add_effect,
    arrived,
    move,
    press,
    quiet,
    stack_in_address,
    text,
    until,
    upload,
    wait_for,
)
from tests.engines.firefox import firefox
from tests.engines.webkit import webkit
from tests.engines.window import Window
from tests.pictures import encoded, photograph

BROWSERS: dict[str, Callable[[Path], AbstractContextManager[Window]]] = {"firefox": firefox, "webkit": webkit}


@pytest.fixture(params=BROWSERS)
def window(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Window]:
    """A window of each browser."""
    with BROWSERS[request.param](tmp_path) as opened:
        yield opened


def test_a_photo_is_opened_gets_a_look_is_tuned_cropped_and_saved(window: Window, address: str, tmp_path: Path) -> None:
    photo = photograph(300, 400)
    (tmp_path / "holiday.png").write_bytes(encoded(photo))
    window.open(address)
    upload(window, UPLOAD, tmp_path / "holiday.png")
    wait_for(window, PICTURE)
    press(window, look("inkwell"))
    quiet(window)
    add_effect(window, "Vignette")
    amount = move(window, slider("Vignette", "Strength"), LEFT * 3)
    add_effect(window, "Crop")
    width = move(window, slider("Crop", "Width"), LEFT * 4)
    assert (amount, width) == pytest.approx((0.97, 0.98))

    stack = until(lambda: cropped(window, width), "the crop in the address")
    expected = [step.effect for step in LOOKS["inkwell"].all_steps] + [EFFECTS["vignette"], EFFECTS["crop"]]
    assert [step.effect for step in stack.all_steps] == expected
    press(window, DOWNLOAD)
    file = arrived(window)
    saved = decode(file.read_bytes())
    assert file.name == "holiday-inkwell.jpg"
    assert saved.image.shape == (300, 392, 3)
    assert np.abs(saved.image.astype(int) - stack(photo)).mean() < 3  # JPEG's share


def cropped(window: Window, width: float) -> Pipeline | None:
    """The stack that the address holds, once its crop is this wide."""
    stack = stack_in_address(window)
    return stack if stack.all_steps[-1].params.get("width") == width else None


def test_in_firefox_the_booth_takes_a_photo(tmp_path: Path, live: str) -> None:
    with firefox(tmp_path) as window:
        window.open(live)
        press(window, player_button("Start"))
        wait_for(window, CAN_TAKE_PHOTO)
        press(window, CAN_TAKE_PHOTO)
        wait_for(window, TRAY)
        press(window, player_button("Stop"))


def test_in_webkit_live_says_that_it_cannot_and_names_a_way_on(tmp_path: Path, address: str) -> None:
    with webkit(tmp_path) as window:
        window.open(address + "/live")
        assert text(window, TITLE) == "Live"
        assert "no live connections" in text(window, NO_LIVE)
        assert "Use Snapshot" in text(window, NO_LIVE)
