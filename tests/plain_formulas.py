"""Effects written down once more, in float64 NumPy and SciPy alone, from the definitions that the catalogue cites.

Each takes a picture as values 0..1 and all parameters of its effect. Lengths are in pixels here, counted from the
picture's upper left corner, so that pixel centres lie at halves; nothing of the library's own arithmetic is used.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import ndimage
from skimage.color import lab2rgb, rgb2lab

Array = npt.NDArray[np.float64]

Formula = Callable[..., Array]


def swatch(color: str) -> Array:
    return np.array([int(color[at : at + 2], 16) for at in (1, 3, 5)]) / 255


def smoothstep(low: float, high: float, value: Array) -> Array:
    t = np.clip((value - low) / (high - low), 0, 1)
    return t * t * (3 - 2 * t)


def centres(picture: npt.NDArray[Any]) -> tuple[Array, Array]:
    """x and y of every pixel's centre, each H x W."""
    rows, columns = np.mgrid[: picture.shape[0], : picture.shape[1]]
    return columns + 0.5, rows + 0.5


def sampled(picture: Array, x: Array, y: Array, outside: str = "mirror") -> Array:
    """The picture's bilinear values at these positions; outside, mirrored at the outermost pixels' centres."""
    planes = np.moveaxis(picture, -1, 0)
    seen = [ndimage.map_coordinates(plane, [y - 0.5, x - 0.5], order=1, mode=outside) for plane in planes]
    return np.stack(seen, axis=-1)


def blurred(picture: Array, radius: float) -> Array:
    return ndimage.gaussian_filter(picture, radius, axes=(0, 1), mode="mirror") if radius > 0 else picture


# Where each pixel looks: effects of the geometric kind.


def swirl(x: Array, y: Array, width: int, height: int, /, **p: Any) -> tuple[Array, Array]:
    """glfx.js: theta = ((radius - r) / radius) ** 2 * angle, inside the radius."""
    across, down = x - p["x"] * width, y - p["y"] * height
    radius = p["radius"] * min(width, height)
    turn = np.clip((radius - np.hypot(across, down)) / radius, 0, None) ** 2 * np.radians(p["angle"])
    sine, cosine = np.sin(turn), np.cos(turn)
    return p["x"] * width + across * cosine - down * sine, p["y"] * height + across * sine + down * cosine


def bulge_pinch(x: Array, y: Array, width: int, height: int, /, **p: Any) -> tuple[Array, Array]:
    """glfx.js: inside the radius, a smoothstep of the squared distance for a bulge, a power of it for a pinch."""
    across, down = x - p["x"] * width, y - p["y"] * height
    radius = p["radius"] * min(width, height)
    away = np.maximum(np.hypot(across, down), 1e-12)
    share = away / radius
    if p["amount"] > 0:
        scale = 1 + (smoothstep(0, radius, away * share) - 1) * p["amount"] * 0.75
    else:
        scale = 1 + (share ** (1 + p["amount"] * 0.75) / share - 1) * (1 - share)
    scale = np.where(share < 1, scale, 1)
    return p["x"] * width + across * scale, p["y"] * height + down * scale


def fisheye(x: Array, y: Array, width: int, height: int, /, **p: Any) -> tuple[Array, Array]:
    """A barrel: r (1 + k r^2) / (1 + k), k = 0.6 amount, r = 1 in the corners; after the zoom."""
    k, corner = 0.6 * p["amount"], np.hypot(width, height) / 2
    across, down = (x - width / 2) / p["zoom"], (y - height / 2) / p["zoom"]
    scale = (1 + k * (np.hypot(across, down) / corner) ** 2) / (1 + k)
    return width / 2 + across * scale, height / 2 + down * scale


def wave(x: Array, y: Array, width: int, height: int, /, **p: Any) -> tuple[Array, Array]:
    """A sine across its direction; the way begins in the corner of the picture from which the wave comes."""
    short, direction = min(width, height), np.radians(p["angle"])
    corner = (0, 0) if p["angle"] >= 0 else (0, height)
    way = (x - corner[0]) * np.cos(direction) + (y - corner[1]) * np.sin(direction)
    phase = 2 * np.pi * way / (p["wavelength"] * short) + np.radians(p["phase"])
    shift = p["amplitude"] * short * np.sin(phase)
    return x + shift * np.sin(direction), y - shift * np.cos(direction)


