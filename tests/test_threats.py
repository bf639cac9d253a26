"""Threats that cost a figure: what is hostile is refused within its time and memory, in a sentence that says where."""

from __future__ import annotations

import ast
import json
import re
import struct
import sys
import time

import pytest

from effects import LimitError, Pipeline, RecipeError, decode
from effects.codec.containers.chunks import chunk
from tests.defences import defences
from tests.test_architecture import ROOT, tree

if sys.platform == "linux":
    import resource

STEP = {"effect": "gaussian_blur"}


@pytest.mark.skipif(sys.platform != "linux", reason="the peak is counted in other units elsewhere")
def test_a_bomb_costs_half_a_second_and_fifty_megabytes_at_most() -> None:
    header = struct.pack(">IIBBBBB", 40_000, 40_000, 8, 6, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", bytes(2_000_000))
    before, began = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, time.process_time()
    with pytest.raises(LimitError, match=r"1600\.0 megapixels .* at most 50"):
        decode(bomb)
    assert time.process_time() - began < 0.5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[" * 100_000, "8192 bytes"),
        ('{"version": 1, "steps": ' + "[" * 3000 + "]" * 3000 + "}", "nested too deeply"),
        (
            '{"version": 1, "steps": [{"effect": "gaussian_blur", "params": {"radius": 1e999}}]}',
            r"^steps\[0\]\.params\.radius: .* not a finite number",
        ),
        (
            '{"version": 1, "steps": [{"effect": "gaussian_blur", "params": {"radius": NaN}}]}',
            r"^steps\[0\]\.params\.radius: .* not a finite number",
        ),
        ('{"version": 1, "steps": [{"effect": "gaussian_blur", "strength": 7}]}', r"^steps\[0\]\.strength"),
        (json.dumps({"version": 1, "steps": [STEP] * 21}), "at most 20 steps"),
        (json.dumps({"version": 1, "steps": [{"effect": "x" * 9000}]}), "8192 bytes"),
        (json.dumps({"version": 1, "steps": [STEP, {"effect": "<script>alert(1)</script>"}]}), r"^steps\[1\]\.effect"),
    ],
    ids=["brackets", "deep", "infinite", "no number", "out of range", "long", "large", "markup"],
)
def test_a_hostile_recipe_is_refused_in_fifty_milliseconds_and_one_sentence(text: str, says: str) -> None:
    began = time.process_time()
    with pytest.raises(RecipeError, match=says) as refused:
        Pipeline.from_json(text)
    assert time.process_time() - began < 0.05
    assert len(str(refused.value)) <= 400


def test_every_threat_that_is_written_down_has_tests_that_there_are() -> None:
    rows = re.findall(r"^\| (.+) \|$", (ROOT / "SECURITY.md").read_text(encoding="utf-8"), re.MULTILINE)[2:]
    assert len(rows) >= 13
    for row in rows:
        threat, promise, proofs = row.split(" | ")
        assert threat
        assert promise
        named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", proofs)
        assert named, threat
        for file, name in named:
            assert name in {part.name for part in tree(ROOT / file).body if isinstance(part, ast.FunctionDef)}, name


def test_every_defence_that_can_be_taken_away_stands_where_it_is_said_to_and_keeps_a_threat_off() -> None:
    """`python -m tests.defences` takes each away, and its test has to fail."""
    rows = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
    for each in defences():
        text = (ROOT / each.file).read_text(encoding="utf-8")
        assert each.taken_from(text) != text
        assert re.search(
            rf"^\| [^|]*{re.escape(each.threat)}[^|]* \|.*`tests/{re.escape(each.test)}`", rows, re.MULTILINE
        )
