"""What the download panel says of the file before it is made, and what the file then is; by AppTest."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PILImage
from streamlit.runtime.media_file_manager import MediaFileManager
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.testing.v1 import AppTest, app_test

from effects import EFFECTS, LOOKS, Group, LimitError, Photo, Pipeline, encode, render, workers
from effects.models import nets
from pages.components.save.download import GIVEN_BACK, result_name, turns_white
from pages.components.words import readable_bytes
from tests.photographs import landscape
from tests.pictures import encoded, exif, photograph, saved
from tests.shares import in_turn
from tests.test_pages import bench_of, opened, with_photo
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow


def uploaded(data: bytes, name: str = "holiday.jpg") -> AppTest:
    app = opened()
    app.session_state["save"] = True  # where the size is told, and only while it is looked at
    app.file_uploader(key="upload").upload(name, data, "image/jpeg").run(timeout=60)
    assert not unforeseen(app)
    return app


@pytest.fixture
def files(monkeypatch: pytest.MonkeyPatch) -> MediaFileManager:
    """Streamlit's own keeper of files to download, one for all runs of a page."""
    keeper = MediaFileManager(MemoryMediaFileStorage("/media"))
    monkeypatch.setattr(app_test, "MediaFileManager", lambda storage: keeper)
    return keeper


def behind_the_button(files: MediaFileManager, app: AppTest, key: str = "download") -> bytes:
    """What a click on Download gives; AppTest itself knows only that there is a button."""
    address = files.execute_deferred(app.download_button(key=key).proto.deferred_file_id)
    storage = files._storage
    assert isinstance(storage, MemoryMediaFileStorage)
    return storage.get_file(address.rsplit("/", 1)[-1]).content


def captions(app: AppTest) -> list[str]:
    return [str(item.value) for item in app.caption]


def told(app: AppTest) -> str:
    """What is said of the file's size."""
    (sentence,) = [caption for caption in captions(app) if " pixels" in caption]
    return sentence


def bytes_told(app: AppTest) -> float:
    number, unit = told(app).split(" pixels, about ")[1].split()
    return float(number) * {"kB": 1e3, "MB": 1e6}[unit]


def test_the_size_that_the_file_will_have_is_told() -> None:
    app = uploaded(encoded(photograph(750, 1000)), "large.png")
    assert told(app).startswith("1000 × 750 pixels, about ")
    app.selectbox(key="add_effect").select("resize").run()
    card = bench_of(app).stack[0].id
    app.select_slider(key=f"{card}-scale").set_value(0.5).run()
    assert told(app).startswith("500 × 375 pixels, about ")
    app.selectbox(key=f"{card}-by").select("long_side").run()
    assert told(app).startswith("1600 × 1200 pixels, about ")


@cache
def large_photo() -> bytes:
    """Of so many pixels that the size of what is made of it is told by pieces."""
    return encode(Photo(landscape(1300, 1700)), quality=95)


FILES = {"AVIF": 60, "WebP": 92, "PNG": 92, "JPEG": 40}
STACKS = {"nothing": (), "grain": ("grain",), "grain and a frame": ("grain", "polaroid"), "a frame": ("polaroid",)}


@pytest.mark.slow
@pytest.mark.parametrize(("stack", "form"), in_turn(STACKS, FILES))
def test_the_bytes_told_are_those_of_the_file(stack: str, form: str) -> None:
    app, quality = uploaded(large_photo()), FILES[form]
    bench_of(app).load(Pipeline(tuple(EFFECTS[name].step() for name in STACKS[stack])))
    app.segmented_control(key="format").set_value(form).run()
    if form != "PNG":
        app.slider(key="quality").set_value(quality).run()
    file = render(large_photo(), bench_of(app).pipeline.to_json(), format=form.lower(), quality=quality)
    assert 0.77 < bytes_told(app) / len(file) < 1.3


@pytest.mark.parametrize(
    "form", ["JPEG", "AVIF", *(pytest.param(form, marks=pytest.mark.deep) for form in ("PNG", "WebP"))]
)
def test_the_bytes_of_a_small_file_are_told_exactly_and_the_button_gives_them(
    form: str, files: MediaFileManager
) -> None:
    photo = encode(Photo(landscape(300, 400)), "png")
    app = uploaded(photo)
    app.segmented_control(key="format").set_value(form).run()
    bench_of(app).load(LOOKS["noir"])
    app.run()
    file = render(photo, LOOKS["noir"].to_json(), format=form.lower())
    assert told(app) == f"400 × 300 pixels, about {readable_bytes(len(file))}"
    assert behind_the_button(files, app) == file
    (saved,) = app.run().session_state["saved-files"].pieces
    assert behind_the_button(files, app, f"again-{saved.key}") == file


