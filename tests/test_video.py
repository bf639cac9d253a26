"""Video from file to file: the right pixels at the right times, the sound with them, whole or not at all."""

from __future__ import annotations

from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from effects.catalogue import EFFECTS
from effects.cli import main
from effects.errors import DecodeError, EncodeError, LimitError
from effects.pipeline import Pipeline
from effects.stream import Stream
from effects.video import VideoLimits, frame_at, probe, render_video
from tests import films

pytestmark = pytest.mark.slow

STACK = Pipeline((EFFECTS["exposure"].step(stops=0.4), EFFECTS["sepia"].step(strength=0.5)))

GOOD = 36.0
"""dB between a video's frame and the photo pipeline's result."""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A video whose frames come at times of their own."""
    path = tmp_path_factory.mktemp("films") / "film.mp4"
    uneven = "settb=1/1000,setpts='(N+0.4*gt(N\\,3)+1.2*gt(N\\,5))/10/TB'"
    return films.film(path, "-vf", uneven, "-fps_mode", "vfr", "-enc_time_base:v", "1/1000", "-c:a", "aac")


@pytest.fixture(scope="module")
def made(film: Path) -> Path:
    """The same after a stack."""
    target = film.with_name("made.mp4")
    render_video(film, target, STACK)
    return target


def test_every_frame_is_what_the_photo_pipeline_makes_of_it(film: Path, made: Path) -> None:
    shown, source = films.frames(made), films.frames(film)
    assert len(shown) == len(source) >= 7
    assert min(films.psnr(STACK(before), after) for before, after in zip(source, shown, strict=True)) >= GOOD
    assert films.psnr(source[0], shown[0]) < 25  # something was to be done


def test_times_of_a_variable_rate_and_the_sound_stay_as_they_were(film: Path, made: Path) -> None:
    assert films.times(made) == films.times(film)
    gaps = {round(after - before, 3) for before, after in zip(films.times(film), films.times(film)[1:], strict=False)}
    assert len(gaps) == 3
    assert films.sound(made) == films.sound(film) != []
    assert films.stream(made)["duration"] == films.stream(film)["duration"]


def test_a_video_may_be_played_before_all_of_it_is_there(made: Path) -> None:
    data = made.read_bytes()
    assert 0 < data.index(b"moov") < data.index(b"mdat")
    assert not list(made.parent.glob(".emulsion*"))


@pytest.mark.parametrize("colours", ["bt601", "full"])
def test_colours_are_read_as_they_are_tagged_and_tagged_as_they_are(tmp_path: Path, colours: str) -> None:
    source = films.film(tmp_path / "in.mkv", colours=colours, seconds=0.2, layout=None)
    render_video(source, tmp_path / "out.mp4", STACK)
    names = ("color_space", "color_primaries", "color_transfer")
    before, after = films.stream(source), films.stream(tmp_path / "out.mp4")
    assert [after[name] for name in names] == [before[name] for name in names]
    assert after["color_range"] == "tv"
    assert films.psnr(STACK(films.frames(source)[0]), films.frames(tmp_path / "out.mp4")[0]) >= GOOD


def test_a_part_begins_where_it_should_with_its_sound(film: Path, tmp_path: Path) -> None:
    target = tmp_path / "part.mp4"
    made = render_video(film, target, Pipeline(), start=0.25, end=0.7)
    whole = films.times(film)
    inside = [when - 0.25 for when in whole if 0.25 < when < 0.7]
    assert films.times(target) == pytest.approx([0.0, *inside], abs=2e-4)
    before = max(number for number, when in enumerate(whole) if when <= 0.25)
    assert films.psnr(films.frames(film)[before], films.frames(target)[0]) >= GOOD
    hashes = {piece for _, piece in films.sound(film)}
    pieces = films.sound(target)
    assert {piece for _, piece in pieces} < hashes
    assert 0.4 <= len(pieces) * 1024 / 44100 <= 0.52
    assert (made.frames, made.sound) == (len(inside) + 1, "copied")


def test_what_looks_back_gets_the_time_of_each_frame(film: Path, tmp_path: Path) -> None:
    stack = Pipeline((EFFECTS["trails"].step(half_life=0.2),))
    render_video(film, tmp_path / "out.mp4", stack)
    stream, times = Stream(stack), films.times(film)
    for before, after, when in zip(films.frames(film), films.frames(tmp_path / "out.mp4"), times, strict=True):
        assert films.psnr(stream(before, when - times[0]), after) >= GOOD


def test_a_turned_video_of_odd_sides_is_upright_and_even(tmp_path: Path) -> None:
    plain = films.film(
        tmp_path / "plain.mp4", size="63x47", seconds=0.2, layout=None, form="yuv444p", pictures=films.CALM
    )
    source = films.turned(plain, tmp_path / "in.mp4")
    made = render_video(source, tmp_path / "out.mp4", Pipeline(), max_side=31)
    assert (probe(source).width, probe(source).height) == (47, 63)
    assert (made.width, made.height) == (24, 32)
    assert "23 x 31 became 24 x 32" in made.notes[0]
    render_video(source, tmp_path / "large.mp4", Pipeline())
    upright = films.frames(source)[0]
    assert upright.shape == (63, 47, 3)
    assert films.psnr(upright, films.frames(tmp_path / "large.mp4")[0][:63, :47]) >= GOOD


def test_a_frame_of_any_time_is_the_one_in_sight_then(film: Path) -> None:
    times = films.times(film)
    for number, when in enumerate(times):
        shown = frame_at(film, when - times[0] + 0.01)
        assert films.psnr(films.frames(film)[number], shown) >= GOOD
    assert films.psnr(films.frames(film)[-1], frame_at(film, 99)) >= GOOD
    assert frame_at(film, max_side=32).shape == (24, 32, 3)


def test_what_fails_or_is_given_up_leaves_what_was_there(film: Path, tmp_path: Path) -> None:
    target = tmp_path / "out.mp4"
    target.write_bytes(b"before")
    told: list[float] = []
    with pytest.raises(CancelledError):
        render_video(
            film, target, STACK, progress=lambda seconds, _: told.append(seconds), cancel=lambda: len(told) > 2
        )
    assert len(told) == 3
    with pytest.raises(LimitError, match="at most"):
        render_video(film, target, STACK, limits=VideoLimits(seconds=0.3))
    with pytest.raises(EncodeError, match="does not end in one of"):
        render_video(film, tmp_path / "out.txt", STACK)
    assert [path.name for path in tmp_path.iterdir()] == ["out.mp4"]
    assert target.read_bytes() == b"before"


def test_limits_count_before_anything_is_rendered(film: Path) -> None:
    for limits, word in (
        (VideoLimits(bytes=100), "MB"), (VideoLimits(pixels=64 * 48 - 1), "64 x 48"), (VideoLimits(rate=5), "a second"),
    ):  # fmt: skip
        with pytest.raises(LimitError, match=word):
            probe(film, limits)
    assert probe(film, VideoLimits(pixels=64 * 48)).has_sound


@pytest.mark.parametrize(
    "text", ["ffconcat version 1.0\nfile '{0}'\n", "#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{0}\n", "GIF8no", ""]
)
def test_a_file_that_only_names_others_opens_none_of_them(film: Path, tmp_path: Path, text: str) -> None:
    path = tmp_path / "in.mp4"
    path.write_text(text.format(film))
    with pytest.raises(DecodeError):
        probe(path)


def test_the_command_says_how_far_it_is_and_how_it_ended(
    film: Path, made: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("effects.video.command.LINE_SECONDS", 0.0)
    target = tmp_path / "out.mp4"
    words = ["--effect", "exposure", "--stops", "0.4", "--effect", "sepia", "--strength", "0.5"]
    assert main(["video", str(film), str(target), *words]) == 0
    spoken = capsys.readouterr()
    assert films.psnr(films.frames(made)[5], films.frames(target)[5]) >= GOOD
    assert f"{len(films.times(film))} frames of 64 x 48" in spoken.out
    assert "0.0 of " in spoken.err
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(film.read_bytes()[:3000])
    assert main(["video", str(broken), str(tmp_path / "none.mp4")]) == 1
    assert capsys.readouterr().err.count("\n") == 1
    assert main(["video", str(tmp_path / "nothing.mp4"), str(target)]) == 2
    assert main(["video", str(film), str(tmp_path / "out.avi")]) == 2
    assert main(["video", str(film), str(target), "--start", "3", "--end", "2"]) == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.mp4", "out.mp4"]
