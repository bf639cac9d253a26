"""Values travel: pickled, copied and compared they stay what they are, within this process and into another."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import is_dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import effects
from effects import (
    EFFECTS,
    LOOKS,
    CubeError,
    DecodeError,
    EncodeError,
    LimitError,
    Photo,
    PictureError,
    Pipeline,
    RecipeError,
    Stream,
    decode,
)
from effects.catalogue import effect_named
from effects.chance import SEEDS
from effects.effect import Category, Kind
from effects.errors import EncodeLimitError
from effects.image import Image, Metadata, metadata_of
from effects.looks import LOOK_BOOK
from effects.marks import ParamError
from effects.plan.personal import brings_own
from effects.plan.plan import plan_of
from effects.workers.pool import Workers
from tests.pictures import written
from tests.strategies import picture, pipelines, steps
from tests.tables import TABLES, noise

PROTOCOLS = range(pickle.HIGHEST_PROTOCOL + 1)
Trip = Callable[[Any], Any]


def pickled(protocol: int, value: Any) -> Any:
    return pickle.loads(pickle.dumps(value, protocol))


TRIPS: dict[str, Trip] = {
    **{f"pickle {protocol}": partial(pickled, protocol) for protocol in PROTOCOLS},
    "deepcopy": copy.deepcopy,
    "copy": copy.copy,
}
every_trip = pytest.mark.parametrize("trip", TRIPS.values(), ids=TRIPS.keys())

TABLED = Pipeline(
    (
        EFFECTS["sepia"].step(amount=0.4),
        EFFECTS["lut3d"].step(table=noise(4), strength=0.5),
        EFFECTS["polaroid"].step(caption="안녕", muted=True),
        EFFECTS["trails"].step(),
    )
)


def photo() -> Photo:
    image, alpha = picture(9, 14), picture(9, 14, 3)[..., 0].copy()
    return Photo(image, alpha, {"format": "png", "exif": b"\x01\x02", "notes": ("It was dark.",), "width": 14})


@every_trip
@pytest.mark.parametrize(
    "value",
    [
        TABLED,
        Pipeline(),
        TABLED.steps[1],
        TABLED.steps[2],
        TABLED.plan,
        LOOKS["noir"],
        LOOK_BOOK["noir"],
        *TABLES,
        EFFECTS["grain"].step(seed=7),
        EFFECTS["vignette"].params,
        Kind.CANVAS,
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_is_equal_after_the_trip_and_has_the_same_hash(trip: Trip, value: Any) -> None:
    other = trip(value)
    assert type(other) is type(value)
    assert other == value
    assert hash(other) == hash(value)


@every_trip
@given(data=st.data())
def test_every_effects_steps_travel(trip: Trip, data: st.DataObject) -> None:
    step = data.draw(st.sampled_from([*EFFECTS.values()]).flatmap(steps))
    other = trip(step)
    assert other == step
    assert hash(other) == hash(step)
    assert {key: type(value) for key, value in other.params.items()} == {
        key: type(value) for key, value in step.params.items()
    }


@given(pipeline=pipelines(set(Kind), most=5))
def test_a_pipeline_does_the_same_after_the_trip(pipeline: Pipeline) -> None:
    for trip in (TRIPS["pickle 5"], copy.deepcopy):
        other = trip(pipeline)
        assert (other, hash(other), other.to_json()) == (pipeline, hash(pipeline), pipeline.to_json())
        # What was planned serves both, unless there is something in it that nothing may keep.
        assert brings_own(pipeline.steps) or plan_of(other.steps) is plan_of(pipeline.steps)


@every_trip
def test_an_effect_stays_itself(trip: Trip) -> None:
    assert all(trip(effect) is effect for effect in EFFECTS.values())


@every_trip
def test_what_cannot_be_changed_cannot_be_changed_afterwards(trip: Trip) -> None:
    step, made = trip(TABLED.steps[1]), trip(photo())
    with pytest.raises(TypeError):
        step.params["strength"] = 0
    with pytest.raises(TypeError):
        made.metadata["format"] = "gif"
    with pytest.raises(ValueError, match="read-only"):
        step.cube.numbers[0] = 1
    assert isinstance(step.params, MappingProxyType)


@every_trip
def test_a_photo_is_equal_after_the_trip(trip: Trip) -> None:
    for value in (photo(), Photo(picture(3, 4)), decode(written(picture(8, 9), "PNG")), replace(photo(), alpha=None)):
        other = trip(value)
        assert (other == value) is True
        assert (other != value) is False


def test_a_deep_copy_has_pixels_of_its_own() -> None:
    one = photo()
    other = copy.deepcopy(one)
    assert not np.shares_memory(one.image, other.image)
    assert np.shares_memory(one.image, copy.copy(one).image)


def test_photos_differ_where_anything_of_them_does() -> None:
    one = photo()
    moved = one.image.copy()
    moved[4, 5, 1] ^= 1
    assert one.alpha is not None
    others = [
        replace(one, image=moved),
        replace(one, image=one.image[:-1], alpha=one.alpha[:-1]),
        replace(one, alpha=None),
        replace(one, alpha=255 - one.alpha),
        replace(one, image=one.image.astype(np.uint16)),
        replace(one, metadata=Metadata()),
        *(replace(one, metadata=metadata_of({**one.metadata, **said})) for said in ({"icc": b""}, {"exif": b"\x01"})),
    ]
    assert all((other == one, one == other, other != one) == (False, False, True) for other in others)
    assert one == replace(one, image=one.image[::-1].copy()[::-1])  # the same pixels, in memory the other way around
    assert one != "a photo"
    assert one in [*others, photo()]
    with pytest.raises(TypeError, match="unhashable"):
        hash(one)


def test_a_photos_metadata_is_a_record_and_a_mapping_of_what_there_is() -> None:
    said = photo().metadata
    assert (said.format, said.width, said.height, said.exif, said.icc) == ("png", 14, 0, b"\x01\x02", None)
    assert dict(said) == {"format": "png", "width": 14, "notes": ("It was dark.",), "exif": b"\x01\x02"}
    assert ("icc" in said, said.get("icc"), said.get("recipe", "none"), len(said)) == (False, None, "none", 4)
    with pytest.raises(KeyError):
        said["icc"]
    assert said == {**said} == Metadata(**said)
    assert hash(said) == hash(replace(said))
    assert said != replace(said, notes=())
    assert Photo(picture(2, 2)).metadata == Metadata() == Photo(picture(2, 2), None, {}).metadata == {}
    assert decode(written(picture(8, 9), "PNG")).metadata["notes"] == ()


def test_what_no_file_says_is_refused_in_words() -> None:
    with pytest.raises(TypeError, match=r"^a photo's metadata has no 'curve'; it has format, width, .* and space$"):
        Photo(picture(2, 2), None, {"format": "png", "curve": 3})


def test_what_a_photo_was_given_may_change_afterwards_without_changing_it() -> None:
    said = {"format": "png"}
    made = Photo(picture(2, 2), None, said)
    said["format"] = "gif"
    assert made.metadata["format"] == "png"


ERRORS: list[Any] = [
    RecipeError("it cannot be", "steps[0].params", "x"),
    RecipeError("sepia: no", within="strength").at("steps[3]"),
    DecodeError("This file is damaged."),
    CubeError("line 3: three numbers are wanted"),
    ParamError("is not a number"),
    *(error("It cannot be.") for error in (PictureError, EncodeError, LimitError, EncodeLimitError)),
]


@every_trip
@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_says_the_same_after_the_trip(trip: Trip, error: Any) -> None:
    other = trip(error)
    assert (type(other), str(other), other.args, vars(other)) == (type(error), str(error), error.args, vars(error))


@every_trip
def test_a_stream_says_why_there_is_no_second_of_it(trip: Trip) -> None:
    with pytest.raises(TypeError, match=r"a Stream is a video .* pickle its pipeline"):
        trip(Stream(TABLED))


def test_a_frames_chance_never_travels() -> None:
    step = EFFECTS["grain"].step(seed=3)
    thrown = step.at(1.0)
    assert thrown.params["seed"] == 30 * SEEDS + 3
    assert (step.params["seed"], step.at(0.0)) == (3, step)
    assert Stream(Pipeline((step,))).pipeline.to_link() == Pipeline((step,)).to_link()


@pytest.mark.parametrize("protocol", PROTOCOLS)
def test_an_effect_that_is_not_there_is_named_in_a_sentence(protocol: int) -> None:
    travelling = pickle.dumps(Pipeline((EFFECTS["sepia"].step(),)), protocol)
    renamed = travelling.replace(b"sepia", b"sepio")
    with pytest.raises(RecipeError, match=r"^there is no effect 'sepio'; did you mean sepia\?$"):
        pickle.loads(renamed)
    with pytest.raises(RecipeError, match=r"'x.*; the catalogue lists all there are") as told:
        effect_named("x" * 5000)
    assert len(str(told.value)) <= 400


def test_a_value_that_was_changed_on_the_way_is_refused() -> None:
    travelling = pickle.dumps(EFFECTS["rotate_flip"].step(angle="270"), 0)
    with pytest.raises(RecipeError, match="rotate_flip: angle '271' is not one of 0, 90, 180, 270"):
        pickle.loads(travelling.replace(b"270", b"271"))


def test_an_effect_beside_the_catalogue_can_be_copied_and_says_why_it_cannot_travel() -> None:
    shelf = Category("trying", "Trying", "Effects that tests make up.")

    @shelf.spatial
    def sepia(image: Image) -> Image:
        """Do nothing, under another's name."""
        return image

    stack = Pipeline((sepia.step(),))
    assert copy.deepcopy(stack) == copy.copy(stack) == stack
    assert copy.deepcopy(sepia) is sepia
    with pytest.raises(pickle.PicklingError, match="sepia is not in the catalogue"):
        pickle.dumps(stack)


