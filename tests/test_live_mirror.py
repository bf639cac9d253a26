"""Live's mirror: the screen is one, what is kept is not unless it is wished so, and letters are read on both."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterator
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Pipeline, Step
from effects.image import Image
from pages.components.live.colour import frame, picture
from pages.components.live.mirror import Mirror, writes
from pages.components.live.recorder import Recorder
from pages.components.live.tray import pieces
from pages.components.live.video import LiveVideo
from pages.components.save.piece import Piece
from tests.live_stub import Answers, shown
from tests.pictures import photograph

pytestmark = pytest.mark.slow

GREY = np.full((120, 160, 3), 90, np.uint8)
HELLO = EFFECTS["text"].step(text="LEFT", x=0.3, size=0.2)
SWIRL = EFFECTS["swirl"].step(x=0.25, radius=0.4)


def mostly(image: Image, other: Image) -> float:
    """The mean difference in levels; what chroma at half the size and a codec do to edges is small in it."""
    return float(np.abs(image.astype(int) - other).mean())


def halves() -> Image:
    """Dark on the left, light on the right."""
    image = np.full((120, 160, 3), 20, np.uint8)
    image[:, 80:] = 220
    return image


def video(*steps: Step, mirror: bool = True, mirror_kept: bool = False) -> LiveVideo:
    made = LiveVideo()
    made.mirror, made.mirror_kept = mirror, mirror_kept
    made.show_through(Pipeline(steps))
    return made


def photographed(of: LiveVideo, image: Image, *, photos: int = 1, as_seen: bool = False) -> list[Piece]:
    """The tray after a photo of a camera that shows this picture and no other."""
    answers = shown(of, image)
    of.shutter.release(photos=photos)
    keep_showing(of, answers, image, lambda: not of.shutter.is_busy)
    taken = of.shutter.collect()
    of.end(answers)
    return pieces(taken, of.stream.pipeline, as_seen=as_seen)


def keep_showing(of: LiveVideo, answers: Answers, image: Image, until: Callable[[], bool]) -> None:
    for number in range(1, 400):
        sent = frame(image)
        sent.pts, sent.time_base = number * 3000, Fraction(1, 90_000)
        before = len(answers.frames)
        of.receive(sent)
        deadline = time.monotonic() + 10
        while len(answers.frames) == before and time.monotonic() < deadline:
            time.sleep(0.002)
        if until():
            return
    raise AssertionError("it did not come")


def opened(piece: Piece) -> Image:
    return np.asarray(PILImage.open(io.BytesIO(piece.data)).convert("RGB"))


@pytest.mark.parametrize("as_seen", [False, True])
@pytest.mark.parametrize(("mirror", "mirror_kept"), [(True, False), (True, True), (False, False), (False, True)])
def test_the_screen_goes_by_one_switch_and_photos_by_the_other(mirror: bool, mirror_kept: bool, as_seen: bool) -> None:
    of = video(mirror=mirror, mirror_kept=mirror_kept)
    answers = shown(of, halves())
    screen = picture(answers.frames[0])
    assert bool(screen[60, 20, 0] > 200) == mirror
    (kept,) = photographed(of, halves(), as_seen=as_seen)
    assert bool(opened(kept)[60, 20, 0] > 200) == mirror_kept
    assert mostly(np.asarray(PILImage.open(io.BytesIO(kept.raw))), opened(kept)) < 2  # to be edited the same way round


def test_a_burst_and_its_strip_are_as_others_see_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pages.components.live.shutter.BETWEEN", 0.02)
    strip, *photos = photographed(video(), halves(), photos=4)
    assert [opened(photo)[60, 20, 0] < 50 for photo in photos] == [True] * 4
    assert opened(strip)[[60, 190, 310, 440], 25].max() < 50


@pytest.mark.parametrize("as_seen", [False, True])
def test_letters_are_read_on_the_screen_and_on_the_photo(as_seen: bool) -> None:
    written = Pipeline((HELLO,))(GREY)
    assert mostly(written, written[:, ::-1]) > 5  # the letters are not the same from behind
    of = video(HELLO)
    answers = shown(of, GREY)
    assert mostly(picture(answers.frames[0]), written) < 2
    (kept,) = photographed(of, GREY, as_seen=as_seen)
    assert mostly(opened(kept), written) < 2


def test_what_an_effect_does_to_a_place_it_does_there_on_both_sides() -> None:
    scene = photograph(120, 160)
    of = video(SWIRL, HELLO)
    swirled = Pipeline((SWIRL,))(scene)
    answers = shown(of, scene)
    on_screen = Pipeline((HELLO,))(np.ascontiguousarray(swirled[:, ::-1]))
    elsewhere = Pipeline((SWIRL, HELLO))(np.ascontiguousarray(scene[:, ::-1]))
    assert mostly(on_screen, elsewhere) > 15
    assert mostly(picture(answers.frames[0]), on_screen) < 5  # colours at half the size, there and back
    (kept,) = photographed(of, scene)
    assert mostly(opened(kept), Pipeline((SWIRL, HELLO))(scene)) < 5


@pytest.mark.parametrize("form", ["MP4", "GIF"])
@pytest.mark.parametrize("mirror_kept", [False, True])
def test_a_recording_is_as_others_see_one_and_its_letters_are_read(form: str, mirror_kept: bool) -> None:
    of = video(HELLO, mirror_kept=mirror_kept)
    answers = shown(of, halves())
    of.recorder = Recorder(form)
    keep_showing(of, answers, halves(), iter([False] * 5 + [True]).__next__)
    of.recorder.finish()
    assert of.recorder.wait(30)
    of.end(answers)
    wanted = Pipeline((HELLO,))(np.ascontiguousarray(halves()[:, ::-1]) if mirror_kept else halves())
    assert mostly(next(frames(form, of.recorder.file)), wanted) < 4


def frames(form: str, data: bytes) -> Iterator[Image]:
    if form == "GIF":
        yield np.asarray(PILImage.open(io.BytesIO(data)).convert("RGB"))
    else:
        with av.open(io.BytesIO(data), "r") as file:
            yield np.asarray(next(file.decode(video=0)).to_ndarray(format="rgb24"), np.uint8)


def test_a_stack_with_a_memory_after_letters_remembers_on_both_sides() -> None:
    trails = EFFECTS["trails"].step(mode="lighten", half_life=5.0)
    of = Mirror()
    of.pipeline = Pipeline((HELLO, trails))
    light, dark = np.full_like(GREY, 200), np.full_like(GREY, 10)
    of(light, 0.0, True, False)
    screen, kept = of(dark, 0.1, True, True)
    assert kept is not None
    assert min(int(screen[100, 80, 0]), int(kept[100, 80, 0])) > 150


def test_only_what_puts_letters_on_the_picture_writes() -> None:
    assert writes(HELLO)
    assert writes(EFFECTS["ascii"].step())
    assert not writes(EFFECTS["text"].step(text=" "))
    assert not writes(EFFECTS["polaroid"].step())
    assert not writes(EFFECTS["curves"].step())
    assert not writes(EFFECTS["sepia"].step())
    assert not writes(EFFECTS["text"].step(text="LEFT", strength=0))


def test_letters_cost_the_video_nothing_more_until_something_is_kept() -> None:
    of = Mirror()
    of.pipeline = Pipeline((SWIRL, HELLO))
    assert of(GREY, 0.0, True, False).kept is None
    assert of(GREY, 0.1, True, True).kept is not None
