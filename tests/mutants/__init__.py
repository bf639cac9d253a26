"""Mutants: the library with one small mistake put in, to see whether the quick tests notice.

`python -m tests.mutants` tries 200 of them, sampled by a seed, and fails where fewer than 95 of 100 are caught. The
mistakes are those of Cosmic Ray; its runner is not used, as it starts the same tests anew for every one of them. Here
the tests that reach the changed line come first, the quickest before the others, and only a line that runs on import is
tried with all; in a process that has NumPy, OpenCV and pytest loaded already.
"""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

BUILD = ROOT / "build" / "mutants"
"""Copies of the tree, in which alone anything is changed, and what is known of the tests."""

QUICK = ("-q", "-p", "no:cacheprovider", "-m", "not slow", "--hypothesis-profile=quick", "--hypothesis-seed=0")
"""The tests of `make check`, with the same random examples each time; none of them needs a browser."""