@pytest.mark.slow
def test_values_come_back_from_a_worker_as_they_went() -> None:
    staff = Workers(count=1, seconds=60)
    try:
        for value in (TABLED, TABLED.steps[1], photo(), EFFECTS["grain"], LOOK_BOOK["noir"], TABLES[0]):
            assert staff.call(copy.deepcopy, value) == value
        with pytest.raises(RecipeError, match="there is no effect 'sepio'") as told:
            staff.call(effect_named, "sepio")
        assert told.value.within == "effect"
    finally:
        staff.close()


@pytest.mark.slow
def test_a_process_that_has_imported_nothing_reads_them() -> None:
    read = (
        "import pickle, sys; value = pickle.load(sys.stdin.buffer); "
        "sys.stdout.buffer.write(pickle.dumps([value, value[0].to_link()]))"
    )
    value = [TABLED, photo(), EFFECTS["grain"], TABLES[0], ERRORS[0].args]
    back = subprocess.run(
        [sys.executable, "-c", read],
        input=pickle.dumps(value),
        capture_output=True,
        check=True,
        cwd=Path(__file__).parent.parent,
    )
    assert pickle.loads(back.stdout) == [value, TABLED.to_link()]


RUNNING = {"Parts", "Stream", "Entry", "Errand"} | {
    "OpenPast",
    "OpenSurroundings",
    "Path",
    "Pictures",
    "Place",
    "ShaderText",
    "Sheet",
    "Trace",
    "TreeBuilder",
    "_Builder",
}
"""What is put together bit by bit, or is at work, and so may change."""


def test_every_other_value_of_the_library_is_frozen() -> None:
    for module in [importlib.import_module(name) for _, name, _ in pkgutil.walk_packages(effects.__path__, "effects.")
                   if not name.endswith("__main__")]:  # fmt: skip
        for name, kind in inspect.getmembers(module, inspect.isclass):
            if kind.__module__ == module.__name__ and is_dataclass(kind) and name not in RUNNING:
                assert kind.__dataclass_params__.frozen, f"{module.__name__}.{name}"  # type: ignore[attr-defined]


def test_an_effect_shows_what_it_is_called_and_not_what_it_is_made_of() -> None:
    for name, effect in EFFECTS.items():
        assert repr(effect).startswith(f"Effect(name={name!r}, title={effect.title!r}, kind=")
        assert not any(word in repr(effect) for word in ("function", "params", "by_channel", "result_size", "0x"))
