"""Motion: what a running video shows that a still cannot."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Elapsed, Image, Memory
from effects.kernels.motion.history import (
    add_frame,
    brighter,
    kept_share,
    mix_past,
    only_moving,
    round_average,
    weighted_sum,
)
from effects.kernels.motion.in_time import where_moving, with_echo, with_trails
from effects.kernels.motion.past import Kept, Past
from effects.marks import Choice, Range

motion = Category("motion", "Motion", "Traces of what moved, on live video.")

STILL_LEVELS = {"gray": 128, "black": 0, "white": 255}


def _moving(colors: Colors, past: Past, *, threshold: float, half_life: float, rest: str) -> Kept:
    level = STILL_LEVELS[rest] / 255
    return where_moving(colors, past, threshold=threshold, half_life=half_life, level=level)


@motion.temporal(formula=with_trails, also="motion blur, light trails, ghost, long exposure")
def trails(
    image: Image,
    before: Memory,
    *,
    elapsed: Elapsed,
    half_life: Annotated[
        float, Range(0.05, 5, "s", scale="log", help="The time in which what was seen fades by half.")
    ] = 0.5,
    mode: Annotated[
        str, Choice("average", "lighten", "darken", help="Average leaves ghosts, lighten draws trails of light.")
    ] = "average",
) -> tuple[Image, Memory]:
    """Let what moves leave a fading trace.

    With a = 0.5^(elapsed / half_life): (1 - a) * frame + a * before (average), max(frame, a * before) (lighten), or
    the same as lighten on negatives (darken). A still is unchanged.
    """
    kept = kept_share(elapsed, half_life)
    if mode == "average":
        after = mix_past(image, before, kept)
        return round_average(after), after
    after = brighter(image if mode == "lighten" else ~image, before, kept)
    return (round_average(after) if mode == "lighten" else ~round_average(after)), after


@motion.temporal(formula=with_echo, also="ghost, repeat, delay, motion")
def echo(
    image: Image,
    before: Memory,
    *,
    elapsed: Elapsed,
    delay: Annotated[float, Range(0.05, 0.5, "s", help="Between one copy and the next.")] = 0.15,
    count: Annotated[int, Range(1, 5, "count", help="Copies beside the picture itself.")] = 3,
    decay: Annotated[float, Range(0, 1, neutral=0, help="The weight of each copy against the one before.")] = 0.6,
) -> tuple[Image, Memory]:
    """Show the last moments again, each copy fainter than the one before.

    sum(decay^k * frame(t - k * delay)) / sum(decay^k), k from 0 to count. A still is unchanged.
    """
    history = add_frame(image, before, elapsed, delay * count)
    copies = [history.at(number * delay) for number in range(count + 1)]
    return weighted_sum(copies, [decay**number for number in range(count + 1)]), history


@motion.temporal(also="time warp, scanner")
def slit_scan(
    image: Image,
    before: Memory,
    *,
    elapsed: Elapsed,
    axis: Annotated[str, Choice("rows", "columns", help="Rows: the lower, the older. Columns: to the right.")] = "rows",
    duration: Annotated[float, Range(0, 3, "s", neutral=0, help="The age of the oldest edge.")] = 1.0,
) -> tuple[Image, Memory]:
    """Let time run across the picture: one edge shows now, the other what was.

    Each line shows the frame that was to be seen its share of `duration` ago. A still is unchanged.
    """
    history = add_frame(image, before, elapsed, duration)
    lines = image.shape[0 if axis == "rows" else 1]
    out = np.empty_like(image)
    for line in range(lines):
        past = history.at(duration * line / max(1, lines - 1))
        if axis == "rows":
            out[line] = past[line]
        else:
            out[:, line] = past[:, line]
    return out, history


@motion.temporal(formula=_moving, also="difference, movement, detect")
def motion_only(
    image: Image,
    before: Memory,
    *,
    elapsed: Elapsed,
    threshold: Annotated[float, Range(0.02, 0.5, help="The difference that counts as movement.")] = 0.08,
    half_life: Annotated[
        float, Range(0.1, 10, "s", scale="log", help="The time in which the background takes up half of what rests.")
    ] = 2.0,
    rest: Annotated[str, Choice("gray", "black", "white", help="Shown where nothing moves.")] = "gray",
) -> tuple[Image, Memory]:
    """Show only what moves.

    A fading average of the past is the background; a pixel shows as far as one of its channels differs from it, with
    a smooth step around the threshold. On a still and on the first frame nothing moves.
    """
    background = mix_past(image, before, kept_share(elapsed, half_life))
    return only_moving(image, background, threshold, STILL_LEVELS[rest]), background
