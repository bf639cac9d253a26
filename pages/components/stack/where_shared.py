"""Cards that count where the card above them does: they follow it, whatever becomes of its mask."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from pages.components.stack.card import Card, Stack


def with_shared_masks(stack: Stack, before: Stack = ()) -> Stack:
    """The stack with the mask of the card above on each card that follows it.

    A card that has come below another one than it followed in the stack `before` follows no more, unless both have the
    same mask; one whose mask has gone counts everywhere, as that above it does.
    """
    followed = {card.id: above.id for above, card in pairwise(before)}
    settled: list[Card] = []
    for card in stack:
        fresh, above = card, settled[-1] if settled else None
        if card.is_as_above and above is not None and followed.get(card.id) == above.id and card.has_slider:
            fresh = card if card.step.mask == above.step.mask else with_mask_of(card, above)
        is_same = above is not None and bool(fresh.step.mask) and fresh.step.mask == above.step.mask
        settled.append(replace(fresh, is_as_above=False) if fresh.is_as_above and not is_same else fresh)
    return tuple(settled)


def with_mask_of(card: Card, above: Card) -> Card:
    """The card with the mask of another."""
    return replace(card, step=replace(card.step, mask=above.step.mask))


def noticed(stack: Stack) -> Stack:
    """The stack of a recipe, in which cards that have the mask of the card above follow that."""
    follows = [card.step.mask != () and card.step.mask == above.step.mask for above, card in pairwise(stack)]
    return (*stack[:1], *(replace(card, is_as_above=same) for card, same in zip(stack[1:], follows, strict=True)))
