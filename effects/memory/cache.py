"""What is made once and kept for the next picture: one budget of bytes for all of it, and a way to let it go."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial, update_wrapper, wraps
from itertools import count
from types import FunctionType, MethodType
from typing import Any, Generic, ParamSpec, TypeVar

import numpy as np

from effects.memory import heaps
from effects.memory.scratch import OWNERS
from effects.memory.sheets import SHEETS

Given = ParamSpec("Given")
Made = TypeVar("Made")

Arguments = tuple[Hashable, ...]
"""What a value was made of."""

CACHE_BYTES = 192 * 2**20
"""What may be kept in all: twelve maps of the largest picture whose map is kept, or more of what is smaller."""

ENTRY_BYTES = 1000
"""What an entry takes beside its arrays: its key, and the objects around them."""


@dataclass(slots=True)
class Entry:
    """A value, the bytes it takes, and when it was asked for last, as a number that rises."""

    value: Any
    size: int
    used: int


class Entries(OrderedDict[Arguments, Entry]):
    """What one owner keeps, by the arguments it was made of, in the order in which it was asked for."""

    newest: Entry | None = None
    """The one that was asked for last: it stands at the end already."""


class Cache:
    """Values by their owner and arguments, up to so many bytes; what was not asked for longest goes first.

    Safe from many threads. Each owner's entries stand in the order in which they were asked for, so that the one to go
    is found among the first of each, however many there are.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.held = 0
        self._lock = threading.RLock()
        self._clock = count()
        self._owners: defaultdict[Hashable, Entries] = defaultdict(Entries)

    def get(self, owner: Hashable, arguments: Arguments) -> Entry | None:
        """What is kept for an owner's arguments; they are hashed once, as a long pipeline's hash takes its time."""
        with self._lock:
            entries = self._owners[owner]
            entry = entries.get(arguments)
            if entry is not None:
                entry.used = next(self._clock)
                if entry is not entries.newest:
                    entries.move_to_end(arguments)
                    entries.newest = entry
            return entry

    def put(self, owner: Hashable, arguments: Arguments, value: Any, size: int, most: int | None = None) -> None:
        """Keep a value that takes `size` bytes, unless that is more than there may be; of its owner's, `most`."""
        if size > self.most:
            return
        with self._lock:
            entries = self._owners[owner]
            if entry := entries.pop(arguments, None):
                self.held -= entry.size
            while most is not None and len(entries) >= most:
                self._drop_first(entries)
            entries.newest = entries[arguments] = Entry(value, size, next(self._clock))
            self.held += size
            while self.held > self.most:
                self._drop_first(min(filter(None, self._owners.values()), key=_first_used))

    def clear(self, owner: Hashable = None) -> None:
        """Let go of everything, or of all that one owner has."""
        with self._lock:
            for entries in [self._owners[owner]] if owner is not None else self._owners.values():
                while entries:
                    self._drop_first(entries)

    def count(self, owner: Hashable) -> int:
        """How many values an owner has here."""
        with self._lock:
            return len(self._owners[owner])

    def _drop_first(self, entries: Entries) -> None:
        _, entry = entries.popitem(last=False)
        self.held -= entry.size
        if not entries:
            entries.newest = None


def _first_used(entries: Entries) -> int:
    return next(iter(entries.values())).used


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
        self,
        function: Callable[Given, Made],
        size: int | None,
        most: int | None,
        shared: tuple[type, ...],
        unless: Callable[..., bool] | None,
    ) -> None:
        update_wrapper(self, function)
        self._unless = unless
        self._size, self._most, self._shared = size, most, shared
        self._hits = self._misses = 0

    def __call__(self, *args: Given.args, **kwargs: Given.kwargs) -> Made:
        """The value for these arguments, made now if it is not there."""
        if self._unless is not None and self._unless(*args, **kwargs):
            return self.__wrapped__(*args, **kwargs)
        arguments = (args, *sorted(kwargs.items())) if kwargs else args
        entry = CACHE.get(self, arguments)
        if entry is not None:
            self._hits += 1
            kept: Made = entry.value
            return kept
        self._misses += 1
        value = self.__wrapped__(*args, **kwargs)
        size = self._size if self._size is not None else array_bytes(value, self._shared)
        CACHE.put(self, arguments, value, ENTRY_BYTES + array_bytes(arguments, self._shared) + size, self._most)
        return value

    def cache_clear(self) -> None:
        """Let go of this function's values."""
        CACHE.clear(self)

    def cache_info(self) -> Usage:
        """How much the cache was of use to this function."""
        return Usage(self._hits, self._misses, CACHE.count(self))


def byte_cache(
    *,
    size: int | None = None,
    most: int | None = None,
    shared: tuple[type, ...] = (),
    unless: Callable[..., bool] | None = None,
) -> Callable[[Callable[Given, Made]], CachedFunction[Given, Made]]:
    """Keep what a function of hashable arguments makes, within the budget that all such functions have together.

    `size` says how many bytes a value takes where its arrays do not tell; `most` how many values there may be, where
    most come once and never again; `shared` are types whose values are there anyway and do not count.
    Of arguments for which `unless` is true nothing is kept.
    """
    return lambda function: CachedFunction(function, size, most, shared, unless)


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


def number_cache(maxsize: int) -> Callable[[Callable[Given, Made]], Callable[Given, Made]]:
    """The last results of a function of plain numbers; what cannot be kept by its arguments is worked out each time.

    Such are the symbols of a trace (`effects.shaders`), which nobody else may be given.
    """

    def within(function: Callable[Given, Made]) -> Callable[Given, Made]:
        last: Callable[..., Made] = lru_cache(maxsize)(function)

        @wraps(function)
        def look_up(*given: Given.args, **named: Given.kwargs) -> Made:
            try:
                hash((given, *named.values()))
            except TypeError:
                return function(*given, **named)
            return last(*given, **named)

        return look_up

    return within


def clear_caches() -> None:
    """Let go of what this process keeps to be quicker next time: maps, tables, plans, fonts, and memory to work in.

    Nothing else changes: the next picture is the same, bit by bit, and takes as long as the first one did. What is
    being worked on meanwhile is not disturbed. Kept are at most 192 MB of results and 80 MB of memory for pictures;
    workers have caches of their own, which end with them.

    >>> import effects
    >>> effects.clear_caches()
    """
    CACHE.clear()
    for owner in list(OWNERS):
        owner.clear()
    SHEETS.clear()
    heaps.trim()
