"""Every effect that is a shader is the same effect: its expressions, evaluated by NumPy, against the library."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Pipeline
from effects.cli import main
from effects.effect import Effect, Kind, Step
from effects.image import Frame
from effects.plan.plain import whole_place
from effects.plan.pointwise import evaluate
from effects.shaders import coverage, program
from effects.shaders.interpreter import evaluated
from effects.shaders.pieces import piece_of
from effects.shaders.tracing import COLOR, FRAME, POINT, TIME, _traced, open_values, traced
from tests.strategies import drawn

ROOT = Path(__file__).parent.parent

DRAWABLE = [effect for effect in EFFECTS.values() if effect.kind.is_pointwise or effect.kind is Kind.GEOMETRIC]
TRACEABLE = [effect for effect in DRAWABLE if effect.name not in ("curves", "thermal", "lut3d")]

WORDS = {"text", "threshold", "invert"}
"""Names of effects that are words of arithmetic and of shaders, too."""

FRAMES = [Frame(40, 60), Frame(61, 37)]


def by_expressions(step: Step, frame: Frame, colors: Any) -> Any:
    """What a step's expressions come to: colours, or points."""
    place = whole_place(frame)
    variables: dict[str, Any] = dict(zip(POINT, (place.x, place.y), strict=True))
    variables |= dict(zip(COLOR, np.moveaxis(colors, -1, 0), strict=True))
    variables |= dict(zip(FRAME, (frame.width, frame.height, frame.short), strict=True)) | {TIME: 0.0}
    outputs = evaluated(traced(step).outputs, {**open_values(step), **variables})
    return np.stack([np.broadcast_to(each, colors.shape[:2]) for each in outputs], axis=-1)


@pytest.mark.parametrize("effect", TRACEABLE, ids=lambda effect: effect.name)
def test_expressions_are_the_effect(effect: Effect) -> None:
    for seed in range(6):
        step = effect.step(**(drawn(effect, seed) if seed else {}))
        frame = FRAMES[seed % 2]
        colors = np.random.default_rng(seed).random((frame.height, frame.width, 3))
        found, place = by_expressions(step, frame, colors), whole_place(frame)
        if effect.kind is Kind.GEOMETRIC:
            points = np.stack(np.broadcast_arrays(place.x, place.y), axis=-1)
            np.testing.assert_allclose(found, step.call(points, frame), atol=1e-12)
        else:
            meant = evaluate(step, colors, place)
            assert np.quantile(np.abs(np.clip(found, 0, 1) - meant), 0.999) < 1e-9  # a jump may fall on either side


def test_every_effect_of_a_pointwise_or_geometric_kind_is_included_by_being_declared() -> None:
    ways = coverage()
    assert list(ways) == list(EFFECTS)
    assert {effect.name: ways[effect.name] for effect in TRACEABLE} == dict.fromkeys(
        (effect.name for effect in TRACEABLE), "traced"
    )
    assert {ways[name] for name in ("curves", "thermal", "lut3d")} == {"table"}
    assert all(re.fullmatch(r"traced|formula|table|layer|frame|server: .{12,}", way) for way in ways.values())


def test_the_command_line_lists_how_each_is_drawn(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list", "--instant"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split(maxsplit=1)[0] for line in lines[:-1]] == list(EFFECTS)
    assert re.fullmatch(rf"\d+ of {len(EFFECTS)} are drawn on the visitor's GPU", lines[-1])


@pytest.mark.slow
def test_using_the_library_traces_nothing() -> None:
    asked = "import sys, effects; print(any(name.startswith('effects.shaders') for name in sys.modules))"
    assert (
        subprocess.run([sys.executable, "-c", asked], capture_output=True, check=True, text=True).stdout.strip()
        == "False"
    )


def test_a_trace_leaves_the_library_as_it_was() -> None:
    parts = {name: dict(vars(module)) for name, module in sys.modules.items() if name.startswith("effects.")}
    _traced.cache_clear()
    coverage()
    assert all(
        vars(sys.modules[name])[each] is value
        for name, before in parts.items()
        for each, value in before.items()
        if each in vars(sys.modules[name]) and not each.startswith("__")
    )


def test_tracing_the_shelf_takes_no_longer_than_a_few_pictures() -> None:
    def seconds(work: Any) -> float:
        begun = time.process_time()
        work()
        return time.process_time() - begun

    def trace() -> None:
        _traced.cache_clear()
        for effect in TRACEABLE:
            piece_of(effect.step())

    image = np.random.default_rng(0).integers(0, 256, (720, 1280, 3), dtype=np.uint8)
    pipeline = Pipeline((EFFECTS["vignette"].step(), EFFECTS["overlay"].step(mode="hue")))
    pipeline(image)
    # About 50 ms against 10 ms for a picture, on a machine that has nothing else to do.
    assert min(seconds(trace) for _ in range(3)) < 15 * min(seconds(lambda: pipeline(image)) for _ in range(3))


def test_no_effect_has_a_shader_or_a_script_of_its_own() -> None:
    for path in [*(ROOT / "effects/shaders").glob("*.py"), *(ROOT / "pages/components/drawing").glob("*.js")]:
        words = set(re.findall(r"\w+", code_of(path)))
        assert not words & ({*EFFECTS} - WORDS), path
    speaks_glsl = [
        path
        for folder in ("effects", "pages")
        for path in (ROOT / folder).rglob("*.*")
        if path.suffix in (".py", ".js") and "texelFetch" in path.read_text(encoding="utf-8")
    ]
    assert {path.parent.name for path in speaks_glsl} == {"shaders"}


def code_of(path: Path) -> str:
    """A file without its comments and docstrings."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return re.sub(r"//.*", "", text)
    tree = ast.parse(text)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:]
    return ast.unparse(tree)


def test_looks_that_need_no_server_are_programs() -> None:
    whole = [name for name, look in LOOKS.items() if not program(look).server_items]
    alone = {name: look for name, look in LOOKS.items() if not any(step.mask for step in look.all_steps)}
    pointwise = [name for name, look in alone.items() if all(step.effect.kind.is_pointwise for step in look.all_steps)]
    assert {*pointwise} <= {*whole}
    assert len(pointwise) >= 30