def mirror(x: Array, y: Array, width: int, height: int, /, *, keep: str) -> tuple[Array, Array]:
    """The half that stays, and its reflection."""
    columns = {"left": np.minimum, "quad": np.minimum, "right": np.maximum}.get(keep)
    rows = {"top": np.minimum, "quad": np.minimum, "bottom": np.maximum}.get(keep)
    return columns(x, width - x) if columns else x, rows(y, height - y) if rows else y


def kaleidoscope(x: Array, y: Array, width: int, height: int, /, **p: Any) -> tuple[Array, Array]:
    """Polar fold: the angle modulo 2 pi / n from the first mirror on, the second half of each part reflected."""
    centre, part = complex(p["x"] * width, p["y"] * height), 2 * np.pi / p["segments"]
    first = np.exp(1j * np.radians(p["angle"]))
    seen = (x + 1j * y - centre) / first
    turn = np.angle(seen) % part
    folded = centre + first * np.abs(seen) * np.exp(1j * np.where(turn > part / 2, part - turn, turn))
    return folded.real, folded.imag


def straighten(x: Array, y: Array, width: int, height: int, /, *, angle: float, crop: bool) -> tuple[Array, Array]:
    """Clockwise about the centre: what is seen at a place stood that much further back."""
    back = (x - width / 2 + 1j * (y - height / 2)) * np.exp(-1j * np.radians(angle))
    return back.real + width / 2, back.imag + height / 2


Warp = Callable[..., tuple[Array, Array]]

WARPS: dict[str, Warp] = {
    "swirl": swirl,
    "bulge_pinch": bulge_pinch,
    "fisheye": fisheye,
    "wave": wave,
    "mirror": mirror,
    "kaleidoscope": kaleidoscope,
}


# What each pixel becomes.


def linear(values: Array) -> Array:
    return np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4)


def encoded(light: Array) -> Array:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)


def mixed(picture: Array, rows: list[list[float]]) -> Array:
    return picture @ np.array(rows).T


def grayscale(picture: Array, *, amount: float) -> Array:
    k = 1 - amount
    return mixed(picture, [
        [0.2126 + 0.7874 * k, 0.7152 - 0.7152 * k, 0.0722 - 0.0722 * k],
        [0.2126 - 0.2126 * k, 0.7152 + 0.2848 * k, 0.0722 - 0.0722 * k],
        [0.2126 - 0.2126 * k, 0.7152 - 0.7152 * k, 0.0722 + 0.9278 * k],
    ])  # fmt: skip


def sepia(picture: Array, *, amount: float) -> Array:
    k = 1 - amount
    return mixed(picture, [
        [0.393 + 0.607 * k, 0.769 - 0.769 * k, 0.189 - 0.189 * k],
        [0.349 - 0.349 * k, 0.686 + 0.314 * k, 0.168 - 0.168 * k],
        [0.272 - 0.272 * k, 0.534 - 0.534 * k, 0.131 + 0.869 * k],
    ])  # fmt: skip


def saturation(picture: Array, *, amount: float) -> Array:
    s = amount
    return mixed(picture, [
        [0.213 + 0.787 * s, 0.715 - 0.715 * s, 0.072 - 0.072 * s],
        [0.213 - 0.213 * s, 0.715 + 0.285 * s, 0.072 - 0.072 * s],
        [0.213 - 0.213 * s, 0.715 - 0.715 * s, 0.072 + 0.928 * s],
    ])  # fmt: skip


def hue_rotate(picture: Array, *, angle: float) -> Array:
    c, n = np.cos(np.radians(angle)), np.sin(np.radians(angle))
    return mixed(picture, [
        [0.213 + 0.787 * c - 0.213 * n, 0.715 - 0.715 * c - 0.715 * n, 0.072 - 0.072 * c + 0.928 * n],
        [0.213 - 0.213 * c + 0.143 * n, 0.715 + 0.285 * c + 0.140 * n, 0.072 - 0.072 * c - 0.283 * n],
        [0.213 - 0.213 * c - 0.787 * n, 0.715 - 0.715 * c + 0.715 * n, 0.072 + 0.928 * c + 0.072 * n],
    ])  # fmt: skip


