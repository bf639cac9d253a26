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


def test_parts_inside_of_one_that_is_drawn_anew_are_taken_back_with_it() -> None:
    unsent = (
        drawn("strip", 0, 1, 0),
        drawn("table", 0, 0, 2),
        drawn("table", 0, 0, 3, block=True),
        drawn("piece", 0, 0, 3, 5),  # in a place that is taken back
        drawn("piece", 0, 0, 4, 0),  # after it
        drawn("other", 0, 0, 1, 0),  # before it, where the browser has what it stands in
    )
    assert len(places_left(*unsent)) == 4, "Streamlit by itself sends what stands nowhere"
    borrowed.take_back_whole_parts()
    assert places_left(*unsent) == [(0, 1, 0), (0, 0, 1, 0)]


def test_what_draws_nothing_stays() -> None:
    borrowed.take_back_whole_parts()
    told = ForwardMsg()
    told.session_status_changed.run_on_save = True
    assert places_left(told, drawn("table", 0, 0)) == [()]


def test_where_the_name_is_gone_that_is_told_and_nothing_breaks(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    take_away(monkeypatch, borrowed, "ForwardMsgQueue")
    borrowed.take_back_whole_parts()
    assert len(losses(caplog)) == 1
