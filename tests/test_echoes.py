"""Old values of widgets that come back from the browser are told from a person's wish."""

from __future__ import annotations

from pages.components.echoes import MAX_ECHO_SECONDS, Echoes


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def test_a_value_that_was_just_replaced_is_an_echo_and_another_is_not() -> None:
    echoes = Echoes(Clock())
    echoes.note_replaced("c1-amount", 0.7, "")
    echoes.note_replaced("c1-amount", 0.8, "")
    assert echoes.has("c1-amount", 0.7, "")
    assert echoes.has("c1-amount", 0.8, "c2-on k9")
    assert not echoes.has("c1-amount", 0.6, "")
    assert not echoes.has("c2-amount", 0.7, "")


def test_what_a_person_has_taken_in_hand_since_is_a_wish() -> None:
    echoes = Echoes(Clock())
    echoes.note_replaced("c1-amount", 0.7, "c1-amount k3s")
    assert echoes.has("c1-amount", 0.7, "c1-amount k3s")
    assert not echoes.has("c1-amount", 0.7, "c1-amount k4s")


def test_an_echo_dies_away() -> None:
    clock = Clock()
    echoes = Echoes(clock)
    echoes.note_replaced("c1-amount", 0.7, "")
    clock.now += MAX_ECHO_SECONDS
    assert not echoes.has("c1-amount", 0.7, "")
