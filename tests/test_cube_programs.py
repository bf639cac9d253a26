""".cube files as programs write them: ranges, shapers, titles, comments, encodings, and keywords of their own."""

from __future__ import annotations

import json

import numpy as np
import pytest

from effects import EFFECTS
from effects.pipeline import Pipeline
from effects.tables.cube import Cube, CubeError, unpack
from effects.tables.files import read_cube
from tests.tables import cost, noise, shaped, shaped_text

ROWS = "0 0 0\n1 1 1\n"
CURVES = "LUT_1D_SIZE 2\n" + ROWS
LATTICE = "LUT_3D_SIZE 2\n" + "".join(f"{r} {g} {b}\n" for b in (0, 1) for g in (0, 1) for r in (0, 1))


@pytest.mark.parametrize("text", [
    CURVES.lower(),
    CURVES.replace("\n", "\r"),
    CURVES.replace("LUT_1D_SIZE 2", "Lut_1D_Size\t2 \t") + " \t\n",
    CURVES.replace("\n", "   # a remark\n"),
    CURVES.replace("0 0 0", "# " + 300 * "long " + "\n0 0 0"),
    CURVES.replace("1 1 1", "1E0 +1.e-0 100e-2"),
    "LUT_1D_INPUT_RANGE 0.0 1.0\n" + CURVES,
    "LUT_3D_INPUT_RANGE 0 1\n" + CURVES,
    "DOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 1 1\nLUT_1D_INPUT_RANGE 0 1\n" + CURVES,
    "BMD_TITLE Film\nCREATED_BY \"A program\"\ncomment: by hand\ncomment: twice\n" + CURVES,
    "TITLE one\nTITLE two\n" + CURVES,
])  # fmt: skip
def test_what_changes_nothing_is_passed_over(text: str) -> None:
    table = read_cube(text.encode())
    assert np.array_equal(table.values, [[0, 0, 0], [1, 1, 1]])
    assert (table.low, table.high) == ((0, 0, 0), (1, 1, 1))


@pytest.mark.parametrize(("line", "title"), [
    ("TITLE A grade", "A grade"), ("title\tA grade  ", "A grade"), ('TITLE "A grade" # by hand', "A grade"),
    ("TITLE A grade # by hand", "A grade"), ("TITLE Look#3", "Look#3"), ('TITLE "No # 3"', "No # 3"), ("TITLE", "file"),
    ('TITLE ""', "file"), ('TITLE "" # none', "file"), ("TITLE # none", "file"), ('TITLE "A grade', "A grade"),
    ('TITLE "The "best" one"', 'The "best" one'), ("TITLE Façade", "Façade"), ("TITLE 'A grade' # by hand", "A grade"),
    ("TITLE \u201cA grade\u201d", "A grade"), ("TITLE Rock 'n' roll'", "Rock 'n' roll'"),
])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16", "utf-16-be"])
def test_a_title_is_read_as_programs_write_it(line: str, title: str, encoding: str) -> None:
    assert read_cube(f"{line}\n{CURVES}".encode(encoding), "file").title == title


@pytest.mark.parametrize("end", ["\0" * 100, "\x1a", "\r\n\x1a\0\0"], ids=repr)
def test_what_fills_up_a_block_behind_the_last_line_does_not_matter(end: str) -> None:
    assert read_cube((CURVES.rstrip() + end).encode()) == read_cube(CURVES.encode())


@pytest.mark.parametrize("dimensions", [1, 3])
def test_a_range_is_a_domain_alike_in_each_channel(dimensions: int) -> None:
    text = {1: CURVES, 3: LATTICE}[dimensions]
    ranged = read_cube(f"LUT_{dimensions}D_INPUT_RANGE -0.125 1.5e0\n{text}".encode())
    assert (ranged.low, ranged.high) == ((-0.125,) * 3, (1.5,) * 3)
    both = f"DOMAIN_MAX 1.5 1.5 1.5\nLUT_{dimensions}D_INPUT_RANGE -0.125 1.5\nDOMAIN_MIN -.125 -.125 -.125\n{text}"
    assert read_cube(both.encode()) == ranged


