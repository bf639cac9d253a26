"""Recipes: steps as JSON and as the text of a link, and back, whoever wrote them.

A recipe is {"version": 1, "steps": [{"effect": ..., "params": {...}, "strength": 1.0, "muted": false}]}. Only the
effect's name is required of a step. In version 2, which is written only where it is needed, a group may stand where a
step does: {"title": "Noir", "strength": 0.8, "muted": false, "steps": [...]}, of which only the steps are required;
and a step or a group may have a mask: "mask": [{"kind": "radial", "x": 0.5, ...}], shapes (see `effects.masks.shapes`),
of which only the kind is required. In links the points of a brush's strokes are texts (`effects.masks.strokes`).
A recipe file also has "tables": the colour tables and backdrops of its steps, by SHA-256. One inside a picture may have
"original": the SHA-256 of the file it was made of, by which that is known again.
Everything that is wrong is a `RecipeError` that names its path. What a step leaves out stands at the default of the
recipe's version, which never changes (see `effects.migration`).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import re
import zlib
from collections.abc import Mapping, Sequence
from typing import Any

from effects.catalogue import effect_named
from effects.effect import Effect, RecipeError, Step
from effects.group import Group, StepOrGroup, has_masks, steps_in
from effects.logs import log_unexpected
from effects.marks import NOTHING, Kept, ParamError, quote
from effects.masks.strokes import count_points
from effects.migration import VERSIONS, Version
from effects.tables.cube import IDENTITY

log = logging.getLogger(__name__)

VERSION, LATER_VERSION = 1, 2
"""What is written, and what is written where there are groups or masks."""

MAX_STEPS = 20
"""Those in groups counted."""

MAX_RECIPE_BYTES = 8192
MAX_MASKED_BYTES = 262_144
"""Of one with masks: the strokes of a brush are thousands of points."""

MAX_MASK_POINTS = 20_000
"""Of the strokes in all masks together, as a recipe says them: more than so many bytes hold as pairs of three decimals.
As texts they are far shorter, and are thinned for as long."""

MAX_LINK = 8192
"""Characters of a link's text."""

MAX_FILE_BYTES = 1_000_000
"""Of a recipe that carries the numbers of its colour tables and backdrops."""

STEP_KEYS = ("effect", "params", "strength", "muted")
MASKED_STEP_KEYS = (*STEP_KEYS, "mask")
GROUP_KEYS = ("title", "strength", "muted", "mask", "steps")


def to_json(steps: Sequence[StepOrGroup]) -> str:
    """The recipe with every parameter written out; RecipeError for what `from_json` would not read."""
    recipe = _recipe_json(steps)
    text = json.dumps(recipe, ensure_ascii=False)
    _check_size(text)
    _check_counts(recipe["steps"])
    return text


def _recipe_json(steps: Sequence[StepOrGroup], *, short_masks: bool = False) -> dict[str, Any]:
    return {"version": version_of(steps), "steps": [_step_json(step, short_masks) for step in steps]}


def version_of(steps: Sequence[StepOrGroup]) -> int:
    """The first version that can say these: whoever reads no later one can open all but what is new in it."""
    return LATER_VERSION if has_masks(steps) or any(isinstance(step, Group) for step in steps) else VERSION


def to_json_inside(steps: Sequence[StepOrGroup], original: bytes) -> str:
    """The recipe as it stands inside a picture that was made by it: with the hash of the file it was made of.

    Masks are as in a link: there is little room.
    """
    recipe = _recipe_json(steps, short_masks=True) | {"original": hashlib.sha256(original).hexdigest()}
    return json.dumps(recipe, ensure_ascii=False)


def original_of(text: str) -> str:
    """The SHA-256 of the file that a picture with this recipe inside was made of; nothing where it does not say."""
    try:
        original = json.loads(text)["original"]
        _check_digest(original)
    except (ValueError, TypeError, KeyError, RecursionError):
        return ""
    return str(original)


def to_link(steps: Sequence[StepOrGroup]) -> str:
    """The recipe as URL-safe text: what stands at its default is left out, the rest deflated, then base64url.

    RecipeError where that is more than a link can hold, so that every link opens again.
    """
    version = version_of(steps)
    recipe = {"version": version, "steps": [_short_step_json(step, VERSIONS[version]) for step in steps]}
    text = json.dumps(recipe, ensure_ascii=False, separators=(",", ":")).encode()
    link = base64.urlsafe_b64encode(zlib.compress(text, 9)).decode().rstrip("=")
    if len(text) > MAX_RECIPE_BYTES or len(link) > MAX_LINK:
        if has_masks(steps):
            raise RecipeError(
                "the masks of this stack are painted in more strokes than a link can hold; a recipe file can"
            )
        raise RecipeError("this stack says more than a link can hold")
    return link


