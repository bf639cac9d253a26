"""A picture takes over the mean and the spread of another's colours, and nothing where there is none to take."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from scipy.linalg import sqrtm
from skimage import data

from effects import EFFECTS, Photo, Pipeline, color_transfer
from effects.color_transfer import MAX_GAIN
from effects.image import Image
from effects.marks import Range

Array = npt.NDArray[np.float64]


def clouds(mean: list[float], spread: Array, seed: int, size: tuple[int, int] = (120, 160)) -> Image:
    """Colours of a normal distribution; none is meant to be clipped."""
    chance = np.random.default_rng(seed)
    colors = chance.multivariate_normal(mean, spread, size)
    return np.rint(colors * 255).clip(0, 255).astype(np.uint8)


SEEN = clouds([0.4, 0.5, 0.55], 0.002 * np.array([[2.0, 0.8, 0.3], [0.8, 1.0, 0.4], [0.3, 0.4, 1.5]]), 1)
WANTED = clouds([0.6, 0.45, 0.35], 0.002 * np.array([[1.5, -0.4, 0.2], [-0.4, 2.0, 0.9], [0.2, 0.9, 2.5]]), 2)


def moments(image: Image) -> tuple[Array, Array]:
    colors = image.reshape(-1, 3) / 255
    return colors.mean(axis=0), np.cov(colors.T, bias=True)


def test_mean_and_covariance_become_those_of_the_reference_where_nothing_clips() -> None:
    result = Pipeline((color_transfer(SEEN, WANTED),))(SEEN)
    (mean, spread), (aim, wide) = moments(result), moments(WANTED)
    assert 0 < result.min() <= result.max() < 255
    assert np.abs(mean - aim).max() < 0.5 / 255
    assert np.abs(spread - wide).max() < 0.03 * np.abs(wide).max()


def test_the_matrix_is_that_of_monge_and_kantorovich() -> None:
    """By SciPy's roots of matrices, which know no symmetry."""
    (mean, spread), (aim, wide) = moments(SEEN), moments(WANTED)
    root = np.real(sqrtm(spread))
    gains = np.linalg.inv(root) @ np.real(sqrtm(root @ wide @ root)) @ np.linalg.inv(root)
    expected = np.hstack([gains, (aim - gains @ mean)[:, None]])
    found = color_transfer(SEEN, WANTED).call()
    assert np.abs(found - expected).max() < 0.03


@pytest.mark.parametrize("name", ["astronaut", "coffee", "chelsea", "rocket"])
def test_a_picture_is_like_itself_already(name: str) -> None:
    image = getattr(data, name)()
    assert color_transfer(image, image).is_neutral
    assert not Pipeline((color_transfer(image, SEEN),)).changes_nothing


@pytest.mark.parametrize("shade", [0, 30, 255])
def test_a_reference_of_a_single_colour_gives_its_colour_and_leaves_the_contrast(shade: int) -> None:
    flat = np.full((9, 9, 3), shade, np.uint8)
    gains = color_transfer(SEEN, flat).call()[:, :3]
    assert np.abs(gains - np.eye(3)).max() < 0.1
    assert np.abs(moments(SEEN)[0] + color_transfer(SEEN, flat).call()[:, 3] - shade / 255).max() < 0.05


def test_a_reference_of_greys_takes_the_colours_away() -> None:
    grey = np.repeat(SEEN[..., :1], 3, axis=-1)
    result = Pipeline((color_transfer(data.coffee(), grey),))(data.coffee())
    assert np.ptp(result.astype(int), axis=-1).mean() < 2


@pytest.mark.parametrize("flat", [(0, 0, 0), (255, 255, 255), (120, 121, 120), (255, 0, 128)])
def test_a_picture_that_hardly_varies_is_not_torn_apart(flat: tuple[int, int, int]) -> None:
    chance = np.random.default_rng(3)
    noisy = np.clip(np.array(flat) + chance.integers(-1, 2, (40, 60, 3)), 0, 255).astype(np.uint8)
    for wanted in (data.astronaut(), WANTED, np.zeros((1, 1, 3), np.uint8)):
        step = color_transfer(noisy, wanted)
        assert np.abs(np.linalg.eigvalsh(step.call()[:, :3])).max() <= MAX_GAIN + 0.001
        assert Pipeline((step,))(noisy).std() < 120


def test_every_number_is_one_that_the_effect_allows() -> None:
    """The hardest stretch there can be, and its opposite: a spot in white, and black beside white."""
    light = np.full((64, 64, 3), 255, np.uint8)
    light[:8, :8] = 130
    hard = np.zeros((64, 64, 3), np.uint8)
    hard[::2] = 255
    for seen, wanted in ((light, hard), (hard, light), (255 - light, hard)):
        step = color_transfer(seen, wanted)
        for param in step.effect.params:
            assert isinstance(param.mark, Range)
            assert param.mark.check(step.params[param.name]) == step.params[param.name]


def test_what_is_transparent_does_not_count_on_either_side() -> None:
    half = np.zeros(SEEN.shape[:2], np.uint8)
    half[:, :80] = 255
    seen, wanted = SEEN.copy(), WANTED.copy()
    seen[:, 80:], wanted[:, 80:] = (255, 0, 0), (0, 255, 0)
    assert color_transfer(Photo(seen, half), Photo(wanted, half)) == color_transfer(SEEN[:, :80], WANTED[:, :80])
    nothing = Photo(SEEN, np.zeros_like(half))
    assert color_transfer(nothing, WANTED).is_neutral
    assert color_transfer(SEEN, nothing).is_neutral


def test_it_is_an_ordinary_step_with_a_strength_that_a_recipe_holds() -> None:
    step = color_transfer(SEEN, WANTED, strength=0.4)
    assert step.effect is EFFECTS["color_matrix"]
    assert step.strength == 0.4
    assert Pipeline.from_link(Pipeline((step,)).to_link()) == Pipeline((step,))


def test_a_preview_gives_nearly_the_step_of_the_whole_photo() -> None:
    large = np.repeat(np.repeat(data.astronaut(), 4, axis=0), 4, axis=1)
    one, other = (color_transfer(image, WANTED).call() for image in (large, data.astronaut()))
    assert np.abs(one - other).max() < 0.02
