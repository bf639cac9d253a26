"""CSS filters, blend modes and gradients, as Chromium draws them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from effects.image import Image, to_float, to_uint8
from effects.kernels.film.overlay import BLEND_MODES
from tests.applied import applied
from tests.chromium import address, opened_page, photographed
from tests.pictures import difference
from tests.scene import scene
from tests.shares import in_turn
from tests.strategies import picture

pytestmark = pytest.mark.slow

FILTERS: list[tuple[str, str, dict[str, Any]]] = [
    ("brightness(0.4)", "brightness", {"amount": 0.4}),
    ("brightness(1.7)", "brightness", {"amount": 1.7}),
    ("contrast(0.5)", "contrast", {"amount": 0.5}),
    ("contrast(2.4)", "contrast", {"amount": 2.4}),
    ("saturate(0.3)", "saturation", {"amount": 0.3}),
    ("saturate(2.5)", "saturation", {"amount": 2.5}),
    ("hue-rotate(-75deg)", "hue_rotate", {"angle": -75}),
    ("hue-rotate(160deg)", "hue_rotate", {"angle": 160}),
    ("invert(0.35)", "invert", {"amount": 0.35}),
    ("invert(1)", "invert", {"amount": 1}),
    ("grayscale(0.6)", "grayscale", {"amount": 0.6}),
    ("grayscale(1)", "grayscale", {"amount": 1}),
    ("sepia(0.45)", "sepia", {"amount": 0.45}),
    ("sepia(1)", "sepia", {"amount": 1}),
]


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


def noise() -> Image:
    """Every colour is as likely as any other."""
    return picture(200, 300, 7, "noise")


def layer(style: str) -> str:
    return f"figure::after {{ content: ''; position: absolute; inset: 0; {style} }}"


@pytest.mark.parametrize(("css", "name", "params"), FILTERS, ids=[css for css, _, _ in FILTERS])
def test_a_css_filter_is_within_a_level(page: Page, css: str, name: str, params: dict[str, Any]) -> None:
    drawn = photographed(page, noise(), f"figure {{ filter: {css} }}")
    assert difference(applied(name, noise(), **params), drawn)[1] <= 1


LAYERS = {"orange": ("#c86432", 1.0), "thin blue": ("#1e5a96", 0.6), "grey": ("#808080", 1.0)}


@pytest.mark.parametrize(("mode", "over"), in_turn(BLEND_MODES, LAYERS))
def test_a_blend_mode_is_within_a_level(page: Page, mode: str, over: str) -> None:
    """Chromium's own exclusion is up to two levels from its formula, its difference of a layer it has made thinner."""
    color, opacity = LAYERS[over]
    style = layer(f"background: {color}; opacity: {opacity}; mix-blend-mode: {mode}")
    drawn = photographed(page, noise(), style)
    made = applied("overlay", noise(), mode=mode, shape="solid", color=color, opacity=opacity)
    assert difference(made, drawn)[1] <= (2 if mode == "exclusion" or (mode == "difference" and opacity < 1) else 1)


GRADIENTS: dict[str, dict[str, Any]] = {
    "linear-gradient(135deg, #ff7a18 10%, rgba(37, 65, 178, 0.4) 80%)": {
        "shape": "linear",
        "angle": 135,
        "start": 0.1,
        "end": 0.8,
        "opacity": 1,
        "opacity2": 0.4,
    },
    "linear-gradient(to top, #ff7a18, transparent)": {"shape": "linear", "angle": 0, "opacity": 1, "opacity2": 0},
    "radial-gradient(circle, rgba(255, 122, 24, 0.3) 20%, #2541b2)": {
        "shape": "radial",
        "start": 0.2,
        "opacity": 0.3,
        "opacity2": 1,
    },
    "radial-gradient(circle at 20% 75%, #ff7a18, #2541b2 60%)": {
        "shape": "radial",
        "x": 0.2,
        "y": 0.75,
        "end": 0.6,
        "opacity": 1,
        "opacity2": 1,
    },
}


@pytest.mark.parametrize(("css", "mode"), in_turn(GRADIENTS, ["multiply", "screen", "soft-light"]))
def test_a_gradient_is_that_of_css(page: Page, css: str, mode: str) -> None:
    drawn = photographed(page, scene(), layer(f"background: {css}; mix-blend-mode: {mode}"))
    mean, most = difference(applied("overlay", scene(), mode=mode, **GRADIENTS[css]), drawn)
    assert mean <= 0.5
    assert most <= 2


def test_a_duotone_is_that_of_an_svg_filter(page: Page) -> None:
    shadow, light = (0x2B, 0x10, 0x55), (0xFF, 0xD1, 0x66)
    tables = "".join(
        f"<feFunc{channel} type='table' tableValues='{dark / 255} {bright / 255}'/>"
        for channel, dark, bright in zip("RGB", shadow, light, strict=True)
    )
    grey = "0.2126 0.7152 0.0722 0 0 " * 3 + "0 0 0 1 0"
    svg = (
        f"<svg width='0' height='0' style='position: absolute'><filter id='duo' color-interpolation-filters='sRGB'>"
        f"<feColorMatrix values='{grey}'/><feComponentTransfer>{tables}</feComponentTransfer></filter></svg>"
    )
    drawn = photographed(page, scene(), "figure { filter: url(#duo) }", body=f"{svg}<figure></figure>")
    assert difference(applied("duotone", scene()), drawn)[1] <= 1


@pytest.mark.parametrize("mode", BLEND_MODES)
def test_a_blend_mode_holds_for_a_source_that_changes_too(page: Page, mode: str) -> None:
    source = picture(200, 300, 8, "noise")
    drawn = photographed(page, noise(), layer(f"background: url({address(source)}); mix-blend-mode: {mode}"))
    blended = to_uint8(BLEND_MODES[mode](to_float(noise()), to_float(source)))
    assert difference(blended, drawn)[1] <= (2 if mode == "exclusion" else 1)
