"""The picture one works on: each thing over its former self, looked at closely, and nothing moves for it."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import FloatRect, Locator, Page, expect

from effects import EFFECTS, Photo, Pipeline
from effects.codec.raster import shrink
from effects.image import PREVIEW_SIDE, Image
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, keyed, quiet, settled, stack_in_address, upload
from tests.pictures import encoded, photograph, pixels_of

PHOTO, LARGE = photograph(300, 400), photograph(900, 1600)
SMALL = shrink(Photo(LARGE), PREVIEW_SIDE).image
SWIRL = Pipeline((EFFECTS["swirl"].step(),))
FRAMED = Pipeline(
    (
        EFFECTS["crop"].step(x=0.25, y=0.5, width=0.5, height=0.5),
        EFFECTS["invert"].step(),
        EFFECTS["rotate_flip"].step(angle="90"),
        EFFECTS["border"].step(width=0.1, color="#ffffff"),
    )
)


def toggle(page: Page) -> None:
    keyed(page, "compare").locator("label").first.click()
    quiet(page)


def root(page: Page) -> Locator:
    return keyed(page, "stage").locator(".stage")


def side(page: Page, name: str) -> Image:
    """What lies on one side of the bar, as the browser got it."""
    picture = root(page).locator(f".{name}")
    picture.wait_for()
    return pixels_of(page.request.get(picture.evaluate("picture => picture.src")).body())


LEFT_TILE = '.tile[style*="left: 0%"]'  # a picture of 1600 pixels is as wide as two of them


def shows_the_pixels_of(page: Page, whole: Image) -> None:
    """The tiles over the picture are this picture's at full size, as soon as there are any."""
    for _ in range(100):
        address = root(page).evaluate("(root, left) => root.querySelector(left)?.src ?? ''", LEFT_TILE)
        answer = page.request.get(address) if address else None
        if answer and answer.ok and np.abs(pixels_of(answer.body()).astype(int) - whole[:, :1024]).mean() < 2:
            return
        page.wait_for_timeout(100)
    raise AssertionError("the pixels did not come")


def watch(page: Page) -> None:
    """Write down at every frame how high the stage is, and where what follows it begins."""
    page.evaluate("""() => {
        window.heights = [];
        window.below = [];
        const look = () => {
            const frame = document.querySelector(".st-key-frame").getBoundingClientRect();
            window.heights.push(frame.height);
            window.below.push(document.querySelector(".st-key-compare").getBoundingClientRect().top - frame.top);
            requestAnimationFrame(look);
        };
        look();
    }""")


def test_the_photo_before_is_cut_turned_and_framed_as_the_picture_is_and_seen_by_bar_hand_and_key(visit: Visit) -> None:
    page = visit(f"/?recipe={FRAMED.to_link()}")
    settled(page)
    upload(page, encoded(PHOTO))
    expect(root(page).locator("img")).to_have_js_property("naturalWidth", 180)  # the photo's, no longer the sample's
    settled(page)
    watch(page)
    toggle(page)

    cut = np.rot90(PHOTO[150:, 100:300], -1)  # clockwise: 200 high, 150 wide
    before, after = (np.pad(half, ((15, 15), (15, 15), (0, 0)), constant_values=255) for half in (cut, 255 - cut))
    for name, wanted in (("before", before), ("after", after)):
        got = side(page, name).astype(int)
        assert got.shape == wanted.shape
        assert np.abs(got - wanted).mean() < 4, f"{name}: JPEG's own share is about 2"

    bar, grip = root(page).locator(".bar"), root(page).get_by_role("slider")
    grip.focus()  # wherever the page scrolls for it, it has done so
    picture = root(page).locator(".sheet").bounding_box()
    assert picture is not None

    def place() -> float:
        box = bar.bounding_box()
        assert box is not None
        return (box["x"] + box["width"] / 2 - picture["x"]) / picture["width"]

    assert place() == pytest.approx(0.5, abs=0.003)
    for key, at in (("ArrowRight", 0.52), ("ArrowDown", 0.5), ("End", 1), ("ArrowLeft", 0.98), ("Home", 0)):
        grip.press(key)
        assert place() == pytest.approx(at, abs=0.003), key
    for at in (0.02, 0.3, 0.97):
        page.mouse.click(picture["x"] + picture["width"] * at, picture["y"] + picture["height"] / 2)
        assert place() == pytest.approx(at, abs=0.005)

    toggle(page)
    expect(bar).to_be_hidden()
    heights, below = page.evaluate("[window.heights, window.below]")
    assert len(heights) > 10
    assert max(heights) - min(heights) < 1, "the picture keeps its room while the other comes and goes"
    assert max(below) - min(below) < 1

    expect(root(page).locator(".before")).to_have_count(0)
    page.mouse.move(picture["x"] + 50, picture["y"] + picture["height"] / 2)
    page.mouse.down()
    assert np.abs(side(page, "before").astype(int) - before).mean() < 4
    page.mouse.up()
    expect(root(page).locator(".before")).to_have_count(0)
    page.keyboard.down("b")
    expect(root(page).locator(".before")).to_be_visible()
    page.keyboard.up("b")
    expect(root(page).locator(".before")).to_have_count(0)


