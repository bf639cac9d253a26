"""Recipes that were written once, and open with the same steps for ever; and the script that writes what is missing.

Each file of `v1` holds a recipe as it was written then (as JSON, as a link, in a picture) and, in full, the steps that
it meant. `python -m tests.recipes` adds files for effects, looks and parameters that have none, and the defaults of
new ones to `effects/recipe_v1.json`. It never touches what is there: a file's hash is kept in `v1/SHA256SUMS`, and
`tests/test_recipes_kept.py` fails where one is another. A recipe that opens otherwise than it did is mended in
`effects/migration.py`, not here.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from effects.effect import Effect
from effects.marks import Choice, Toggle
from effects.migration import VERSIONS

FOLDER = Path(__file__).parent / "v1"
SUMS = FOLDER / "SHA256SUMS"
DEFAULTS = Path(__file__).parents[2] / "effects" / "recipe_v1.json"


def files() -> list[Path]:
    """The kept recipes."""
    return sorted(FOLDER.glob("*/*.json"))


def name_of(path: Path) -> str:
    """What a file is called in the list of sums."""
    return path.relative_to(FOLDER).as_posix()


def sums() -> dict[str, str]:
    """The hash that each file had when it was written."""
    lines = SUMS.read_text(encoding="ascii").splitlines() if SUMS.exists() else []
    return {name: digest for digest, name in (line.split("  ") for line in lines)}


def kept_steps() -> list[dict[str, Any]]:
    """All steps that the files mean, by today's names."""
    steps = [step for path in files() for step in json.loads(path.read_text(encoding="utf-8"))["steps"]]
    return [today(step) for step in steps]


def today(step: dict[str, Any]) -> dict[str, Any]:
    """A step as a file keeps it, under the names that its effect and parameters have now."""
    names = {old: new for (effect, old), new in VERSIONS[1].params.items() if effect == step["effect"]}
    params = {names.get(name, name): value for name, value in step["params"].items()}
    return step | {"effect": VERSIONS[1].current_name(step["effect"]), "params": params}


def uncovered(effect: Effect) -> list[str]:
    """Parameters of an effect that no file sets to anything but the default, and options that none has."""
    steps = [step["params"] for step in kept_steps() if step["effect"] == effect.name]
    lacking = []
    for param in effect.params:
        found = [step[param.name] for step in steps if param.name in step]
        if all(value == param.mark.to_json(param.default) for value in found):
            lacking.append(param.name)
        if isinstance(param.mark, Choice):
            lacking += [f"{param.name}={option}" for option in param.mark.options if option not in found]
        if isinstance(param.mark, Toggle):
            lacking += [f"{param.name}={option}" for option in (True, False) if option not in found]
    return lacking


def digest_of(path: Path) -> str:
    """The SHA-256 of a file as it is."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
