"""With what the app tells browsers to forbid, everything still works: drawing on the graphics card, saving, live."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from effects import EFFECTS
from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, Launch, Visit
from tests.browser.glass import start, wait_for_video
from tests.browser.hands import add_effect, download, quiet, upload
from tests.pictures import encoded, photograph
from tests.shader_page import SOFTWARE

VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


def refused(page: Page) -> list[str]:
    """What the browser did not do on this page, or in a frame of it, for the policy's sake."""
    return [word for frame in page.frames for word in frame.evaluate("window.violations ?? []")]


def test_nothing_a_person_does_on_snapshot_is_against_the_policy_and_what_is_would_be_seen(visit: Visit) -> None:
    page = visit("/")
    page.evaluate(VIOLATIONS)
    page.reload()
    page.wait_for_selector("h1")
    page.evaluate(VIOLATIONS)
    page.evaluate(
        "const script = document.createElement('script'); script.textContent = '1'; document.body.append(script)"
    )
    page.wait_for_function("window.violations.length === 1")
    assert page.evaluate("(() => { try { return Function('return 1')() } catch { return 0 } })()") == 0


@pytest.mark.deep
def test_drawing_saving_the_catalogue_and_live_work_under_the_policy(launch: Launch, address: str) -> None:
    browser = launch(*FAKE_CAMERA, ALLOW_CAMERA, *SOFTWARE)
    person = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 800})
    person.add_init_script(VIOLATIONS)
    page = person.new_page()
    told: list[str] = []
    page.on("console", lambda word: told.append(word.text) if "Policy" in word.text else None)
    page.goto(address)
    page.wait_for_selector("h1")
    upload(page, encoded(photograph(240, 320)))
    add_effect(page, EFFECTS["sepia"].title)
    expect(page.locator('[data-instant="gpu"]')).to_be_attached()
    quiet(page)
    assert len(download(page, "JPEG")[0]) > 1000
    assert refused(page) == []
    for path in ("/catalogue", "/live"):
        page.goto(address + path)
        page.wait_for_selector("h1")
        quiet(page)
        assert refused(page) == []
    start(page)
    wait_for_video(page)
    assert refused(page) == []
    assert [word for word in told if "'wasm" in word or "Refused" in word or "Unrecognized" in word] == []
    browser.close()
