"""What a step or recipe that cannot be is told with."""

from __future__ import annotations


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
