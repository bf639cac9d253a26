"""A file is known by more than its path: another of the same name is never taken for it."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from pathlib import Path

import pytest

from effects.workers.shared_files import EDGE_BYTES, Source, Target, carried_at, unseen_places

DATA = bytes(range(256)) * 20


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "photo.jpg"
    path.write_bytes(DATA)
    return path


@pytest.mark.parametrize("place", [0, EDGE_BYTES - 1, len(DATA) - EDGE_BYTES, len(DATA) - 1])
def test_another_file_of_the_same_path_size_and_time_is_not_taken(file: Path, place: int) -> None:
    source = Source.at(file)
    assert source.is_here
    times = file.stat().st_atime_ns, file.stat().st_mtime_ns
    file.write_bytes(DATA[:place] + b"!" + DATA[place + 1 :])
    os.utime(file, ns=times)
    assert not source.is_here


def test_a_file_that_was_written_to_meanwhile_is_not_taken(file: Path) -> None:
    source = Source.at(file)
    os.utime(file, ns=(1, 1))
    assert not source.is_here
    file.write_bytes(DATA + DATA)
    assert not source.is_here
    file.unlink()
    assert not source.is_here
    with pytest.raises(FileNotFoundError):
        source.read()


@pytest.mark.parametrize("size", [0, 1, EDGE_BYTES, EDGE_BYTES + 1, 3 * EDGE_BYTES])
def test_files_of_any_size_are_known_again_and_their_bytes_may_come_along(file: Path, size: int) -> None:
    file.write_bytes(DATA[:size])
    source: Source = pickle.loads(pickle.dumps(Source.at(file)))
    assert source.is_here
    carried = source.carried()
    file.unlink()
    assert carried.is_here
    assert carried.read() == carried.carried().read() == DATA[:size]


def test_a_relative_path_is_told_in_full(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(file.parent)
    assert Source.at(Path(file.name)) == Source.at(file)


def test_only_the_marked_file_is_written_and_one_that_is_gone_is_not_made_anew(file: Path, tmp_path: Path) -> None:
    target = Target.at(tmp_path / "made")
    assert target.is_here
    assert target.write(DATA) is None
    assert target.path.read_bytes() == DATA
    assert not target.is_here, "it is made already"
    assert not replace(target, path=file).is_here
    target.path.unlink()
    with pytest.raises(FileNotFoundError):
        target.write(DATA)
    assert not target.path.exists()
    assert target.carried().is_here
    assert target.carried().write(DATA) == DATA


def test_what_is_not_here_is_carried_and_nothing_else(file: Path, tmp_path: Path) -> None:
    source, target = Source.at(file), Target.at(tmp_path / "made")
    args = (source, "a word", target)
    assert unseen_places(args) == ()
    target.path.unlink()
    assert unseen_places(args) == (2,)
    carried = carried_at(args, (2,))
    assert carried == (source, "a word", Target(target.path))
    assert unseen_places(carried) == ()
