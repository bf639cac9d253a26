"""Errors are one family: which of them says what, wherever it comes from."""

from __future__ import annotations

import json
import struct
import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import effects
from effects import (
    DecodeError,
    EncodeError,
    LimitError,
    Photo,
    PictureError,
    Pipeline,
    RecipeError,
    decode,
    encode,
    open_preview,
    render,
    workers,
)
from effects.codec import writing
from effects.codec.containers.chunks import SIGNATURE, chunk
from effects.codec.limits import MAX_BYTES, MAX_PIXELS, lacks_memory
from effects.workers.pool import Workers
from tests import hazards
from tests.pictures import gradient, written
from tests.stated_pngs import png
from tests.test_pages import bench_of, opened
from tests.unforeseen import unforeseen

NO_STEPS = Pipeline().to_json()
FAMILY = {DecodeError, EncodeError, LimitError}


def stated(width: int, height: int) -> bytes:
    """The beginning of a PNG that says it is that large."""
    return SIGNATURE + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + chunk(b"IDAT", b"")


def icon_of(picture: bytes) -> bytes:
    """An icon file with one picture, said to be small."""
    return struct.pack("<HHHBBBBHHII", 0, 1, 1, 16, 16, 0, 0, 1, 32, len(picture), 22) + picture


def test_the_family_is_of_value_errors_and_recipes_stand_beside_it() -> None:
    assert all(issubclass(error, PictureError) for error in FAMILY)
    assert all(not issubclass(one, other) for one in FAMILY for other in FAMILY if one is not other)
    assert issubclass(PictureError, ValueError)
    assert issubclass(RecipeError, ValueError)
    assert not issubclass(RecipeError, PictureError)
    assert {error.__name__ for error in FAMILY | {PictureError, RecipeError}} <= {*effects.__all__}


