"""What the page's drawer makes of programs, in browsers whose graphics card is software, against the library."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Annotated, Any

import numpy as np
import pytest

from effects import EFFECTS, LOOKS, Group, Pipeline
from effects.effect import Category, Effect, Kind, Step
from effects.image import Colors, Image
from effects.marks import Range
from effects.masks.maps import map_of
from effects.masks.mask import Mask, read_mask
from effects.shaders import program
from effects.shaders.masks import mask_values
from effects.shaders.tracing import open_values
from tests.engines.drawer_page import DRAWER_PAGES
from tests.scene import landscape
from tests.shader_page import ShaderPage, differences
from tests.strategies import drawn, picture
from tests.tables import TABLES
from tests.test_shader_programs import curves_of
from tests.test_spatial_formulas import NEARNESS, decibels, step_with_formula

pytestmark = pytest.mark.slow

DRAWABLE = [effect for effect in EFFECTS.values() if effect.kind.is_pointwise or effect.kind is Kind.GEOMETRIC]
POINTWISE = [effect for effect in DRAWABLE if effect.kind.is_pointwise]
SAYING_FORMULAS = [effect for effect in EFFECTS.values() if effect.formula is not None]

SAMPLE = [
    EFFECTS[name]
    for name in (
        "bloom", "chromatic_aberration", "neon_edges", "emboss", "crt", "border", "straighten", "rotate_flip",
        "threshold", "grain", "glitch", "dither", "shadows_highlights", "auto_levels",
        "text",
    )
]  # fmt: skip
"""Of those that say a formula, some of which each asks something else of its surroundings."""

BRUSH = {"kind": "brush", "strokes": [{"points": [[0.1, 0.3], [0.5, 0.6], [0.9, 0.3]], "size": 0.3}]}

MASKS = {
    name: read_mask(shapes)
    for name, shapes in {
        "linear": [{"kind": "linear", "x0": 0.2, "y0": 0.7, "x1": 0.8, "y1": 0.3}],
        "radial": [{"kind": "radial", "angle": 30, "rx": 0.4, "invert": True}],
        "feathered": [{"kind": "radial", "feather": 0.05, "ry": 0.2}],
        "wide": [{"kind": "radial", "feather": 0.2, "ry": 0.2}],
        "luma": [{"kind": "luma", "low": 0.3, "high": 0.6}],
        "color": [{"kind": "color", "color": "#7090b0", "tolerance": 0.3, "feather": 0.02}],
        "brush": [BRUSH],
        "several": [
            {"kind": "linear"},
            {"kind": "radial", "how": "subtract", "feather": 0.03},
            {"kind": "luma", "how": "intersect", "invert": True},
            {**BRUSH, "how": "subtract", "feather": 0.01},
        ],
    }.items()
}


def few(name: str, mask: Mask, **given: Any) -> Step:
    return EFFECTS[name].step(mask=mask, **given)


MASKED: dict[str, Callable[[Mask], tuple[Step | Group, ...]]] = {
    "colours": lambda mask: (few("invert", ()), few("exposure", mask, stops=1), few("sepia", mask, strength=0.6)),
    "a blur": lambda mask: (few("exposure", mask), few("gaussian_blur", mask), few("vignette", mask)),
    "a warp and a group": lambda mask: (
        few("swirl", mask),
        Group((few("sepia", ()), few("contrast", (), amount=1.5)), 0.6, mask=mask),
        few("saturation", ()),
    ),
    "within a group": lambda mask: (Group((few("invert", mask), few("sepia", ())), 0.6),),
}
"""Stacks that count where a mask is."""

SETS, STACKS = 10, 50
"""Random parameters for each effect, and random stacks, of `make test-deep`."""


@pytest.fixture(scope="module", params=DRAWER_PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShaderPage]:
    with request.param(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture
def image(page: ShaderPage) -> Image:
    small = picture(96, 160, seed=5)
    page.show(small)
    return small


def off(page: ShaderPage, stack: Pipeline, image: Image) -> Any:
    made = program(stack)
    assert made.server_items == 0
    return differences(page.drawn(made), stack(image))


def random_step(effect: Effect, seed: int) -> Step:
    if effect.name == "lut3d":
        way = ("trilinear", "tetrahedral")[seed % 2]
        return effect.step(table=TABLES[seed % len(TABLES)], interpolation=way)
    strength = 1.0 if seed % 3 or effect.kind is Kind.CANVAS else 0.25 + seed % 4 / 4
    return effect.step(strength=strength, **(drawn(effect, seed) if seed else {}))


def is_as_near_as_promised(levels: Any, effects: list[Effect]) -> bool:
    """At most one level, and a second where a colour table is interpolated; with a warp 99.9 % within two.

    So with a jump after other steps: a value that all but reaches it may come to stand on its other side.
    """
    jumps = any(effect.name == "posterize" for effect in effects[1:])
    if jumps or any(effect.kind is Kind.GEOMETRIC for effect in effects):
        return bool((levels > 2).mean() <= 0.001)
    return bool(levels.max() <= (2 if any(effect.name == "lut3d" for effect in effects) else 1))


def test_every_effect_is_drawn_as_the_library_draws_it(page: ShaderPage, image: Image) -> None:
    for seed, effect in enumerate(DRAWABLE):
        step = random_step(effect, seed)
        assert is_as_near_as_promised(off(page, Pipeline((step,)), image), [effect]), step


def test_stacks_and_groups_are_drawn_as_the_library_draws_them(page: ShaderPage, image: Image) -> None:
    colors, warp = (
        [random_step(EFFECTS[name], 1) for name in ("exposure", "hue_rotate", "vignette")],
        EFFECTS["swirl"].step(),
    )
    assert off(page, Pipeline((*colors, Group(tuple(colors[::-1]), 0.4))), image).max() <= 1
    mixed = Pipeline((colors[0], Group((warp, colors[1]), 0.5), EFFECTS["wave"].step(), colors[2]))
    assert (off(page, mixed, image) > 2).mean() <= 0.001


def test_tones_are_drawn_as_curves_within_a_level(page: ShaderPage, image: Image) -> None:
    """Whatever comes in: 8 bits, or what is between them; and not only where a slider was when it was traced."""
    tones = [EFFECTS[name] for name in ("exposure", "gamma", "levels")]
    for seed, before in enumerate((None, "vignette", "sepia", "contrast")):
        steps = [random_step(effect, 30 + seed) for effect in tones]
        stack = Pipeline((*([random_step(EFFECTS[before], 1)] if before else []), *steps))
        assert off(page, stack, image).max() <= 1, stack
    begin, end = (Pipeline((EFFECTS["sepia"].step(), EFFECTS["exposure"].step(stops=stops))) for stops in (0.5, 3.0))
    moved = page.drawn(program(begin), {"1.stops": 3.0})
    assert differences(moved, end(image)).max() <= 1


def masked_off(page: ShaderPage, items: tuple[Step | Group, ...], image: Image) -> Any:
    """How far off a stack is whose mask a table may tell; all of it is drawn."""
    stack = Pipeline(items)
    made = program(stack, maps=lambda count, shape: map_of((shape,), stack[:count](image)).plane)
    assert made.server_items == 0, stack
    return differences(page.drawn(made), stack(image))


def test_masks_are_drawn_as_the_library_blends_by_them(page: ShaderPage, image: Image) -> None:
    for name in ("linear", "radial", "luma", "color", "brush"):
        assert masked_off(page, MASKED["colours"](MASKS[name]), image).max() <= 1, name
    for name, stack in MASKED.items():
        # A blur's own levels are its formula's, and so a feather's.
        levels = masked_off(page, stack(MASKS["several"]), image)
        assert (levels > 1).mean() <= 0.002, name
        assert levels.max() <= 3, name


def test_a_masks_handle_moves_without_another_program(page: ShaderPage, image: Image) -> None:
    begin, end = ({"kind": "radial", "rx": rx, "x": x, "angle": 20} for rx, x in ((0.2, 0.3), (0.4, 0.6)))
    made = program(Pipeline((EFFECTS["exposure"].step(mask=[begin]),)))
    moved = page.drawn(made, {f"0.mask.{name}": value for name, value in mask_values(read_mask([end])).items()})
    assert differences(moved, Pipeline((EFFECTS["exposure"].step(mask=[end]),))(image)).max() <= 1


@pytest.mark.deep
def test_every_mask_is_drawn_for_every_stack(page: ShaderPage) -> None:
    whole = landscape(240, 360)
    page.show(whole)
    for mask in MASKS.values():
        for name, stack in MASKED.items():
            levels = masked_off(page, stack(mask), whole)
            assert (levels > (2 if "warp" in name else 1)).mean() <= 0.002, (name, mask)
            assert levels.max() <= 3, (name, mask)


def test_more_curves_than_a_draw_reads_are_drawn_within_a_level(page: ShaderPage, image: Image) -> None:
    stack = Pipeline(curves_of(20))
    assert len(program(stack).draws) == 2
    assert off(page, stack, image).max() <= 1


COUNTING = """() => {
window.living = new Set();
for (const [make, drop] of [["createTexture", "deleteTexture"], ["createFramebuffer", "deleteFramebuffer"]]) {
  const made = drawer.gl[make].bind(drawer.gl), dropped = drawer.gl[drop].bind(drawer.gl);
  drawer.gl[make] = () => { const each = made(); living.add(each); return each; };
  drawer.gl[drop] = (each) => { living.delete(each); dropped(each); };
}
}"""


def test_tables_and_targets_that_nothing_names_are_given_back(page: ShaderPage, image: Image) -> None:
    """24 tables are held, and those of the program however many it names; the last named are the last to go."""
    page.begin(image)
    page.page.evaluate(COUNTING)
    curves = curves_of(40)
    tables = [{*program(Pipeline((each,))).textures} for each in curves]
    page.drawn(program(Pipeline(curves)))
    assert page.page.evaluate("() => living.size") == 40 + 2 * 2  # and two draws that another one follows
    for each in (*curves[8:30], curves[3]):
        page.drawn(program(Pipeline((each,))))
    assert page.page.evaluate("() => living.size") == 24
    known = {*page.page.evaluate("() => drawer.known()")}
    assert known >= set().union(*tables[8:30], tables[3])
    held = program(Pipeline((curves[20],)), known=known)
    assert held.wire()["tables"] == {}
    assert differences(page.drawn(held), Pipeline((curves[20],))(image)).max() <= 1
    page.drawn(program(Pipeline((curves[20],))))
    assert page.page.evaluate("() => living.size") == 24  # what is there is not made again


def test_formulas_are_drawn_as_the_library_draws_their_kernels(page: ShaderPage) -> None:
    landscape_part = landscape(120, 160)
    page.show(landscape_part)
    for seed, effect in enumerate(SAMPLE):
        is_drawn_by_its_formula(page, step_with_formula(effect, 1 + seed), landscape_part)


def is_drawn_by_its_formula(page: ShaderPage, step: Step, shown: Image) -> None:
    stack = Pipeline((step, EFFECTS["vignette"].step()))
    drawn_picture, meant = page.drawn(program(stack, before=lambda count: stack[:count](shown))), stack(shown)
    assert drawn_picture.shape == meant.shape, step
    assert decibels(drawn_picture, meant) >= NEARNESS.get(step.effect.name, 45.0), step


@pytest.mark.deep
def test_every_formula_is_drawn_at_random_parameters(page: ShaderPage) -> None:
    whole = landscape(240, 360)
    page.show(whole)
    for effect in SAYING_FORMULAS:
        for seed in range(4):
            is_drawn_by_its_formula(page, step_with_formula(effect, 20 + seed), whole)


def test_a_blurs_radius_moves_without_another_program(page: ShaderPage, image: Image) -> None:
    made = program(Pipeline((EFFECTS["gaussian_blur"].step(radius=0.004),)))
    for radius in (0.0, 0.002, 0.05, 0.1):
        blurred = page.drawn(made, {"0.radius": radius})
        assert decibels(blurred, Pipeline((EFFECTS["gaussian_blur"].step(radius=radius),))(image)) >= 45, radius


def test_a_slider_moves_without_another_program(page: ShaderPage, image: Image) -> None:
    begin, end = EFFECTS["overlay"].step(), EFFECTS["overlay"].step(opacity2=0.9, angle=20, color="#00ff00")
    moved = page.drawn(program(Pipeline((begin,))), {f"0.{name}": value for name, value in open_values(end).items()})
    assert differences(moved, Pipeline((end,))(image)).max() <= 1


def test_a_picture_of_a_pixel_and_a_line_are_drawn(page: ShaderPage) -> None:
    for shape in ((1, 1), (1, 40), (40, 1)):
        small = picture(*shape)
        page.show(small)
        for name in ("swirl", "wave", "vignette"):
            assert off(page, Pipeline((EFFECTS[name].step(),)), small).max() <= 2, (name, shape)


FUNCTIONS: dict[str, Any] = {
    "sin": lambda c: 0.5 + 0.5 * np.sin(2000 * (c - 0.5)),
    "cos": lambda c: 0.5 + 0.5 * np.cos(300 * c),
    "tan": lambda c: np.tan(c * 1.2) / 3,
    "arctan2": lambda c: np.arctan2(c - 0.5, 0.25 - c**2) / 7 + 0.5,
    "arcsin and arccos": lambda c: (np.arcsin(2 * c - 1) - np.arccos(c)) / 10 + 0.5,
    "powers of what is not positive": lambda c: np.float_power(0.9 - c, 5.0) + np.maximum(c - 0.5, 0) ** 0.7,
    "floor-mod and fmod": lambda c: np.mod(c - 0.5, 0.3) + np.fmod(c - 0.5, 0.3) + 0.3,
    "rounding": lambda c: np.rint(7.3 * c) / 9 + np.trunc(4.1 * c - 2) / 9 + np.floor(3.3 * c) / 9,
    "exponentials": lambda c: np.exp(c) / 3 + np.log(c + 0.01) / 20 + np.tanh(c) / 9,
    "signs": lambda c: np.copysign(c / 2, c - 0.5) + 0.5 + np.sign(c - 0.2) / 9,
}


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_shaders_functions_are_numpys(page: ShaderPage, image: Image, name: str) -> None:
    def tried(colors: Colors, *, amount: Annotated[float, Range(0, 1)] = 1.0) -> Colors:
        """Try a function."""
        return FUNCTIONS[name](colors) * amount

    effect = Category("tried", "Tried", "What tests declare.").color(tried)
    levels = off(page, Pipeline((effect.step(),)), image)
    # What jumps may do so on either side of where the shader's floats are.
    assert np.quantile(levels, 0.99) <= 1, levels.max()


@pytest.mark.deep
def test_random_parameters_and_stacks_of_a_whole_picture(page: ShaderPage) -> None:
    whole = landscape(720, 1280)
    page.show(whole)
    for effect in DRAWABLE:
        for seed in range(SETS):
            step = random_step(effect, 100 + seed)
            assert is_as_near_as_promised(off(page, Pipeline((step,)), whole), [effect]), step
    chance = np.random.default_rng(0)
    for seed in range(STACKS):
        shelf = POINTWISE if seed % 2 else DRAWABLE
        chosen = [shelf[place] for place in chance.integers(0, len(shelf), 5)]
        stack = Pipeline(tuple(random_step(effect, 1 + seed) for effect in chosen))
        assert is_as_near_as_promised(off(page, stack, whole), chosen), stack


@pytest.mark.deep
def test_every_look_of_colours_is_drawn_within_a_level(page: ShaderPage) -> None:
    whole = landscape(720, 1280)
    page.show(whole)
    for name, look in LOOKS.items():
        if all(step.effect.kind.is_pointwise for step in look.all_steps):
            assert masked_off(page, look.steps, whole).max() <= 1, name
