"""Another picture behind somebody: it is kept small, travels with recipes, and lies in the same place at every size."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from skimage import data

from effects import EFFECTS, Photo, PictureError, Pipeline, RecipeError, Stream, decode, encode, open_backdrop, render
from effects.backdrop import MAX_BYTES, MAX_SIDE, NO_BACKDROP, Backdrop, BackdropError, compress, unpack
from effects.cli import main
from effects.image import Image
from effects.kernels.people.backdrop import covered
from tests.backdrops import slope

BEACH = compress(slope(90, 160), "Beach")

BEHIND = Pipeline((EFFECTS["sepia"].step(), EFFECTS["background"].step(way="picture", picture=BEACH)))


def portrait(side: int) -> Image:
    return np.ascontiguousarray(cv2.resize(data.astronaut(), (side, side), interpolation=cv2.INTER_AREA))


def likeness(one: Image, other: Image) -> float:
    """Decibels by which one picture is the other."""
    return float(10 * np.log10(255**2 / max(np.square(one.astype(float) - other).mean(), 1e-9)))


@given(st.integers(1, 70), st.integers(1, 70))
def test_a_backdrop_of_any_shape_is_near_its_picture_and_the_same_after_packing(height: int, width: int) -> None:
    picture = slope(height, width)
    backdrop = compress(picture, "Any")
    assert np.abs(backdrop.image.astype(int) - picture).max() <= 12
    for again in (unpack(json.loads(json.dumps(backdrop.pack()))), pickle.loads(pickle.dumps(backdrop))):
        assert again == backdrop
        assert again.title == "Any"
        assert np.array_equal(again.image, backdrop.image)


@pytest.mark.slow
def test_a_photo_loses_little_and_any_picture_fits() -> None:
    photo = cv2.resize(data.coffee(), (MAX_SIDE, 853), interpolation=cv2.INTER_AREA)
    assert likeness(compress(photo).image, photo) > 36
    noise = np.random.default_rng(1).integers(0, 256, (600, 600, 3), np.uint8)
    assert len(compress(noise).numbers) <= MAX_BYTES
    with pytest.raises(BackdropError, match="at most 1280 pixels a side"):
        compress(np.zeros((2, MAX_SIDE + 1, 3), np.uint8))


@pytest.mark.slow
def test_any_photo_is_made_small_and_what_is_clear_becomes_white() -> None:
    clear = Photo(slope(900, 1500), np.zeros((900, 1500), np.uint8))
    backdrop = open_backdrop(encode(clear, format="png"), "Clear")
    assert backdrop.image.shape == (768, MAX_SIDE, 3)
    assert (backdrop.image >= 254).all()
    with pytest.raises(PictureError):
        open_backdrop(b"no picture")


@pytest.mark.parametrize("change", [
    {"title": None}, {"size": [160]}, {"size": [160, MAX_SIDE + 1]}, {"size": [0, 90]}, {"size": [True, 90]},
    {"size": [1280, 1280]}, {"coarseness": 0}, {"coarseness": [25]}, {"picture": ""}, {"picture": "AAAA"},
    {"picture": 3}, {"picture": BEACH.pack()["picture"][:-8]},
])  # fmt: skip
def test_a_packed_backdrop_that_is_none_is_told(change: dict[str, object]) -> None:
    with pytest.raises(BackdropError, match="holds no picture"):
        unpack(BEACH.pack() | change)
    file = json.loads(BEHIND.to_file())
    file["tables"][BEACH.sha256] |= change
    with pytest.raises(RecipeError, match=r"steps\[1\].params.picture: background: picture holds no picture"):
        Pipeline.from_json(json.dumps(file))


def test_a_recipe_names_it_and_a_file_brings_it() -> None:
    assert [*BEHIND.tables] == [BEACH.sha256]
    assert Pipeline.from_json(BEHIND.to_file()) == BEHIND
    assert '"version": 1,' in BEHIND.to_file()
    assert len(BEHIND.to_link()) < 300
    for read, text in ((Pipeline.from_json, BEHIND.to_json()), (Pipeline.from_link, BEHIND.to_link())):
        with pytest.raises(RecipeError, match=r"steps\[1\].params.picture: .*'Beach' is not at hand"):
            read(text)
        assert read(text, BEHIND.tables) == BEHIND
    other = compress(slope(80, 160), "Beach")
    with pytest.raises(RecipeError, match="its numbers have been changed"):
        Pipeline.from_json(BEHIND.to_json(), {BEACH.sha256: other})
    with pytest.raises(RecipeError, match=r"'beach\.jpg' is not a backdrop"):
        EFFECTS["background"].step(picture="beach.jpg")


@pytest.mark.slow
def test_a_recipe_file_has_an_end() -> None:
    chance = np.random.default_rng(2)
    pictures = [compress(chance.integers(0, 256, (500, 500, 3), np.uint8), f"Noise {turn}") for turn in range(6)]
    steps = [EFFECTS["background"].step(way="picture", picture=picture) for picture in pictures]
    assert Pipeline.from_json(Pipeline(tuple(steps[:2])).to_file()) == Pipeline(tuple(steps[:2]))
    with pytest.raises(RecipeError, match="more than the 1 MB"):
        Pipeline(tuple(steps)).to_file()


@pytest.mark.parametrize(("height", "width"), [(90, 160), (200, 100), (100, 400), (45, 45)])
def test_it_covers_every_shape_from_its_centre(height: int, width: int) -> None:
    """Colours are where a line from edge to edge puts them; what sticks out is the same on both sides."""
    out = covered((height, width, 3), BEACH).astype(float)
    scale = max(width / 160, height / 90)
    columns = ((np.arange(width) + 0.5 - width / 2) / scale + 80) / 160
    rows = ((np.arange(height) + 0.5 - height / 2) / scale + 45) / 90
    inner = slice(3, -3)
    assert np.abs(out[..., 0] - (columns * 200 + 25))[inner, inner].max() <= 6
    assert np.abs(out[..., 1] - (rows * 200 + 25)[:, None])[inner, inner].max() <= 6


@pytest.mark.slow
def test_it_lies_in_the_same_place_in_a_preview_and_in_what_is_saved() -> None:
    beach = compress(cv2.resize(data.coffee(), (1280, 853), interpolation=cv2.INTER_AREA), "Coffee")
    large, small = covered((1500, 2250, 3), beach), covered((500, 750, 3), beach)
    assert likeness(cv2.resize(large, (750, 500), interpolation=cv2.INTER_AREA), small) >= 40


@pytest.mark.slow
def test_it_is_behind_a_person_in_a_photo_and_in_live_video_and_without_it_nothing_changes() -> None:
    photo = portrait(256)
    step = EFFECTS["background"].step(way="picture", picture=BEACH)
    behind = covered(photo.shape, BEACH)
    stream = Stream(Pipeline((step,)))
    for out in (Pipeline((step,))(photo), stream(photo, 0.0)):
        corner = (slice(0, 40), slice(0, 40))
        assert np.abs(out[corner].astype(int) - behind[corner]).mean() < 12
        face = (slice(40, 80), slice(95, 130))
        assert np.abs(out[face].astype(int) - photo[face]).mean() < 3
    assert covered(photo.shape, BEACH) is behind  # made once a size
    assert Pipeline((step,)).plan is not Pipeline((step,)).plan  # a plan is kept for all, and whoever brought it goes
    empty = EFFECTS["background"].step(way="picture")
    assert empty.params["picture"] == NO_BACKDROP == Backdrop()
    assert np.array_equal(Pipeline((empty,))(photo), photo)
    assert Pipeline((empty,)).tables == {}
    assert Pipeline.from_json(Pipeline((empty,)).to_json()) == Pipeline((empty,))


@pytest.mark.deep
def test_the_command_line_takes_a_file_and_writes_what_a_recipe_with_it_does(tmp_path: Path) -> None:
    source, picture, made = tmp_path / "me.png", tmp_path / "beach.png", tmp_path / "out.png"
    source.write_bytes(encode(Photo(portrait(128)), format="png"))
    picture.write_bytes(encode(Photo(slope(90, 160)), format="png"))
    words = ["--effect", "background", "--way", "picture", "--picture", str(picture)]
    assert main(["apply", str(source), str(made), *words]) == 0
    recipe = Pipeline(
        (EFFECTS["background"].step(way="picture", picture=open_backdrop(picture.read_bytes(), "beach")),)
    )
    file = render(source.read_bytes(), recipe.to_json(), format="png", tables=recipe.tables)
    assert np.array_equal(decode(made.read_bytes()).image, decode(file).image)
    kept = tmp_path / "recipe.json"
    kept.write_text(recipe.to_file())
    assert main(["apply", str(source), str(made), "--recipe", str(kept)]) == 0
    assert np.array_equal(decode(made.read_bytes()).image, decode(file).image)
