"""What is made once and kept for the next picture: one budget of bytes for all of it, and a way to let it go."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial, update_wrapper
from types import FunctionType, MethodType
from typing import Any, Generic, ParamSpec, Self, TypeVar

import numpy as np

from effects.memory import heaps
from effects.memory.scratch import OWNERS
from effects.memory.sheets import SHEETS

Given = ParamSpec("Given")
Made = TypeVar("Made")

CACHE_BYTES = 192 * 2**20
"""What may be kept in all: twelve maps of the largest picture whose map is kept, or more of what is smaller."""

ENTRY_BYTES = 1000
"""What an entry takes beside its arrays: its key, and the objects around them."""


class Key(tuple[Hashable, ...]):
    """Who made a value and of which arguments; it knows its hash, which is asked for often and may take long."""

    _hash: int

    def __new__(cls, parts: Iterable[Hashable]) -> Self:
        """The key of these parts."""
        made = super().__new__(cls, parts)
        made._hash = super().__hash__(made)
        return made

    def __hash__(self) -> int:
        return self._hash


class Cache:
    """Values by their keys, up to so many bytes; what was not asked for longest goes first. Safe from many threads."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        self._lock = threading.RLock()
        self._entries: OrderedDict[Key, tuple[Any, int]] = OrderedDict()

    def get(self, key: Key) -> tuple[Any, int] | None:
        """The value and its bytes; None where it is not there."""
        with self._lock:
            entry = self._entries.get(key)
            if entry is not None:
                self._entries.move_to_end(key)
            return entry

    def put(self, key: Key, value: Any, size: int, count: int | None = None) -> None:
        """Keep a value that takes `size` bytes, unless that is more than there may be; of its owner's, `count`."""
        if size > self.most:
            return
        with self._lock:
            self._drop(key)
            if count is not None:
                own = [other for other in self._entries if other[0] is key[0]]
                for other in own[: max(0, len(own) + 1 - count)]:
                    self._drop(other)
            self._entries[key] = value, size
            self.held += size
            while self.held > self.most:
                self._drop(next(iter(self._entries)))

    def clear(self, owner: Hashable = None) -> None:
        """Let go of everything, or of what has a key that begins with its owner."""
        with self._lock:
            for key in [key for key in self._entries if owner is None or key[0] is owner]:
                self._drop(key)

    def count(self, owner: Hashable) -> int:
        """How many values an owner has here."""
        with self._lock:
            return sum(key[0] is owner for key in self._entries)

    def _drop(self, key: Key) -> None:
        _, size = self._entries.pop(key, (None, 0))
        self.held -= size


CACHE = Cache(CACHE_BYTES)
"""That of this process."""


@dataclass(frozen=True)
class Usage:
    """How often a function's value was there, how often it was made, and how many are kept now."""

    hits: int
    misses: int
    currsize: int


class CachedFunction(Generic[Given, Made]):
    """A function whose values are kept, by its arguments; used as those of `functools.lru_cache` are.

    A value is made outside of any lock: two threads that want it at the same moment may both make it.
    """

    __wrapped__: Callable[Given, Made]

    def __init__(
        self, function: Callable[Given, Made], size: int | None, count: int | None, shared: tuple[type, ...]
    ) -> None:
        update_wrapper(self, function)
        self._size, self._count, self._shared = size, count, shared
        self._hits = self._misses = 0

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """The value for these arguments, made now if it is not there."""
        key = Key((self, args, tuple(sorted(kwargs.items()))))
        entry = CACHE.get(key)
        if entry is not None:
            self._hits += 1
            kept: Made = entry[0]
            return kept
        self._misses += 1
        value = self.__wrapped__(*args, **kwargs)
        size = self._size if self._size is not None else array_bytes(value, self._shared)
        CACHE.put(key, value, ENTRY_BYTES + array_bytes(key[1:], self._shared) + size, self._count)
        return value

    def cache_clear(self) -> None:
        """Let go of this function's values."""
        CACHE.clear(self)

    def cache_info(self) -> Usage:
        """How much the cache was of use to this function."""
        return Usage(self._hits, self._misses, CACHE.count(self))


def byte_cache(
    *, size: int | None = None, count: int | None = None, shared: tuple[type, ...] = ()
) -> Callable[[Callable[Given, Made]], CachedFunction[Given, Made]]:
    """Keep what a function of hashable arguments makes, within the budget that all such functions have together.

    `size` says how many bytes a value takes where its arrays do not tell; `count` how many values there may be, where
    most come once and never again; `shared` are types whose values are there anyway and do not count.
    """
    return lambda function: CachedFunction(function, size, count, shared)


def array_bytes(value: object, shared: tuple[type, ...] = ()) -> int:
    """The bytes of all arrays and byte strings that a value holds on to, each once; not those of `shared` types."""
    seen: set[int] = set()
    left, size = [value], 0
    while left:
        item = left.pop()
        if id(item) in seen or isinstance(item, (str, int, float, type, *shared)):
            continue
        seen.add(id(item))
        match item:
            case np.ndarray() if isinstance(item.base, np.ndarray):
                left.append(item.base)
            case np.ndarray():
                size += item.nbytes
            case bytes() | bytearray():
                size += len(item)
            case Mapping():
                left += [*item.keys(), *item.values()]
            case tuple() | list() | set() | frozenset():
                left += item
            case FunctionType():
                left += [cell.cell_contents for cell in item.__closure__ or ()]
            case MethodType():
                left.append(item.__self__)
            case partial():
                left += [item.func, item.args, item.keywords]
            case _:
                left += getattr(item, "__dict__", {}).values()
    return size


def clear_caches() -> None:
    """Let go of what this process keeps to be quicker next time: maps, tables, plans, fonts, and memory to work in.

    Nothing else changes: the next picture is the same, bit by bit, and takes as long as the first one did. What is
    being worked on meanwhile is not disturbed. Kept are at most 192 MB of results and 80 MB of memory for pictures;
    workers have caches of their own, which end with them.
    """
    CACHE.clear()
    for owner in list(OWNERS):
        owner.clear()
    SHEETS.clear()
    heaps.give_back()