def color_matrix(picture: Array, **p: float) -> Array:
    names = "red", "green", "blue"
    rows = [[p[f"{target}_from_{source}"] for source in names] for target in names]
    return mixed(picture, rows) + [p[f"{target}_offset"] for target in names]


def levels(picture: Array, **p: Any) -> Array:
    span = max(p["in_white"] - p["in_black"], 1 / 255)
    stretched = np.clip((picture - p["in_black"]) / span, 0, 1) ** (1 / p["gamma"])
    return p["out_black"] + (p["out_white"] - p["out_black"]) * stretched


def vibrance(picture: Array, *, amount: float) -> Array:
    largest = picture.max(axis=-1, keepdims=True)
    share = (largest - picture.mean(axis=-1, keepdims=True)) * (-3 * amount)
    return picture * (1 - share) + largest * share


def duotone(picture: Array, *, shadow: str, light: str, contrast: float) -> Array:
    grey = np.clip((picture @ [0.2126, 0.7152, 0.0722] - 0.5) * contrast + 0.5, 0, 1)[..., None]
    return swatch(shadow) * (1 - grey) + swatch(light) * grey


def fade(picture: Array, *, amount: float) -> Array:
    return saturation(0.18 * amount + (1 - 0.18 * amount) * picture, amount=1 - 0.2 * amount)


def color_pop(picture: Array, *, hue: float, width: float, softness: float) -> Array:
    """The angle around the grey axis, seen as a complex number with red at 1, green and blue a third of a turn on."""
    wheel = picture @ np.exp(1j * np.radians([0, 120, 240]))
    away = np.abs(np.degrees(np.angle(wheel * np.exp(-1j * np.radians(hue)))))
    kept = 1 - smoothstep(width * (1 - softness), width, away)[..., None]
    grey = grayscale(picture, amount=1)
    return grey + kept * (picture - grey)


def vignette(picture: Array, **p: Any) -> Array:
    """glfx.js in texture coordinates; roundness goes from the frame's ellipse to a circle through the corners."""
    height, width = picture.shape[:2]
    x, y = centres(picture)
    framed = np.hypot(x / width - 0.5, y / height - 0.5)
    circle = np.hypot(x - width / 2, y - height / 2) / np.hypot(width, height) * 2**0.5
    distance = (1 - p["roundness"]) * framed + p["roundness"] * circle
    inner = 0.8 - max(p["feather"] * (0.8 - p["size"] * 0.799), 0.001)
    kept = 1 - smoothstep(inner, 0.8, distance * (abs(p["amount"]) + p["size"]))[..., None]
    return picture * kept + (1 - kept) * (swatch(p["color"]) if p["amount"] > 0 else 1.0)


def chromatic_aberration(picture: Array, *, shift: float, mode: str, angle: float) -> Array:
    height, width = picture.shape[:2]
    x, y = centres(picture)
    away, out = shift * min(height, width), picture.copy()
    for channel, sign in ((0, 1), (2, -1)):
        if mode == "radial":
            scale = 1 + sign * away / (np.hypot(width, height) / 2)
            at = width / 2 + (x - width / 2) / scale, height / 2 + (y - height / 2) / scale
        else:
            at = x - sign * away * np.cos(np.radians(angle)), y - sign * away * np.sin(np.radians(angle))
        out[..., channel] = sampled(picture, *at, outside="nearest")[..., channel]
    return out


def bloom(picture: Array, *, threshold: float, radius: float, amount: float) -> Array:
    glow = blurred(np.maximum(picture - threshold, 0) / (1 - threshold), radius * min(picture.shape[:2]))
    return 1 - (1 - picture) * (1 - np.clip(amount * glow, 0, 1))


def unsharp_mask(picture: Array, *, radius: float, amount: float, threshold: float) -> Array:
    taken = picture - blurred(picture, radius * min(picture.shape[:2]))
    return np.where(np.abs(taken) >= threshold, picture + amount * taken, picture)


