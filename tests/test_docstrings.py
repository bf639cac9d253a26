"""What the docstrings of the public names show is what happens."""

from __future__ import annotations

import doctest
import inspect
from functools import cached_property
from types import FunctionType

import pytest

import effects
from effects import Cube, CubeFile, Group, Photo, Pipeline, Step, Stream
from effects.effect import Effect

CLASSES = (Pipeline, Step, Group, Stream, Photo, Cube, CubeFile, Effect)

PUBLIC = {name: getattr(effects, name) for name in effects.__all__ if callable(getattr(effects, name))}

METHODS = {
    f"{owner.__name__}.{name}": member
    for owner in CLASSES
    for name, member in vars(owner).items()
    if (not name.startswith("_") or name == "__call__")
    and (inspect.isfunction(member) or isinstance(member, classmethod))
}

EXAMPLES = {"effects": effects, **PUBLIC, **METHODS}


def examples(name: str) -> list[doctest.DocTest]:
    thing = EXAMPLES[name]
    return doctest.DocTestFinder(recurse=False).find(getattr(thing, "__func__", thing), name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_public_name_has_an_example_that_runs(name: str) -> None:
    found = examples(name)
    assert any(test.examples for test in found), f"{name} shows no example"
    told: list[str] = []
    for test in found:
        doctest.DocTestRunner(optionflags=doctest.ELLIPSIS).run(test, out=told.append)
    assert not told, "".join(told)


@pytest.mark.parametrize("owner", CLASSES, ids=lambda owner: owner.__name__)
def test_every_public_method_and_property_says_what_it_is(owner: type) -> None:
    told = (property, cached_property, classmethod, FunctionType)
    public = {name: member for name, member in vars(owner).items() if not name.startswith("_")}
    silent = [name for name, member in public.items() if isinstance(member, told) and not member.__doc__]
    assert not silent
