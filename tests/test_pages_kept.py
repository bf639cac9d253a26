"""Nothing is lost and nothing done twice: photos, recipes inside files, links, ways back; by AppTest."""

from __future__ import annotations

import hashlib
import json

import pytest
from streamlit.testing.v1 import AppTest

from effects import EFFECTS, LOOKS, Pipeline, RecipeError, decode, encode, render
from effects.recipe import original_of
from pages.components.stack import stack
from pages.components.stage import preview
from pages.components.unforeseen import SENTENCE
from tests.live_stub import no_camera
from tests.pictures import encoded, photograph
from tests.test_pages import bench_of, names, opened, with_photo
from tests.test_pages_between import CATALOGUE, LIVE, SNAPSHOT, at
from tests.unforeseen import unforeseen

pytestmark = pytest.mark.slow

PHOTOS = [encoded(photograph(60, 80, seed)) for seed in range(5)]
STACK = Pipeline((EFFECTS["border"].step(), EFFECTS["contrast"].step(amount=1.5)))


@pytest.fixture(autouse=True)
def _no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    no_camera(monkeypatch)


def upload(app: AppTest, data: bytes, name: str) -> None:
    app.file_uploader(key="upload").upload(name, data, "image/png").run()
    assert not unforeseen(app)


def has(app: AppTest, key: str) -> bool:
    return any(button.key == key for button in app.button)


def recent_names(app: AppTest) -> list[str]:
    return [button.label for button in app.button if str(button.key).startswith("recent-")]


def test_the_last_three_photos_stay_a_click_away() -> None:
    app = opened()
    for number, data in enumerate(PHOTOS):
        upload(app, data, f"photo{number}.png")
    assert recent_names(app) == ["photo3.png", "photo2.png"]
    app.segmented_control(key="source").set_value("Sample").run()
    assert recent_names(app) == ["photo4.png", "photo3.png", "photo2.png"]
    next(button for button in app.button if button.label == "photo3.png").click().run()
    assert not unforeseen(app)
    photo = bench_of(app).photo
    assert photo is not None
    assert photo.data == PHOTOS[3]
    assert app.segmented_control(key="source").value == "Upload"
    assert recent_names(app) == ["photo4.png", "photo2.png"]


def test_the_same_photo_opened_again_is_listed_once() -> None:
    app = opened()
    for name, data in (("a.png", PHOTOS[0]), ("b.png", PHOTOS[1]), ("a.png", PHOTOS[0])):
        upload(app, data, name)
    assert recent_names(app) == ["b.png"]


def test_a_picture_that_has_its_effects_already_is_not_given_them_again() -> None:
    made = render(PHOTOS[0], STACK.to_json(), format="png", embed_recipe=True)
    app = opened()
    upload(app, made, "made.png")
    assert names(app) == []
    assert any("has these effects in it already" in str(caption.value) for caption in app.caption)
    app.button(key="recipe_inside").click().run()
    assert bench_of(app).photo is None
    assert bench_of(app).pipeline == STACK
    upload(app, PHOTOS[1], "another.png")
    assert bench_of(app).pipeline == STACK
    assert recent_names(app) == ["made.png"]


@pytest.mark.parametrize("left", [0, pytest.param(1, marks=pytest.mark.deep), 3])
def test_a_stack_that_a_picture_has_in_it_is_not_laid_on_it_again_when_it_is_opened(left: int) -> None:
    """With its last steps missing, just as it was saved, or with one more."""
    more = EFFECTS["sepia"].step(amount=0.5)
    stack = Pipeline((*STACK.steps, more)[:left] or STACK.steps)
    made = render(PHOTOS[0], STACK.to_json(), format="png", embed_recipe=True)
    app = opened()
    upload(app, PHOTOS[0], "holiday.png")
    bench_of(app).load(stack)
    upload(app, made, "made.png")
    assert bench_of(app).pipeline == Pipeline((more,) if left == 3 else ())
    assert any("twice" in str(told.value) for told in app.info)
    app.button(key="original").click().run()
    assert bench_of(app).pipeline == STACK
    bench_of(app).load(Pipeline((more,)))
    app.button(key=f"recent-{hashlib.sha256(made).hexdigest()[:12]}").click().run()
    assert bench_of(app).pipeline == Pipeline((more,))  # another stack is meant for it


def test_the_original_of_a_picture_is_known_again_when_it_is_opened_after_it() -> None:
    made = render(PHOTOS[0], STACK.to_json(), format="png", embed_recipe=True)
    app = opened()
    upload(app, PHOTOS[1], "other.png")
    upload(app, made, "made.png")
    assert not has(app, "original")
    upload(app, PHOTOS[0], "original.png")
    app.button(key="go_on_original").click().run()
    assert bench_of(app).pipeline == STACK
    assert not has(app, "go_on_original")


def test_the_original_of_a_picture_is_gone_back_to_where_it_is_at_hand() -> None:
    made = render(PHOTOS[0], STACK.to_json(), format="jpeg", embed_recipe=True)
    app = opened()
    upload(app, PHOTOS[0], "original.png")
    upload(app, made, "made.jpg")
    app.button(key="original").click().run()
    photo = bench_of(app).photo
    assert photo is not None
    assert photo.name == "original.png"
    assert bench_of(app).pipeline == STACK


