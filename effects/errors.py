"""What can go wrong, in a sentence a user can read: with pictures in one family, with recipes beside it."""

from __future__ import annotations


class PictureError(ValueError):
    """Something cannot be done with a picture: one sentence, which says what was asked and what is allowed."""


class DecodeError(PictureError):
    """A file holds no picture, a damaged one, or one of a kind that is not read."""


class EncodeError(PictureError):
    """A picture cannot be written as was asked."""


class LimitError(PictureError):
    """A picture asks for more than it may: of bytes, of pixels, of memory or of time."""


class EncodeLimitError(EncodeError, LimitError):
    """A picture, or what is to go into its file, is too large for the format it is to be written in."""


class RecipeError(ValueError):
    """A step or recipe that cannot be: one sentence, which begins with the recipe's path to what is wrong.

    A step on its own stands in no recipe: it only knows where `within` itself the fault lies.
    """

    def __init__(self, sentence: str, path: str = "", within: str = "") -> None:
        super().__init__(f"{path}: {sentence}" if path else sentence)
        self.sentence = sentence
        self.within = within

    def at(self, path: str) -> RecipeError:
        """The same error of a step that stands at this path of a recipe."""
        return RecipeError(self.sentence, f"{path}.{self.within}" if self.within else path)
