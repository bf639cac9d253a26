"""The page Batch without a page: how photos come in, what becomes of them, what the zip holds, and what is left."""

from __future__ import annotations

import asyncio
import gc
import io
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from itertools import repeat
from typing import Any
from urllib.parse import urlencode

import pytest
from starlette.requests import Request

from effects import EFFECTS, Pipeline, decode, render
from effects.batch.work import Wishes
from effects.codec.limits import MAX_BYTES
from effects.errors import DecodeError, PictureError
from effects.workers.patience import Meanwhile
from pages.components.batch import roll as batch_roll
from pages.components.batch.batch_bar import can_start
from pages.components.batch.contact_sheet import sheet_data
from pages.components.batch.development import Development
from pages.components.batch.line import Line
from pages.components.batch.roll import MAX_PHOTOS, MAX_ZIPS, Roll, close_rolls, held_by_all, roll_of
from pages.components.batch.roll_zip import report, roll_zip
from pages.components.time_left import time_left
from pages.shell.rolls import send_zip, take_photo
from tests.pictures import encoded, photograph

PATIENCE = 60.0
"""Seconds that a busy machine may take for what takes one."""

PHOTO = encoded(photograph(24, 32), "JPEG")
DAMAGED = PHOTO[:40]
SEPIA = Wishes(Pipeline((EFFECTS["sepia"].step(),)).to_json())


class Here:
    """Jobs done where they are asked for; each waits until it is let go, if it is to."""

    def __init__(self, gate: threading.Event | None = None) -> None:
        self.gate = gate
        self.is_at_work = threading.Event()

    def call(self, function: Callable[..., Any], *args: Any, meanwhile: Meanwhile | None = None, **options: Any) -> Any:
        """As workers do it."""
        self.is_at_work.set()
        while self.gate and not self.gate.wait(0.01):
            if meanwhile:
                meanwhile()
        return function(*args, **options)


@pytest.fixture(autouse=True)
def _no_other_rolls(quick_sweeps: None) -> None:
    gc.collect()  # what an earlier test's page held, takes room on disk until nobody holds it


@pytest.fixture
def roll() -> Roll:
    return Roll()


def bring(
    roll: Roll, number: int, data: bytes, *, name: str = "a.jpg", size: int | None = None, cut: bool = False
) -> int:
    """Bring a photo as a browser does: what the server answers. `cut`, and the browser has gone before its end."""
    messages: Iterator[dict[str, Any]] = iter(
        [{"type": "http.request", "body": data, "more_body": cut}, {"type": "http.disconnect"}]
    )

    async def receive() -> dict[str, Any]:
        return next(messages)

    query = urlencode({"name": name, "size": len(data) if size is None else size})
    scope = {
        "type": "http", "method": "PUT", "headers": [], "query_string": query.encode(),
        "path_params": {"token": roll.token, "number": number},
    }  # fmt: skip
    return asyncio.run(take_photo(Request(scope, receive))).status_code


def develop(
    roll: Roll, *, template: str = "{stem}-{look}", wishes: Wishes = SEPIA, here: Here | None = None
) -> Development:
    development = Development(roll.chosen, wishes, template=template, look="sepia", executor=here or Here())
    roll.start(development)
    roll.report = report(development)
    return development


def unzipped(roll: Roll) -> dict[str, bytes]:
    """What the zip holds, as the browser gets it."""
    scope = {"type": "http", "method": "GET", "headers": [], "path_params": {"token": roll.token}}

    async def fetch() -> bytes:
        answer: Any = await send_zip(Request(scope))
        assert answer.status_code == 200
        data = b"".join([part async for part in answer.body_iterator])
        assert int(answer.headers["content-length"]) == len(data)
        return data

    with zipfile.ZipFile(io.BytesIO(asyncio.run(fetch()))) as made:
        assert made.testzip() is None
        assert {entry.compress_type for entry in made.infolist()} == {zipfile.ZIP_STORED}
        return {entry.filename: made.read(entry) for entry in made.infolist()}


@pytest.mark.slow
def test_each_photo_is_what_render_makes_in_the_order_of_the_numbers_and_a_damaged_one_is_a_line(roll: Roll) -> None:
    for number, name, data in (
        (3, "b.jpg", PHOTO),
        (1, "Été.jpg", PHOTO),
        (2, "bad\n.jpg", DAMAGED),
        (7, "B.png", PHOTO),
    ):
        assert bring(roll, number, data, name=name) == 200
    development = develop(roll)
    assert development.wait(PATIENCE)
    roll.report = report(development)
    found = unzipped(roll)
    assert [*found] == ["Été-sepia.jpg", "b-sepia.jpg", "B-sepia-2.jpg", "report.txt"]
    assert {found[name] for name in [*found][:3]} == {render(PHOTO, SEPIA.recipe_json)}
    with pytest.raises(DecodeError) as refused:
        render(DAMAGED, SEPIA.recipe_json)
    assert found["report.txt"].decode().split("\n") == [
        "3 of 4 photos developed.", f"bad\N{REPLACEMENT CHARACTER}.jpg: {refused.value}", "",
    ]  # fmt: skip
    assert [photo["status"] for photo in sheet_data(roll)["photos"]] == ["ready", "failed", "ready", "ready"]
    assert all(photo.small for photo in roll.row if photo.status == "ready")


