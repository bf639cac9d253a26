"""The picture in the README, taken anew; `make screenshot` puts it there."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as PILImage

from effects import EFFECTS
from tests.browser.conftest import Visit
from tests.browser.hands import add_effect, choose_source, keyed, quiet

ROOT = Path(__file__).parent.parent.parent
TAKEN = ROOT / "build" / "snapshot.jpg"
SHOWN = ROOT / "docs" / "snapshot.jpg"


@pytest.mark.deep
def test_the_readme_shows_the_app_as_it_is(visit: Visit) -> None:
    page = visit(color_scheme="dark")
    choose_source(page, "Sample")
    add_effect(page, EFFECTS["swirl"].title)
    add_effect(page, EFFECTS["bloom"].title)
    keyed(page, "compare").locator("label").first.click()
    keyed(page, "stage").locator(".bar").wait_for()
    quiet(page)
    page.mouse.move(640, 20)
    page.wait_for_timeout(500)

    TAKEN.parent.mkdir(exist_ok=True)
    page.screenshot(path=TAKEN, type="jpeg", quality=82)

    assert SHOWN.stat().st_size < 300_000
    now, then = (np.asarray(PILImage.open(BytesIO(path.read_bytes())).convert("RGB"), int) for path in (TAKEN, SHOWN))
    assert now.shape == then.shape
    assert np.abs(now - then).mean() < 12, "the page has changed: look at build/snapshot.jpg, then make screenshot"
