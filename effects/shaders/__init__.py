"""The same functions on the visitor's GPU: what an effect does to a pixel, traced once and written as a shader."""

from __future__ import annotations

from effects.shaders.coverage import coverage
from effects.shaders.program import Program, program
from effects.shaders.symbols import Untraceable

__all__ = ["Program", "Untraceable", "coverage", "program"]