def test_what_travels_along_is_in_the_bytes_told() -> None:
    large = exif()
    large[0x010E] = "words " * 9000
    photo = saved(PILImage.fromarray(photograph(90, 120)), "PNG", exif=large)
    app = uploaded(photo)
    bare = bytes_told(app)
    app.checkbox(key="keep_exif").check().run()
    assert bytes_told(app) == pytest.approx(bare + 54_000, abs=1000)


def test_the_size_of_the_whole_stack_is_told_where_one_effect_is_shown_alone() -> None:
    app = with_photo("border", "sepia")
    whole = told(app)
    sepia = bench_of(app).stack[1].id
    app.menu_button(key=f"{sepia}-menu").click("Solo").run()
    assert any("Only Sepia is shown" in caption for caption in captions(app))
    assert told(app) == whole


UNTOUCHING = {
    "no effect": Pipeline(),
    "a muted effect": Pipeline((EFFECTS["invert"].step(muted=True),)),
    "a neutral effect": Pipeline((EFFECTS["contrast"].step(amount=1.0), EFFECTS["crop"].step())),
    "an effect of no strength": Pipeline((EFFECTS["sepia"].step(strength=0.0),)),
}


def test_a_file_that_is_given_back_is_told_as_it_is() -> None:
    photo = encode(Photo(landscape(600, 800)), quality=97)
    app = uploaded(photo)
    for case, stack in UNTOUCHING.items():
        bench_of(app).load(stack)
        app.run()
        assert GIVEN_BACK in captions(app), case
        for quality in (92, 40):
            app.slider(key="quality").set_value(quality).run()
            assert told(app) == f"800 × 600 pixels, about {readable_bytes(len(photo))}", case
        assert render(photo, stack.to_json(), quality=40) == photo, case
        assert result_name(bench_of(app)) == "", case


def test_quality_counts_again_as_soon_as_there_is_something_to_do() -> None:
    photo = encode(Photo(landscape(600, 800)), quality=97)
    app = uploaded(photo)
    app.segmented_control(key="format").set_value("WebP").run()
    assert GIVEN_BACK not in captions(app)
    app.slider(key="quality").set_value(55).run()
    app.segmented_control(key="format").set_value("JPEG").run()
    assert GIVEN_BACK in captions(app)
    bench_of(app).load(LOOKS["noir"])
    app.run()
    assert GIVEN_BACK not in captions(app)
    assert app.slider(key="quality").value == 55
    assert told(app).endswith(readable_bytes(len(render(photo, LOOKS["noir"].to_json(), quality=55))))


def test_a_picture_that_is_turned_is_compressed_and_told_so() -> None:
    photo = saved(PILImage.fromarray(landscape(600, 800)), "JPEG", quality=97, exif=exif(6))
    app = uploaded(photo)
    assert GIVEN_BACK not in captions(app)
    assert told(app) == f"600 × 800 pixels, about {readable_bytes(len(render(photo, Pipeline().to_json())))}"


def test_what_no_file_of_a_format_can_hold_is_said_before_the_click() -> None:
    """A strip that is longer than a WebP's sides may be. What memory holds up: tests/test_sizes.py."""
    long = BytesIO()
    PILImage.new("L", (16_400, 40), 90).save(long, "PNG")
    app = uploaded(long.getvalue(), "long.png")
    assert not app.error
    app.segmented_control(key="format").set_value("WebP").run(timeout=30)
    assert "at most 16383 pixels a side" in app.error[0].value
    assert told(app) == "16400 × 40 pixels"
    app.segmented_control(key="format").set_value("AVIF").run(timeout=30)
    assert not app.error


def see_through(corner: int) -> bytes:
    """A picture whose left half is as opaque as `corner` says."""
    alpha = np.full((90, 120), 255, np.uint8)
    alpha[:, :60] = corner
    return encode(Photo(photograph(90, 120), alpha), "png")


