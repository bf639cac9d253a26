"""A batch: what becomes of each photo, whatever happens meanwhile, and what is told of it."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from effects import __version__
from effects.batch.manifest import NAME, Manifest, key_of
from effects.batch.names import Job, name_jobs
from effects.batch.report import Progress, write_report
from effects.batch.work import AHEAD, Outcome, Wishes, run_batch
from effects.catalogue import EFFECTS
from effects.cli import main
from effects.codec import decode
from effects.errors import EncodeError
from effects.looks import LOOKS
from effects.pipeline import Pipeline
from effects.render import render
from effects.workers.pool import Workers
from tests.pictures import photographed

ROOT = Path(__file__).parent.parent

TEXT = b"Dear diary, today nothing was photographed."

PATIENCE = 60.0
"""Seconds that a busy machine may take for what takes one."""

on_posix = pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")


@pytest.fixture(scope="module")
def staff() -> Iterator[Workers]:
    staff = Workers(count=2, seconds=PATIENCE)
    yield staff
    staff.close()


def run(jobs: list[Job], wishes: Wishes, staff: Workers, folder: Path, *, resume: bool = False) -> list[Outcome]:
    outcomes: list[Outcome] = []
    run_batch(jobs, wishes, staff, at_once=2, manifest=Manifest(folder), resume=resume, tell=outcomes.append)
    return sorted(outcomes, key=lambda outcome: outcome.job.number)


def test_whatever_changes_a_result_changes_its_key() -> None:
    sepia = Pipeline((EFFECTS["sepia"].step(),)).to_json()
    wishes = [
        Wishes(), Wishes(sepia), Wishes(format="png"), Wishes(quality=50), Wishes(max_side=9), Wishes(metadata="keep"),
        Wishes(embed_recipe=True), Wishes(auto=True), Wishes(like=b"1"), Wishes(like=b"2"),
    ]  # fmt: skip
    keys = {key_of(digest, each.settings) for each in wishes for digest in (b"a", b"b")}
    assert len(keys) == 2 * len(wishes)
    known = key_of(b"a", Wishes(sepia).settings)
    assert key_of(b"a", Wishes(sepia).settings, __version__) == known
    assert key_of(b"a", Wishes(sepia).settings, f"{__version__}.1") != known
    with pytest.raises(EncodeError, match="The quality 0"):
        Wishes(quality=0)
    with pytest.raises(EncodeError, match="The longest side 0"):
        Wishes(max_side=0)


@pytest.mark.slow
def test_every_photo_is_what_render_makes_and_what_fails_has_its_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    photos = photographed(tmp_path / "in", "a.jpg", "b.png", "d.jpg")
    broken, missing, out = tmp_path / "in" / "c.jpg", tmp_path / "gone.jpg", tmp_path / "out"
    broken.write_bytes(TEXT)
    words = ["--look", "noir", "--format", "webp", "--name", "{stem}-{look}", "--jobs", "2", "--embed-recipe"]
    report = tmp_path / "report.json"
    assert main(["batch", str(tmp_path / "in"), str(missing), str(out), *words, "--report", str(report)]) == 1
    for photo in photos:
        expected = render(photo.read_bytes(), LOOKS["noir"].to_json(), format="webp", embed_recipe=True)
        assert (out / f"{photo.stem}-noir.webp").read_bytes() == expected
    assert {path.name for path in out.iterdir()} == {"a-noir.webp", "b-noir.webp", "d-noir.webp", NAME}
    told = capsys.readouterr()
    lines = told.err.splitlines()
    assert [line.partition(": ")[0] for line in lines[:5]] == [f"{count} of 5" for count in range(1, 6)]
    assert lines[5].startswith(f"emulsion: {broken}: This is a text file")
    assert lines[6:] == [f"emulsion: {missing}: No such file or directory."]
    assert told.out.startswith("5 photos in ")
    assert told.out.endswith(": 3 written, 0 skipped, 2 failed\n")
    known = json.loads(report.read_text())
    assert [file["source"] for file in known["files"]] == [*map(str, (*photos[:2], broken, photos[2], missing))]
    assert [file["status"] for file in known["files"]] == ["written", "written", "failed", "written", "failed"]
    assert {name: known[name] for name in ("photos", "written", "skipped", "failed", "stopped")} == {
        "photos": 5, "written": 3, "skipped": 0, "failed": 2, "stopped": False,
    }  # fmt: skip


def test_a_report_whose_name_ends_in_txt_is_of_words(tmp_path: Path) -> None:
    jobs = [Job(number, Path(f"{name}.jpg"), Path("out", f"{name}.webp")) for number, name in enumerate("ab")]
    outcomes = [Outcome(jobs[0], "written"), Outcome(jobs[1], "failed", "This is a text file.")]
    write_report(tmp_path / "report.TXT", outcomes, 3, 1.26)
    assert (tmp_path / "report.TXT").read_text().splitlines() == [
        f"written: a.jpg: {Path('out', 'a.webp')}",
        "failed: b.jpg: This is a text file.",
        "3 photos in 1.3 s: 1 written, 0 skipped, 1 failed, 1 not begun or not ended",
    ]


@pytest.mark.slow
def test_apply_takes_several_into_a_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    photographed(tmp_path, "a.jpg", "b.jpg")
    out = tmp_path / "out"
    assert main(["apply", str(tmp_path / "?.jpg"), str(out), "--format", "png", "--effect", "invert"]) == 0
    for name in "ab":
        before = decode((tmp_path / f"{name}.jpg").read_bytes()).image
        assert np.array_equal(decode((out / f"{name}.png").read_bytes()).image, 255 - before)
    assert "2 photos in " in capsys.readouterr().out


def test_apply_reads_the_standard_input_and_writes_the_standard_output(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    (photo,) = photographed(tmp_path, "a.jpg")
    recipe = Pipeline((EFFECTS["sepia"].step(),)).to_json()
    out = tmp_path / "out.webp"
    for words, form in ((["-"], "jpeg"), (["-", "--format", "png"], "png")):
        with photo.open() as file:
            monkeypatch.setattr(sys, "stdin", file)
            assert main(["apply", "-", *words, "--effect", "sepia"]) == 0
        assert capsysbinary.readouterr().out == render(photo.read_bytes(), recipe, format=form)
    with photo.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        assert main(["apply", "-", str(out), "--effect", "sepia"]) == 0
    assert out.read_bytes() == render(photo.read_bytes(), recipe, format="webp")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["apply", "a.jpg", "b.jpg", "out.jpg"], "several pictures need a folder, and out.jpg is none"),
        (["apply", "a.jpg", "b.jpg", "-"], "several pictures need a folder, and - is none"),
        (["apply", "a.jpg", "out.png", "--format", "webp"], "out.png is called as png is, and --format asks for webp"),
        (["batch", "a.jpg", "out", "--format", "tga"], "'tga' is none of jpeg, png, webp, avif"),
        (["batch", "a.jpg", "out", "--jobs", "0"], "--jobs 0 is no number of photos at a time"),
        (["batch", "a.jpg", "out", "--name", "{nmae}"], "'{nmae}' is no name such as {stem}-{look}"),
        (["batch", "a.jpg", "out", "--quality", "0"], "The quality 0 is no whole number"),
        (["batch", "a.jpg", "out", "--look", "nois"], "there is no look 'nois'"),
        (["batch", "a.jpg", "out", "--scheduler", "host"], "--scheduler is an address such as tcp://scheduler:8786"),
        (["batch", "{here}", "{here}"], "needs a folder of its own"),
        (["batch", "a.jpg"], "the following arguments are required: OUT_DIR"),
    ],
)
def test_a_mistake_is_one_sentence_and_leaves_no_folder(
    words: list[str], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main([word.replace("{here}", str(tmp_path)) for word in words]) == 2
    said = capsys.readouterr().err
    assert sentence in said
    assert said.count("\n") == 1
    assert not list(tmp_path.iterdir())


@pytest.mark.slow
def test_resuming_leaves_out_what_was_made_of_the_same_and_alike(tmp_path: Path, staff: Workers) -> None:
    photos = photographed(tmp_path, "a.jpg", "b.jpg", "c.jpg")
    out = tmp_path / "out"
    out.mkdir()
    jobs = name_jobs(photos, out, template="{stem}", look="", ending="jpg")
    sepia = Wishes(Pipeline((EFFECTS["sepia"].step(),)).to_json())

    def statuses(wishes: Wishes, *, resume: bool = True) -> list[str]:
        return [outcome.status for outcome in run(jobs, wishes, staff, out, resume=resume)]

    assert statuses(sepia) == ["written"] * 3
    assert statuses(sepia) == ["skipped"] * 3
    assert statuses(sepia, resume=False) == ["written"] * 3
    photographed(tmp_path, "else/1.jpg", "else/2.jpg", "b.jpg")
    jobs[2].target.unlink()
    assert statuses(sepia) == ["skipped", "written", "written"]
    assert statuses(Wishes()) == ["written"] * 3
    assert statuses(Wishes()) == ["skipped"] * 3


@pytest.mark.slow
def test_a_pattern_resumed_finds_the_same_photos_and_not_what_was_made_of_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    photographed(tmp_path, "a.jpg", "deep/b.jpg")
    monkeypatch.chdir(tmp_path)
    for counts in ("2 written, 0 skipped, 0 failed", "0 written, 2 skipped, 0 failed"):
        assert main(["batch", "**/*.jpg", "out", "--jobs", "1", "--resume"]) == 0
        assert capsys.readouterr().out.endswith(f": {counts}\n")
    assert {path.name for path in (tmp_path / "out").iterdir()} == {"a.jpg", "b.jpg", NAME}


def test_what_has_ended_when_ctrl_c_comes_is_told_once(tmp_path: Path) -> None:
    """Of files that are not there: they fail at once and need no worker."""
    names = [tmp_path / f"{number}.jpg" for number in range(4)]
    jobs = name_jobs(names, tmp_path / "out", template="{stem}", look="", ending="jpg")
    times = 0
    with Progress(len(jobs)) as progress:

        def tell(outcome: Outcome) -> None:
            nonlocal times
            times += 1
            progress.tell(outcome)
            if times == 1:
                time.sleep(0.5)  # meanwhile the others end
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            run_batch(jobs, Wishes(), Workers(count=1), at_once=1, tell=tell)
    assert [outcome.job.number for outcome in progress.outcomes] == [1, 2, 3, 4]
    assert {outcome.status for outcome in progress.outcomes} == {"failed"}


@pytest.mark.slow
def test_no_more_photos_are_taken_up_than_are_worked_on_soon(tmp_path: Path, staff: Workers) -> None:
    jobs = name_jobs(
        photographed(tmp_path, *(f"{number}.jpg" for number in range(24))),
        tmp_path,
        template="x",
        look="",
        ending="png",
    )
    taken = told = 0
    furthest = 0

    def one_by_one() -> Iterator[Job]:
        nonlocal taken
        for job in jobs:
            taken += 1
            yield job

    def tell(outcome: Outcome) -> None:
        nonlocal told, furthest
        assert outcome.status == "written"
        furthest = max(furthest, taken - told)
        told += 1

    run_batch(one_by_one(), Wishes(), staff, at_once=2, tell=tell)
    assert told == 24
    assert furthest <= 3 * AHEAD + 1


@on_posix
@pytest.mark.slow
def test_a_photo_whose_worker_is_killed_is_worked_on_once_more_and_none_is_lost_or_doubled(
    tmp_path: Path, staff: Workers
) -> None:
    photos = photographed(tmp_path, *(f"{number}.jpg" for number in range(6)), height=600, width=800)
    out = tmp_path / "out"
    out.mkdir()
    recipe = Pipeline((EFFECTS["oil_paint"].step(),)).to_json()
    jobs = name_jobs(photos, out, template="{stem}", look="", ending="jpg")
    outcomes: list[Outcome] = []

    def kill_the_other(outcome: Outcome) -> None:
        outcomes.append(outcome)
        if len(outcomes) == 1:
            for pid in children():
                os.kill(pid, signal.SIGKILL)

    manifest = Manifest(out)
    run_batch(jobs, Wishes(recipe), staff, at_once=2, manifest=manifest, tell=kill_the_other)
    assert sorted(outcome.job.number for outcome in outcomes) == [1, 2, 3, 4, 5, 6]
    assert {outcome.status for outcome in outcomes} == {"written"}
    assert 2 in {outcome.tries for outcome in outcomes}
    assert len((out / NAME).read_text().splitlines()) == len(photos)
    assert {path.name for path in out.iterdir()} == {*(photo.name for photo in photos), NAME}
    assert jobs[0].target.read_bytes() == render(photos[0].read_bytes(), recipe)


def children() -> list[int]:
    """The workers of this process."""
    words = ["ps", "-ww", "-o", "pid=,args=", "--ppid", str(os.getpid())]
    listed = subprocess.run(words, check=True, capture_output=True, text=True).stdout
    return [int(line.split()[0]) for line in listed.splitlines() if "spawn_main" in line]


@on_posix
@pytest.mark.slow
@pytest.mark.parametrize("order", [signal.SIGINT, pytest.param(signal.SIGTERM, marks=pytest.mark.deep)])
def test_ctrl_c_leaves_whole_files_alone_and_resuming_does_the_rest(order: int, tmp_path: Path) -> None:
    photos = photographed(tmp_path / "in", *(f"{number:02}.jpg" for number in range(6)), height=600, width=800)
    out = tmp_path / "out"
    words = ["batch", str(tmp_path / "in"), str(out), "--jobs", "1", "--report", str(tmp_path / "report.json")]
    steps = ["--effect", "oil_paint"]
    # Where the tests run in a shell's background, Ctrl+C is ignored, and a process inherits that: not what is handled.
    handler = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        command = subprocess.Popen(
            [sys.executable, "-m", "effects", *words, *steps],
            cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
    finally:
        signal.signal(signal.SIGINT, handler)
    until = time.monotonic() + PATIENCE
    while not list(out.glob("*.jpg")):
        assert time.monotonic() < until
        time.sleep(0.01)
    command.send_signal(order)
    said, complaint = command.communicate(timeout=PATIENCE)
    assert command.returncode == 130
    assert "Stopped. What is written is whole" in complaint
    assert "Traceback" not in complaint
    made = sorted(out.glob("*.jpg"))
    assert 0 < len(made) < len(photos)
    assert f"{len(made)} written" in said
    assert {path.name for path in out.iterdir()} == {*(path.name for path in made), NAME}
    assert all(decode(path.read_bytes()).image.shape == (600, 800, 3) for path in made)
    assert json.loads((tmp_path / "report.json").read_text())["stopped"]
    if order == signal.SIGINT:
        times = {path: path.stat().st_mtime_ns for path in made}
        assert main([*words, "--resume", *steps]) == 0
        assert {path.name for path in out.glob("*.jpg")} == {photo.name for photo in photos}
        assert all(path.stat().st_mtime_ns == times[path] for path in made)


class Terminal(io.StringIO):
    """What is written to it, as if somebody watched."""

    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_a_bar_and_a_pipe_a_line_for_each_photo(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    job = Job(1, Path("a\nb.jpg"), Path("out"))
    with Progress(1) as progress:
        progress.tell(Outcome(job, "written"))
    assert capsys.readouterr().err == "1 of 1: a\N{REPLACEMENT CHARACTER}b.jpg\n"
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with Progress(4) as progress:
        time.sleep(0.15)  # a bar is drawn anew ten times a second at most
        progress.tell(Outcome(job, "written"))
    shown = screen.getvalue()
    assert "25%" in shown
    assert "1/4" in shown
    assert "b.jpg" not in shown
