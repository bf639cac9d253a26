"""colour-science, imported when it is first asked something: two seconds, which few of a run's processes need."""

from __future__ import annotations

from typing import Any


def __getattr__(name: str) -> Any:
    import colour  # noqa: PLC0415  (see above)

    return getattr(colour, name)