FINGERS = """([[x, y], moves]) => {
  const place = window.stage.querySelector(".place");
  place.setPointerCapture = () => {}; // these fingers are the test's, and nobody else's
  for (const [name, id, at] of moves) place.dispatchEvent(new PointerEvent(name, { pointerId: id, pointerType: "touch",
    clientX: x + at, clientY: y, button: 0, bubbles: true, composed: true }));
}"""
TAP = [("pointerdown", 1, 0), ("pointerup", 1, 0)]


def pinch(start: int, end: int) -> list[tuple[str, int, int]]:
    """Two fingers on either side of a point, and so far from it then."""
    return [
        *(("pointerdown", 1, -start), ("pointerdown", 2, start)),
        *(("pointermove", 1, -end), ("pointermove", 2, end)),
        *(("pointerup", 1, -end), ("pointerup", 2, end)),
    ]


@pytest.mark.deep
def test_on_a_phone_one_looks_closely_with_two_fingers_and_a_double_tap(visit: Visit) -> None:
    page = visit(
        f"/?recipe={Pipeline((EFFECTS['swirl'].step(),)).to_link()}",
        viewport={"width": 390, "height": 844},
        has_touch=True,
    )
    settled(page)
    upload(page, encoded(LARGE))
    expect(root(page).locator("img")).to_have_js_property("naturalWidth", PREVIEW_SIDE)
    settled(page)
    sheet, box = root(page).locator(".sheet"), root(page).bounding_box()
    assert box is not None
    middle = [box["x"] + box["width"] / 2, box["y"] + box["height"] / 2]
    root(page).evaluate("stage => { window.stage = stage; }")

    def width() -> float:
        shown = sheet.bounding_box()
        assert shown is not None
        return shown["width"]

    whole = width()
    assert whole <= box["width"]
    page.evaluate(FINGERS, [middle, pinch(20, 40)])
    assert width() == pytest.approx(2 * whole, rel=0.05)
    page.evaluate(FINGERS, [middle, pinch(80, 20)])
    assert (width(), root(page).get_attribute("data-zoom")) == (whole, "fit")
    for zoom, wide in (("100", 1600), ("fit", whole)):
        page.evaluate(FINGERS, [middle, TAP + TAP])
        expect(root(page)).to_have_attribute("data-zoom", zoom)
        assert width() == wide
        if zoom == "100":
            shows_the_pixels_of(page, SWIRL(LARGE))
            page.keyboard.press("Control+z")  # what is shown then is never the picture of before
            shows_the_pixels_of(page, LARGE)
            page.keyboard.press("Control+y")
            shows_the_pixels_of(page, SWIRL(LARGE))
    expect(root(page).locator(".tile")).to_have_count(0)
    keyed(page, "sheets").get_by_role("button", name="Compare").tap()
    quiet(page)
    assert np.abs(side(page, "before").astype(int) - SMALL).mean() < 5, "what bends it is compared"


