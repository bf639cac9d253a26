"""The large trial: the picture under the effect that one rests on in the picker, as large as one edits on."""

from __future__ import annotations

from collections.abc import Callable

from pages.components import session
from pages.components.page_component import page_component
from pages.components.picker.trials import Trials
from pages.components.picture_url import picture_url
from pages.components.unforeseen import fragment

KEY = "large_trial"
_large = page_component(KEY, __file__)


@fragment
def large_trial(trials: Callable[[], Trials | None]) -> None:
    """Make it when the browser tells where one rests, a part of the page by itself; `trials` gives the large ones.

    The page is told of it as `trial_preview.js` says.
    """
    name, large = session.component_value(KEY, "resting"), trials()
    picture = large.of(name) if large is not None and name in large.names else b""
    _large(
        key=KEY,
        data={"name": name, "url": picture_url(picture, KEY) if picture else ""},
        default={"resting": ""},
        on_resting_change=lambda: None,
    )
