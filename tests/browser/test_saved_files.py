"""What was saved is there to be had again: shown when it comes, shared, zipped, let go."""

from __future__ import annotations

import zipfile
from pathlib import Path

from playwright.sync_api import expect

from effects import EFFECTS, Pipeline
from tests.browser.axe import findings
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, bytes_of, download, keyed, quiet, unfolded, until

CAN_SHARE = """() => {
    window.shared = [];
    navigator.canShare = ({ files }) => files.length === 1;
    navigator.share = async ({ files }) => window.shared.push(files[0]);
}"""


def test_a_saved_file_and_a_shared_one_are_kept_zipped_and_let_go(visit: Visit) -> None:
    page = visit("/?recipe=" + Pipeline((EFFECTS["sepia"].step(),)).to_link())  # it is shown on the sample
    page.evaluate(CAN_SHARE)
    expect(keyed(page, "download")).to_be_visible()
    quiet(page)
    saved, name = download(page, "JPEG")
    add_effect(page, EFFECTS["invert"].title)
    lines = page.locator("[class*=st-key-saved-]")
    with unfolded(page, "save"):
        expect(lines).to_have_count(1)
        expect(lines.get_by_role("img", name=name)).to_be_visible()

        # Shared: the file as it would be saved, which is not the one before.
        keyed(page, "share_file").get_by_role("button", name="Share …").click()
        expect(lines).to_have_count(2)
        expect(keyed(page, "share_file").get_by_role("button")).to_have_text(f"Share {name} now")
        if not page.evaluate("window.shared.length"):  # a busy machine takes longer than a press is remembered
            keyed(page, "share_file").get_by_role("button").click()
        until(page, "window.shared.length === 1")
        shared = bytes_of(page, "window.shared[0]")
        assert page.evaluate("[window.shared[0].name, window.shared[0].type]") == [name, "image/jpeg"]

        assert findings(page) == []

        with page.expect_download() as coming:
            keyed(page, "all_saved").get_by_role("link").click()
        with zipfile.ZipFile(Path(coming.value.path())) as made:
            first, second = made.infolist()
            assert (made.read(first), made.read(second)) == (shared, saved)
            assert [first.filename, second.filename] == [name, name.replace(".", "-2.")]
        with page.expect_download() as coming:
            lines.last.get_by_role("button", name=name).first.click()
        assert Path(coming.value.path()).read_bytes() == saved
        lines.first.get_by_role("button", name=f"Remove {name}").click()
        expect(lines).to_have_count(1)
        expect(keyed(page, "all_saved")).to_have_count(0)
        quiet(page)