def drag(page: Page, handle: str, across: float, down: float) -> None:
    """Drag a handle by so many CSS pixels."""
    box = root(page).locator(f"[data-handle={handle}]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for part in (0.25, 0.5, 0.75, 1):
        page.mouse.move(x + across * part, y + down * part)
        page.wait_for_timeout(30)
    page.mouse.up()


def test_a_photo_is_cut_by_hand_and_a_swirl_put_where_it_belongs(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 1000})
    upload(page, encoded(PHOTO))
    card = add_effect(page, EFFECTS["crop"].title)
    settled(page)
    sheet = root(page).locator(".sheet").bounding_box()
    assert sheet is not None
    drag(page, "nw", 0.25 * sheet["width"], 0.2 * sheet["height"])
    drag(page, "e", -0.25 * sheet["width"], 0)  # at once: neither is lost
    settled(page)
    (step,) = stack_in_address(page).all_steps
    wanted = {"x": 0.25, "y": 0.2, "width": 0.5, "height": 0.8}
    assert {name: step.params[name] for name in wanted} == pytest.approx(wanted, abs=0.01)
    expect(card.get_by_role("slider").first).to_have_value(str(step.params["x"]))
    expect(root(page).locator("img")).to_have_js_property("naturalWidth", PHOTO.shape[1])

    root(page).get_by_role("button", name="1:1").click()
    root(page).locator("[data-handle=move]").press("ArrowUp")
    root(page).get_by_role("button", name="Ready").click()
    expect(root(page).locator("[data-handle]")).to_have_count(0)
    expect(root(page).locator("img")).to_have_js_property("naturalWidth", 200)
    settled(page)
    (step,) = stack_in_address(page).all_steps
    assert step.params["aspect"] == "1:1"
    assert step.params["y"] == pytest.approx(0.2 + (0.8 - 2 / 3) / 2 - 0.01, abs=0.01)
    for _ in range(4):  # key, shape, edge, corner
        page.keyboard.press("Control+z")
    settled(page)
    assert stack_in_address(page) == Pipeline((EFFECTS["crop"].step(),))

    add_effect(page, EFFECTS["swirl"].title)
    settled(page)
    drag(page, "radius", -0.1 * sheet["height"], 0)
    drag(page, "center", 0.1 * sheet["width"], 0)
    root(page).locator("[data-handle=center]").press("ArrowDown")
    settled(page)
    swirl = stack_in_address(page).all_steps[-1].params
    assert swirl["x"] == pytest.approx(0.6, abs=0.02)
    assert swirl["y"] == pytest.approx(0.51, abs=0.002)
    assert swirl["radius"] == pytest.approx(0.5, abs=0.03)


def draw_line(page: Page, sheet: FloatRect, leaning: float) -> None:
    """Draw a line through the picture that leans by so many degrees, clockwise."""
    left, level, reach = sheet["x"] + 0.3 * sheet["width"], sheet["y"] + 0.5 * sheet["height"], 0.4 * sheet["width"]
    page.mouse.move(left, level)
    page.mouse.down()
    page.mouse.move(left + reach / 2, level + 10)
    page.mouse.move(left + reach, level + reach * np.tan(np.radians(leaning)))
    page.mouse.up()


def test_a_horizon_is_levelled_words_are_typed_where_they_stand_and_light_is_counted(visit: Visit) -> None:
    page = visit(viewport={"width": 1280, "height": 1000})
    upload(page, encoded(PHOTO))
    card = add_effect(page, EFFECTS["straighten"].title)
    settled(page)
    sheet = root(page).locator(".sheet").bounding_box()
    assert sheet is not None
    draw_line(page, sheet, leaning=5)
    settled(page)
    (step,) = stack_in_address(page).all_steps
    assert step.params["angle"] == pytest.approx(-5, abs=0.2)
    expect(card.get_by_role("slider").first).to_have_value(f"{step.params['angle']:g}")
    root(page).locator(".dial input").press("ArrowRight")
    root(page).get_by_role("button", name="Turn right").click()  # at once: neither is lost
    settled(page)
    turned, levelled = stack_in_address(page).all_steps
    assert turned == EFFECTS["rotate_flip"].step(angle="90")
    assert levelled.params["angle"] == pytest.approx(float(str(step.params["angle"])) + 0.1)
    expect(root(page).locator("img")).to_have_js_property("naturalWidth", PHOTO.shape[0])
    root(page).get_by_role("button", name="Ready").click()
    height, width = stack_in_address(page).size(*PHOTO.shape[:2])
    expect(root(page).locator("img")).to_have_js_property("naturalWidth", width)
    expect(root(page).locator("img")).to_have_js_property("naturalHeight", height)

    words = add_effect(page, EFFECTS["text"].title)
    settled(page)
    place = root(page).locator("[data-handle=place]")
    place.click()
    page.keyboard.type("Ahoy")
    page.keyboard.press("Escape")
    expect(words.get_by_role("textbox", name="Text")).to_have_value("Ahoy")
    shown = root(page).locator(".sheet").bounding_box()
    assert shown is not None
    drag(page, "place", 0.1 * shown["width"], -0.3 * shown["height"])
    place.press("ArrowLeft")
    settled(page)
    written = stack_in_address(page).all_steps[-1].params
    assert written["text"] == "Ahoy"
    assert written["x"] == pytest.approx(0.09, abs=0.01)
    assert written["y"] == pytest.approx(-0.3, abs=0.01)

    expect(keyed(page, "histogram").get_by_role("button")).to_have_count(0)  # words may stand there
    add_effect(page, EFFECTS["invert"].title)
    keyed(page, "histogram").get_by_role("button", name="Histogram").click()
    named = keyed(page, "histogram").get_by_role("img")
    expect(named).to_have_count(2)
    for canvas, word in ((named.first, "Before"), (named.last, "After")):
        expect(canvas).to_have_accessible_name(re.compile(rf"{word}: [\d.]+ % of the pixels are white, [\d.]+ % black"))
