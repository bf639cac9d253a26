"""What a photo's file brings to the page and takes from it, and what the page shows without keeping it, by AppTest."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from dataclasses import replace
from io import BytesIO
from zlib import compress

import pytest
from PIL import Image as PILImage

from effects import EFFECTS, Photo, Pipeline, encode
from tests.pictures import photograph, saved
from tests.settable import settable
from tests.tables import cube_text, noise, swapped
from tests.test_pages import bench_of, names, opened, with_photo
from tests.test_recipe import wordy
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

TABLED = Pipeline(
    (EFFECTS["sepia"].step(), EFFECTS["lut3d"].step(table=noise(4), strength=0.5), EFFECTS["swirl"].step(angle=90))
)


def test_a_photo_with_a_recipe_inside_offers_it() -> None:
    kept = Pipeline((EFFECTS["sepia"].step(amount=0.4), EFFECTS["swirl"].step()))
    inside = encode(Photo(photograph(90, 120)), format="png", recipe=kept.to_json())
    app = with_photo("invert")
    with pytest.raises(KeyError):
        app.button(key="recipe_inside")
    app.file_uploader(key="upload").upload("made.png", inside, "image/png").run()
    assert names(app) == ["invert"]
    app.button(key="recipe_inside").click().run()
    assert bench_of(app).pipeline == kept
    with pytest.raises(KeyError):
        app.button(key="recipe_inside")


def test_a_photos_recipe_that_lacks_its_table_is_offered_without_it() -> None:
    inside = encode(Photo(photograph(90, 120)), format="png", recipe=TABLED.to_json())
    app = opened()
    app.file_uploader(key="upload").upload("made.png", inside, "image/png").run()
    assert not app.error
    assert any("a colour table or picture that no photo can hold" in str(item.value) for item in app.caption)
    app.button(key="recipe_inside").click().run()
    assert names(app) == ["sepia", "lut3d", "swirl"]


@pytest.mark.slow
def test_frames_upon_frames_are_told_before_the_click() -> None:
    app = opened()
    photo = saved(PILImage.new("RGB", (4000, 3000), "teal"), "JPEG")
    app.file_uploader(key="upload").upload("large.jpg", photo, "image/jpeg").run()
    bench_of(app).load(Pipeline((EFFECTS["border"].step(width=0.2),) * 4))
    app.run()
    assert not unforeseen(app)
    # 3000 * 1.4 ** 4 pixels high, and as many wider as it is higher.
    assert [error.value[:52] for error in app.error] == ["The stack makes the picture grow to 144 megapixels ("]


def test_a_stack_that_cannot_be_done_is_told_and_the_photo_stays_in_sight() -> None:
    app = with_photo()
    bench_of(app).load(Pipeline((EFFECTS["border"].step(width=0.2),) * 20))
    app.run()
    assert not unforeseen(app)
    assert ["The stack makes the picture grow" in error.value for error in app.error] == [True]
    assert len(names(app)) == 20
    app.button(key="undo").click().run()
    assert not app.error


def test_solo_shows_one_effect_alone_and_leaves_the_recipe_as_it_is() -> None:
    app = with_photo("sepia", "swirl")
    bench = bench_of(app)
    whole, alone = bench.pipeline, Pipeline((EFFECTS["swirl"].step(),))
    sepia, swirl = (card.id for card in bench.stack)
    for item, shown in (("Solo", alone), ("Show the whole stack", whole)):
        assert item in app.menu_button(key=f"{swirl}-menu").options
        app.menu_button(key=f"{swirl}-menu").click(item).run()
        assert bench.shown == shown
        assert bench.pipeline == whole
        assert ("shown alone" in app.toggle(key=f"{swirl}-on").label) == (shown == alone)
        assert "shown alone" not in app.toggle(key=f"{sepia}-on").label
        assert any("Only Swirl" in caption.value for caption in app.caption) == (shown == alone)


def test_what_is_said_of_a_file_stands_under_it() -> None:
    frames = [PILImage.fromarray(photograph(60, 80, seed)) for seed in (1, 2)]
    moving = BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    app = opened()
    app.file_uploader(key="upload").upload("moving.gif", moving.getvalue(), "image/gif").run()
    notes = bench_of(app).photo.preview.metadata["notes"]  # type: ignore[union-attr]
    assert len(notes) == 1
    assert notes[0] in [caption.value for caption in app.caption]


def test_a_bad_colour_table_is_told_and_the_good_one_stays() -> None:
    app = with_photo("lut3d")
    uploader = f"{bench_of(app).stack[0].id}-table"
    app.file_uploader(key=uploader).upload("good.cube", cube_text(swapped, 9).encode(), "text/plain").run()
    good = bench_of(app).pipeline
    app.file_uploader(key=uploader).clear().run()  # in a browser, so begins every file that takes another's place
    assert bench_of(app).pipeline == good
    app.file_uploader(key=uploader).upload("bad.cube", b"LUT_3D_SIZE 3\n0 0\n", "text/plain").run()
    assert [error.value[:17] for error in app.error] == ["bad.cube: line 2:"]
    assert bench_of(app).pipeline == good
    app.file_uploader(key=uploader).clear().run()
    assert not app.error
    assert bench_of(app).pipeline == good


def test_who_shares_a_colour_table_is_pointed_to_the_recipe_file() -> None:
    app = with_photo("sepia")
    app.button(key="share").click().run()
    assert "the same stack" in app.text_input(key="link").label
    bench_of(app).load(TABLED)
    app.run()
    app.button(key="share").click().run()
    assert "without its colour table" in app.text_input(key="link").label
    assert any("recipe file" in caption.value for caption in app.caption)
    bench_of(app).load(Pipeline(tuple(replace(step, muted=True) for step in wordy(13).all_steps)))
    app.run()
    app.button(key="share").click().run()
    assert "this stack says more than a link can hold" in [caption.value for caption in app.caption]


def test_a_link_without_its_colour_table_opens_the_other_steps_and_says_which_is_missing() -> None:
    app = opened(TABLED.to_link())
    assert bench_of(app).pipeline.steps == (TABLED.steps[0], EFFECTS["lut3d"].step(strength=0.5), TABLED.steps[2])
    (error,) = app.error
    assert "'Noise'" in error.value
    assert "steps[" not in error.value
    assert "recipe file" in error.value
    app.file_uploader(key="recipe_file").upload("kept.json", TABLED.to_file().encode(), "application/json").run()
    assert bench_of(app).pipeline == TABLED


def test_a_link_whose_colour_table_is_at_hand_opens_whole() -> None:
    app = opened()
    bench_of(app).load(TABLED)
    app.query_params["recipe"] = TABLED.to_link()
    app.run()
    assert not app.error
    assert bench_of(app).pipeline == TABLED


def test_a_link_with_more_wrong_than_a_missing_table_is_still_refused() -> None:
    text = TABLED.to_json().replace("sepia", "no such effect")
    app = opened(urlsafe_b64encode(compress(text.encode())).decode().rstrip("="))
    assert "stack of this link was not opened" in app.error[0].value
    assert names(app) == []


def test_pixels_are_set_exactly_and_labels_read_as_words() -> None:
    app = with_photo("resize", "overlay", "curves", "duotone")
    resize, overlay, curves, _ = (card.id for card in bench_of(app).stack)
    app.selectbox(key=f"{resize}-by").select("long_side").run()
    app.number_input(key=f"{resize}-long_side").set_value(1081).run()
    assert bench_of(app).pipeline.all_steps[0].params["long_side"] == 1081
    assert app.color_picker(key=f"{overlay}-color").label == "Colour"
    assert app.color_picker(key=f"{overlay}-color2").label == "Colour 2"
    assert app.slider(key=f"{overlay}-opacity2").label == "Opacity 2"
    assert app.text_input(key=f"{curves}-rgb").label == "RGB"
    assert "0,0 0.5,0.6 1,1" in app.text_input(key=f"{curves}-rgb").help
    assert app.number_input(key=f"{resize}-long_side").label == "Long side"
    assert app.selectbox(key=f"{resize}-by").options == ["Scale", "Long side", "Width", "Height", "Exact"]


def test_a_parameter_is_there_where_it_counts() -> None:
    """Asked of all effects that have such parameters side by side: each of their choices is made in as many runs."""
    effects = [effect for effect in EFFECTS.values() if any(param.when.param for param in effect.params)]
    app = with_photo(*(effect.name for effect in effects))
    cards = {card.id: effect for card, effect in zip(bench_of(app).stack, effects, strict=True)}
    choices = {
        card: [*dict.fromkeys((each.when.param, option) for each in effect.params for option in each.when.options)]
        for card, effect in cards.items()
    }
    for turn in range(max(map(len, choices.values()))):
        chosen = {card: left[turn] for card, left in choices.items() if turn < len(left)}
        for card, (key, option) in chosen.items():
            app.selectbox(key=f"{card}-{key}").select(option)
        app.run()
        can_be = settable(app)
        for card, (step,) in ((card.id, card.steps) for card in bench_of(app).stack):
            params, keys = cards[card].params, {key for key, _ in choices[card]}
            assert all((f"{card}-{param.name}" in can_be) == param.when.holds(step.params) for param in params)
            assert all(step.params[param.name] == param.default for param in params if param.name not in keys)
            assert card not in chosen or step.params[chosen[card][0]] == chosen[card][1]


def test_each_step_of_a_slider_is_another_reading() -> None:
    app = with_photo("edges_canny")
    card = bench_of(app).stack[0]
    for name in ("radius", "thickness"):
        slider = app.slider(key=f"{card.id}-{name}")
        assert slider.proto.format == "percent"
        assert slider.step == 0.0001  # read as 0.01 %
        slider.set_value(0.0021).run()
    assert bench_of(app).stack[0].params["thickness"] == pytest.approx(0.0021)
