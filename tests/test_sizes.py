"""The size of a result, told before a pixel of it is made."""

from __future__ import annotations

import time
from functools import cache
from typing import Annotated, Any

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from effects import EFFECTS, Photo, Pipeline, RecipeError, Stream, decode, encode, render
from effects.catalogue.frames import frames
from effects.codec import obstacle
from effects.codec.raster import shrink
from effects.effect import Category, Effect, Kind
from effects.image import Image
from effects.marks import Range
from effects.plan.calls import MAX_CANVAS_PIXELS
from tests.pictures import encoded, photograph
from tests.shares import several
from tests.strategies import params, picture, pipelines
from tests.test_pages import bench_of, opened

CANVAS = [effect for effect in EFFECTS.values() if effect.kind is Kind.CANVAS]
sides = st.one_of(st.integers(1, 160), st.sampled_from([1, 2, 3, 317, 640]))


@pytest.mark.parametrize("effect", CANVAS, ids=lambda effect: effect.name)
@several
@given(data=st.data(), height=sides, width=sides)
def test_a_canvas_effect_makes_the_size_it_declares(
    effect: Effect, data: st.DataObject, height: int, width: int
) -> None:
    chosen = data.draw(params(effect))
    for number in ("width", "height", "long_side"):  # a resize to thousands of pixels tells no more than to hundreds
        chosen |= {number: min(chosen[number], 400)} if effect.name == "resize" else {}
    made = Pipeline((effect.step(**chosen),))(picture(height, width, style="grey"))
    assert effect.size(height, width, **chosen) == made.shape[:2]


# Photos of a camera's size, as by hand: 3000 x 4000 with a border of 0.03 has 2 * 90 more, with a line of 0.0013 2 * 4
# more; a card has margins of round(0.057 * 3000) = 171, below round(5.2 * 171) = 889, and a table of 150 around it.
@pytest.mark.parametrize(
    ("name", "asked", "size"),
    [
        ("border", {}, (3180, 4180)),
        ("border", {"line": 0.0013}, (3188, 4188)),
        ("border", {"radius": 0.2, "width": 0.0}, (3000, 4000)),
        ("polaroid", {}, (3000 + 171 + 889 + 300, 4000 + 342 + 300)),
        ("polaroid", {"shadow": False}, (4060, 4342)),
        ("crop", {"aspect": "1:1"}, (3000, 3000)),
        ("crop", {"x": 0.25, "width": 0.5, "y": 0.5}, (1500, 2000)),
        ("rotate_flip", {}, (4000, 3000)),
        ("rotate_flip", {"angle": "180"}, (3000, 4000)),
        ("straighten", {"angle": 45.0}, (2121, 2121)),  # each corner in the middle of a side: 1500 * sqrt(2)
        ("straighten", {"angle": 10.0, "crop": False}, (3000, 4000)),
        ("resize", {"scale": 0.5}, (1500, 2000)),
        ("resize", {"by": "long_side", "long_side": 1600}, (1200, 1600)),
        ("resize", {"by": "exact", "width": 100, "height": 300}, (300, 100)),
    ],
)
def test_the_size_of_a_cameras_photo_is_known_by_arithmetic(name: str, asked: dict[str, Any], size: Any) -> None:
    assert EFFECTS[name].size(3000, 4000, **asked) == size


@given(pipeline=pipelines(set(Kind), most=4), height=st.integers(1, 60), width=st.integers(1, 60))
def test_a_stack_makes_the_size_it_tells(pipeline: Pipeline, height: int, width: int) -> None:
    smaller = EFFECTS["resize"].step(by="exact", width=16, height=20)
    steps = tuple(smaller if step.effect.name == "resize" else step for step in pipeline.all_steps)
    stack = Pipeline(steps)
    image = picture(height, width)
    assert stack.size(height, width) == stack(image).shape[:2] == stack.plain(image).shape[:2]


def test_steps_that_do_nothing_leave_the_size() -> None:
    idle = (
        EFFECTS["border"].step(muted=True),
        EFFECTS["polaroid"].step(strength=0),
        EFFECTS["resize"].step(),
        EFFECTS["swirl"].step(),
        EFFECTS["trails"].step(),
        EFFECTS["sepia"].step(strength=0.5),
    )
    assert Pipeline(idle).size(30, 40) == (30, 40)
    assert all(step.size(30, 40) == (30, 40) for step in idle)
    assert Pipeline().size(7, 9) == (7, 9)


@given(height=st.integers(1, 90), width=st.integers(1, 90), most=st.integers(1, 100))
def test_the_longest_side_of_a_file_is_told_too(height: int, width: int, most: int) -> None:
    stack = Pipeline((EFFECTS["border"].step(width=0.1),))
    made = shrink(Photo(stack(picture(height, width))), most)
    assert stack.size(height, width, max_side=most) == made.image.shape[:2]


def test_a_file_has_the_size_it_was_told_to_have() -> None:
    stack = Pipeline((EFFECTS["polaroid"].step(), EFFECTS["straighten"].step(angle=3)))
    made = decode(render(encode(Photo(picture(95, 133)), "png"), stack.to_json(), format="png", max_side=120))
    assert stack.size(95, 133, max_side=120) == made.image.shape[:2]


def growing(calls: list[int]) -> Effect:
    shelf = Category("trying", "Trying", "Effects that tests make up.")

    def four_times(rows: int, columns: int, *, times: int) -> tuple[int, int]:
        return times * rows, times * columns

    @shelf.canvas(size=four_times)
    def tiled(image: Image, *, times: Annotated[int, Range(1, 9)] = 4) -> Image:
        """Lay the picture out as tiles, some in each direction."""
        calls.append(image.size)
        return np.tile(image, (times, times, 1))

    return tiled


