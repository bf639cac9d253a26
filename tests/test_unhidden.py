"""Faces that need not be hidden stay in sight, each by itself, wherever steps move them; in doubt all are hidden."""

from __future__ import annotations

from functools import cache

import cv2
import numpy as np
import pytest
from skimage import data

from effects import EFFECTS, Photo, Pipeline, Step, decode, encode, render
from effects.codec import file_size
from effects.codec.raster import shrink
from effects.image import Alpha, Box, Image
from effects.models.faces import Face
from effects.models.sight import Sight, boxes_plane, may_be_seen
from effects.render import find_faces, measure, tiles
from pages.components.photo.open_photo import OpenPhoto
from pages.components.save.download import Order
from pages.components.stack.found_faces import FoundFace, as_found, face_title
from pages.components.stage.closeup import Whole
from pages.components.stage.face_marks import followed
from pages.components.workbench import Workbench

GREEN = (0, 255, 0)
HIDE = EFFECTS["hide_faces"].step(way="fill", color="#00ff00")
SIDE = 208
LEFT, RIGHT = slice(0, SIDE), slice(SIDE, 2 * SIDE)


def one() -> Image:
    return np.ascontiguousarray(cv2.resize(data.astronaut(), (SIDE, SIDE), interpolation=cv2.INTER_AREA))


TWO: Image = np.ascontiguousarray(np.hstack([one(), one()[:, ::-1]]))


@cache
def found() -> tuple[Box, ...]:
    """The boxes of its two faces, from the left to the right."""
    return tuple(sorted(find_faces(Photo(TWO))))


def hidden_in(image: Image) -> Alpha:
    """Where a picture is filled with green."""
    return (image == GREEN).all(axis=2)


def after(*steps: Step, unhidden: tuple[Box, ...] = (), image: Image = TWO) -> Image:
    return Pipeline(steps).apply(Photo(image, unhidden=unhidden)).image


def opened(unhidden: tuple[Box, ...] = ()) -> OpenPhoto:
    return OpenPhoto("two.png", b"its bytes", Photo(TWO, unhidden=unhidden), b"", 2 * SIDE, SIDE, True, "its hash")


def test_each_face_is_left_in_sight_by_itself() -> None:
    assert len(found()) == 2
    both = hidden_in(after(HIDE))
    for box, seen, others in ((found()[0], LEFT, RIGHT), (found()[1], RIGHT, LEFT)):
        out = after(HIDE, unhidden=(box,))
        assert np.array_equal(out[:, seen], TWO[:, seen])
        assert np.array_equal(hidden_in(out)[:, others], both[:, others])
        assert both[:, others].any()
    assert np.array_equal(after(HIDE, unhidden=found()), TWO)


@pytest.mark.parametrize(
    "step",
    [
        EFFECTS["rotate_flip"].step(angle="90"),
        EFFECTS["crop"].step(x=0.1, y=0.05, width=0.85, height=0.9),
        pytest.param(EFFECTS["straighten"].step(angle=8), marks=pytest.mark.deep),
    ],
    ids=["turned", "cropped", "levelled"],
)
def test_a_face_that_steps_have_moved_stays_in_sight_and_the_other_hidden(step: Step) -> None:
    moved, both = after(step), hidden_in(after(step, HIDE))
    parts = [hidden_in(after(step, HIDE, unhidden=(box,))) for box in found()]
    assert not (parts[0] & parts[1]).any()  # what one leaves in sight is hidden with the other
    assert np.array_equal(parts[0] | parts[1], both)
    assert all(part.mean() > 0.01 for part in parts)
    out = after(step, HIDE, unhidden=(found()[0],))
    assert np.array_equal(out[~parts[0]], moved[~parts[0]])


def test_a_box_around_no_face_leaves_none_in_sight() -> None:
    left, top, right, bottom = found()[0]
    across, down = right - left, bottom - top
    whole = after(HIDE)
    for box in (
        (0.0, 0.0, 1.0, 1.0),
        (left + across / 3, top, right + across / 3, bottom),
        (left, top, left + across / 2, top + down / 2),
        (float("nan"),) * 4,
        (right, bottom, left, top),
    ):
        assert np.array_equal(after(HIDE, unhidden=(box,)), whole)
    assert hidden_in(after(HIDE, unhidden=found(), image=np.roll(TWO, 60, axis=1))).any()  # of another photo


def test_never_do_two_faces_that_are_told_apart_share_one_box() -> None:
    """Faces that are told apart share at most 0.3 of what both cover; one box is then around one of them alone."""
    box = (0.0, 0.0, 1.0, 1.0)
    assert may_be_seen(Face(0, 0, 1, 0.66, 1), (box,))
    assert not may_be_seen(Face(0, 0, 1, 0.64, 1), (box,))
    upper, lower = Face(0, 0, 1, 0.651, 1), Face(0, 0.349, 1, 1, 1)
    assert may_be_seen(upper, (box,))
    assert may_be_seen(lower, (box,))
    assert upper.overlap(lower) > 0.3


