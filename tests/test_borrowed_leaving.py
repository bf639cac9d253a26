"""A page that is being left draws nothing any more."""

from __future__ import annotations

import pytest
from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.runtime.app_session import AppSession

from pages.borrowed import leaving as borrowed
from tests.upgrades import forget, losses, take_away

LIVE, CATALOGUE, BATCH = "live", "catalogue", "batch"


class Session:
    """What of a session is looked at."""

    def __init__(self) -> None:
        self._client_state = ClientState(page_script_hash=LIVE)

    def request_rerun(self, told: ClientState | None) -> None:
        AppSession.request_rerun(self, told)  # type: ignore[arg-type]


class Browser:
    """A tab on Live: what its session draws of what it tells."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.drawn: list[str] = []
        monkeypatch.setattr(AppSession, "request_rerun", lambda _self, told: self.drawn.append(name(told)))
        forget()
        assert borrowed.let_pages_be_left(lambda: self.now), "this Streamlit draws what is asked for in another way"
        self.session = Session()

    def asks(self, page: str) -> None:
        """A link is pressed."""
        self.session.request_rerun(ClientState(page_script_hash=page))

    def tells(self, page: str, part: str = "") -> None:
        """Something on a page tells of itself."""
        told = ClientState(page_script_hash=page, fragment_id=part)
        told.widget_states.widgets.add(id="video", json_value="{}")
        self.session.request_rerun(told)


def name(told: ClientState | None) -> str:
    return told.page_script_hash if told else "again"


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Browser:
    return Browser(monkeypatch)


def test_what_a_page_tells_that_is_being_left_brings_nobody_back(browser: Browser) -> None:
    browser.tells(LIVE)
    browser.asks(CATALOGUE)
    browser.tells(LIVE)
    browser.tells(LIVE, part="stack")
    browser.tells(CATALOGUE)
    assert browser.drawn == [LIVE, CATALOGUE, CATALOGUE]


def test_whoever_presses_links_in_a_row_comes_to_the_last(browser: Browser) -> None:
    browser.asks(CATALOGUE)
    browser.asks(BATCH)
    browser.tells(LIVE)
    browser.tells(CATALOGUE)
    browser.tells(BATCH)
    assert browser.drawn == [CATALOGUE, BATCH, BATCH]


def test_whoever_goes_back_at_once_is_there(browser: Browser) -> None:
    browser.asks(CATALOGUE)
    browser.asks(LIVE)
    browser.tells(CATALOGUE)
    browser.tells(LIVE)
    assert browser.drawn == [CATALOGUE, LIVE, LIVE]


def test_a_page_that_sends_on_to_another_one_or_back_is_left_in_time(browser: Browser) -> None:
    browser.asks(CATALOGUE)
    browser.tells(BATCH)
    browser.session._client_state.page_script_hash = LIVE
    browser.now += borrowed.ON_THE_WAY + 0.1
    browser.tells(LIVE)
    assert browser.drawn == [CATALOGUE, BATCH, LIVE]


def test_on_one_page_all_is_drawn(browser: Browser) -> None:
    browser.asks(LIVE)
    browser.tells(LIVE)
    browser.asks("")
    browser.session.request_rerun(None)
    browser.asks(CATALOGUE)
    browser.tells(CATALOGUE)
    browser.session._client_state.page_script_hash = CATALOGUE
    browser.tells(LIVE)  # as after the browser's own way back
    assert browser.drawn == [LIVE, LIVE, "", "again", CATALOGUE, CATALOGUE, LIVE]


def test_without_its_names_everything_is_drawn(browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    del browser.session._client_state
    browser.tells(LIVE)
    assert browser.drawn == [LIVE]
    (loss,) = losses(caplog)
    assert "stay where it was" in loss


def test_without_sessions_streamlit_goes_on_as_it_does(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    forget()
    take_away(monkeypatch, borrowed, "AppSession")
    assert not borrowed.let_pages_be_left()
    (loss,) = losses(caplog)
    assert "stay where it was" in loss
