"""With what the app tells browsers to forbid, everything still works: Snapshot with WebGL at hand, saving, live."""

from __future__ import annotations

import pytest

from effects import EFFECTS
from tests.browser.conftest import ALLOW_CAMERA, FAKE_CAMERA, Launch, violations
from tests.browser.glass import start, wait_for_video
from tests.browser.hands import add_effect, download, quiet, until, upload
from tests.browser.persons import WITNESS
from tests.pictures import encoded, photograph
from tests.shader_page import SOFTWARE


@pytest.mark.deep
def test_snapshot_saving_the_catalogue_and_live_work_under_the_policy(launch: Launch, address: str) -> None:
    browser = launch(*FAKE_CAMERA, ALLOW_CAMERA, *SOFTWARE)
    person = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 800})
    person.add_init_script(WITNESS)
    page = person.new_page()
    told: list[str] = []
    page.on("console", lambda word: told.append(word.text) if "Policy" in word.text else None)
    page.goto(address)
    page.wait_for_selector("h1")
    upload(page, encoded(photograph(240, 320)))
    add_effect(page, EFFECTS["sepia"].title)
    quiet(page)
    assert len(download(page, "JPEG")[0]) > 1000
    assert violations(page) == []
    for path in ("/catalogue", "/live"):
        page.goto(address + path)
        page.wait_for_selector("h1")
        quiet(page)
        assert violations(page) == []
    start(page)
    wait_for_video(page)
    assert violations(page) == []
    assert [word for word in told if "'wasm" in word or "Refused" in word or "Unrecognized" in word] == []
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), { textContent: '1' }))")
    until(page, "window.violations.length === 1")  # it would have been seen
    page.evaluate("setTimeout('window.ran = 1')")  # a text that would become a script
    until(page, "window.violations.length === 2")
    assert not page.evaluate("window.ran")
    browser.close()
