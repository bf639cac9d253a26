"""Light and lens against Chromium and ffmpeg, and by what their names promise."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PIL import Image as PILImage
from playwright.sync_api import Page

from effects.image import Frame, Image, Place, to_float, to_uint8
from effects.kernels.gaussian import gaussian
from effects.kernels.light.light_leak import Glow, falloff, leaks, screen_glows
from effects.kernels.sampling import pixel_axis
from tests.applied import applied
from tests.chromium import opened_page, photographed
from tests.pictures import difference
from tests.scene import scene
from tests.tools import TOOLS

LEAK: dict[str, Any] = {"x": 0.9, "y": 0.3, "hue": 25.0, "radius": 0.7, "amount": 0.8, "seed": 4}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


def style(frame: Frame, glows: Sequence[Glow]) -> str:
    """The glows as CSS: ellipses whose colour fades in 40 stops, each screened onto what is below."""
    rules, half = ["i { position: absolute; inset: 0; mix-blend-mode: screen }"], frame.short / 2
    for index, glow in enumerate(glows):
        x, y = (centre * half + side / 2 for centre, side in zip(glow.centre, (frame.width, frame.height), strict=True))
        color = " ".join(f"{255 * value:.2f}" for value in glow.color)
        stops = ", ".join(
            f"rgb({color} / {glow.opacity * falloff(np.array((stop / 40) ** 2)):.5f}) {2.5 * stop}%"
            for stop in range(41)
        )
        shape = f"{glow.axes[0] * half:.3f}px {glow.axes[1] * half:.3f}px at {x:.3f}px {y:.3f}px"
        rules.append(f".leak{index} {{ background: radial-gradient({shape}, {stops}) }}")
    return " ".join(rules)


@pytest.mark.slow
def test_a_light_leak_is_what_chromium_draws(page: Page) -> None:
    """Chromium rounds after each of the three layers, so that all of them may be one level further off."""
    frame = Frame(*scene().shape[:2])
    glows = leaks(frame, **LEAK)
    place = Place(frame, pixel_axis(frame.width, frame.short)[None], pixel_axis(frame.height, frame.short)[:, None])
    for layers in (glows, *((glow,) for glow in glows)):
        body = "<figure>" + "".join(f'<i class="leak{index}"></i>' for index in range(len(layers))) + "</figure>"
        drawn = photographed(page, scene(), style(frame, layers), body)
        assert difference(scene(), drawn)[0] > 3
        mean, most = difference(to_uint8(screen_glows(to_float(scene()), place, layers)), drawn)
        assert mean <= 1
        assert most <= (2 if len(layers) == 1 else 3)
    assert (
        difference(applied("light_leak", scene(), **LEAK), to_uint8(screen_glows(to_float(scene()), place, glows)))[1]
        <= 1
    )


def test_a_light_leak_only_lightens_and_chance_shapes_it() -> None:
    out = applied("light_leak", scene())
    assert (out >= scene()).all()
    assert difference(out, applied("light_leak", scene(), seed=1))[0] > 1
    near, far = out[60:140, 400:], out[60:140, :80]
    assert (near.astype(int) - scene()[60:140, 400:]).mean() > 10
    assert np.array_equal(far, scene()[60:140, :80])


def by_ffmpeg(folder: Path, image: Image, chain: str) -> Image:
    """The picture after an ffmpeg filter chain."""
    PILImage.fromarray(image).save(folder / "in.png")
    command = [
        TOOLS["ffmpeg"].find() or "ffmpeg",
        "-v",
        "error",
        "-i",
        "in.png",
        "-vf",
        chain,
        "-pix_fmt",
        "rgb24",
        "-y",
        "out.png",
    ]
    subprocess.run(command, cwd=folder, check=True)
    return np.asarray(PILImage.open(folder / "out.png"))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("angle", "chain"),
    [
        (0, "rh=4:bh=-4"),
        (90, "rv=4:bv=-4"),
        (180, "rh=-4:bh=4"),
    ],
)
def test_linear_aberration_is_ffmpegs_shift(tmp_path: Path, angle: float, chain: str) -> None:
    """At a shorter side of 400 pixels a hundredth of it is 4 pixels."""
    image = np.ascontiguousarray(cv2.resize(scene(), (600, 400)))
    out = applied("chromatic_aberration", image, mode="linear", shift=0.01, angle=angle)
    reference = by_ffmpeg(tmp_path, image, f"format=gbrp,rgbashift={chain}:edge=smear")
    assert np.array_equal(out, reference)


def test_radial_aberration_parts_the_colours_in_the_corners_only() -> None:
    rings = np.zeros((401, 601, 3), np.uint8)
    cv2.circle(rings, (300, 200), 150, (255, 255, 255), -1)
    out = applied("chromatic_aberration", rings, shift=0.02)
    assert np.array_equal(out[..., 1], rings[..., 1])
    share = 0.02 * 401 / np.hypot(200.5, 300.5)
    radii = [np.sqrt(out[..., channel].sum() / 255 / np.pi) for channel in range(3)]
    assert radii[0] == pytest.approx(radii[1] * (1 + share), abs=0.1)
    assert radii[2] == pytest.approx(radii[1] * (1 - share), abs=0.1)


def test_bloom_is_its_formula() -> None:
    above = to_uint8(np.maximum(0, to_float(scene()) - 0.6) / 0.4)
    glow = 0.8 * to_float(gaussian(above, 0.03 * 320))
    expected = to_uint8(1 - (1 - to_float(scene())) * (1 - glow))
    assert difference(applied("bloom", scene()), expected)[1] <= 2


def test_a_vignette_is_the_shader_it_comes_from() -> None:
    """glfx: c * smoothstep(0.8, size * 0.799, distance * (amount + size)), texture coordinates from the centre."""
    rows, columns = (np.arange(320)[:, None] + 0.5) / 320 - 0.5, (np.arange(480) + 0.5) / 480 - 0.5
    t = np.clip((np.hypot(rows, columns) * (0.4 + 0.5) - 0.8) / (0.5 * 0.799 - 0.8), 0, 1)
    expected = to_uint8(to_float(scene()) * (t * t * (3 - 2 * t))[..., None])
    assert difference(applied("vignette", scene()), expected)[1] <= 1
