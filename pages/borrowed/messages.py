"""What Streamlit has not sent yet and takes back: all of a part of the page, and not only what it drew by itself."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from effects.borrowed import lent, private

QUEUE = "streamlit.runtime.forward_msg_queue"


def take_back_whole_parts() -> None:
    """To be called by the server, before its first session."""
    take_back_what_stands_inside()


@lent("streamlit", "who opens a photo while the page is being sent may lose that page", otherwise=False)
def take_back_what_stands_inside() -> bool:
    """Have what is taken back before a part's run taken back with the parts inside of it; whether that is so.

    Streamlit takes back what the part itself drew, and goes on to send what parts in it drew: into places that the
    browser was never told of, for which it gives up the page.
    """
    queue = private(QUEUE, "ForwardMsgQueue")
    clear_theirs = queue.clear
    list(queue()._queue)  # here, where its loss breaks nothing

    def clear(unsent: Any, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None) -> None:
        before = list(unsent._queue)
        clear_theirs(unsent, retain_lifecycle_msgs, fragment_ids_this_run)
        if fragment_ids_this_run and unsent._queue:
            left = {id(message) for message in unsent._queue}
            gone = [place_of(message) for message in before if id(message) not in left]
            unsent._queue = [message for message in unsent._queue if not follows(place_of(message), gone)]

    queue.clear = clear
    return True


def place_of(message: Any) -> tuple[int, ...]:
    """Where on the page a message draws, from the outermost place on; nowhere where it draws nothing."""
    return tuple(message.metadata.delta_path) if message.HasField("delta") else ()


def follows(place: tuple[int, ...], gone: Iterable[tuple[int, ...]]) -> bool:
    """Whether a place is in one of these, or comes after one in what both stand in: it is nothing without that."""
    return any(
        len(place) >= len(one) > 0 and place[: len(one) - 1] == one[:-1] and place[len(one) - 1] >= one[-1]
        for one in gone
    )
