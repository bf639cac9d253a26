"""What the page's drawer saves while a slider moves: draws that would change nothing, and three pixels of four."""

from __future__ import annotations

import numpy as np
import pytest

from effects import EFFECTS, Pipeline
from effects.image import Image
from effects.shaders import program
from tests.shader_page import ShaderPage
from tests.strategies import picture
from tests.test_shaders_drawn import image, page

__all__ = ["image", "page"]  # fixtures that pytest finds here

pytestmark = pytest.mark.slow


COUNTING_DRAWS = """() => {
  window.draws = 0;
  const once = drawer.gl.drawArrays.bind(drawer.gl);
  drawer.gl.drawArrays = (...all) => { draws++; once(...all); };
}"""


def test_what_comes_before_the_step_that_moves_is_not_drawn_again(page: ShaderPage, image: Image) -> None:
    page.begin(image)
    page.page.evaluate(COUNTING_DRAWS)

    def draws(values: dict[str, float], t: float | None = None) -> int:
        before = page.page.evaluate("() => draws")
        page.frame(t, values)
        return int(page.page.evaluate("() => draws")) - before

    stack = Pipeline((EFFECTS["exposure"].step(stops=1), EFFECTS["swirl"].step(), EFFECTS["wave"].step(strength=0.5)))
    page.use(program(stack))
    assert [draws({}), draws({}), draws({"2.strength": 0.2}), draws({"0.stops": -1})] == [4, 1, 1, 4]
    assert [draws({"0.stops": -1}), draws({"0.stops": 1})] == [1, 4]
    page.show(picture(96, 160, seed=6))
    assert draws({}) == 3  # the curve is none of the picture's
    page.show(image)
    assert draws({}) == 3
    page.use(program(stack))
    assert draws({}) == 4
    page.begin(image)


def halved(image: Image) -> Image:
    """The mean of each two by two pixels, in whole levels."""
    height, width, _ = image.shape
    return np.rint(image.reshape(height // 2, 2, width // 2, 2, 3).mean(axis=(1, 3), dtype=np.float32)).astype(np.uint8)


def test_half_of_a_picture_is_drawn_as_the_library_does_it_to_a_small_one(page: ShaderPage, image: Image) -> None:
    stack = Pipeline((EFFECTS["exposure"].step(stops=0.5), EFFECTS["sepia"].step(), EFFECTS["vignette"].step()))
    whole = page.drawn(program(stack))
    half = page.frame(None, is_half=True)
    assert half.shape == (48, 80, 3)
    assert np.abs(half.astype(int) - stack(halved(image))).max() <= 2  # the mean of four may be rounded otherwise
    assert np.abs(page.frame(None, {"0.stops": 2.0}, is_half=True).astype(int) - half).mean() > 10
    assert (page.frame(None) == whole).all()
    other = picture(96, 160, seed=6)
    page.show(other)
    assert np.abs(page.frame(None, is_half=True).astype(int) - stack(halved(other))).max() <= 2


def test_what_has_a_table_as_large_as_the_picture_is_drawn_whole(page: ShaderPage, image: Image) -> None:
    for stack, is_scalable in (
        ((EFFECTS["exposure"].step(), EFFECTS["curves"].step()), True),
        ((EFFECTS["lut3d"].step(),), True),
        ((EFFECTS["exposure"].step(), EFFECTS["grain"].step()), False),
        ((EFFECTS["trails"].step(),), False),
    ):
        page.use(program(stack, before=lambda _: image))
        assert page.page.evaluate("() => drawer.canBeHalf()") is is_scalable, stack
