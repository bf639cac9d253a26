"""An iterator that a thread of its own runs ahead of, by a few items."""

from __future__ import annotations

import queue
import threading
from collections.abc import Generator, Iterator
from typing import Any, TypeVar

Item = TypeVar("Item")

AHEAD = 3
"""Items that wait: enough that neither side does for long, and of the largest frames not too many."""

LOOK_SECONDS = 0.1
"""How often a thread that cannot go on looks whether anybody still wants it to."""

END = object()


def ahead(items: Iterator[Item]) -> Generator[Item, None, None]:
    """The same items, made in another thread while the last ones are used; so is its error raised here.

    Whoever stops early closes it: then that thread has ended, and nothing runs behind one's back.
    """
    waiting: queue.Queue[Any] = queue.Queue(AHEAD)
    unwanted = threading.Event()
    errors: list[BaseException] = []

    def put(item: Any) -> bool:
        while not unwanted.is_set():
            try:
                waiting.put(item, timeout=LOOK_SECONDS)
            except queue.Full:
                continue
            return True
        return False

    def run() -> None:
        try:
            for item in items:
                if not put(item):
                    return
        except BaseException as error:
            errors.append(error)
        put(END)

    thread = threading.Thread(target=run, name="effects-video", daemon=True)
    thread.start()
    try:
        while (item := waiting.get()) is not END:
            yield item
            del item  # while the next one is waited for, nobody needs it
        if errors:
            raise errors[0]
    finally:
        unwanted.set()
        thread.join()