def test_a_photo_that_is_not_ticked_is_neither_developed_nor_in_the_zip(roll: Roll) -> None:
    for number in (1, 2, 3):
        bring(roll, number, PHOTO, name=f"{number}.jpg")
    roll.left_out = frozenset({2})
    assert develop(roll, template="{number:02}").wait(PATIENCE)
    assert [*unzipped(roll)] == ["01.jpg", "02.jpg", "report.txt"]
    assert roll.photos[2].status == "waiting"
    roll.left_out = frozenset({1, 2})
    assert [*unzipped(roll)] == ["02.jpg", "report.txt"]


def test_what_was_cancelled_keeps_what_is_ready_and_tells_what_was_not_begun(roll: Roll) -> None:
    for number in (1, 2, 3, 4, 5):
        bring(roll, number, PHOTO, name=f"{number}.jpg")
    assert develop(roll).wait(PATIENCE)
    gate = threading.Event()
    here = Here(gate)
    roll.left_out = frozenset({1})
    development = develop(roll, here=here)
    assert here.is_at_work.wait(PATIENCE)
    assert roll.is_busy
    assert not development.is_cancelled
    roll.start(Development(roll.chosen, SEPIA, template="x", look=""))  # a second press
    assert roll.development is development
    roll.clear()  # a press that came late
    assert len(roll.row) == 5
    roll.cancel()
    assert development.wait(PATIENCE)
    assert development.is_cancelled
    roll.left_out = frozenset()
    assert [*unzipped(roll)] == ["1-sepia.jpg", "report.txt"]
    assert report(development) == "0 of 4 photos developed.\n4 were not begun.\n"
    assert develop(roll).wait(PATIENCE)
    assert len(unzipped(roll)) == 6


def test_what_is_too_large_or_empty_fails_by_its_name_and_nothing_of_it_is_kept(roll: Roll) -> None:
    assert bring(roll, 1, b"", name="large.jpg", size=MAX_BYTES + 1) == 200
    assert bring(roll, 2, b"", name="empty.jpg") == 200
    assert [photo.status for photo in roll.row] == ["failed", "failed"]
    assert bring(roll, 3, bytes(10), size=9) == 400  # it says it is smaller
    assert bring(roll, 4, bytes(8), size=9) == 400
    assert held_by_all() == 0
    assert [*roll.folder.iterdir()] == []
    assert develop(roll).wait(PATIENCE)
    lines = report(roll.development).split("\n")  # type: ignore[arg-type]
    assert lines[0] == "0 of 2 photos developed."
    assert lines[1].startswith("large.jpg: The file has 25.0 MB")
    assert lines[2] == "empty.jpg: The file is empty."


def test_what_is_no_picture_is_told_of_when_it_has_come_and_leaves_nothing_to_start(roll: Roll) -> None:
    for number, (name, data) in enumerate({"letter.jpg": b"%PDF-1.7 and so on", "half.jpg": DAMAGED}.items()):
        assert bring(roll, number, data, name=name) == 200
        with pytest.raises(PictureError) as refused:
            decode(data)
        assert roll.photos[number].sentence == str(refused.value)
    assert [photo["status"] for photo in sheet_data(roll)["photos"]] == ["failed", "failed"]
    assert ([*roll.folder.iterdir()], held_by_all()) == ([], 0)
    assert not can_start(roll)
    bring(roll, 5, PHOTO)
    assert can_start(roll)
    assert develop(roll).wait(PATIENCE)
    assert report(roll.development).startswith("1 of 3 photos developed.\n")  # type: ignore[arg-type]


def test_all_batches_together_have_so_much_room_on_disk(roll: Roll, monkeypatch: pytest.MonkeyPatch) -> None:
    other = Roll()
    assert bring(other, 1, PHOTO) == 200
    assert develop(other).wait(PATIENCE)
    held = len(PHOTO) + other.photos[1].result.stat().st_size
    assert held_by_all() == held
    monkeypatch.setattr(batch_roll, "MAX_HELD", held + len(PHOTO))
    assert [bring(roll, number, PHOTO) for number in (1, 2)] == [200, 200]
    assert [photo.sentence for photo in roll.row] == ["", batch_roll.FULL]
    assert not roll.photos[2].source.exists()
    other.clear()
    roll.drop([2])
    assert bring(roll, 2, PHOTO) == 200
    assert roll.photos[2].status == "waiting"


