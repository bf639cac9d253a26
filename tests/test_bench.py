"""The benchmark runs, has a row for every effect, and says what was missed; how fast anything is, is its own affair."""

import json
from functools import cache
from pathlib import Path

import pytest

from benchmarks import compare, frames, fusing, lattice, memory, shelf, timing, wide
from benchmarks.peers import installed
from benchmarks.pictures import photo
from benchmarks.report import Bound, Row, printed, saved
from benchmarks.timing import Racer, race
from effects.catalogue import EFFECTS

SMALL = {"12 MP": (96, 128), "720p": (48, 80)}

# Networks take as long for a small picture; to the benchmark the effects that ask them are effects as all others.
SHELF = {name: effect for name, effect in EFFECTS.items() if not effect.finds}


@pytest.fixture(autouse=True)
def small_pictures_for_a_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "TURN", 0.0)
    for section in (shelf, fusing, wide, lattice, frames):
        monkeypatch.setattr(section, "SIZES", SMALL)
    monkeypatch.setattr(shelf, "EFFECTS", SHELF)


@cache
def of_the_shelf() -> tuple[Row, ...]:
    """All rows of effects, of small pictures, measured once for the tests that look at them."""
    return tuple(shelf.rows(rounds=1))


@pytest.mark.slow
def test_every_effect_has_a_row_at_both_sizes_without_being_told() -> None:
    found = {(row.name, row.size) for row in of_the_shelf()}
    assert {(name, size) for name in SHELF for size in SMALL} <= found


@pytest.mark.slow
def test_every_effect_is_held_to_what_its_sort_may_take() -> None:
    bounds = {row.name: row.bound for row in of_the_shelf() if row.size == "720p" and row.name not in SHELF}
    assert len(bounds) == len(SHELF)
    assert {bound.limit for name, bound in bounds.items() if bound and name.endswith(", live")} == {25}
    assert {bound.limit for name, bound in bounds.items() if bound and name.endswith(", not live")} == {250}


@pytest.mark.slow
def test_every_peer_that_is_here_does_what_it_says_it_does() -> None:
    failures = [row for row in of_the_shelf() if "fails" in row.note]
    assert not failures
    assert {"cv2", "Pillow", "scikit-image"} <= {peer.name for peer in installed()[0]}


@pytest.mark.slow
def test_a_row_is_measured_in_the_limits_of_its_own_race() -> None:
    rows = [row for row in of_the_shelf() if row.name in SHELF]
    assert all(row.in_l is not None and row.in_t is not None and row.in_l > 0 for row in rows)


def test_the_plan_is_held_to_the_limits_and_to_one_by_one() -> None:
    names = {row.name for row in fusing.rows(rounds=1)}
    assert {"10 tone", "10 matrix", "5 alternating against one by one", "vibrance", "temperature_tint"} <= names


def test_a_blur_is_held_to_its_error_as_well() -> None:
    speed, error = [row for row in wide.rows(rounds=1) if row.size == "12 MP"]
    assert speed.bound is not None
    assert error.bound is not None
    assert error.bound.unit == "levels"


def test_a_colour_table_is_held_to_exact_interpolation() -> None:
    errors = [row.bound for row in lattice.rows(rounds=1) if row.name == "its largest error"]
    assert len(errors) == len(SMALL)
    assert all(bound is not None and bound.holds for bound in errors)


def test_a_live_frame_is_held_to_opencvs_colours_and_to_its_own_encoding() -> None:
    bounds = [row.bound for row in frames.rows(rounds=1)]
    assert [bound.unit for bound in bounds if bound][0:2] == ["x cv2's two calls", "x the VP8 encode after it"]
    assert None not in bounds


@pytest.mark.deep
@pytest.mark.slow
def test_a_render_is_weighed_in_a_process_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "SIZES", {"3 MP": (1500, 2000)})
    found = {row.name: row.figures["x decoded"] for row in memory.rows(1, tmp_path)}
    assert found.keys() == memory.STACKS.keys()
    assert all(0.9 < share < 40 for share in found.values())


def test_the_slower_of_two_is_told_apart() -> None:
    big, little = photo(400, 600), photo(20, 30)
    times = race({"much": Racer(big.sum), "little": Racer(little.sum)}, rounds=3)
    assert times["much"].cpu > times["little"].cpu


def test_what_was_missed_is_said() -> None:
    assert "MISSED" in str(Bound(1.3, "at most", 1.2, "L"))
    assert "ok" in str(Bound(1.3, "at least", 1.2, "x Pillow"))
    table = printed("A title", [Row("plan", "5 tone", "12 MP", 20.0, 19.0, 1.3, bound=Bound(1.3, "at most", 1.2, "L"))])
    assert "| 5 tone | 12 MP | 20      | 19     | 1.3 | 1.30 L <= 1.2 MISSED |" in table


def test_two_runs_are_compared_by_ratio(tmp_path: Path) -> None:
    def run(name: str, in_l: float) -> Path:
        row = Row("plan", "5 tone", "12 MP", 20, 20, in_l, 2 * in_l, bound=Bound(in_l, "at most", 1.2, "L"))
        saved([row], tmp_path / name)
        return tmp_path / name

    before, after = run("before.json", 1.0), run("after.json", 1.5)
    assert json.loads(after.read_text())["rows"][0]["holds"] is False
    told = compare.compared(before, after)
    assert "1.50   1.50  plan · 5 tone · 12 MP  slower" in told


def test_comparing_needs_two_files(capsys: pytest.CaptureFixture[str]) -> None:
    assert compare.main(["nowhere.json"]) == 2
    assert "two files" in capsys.readouterr().err