def test_what_turns_white_is_said_where_the_result_is_transparent_and_the_format_cannot_be() -> None:
    app = uploaded(see_through(0), "cut.png")
    assert turns_white() in captions(app)
    for form in ("PNG", "WebP", "AVIF"):
        app.segmented_control(key="format").set_value(form).run()
        assert turns_white() not in captions(app)
    app.segmented_control(key="format").set_value("JPEG").run()
    bench_of(app).load(Pipeline((EFFECTS["border"].step(), EFFECTS["sepia"].step())))
    app.run()
    assert turns_white() in captions(app)
    app.menu_button(key=f"{bench_of(app).stack[1].id}-menu").click("Solo").run()
    assert turns_white() in captions(app)


def test_nothing_turns_white_where_nothing_is_transparent() -> None:
    app = uploaded(see_through(255), "whole.png")
    assert turns_white() not in captions(app)
    app = uploaded(see_through(0), "cut.png")
    bench_of(app).load(Pipeline((EFFECTS["crop"].step(x=0.6, width=0.4),)))
    app.run()
    assert turns_white() not in captions(app)
    app.menu_button(key=f"{bench_of(app).stack[0].id}-menu").click("Solo").run()
    assert turns_white() not in captions(app)


def test_what_was_cut_out_is_proposed_as_png_until_one_chooses(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """And the networks are asked in workers alone: the server itself has none here."""
    monkeypatch.setattr(nets, "FOLDER", tmp_path)
    app = with_photo("cut_out")
    card = bench_of(app).stack[0].id
    assert not app.error
    assert app.segmented_control(key="format").value == "PNG"
    app.toggle(key=f"{card}-on").set_value(False).run()
    assert app.segmented_control(key="format").value == "JPEG"
    app.toggle(key=f"{card}-on").set_value(True).run()
    app.segmented_control(key="format").set_value("JPEG").run()
    assert turns_white() in captions(app)
    assert app.run().segmented_control(key="format").value == "JPEG"


def test_a_file_is_called_after_its_look_or_after_the_app() -> None:
    app = with_photo()
    bench = bench_of(app)
    assert result_name(bench) == ""
    bench.add("sepia")
    assert result_name(bench) == "emulsion"
    bench.choose_look("cine_tungsten")
    assert result_name(bench) == "cine-tungsten"
    bench.change(bench.stack[1].id, muted=True)
    assert result_name(bench) == "emulsion"
    bench.change(bench.stack[0].id, muted=True)
    assert result_name(bench) == ""
    for title, name in (
        ("  Été / 2026: a.b ", "été-2026-a-b"),
        ("\U0001f600", "emulsion"),
        ("", "sepia"),
        ("x" * 99, "x" * 60),
    ):
        bench.load(Pipeline((Group((EFFECTS["sepia"].step(),), title=title),)))
        assert result_name(bench) == name


@pytest.mark.parametrize("size", [17, pytest.param(33, marks=pytest.mark.deep)])
def test_the_stacks_colours_come_as_a_table_and_what_it_cannot_hold_is_named(
    files: MediaFileManager, size: int
) -> None:
    stack = Pipeline((LOOKS["noir"].group(), EFFECTS["posterize"].step(levels=2)))
    app = opened(stack.to_link())
    assert not app.download_button(key="cube").disabled
    assert not [caption for caption in captions(app) if "No colour table" in caption]  # nobody reads it yet
    app.session_state["cube_fold"] = True  # AppTest opens nothing
    app.run()
    assert "No colour table can hold Vignette, Grain: the file will be without." in captions(app)
    app.segmented_control(key="cube_size").set_value(size).run()
    soft = f"Posterize has edges too sharp for {size} points a side: up to 223 levels off beside them."
    assert soft in captions(app)
    assert behind_the_button(files, app, "cube").decode() == stack.to_cube(size).text


def test_a_table_that_could_not_be_made_is_told_beside_its_button(
    files: MediaFileManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    def bake(*_: object) -> None:
        raise LimitError("This took too long.")

    monkeypatch.setattr(workers, "bake", bake)
    app = opened(Pipeline((EFFECTS["sepia"].step(),)).to_link())
    with pytest.raises(MediaFileStorageError):
        behind_the_button(files, app, "cube")
    assert [error.value for error in app.run().error] == ["This took too long."]


def test_an_empty_stack_has_no_table_to_save() -> None:
    app = opened()
    assert app.download_button(key="cube").disabled
    assert not [caption for caption in captions(app) if "No colour table" in caption]
