""".3dl files: whole numbers, blue fastest, as deep as the header or the largest number says."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from effects.tables.cube import CubeError
from effects.tables.files import read_3dl
from tests.applied import applied
from tests.pictures import difference
from tests.plain_lookup import axes
from tests.programs import by_ffmpeg
from tests.scene import scene
from tests.tables import cost, warm

ROWS = [f"{red} {green} {blue}" for red in (0, 700) for green in (0, 800) for blue in (0, 1023)]
BODY = "\n".join(ROWS) + "\n"
EXPECTED = np.array([float(number) for row in ROWS for number in row.split()]).reshape(2, 2, 2, 3) / 1023
"""Red x green x blue x 3, as the rows stand."""

LUSTRE = f"""#Tokens required by applications - do not edit

3DMESH
Mesh 1 10
0 1023


{BODY}
#Tokens required by applications - do not edit

LUT8
gamma 1.0
"""


@pytest.mark.parametrize("text", [
    BODY, "0 1023\n" + BODY, "0 512 1023\n" + BODY, "0 255\n" + BODY, "0 341 682 1023\n" + BODY, "0 1024\n" + BODY,
    "# A look\n\n0 16 32 48 64 80 96 112 128 144 160 176 192 208 224 240 255\n\n" + BODY, LUSTRE, LUSTRE.lower(),
    LUSTRE.replace("\n", "\r\n"), LUSTRE.replace("\n", "\r"), LUSTRE.replace(" ", "\t"), "\ufeff" + LUSTRE,
    BODY.replace("\n", "  # a remark\n"), BODY.rstrip(), "A look by hand\n" + BODY, "Mesh 2 1023\n" + BODY,
    "0 63 127 191 255 319 383 447 511 575 639 703 767 831 895 959 1023\n" + BODY,
])  # fmt: skip
def test_what_programs_write_is_read_blue_fastest(text: str) -> None:
    table = read_3dl(text.encode(), "look")
    assert table.shaper is None
    assert np.allclose(table.values, EXPECTED.transpose(2, 1, 0, 3), atol=1e-5)
    assert (table.title, table.low, table.high) == ("look", (0, 0, 0), (1, 1, 1))


@pytest.mark.parametrize(("header", "white", "top"), [
    ("", 255, 255), ("", 200, 255), ("", 256, 255), ("", 257, 1023), ("", 1023, 1023), ("", 1025, 4095),
    ("", 4095, 4095), ("", 4096, 4095), ("", 16383, 16383), ("", 40000, 65535), ("", 65535, 65535),
    ("3DMESH\nMesh 4 12\n", 900, 4095), ("Mesh 5 16\n", 4095, 65535), ("mesh 1 8\n", 100, 255),
])  # fmt: skip
def test_the_depth_is_what_the_header_or_the_largest_number_says(header: str, white: int, top: int) -> None:
    table = read_3dl(f"{header}{BODY.replace('1023', str(white)).replace('00 ', ' ')}".encode())
    assert table.values.max() == pytest.approx(white / top, abs=1e-5)


def test_a_line_that_bends_is_a_shaper_of_any_length() -> None:
    table = read_3dl(f"0 500 900 1000 1023\n{BODY}".encode())
    assert table.shaper is not None
    assert np.allclose(table.shaper.values, np.array([[0, 500, 900, 1000, 1023]]).T / 1023, atol=1e-5)
    assert (table.shaper.low, table.shaper.high) == ((0, 0, 0), (1, 1, 1))
    assert read_3dl(f"0 200 255\n{BODY}".encode()).shaper is not None


def test_ffmpeg_makes_the_same_of_it(tmp_path: Path) -> None:
    """It reads 17 points of 12 bits, after one line."""
    numbers = np.rint(4095 * np.clip(warm(axes(17)), 0, 1)).reshape(-1, 3)
    mesh = " ".join(str(round(1023 * point / 16)) for point in range(17))
    path = tmp_path / "look.3dl"
    path.write_text("\n".join([mesh, *("{:.0f} {:.0f} {:.0f}".format(*row) for row in numbers.tolist())]) + "\n")
    theirs = by_ffmpeg(scene(), f"lut3d=file={path}:interp=tetrahedral")
    ours = applied("lut3d", scene(), table=read_3dl(path.read_bytes()), interpolation="tetrahedral")
    assert difference(ours, theirs)[1] <= 2


BAD = {
    "empty": ("", "holds no numbers"),
    "words": ("3DMESH\nMesh 1 10\nLUT8\n", "holds no numbers"),
    "gamma": (BODY + "gamma 2.2\n", "line 9: 'gamma 2.2' changes what the numbers mean"),
    "another gamma": ("GAMMA 1.05\n" + BODY, "line 1: 'GAMMA 1.05'"),
    "fractions": (BODY.replace("700", "0.7"), "line 5: '0.7 0 0' is not three whole numbers"),
    "a .cube file": ("LUT_3D_SIZE 2\n" + BODY.replace("1023", "1.0"), "line 3: '0 0 1.0' is not three whole numbers"),
    "four": ("0 1023\n" + BODY + "1 2 3 4\n", "line 10: '1 2 3 4' is not three"),
    "two lines before": ("0 1023\n0 1023\n" + BODY, "line 2: '0 1023' is not three"),
    "a page": ("<html>\n", "line 1: '<html>' is not three"),
    "one number": ("2\n" + BODY, "line 1: '2' is not three"),
    "nan": (BODY.replace("0 0 0", "0 nan 0"), "line 1: '0 nan 0' is not three"),
    "too few": ("\n".join(ROWS[:7]), "has 7 rows of three numbers; it should be 8, 27, 64"),
    "too fine": ("0 255 9\n" * 66**3, "has more than|has 287496 rows"),
    "no white": (BODY.replace("1023", "1").replace("00 ", " "), "the rows' largest number is 8; in a .3dl file white"),
    "more than said": ("Mesh 1 8\n" + BODY, "the rows' largest number is 1023, and 8 bits hold 255 at most"),
    "too deep": (BODY.replace("1023", "70000"), "the rows' largest number is 70000, and 16 bits hold 65535"),
    "huge": (BODY.replace("1023", 300 * "9"), "the rows' largest number is"),
    "falling": ("0 900 500 1023\n" + BODY, "the line before the rows do not rise"),
    "flat": ("500 500 500 500\n" + BODY, "the line before the rows do not rise"),
    "of another kind": ("0 1 2 3\n" + BODY, "the line's before the rows largest number is 3"),
    "many words": ("word\n" * 1001 + BODY, "more than 1000 lines of words"),
    "a long line": ("0 " * 3000 + "\n" + BODY, "line 1: it has more than the 4096 bytes"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "says"), BAD.values(), ids=BAD)
def test_a_bad_file_is_told(text: str, says: str) -> None:
    with pytest.raises(CubeError, match=says) as caught:
        read_3dl(text.encode())
    assert len(str(caught.value)) <= 400


@pytest.mark.slow
def test_the_largest_table_costs_a_second_and_a_hundred_megabytes_at_most() -> None:
    data = ("3DMESH\nMesh 6 16\n" + " ".join(map(str, range(0, 65536, 1024))) + " 65535\n\n"
            + "65535 65535 65535\r\n" * 65**3).encode()  # fmt: skip
    seconds, most = cost(lambda: read_3dl(data))
    assert seconds < 1
    assert most < 100_000_000