def test_a_face_that_steps_bring_out_is_hidden_unless_it_covers_one_that_may_be_seen() -> None:
    here = Sight(TWO)
    nowhere = np.zeros(TWO.shape[:2], np.uint8)
    assert np.array_equal(here.heads_outside(nowhere), here("head"))
    for share, is_hidden in ((1.0, False), (0.7, False), (0.5, True)):
        left, top, right, bottom = found()[0]
        plane = boxes_plane(((left, top, right, top + share * (bottom - top)),), *TWO.shape[:2], border=0)
        assert here.heads_outside(plane)[:, LEFT].any() == is_hidden
        assert here.heads_outside(plane)[:, RIGHT].any()


def test_where_networks_fail_the_whole_picture_is_hidden_whatever_may_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise cv2.error("there is no room")

    monkeypatch.setattr(cv2.dnn.Net, "forward", fail)
    fresh = np.ascontiguousarray(TWO[::-1])  # nobody has looked at it
    assert hidden_in(after(HIDE, unhidden=found(), image=fresh)).all()


def test_a_file_and_its_tiles_show_what_the_preview_shows_and_its_result_forgets_it() -> None:
    file, recipe = encode(Photo(TWO), format="png"), Pipeline((HIDE,)).to_json()
    seen = (found()[0],)
    wanted = after(HIDE, unhidden=seen)
    assert np.array_equal(decode(render(file, recipe, format="png", unhidden=seen)).image, wanted)
    assert np.array_equal(decode(render(file, recipe, format="png")).image, after(HIDE))
    tile = decode(tiles(file, recipe, unhidden=seen)[0, 0]).image
    assert np.abs(tile.astype(int) - wanted).mean() < 4 < np.abs(tile.astype(int) - after(HIDE)).mean()
    pieces = (measure(file, recipe, unhidden=boxes) for boxes in ((), seen))
    even, detailed = (file_size(each, Photo(TWO), format="png", quality=90) for each in pieces)
    assert even < detailed
    assert Pipeline((HIDE,)).apply(Photo(TWO, unhidden=seen)).unhidden == ()
    assert shrink(Photo(TWO, unhidden=seen), 100).unhidden == seen
    assert not any(str(number) in recipe for number in found()[0])


def test_a_session_keeps_what_may_be_seen_of_its_photo_and_forgets_it_with_the_next() -> None:
    bench, photo = Workbench(), opened()
    bench.open(photo)
    bench.set_face_hidden(photo, found()[0], is_hidden=False)
    bench.set_face_hidden(photo, found()[1], is_hidden=False)
    bench.set_face_hidden(photo, found()[0], is_hidden=True)
    now = bench.photo
    assert now is not None
    assert now.unhidden == bench.unhidden_now(photo) == (found()[1],)
    assert bench.recent == (now,)
    other = OpenPhoto("other.png", b"other bytes", Photo(TWO), b"", 2 * SIDE, SIDE, True, "another hash")
    bench.open(other)
    bench.set_face_hidden(photo, found()[0], is_hidden=False)  # a press that comes late
    assert bench.photo is other
    assert other.unhidden == bench.unhidden_now(other) == bench.unhidden_now(photo) == ()


def test_whatever_is_kept_of_a_photo_is_another_once_another_face_may_be_seen() -> None:
    """Pictures, tiles, sizes and files are kept by the photo and the stack that they are of."""
    photo, stack = opened(), Pipeline((HIDE,))
    other = photo.with_unhidden((found()[0],))
    assert other.data is photo.data
    assert (photo, stack) != (other, stack)
    assert Whole(photo, stack, 2 * SIDE, SIDE, 1) != Whole(other, stack, 2 * SIDE, SIDE, 1)
    assert photo.preview != other.preview
    assert Order.__dataclass_fields__["photo"].compare


def test_a_face_is_called_by_where_it_is_and_followed_through_the_stack() -> None:
    faces = tuple(as_found(Photo(TWO), box) for box in found())
    assert [face_title(number, face) for number, face in enumerate(faces, 1)] == [
        "Face 1, top left",
        "Face 2, top right",
    ]
    assert [decode(face.picture).image.shape for face in faces] == [(80, 80, 3)] * 2
    third = FoundFace((0.4, 0.9, 0.6, 1.1), b"")
    assert face_title(3, third) == "Face 3, at the bottom"
    mirrored = Pipeline((EFFECTS["rotate_flip"].step(angle="0", flip_horizontal=True),))
    for face, box in zip(faces, followed(opened(), faces, mirrored), strict=True):
        left, top, right, bottom = face.box
        assert box == pytest.approx((1 - right, top, right - left, bottom - top), abs=0.02)
    half = Pipeline((EFFECTS["crop"].step(x=0, y=0, width=0.5, height=1),))
    inside, outside = followed(opened(), faces, half)
    assert inside is not None
    assert inside[0] == pytest.approx(2 * found()[0][0], abs=0.02)
    assert outside is None
