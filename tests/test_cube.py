"""Colour tables: .cube files by their specification, packed, and named in recipes."""

from __future__ import annotations

import base64
import json
import math
import zlib
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, RecipeError
from effects.pipeline import Pipeline
from effects.tables.cube import IDENTITY, Cube, CubeError, unpack
from effects.tables.files import read_cube
from tests.tables import cost, cube, cube_text, noise, swapped, warm

GOOD = "LUT_1D_SIZE 2\n0 0 0\n1 1 1\n"


@pytest.mark.parametrize("text", [
    GOOD,
    GOOD.replace("\n", "\r\n"),
    GOOD.rstrip("\n"),
    "\n# made by hand\n\n" + GOOD.replace("0 0 0", "# black\n  0.0e0\t+0. -.0  \n\n# white"),
    "\ufeff" + GOOD,
    GOOD.replace("0 0 0", "  # black\n0 0 0"),
    'TITLE "A grade"\nDOMAIN_MAX 1 1 1\nDOMAIN_MIN 0.0 0.0 0.0\nLUT_1D_SIZE\t2\n0 0 0\n1 1 1\n# the end',
])  # fmt: skip
def test_what_the_specification_allows_is_read(text: str) -> None:
    table = read_cube(text.encode(), "grade")
    assert table.is_curves
    assert np.array_equal(table.values, [[0, 0, 0], [1, 1, 1]])
    assert table.title == ("A grade" if "TITLE" in text else "grade")


BAD = {
    "empty": ("", "line 1: .* neither LUT_1D_SIZE nor LUT_3D_SIZE"),
    "no size": ("# a table\n\n0 0 0\n1 1 1\n", "line 3: .* neither LUT_1D_SIZE nor LUT_3D_SIZE"),
    "infinite": (GOOD.replace("1 1 1", "1 inf 1"), "line 3: '1 inf 1'"),
    "no text": ("\x89PNG\r\n\x1a\n\x00", "line 1: .* is not three numbers"),
    "unknown keyword": ("LUT_SIZE 2\n" + GOOD, "line 1: 'LUT_SIZE' may change what the numbers mean"),
    "two sizes": ("LUT_3D_SIZE 2\n" + GOOD, "line 4: the file ends after 2 of the 10 lines"),
    "size twice": ("LUT_1D_SIZE 2\n" + GOOD, "line 2: LUT_1D_SIZE stands here for the second time"),
    "too small": (GOOD.replace("2", "1", 1).replace("SIZE 2", "SIZE 1"), "line 1: .* 2 to 65536"),
    "too large": ("LUT_3D_SIZE 66\n", "line 1: LUT_3D_SIZE is '66'; 2 to 65 points can be read"),
    "a size in words": (GOOD.replace("SIZE 2", "SIZE two"), "line 1: .*'two'"),
    "a size and more": (GOOD.replace("SIZE 2", "SIZE 2 2"), "line 1: .*'2 2'"),
    "late keyword": (GOOD + 'TITLE "late"\n', "line 4: TITLE stands after the first numbers"),
    "domain": ("DOMAIN_MIN 0 2 0\n" + GOOD, "line 1: DOMAIN_MIN 0 2 0 is not below DOMAIN_MAX 1 1 1"),
    "half a domain": ("DOMAIN_MAX 1 1\n" + GOOD, "line 1: DOMAIN_MAX is followed by three numbers, not by '1 1'"),
    "huge domain": ("DOMAIN_MAX 1 1 1e999\n" + GOOD, "line 1: DOMAIN_MAX"),
    "two numbers": (GOOD.replace("1 1 1", "1 1"), "line 3: '1 1' is not three numbers"),
    "four numbers": (GOOD.replace("1 1 1", "1 1 1 1"), "line 3: '1 1 1 1' is not three numbers"),
    "commas": (GOOD.replace("1 1 1", "1,1,1"), "line 3: '1,1,1'"),
    "nan": (GOOD.replace("1 1 1", "1 nan 1"), "line 3: '1 nan 1'"),
    "beyond floats": (GOOD.replace("1 1 1", "1 1e400 1"), "line 3: a number there is too large"),
    "python": (GOOD.replace("1 1 1", "1_0 1 1"), "line 3: '1_0 1 1'"),
    "hexadecimal": (GOOD.replace("1 1 1", "0x1 1 1"), "line 3: '0x1 1 1'"),
    "too few": (GOOD.replace("1 1 1\n", ""), "line 2: the file ends after 1 of the 2 lines"),
    "too many": (GOOD + "# one more\n2 2 2\n", "line 5: more than the 2 lines"),
    "long line": (GOOD.replace("1 1 1", "1 1 1" + 250 * " "), "line 3: it has more than the 250 bytes"),
    "numbers first": ("0 0 0\n" + GOOD, "line 2: LUT_1D_SIZE stands after the first numbers"),
}


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told_by_its_line(text: str, says: str) -> None:
    with pytest.raises(CubeError, match=says) as caught:
        read_cube(text.encode("latin-1"))
    assert len(str(caught.value)) <= 400


