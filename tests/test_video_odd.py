"""Odd videos: other codecs, depths, clocks and sounds, files that end early. Right, or a sentence."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from effects.catalogue import EFFECTS
from effects.codec.colour.light import code_points, shaper
from effects.errors import DecodeError
from effects.pipeline import Pipeline
from effects.video import frame_at, probe, render_video
from effects.video.film_colour import HDR_NOTE
from tests import films

STACK = Pipeline((EFFECTS["exposure"].step(stops=0.4), EFFECTS["sepia"].step(strength=0.5)))

GOOD = 36.0


def rendered(source: Path, ending: str = ".mp4") -> Path:
    """The result of the stack, whose frames and times are held against the source's."""
    target = source.with_name(f"made-{source.stem}{ending}")
    render_video(source, target, STACK)
    before, after = films.frames(source), films.frames(target)
    worst = min(
        films.psnr(STACK(one), other[: one.shape[0], : one.shape[1]]) for one, other in zip(before, after, strict=True)
    )
    assert worst >= GOOD
    ticks = 1e-3 if ending in (".webm", ".mkv") else 1e-4
    assert films.times(target) == pytest.approx(films.times(source), abs=ticks)
    return target


@pytest.mark.deep
@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("hevc.mp4", ["-c:v", "libx265", "-x265-params", "log-level=none"]),
        ("ten.mp4", ["-c:v", "libx265", "-pix_fmt", "yuv420p10le", "-x265-params", "log-level=none"]),
        ("high.mp4", ["-pix_fmt", "yuv422p10le"]),
        ("vp9.webm", ["-c:v", "libvpx-vp9", "-b:v", "2M"]),
        ("vp8.webm", ["-c:v", "libvpx", "-b:v", "2M"]),
        ("av1.mkv", ["-c:v", "libaom-av1", "-cpu-used", "8", "-crf", "20"]),
        ("planes.mkv", ["-c:v", "ffv1", "-pix_fmt", "gbrp"]),
        ("prores.mov", ["-c:v", "prores_ks"]),
        ("old.avi", ["-c:v", "mpeg4", "-q:v", "2"]),
        ("tv.ts", ["-c:v", "mpeg2video", "-q:v", "2", "-r", "25"]),
        ("late.mp4", ["-output_ts_offset", "0.5"]),
        ("back.mp4", ["-bf", "2", "-g", "4"]),
        ("pieces.mp4", ["-movflags", "frag_keyframe+empty_moov"]),
        ("grey.mp4", ["-pix_fmt", "gray"]),
    ],
)
def test_codecs_depths_and_clocks_are_read_as_they_are(tmp_path: Path, name: str, words: list[str]) -> None:
    rendered(films.film(tmp_path / name, *words, seconds=0.5, layout=None, pictures=films.CALM))


@pytest.mark.deep
@pytest.mark.parametrize("words", ["cut.mp4 -ss 0.35", "before.mp4", "before.mkv"])
def test_edit_lists_and_times_before_the_start_keep_picture_and_sound_together(tmp_path: Path, words: str) -> None:
    name, *seek = words.split()
    whole = films.film(tmp_path / "whole.mp4", "-g", "20", "-bf", "2", "-c:a", "aac", seconds=1.5, pictures=films.CALM)
    source, target = tmp_path / name, tmp_path / f"out-{name}"
    earlier = [] if seek else ["-output_ts_offset", "-0.3", "-avoid_negative_ts", "disabled"]
    films.ffmpeg(*seek, "-i", whole, "-c", "copy", *earlier, source)
    made = render_video(source, target, STACK)
    # Of what stands before 0 in an MP4, its edit list shows nothing.
    hidden = 0 if name == "before.mkv" else len(films.times(whole)) - len(films.times(source))
    kept = films.times(whole)[hidden:]
    assert made.frames == len(kept)
    shown, pictures = films.times(target), films.frames(target)
    assert [when - shown[0] for when in shown] == pytest.approx([when - kept[0] for when in kept], abs=2e-3)
    pairs = zip(films.frames(whole)[hidden:], pictures, strict=True)
    assert min(films.psnr(STACK(before), after) for before, after in pairs) >= GOOD
    first = -0.3 if name == "before.mkv" else films.times(source)[0]
    moved = [after - before for (after, _), (before, _) in zip(films.sound(target), films.sound(source), strict=True)]
    assert moved == pytest.approx([shown[0] - first] * len(moved), abs=2e-3)
    assert [piece for _, piece in films.sound(target)] == [piece for _, piece in films.sound(source)]


@pytest.mark.deep
@pytest.mark.parametrize(("cosine", "sine", "turns"), [(0, 1, 3), (-1, 0, 2), (0, -1, 1)])
def test_a_turned_video_is_upright_whichever_way_it_was_held(
    tmp_path: Path, cosine: int, sine: int, turns: int
) -> None:
    plain = films.film(tmp_path / "plain.mp4", seconds=0.2, layout=None, pictures=films.CALM)
    source = films.turned(plain, tmp_path / "in.mp4", cosine, sine)
    upright = np.ascontiguousarray(np.rot90(films.frames(plain)[0], turns))
    assert films.psnr(STACK(upright), films.frames(rendered(source))[0]) >= GOOD


SOUNDS = [
    ("opus.webm stereo .mp4 copied", "-c:v libvpx -c:a libopus"),
    ("five.mkv 5.1 .mp4 copied", "-c:a ac3"),
    ("mp3.mkv mono .mov copied", "-c:a libmp3lame"),
    ("vorbis.webm stereo .mkv copied", "-c:v libvpx -c:a libvorbis"),
    ("flac.mkv 5.1 .mp4 converted", "-c:a flac"),
    ("pcm.mov mono .mp4 converted", "-c:a pcm_s16le"),
    ("aac.mp4 5.1 .webm converted", "-c:a aac"),
]
"""A file, its speakers, the ending of the result and what becomes of the sound; ffmpeg's words for it."""


