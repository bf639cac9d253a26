"""Animated GIF, WebP and PNG, in and out: every frame, as long as it was, as often as it was."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image as PILImage
from PIL import ImageSequence

from effects.catalogue import EFFECTS
from effects.image import Image
from effects.pipeline import Pipeline
from effects.video import probe, render_video
from tests import films
from tests.pictures import fade, gradient

DURATIONS = [100, 250, 40, 500]
INVERT = Pipeline((EFFECTS["invert"].step(),))


def pictures() -> list[Image]:
    """Frames with a palette of a few colours, which GIF can hold."""
    return [np.roll(gradient(24, 32) // 85 * 85, 5 * number, 1).astype(np.uint8) for number in range(len(DURATIONS))]


def animation(path: Path, loop: int | None, *, alpha: bool = False) -> Path:
    """An animation that Pillow wrote."""
    frames = [np.dstack([each, fade(24, 32) // 255 * 255]) if alpha else each for each in pictures()]
    shown = [PILImage.fromarray(each) for each in frames]
    more: dict[str, Any] = {} if loop is None else {"loop": loop}
    lossless: dict[str, Any] = {"lossless": True, "exact": True} if path.suffix == ".webp" else {}
    shown[0].save(path, save_all=True, append_images=shown[1:], duration=DURATIONS, disposal=2, **more, **lossless)
    return path


def seen(path: Path) -> tuple[list[Image], list[int], int | None]:
    """Frames, durations and loop, as Pillow reads them."""
    with PILImage.open(path) as file:
        loop = file.info.get("loop")
        frames = [
            (np.asarray(each.convert("RGBA")), round(each.info["duration"])) for each in ImageSequence.Iterator(file)
        ]
    return [frame for frame, _ in frames], [duration for _, duration in frames], loop


@pytest.mark.parametrize(
    ("before", "after"), [(".gif", ".gif"), (".gif", ".webp"), (".png", ".gif"), (".webp", ".png")]
)
def test_frames_durations_and_loop_stay(tmp_path: Path, before: str, after: str) -> None:
    source = animation(tmp_path / f"in{before}", 3)
    render_video(source, tmp_path / f"out{after}", INVERT)
    frames, durations, loop = seen(tmp_path / f"out{after}")
    assert durations == DURATIONS
    # A GIF says how often it is shown once more, the others how often in all.
    assert loop == 3 + (before == ".gif") - (after == ".gif")
    least = 20 if after == ".webp" else 30  # edges such as these lose their colours there
    assert min(films.psnr(255 - one, two[..., :3]) for one, two in zip(pictures(), frames, strict=True)) >= least


@pytest.mark.parametrize(("loop", "ending"), [(0, ".gif"), (None, ".gif"), (0, ".png"), (0, ".webp")])
def test_what_never_ends_never_ends_and_what_is_shown_once_is_shown_once(
    tmp_path: Path, loop: int | None, ending: str
) -> None:
    source = animation(tmp_path / f"in{ending}", loop)
    render_video(source, tmp_path / f"out{ending}", INVERT)
    assert seen(tmp_path / f"out{ending}")[2] == loop


@pytest.mark.parametrize("ending", [".webp", ".png", ".gif"])
def test_what_is_transparent_stays_so(tmp_path: Path, ending: str) -> None:
    source = animation(tmp_path / "in.png", 0, alpha=True)
    flip = Pipeline((EFFECTS["rotate_flip"].step(angle="0", flip_horizontal=True),))
    render_video(source, tmp_path / f"out{ending}", flip)
    for before, after in zip(seen(source)[0], seen(tmp_path / f"out{ending}")[0], strict=True):
        assert np.abs(before[:, ::-1, 3].astype(int) - after[..., 3]).max() <= 1


def test_an_animation_becomes_a_video_and_a_video_an_animation(tmp_path: Path) -> None:
    source = animation(tmp_path / "in.gif", 0)
    assert probe(source).seconds == sum(DURATIONS) / 1000
    render_video(source, tmp_path / "out.mp4", INVERT)
    assert films.times(tmp_path / "out.mp4") == pytest.approx([0, 0.1, 0.35, 0.39], abs=1e-4)
    assert float(films.stream(tmp_path / "out.mp4")["duration"]) == pytest.approx(0.89, abs=2e-3)
    render_video(tmp_path / "out.mp4", tmp_path / "back.gif", INVERT, start=0.2)
    assert seen(tmp_path / "back.gif")[1:] == ([150, 40, 500], 0)


def test_a_frame_that_is_shown_for_no_time_is_shown_as_browsers_show_it(tmp_path: Path) -> None:
    shown = [PILImage.fromarray(each) for each in pictures()]
    shown[0].save(tmp_path / "in.gif", save_all=True, append_images=shown[1:], duration=0, loop=0)
    assert probe(tmp_path / "in.gif").seconds == pytest.approx(0.4)