HOSTILE: dict[str, Callable[[], bytes]] = {
    "blank": lambda: b"\n" * 20_000_000,
    "comments": lambda: b"#\n" * 10_000_000,
    "numbers": lambda: b"LUT_3D_SIZE 65\n" + b"1 2 3\n" * 3_300_000,
    "one line": lambda: b"9" * 20_000_000,
    "long numbers": lambda: b"LUT_1D_SIZE 9\n" + (b"1 1 " + b"3" * 240 + b"\n") * 80_000,
    "almost numbers": lambda: b"LUT_3D_SIZE 65\n" + b"1 1 1e\n" * 274_000,
    "no size": lambda: b"1 2 3\n" * 284_000,
    "mixed": lambda: b"LUT_3D_SIZE 65\n" + b"1 2 3\n#\n" * 142_000,
    "binary": lambda: bytes(range(256)) * 78_000,
    "huge": lambda: bytes(20_000_001),
    "words": lambda: b"LUT_1D_SIZE 2\n" + b"word\n" * 4_000_000,
    "remarks": lambda: b"LUT_1D_SIZE 2\n" + (b"#" * 251 + b"\n") * 79_000,
    "old lines": lambda: b"LUT_3D_SIZE 65\r" + b"1 2 3\r\n" * 2_800_000,
    "wide letters": lambda: b"\xff\xfe" + ("LUT_3D_SIZE 65\n" + "\u20ac\n" * 5_000_000).encode("utf-16-le"),
    "late sizes": lambda: GOOD.encode() + b"LUT_3D_SIZE 65\n" + b"LUT_3D_SIZE 65\n" * 250_000,
}


# Each is refused where another of these is.
ALIKE = {"comments", "no size", "words", "old lines", "late sizes"}


@pytest.mark.slow
@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.deep if name in ALIKE else ()) for name in HOSTILE]
)
def test_whatever_a_file_holds_it_costs_a_second_and_a_hundred_megabytes_at_most(name: str) -> None:
    data = HOSTILE[name]()

    def refused() -> None:
        with pytest.raises(CubeError):
            read_cube(data)

    seconds, most = cost(refused)
    assert seconds < 1
    assert most < 100_000_000


@pytest.mark.slow
def test_the_largest_table_is_read_within_that_too() -> None:
    data = cube_text(warm, 65).encode()
    seconds, most = cost(lambda: read_cube(data))
    assert seconds < 1
    assert most < 100_000_000
    assert len(json.dumps(read_cube(data).pack())) < 500_000


ALMOST = st.text(st.sampled_from('TITLE"LUT_13D_SIZEOMAN 0.1e-\t#\n\r'), max_size=60).map(str.encode)


@given(st.binary(max_size=60) | ALMOST)
def test_any_bytes_are_a_table_or_told(data: bytes) -> None:
    with suppress(CubeError):
        assert isinstance(read_cube(b"LUT_1D_SIZE 2\n" + data), Cube)


@given(st.integers(2, 9), st.integers(0, 99), st.booleans())
def test_a_table_is_the_same_after_packing(size: int, seed: int, curves: bool) -> None:
    shape = (size, 3) if curves else (size, size, size, 3)
    table = Cube("any", np.random.default_rng(seed).integers(-(2**31), 2**31, shape).astype(np.int32), (0, -0.1, 0.2))
    again = unpack(json.loads(json.dumps(table.pack())))
    assert again == table
    assert again.title == "any"
    assert (again.low, again.high) == (table.low, table.high)


