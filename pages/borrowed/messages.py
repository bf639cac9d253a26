"""What Streamlit has not sent yet and takes back: all of a part of the page, and not only what it drew by itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import Any

from effects.borrowed import lent, private

QUEUE = "streamlit.runtime.forward_msg_queue"


@lent("streamlit", "who opens a photo while the page is being sent may lose that page", otherwise=False)
def take_back_whole_parts() -> bool:
    """Have what is taken back before a part's run taken back with the parts inside of it; whether that is so.

    Streamlit takes back what the part itself drew, and goes on to send what parts in it drew, and what comes after it:
    into places that the browser was never told of, for which it gives up the page. The place of the part itself goes on
    being sent, as what comes after it, which is not drawn again, stands on that. To be called by the server, before its
    first session.
    """
    queue = private(QUEUE, "ForwardMsgQueue")
    clear_theirs = queue.clear
    list(queue()._queue)  # here, where its loss breaks nothing

    def clear(unsent: Any, retain_lifecycle_msgs: bool = False, fragment_ids_this_run: list[str] | None = None) -> None:
        before = list(unsent._queue) if fragment_ids_this_run else []
        clear_theirs(unsent, retain_lifecycle_msgs, fragment_ids_this_run)
        if not before:
            return
        left = list(unsent._queue)
        kept = {id(message) for message in left}
        gone = [message for message in before if id(message) not in kept and is_block(message)]
        parts = [each for each in gone if not any(is_inside(place_of(each), place_of(other)) for other in gone)]
        places = [place_of(each) for each in parts]
        unsent._queue = in_order(before, parts, [each for each in left if not stands_in(each, places)])

    queue.clear = clear
    return True


def in_order(before: Sequence[Any], parts: Sequence[Any], left: Sequence[Any]) -> list[Any]:
    """What is left and the blocks of parts as they came; what was changed comes where it was left."""
    came = {id(message): number for number, message in enumerate(before)}
    numbers, last = [], 0
    for message in left:
        last = came.get(id(message), last)
        numbers.append(last)
    numbered = [*zip(numbers, left, strict=True), *((came[id(message)], message) for message in parts)]
    return [message for _, message in sorted(numbered, key=itemgetter(0))]


def is_block(message: Any) -> bool:
    """Whether it makes a place for others."""
    return message.HasField("delta") and message.delta.WhichOneof("type") == "add_block"


def place_of(message: Any) -> tuple[int, ...]:
    """Where on the page a message draws, from the outermost place on; nowhere where it draws nothing."""
    return tuple(message.metadata.delta_path) if message.HasField("delta") else ()


def is_inside(place: tuple[int, ...], block: tuple[int, ...]) -> bool:
    """Whether a place is one within a block."""
    return len(place) > len(block) and place[: len(block)] == block


def stands_in(message: Any, blocks: Iterable[tuple[int, ...]]) -> bool:
    """Whether a message draws within one of these blocks."""
    return any(is_inside(place_of(message), block) for block in blocks)
