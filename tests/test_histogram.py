"""What is told of a picture beside its histogram."""

from __future__ import annotations

from effects import EFFECTS, Pipeline
from pages.components.stage.histogram import facts
from pages.components.stage.stage import Shown

SHOWN = Shown(b"", b"", 4000, 3000, "")


def test_size_time_and_passes_are_told() -> None:
    steps = [EFFECTS[name].step() for name in ("exposure", "contrast", "gaussian_blur", "invert")]
    assert facts(SHOWN, Pipeline((*steps, EFFECTS["sepia"].step(muted=True))), 0.0234) == [
        "4000 × 3000 pixels.",
        "The preview took 23 ms.",
        "3 passes over it: Exposure\u202f+\u202fContrast; Gaussian blur; Invert.",
    ]
    assert facts(SHOWN, Pipeline(tuple(steps[:1])), 0.001)[-1] == "1 pass over it: Exposure."


def test_where_nothing_was_done_no_time_is_told() -> None:
    assert facts(SHOWN, Pipeline((EFFECTS["sepia"].step(muted=True),)), 0.5) == ["4000 × 3000 pixels, as they were."]
