"""Cards worked by hand: dragged, moved by keys, set back by a double click, written on as one types."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from effects import EFFECTS, Pipeline
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, cards, keyed, quiet, settled, stack_in_address

STACK = Pipeline(tuple(EFFECTS[name].step() for name in ("invert", "sepia", "mirror", "grain")))
PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}

# In what order the cards are seen, picture by picture, since the watch began.
WATCH = """() => {
  window.orders = new Set();
  const top = (card) => card.getBoundingClientRect().top;
  const look = () => {
    const cards = [...document.querySelectorAll("[class*=st-key-card-]")].filter((card) => card.offsetHeight);
    window.orders.add(cards.sort((one, other) => top(one) - top(other)).map((card) => card.ariaLabel).join());
    requestAnimationFrame(look);
  };
  look();
}"""


def names(page: Page) -> list[str]:
    """The effects of the stack in the address."""
    return [step.effect.name for step in stack_in_address(page).all_steps]


def middle(page: Page, key: str) -> tuple[float, float]:
    """The middle of a widget with this key."""
    box = keyed(page, key).bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_a_card_is_dragged_or_moved_by_keys_and_stands_there_until_the_server_has_followed(visit: Visit) -> None:
    page = visit(f"/?recipe={STACK.to_link()}")
    expect(cards(page)).to_have_count(4)
    settled(page)
    (x, y), (_, first) = middle(page, "c3-move"), middle(page, "c1-move")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, first - 10, steps=5)
    page.wait_for_timeout(200)
    page.evaluate(WATCH)
    page.mouse.up()
    settled(page)
    assert names(page) == ["mirror", "invert", "sepia", "grain"]
    # While it is dragged it may lie over the first; when it is let go nothing is ever seen elsewhere.
    assert page.evaluate("[...window.orders]") == ["Mirror,Invert,Sepia,Grain"]

    grip = keyed(page, "c3-move").locator("button")
    grip.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    expect(page.get_by_role("status").get_by_text("Mirror, moved to 4 of 4")).to_have_count(1)
    settled(page)
    assert names(page) == ["invert", "sepia", "grain", "mirror"]
    expect(grip).to_be_focused()

    x, y = middle(page, "c3-move")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x, y - 120, steps=4)
    page.keyboard.press("Escape")
    page.mouse.up()
    for expected in (["invert", "mirror", "sepia", "grain"], ["invert", "sepia", "mirror", "grain"]):
        page.keyboard.press("Control+z")
        settled(page)
        assert names(page) == expected


def test_a_setting_is_set_back_by_a_double_click_and_text_counts_while_one_types(visit: Visit) -> None:
    page = visit()
    card = add_effect(page, "Grain")
    slider = card.get_by_role("slider", name="Amount")
    slider.focus()
    page.keyboard.press("PageUp")
    settled(page)
    assert stack_in_address(page).steps[0] != EFFECTS["grain"].step()
    dot = "label => getComputedStyle(label, '::after').content"
    label = card.get_by_text("Amount", exact=True)
    assert "•" in label.evaluate(dot)
    assert slider.evaluate("slider => slider.ariaDescription").startswith("Changed")
    label.dblclick()
    settled(page)
    assert stack_in_address(page).steps[0] == EFFECTS["grain"].step()
    assert "•" not in label.evaluate(dot)
    assert slider.evaluate("slider => slider.ariaDescription") is None

    card.get_by_text("More", exact=True).click()
    throw = card.get_by_role("button", name="Throw another seed")
    throw.click()
    settled(page)
    (grain,) = stack_in_address(page).all_steps
    expect(card.get_by_role("spinbutton")).to_have_value(str(grain.params["seed"]))
    assert grain.params["seed"] != 0
    page.keyboard.press("Control+z")
    settled(page)
    assert stack_in_address(page).steps[0] == EFFECTS["grain"].step()

    field = add_effect(page, "Text").get_by_role("textbox").first
    field.press("End")
    field.press_sequentially(" and", delay=20)
    page.wait_for_timeout(900)
    quiet(page)
    field.press_sequentially(" more", delay=20)
    page.wait_for_timeout(900)
    settled(page)
    expect(field).to_be_focused()
    expect(field).to_have_value("Hello and more")
    assert stack_in_address(page).all_steps[1].params["text"] == "Hello and more"
    keyed(page, "undo").locator("button").click()
    settled(page)
    assert stack_in_address(page).all_steps[1] == EFFECTS["text"].step()


@pytest.mark.deep
def test_on_a_phone_a_finger_drags_a_card_and_the_last_one_added_is_in_sight(visit: Visit) -> None:
    page = visit(f"/?recipe={STACK.to_link()}", **PHONE)
    expect(cards(page)).to_have_count(4)
    settled(page)
    finger = page.context.new_cdp_session(page)
    keyed(page, "c3-move").evaluate("handle => handle.scrollIntoView({ block: 'center' })")
    (x, y), (_, last) = middle(page, "c2-move"), middle(page, "c4-move")
    scrolled = page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop")

    def touch(kind: str, *, at: float | None = None) -> None:
        points = [] if at is None else [{"x": x, "y": at}]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    touch("touchStart", at=y)
    for step in range(1, 11):
        touch("touchMove", at=y + (last + 10 - y) * step / 10)
    touch("touchEnd")
    settled(page)
    assert names(page) == ["invert", "mirror", "grain", "sepia"]
    assert page.evaluate("document.querySelector('[data-testid=stMain]').scrollTop") == scrolled

    add_effect(page, "Swirl")
    field = keyed(page, "add_effect").locator("input")
    expect(field).to_be_focused()
    page.wait_for_timeout(1000)
    box = keyed(page, "card-c5").bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844