def test_so_many_zips_of_a_roll_are_on_their_way_at_once(roll: Roll) -> None:
    bring(roll, 1, PHOTO)
    assert develop(roll).wait(PATIENCE)
    request = Request({"type": "http", "method": "GET", "headers": [], "path_params": {"token": roll.token}})

    async def status() -> int:
        return (await send_zip(request)).status_code

    answers = [asyncio.run(send_zip(request)) for _ in range(MAX_ZIPS)]
    assert {answer.status_code for answer in answers} == {200}
    assert asyncio.run(status()) == 429
    del answers[-1]  # never sent: its browser has gone
    until = time.monotonic() + PATIENCE
    while asyncio.run(status()) == 429:  # the thread that made one knows of it until it ends
        assert time.monotonic() < until
        gc.collect()
    assert [*unzipped(roll)] == [*unzipped(roll)], "what was sent makes room for the next"


def test_there_is_room_for_so_many_and_none_takes_anothers_place(roll: Roll) -> None:
    for number in range(1, MAX_PHOTOS + 1):
        assert bring(roll, number, PHOTO) == 200
    assert bring(roll, MAX_PHOTOS + 1, PHOTO) == 409
    roll.drop([1])
    assert bring(roll, 10**400, PHOTO) == 409
    assert bring(roll, 2, DAMAGED) == 409
    assert roll.photos[2].source.read_bytes() == PHOTO
    assert bring(roll, MAX_PHOTOS + 1, PHOTO) == 200
    assert bring(roll, MAX_PHOTOS + 2, PHOTO) == 409
    roll.clear()
    assert sheet_data(roll)["gone"] == MAX_PHOTOS + 1
    assert [*roll.folder.iterdir()] == []
    roll.token = "stranger's"
    assert bring(roll, 1, PHOTO) == 404


def test_a_photo_whose_sender_goes_is_gone_and_there_is_nothing_to_start(roll: Roll) -> None:
    assert not can_start(roll)
    bring(roll, 1, PHOTO, cut=True)
    assert roll.row == []
    assert [*roll.folder.iterdir()] == []
    bring(roll, 2, PHOTO)
    assert can_start(roll)
    roll.sending = 1
    assert sheet_data(roll)["sending"] == 1  # by which a sheet that comes back knows what the server does not
    assert not can_start(roll)


def test_a_roll_that_nobody_has_any_more_leaves_nothing_and_its_work_ends() -> None:
    roll, here = Roll(), Here(threading.Event())
    for number in range(1, 9):
        bring(roll, number, PHOTO)
    folder, token, development = roll.folder, roll.token, develop(roll, here=here)
    assert here.is_at_work.wait(PATIENCE)
    assert folder.is_dir()
    del roll
    gc.collect()
    assert roll_of(token) is None
    assert development.wait(PATIENCE)
    assert development.is_cancelled
    assert not folder.exists()


def test_a_server_that_ends_begins_no_more_work(roll: Roll) -> None:
    for number in range(1, 9):
        bring(roll, number, PHOTO)
    here = Here(threading.Event())
    development = develop(roll, here=here)
    assert here.is_at_work.wait(PATIENCE)
    close_rolls()
    assert development.wait(PATIENCE)
    assert development.is_cancelled


def test_turns_come_in_the_order_they_are_asked_for_and_who_gives_up_holds_up_nobody() -> None:
    line, order, inside = Line(), list[int](), threading.Event()
    ends = {number: threading.Event() for number in range(3)}

    def come(number: int, wishes: Iterator[bool]) -> None:
        def meanwhile() -> None:
            if not next(wishes):
                raise CancelledError

        try:
            with line.turn(meanwhile):
                order.append(number)
                inside.set()
                ends[number].wait(PATIENCE)
        except CancelledError:
            order.append(-number)

    threads = []
    for number, wishes in enumerate((repeat(True), iter([True, False]), repeat(True))):
        threads.append(threading.Thread(target=come, args=(number, wishes)))
        threads[-1].start()
        if not number:
            assert inside.wait(PATIENCE)
    threads[1].join(PATIENCE)
    assert order == [0, -1]
    ends[0].set()
    ends[2].set()
    for thread in threads:
        thread.join(PATIENCE)
    assert order == [0, -1, 2]


def test_the_time_left_is_told_as_one_says_it() -> None:
    assert [time_left(seconds) for seconds in (0.2, 10.4, 59, 89, 91)] == [
        "about 1 s left", "about 10 s left", "about 59 s left", "about 1 minute left", "about 2 minutes left",
    ]  # fmt: skip


def test_the_zip_is_on_disk_and_not_in_memory(roll: Roll) -> None:
    bring(roll, 1, PHOTO)
    assert develop(roll).wait(PATIENCE)
    file, size = roll_zip(roll)
    with file:
        assert isinstance(file.fileno(), int)
        assert len(file.read()) == size