NO_PICTURES = {
    "empty": b"",
    "a document": b"%PDF-1.7",
    "cut": written(gradient(), "PNG")[:-30],
    "header alone": b"\xff\xd8\xff",
    "without pixels": stated(0, 5),
    "noise": bytes(range(256)),
}
TOO_MUCH = {
    "bytes": b"\xff\xd8\xff" + bytes(MAX_BYTES),
    "pixels": stated(60000, 60000),
    "one row of pixels too many": stated(1000, MAX_PIXELS // 1000 + 1),
    "pixels inside an icon": icon_of(stated(60000, 60000)),
}


@pytest.mark.parametrize("opened", [decode, open_preview, lambda data: render(data, NO_STEPS)])
@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_whole_picture_is_a_decode_error(data: bytes, opened: object) -> None:
    with pytest.raises(PictureError) as caught:
        opened(data)  # type: ignore[operator]
    assert caught.type is DecodeError


@pytest.mark.parametrize("opened", [decode, open_preview, workers.is_large, lambda data: render(data, NO_STEPS)])
@pytest.mark.parametrize("data", TOO_MUCH.values(), ids=TOO_MUCH)
def test_what_is_too_much_is_a_limit_error(data: bytes, opened: object) -> None:
    if opened is workers.is_large and data.startswith(b"\0\0\1\0"):
        pytest.skip("only its own header is looked at before")
    with pytest.raises(PictureError) as caught:
        opened(data)  # type: ignore[operator]
    assert caught.type is LimitError


def test_the_limits_themselves_are_not_too_much() -> None:
    assert not issubclass(_error(stated(1000, MAX_PIXELS // 1000)), LimitError)  # it is damaged behind its header
    assert not issubclass(_error(b"\xff\xd8\xff" + bytes(MAX_BYTES - 3)), LimitError)


def _error(data: bytes) -> type[Exception]:
    with pytest.raises(PictureError) as caught:
        decode(data)
    return caught.type


@pytest.mark.parametrize("wish", [{"format": "gif"}, {"quality": 0}, {"quality": 101}, {"metadata": "some"}])
def test_what_no_encoder_does_is_an_encode_error(wish: dict[str, object]) -> None:
    asked: Any = wish
    with pytest.raises(PictureError) as caught:
        encode(Photo(gradient()), **asked)
    assert caught.type is EncodeError
    with pytest.raises(PictureError) as caught:
        render(written(gradient(), "PNG"), NO_STEPS, **asked)
    assert caught.type is EncodeError


def test_a_longest_side_that_is_none_is_an_encode_error() -> None:
    with pytest.raises(EncodeError):
        render(written(gradient(), "PNG"), NO_STEPS, max_side=0)


@pytest.mark.parametrize(("size", "wish"), [
    ((1, 16384), {"format": "webp"}), ((1, 65501), {"format": "jpeg"}), ((32769, 1), {"format": "avif"}),
    ((5001, 6000), {"format": "avif"}), ((2, 2), {"recipe": '"' * 20000}),
])  # fmt: skip
def test_what_is_too_large_to_be_written_is_an_encode_error_and_a_limit(
    size: tuple[int, int], wish: dict[str, str]
) -> None:
    with pytest.raises(EncodeError) as caught:
        encode(Photo(np.zeros((*size, 3), np.uint8)), **wish)  # type: ignore[arg-type]
    assert isinstance(caught.value, LimitError)
    assert not isinstance(caught.value, DecodeError)


@pytest.mark.parametrize(("raised", "expected"), [
    (OSError("encoder error -2 when writing image file"), {EncodeError}),
    (MemoryError(), {EncodeError, LimitError}),
    (RuntimeError("Failed to encode image: Out of memory"), {EncodeError, LimitError}),
])  # fmt: skip
def test_an_encoder_that_fails_is_told_in_a_sentence(
    raised: Exception, expected: set[type[Exception]], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> bytes:
        raise raised

    monkeypatch.setitem(writing.WRITERS, "webp", fail)
    with pytest.raises(PictureError, match=r"^[A-Z][^\n]*webp[^\n]*\.$") as caught:
        encode(Photo(gradient()), "webp")
    assert {error for error in FAMILY if isinstance(caught.value, error)} == expected


def test_words_of_a_person_are_not_taken_for_a_lack_of_memory() -> None:
    assert not lacks_memory(RecipeError("there is no effect 'out of memory'"))
    assert lacks_memory(OSError("out of memory when reading image file"))


def test_a_stack_that_makes_too_large_a_picture_is_the_recipes_fault() -> None:
    steps = [{"effect": "resize", "params": {"by": "exact", "width": 20000, "height": 20000}}]
    with pytest.raises(RecipeError):
        render(written(gradient(), "PNG"), json.dumps({"version": 1, "steps": steps}))


@pytest.fixture(scope="module")
def staff() -> Iterator[Workers]:
    staff = Workers(count=1, seconds=1.5, memory=60 * 2**20)
    yield staff
    staff.close()


@pytest.mark.slow
@pytest.mark.parametrize("large", [False, True])
def test_time_is_a_limit_and_no_fault_of_the_file(staff: Workers, large: bool) -> None:
    with pytest.raises(PictureError) as caught:
        staff.call(hazards.hang, large=large)
    assert caught.type is LimitError


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="address space is limited on Linux only")
def test_memory_is_a_limit_and_no_fault_of_the_file(staff: Workers) -> None:
    file = png(np.zeros((4000, 4000, 3), np.uint8))
    with pytest.raises(PictureError, match="memory") as caught:
        staff.call(decode, file)
    assert caught.type is LimitError


@pytest.mark.slow
@pytest.mark.parametrize(("data", "says"), [
    (TOO_MUCH["pixels"], "3600.0 megapixels"), (NO_PICTURES["cut"], "damaged"), (TOO_MUCH["bytes"], "25.0 MB"),
])  # fmt: skip
def test_the_page_tells_every_refusal_and_goes_on(data: bytes, says: str) -> None:
    app = opened()
    app.file_uploader(key="upload").upload("holiday.png", data, "image/png").run()
    assert not unforeseen(app)
    assert any(says in str(told.value) for told in app.error)
    app.file_uploader(key="upload").upload("lake.png", written(gradient(), "PNG"), "image/png").run()
    assert not app.error
    assert bench_of(app).photo is not None