@pytest.mark.deep
@pytest.mark.parametrize(("kind", "words"), SOUNDS)
def test_sound_is_copied_where_the_file_takes_it_and_else_sounds_the_same(
    tmp_path: Path, kind: str, words: str
) -> None:
    name, layout, ending, fate = kind.split()
    source = films.film(tmp_path / name, *words.split(), layout=layout, pictures=films.CALM)
    target = rendered(source, ending)
    before, after = films.stream(source, "a"), films.stream(target, "a")
    assert after["channels"] == before["channels"]
    if fate == "copied":
        assert after["codec_name"] == before["codec_name"]
        assert [piece for _, piece in films.sound(target)] == [piece for _, piece in films.sound(source)]
        moved = [one - other for (one, _), (other, _) in zip(films.sound(target), films.sound(source), strict=True)]
        assert np.abs(moved).max() <= 2e-3
    else:
        assert after["codec_name"] == ("opus" if ending == ".webm" else "aac")
        assert films.loudness(target) == pytest.approx(films.loudness(source), rel=0.1)


def test_a_file_that_ends_early_gives_what_is_there_and_says_so(tmp_path: Path) -> None:
    source = films.film(tmp_path / "in.mp4", "-movflags", "+faststart", "-g", "1", seconds=2.0, layout=None)
    data = source.read_bytes()
    source.write_bytes(data[: data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 2])
    made = render_video(source, tmp_path / "out.mp4", Pipeline())
    assert 5 <= made.frames <= 15
    assert "ends early" in made.notes[0]


@pytest.mark.deep
def test_a_file_without_its_index_is_refused(tmp_path: Path) -> None:
    source = films.film(tmp_path / "in.mp4", layout=None)
    source.write_bytes(source.read_bytes()[:-600])
    with pytest.raises(DecodeError, match="no video"):
        probe(source)


@pytest.mark.deep
def test_a_stream_that_never_said_how_long_it_is(tmp_path: Path) -> None:
    source = films.film(tmp_path / "in.webm", "-c:v", "libvpx", "-b:v", "2M", "-f", "webm", "-live", "1", layout=None)
    assert probe(source).seconds is None
    rendered(source)


@pytest.mark.deep
def test_one_frame_and_one_pixel(tmp_path: Path) -> None:
    made = films.stream(rendered(films.film(tmp_path / "in.mkv", "-frames:v", "1", layout=None)))
    assert float(made["duration"]) == pytest.approx(0.1, abs=0.01)
    source = films.film(tmp_path / "dot.mkv", size="1x1", seconds=0.2, layout=None, form="yuv444p")
    assert films.frames(rendered(source))[0].shape == (2, 2, 3)


@pytest.mark.deep
def test_pixels_that_are_not_square_stay_so(tmp_path: Path) -> None:
    source = films.film(tmp_path / "in.mp4", "-aspect", "2:1", seconds=0.3, layout=None)
    assert films.stream(rendered(source))["display_aspect_ratio"] == "2:1"


@pytest.mark.deep
@pytest.mark.parametrize(("transfer", "code"), [("smpte2084", 16), ("arib-std-b67", 18)])
def test_hdr_is_shown_as_pictures_of_it_are(tmp_path: Path, transfer: str, code: int) -> None:
    tags = ["-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc", "-color_range", "tv"]
    source = films.film(
        tmp_path / "in.mkv", "-c:v", "libx265", "-x265-params", "log-level=none", *tags, seconds=0.2, layout=None,
        colours="", matrix="bt2020", form="yuv420p10le", pictures=films.CALM,
    )  # fmt: skip
    made = render_video(source, tmp_path / "out.mp4", Pipeline())
    assert HDR_NOTE in made.notes
    words = ("-vf", "scale=in_color_matrix=bt2020:in_range=limited,format=rgb48le", "-frames:v", "1", "-f", "rawvideo")
    numbers = np.frombuffer(films.ffmpeg("-i", source, *words, "-"), np.uint16).reshape(48, 64, 3)
    meaning = code_points(9, code)
    assert meaning is not None
    assert films.psnr(shaper(meaning)(numbers), frame_at(source)) >= GOOD
    assert films.stream(tmp_path / "out.mp4")["color_transfer"] == "iec61966-2-1"


@pytest.mark.deep
def test_a_cover_is_no_video(tmp_path: Path) -> None:
    films.ffmpeg("-f", "lavfi", "-i", films.TONE.format(layout="mono"), "-t", "0.3", "-c:a", "aac", tmp_path / "in.mp4")
    with pytest.raises(DecodeError, match="no video"):
        probe(tmp_path / "in.mp4")


@pytest.mark.deep
@pytest.mark.parametrize(("size", "own"), [("1280x720", "bt709"), ("640x480", "bt601")])
def test_colours_that_nothing_is_said_of_look_the_same_to_whoever_guesses(tmp_path: Path, size: str, own: str) -> None:
    source = films.film(tmp_path / "in.mp4", size=size, seconds=0.1, layout=None, colours="", matrix=own)
    render_video(source, tmp_path / "out.mp4", Pipeline())
    for matrix in ("bt601", "bt709"):
        shown = [
            np.frombuffer(
                films.ffmpeg("-i", path, "-frames:v", "1", "-vf", f"scale=in_color_matrix={matrix},format=rgb24", "-f",
                             "rawvideo", "-"), np.uint8,
            )
            for path in (source, tmp_path / "out.mp4")
        ]  # fmt: skip
        assert films.psnr(*shown) >= GOOD