@pytest.mark.parametrize("form", ["jpeg", "png", "webp", "avif"])
def test_a_file_says_of_what_it_was_made(form: str) -> None:
    made = decode(render(PHOTOS[0], STACK.to_json(), format=form, embed_recipe=True))
    assert original_of(made.metadata["recipe"]) == hashlib.sha256(PHOTOS[0]).hexdigest()
    assert Pipeline.from_json(made.metadata["recipe"]) == STACK


@pytest.mark.parametrize("original", [7, "x", "A" * 64, None, "0" * 65, ["0" * 64]])
def test_a_hash_that_is_none_is_refused(original: object) -> None:
    recipe = json.dumps({"version": 1, "steps": [], "original": original})
    with pytest.raises(RecipeError, match="original"):
        Pipeline.from_json(recipe)
    assert original_of(recipe) == ""


def test_a_recipe_of_before_says_of_no_original() -> None:
    made = encode(decode(PHOTOS[0]), format="png", recipe=STACK.to_json())
    app = opened()
    upload(app, made, "made.png")
    assert has(app, "recipe_inside")
    assert not has(app, "original")
    assert original_of("[1") == original_of("3") == original_of("[" * 100_000) == ""


@pytest.mark.parametrize(("home", "back"), [(LIVE, LIVE), (SNAPSHOT, SNAPSHOT)])
def test_what_is_chosen_in_the_catalogue_is_taken_along_to_where_one_came_from(home: str, back: str) -> None:
    app = at(at(opened(), home), CATALOGUE)
    assert bench_of(app).home == back


def test_a_shared_link_is_shown_on_the_sample_and_named() -> None:
    app = opened(LOOKS["hudson"].to_link())
    bench = bench_of(app)
    assert bench.photo is not None
    assert not bench.photo.is_own
    assert any("the look Hudson" in str(text.value) for text in app.markdown)
    assert app.button(key="try_it").label == "Try it on your photo"
    assert app.segmented_control(key="source").value == "Upload"
    upload(app, PHOTOS[0], "mine.png")
    assert bench.pipeline == Pipeline((LOOKS["hudson"].group(),))
    assert not has(app, "try_it")


def test_an_address_that_lags_behind_undoes_nothing() -> None:
    link = LOOKS["hudson"].to_link()
    app = opened(link)
    app.selectbox(key="add_effect").select("sepia").run()
    first = bench_of(app).pipeline
    app.selectbox(key="add_effect").select("invert").run()
    last = bench_of(app).pipeline
    for late in (link, first.to_link(), last.to_link()):
        app.query_params["recipe"] = late
        app.run()
        assert bench_of(app).pipeline == last
    other = Pipeline((EFFECTS["swirl"].step(),))
    app.query_params["recipe"] = other.to_link()
    app.run()
    assert bench_of(app).pipeline == other


def test_no_page_shows_an_error_that_nobody_foresaw(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*anything: object) -> None:
        raise RuntimeError("nobody foresaw this")

    app = with_photo("sepia")
    for module, name in ((stack, "stack_card"), (preview, "render_stack")):
        with monkeypatch.context() as patched:
            patched.setattr(module, name, fails)
            bench_of(app).add("invert")
            app.run()
            assert not app.exception
            assert [error.value for error in app.error] == [SENTENCE]
            assert app.title[0].value == "Snapshot"
            app.button(key="go_on")
        app.run()
        assert not app.error
    assert names(app) == ["sepia", "invert", "invert"]


def test_curves_speak_of_themselves_as_their_card_does() -> None:
    app = with_photo("curves")
    card = bench_of(app).stack[0].id
    app.text_input(key=f"{card}-rgb").set_value("0,0 0.3,oops 1,1").run()
    assert [error.value[:12] for error in app.error] == ["Curves: RGB "]


def test_no_part_of_the_page_moves_when_another_has_more_or_less_to_show() -> None:
    """To Streamlit a part that has moved is another: what is pressed on the old one would be lost."""
    app = opened(LOOKS["hudson"].to_link())
    assert has(app, "try_it")

    def parts_now() -> tuple[str, str, str]:
        return tuple(app.session_state[key].part for key in ("file-size", "saved-files", "exports"))

    parts = [parts_now()]
    made = render(PHOTOS[0], STACK.to_json(), format="png", embed_recipe=True)
    for name, data in (("mine.png", PHOTOS[0]), ("broken.png", b"no picture"), ("made.png", made)):
        upload(app, data, name)
        parts.append(parts_now())
    assert not has(app, "try_it")
    assert has(app, "recipe_inside")
    app.selectbox(key="add_effect").select("vignette").run()
    assert names(app)[-1] == "vignette"
    parts.append(parts_now())
    app.menu_button(key=f"{bench_of(app).stack[-1].id}-menu").click("Solo").run()
    assert any("Only Vignette is shown" in str(caption.value) for caption in app.caption)
    parts.append(parts_now())
    assert all(parts[0])
    assert parts == [parts[0]] * 6


def test_a_link_and_a_file_with_a_group_open_as_they_were_saved() -> None:
    grouped = Pipeline((EFFECTS["sepia"].step(), STACK.group(strength=1, title="Framed")))
    app = opened(grouped.to_link())
    assert bench_of(app).pipeline == grouped
    app = with_photo()
    app.file_uploader(key="recipe_file").upload("recipe.json", grouped.to_json().encode(), "application/json").run()
    assert not unforeseen(app)
    assert bench_of(app).pipeline == grouped
    upload(app, render(PHOTOS[0], grouped.to_json(), format="png", embed_recipe=True), "inside.png")
    assert any("already: Sepia, Framed." in caption.value for caption in app.caption)
