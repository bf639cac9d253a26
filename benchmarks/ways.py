"""The ways a picture goes in the app, against the ways one would write with other libraries."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from importlib import import_module
from typing import Any

from PIL import Image as PILImage

from benchmarks.limits import limits
from benchmarks.pictures import SIZES, jpeg, photo
from benchmarks.report import Bound, Row, measured
from benchmarks.timing import Racer, cores, race
from effects import LOOKS, decode, encode, open_preview
from effects.catalogue import EFFECTS
from effects.pipeline import Pipeline

SECTION = "ways"

STACK = Pipeline(
    (
        EFFECTS["sepia"].step(amount=0.3),
        EFFECTS["contrast"].step(amount=1.2),
        EFFECTS["saturation"].step(amount=1.2),
        EFFECTS["brightness"].step(amount=1.05),
        EFFECTS["hue_rotate"].step(angle=10),
    )
)
"""Five steps that pyvips can do, too."""

LOOK = "clarendon"
"""A look that pilgram has under the same name: layers of colour and filters after them."""

IMPORTS = 15
"""Fresh processes for each import time."""


def rows(rounds: int) -> Iterator[Row]:
    """Preview update, first preview, download, import."""
    image = photo(*SIZES["12 MP"])
    data = jpeg(image)
    yield _preview(data, rounds)
    times = race({**limits(image), "ours": Racer(lambda: open_preview(data))}, rounds)
    bound = Bound(times["ours"].cpu, "at most", 120, "CPU ms")
    yield measured(SECTION, "first preview from a JPEG's bytes", "12 MP", times, bound=bound)
    yield from _download(data, rounds)
    yield _import()


def _preview(data: bytes, rounds: int) -> Row:
    """A slider moved: the plan anew, the stack on the preview, and a JPEG for the browser."""
    preview = open_preview(data)
    turn = iter(range(1_000_000))

    def update() -> bytes:
        # Another amount each time, as a slider gives: nothing kept from the last time fits.
        moved = EFFECTS["exposure"].step(stops=0.2 + 1e-6 * next(turn))
        return encode((STACK + moved).apply(preview), format="jpeg", quality=85)

    times = race({**limits(photo(*SIZES["12 MP"])), "ours": Racer(update)}, rounds * 3)
    bound = Bound(times["ours"].cpu / times["L"].cpu, "at most", 1.5, "L")
    return measured(SECTION, "preview update, stack of 6", "1280x960", times, bound=bound)


def _download(data: bytes, rounds: int) -> Iterator[Row]:
    """Decode, a look or five steps, JPEG 92."""
    for name, way, stack, what, factor in (
        ("pilgram", _pilgrams, LOOKS[LOOK], f"a look ({LOOK})", 5.0),
        ("pyvips", _vips_, STACK, "five steps", 1.3),
    ):
        try:
            peer = Racer(partial(way, import_module(name), data), cores())
        except (ImportError, OSError):
            continue
        times = race({**limits(photo(*SIZES["12 MP"])), "ours": Racer(partial(_ours, stack, data)), name: peer}, rounds)
        bound = Bound(times[name].cpu / times["ours"].cpu, "at least", factor, f"x {name}'s CPU")
        figures = {"peer wall": times[name].wall, "peer CPU": times[name].cpu}
        yield measured(SECTION, f"download, {what}, against {name}", "12 MP", times, figures=figures, bound=bound)


def _ours(stack: Pipeline, data: bytes) -> bytes:
    return encode(stack.apply(decode(data)), format="jpeg", quality=92)


def _pilgrams(pilgram: Any, data: bytes) -> bytes:
    picture = getattr(pilgram, LOOK)(PILImage.open(io.BytesIO(data)))
    written = io.BytesIO()
    picture.save(written, "JPEG", quality=92)
    return written.getvalue()


def _vips_(pyvips: Any, data: bytes) -> bytes:
    picture = pyvips.Image.new_from_buffer(data, "", access="sequential")
    for step in STACK.all_steps:
        change = step.call()
        picture = picture.recomb(change[:, :3].tolist()) + (255 * change[:, 3]).tolist()
        picture = picture.cast("uchar")  # each step clamps
    written: bytes = picture.write_to_buffer(".jpg", Q=92)
    return written


def _import() -> Row:
    """What `import effects` adds to what it stands on, each time in a process of its own."""
    _imported("import effects")  # from now on Python has compiled it
    below = min(_imported("import numpy, cv2, PIL.Image") for _ in range(IMPORTS))
    whole = min(_imported("import numpy, cv2, PIL.Image; import effects") for _ in range(IMPORTS))
    return Row(SECTION, "import effects", bound=Bound(1e3 * (whole - below), "at most", 150, "ms"))


def _imported(code: str) -> float:
    timed = f"import time; began = time.perf_counter(); {code}; print(time.perf_counter() - began)"
    here = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    ran = subprocess.run([sys.executable, "-c", timed], env=here, capture_output=True, check=True, text=True)
    return float(ran.stdout)
