"""The stack of effects and looks, as cards, and its history."""
