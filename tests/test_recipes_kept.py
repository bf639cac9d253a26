"""Promises that survive upgrades: what was written once opens with the same steps for ever."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from effects import EFFECTS, LOOKS, Pipeline, RecipeError, decode
from effects.effect import Effect, Kind
from effects.marks import Mark, Named
from effects.migration import VERSIONS, Version, read_defaults
from effects.recipe import original_of
from tests import recipes
from tests.recipes import DEFAULTS, FOLDER, digest_of, files, kept_steps, name_of, sums, today, uncovered
from tests.recipes.__main__ import freeze, main

V1 = VERSIONS[1]


def read(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def meaning(pipeline: Pipeline) -> list[dict[str, Any]]:
    """The steps of a pipeline, told by their own values and types."""
    return [
        {"effect": step.effect.name, "strength": step.strength, "muted": step.muted,
         "params": {param.name: param.mark.to_json(step.params[param.name]) for param in step.effect.params}}
        for step in pipeline.all_steps
    ]  # fmt: skip


def same(found: list[dict[str, Any]], kept: list[dict[str, Any]]) -> bool:
    """Whether steps are those kept, to the type of each number; a parameter that came later stands at its default."""
    whole = [step | {"params": V1.defaults_of(step["effect"]) | step["params"]} for step in map(today, kept)]
    return json.dumps(found, sort_keys=True) == json.dumps(whole, sort_keys=True)


@pytest.mark.parametrize("path", files(), ids=name_of)
def test_a_recipe_of_version_1_opens_with_the_steps_it_meant(path: Path) -> None:
    kept = read(path)
    tables = kept.get("tables")
    opened = Pipeline.from_json(kept["recipe"], tables)
    assert same(meaning(opened), kept["steps"])
    if "link" in kept:
        assert same(meaning(Pipeline.from_link(kept["link"], tables)), kept["steps"])
    assert same(meaning(Pipeline.from_json(opened.to_json(), opened.tables)), kept["steps"])
    assert same(meaning(Pipeline.from_link(opened.to_link(), opened.tables)), kept["steps"])
    assert json.loads(opened.to_json())["version"] == 1


@pytest.mark.parametrize("path", sorted(FOLDER.glob("pictures/*.json")), ids=name_of)
def test_a_picture_of_then_still_brings_its_recipe_and_its_original(path: Path) -> None:
    kept = read(path)
    text = decode(base64.b64decode(kept["picture"])).metadata["recipe"]
    assert same(meaning(Pipeline.from_json(text)), kept["steps"])
    assert original_of(text) == kept["original"]


def test_nothing_that_was_kept_has_been_changed_or_taken_away() -> None:
    listed = sums()
    assert {name_of(path): digest_of(path) for path in files()} == listed, (
        "A kept recipe is not what it was when it was written. Put it back: what opens otherwise than it did is mended "
        "in effects/migration.py. A new file comes by `python -m tests.recipes`."
    )
    assert len(listed) >= 116


@pytest.mark.parametrize("effect", EFFECTS.values(), ids=EFFECTS)
def test_every_effect_parameter_and_option_is_kept(effect: Effect) -> None:
    assert uncovered(effect) == [], f"no kept recipe has these of {effect.name} yet: run `python -m tests.recipes`"


def test_looks_strengths_muted_steps_marks_tables_and_originals_are_kept() -> None:
    steps = kept_steps()
    assert {*LOOKS} <= {path.stem for path in FOLDER.glob("looks/*.json")}
    for kind in set(Kind) - {Kind.CANVAS}:
        of_kind = [step["strength"] for step in steps if EFFECTS[step["effect"]].kind is kind]
        assert {0.0, 0.25, 1.0} <= {*of_kind}, kind
    assert {True, False} == {step["muted"] for step in steps}
    kinds = {type(param.mark) for effect in EFFECTS.values() for param in effect.params}
    assert kinds >= {*Mark.__subclasses__(), *Named.__subclasses__()} - {Named}
    assert sum("tables" in read(path) for path in files()) >= 1
    assert '"tables"' in read(FOLDER / "files/tables.json")["recipe"]


def test_the_defaults_of_version_1_never_change() -> None:
    """What fails here: a default of the shelf became another one, or something new has no default yet."""
    for effect in EFFECTS.values():
        known = V1.defaults_of(effect.name)
        for param in effect.params:
            assert param.name in known, (
                f"{effect.name}.{param.name} is new: `python -m tests.recipes` writes down its default, which is then "
                "what recipes of version 1 mean by leaving it out"
            )
            now = param.mark.to_json(param.default)
            assert now == known[param.name] or (effect.name, param.name) in V1.changed_defaults, (
                f"{effect.name}.{param.name} is {now!r} by default, and links of version 1, which leave it out, mean "
                f"{known[param.name]!r} and always will; if the new default is meant, put ({effect.name!r}, "
                f"{param.name!r}) among the `changed` of version 1 in effects/migration.py"
            )
            assert param.mark.check(param.mark.from_json(known[param.name], {})) is not None


def test_what_version_1_knew_is_still_there_under_some_name() -> None:
    for old in V1.defaults:
        assert V1.current_name(old) in EFFECTS, f"{old} is gone: say in effects/migration.py what it is called now"
        there = {param.name for param in EFFECTS[V1.current_name(old)].params}
        gone = {*V1.defaults_of(V1.current_name(old))} - there
        assert not gone, f"{old} has no {', '.join(gone)}: say in effects/migration.py what they are called now"
    assert not {*V1.effects} & {*EFFECTS}, "a name that was given up must not come back as something else"


def test_the_frozen_defaults_are_those_that_the_kept_links_mean() -> None:
    """Bare steps of then, whose parameters stand in the kept files: the frozen file cannot be moved on either."""
    checked = 0
    for path in sorted(FOLDER.glob("effects/*.json")):
        kept = read(path)
        bare, listed = kept["steps"][0], read_defaults(1)[kept["steps"][0]["effect"]]
        assert bare["params"].items() <= listed.items()
        checked += 1
    assert checked >= 69


NEW = Version(
    defaults={"tint_brown": {"much": 0.25}, "posterize": {"levels": 9}, "invert": {}},
    effects={"tint_brown": "sepia"},
    params={("tint_brown", "much"): "amount"},
)


@pytest.fixture
def moved_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shelf on which sepia had another name, another parameter and other defaults in version 1."""
    monkeypatch.setitem(VERSIONS, 1, NEW)


