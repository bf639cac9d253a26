"""The library's log: what is behind a sentence stands there with its trace, and nothing of the picture or its name."""

from __future__ import annotations

import io
import logging
import pickle
import struct
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from effects import (
    CubeError,
    DecodeError,
    EncodeError,
    Photo,
    PictureError,
    Pipeline,
    RecipeError,
    decode,
    encode,
)
from effects.cli import main
from effects.codec import reading, writing
from effects.logs import RECORDS_ATTRIBUTE, bare_error, words_of
from effects.tables.cube import unpack
from effects.workers.pool import Workers
from tests.pictures import gradient, written

SECRET = "Grandmother at Gate 5"
PNG = written(gradient(), "PNG")
DAMAGED = {
    "png": PNG[:-40],
    "jpeg": written(gradient(), "JPEG")[:400],
    "webp": written(gradient(), "WEBP")[:120],
    "tiff": written(gradient(), "TIFF", compression="tiff_lzw")[:300],
    "bmp": written(gradient(), "BMP")[:300],
    "gif": written(gradient(), "GIF")[:500],
    "jp2": written(gradient(), "JPEG2000")[:300],
    "header": b"\xff\xd8\xff",
}


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What a program reads that has asked for the library's log."""
    told, root = io.StringIO(), logging.getLogger("effects")
    handler, before = logging.StreamHandler(told), root.level
    handler.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield told
    root.removeHandler(handler)
    root.setLevel(before)


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
def test_behind_each_damage_stands_a_trace(data: bytes, log: io.StringIO) -> None:
    with pytest.raises(DecodeError, match="damaged"):
        decode(data)
    told = log.getvalue()
    assert "INFO effects.codec." in told
    assert told.count("Traceback (most recent call last)") >= 1
    assert "codec/" in told
    assert ", line " in told


def test_a_sentence_that_was_foreseen_has_no_trace(log: io.StringIO) -> None:
    for data in (b"", b"%PDF-1.7", bytes(26 * 2**20)):
        with pytest.raises(PictureError):
            decode(data)
    decode(PNG)
    assert log.getvalue() == ""


WITH_DATA = {
    "a number": ValueError(f"invalid literal for int() with base 10: {SECRET!r}"),
    "bytes": ValueError(f"no number: {SECRET.encode()!r}"),
    "cut": ValueError(f"no number: {SECRET.encode()!r:.24}"),
    "both quotes": ValueError("no number: " + repr(f'"it\'s" {SECRET}')),
    "key": KeyError(SECRET.encode()),
    "name": FileNotFoundError(2, "No such file or directory", f"/home/ann/{SECRET}.jpg"),
    "text": UnicodeDecodeError("ascii", SECRET.encode() + b"\xff", 21, 22, "ordinal not in range(128)"),
    "data beside": struct.error("unpack requires a buffer of 4 bytes", SECRET),
}


@pytest.mark.parametrize("error", WITH_DATA.values(), ids=WITH_DATA)
def test_nothing_of_the_picture_or_its_name_is_in_the_log(
    error: Exception, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def meet(*_: object) -> None:
        try:
            raise LookupError(f"behind it {SECRET!r}")
        except LookupError as inner:
            raise error from inner

    monkeypatch.setitem(reading.READERS, "png", meet)
    monkeypatch.setitem(writing.WRITERS, "png", meet)
    with pytest.raises(DecodeError):
        decode(PNG)
    with pytest.raises(EncodeError):
        encode(Photo(gradient()), "png")
    told = log.getvalue()
    kind = type(error)
    name = kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__name__}"
    assert told.count(f"\n{name}: ") == 2
    assert told.count("\nLookupError: behind it ...\n") == 2
    assert "in meet" in told
    assert all(word not in told for word in ("Grand", "Gate", "jpg"))


def test_words_that_quote_nothing_stay() -> None:
    assert (
        words_of(OSError("broken data stream when reading image file")) == "broken data stream when reading image file"
    )
    assert words_of(ValueError("the file's rows don't end, 3 < 5")) == "the file's rows don't end, 3 < 5"
    assert words_of(ValueError("x" * 5000)) == "x" * 200
    assert words_of(ValueError("naïve\x00\n")) == "na?ve??"
    assert words_of(ValueError("no 'x' here")) == "no ..."


def test_what_is_logged_of_an_error_holds_none_of_its_arguments() -> None:
    assert SECRET not in repr(vars(bare_error(WITH_DATA["text"]))) + repr(bare_error(WITH_DATA["text"]).args)


def test_the_command_line_keeps_a_files_name_out_of_the_log(
    log: io.StringIO, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / f"{SECRET}.png"
    source.write_bytes(DAMAGED["png"])
    assert main(["apply", str(source), str(tmp_path / "out.png")]) == 2
    assert capsys.readouterr().err == "emulsion: This PNG file is damaged or incomplete and cannot be shown.\n"
    assert "Traceback" in log.getvalue()
    assert SECRET not in log.getvalue()


@pytest.mark.parametrize("beside", [{"exif": b"Exif\0\0Grandmother at Gate 5"}, {"icc_profile": bytes(200)}], ids=str)
def test_what_is_passed_over_can_be_read_too(beside: dict[str, bytes], log: io.StringIO) -> None:
    decode(written(gradient(), "JPEG", **beside))
    told = log.getvalue()
    assert told.startswith("DEBUG effects.codec.")
    assert "Traceback" in told
    assert "Grand" not in told


def test_a_broken_link_and_table_have_a_trace(log: io.StringIO) -> None:
    with pytest.raises(RecipeError, match="cut short"):
        Pipeline.from_link("R3JhbmRtb3RoZXI")
    assert "DEBUG effects.recipe A link holds no recipe\nTraceback" in log.getvalue()
    with pytest.raises(CubeError, match="damaged"):
        unpack({"title": SECRET, "shape": [2, 3], "low": [0, 0, 0], "high": [1, 1, 1], "numbers": "Gate 5"})
    assert "INFO effects.tables.cube A colour table is called damaged\nTraceback" in log.getvalue()
    assert "Gate" not in log.getvalue()


@pytest.fixture(scope="module")
def staff() -> Iterator[Workers]:
    staff = Workers(count=1, seconds=60)
    yield staff
    staff.close()


@pytest.mark.slow
def test_what_a_worker_met_stands_in_the_servers_log(staff: Workers, log: io.StringIO) -> None:
    with pytest.raises(DecodeError, match="damaged") as caught:
        staff.call(decode, DAMAGED["png"])
    assert log.getvalue().startswith("INFO effects.codec.reading A PNG file is called damaged\nTraceback")
    assert "effects/codec/readers/png.py" in log.getvalue()
    assert RECORDS_ATTRIBUTE not in vars(caught.value)
    assert pickle.loads(pickle.dumps(caught.value)).args == caught.value.args
    logging.getLogger("effects").setLevel(logging.WARNING)
    with pytest.raises(DecodeError):
        staff.call(decode, DAMAGED["png"])
    assert log.getvalue().count("is called damaged") == 1


@pytest.mark.slow
def test_a_program_that_asks_for_no_log_sees_none() -> None:
    script = (
        "import effects, sys\n"
        "try:\n    effects.decode(b'\\xff\\xd8\\xff')\n"
        "except effects.DecodeError as error:\n    print(error)\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=Path(__file__).parent.parent
    )
    assert ran.stdout == "This JPEG file is damaged: its header cannot be read.\n"
    assert ran.stderr == ""