REFUSED = {
    "at odds": ("DOMAIN_MAX 2 2 2\nLUT_1D_INPUT_RANGE 0 1\n" + CURVES,
                "line 1: the domain is 0 2 where LUT_1D_INPUT_RANGE would say 0 1"),
    "a domain of two": ("DOMAIN_MAX 2 2 2\nLUT_1D_SIZE 2\nLUT_3D_SIZE 2\n",
                        "line 1: the domain is 0 2 where LUT_1D_INPUT_RANGE and LUT_3D_INPUT_RANGE would say 0 1"),
    "another's range": ("LUT_3D_INPUT_RANGE 0 2\n" + CURVES, "line 1: LUT_3D_INPUT_RANGE is '0 2', but .* LUT_3D_SIZE"),
    "one number": ("LUT_1D_INPUT_RANGE 2\n" + CURVES, "line 1: LUT_1D_INPUT_RANGE is followed by two numbers"),
    "empty range": ("LUT_1D_INPUT_RANGE 1 1\n" + CURVES, "line 1: LUT_1D_INPUT_RANGE is '1 1'"),
    "endless range": ("LUT_1D_INPUT_RANGE 0 1e999\n" + CURVES, "line 1: LUT_1D_INPUT_RANGE is followed by two"),
    "video": ("LUT_IN_VIDEO_RANGE\n" + CURVES, "line 1: 'LUT_IN_VIDEO_RANGE' may change what the numbers mean"),
    "gamma": ("gamma 2.2\n" + CURVES, "line 1: 'gamma' may change"),
    "two dimensions": ("LUT_2D_SIZE 2\n" + CURVES, "line 1: 'LUT_2D_SIZE' may change"),
    "first row nan": ("LUT_1D_SIZE 2\nnan 0 0\n1 1 1\n", "line 2: 'nan 0 0' is not three numbers"),
    "prose": ("This is no table.\nIt has words.\n", "line 2: .* neither LUT_1D_SIZE nor LUT_3D_SIZE"),
    "too fine": ("LUT_3D_SIZE 66\n" + "0 0 0\n" * 66**3, "line 1: LUT_3D_SIZE is '66'; 2 to 65 points"),
    "too fine by far": ("LUT_3D_SIZE 101\n" + "0.000000 0.000000 0.000000\n" * 101**3, "line 1: LUT_3D_SIZE is '101'"),
    "late and too early": ("LUT_1D_SIZE 2\n0 0 0\nLUT_3D_SIZE 2\n", "line 3: LUT_3D_SIZE stands after the first"),
    "late and too fine": (CURVES + "LUT_3D_SIZE 66\n", "line 4: LUT_3D_SIZE is '66'"),
    "two domains between": (CURVES + "DOMAIN_MAX 2 2 2\nDOMAIN_MAX 1 1 1\n" + LATTICE,
                            "line 5: DOMAIN_MAX stands here for the second time"),
    "a domain at odds between": (CURVES + "LUT_3D_INPUT_RANGE 0 1\nDOMAIN_MAX 1 1 2\n" + LATTICE,
                                 "line 5: the domain is 0 0 0 to 1 1 2 where LUT_3D_INPUT_RANGE would say 0 1"),
    "a lattice too few": ("LUT_1D_SIZE 2\n" + LATTICE, "line 10: the file ends after 8 of the 10 lines"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_would_be_misread_is_refused_by_its_name(text: str, says: str) -> None:
    with pytest.raises(CubeError, match=says) as caught:
        read_cube(text.encode())
    assert len(str(caught.value)) <= 400


@pytest.mark.parametrize("late", [False, True])
def test_curves_before_a_lattice_are_its_shaper(late: bool) -> None:
    """Each with a range of its own: as Resolve writes it, or one table with its header after the other."""
    curves = "LUT_1D_SIZE 3\nLUT_1D_INPUT_RANGE -0.5 2\n# curves\n", "0 0.1 0.2\n0.5 0.6 0.7\n3 0.9 0.8\n"
    lattice = "LUT_3D_SIZE 2\nLUT_3D_INPUT_RANGE 0 4\n", "".join(f"{point} 0 {-point}\n" for point in range(8))
    parts = (*curves, "\n", *lattice) if late else (lattice[0], *curves, "\n", lattice[1])
    table = read_cube("".join(parts).encode(), "two")
    assert table.shaper is not None
    assert np.allclose(table.shaper.values, [[0, 0.1, 0.2], [0.5, 0.6, 0.7], [3, 0.9, 0.8]], atol=1 / 131070)
    assert (table.shaper.low, table.shaper.high) == ((-0.5,) * 3, (2,) * 3)
    assert np.array_equal(table.values[..., 0].ravel(), range(8))
    assert (table.low, table.high) == ((0,) * 3, (4,) * 3)
    assert str(table) == "two"


@pytest.mark.parametrize("early", [False, True])
def test_two_tables_may_each_have_a_header_of_their_own(early: bool) -> None:
    """Titles and domains in each, as where one file was put behind the other."""
    size, rest = LATTICE.split("\n", 1)
    first, second = (size, "") if early else ("", size)
    text = f"TITLE one\nDOMAIN_MIN -1 0 0\nDOMAIN_MAX 2 2 3\n{first}\n{CURVES}\n# the lattice\nTITLE two\n{second}\n"
    table = read_cube(f"{text}DOMAIN_MIN 0 0 0\nDOMAIN_MAX 1 4 1\n{rest}".encode())
    assert table.title == "one"
    assert (table.low, table.high) == ((0, 0, 0), (1, 4, 1))
    assert table.shaper is not None
    assert (table.shaper.low, table.shaper.high) == ((-1, 0, 0), (2, 2, 3))
    if not early:
        # What stands before the curves alone is theirs, and the lattice's is not said.
        alone = read_cube((text + rest).encode())
        assert (alone.high, alone.shaper and alone.shaper.high) == ((1, 1, 1), (2, 2, 3))


def test_a_shaped_table_travels_with_its_shaper() -> None:
    table = shaped(9)
    packed = json.loads(json.dumps(table.pack()))
    assert unpack(packed) == table
    assert unpack(packed).shaper == table.shaper
    bare = Cube(table.title, table.numbers, table.low, table.high)
    assert bare != table
    pipeline = Pipeline((EFFECTS["lut3d"].step(table=table),))
    assert Pipeline.from_json(pipeline.to_file()) == pipeline
    assert Pipeline.from_json(pipeline.to_json(), pipeline.tables) == pipeline


def test_tables_are_known_by_the_names_of_old_recipes() -> None:
    """Written down before tables could have a shaper."""
    curves = Cube("", 65535 * np.eye(3, dtype=np.int32), (0, -0.5, 0), (1, 1, 2))
    names = [table.sha256[:16] for table in (noise(3), curves)]
    assert names == ["81b548bc330d60b2", "04edd4620816c1b1"]


@pytest.mark.parametrize("change", [
    {"shaper": None}, {"shaper": 3}, {"shaper": noise(3).pack()}, {"shaper": shaped(3).pack()}, {"low": [1, 0, 0]},
])  # fmt: skip
def test_a_packed_shaper_that_is_none_is_told(change: dict[str, object]) -> None:
    for packed in (noise(4).pack(), shaped(3).pack()):
        with pytest.raises(CubeError, match="holds no colour table"):
            unpack(packed | change)
    curves = shaped(3).shaper
    assert curves is not None
    with pytest.raises(CubeError, match="holds no colour table"):
        unpack(curves.pack() | {"shaper": curves.pack()})


@pytest.mark.slow
@pytest.mark.parametrize("end", [pytest.param("\n", marks=pytest.mark.deep), "\r\n"], ids=["LF", "CRLF"])
def test_the_largest_table_with_a_shaper_costs_a_second_and_a_hundred_megabytes_at_most(end: str) -> None:
    data = shaped_text(65, 65536).replace("\n", end).encode()
    seconds, most = cost(lambda: read_cube(data))
    assert seconds < 1
    assert most < 100_000_000