def opened(*steps: dict[str, Any]) -> list[dict[str, Any]]:
    text = json.dumps({"version": 1, "steps": steps})
    return [{"effect": step["effect"]} | step["params"] for step in meaning(Pipeline.from_json(text))]


@pytest.mark.usefixtures("moved_on")
def test_an_old_name_and_an_old_default_open_as_they_were_meant() -> None:
    assert opened({"effect": "tint_brown"}) == [{"effect": "sepia", "amount": 0.25}]
    assert opened({"effect": "tint_brown", "params": {"much": 0.75}}) == [{"effect": "sepia", "amount": 0.75}]
    assert opened({"effect": "sepia", "params": {"amount": 1}}) == [{"effect": "sepia", "amount": 1.0}]
    assert opened({"effect": "posterize"}, {"effect": "sepia"}) == [{"effect": "posterize", "levels": 9},
                                                                   {"effect": "sepia", "amount": 0.25}]  # fmt: skip
    assert opened({"effect": "grain"}) == [{"effect": "grain", **V1.defaults["grain"]}]  # came later: as on the shelf


@pytest.mark.usefixtures("moved_on")
def test_a_link_written_today_opens_with_the_same_steps_though_a_default_has_changed() -> None:
    for stack in (
        Pipeline((EFFECTS["posterize"].step(), EFFECTS["sepia"].step())),
        Pipeline((EFFECTS["posterize"].step(levels=9), EFFECTS["sepia"].step(amount=0.25))),
    ):
        assert Pipeline.from_link(stack.to_link()) == stack
        assert Pipeline.from_json(stack.to_json()) == stack
    old = Pipeline((EFFECTS["posterize"].step(levels=9),))
    assert len(old.to_link()) < len(Pipeline((EFFECTS["posterize"].step(),)).to_link())  # 4 is written out, 9 is not


@pytest.mark.usefixtures("moved_on")
def test_what_is_wrong_under_an_old_name_is_told_by_its_path() -> None:
    with pytest.raises(RecipeError, match=r"^steps\[0\].params.amount: sepia: amount 7 is outside"):
        opened({"effect": "tint_brown", "params": {"much": 7}})
    nothings: tuple[Any, ...] = (None, 3, ["sepia"], {})
    for nothing in nothings:
        with pytest.raises(RecipeError, match=r"steps\[0\].effect: there is no effect"):
            opened({"effect": nothing})
    with pytest.raises(RecipeError, match=r"steps\[0\].params: \[1\] is not an object"):
        opened({"effect": "tint_brown", "params": [1]})


def test_only_versions_that_are_known_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    for version in (0, 3, 1.5, "1", [1], {"1": 1}, None, True, 10**400):
        with pytest.raises(RecipeError, match=r"^version: .* this program reads version 1, 2$"):
            Pipeline.from_json(json.dumps({"version": version, "steps": []}))
    monkeypatch.setitem(VERSIONS, 2, NEW)
    two = '{"version": 2, "steps": [{"effect": "tint_brown"}, {"effect": "posterize"}]}'
    steps = EFFECTS["sepia"].step(amount=0.25), EFFECTS["posterize"].step(levels=9)
    assert Pipeline.from_json(two) == Pipeline(steps)
    one = '{"version": 1, "steps": [{"effect": "posterize"}]}'
    assert Pipeline.from_json(one) == Pipeline((EFFECTS["posterize"].step(levels=4),))
    assert json.loads(Pipeline().to_json())["version"] == 1


@pytest.mark.slow
def test_the_script_adds_what_is_missing_and_touches_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = json.loads(DEFAULTS.read_text(encoding="utf-8"))
    text["sepia"]["amount"] = 0.125
    del text["grain"], text["vignette"]["amount"]
    defaults, folder = tmp_path / "recipe_v1.json", tmp_path / "v1"
    defaults.write_text(json.dumps(text), encoding="utf-8")
    for place in (recipes, recipes.__dict__["__main__"]):
        monkeypatch.setattr(place, "DEFAULTS", defaults)
        monkeypatch.setattr(place, "FOLDER", folder)
        monkeypatch.setattr(place, "SUMS", folder / "SHA256SUMS")
    folder.mkdir()
    assert main() == 0
    frozen_now = json.loads(defaults.read_text(encoding="utf-8"))
    assert frozen_now == {**V1.defaults} | {"sepia": {"amount": 0.125}}
    written = {name_of(path): path.read_bytes() for path in files()}
    assert {*written} == {*sums()}
    assert main() == 0
    freeze()
    assert {name_of(path): path.read_bytes() for path in files()} == written
    one = folder / "effects/sepia.json"
    one.write_bytes(one.read_bytes().replace(b"0.3127", b"0.3128"))
    assert main() == 1
    assert b"0.3128" in one.read_bytes()
