"""What is not sent yet of a part of the page is taken back with all that stands in it."""

from __future__ import annotations

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue

from pages.borrowed import messages as borrowed
from tests.upgrades import forget, losses, take_away


@pytest.fixture(autouse=True)
def streamlit_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)
    forget()


def drawn(part: str, *place: int, block: bool = False) -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = place
    message.delta.fragment_id = part
    if block:
        message.delta.add_block.SetInParent()
    else:
        message.delta.new_element.empty.SetInParent()
    return message


def places_left(*unsent: ForwardMsg) -> list[tuple[int, ...]]:
    """What is sent of these once a run for the table begins."""
    queue = ForwardMsgQueue()
    for message in unsent:
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["table"])
    return [borrowed.place_of(message) for message in queue.flush()]


def test_parts_inside_of_one_that_is_drawn_anew_are_taken_back_with_it_and_what_comes_after_it_stands() -> None:
    unsent = (
        drawn("", 0, 0, block=True),
        drawn("strip", 0, 0, 0, block=True),
        drawn("table", 0, 0, 1, block=True),
        drawn("table", 0, 0, 1, 0),
        drawn("table", 0, 0, 1, 1, block=True),
        drawn("piece", 0, 0, 1, 1, 0, block=True),
        drawn("piece", 0, 0, 1, 1, 0, 0),
        drawn("", 0, 0, 2),
        drawn("strip", 0, 0, 0, 0),
    )
    theirs = [(0, 0), (0, 0, 0), (0, 0, 1, 1, 0), (0, 0, 1, 1, 0, 0), (0, 0, 2), (0, 0, 0, 0)]
    assert places_left(*unsent) == theirs, "Streamlit by itself sends what stands nowhere"
    borrowed.take_back_whole_parts()
    assert places_left(*unsent) == [(0, 0), (0, 0, 0), (0, 0, 1), (0, 0, 2), (0, 0, 0, 0)]


def test_what_draws_nothing_stays_where_it_was() -> None:
    borrowed.take_back_whole_parts()
    told, finished = ForwardMsg(), ForwardMsg()
    told.session_status_changed.run_on_save = True
    finished.script_finished = ForwardMsg.FINISHED_SUCCESSFULLY
    unsent = (told, drawn("table", 0, 0, block=True), drawn("table", 0, 0, 0), finished, drawn("", 0, 1))
    assert places_left(*unsent) == [(), (0, 0), (), (0, 1)]


def test_a_run_of_the_whole_page_takes_all_back() -> None:
    borrowed.take_back_whole_parts()
    queue = ForwardMsgQueue()
    queue.enqueue(drawn("table", 0, 0, block=True))
    queue.clear(retain_lifecycle_msgs=True)
    assert queue.is_empty()


def test_where_the_name_is_gone_that_is_told_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    take_away(monkeypatch, borrowed, "ForwardMsgQueue")
    borrowed.take_back_whole_parts()
    assert len(losses(caplog)) == 1