def to_file(steps: Sequence[StepOrGroup]) -> str:
    """As `to_json`, with the numbers of its tables and backdrops; RecipeError if these are too many for one file."""
    packed = {name: kept.pack() for name, kept in tables_of(steps).items()}
    if not packed:
        return to_json(steps)
    recipe = _recipe_json(steps) | {"tables": packed}
    _check_counts(recipe["steps"])
    text = json.dumps(recipe, ensure_ascii=False)
    if len(text.encode()) > MAX_FILE_BYTES:
        sentence = "this recipe's colour tables and backdrops need more than the 1 MB that a recipe file may have"
        raise RecipeError(sentence, "tables")
    return text


def tables_of(steps: Sequence[StepOrGroup]) -> dict[str, Kept]:
    """The colour tables that the steps look up, and their backdrops, by SHA-256."""
    values = (value for step in steps_in(steps) for value in step.params.values() if isinstance(value, Kept))
    return {value.sha256: value for value in values if value.sha256 not in (NOTHING, IDENTITY.sha256)}


def from_json(text: str | bytes, tables: Mapping[str, Any] | None = None) -> tuple[StepOrGroup, ...]:
    """The steps of a recipe of at most 8 KB and 20 steps, or of a file that brings its tables, of at most 1 MB.

    `tables` are the colour tables and backdrops at hand already, by SHA-256.
    """
    _check_size(text)
    try:
        recipe = json.loads(text)
    except RecursionError:
        raise RecipeError("this recipe is nested too deeply; steps and their params are all the depth") from None
    except ValueError as error:
        raise RecipeError(f"this is not a recipe in JSON: {str(error)[:200]}") from None
    recipe = _expect(recipe, dict, "an object", "recipe")
    brought = _expect(recipe.get("tables", {}), dict, "an object", "tables")
    return _read_steps(recipe, {**brought, **(tables or {})})


def from_link(text: str, tables: Mapping[str, Any] | None = None) -> tuple[StepOrGroup, ...]:
    """The steps of a link's text."""
    return from_json(link_json(text), tables)


def link_json(text: str) -> bytes:
    """The recipe, as JSON that nobody has read yet, in a link's text."""
    broken = RecipeError("this link holds no recipe; it may have been cut short when it was copied")
    if len(text) > MAX_LINK:
        raise RecipeError(f"a link's recipe has at most {MAX_LINK} characters, and this one has more")
    try:
        packed = base64.b64decode(text.strip() + "=" * (-len(text.strip()) % 4), altchars=b"-_", validate=True)
        unpacker = zlib.decompressobj()
        recipe = unpacker.decompress(packed, MAX_RECIPE_BYTES + 1)
    except (ValueError, binascii.Error, zlib.error) as error:
        log_unexpected(log, "A link holds no recipe", error, logging.DEBUG)
        raise broken from None
    if len(recipe) <= MAX_RECIPE_BYTES and not unpacker.eof:
        raise broken
    return recipe


def _step_json(step: StepOrGroup, short_masks: bool = False) -> dict[str, Any]:
    if isinstance(step, Group):
        inner = [_step_json(each, short_masks) for each in step.steps]
        group_json = {"title": step.title, "strength": step.strength, "muted": step.muted}
        return group_json | _mask_json(step, short_masks) | {"steps": inner}
    return {
        "effect": step.effect.name,
        "params": {param.name: param.mark.to_json(step.params[param.name]) for param in step.effect.params},
        "strength": step.strength,
        "muted": step.muted,
        **_mask_json(step, short_masks),
    }


def _mask_json(step: StepOrGroup, short: bool) -> dict[str, Any]:
    shapes = [shape.to_short_json() if short else shape.to_json() for shape in step.mask]
    return {"mask": shapes} if shapes else {}


def _short_step_json(step: StepOrGroup, version: Version) -> dict[str, Any]:
    short: dict[str, Any]
    if isinstance(step, Group):
        short = {"title": step.title} if step.title else {}
    else:
        plain = step.effect.step(**_unsaid_values(step.effect, version))
        params = _step_json(step)["params"]
        changed = {name: value for name, value in params.items() if step.params[name] != plain.params[name]}
        short = {"effect": step.effect.name} | ({"params": changed} if changed else {})
    short |= {"strength": step.strength} if step.strength != 1 else {}
    short |= {"muted": True} if step.muted else {}
    short |= _mask_json(step, short=True)
    if isinstance(step, Group):
        short |= {"steps": [_short_step_json(each, version) for each in step.steps]}
    return short


def _unsaid_values(effect: Effect, version: Version) -> dict[str, Any]:
    """The values that a recipe of this version need not say."""
    defaults = version.defaults_of(effect.name)
    return {
        param.name: param.mark.from_json(defaults[param.name], {}) for param in effect.params if param.name in defaults
    }


