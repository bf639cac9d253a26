"""`python -m tests.recipes`: write the recipes and defaults that are missing, and touch nothing that is there."""

from __future__ import annotations

import base64
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from effects import EFFECTS, LOOKS, Cube, Pipeline, Step, render
from effects.effect import Effect
from tests.pictures import gradient, written
from tests.recipes import DEFAULTS, FOLDER, SUMS, digest_of, files, name_of, sums, uncovered
from tests.recipes.samples import TABLES, strengths, variants

Kept = dict[str, Any]


def meant(effect: Effect, params: dict[str, Any], strength: float = 1.0, muted: bool = False) -> dict[str, Any]:
    """A step in full, as a file keeps it."""
    written_out = {param.name: param.mark.to_json(params[param.name]) for param in effect.params}
    return {"effect": effect.name, "params": written_out, "strength": strength, "muted": muted}


def defaults(effect: Effect) -> dict[str, Any]:
    """The parameters that a step has of which nothing is said."""
    return {param.name: param.default for param in effect.params}


def kept(steps: list[tuple[Effect, dict[str, Any], float, bool]]) -> Kept:
    """A stack as JSON and as a link, with its tables beside it, and what it means."""
    made = [Step(effect, params, strength, muted) for effect, params, strength, muted in steps]
    pipeline = Pipeline(tuple(made))
    tables = {name: cube.pack() for name, cube in pipeline.tables.items()}
    return {"recipe": pipeline.to_json(), "link": pipeline.to_link(), **({"tables": tables} if tables else {}),
            "steps": [meant(*step) for step in steps]}  # fmt: skip


def of_effect(effect: Effect) -> Kept:
    """An effect of which nothing is said, then its parameters at all sorts of values, weak, strong and muted."""
    steps = [(effect, defaults(effect), 1.0, False)]
    for turn, params in enumerate(variants(effect)):
        steps.append((effect, params, strengths(effect, turn), turn % 3 == 1))
    return kept(steps)


def of_look(look: Pipeline) -> Kept:
    """A look, which is its steps."""
    return kept([(step.effect, dict(step.params), step.strength, step.muted) for step in look.all_steps])


def inside(plugin: str) -> Kept:
    """A picture that brings its recipe, and the hash of the file it was made of."""
    source = written(gradient(6, 8), "PNG")
    steps = [(EFFECTS["text"], defaults(EFFECTS["text"]) | {"text": "Fjord «7» 안녕"}, 1.0, True),
             (EFFECTS["sepia"], {"amount": 0.35}, 0.5, False)]  # fmt: skip
    stack = kept(steps)
    file = render(source, stack["recipe"], format=plugin, embed_recipe=True)
    return stack | {"picture": base64.b64encode(file).decode(), "original": hashlib.sha256(source).hexdigest()}


def by_hand() -> Kept:
    """A recipe as a person writes it: whole numbers, capitals, no more than is needed."""
    border, levels, sepia = EFFECTS["border"], EFFECTS["posterize"], EFFECTS["sepia"]
    text = (
        '{"steps": [{"effect": "posterize", "params": {"levels": 6.0}}, {"effect": "sepia", "strength": 1},\n'
        ' {"params": {"color": "#FF8800"}, "effect": "border", "muted": true},\n'
        ' {"effect": "sepia", "params": {"amount": 1}, "strength": 0}], "version": 1}\n'
    )
    return {"recipe": text, "steps": [
        meant(levels, defaults(levels) | {"levels": 6}),
        meant(sepia, defaults(sepia)),
        meant(border, defaults(border) | {"color": "#ff8800"}, muted=True),
        meant(sepia, {"amount": 1.0}, 0.0),
    ]}  # fmt: skip


def table_file() -> Kept:
    """A recipe file that carries the numbers of its colour tables, and no table that changes nothing."""
    lut3d = EFFECTS["lut3d"]
    steps = [(lut3d, defaults(lut3d) | {"table": table}, 0.5, False) for table in TABLES]
    steps.append((lut3d, defaults(lut3d), 1.0, False))
    pipeline = Pipeline(tuple(Step(*step) for step in steps))
    assert all(isinstance(table, Cube) for table in TABLES)
    return {"recipe": pipeline.to_file(), "steps": [meant(*step) for step in steps]}


def everything() -> Iterator[tuple[str, Kept]]:
    """Each file's name and what is to stand in it."""
    for name, effect in EFFECTS.items():
        written_once = [path for path in files() if path.stem.split("-")[0] == name and path.parent.name == "effects"]
        if not written_once:
            yield f"effects/{name}.json", of_effect(effect)
        elif uncovered(effect):
            yield f"effects/{name}-{len(written_once) + 1}.json", of_effect(effect)
    yield from ((f"looks/{name}.json", of_look(look)) for name, look in LOOKS.items())
    yield from ((f"pictures/{name}.json", inside(name)) for name in ("jpeg", "png", "webp", "avif"))
    yield "files/nothing.json", kept([])
    yield "files/by_hand.json", by_hand()
    yield "files/tables.json", table_file()
    twenty = [*EFFECTS.values()][:20]
    yield "files/twenty.json", kept([(effect, defaults(effect), 1.0, False) for effect in twenty])


def freeze() -> None:
    """Add the defaults of new effects and parameters to those that never change."""
    frozen = json.loads(DEFAULTS.read_text(encoding="utf-8"))
    for effect in EFFECTS.values():
        known = frozen.setdefault(effect.name, {})
        for param in effect.params:
            known.setdefault(param.name, param.mark.to_json(param.default))
    lines = (f"  {json.dumps(name)}: {json.dumps(params, ensure_ascii=False)}" for name, params in frozen.items())
    DEFAULTS.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


def keep(path: Path, content: Kept) -> None:
    """Write one file, with its sum."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(text + "\n", encoding="utf-8")
    with SUMS.open("a", encoding="ascii") as listed:
        listed.write(f"{digest_of(path)}  {name_of(path)}\n")
    print(f"{name_of(path)}: new")


def main() -> int:
    """Add what is missing; 1 where a file is another than it was, which is for somebody to look at."""
    touched = [name_of(path) for path in files() if sums().get(name_of(path)) != digest_of(path)]
    if touched:
        print(f"These have been changed since they were written: {', '.join(touched)}.", file=sys.stderr)
        return 1
    freeze()
    known = sums()
    for name, content in everything():
        if name not in known:
            keep(FOLDER / name, content)
    return 0


if __name__ == "__main__":
    sys.exit(main())
