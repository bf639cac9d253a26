"""What proves a device on Live: the card is drawn as the library makes it, and what is drawn wrongly is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from effects import EFFECTS, Pipeline
from effects.image import Image
from effects.shaders import program
from pages.components.live.device_card import card
from pages.components.page_script import page_script
from pages.components.stack.needs_server import is_drawable
from tests.chromium import address
from tests.engines.drawer_page import DRAWER_PAGES
from tests.shader_page import DRAWING, ShaderPage
from tests.test_spatial_formulas import step_with_formula

pytestmark = pytest.mark.deep

SETS = 6
"""Parameters for each effect: its own, and random ones."""

ALIKE = """async address => {
  const made = await createImageBitmap(await (await fetch(address)).blob(), { colorSpaceConversion: "none" });
  const { width, height } = canvas;
  const [drawn, meant] = [canvasPixels(drawer.gl), pixelsOf(made, width, height)];
  return areAlike(partMeans(drawn, width, height), partMeans(meant, width, height));
}"""

DRAWABLE = [effect for effect in EFFECTS.values() if is_drawable(effect.step())]


@pytest.fixture(scope="module", params=DRAWER_PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShaderPage]:
    with request.param(tmp_path_factory.mktemp("browser")) as opened:
        opened.run(page_script(DRAWING / "canvas_pixels.js") + page_script(DRAWING / "proof.js"))
        opened.show(card())
        yield opened


def is_proven(page: ShaderPage, stack: Pipeline, meant: Image) -> Any:
    page.drawn(program(stack))
    return page.page.evaluate(ALIKE, address(meant))


def test_every_effect_that_can_be_drawn_is_proven(page: ShaderPage) -> None:
    refused = []
    for effect in DRAWABLE:
        for seed in range(SETS):
            stack = Pipeline((step_with_formula(effect, seed),))
            if not is_proven(page, stack, stack(card())):
                refused.append((effect.name, seed))
    assert not refused


def test_a_stack_that_is_a_little_off_is_not(page: ShaderPage) -> None:
    for effect, other in (("exposure", {"stops": 0.55}), ("swirl", {"angle": 80}), ("sepia", {"amount": 0.9})):
        stack, meant = Pipeline((EFFECTS[effect].step(),)), Pipeline((EFFECTS[effect].step(**other),))
        assert not is_proven(page, stack, meant(card()))
