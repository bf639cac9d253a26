"""What is in front and what behind: edges without colours of the other side, and a frame's quick blur."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from skimage import data

from effects import EFFECTS, Photo, Pipeline
from effects.image import Alpha
from effects.kernels.people.backdrop import blurred_frame, blurred_where, composed, even
from effects.kernels.people.edges import clean_edges


def soft_disc(height: int, width: int, edge: float) -> Alpha:
    """A disc in the middle of a frame, 255 inside and falling to 0 over so many pixels."""
    rows, columns = np.ogrid[:height, :width]
    away = np.hypot(rows - height / 2, columns - width / 2) - height / 4
    return np.rint(255 * np.clip(0.5 - away / edge, 0, 1)).astype(np.uint8)


BACKDROPS = (51, 102, 153), (0, 177, 64), (245, 245, 245), (10, 10, 10), (0, 0, 255), (128, 128, 128)


@pytest.mark.slow
@pytest.mark.parametrize("backdrop", BACKDROPS)
@pytest.mark.parametrize("edge", [4, 12])
def test_what_was_cut_from_an_even_backdrop_is_the_picture_when_it_is_laid_over_it_again(
    backdrop: tuple[int, int, int], edge: float
) -> None:
    """Every pixel within 12 levels; and over any other backdrop it is what it would have been before that."""
    front = cv2.resize(data.coffee(), (400, 300), interpolation=cv2.INTER_AREA).astype(float)
    plane = soft_disc(300, 400, edge)
    share = plane[..., None] / 255
    picture = np.rint(share * front + (1 - share) * backdrop).astype(np.uint8)
    colors, better = clean_edges(picture, plane)
    part = better[..., None] / 255
    assert np.abs(part * colors + (1 - part) * backdrop - picture).max() <= 12
    sure = (plane == 0) | (plane == 255)
    assert np.array_equal(colors[sure], picture[sure])
    assert np.array_equal(better[sure], plane[sure])
    elsewhere = np.array([200, 200, 60])
    apart = part * colors + (1 - part) * elsewhere - (share * front + (1 - share) * elsewhere)
    assert np.abs(apart[~sure]).mean() <= 6


def test_a_map_that_is_off_is_mended_by_the_colours_that_are_there() -> None:
    """Where it says too little of a white disc before blue to be seen at all, and too much of the blue."""
    true, blue = soft_disc(300, 400, 4), np.array([20, 60, 200])
    share = true[..., None] / 255
    picture = np.rint(share * 250 + (1 - share) * blue).astype(np.uint8)
    rough = cv2.blur(true, (25, 25))
    colors, better = clean_edges(picture, rough)
    edge = (rough > 0) & (rough < 255)
    before, after = (np.abs(plane.astype(float) - true)[edge].mean() for plane in (rough, better))
    assert after < 0.35 * before
    part = better[..., None] / 255
    assert np.abs(part * colors + (1 - part) * blue - picture).max() <= 12


def test_where_nothing_is_sure_an_edge_stays_as_it_is() -> None:
    image = cv2.resize(data.coffee(), (120, 90), interpolation=cv2.INTER_AREA)
    colors, better = clean_edges(image, np.full((90, 120), 128, np.uint8))
    assert np.array_equal(colors, image)
    assert (better == 128).all()


@pytest.mark.deep
@pytest.mark.parametrize("backdrop", ["#336699", "#f5f5f5", "#808080"])
def test_a_cut_out_laid_over_its_even_backdrop_is_the_picture_within_12_levels(backdrop: str) -> None:
    """Of all pixels but one in a hundred: there the network sees nobody, or somebody who is not there."""
    image = Pipeline((EFFECTS["background"].step(way="color", color=backdrop),))(data.astronaut())
    cut = Pipeline((EFFECTS["cut_out"].step(who="person"),)).apply(Photo(image))
    assert cut.alpha is not None
    share = cut.alpha[..., None] / 255
    again = share * cut.image + (1 - share) * even(image.shape, backdrop)
    assert (np.abs(again - image).max(axis=2) <= 12).mean() >= 0.99
    assert np.abs(again - image)[(cut.alpha > 0) & (cut.alpha < 255)].mean() <= 3


@pytest.mark.parametrize("sigma", [2.0, 3.9, 9.6, 48.0])
@pytest.mark.parametrize(("height", "width"), [(480, 853), (179, 241)])
def test_behind_somebody_a_frame_is_blurred_as_a_still(height: int, width: int, sigma: float) -> None:
    frame = cv2.resize(data.coffee(), (width, height), interpolation=cv2.INTER_AREA)
    plane = soft_disc(height, width, 8)
    quick, exact = (
        composed(frame, plane, blur(frame, cv2.bitwise_not(plane), sigma)) for blur in (blurred_frame, blurred_where)
    )
    apart = cv2.absdiff(quick, exact)
    assert apart.mean() <= 1
    assert np.percentile(apart, 99) <= 8


def test_nothing_of_who_stands_in_front_is_in_the_blur_of_a_frame() -> None:
    plane = soft_disc(240, 427, 6)
    frame = np.full((240, 427, 3), 60, np.uint8)
    frame[plane > 0] = 255
    for sigma in (1.0, 5.0, 20.0):
        behind = blurred_frame(np.where(plane[..., None] == 255, frame, 60), cv2.bitwise_not(plane), sigma)
        assert np.abs(behind[plane < 128].astype(int) - 60).max() <= 3