def test_what_grows_too_large_is_refused_before_anything_is_drawn() -> None:
    calls: list[int] = []
    tiled = growing(calls)
    # 4 ** 6 * 160 x 4 ** 6 * 200 pixels, cut to a fifth in the end: on the way they would have to be there.
    stack = Pipeline((*(tiled.step(),) * 6, EFFECTS["crop"].step(width=0.2)))
    image = picture(160, 200)
    for make in (stack, stack.plain, Stream(stack), lambda image: stack.apply(Photo(image)), stack.plan.time_passes):
        with pytest.raises(RecipeError, match=r"The stack makes the picture grow to \d+ megapixels") as told:
            make(image, 0.0) if isinstance(make, Stream) else make(image)
        assert len(str(told.value)) <= 400
    with pytest.raises(RecipeError, match="here it may have 75"):
        stack.size(160, 200)
    assert calls == []


def test_the_sentence_tells_the_largest_size_on_the_way_however_many_frames_there_are() -> None:
    border = EFFECTS["border"].step(width=0.2)
    # 3000 high: 4200, 5880, 8232 and, with 2 * 1646 more, 11524; 4000 wide: as much more. What is cut off had to be.
    with pytest.raises(RecipeError, match=r"grow to 144 megapixels \(12524 x 11524\)"):
        Pipeline((*(border,) * 4, EFFECTS["crop"].step(width=0.01))).size(3000, 4000)
    with pytest.raises(RecipeError, match="grow to") as told:
        Pipeline((border,) * 3000).size(3000, 4000)
    assert len(str(told.value)) <= 400


def test_the_limit_is_met_to_the_pixel() -> None:
    tiled = growing([])
    assert tiled.size(1, MAX_CANVAS_PIXELS // 16) == (4, MAX_CANVAS_PIXELS // 4)
    assert Pipeline((tiled.step(),)).size(1, MAX_CANVAS_PIXELS // 16) == (4, MAX_CANVAS_PIXELS // 4)
    with pytest.raises(RecipeError):
        Pipeline((tiled.step(),)).size(1, MAX_CANVAS_PIXELS // 16 + 1)


def test_a_video_frame_may_grow_less_and_a_refused_one_changes_nothing() -> None:
    tiled = growing([])
    running = Stream(Pipeline((EFFECTS["trails"].step(half_life=1), tiled.step(times=1))))
    running(np.full((4, 4, 3), 200, np.uint8), 0.0)
    grown = running.pipeline
    running.pipeline = Pipeline((*grown.steps, *(tiled.step(times=9),) * 4))
    with pytest.raises(RecipeError, match="here it may have 20"):
        running(np.zeros((4, 4, 3), np.uint8), 0.5)
    running.pipeline = grown
    assert np.all(running(np.zeros((4, 4, 3), np.uint8), 1.0) == 100)


def test_a_canvas_effect_without_a_size_and_a_size_without_one_cannot_be_declared() -> None:
    shelf = Category("trying", "Trying", "Effects that tests make up.")

    def plain(image: Image) -> Image:
        """Do nothing."""
        return image

    with pytest.raises(TypeError, match=r"plain: a canvas effect says its result's size \(size=...\)"):
        shelf.canvas(plain)
    with pytest.raises(TypeError, match="and no other does"):
        shelf.spatial(size=lambda rows, columns: (rows, columns))(plain)
    assert not shelf.effects


def test_telling_a_size_takes_no_time() -> None:
    stack = Pipeline(tuple(EFFECTS[name].step() for name in ("polaroid", "border", "straighten", "crop")))
    stack.size(10, 10)
    began = time.perf_counter()
    for side in range(100, 1100):
        stack.size(side, 4 * side)
    assert time.perf_counter() - began < 1  # a thousand sizes, up to 4 MP: drawn, they would take minutes


def test_transparency_has_the_size_of_its_picture() -> None:
    image, alpha = picture(40, 60), np.zeros((40, 60), np.uint8)
    cv2.circle(alpha, (30, 20), 15, 255, -1)
    for effect in CANVAS:
        stack = Pipeline((effect.step(),))
        made = stack.apply(Photo(image, alpha))
        assert made.alpha is not None
        assert made.alpha.shape == made.image.shape[:2] == stack.size(40, 60)
    assert {effect.name for effect in CANVAS} >= set(frames.effects) - {"text"}


@cache
def odd_photo() -> bytes:
    """Larger than a preview, and neither side a multiple of anything."""
    return encoded(photograph(1381, 1997), "JPEG")


@pytest.mark.slow
def test_the_page_tells_the_files_size_to_the_pixel() -> None:
    asked: dict[str, Any] = {"crop": {"aspect": "4:5"}, "straighten": {"angle": 3}, "resize": {"scale": 0.7}}
    app = opened()
    app.file_uploader(key="upload").upload("odd.jpg", odd_photo(), "image/jpeg").run()
    photo = decode(odd_photo())
    for name in ("border", "polaroid", "crop", "straighten", "resize", "rotate_flip"):
        stack = Pipeline((EFFECTS[name].step(**asked.get(name, {})),))
        bench_of(app).load(stack)
        app.run()
        height, width = stack.apply(photo).image.shape[:2]
        assert any(caption.value.startswith(f"{width} × {height} pixels") for caption in app.caption), name


def test_what_takes_too_much_memory_to_write_is_said_with_what_can_be() -> None:
    said = "A picture of 31 megapixels takes too much memory to write as AVIF; as JPEG, PNG or WebP it can be written."
    assert obstacle("avif", 6400, 4800) == said
    assert not obstacle("avif", 6400, 4600)
    assert not obstacle("webp", 6400, 4800)