def threshold(picture: Array, *, threshold: float, mode: str) -> Array:
    """By the luma in 8 bits; Otsu's level is the one that leaves least variance on its two sides."""
    luma = np.rint(255 * (picture @ [0.2126, 0.7152, 0.0722]))
    level = threshold * 255
    if mode == "otsu":
        level = min(np.unique(luma)[:-1], key=lambda at: sum(part.var() * part.size for part in sides(luma, at)))
    return np.repeat((luma > level)[..., None], 3, axis=2).astype(float)


def sides(luma: Array, level: float) -> tuple[Array, Array]:
    return luma[luma <= level], luma[luma > level]


def hdr_detail(picture: Array, *, radius: float, threshold: float) -> Array:
    """Gastal and Oliveira's recursive filter of L* / 255 in three rounds, and three times what it takes away."""
    lab = rgb2lab(picture)
    light, wide = lab[..., 0] / 255, radius * min(picture.shape[:2])
    smooth = light.copy()
    for turn in (1, 2, 3):
        fade = -(2**0.5) / (wide * 3**0.5 * 2 ** (3 - turn) / (4**3 - 1) ** 0.5)
        for axis in (1, 0):
            lines, guide = np.swapaxes(smooth, 0, axis), np.swapaxes(light, 0, axis)
            near = np.exp(fade * (1 + wide / threshold * np.abs(guide[1:] - guide[:-1])))
            for index in range(1, len(lines)):
                lines[index] += near[index - 1] * (lines[index - 1] - lines[index])
            for index in reversed(range(len(lines) - 1)):
                lines[index] += near[index] * (lines[index + 1] - lines[index])
    lab[..., 0] += 2 * 255 * (light - smooth)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it tells of colours that no screen has, and brings them in
        return lab2rgb(lab)


def tilt_shift(picture: Array, **p: Any) -> Array:
    """glfx.js: the blur grows with the distance from a band; looked up among forty of them, by their variances."""
    height, width = picture.shape[:2]
    short = min(height, width)
    x, y = centres(picture)
    turn = np.radians(p["angle"])
    beside = np.abs((y - p["y"] * height) * np.cos(turn) - (x - p["x"] * width) * np.sin(turn)) / short
    share = smoothstep(0, 1, (beside - p["band"] / 2) / p["feather"])
    shares = np.linspace(0, 1, 40)
    stack = np.stack([blurred(picture, each * p["radius"] * short) for each in shares])
    place = np.clip(np.searchsorted(shares, share, side="right") - 1, 0, len(shares) - 2)
    part = ((share**2 - shares[place] ** 2) / (shares[place + 1] ** 2 - shares[place] ** 2))[..., None]
    rows, columns = np.indices(share.shape)
    return stack[place, rows, columns] * (1 - part) + stack[place + 1, rows, columns] * part


def pixelate(picture: Array, *, block: float) -> Array:
    size, out = max(1, round(block * min(picture.shape[:2]))), np.empty_like(picture)
    for top in range(0, picture.shape[0], size):
        for left in range(0, picture.shape[1], size):
            square = slice(top, top + size), slice(left, left + size)
            out[square] = picture[square].mean(axis=(0, 1))
    return out


def crop(picture: Array, *, x: float, y: float, width: float, height: float, aspect: str) -> Array:
    """Whole pixels; with an aspect, the largest rectangle of it in the middle of what else would be cut out."""
    rows, columns = picture.shape[:2]
    left, top = min(round(x * columns), columns - 1), min(round(y * rows), rows - 1)
    right, bottom = min(round((x + width) * columns), columns), min(round((y + height) * rows), rows)
    cut = picture[top : max(top + 1, bottom), left : max(left + 1, right)]
    if aspect == "free":
        return cut
    across, down = (columns, rows) if aspect == "original" else map(int, aspect.split(":"))
    wide = max(1, min(cut.shape[1], round(cut.shape[0] * across / down)))
    high = max(1, min(cut.shape[0], round(cut.shape[1] * down / across)))
    top, left = (cut.shape[0] - high) // 2, (cut.shape[1] - wide) // 2
    return cut[top : top + high, left : left + wide]


def rotate_flip(picture: Array, *, angle: str, flip_horizontal: bool, flip_vertical: bool) -> Array:
    turned = np.rot90(picture, -int(angle) // 90)
    return turned[:: -1 if flip_vertical else 1, :: -1 if flip_horizontal else 1]
