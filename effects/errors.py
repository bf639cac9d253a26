"""What can go wrong, in a sentence a user can read: with pictures in one family, with recipes beside it."""

from __future__ import annotations


class PictureError(ValueError):
    """Something cannot be done with a picture: one sentence, which says what was asked and what is allowed.

    The family of `DecodeError`, `EncodeError`, `LimitError` and `ModelError`; all are ValueErrors.

    >>> from effects import DecodeError, EncodeError, LimitError
    >>> all(issubclass(kind, PictureError) for kind in (DecodeError, EncodeError, LimitError))
    True
    """


class DecodeError(PictureError):
    """A file holds no picture, a damaged one, or one of a kind that is not read.

    >>> from effects import decode
    >>> decode(b"")
    Traceback (most recent call last):
        ...
    effects.errors.DecodeError: The file is empty.
    """


class EncodeError(PictureError):
    """A picture cannot be written as was asked.

    >>> import numpy as np
    >>> from effects import Photo, encode
    >>> encode(Photo(np.zeros((2, 2, 3), np.uint8)), format="tga")
    Traceback (most recent call last):
        ...
    effects.errors.EncodeError: The format 'tga' cannot be written; it is one of jpeg, png, webp, avif.
    """


class LimitError(PictureError):
    """A picture asks for more than it may: of bytes, of pixels, of memory or of time.

    >>> from effects import decode
    >>> decode(bytes(26 * 2**20))
    Traceback (most recent call last):
        ...
    effects.errors.LimitError: The file has 26.0 MB; at most 25 MB are taken.
    """


class EncodeLimitError(EncodeError, LimitError):
    """A picture, or what is to go into its file, is too large for the format it is to be written in."""


class ModelError(PictureError):
    """A network that finds faces, people or subjects is missing, damaged, or has failed.

    >>> from effects.errors import ModelError, PictureError
    >>> issubclass(ModelError, PictureError)
    True
    """


class RecipeError(ValueError):
    """A step or recipe that cannot be: one sentence, which begins with the recipe's path to what is wrong.

    A step on its own stands in no recipe: it only knows where `within` itself the fault lies.

    >>> from effects import Pipeline
    >>> Pipeline.from_json('{"version": 1, "steps": [{"effect": "posterise"}]}')
    Traceback (most recent call last):
        ...
    effects.errors.RecipeError: steps[0].effect: there is no effect 'posterise'; did you mean posterize?
    """

    def __init__(self, sentence: str, path: str = "", within: str = "") -> None:
        super().__init__(f"{path}: {sentence}" if path else sentence)
        self.sentence = sentence
        self.within = within

    def at(self, path: str) -> RecipeError:
        """The same error of a step that stands at this path of a recipe."""
        return RecipeError(self.sentence, f"{path}.{self.within}" if self.within else path)
