"""What recipes of each version take for granted, so that they open as they were meant, whatever the shelf becomes.

A link leaves out what stands at its default, and a recipe written by hand may leave out anything: both mean the
defaults of their version, which therefore never change. So a default on the shelf may become another one: old links
keep theirs, and new ones write the new one out. An effect or parameter may get another name: old recipes are read
under the new one.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Defaults = Mapping[str, Mapping[str, Any]]
"""Effect -> parameter -> default, as recipes write it."""


@dataclass(frozen=True)
class Version:
    """A version of recipes: its `defaults`, by the names of then, and what has happened to the shelf since.

    `effects` and `params` are renamed: from the name then (for a parameter, its effect's name then and its own) to
    today's. `changed_defaults` are the parameters, by today's names, whose default has become another: nothing is to be
    done for them, but tests want it to be meant.
    """

    defaults: Defaults
    effects: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[tuple[str, str], str] = field(default_factory=dict)
    changed_defaults: frozenset[tuple[str, str]] = frozenset()

    def current_name(self, effect: Any) -> Any:
        """Today's name of an effect; whatever is none stays what it is."""
        return self.effects.get(effect, effect) if isinstance(effect, str) else effect

    def complete_params(self, effect: str, params: Mapping[str, Any]) -> dict[str, Any]:
        """An effect's parameters by today's names, with those that this version's recipes leave out."""
        renamed = {self.params.get((effect, name), name): value for name, value in params.items()}
        return self.defaults_of(self.current_name(effect)) | renamed

    def defaults_of(self, effect: str) -> dict[str, Any]:
        """What this version's recipes need not say of an effect; all names are today's."""
        then = next((old for old, new in self.effects.items() if new == effect), effect)
        defaults = self.defaults.get(then, {})
        return {self.params.get((then, name), name): value for name, value in defaults.items()}


def read_defaults(version: int) -> Defaults:
    """The defaults of a version, from its file, to which new effects and parameters are added; the rest stays."""
    found: Defaults = json.loads(Path(__file__).with_name(f"recipe_v{version}.json").read_text(encoding="utf-8"))
    return found


V1 = Version(read_defaults(1))

VERSIONS: dict[int, Version] = {1: V1, 2: V1}
"""Each version that is read. 2 has groups and masks, and takes for granted what 1 does."""
