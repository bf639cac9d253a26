"""Which files a batch works on, what it calls their results, and how it knows what was made."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import tracemalloc
from pathlib import Path

import pytest

from effects.batch.inputs import find_inputs
from effects.batch.manifest import NAME, Manifest
from effects.batch.names import name_jobs
from effects.batch.whole_file import MACHINE, STALE_SECONDS, remove_stale_parts, whole_file
from effects.cli import main
from effects.codec.limits import MAX_BYTES
from tests.pictures import photographed

TEXT = b"Dear diary, today nothing was photographed."

on_posix = pytest.mark.skipif(os.name == "nt", reason="links of POSIX")


def named(sources: list[Path], folder: Path, template: str = "{stem}", ending: str = "png") -> list[str]:
    return [job.target.name for job in name_jobs(sources, folder, template=template, look="noir", ending=ending)]


def test_a_folder_gives_its_photos_by_content_or_name_and_neither_hidden_ones_nor_the_outputs(tmp_path: Path) -> None:
    photos = photographed(tmp_path, "b.jpg", "deep/er/a.png", "deep/no_ending")
    photographed(tmp_path, ".hidden.jpg", ".trash/c.jpg", "out/made.jpg", "out/earlier/made.jpg")
    (tmp_path / "broken.JPG").write_bytes(TEXT)
    (tmp_path / "notes.txt").write_bytes(TEXT)
    (tmp_path / "empty").touch()
    found = find_inputs([str(tmp_path)], tmp_path / "out")
    assert found == [photos[0], tmp_path / "broken.JPG", *photos[2:], photos[1]]


@on_posix
def test_links_that_lead_round_in_a_circle_end_and_give_no_photo_twice(tmp_path: Path) -> None:
    photos = photographed(tmp_path / "in", "a.jpg", "deep/b.jpg")
    (tmp_path / "in" / "deep" / "again").symlink_to(tmp_path / "in")
    (tmp_path / "in" / "twin").symlink_to(tmp_path / "in" / "deep")
    photographed(tmp_path / "elsewhere", "c.jpg")
    (tmp_path / "in" / "elsewhere").symlink_to(tmp_path / "elsewhere")
    os.mkfifo(tmp_path / "in" / "pipe.jpg")
    found = find_inputs([str(tmp_path / "in")], tmp_path / "out")
    assert found == [*photos, tmp_path / "in" / "elsewhere" / "c.jpg"]


def test_patterns_and_names_are_taken_as_given_and_nothing_twice(tmp_path: Path) -> None:
    first, second, _, odd = photographed(tmp_path, "1.jpg", "2.jpg", "deep/3.png", "[odd]*.jpg")
    missing = tmp_path / "no.jpg"
    words = [str(second), str(tmp_path / "[0-9].jpg"), str(missing), str(tmp_path / "**" / "*.tif"), str(odd)]
    assert find_inputs(words, tmp_path / "out") == [second, first, missing, tmp_path / "**" / "*.tif", odd]
    assert find_inputs([str(tmp_path / "**" / "*.png")], tmp_path / "out") == [tmp_path / "deep" / "3.png"]
    with pytest.raises(ValueError, match="needs a folder of its own"):
        find_inputs([str(tmp_path)], tmp_path / "deep" / "..")


def test_a_pattern_leaves_out_what_lies_in_the_output_and_a_name_does_not(tmp_path: Path) -> None:
    photo, made, deep = photographed(tmp_path, "in/a.jpg", "in/out/a.jpg", "in/out/deep/a.jpg")
    output = tmp_path / "in" / "deep" / ".." / "out"
    assert find_inputs([str(tmp_path / "**" / "*.jpg")], made.parent) == [photo]
    assert find_inputs([str(tmp_path / "in" / "*")], made.parent) == [photo]
    assert find_inputs([str(made.parent / "*.jpg")], made.parent) == []
    assert find_inputs([str(made), str(deep)], made.parent) == [made, deep]
    (tmp_path / "in" / "deep").mkdir()
    assert find_inputs([str(tmp_path / "**" / "*.jpg")], output) == [photo]
    assert find_inputs([str(tmp_path / "*.tif")], tmp_path) == [tmp_path / "*.tif"]


def test_results_are_called_after_their_inputs_and_no_two_alike(tmp_path: Path) -> None:
    sources = [tmp_path / name for name in ("a.jpg", "deep/A.tif", "b.x.png", "deep/a-2.gif")]
    out = tmp_path / "out"
    assert named(sources, out) == ["a.png", "A-2.png", "b.x.png", "a-2-2.png"]
    assert named(sources[:2], out, "{number:03}-{look} {stem}") == ["001-noir a.png", "002-noir A.png"]
    assert named(sources[:2], out, "same") == ["same.png", "same-2.png"]
    assert named([out / "a.png", tmp_path / "a.png"], out) == ["a-2.png", "a-3.png"]


@pytest.mark.slow
def test_thousands_of_one_name_are_numbered_in_a_row_and_soon(tmp_path: Path) -> None:
    sources = [tmp_path / str(number) / "a.jpg" for number in range(5000)]
    assert named(sources, tmp_path / "out") == ["a.png", *(f"a-{number}.png" for number in range(2, 5001))]


@on_posix
def test_a_result_whose_name_is_a_link_to_an_input_takes_another_name(tmp_path: Path) -> None:
    (source,) = photographed(tmp_path, "a.jpg")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.jpg").symlink_to(source)
    assert named([source], tmp_path / "out", ending="jpg") == ["a-2.jpg"]


@pytest.mark.parametrize("template", [
    "", "{", "{stem}/{look}", "..\\{stem}", "{name}", "{stem.__class__}", "{}", "{stem!r}", "{stem:>999}",
    "{number:{stem}}", "{number:99}",
])  # fmt: skip
def test_a_template_that_cannot_be_is_refused_in_a_sentence(template: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"is no name such as \{stem\}-\{look\}"):
        named([tmp_path / "a.jpg"], tmp_path, template)


def test_a_manifest_knows_what_is_whole_and_forgives_a_torn_line(tmp_path: Path) -> None:
    target, other = tmp_path / "a.jpg", tmp_path / "b.jpg"
    target.write_bytes(b"12345")
    other.write_bytes(b"12345")
    Manifest(tmp_path).add(target, "key", 5)
    with (tmp_path / NAME).open("ab") as file:
        file.write(b'{"file": "c.jpg", "ke')
    Manifest(tmp_path).add(other, "key", 5)
    manifest = Manifest(tmp_path)
    assert manifest.holds(target, "key")
    assert manifest.holds(other, "key")
    assert not manifest.holds(target, "another key")
    assert not manifest.holds(tmp_path / "c.jpg", "key")
    target.write_bytes(b"1234")
    assert not manifest.holds(target, "key")


@pytest.mark.parametrize("words", [["{large}", "out.png"], ["{photo}", "out.png", "--like", "{large}"]])
def test_no_more_of_a_file_is_read_than_is_taken(
    words: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (photo,), large = photographed(tmp_path, "a.jpg"), tmp_path / "large.jpg"
    with large.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    tracemalloc.start()
    try:
        assert main(["apply", *(word.format(large=large, photo=photo) for word in words)]) == 2
        assert tracemalloc.get_traced_memory()[1] < MAX_BYTES
    finally:
        tracemalloc.stop()
    assert capsys.readouterr().err == "emulsion: The file has 25.0 MB; at most 25 MB are taken.\n"


@pytest.mark.slow
@on_posix
def test_what_a_killed_process_left_half_written_is_gone_after_the_next_run(tmp_path: Path) -> None:
    """A run into the same folder: what a process still writes stays, also one of another machine."""
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    old = time.time() - STALE_SECONDS - 60
    stale = [tmp_path / f".emulsion-{MACHINE}-{ended.pid}-7", tmp_path / ".emulsion-0badcafe-1-7"]
    fresh = [tmp_path / ".emulsion-0badcafe-2-7", tmp_path / ".emulsion-notes", tmp_path / "a.png"]
    for path in (*stale, *fresh):
        path.write_bytes(b"half")
    for path in (stale[1], *fresh[1:]):
        os.utime(path, (old, old))
    with whole_file(tmp_path / "b.png") as part:
        part.write_bytes(b"whole")
        remove_stale_parts(tmp_path)
        assert part.read_bytes() == b"whole"
    assert sorted(tmp_path.iterdir()) == sorted([*fresh, tmp_path / "b.png"])
    stale[0].write_bytes(b"half")
    photos = photographed(tmp_path / "in", "c.jpg")
    assert main(["batch", str(photos[0]), str(tmp_path), "--jobs", "1"]) == 0
    assert not stale[0].exists()