def _read_steps(recipe: dict[str, Any], tables: Mapping[str, Any]) -> tuple[StepOrGroup, ...]:
    _check_keys(recipe, ("version", "steps", "tables", "original"), "")
    _check_digest(recipe.get("original", ""))
    version = recipe.get("version")
    if isinstance(version, bool) or not isinstance(version, int | float) or version not in VERSIONS:
        known = ", ".join(str(number) for number in VERSIONS)
        raise RecipeError(f"version {quote(version)} is unknown; this program reads version {known}", "version")
    items = _expect(recipe.get("steps"), list, "a list of steps", "steps")
    _check_counts(items)
    defaults = VERSIONS[int(version)]
    read = _read_item if version >= LATER_VERSION else _read_step
    return tuple(read(item, tables, f"steps[{index}]", defaults) for index, item in enumerate(items))


def _check_size(text: str | bytes) -> None:
    """Refuse a recipe of too many bytes, before it is parsed."""
    size = len(text) if len(text) > MAX_FILE_BYTES else len(_as_bytes(text))
    most = MAX_MASKED_BYTES if _holds(text, "mask") else MAX_RECIPE_BYTES
    if size > (MAX_FILE_BYTES if _holds(text, "tables") else most):
        raise RecipeError(
            f"a recipe has at most {most} bytes (1 MB with colour tables or backdrops), and this one has more"
        )


def _check_counts(items: Sequence[Any]) -> None:
    """Refuse too many steps, and strokes of too many points before any are thinned."""
    count = sum(len(item["steps"]) or 1 if _is_group(item) else 1 for item in items)
    if count > MAX_STEPS:
        raise RecipeError(f"a recipe has at most {MAX_STEPS} steps, and this one has {count}", "steps")
    left = MAX_MASK_POINTS
    for item in items:
        for step in (item, *(item["steps"] if _is_group(item) else ())):
            mask = step.get("mask") if isinstance(step, dict) else None
            for shape in mask if isinstance(mask, list) else ():
                left -= count_points(shape.get("strokes"), left) if isinstance(shape, dict) else 0
                if left < 0:
                    sentence = f"the strokes in a recipe's masks have at most {MAX_MASK_POINTS} points together"
                    raise RecipeError(f"{sentence}, and these have more", "steps")


def _is_group(item: Any) -> bool:
    return isinstance(item, dict) and isinstance(item.get("steps"), list)


def _read_item(item: Any, tables: Mapping[str, Any], path: str, version: Version) -> StepOrGroup:
    if not isinstance(item, dict) or "steps" not in item:
        return _read_step(item, tables, path, version, MASKED_STEP_KEYS)
    _check_keys(item, GROUP_KEYS, path)
    steps = []
    for index, inner in enumerate(_expect(item["steps"], list, "a list of steps", f"{path}.steps")):
        within = f"{path}.steps[{index}]"
        if _is_group(inner):
            raise RecipeError("a group stands in no other group", within)
        steps.append(_read_step(inner, tables, within, version, MASKED_STEP_KEYS))
    try:
        settings = {name: item[name] for name in ("strength", "title", "muted", "mask") if name in item}
        return Group(tuple(steps), **settings)
    except RecipeError as error:
        raise error.at(path) from None


def _read_step(
    item: Any, tables: Mapping[str, Any], path: str, version: Version, keys: Sequence[str] = STEP_KEYS
) -> Step:
    item = _expect(item, dict, "an object", path)
    _check_keys(item, keys, path)
    try:
        effect = effect_named(version.current_name(item.get("effect")))
    except RecipeError as error:
        raise error.at(path) from None
    params = version.complete_params(
        item["effect"], _expect(item.get("params", {}), dict, "an object", f"{path}.params")
    )
    for param in effect.params:
        try:
            params |= {param.name: param.mark.from_json(params[param.name], tables)} if param.name in params else {}
        except ParamError as error:
            raise RecipeError(f"{effect.name}: {param.name} {error}", f"{path}.params.{param.name}") from None
    try:
        return Step(effect, params, item.get("strength", 1.0), item.get("muted", False), item.get("mask", ()))
    except RecipeError as error:
        raise error.at(path) from None


def _expect(value: Any, kind: type, words: str, path: str) -> Any:
    if not isinstance(value, kind):
        raise RecipeError(f"{quote(value)} is not {words}", path)
    return value


def _check_digest(original: Any) -> None:
    if original != "" and not (isinstance(original, str) and re.fullmatch("[0-9a-f]{64}", original)):
        raise RecipeError(f"{quote(original)} is not a SHA-256 of 64 hexadecimal digits", "original")


def _check_keys(item: dict[str, Any], known: Sequence[str], path: str) -> None:
    for key in item:
        if key not in known:
            raise RecipeError(f"{quote(key)} is not known here; only {', '.join(known)} are", path or "recipe")


def _holds(text: str | bytes, key: str) -> bool:
    return f'"{key}"'.encode() in text if isinstance(text, bytes) else f'"{key}"' in text


def _as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