@pytest.mark.parametrize("change", [
    {"shape": [2, 2, 2]}, {"shape": [400, 400, 400, 3]}, {"shape": [2, 3, 2, 3]}, {"shape": "2223"},
    {"shape": [True, 3]}, {"numbers": ""}, {"numbers": "AAAA"}, {"numbers": 3}, {"title": None}, {"low": [0, 0]},
    {"high": [1, 1, float("inf")]}, {"numbers": noise(5).pack()["numbers"]},
])  # fmt: skip
def test_a_packed_table_that_is_none_is_told(change: dict[str, object]) -> None:
    with pytest.raises(CubeError, match="holds no colour table"):
        unpack(noise(4).pack() | change)


def test_a_table_that_is_not_at_hand_is_asked_for_by_its_title() -> None:
    pipeline = Pipeline((EFFECTS["sepia"].step(), EFFECTS["lut3d"].step(table=cube(warm, 3))))
    for read, text in ((Pipeline.from_json, pipeline.to_json()), (Pipeline.from_link, pipeline.to_link())):
        with pytest.raises(RecipeError, match=r"steps\[1\].params.table: .*'Made by a formula' is not at hand"):
            read(text)
        assert read(text, pipeline.tables) == pipeline


def test_numbers_that_are_not_those_of_the_recipe_are_refused() -> None:
    pipeline = Pipeline((EFFECTS["lut3d"].step(table=cube(warm, 3)),))
    name, other = next(iter(pipeline.tables)), cube(swapped, 3)
    with pytest.raises(RecipeError, match="its numbers have been changed"):
        Pipeline.from_json(pipeline.to_json(), {name: other})
    with pytest.raises(RecipeError, match="holds no colour table"):
        Pipeline.from_json(pipeline.to_json(), {name: {"title": "nothing"}})


def test_a_recipe_file_brings_its_tables_and_has_an_end() -> None:
    pipeline = Pipeline((EFFECTS["lut3d"].step(table=cube(warm, 33)),))
    assert 8192 < len(pipeline.to_file()) < 1_000_000
    assert Pipeline.from_json(pipeline.to_file()) == pipeline
    with pytest.raises(RecipeError, match="more than the 1 MB"):
        Pipeline((EFFECTS["lut3d"].step(table=noise(65)),)).to_file()


def test_the_table_that_changes_nothing_needs_no_numbers() -> None:
    pipeline = Pipeline((EFFECTS["lut3d"].step(),))
    assert pipeline.tables == {}
    assert Pipeline.from_json(pipeline.to_json()).all_steps[0].params["table"] == IDENTITY


def packed(*shape: int) -> dict[str, Any]:
    """A table of nothing but black, as a recipe brings it."""
    numbers = base64.b64encode(zlib.compress(bytes(4 * math.prod(shape)))).decode()
    return {"title": "black", "shape": list(shape), "low": [0, 0, 0], "high": [1, 1, 1], "numbers": numbers}


@pytest.mark.parametrize("shape", [(2, 3), (65536, 3), (2, 2, 2, 3), (65, 65, 65, 3)])
def test_a_table_may_be_as_small_as_two_points_and_as_large_as_a_file_may_bring(shape: tuple[int, ...]) -> None:
    assert unpack(packed(*shape)).numbers.shape == shape


@pytest.mark.parametrize("shape", [
    (3,), (1, 3), (65537, 3), (2, 2), (2, 4), (2, 2, 3), (1, 1, 1, 3), (66, 66, 66, 3), (2, 2, 2, 2), (2, 2, 2, 4),
    (2, 3, 2, 3), (2, 2, 4, 3), (3, 2, 2, 3), (2, 2, 2, 2, 3),
])  # fmt: skip
def test_a_table_of_another_shape_is_refused_though_it_has_all_its_numbers(shape: tuple[int, ...]) -> None:
    with pytest.raises(CubeError):
        unpack(packed(*shape))
