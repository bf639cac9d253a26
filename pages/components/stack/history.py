"""The way back and forth: the stacks there were, each with what led to it, and the one that one is at."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pages.components.stack.card import Stack
from pages.components.words import later

STEPS_BACK = 100  # that undo goes
START = later("Start")


@dataclass(frozen=True)
class State:
    """A stack, and what led to it; of a parameter that was set, the card's title and the parameter's name.

    Its number rises with time, and no other state ever had it: what is asked of one that has gone is asked of none.
    """

    number: int
    title: str
    stack: Stack = ()
    param: str = ""


@dataclass(frozen=True)
class History:
    """The states, the oldest first, the place of the one that one is at, and the number that was given last."""

    states: tuple[State, ...] = (State(0, START),)
    place: int = 0
    last_number: int = 0

    @property
    def now(self) -> State:
        """The state one is at."""
        return self.states[self.place]

    @property
    def past(self) -> tuple[State, ...]:
        """The states before it."""
        return self.states[: self.place]

    @property
    def future(self) -> tuple[State, ...]:
        """The states after it, which were taken back."""
        return self.states[self.place + 1 :]

    def add(self, title: str, stack: Stack, param: str = "") -> History:
        """One step on; what had been taken back is given up, and what lies too far back."""
        number = self.last_number + 1
        states = (*self.past, self.now, State(number, title, stack, param))[-STEPS_BACK - 1 :]
        return History(states, len(states) - 1, number)

    def go_on(self, stack: Stack) -> History:
        """The last step leads to this stack instead; it is no step where that is the stack it began at."""
        if self.past and self.past[-1].stack == stack:
            return replace(self, states=self.past, place=self.place - 1)
        return replace(self, states=(*self.past, replace(self.now, stack=stack)))

    def known_as(self, stack: Stack) -> History:
        """The same, with this in place of the stack one is at: more is known of its cards, and nothing was done."""
        return replace(self, states=(*self.past, replace(self.now, stack=stack), *self.future))

    def by(self, steps: int) -> History:
        """So many steps on (or, below nothing, back), as far as there are any."""
        return replace(self, place=min(max(self.place + steps, 0), len(self.states) - 1))

    def at(self, number: int) -> History:
        """At the state of this number, if it is still there."""
        places = [place for place, state in enumerate(self.states) if state.number == number]
        return replace(self, place=places[0]) if places else self
