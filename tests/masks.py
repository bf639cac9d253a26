"""Masks for tests: one of every kind, random ones, and what each is in floats, written down once more."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import cv2
import numpy as np
from hypothesis import strategies as st

Array = np.ndarray[Any, np.dtype[np.float64]]

STROKE = {"size": 0.4, "soft": 0.5, "points": [[0.1, 0.2], [0.6, 0.3], [0.8, 0.9]]}
RUBBER = {"size": 0.2, "soft": 0.0, "erase": True, "points": [[0.5, 0.0], [0.5, 1.0]]}
KINDS: dict[str, dict[str, Any]] = {
    "linear": {"kind": "linear", "x0": 0.2, "y0": 0.1, "x1": 0.7, "y1": 0.8},
    "radial": {"kind": "radial", "x": 0.4, "y": 0.6, "rx": 0.5, "ry": 0.25, "angle": 30, "feather": 0.05},
    "brush": {"kind": "brush", "strokes": [STROKE, RUBBER]},
    "luma": {"kind": "luma", "low": 0.3, "high": 0.7},
    "color": {"kind": "color", "color": "#4060a0", "tolerance": 0.5, "feather": 0.02},
}
ALL = {"kind": "radial", "rx": 4, "ry": 4}
NONE = {"kind": "radial", "rx": 4, "ry": 4, "invert": True}


def shapes() -> st.SearchStrategy[dict[str, Any]]:
    """Shapes of every kind, as a recipe says them."""
    places, shares, size = st.floats(-0.5, 1.5), st.floats(0, 1), st.floats(0.02, 1)
    points = st.lists(st.tuples(places, places), max_size=5).map(lambda pairs: [list(pair) for pair in pairs])
    stroke = st.fixed_dictionaries({"size": size, "soft": shares, "erase": st.booleans(), "points": points})
    own: dict[str, dict[str, st.SearchStrategy[Any]]] = {
        "linear": dict.fromkeys(("x0", "y0", "x1", "y1"), places),
        "radial": {"x": places, "y": places, "rx": size, "ry": size, "angle": st.floats(-360, 360)},
        "brush": {"strokes": st.lists(stroke, max_size=3)},
        "luma": {"low": st.floats(0, 0.5), "high": st.floats(0.5, 1)},
        "color": {"color": st.sampled_from(["#000000", "#ff8000", "#336699"]), "tolerance": shares},
    }
    common = {
        "how": st.sampled_from(["add", "subtract", "intersect"]),
        "invert": st.booleans(),
        "feather": st.sampled_from([0.0, 0.0, 0.1]),
    }
    made = [st.fixed_dictionaries({"kind": st.just(kind), **common, **more}) for kind, more in own.items()]
    return st.one_of(made)


def masks() -> st.SearchStrategy[list[dict[str, Any]]]:
    """Masks of up to three shapes."""
    return st.lists(shapes(), min_size=1, max_size=3)


def reference(mask: list[dict[str, Any]], image: np.ndarray[Any, Any]) -> Array:
    """A mask in floats, h x w, by its definition."""
    level: Array | None = None
    for shape in mask:
        own = OWN[shape["kind"]](shape, image)
        if feather := shape.get("feather", 0):
            away = feather * min(own.shape)
            own = cv2.GaussianBlur(own, (0, 0), away, borderType=cv2.BORDER_REFLECT_101)
        own = 1 - own if shape.get("invert") else own
        how = shape.get("how", "add")
        if level is None:
            level = np.zeros(own.shape) if how == "add" else np.ones(own.shape)
        own = 1 - own if how == "subtract" else own
        level = np.maximum(level, own) if how == "add" else np.minimum(level, own)
    assert level is not None
    return level


def centres(image: np.ndarray[Any, Any]) -> tuple[Array, Array]:
    height, width = image.shape[:2]
    across, down = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    return across, down


def linear(shape: dict[str, Any], image: np.ndarray[Any, Any]) -> Array:
    height, width = image.shape[:2]
    x, y = centres(image)
    start, end = (np.array([shape[f"x{n}"] * width, shape[f"y{n}"] * height]) for n in "01")
    way = end - start
    along = ((x - start[0]) * way[0] + (y - start[1]) * way[1]) / (way @ way)
    return np.clip(along, 0, 1)


def radial(shape: dict[str, Any], image: np.ndarray[Any, Any]) -> Array:
    """The share of each pixel that lies inside, counted at 4 x 4 places in it."""
    height, width = image.shape[:2]
    x, y = centres(image)
    turn = np.radians(shape.get("angle", 0))
    inside = np.zeros(x.shape)
    for right in (np.arange(4) + 0.5) / 4 - 0.5:
        for down in (np.arange(4) + 0.5) / 4 - 0.5:
            away = np.stack([x + right - shape["x"] * width, y + down - shape["y"] * height])
            u = away[0] * np.cos(turn) + away[1] * np.sin(turn)
            v = away[1] * np.cos(turn) - away[0] * np.sin(turn)
            inside += np.hypot(u / shape["rx"], v / shape["ry"]) <= min(height, width)
    return inside / 16


def brush(shape: dict[str, Any], image: np.ndarray[Any, Any]) -> Array:
    height, width = image.shape[:2]
    level = np.zeros((height, width))
    for stroke in shape["strokes"]:
        radius = stroke["size"] * min(height, width) / 2
        ramp = max(stroke["soft"] * radius, 1)
        edge = radius + (0.5 if stroke["soft"] * radius < 1 else 0)
        shown = np.clip((edge - line_distance(stroke["points"], image)) / ramp, 0, 1)
        level = np.minimum(level, 1 - shown) if stroke.get("erase") else np.maximum(level, shown)
    return level


def line_distance(points: list[list[float]], image: np.ndarray[Any, Any]) -> Array:
    height, width = image.shape[:2]
    here = np.stack(centres(image), axis=-1)
    corners = np.array(points) * [width, height]
    nearest = np.linalg.norm(here - corners[0], axis=-1)
    for start, end in pairwise(corners):
        way = end - start
        share = np.clip((here - start) @ way / (way @ way), 0, 1)[..., None]
        nearest = np.minimum(nearest, np.linalg.norm(here - start - share * way, axis=-1))
    return nearest


def luma(shape: dict[str, Any], image: np.ndarray[Any, Any]) -> Array:
    level = image @ np.array([0.2126, 0.7152, 0.0722]) / 255
    return np.clip(1 - np.maximum(shape["low"] - level, level - shape["high"]) / 0.05, 0, 1)


def color(shape: dict[str, Any], image: np.ndarray[Any, Any]) -> Array:
    wanted = [int(shape["color"][place : place + 2], 16) for place in (1, 3, 5)]
    away = np.linalg.norm((ycc(image) - ycc(np.array([[wanted]]))) * [0.5, 1, 1], axis=-1)
    return np.clip(2 - 2 * away / shape["tolerance"], 0, 1)


def ycc(colors: np.ndarray[Any, Any]) -> Array:
    """YCbCr of BT.601 over the whole range, 0..1."""
    values = colors / 255
    light = values @ np.array([0.299, 0.587, 0.114])
    return np.stack([light, (values[..., 2] - light) / 1.772, (values[..., 0] - light) / 1.402], axis=-1)


Drawing = Callable[[dict[str, Any], np.ndarray[Any, Any]], Array]

OWN: dict[str, Drawing] = {"linear": linear, "radial": radial, "brush": brush, "luma": luma, "color": color}
