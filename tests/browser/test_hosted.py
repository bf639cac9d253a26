"""The app behind the nginx and beside the coturn of `deploy/`: a replica may go, nobody's work goes with it."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from effects import EFFECTS, Pipeline
from tests.browser.conftest import Server
from tests.browser.glass import person, start, stop, wait_for_video, wait_until_off
from tests.browser.hands import add_effect, cards, download, shown, stack_in_address, upload
from tests.hosted import Host, coturn, free_ports, hosted, nginx
from tests.pictures import difference, encoded, photograph

PHOTO = encoded(photograph(300, 400), "JPEG")
PATIENCE = 60_000


@contextmanager
def visitor(browser: Browser, address: str, home: str = "") -> Iterator[Page]:
    """A new person's page, whom nginx knows as one of a replica's where that is named."""
    context = browser.new_context(accept_downloads=True, viewport={"width": 1280, "height": 800})
    if home:
        context.add_cookies([{"name": "replica", "value": home, "url": address}])
    page = context.new_page()
    page.goto(address)
    page.wait_for_selector("h1", timeout=PATIENCE)
    try:
        yield page
    finally:
        context.close()


def home_of(page: Page) -> str:
    """The replica that nginx has written down for this person."""
    return next(cookie["value"] for cookie in page.context.cookies() if cookie["name"] == "replica")


def test_a_visit_by_nginx_is_one_replicas_and_its_log_holds_neither_stack_nor_names(
    browser: Browser, shared_server: Server, tmp_path: Path
) -> None:
    ports = free_ports("two", "nginx", "turn") | {"one": int(shared_server.address.rsplit(":", 1)[1])}
    address = f"http://127.0.0.1:{ports['nginx']}"
    with nginx(ports, tmp_path) as log, visitor(browser, address, home="two") as page:
        assert home_of(page) == "one", "the one that it was at does not answer"
        upload(page, PHOTO, "holiday.jpg")
        assert shown(page).shape == (300, 400, 3)
        page.goto(f"{address}/catalogue?recipe=eNqrVipLLSrOzM9TsjL")
        expect(page.get_by_role("heading", name="Catalogue")).to_be_visible()
        with pytest.raises(HTTPError, match="404"):
            urlopen(f"{address}/metrics", timeout=5)
    told = log.read_text(encoding="utf-8")  # now: a request is written down after it was answered
    asked = {line.split()[2] for line in told.splitlines()}
    assert {"/", "/catalogue", "/media/", "/_stcore/stream", "/_stcore/upload_file", "/metrics"} <= asked
    assert not any(word in told for word in ("recipe", "eNq", "holiday", "replica"))


def has_all(page: Page, before: object) -> None:
    """Whether the photo, as it was seen `before`, and the stack are on the page, and that it is told."""
    expect(page.get_by_text("holiday.jpg was opened again from this browser")).to_be_visible(timeout=PATIENCE)
    expect(cards(page)).to_have_count(1, timeout=PATIENCE)
    assert stack_in_address(page) == Pipeline((EFFECTS["sepia"].step(),))
    assert difference(shown(page), before)[0] == 0  # type: ignore[arg-type]


def with_work(page: Page) -> object:
    """Have a photo and a stack on the page; how that looks."""
    upload(page, PHOTO, "holiday.jpg")
    add_effect(page, "Sepia")
    expect(page.get_by_text("holiday.jpg is kept in this browser only")).to_be_visible()
    return shown(page)


@pytest.mark.deep
def test_whose_replica_is_killed_goes_on_at_the_other_with_photo_and_stack(browser: Browser, tmp_path: Path) -> None:
    with hosted(tmp_path, "one", "two") as host:  # noqa: SIM117
        with visitor(browser, host.address, "one") as unlucky, visitor(browser, host.address, "two") as other:
            befores = with_work(unlucky), with_work(other)
            assert (home_of(unlucky), home_of(other)) == ("one", "two")
            host.replicas["one"].end(signal.SIGKILL)
            has_all(unlucky, befores[0])
            assert home_of(unlucky) == "two"
            expect(other.get_by_text("holiday.jpg is kept in this browser only")).to_be_visible()
            add_effect(unlucky, "Invert")
            data, name = download(unlucky)
            assert name.startswith("holiday")
            assert data.startswith(b"\x89PNG")


@pytest.mark.deep
def test_a_rolling_restart_loses_nobodys_work_and_a_reload_none_either(browser: Browser, tmp_path: Path) -> None:
    with hosted(tmp_path, "one", "two") as host:  # noqa: SIM117
        with visitor(browser, host.address, "one") as first, visitor(browser, host.address, "two") as second:
            people = {first: with_work(first), second: with_work(second)}
            for name in ("one", "two"):
                restart(host, name)
                for page, before in people.items():
                    if name == "two" or page is first:
                        has_all(page, before)
            assert {home_of(page) for page in people} == {"one"}
            first.reload()
            expect(first.get_by_text("Your photo holiday.jpg is kept in this browser only")).to_be_visible(
                timeout=PATIENCE
            )
            first.get_by_role("button", name="Open it again").click()
            expect(cards(first)).to_have_count(1, timeout=PATIENCE)


def restart(host: Host, name: str) -> None:
    """One replica ends and comes again, as another version would."""
    host.replicas[name].end()
    host.replicas[name].start()


@pytest.mark.deep
def test_all_replicas_gone_is_told_in_a_sentence_and_waited_for(browser: Browser, tmp_path: Path) -> None:
    with hosted(tmp_path) as host:
        page = browser.new_page()
        page.goto(host.address)
        expect(page.get_by_text("Emulsion is being started again.")).to_be_visible()
        host.replicas["two"].start()
        page.wait_for_selector("h1", timeout=PATIENCE)
        page.close()


@pytest.mark.deep
def test_live_goes_by_nginx_and_the_relay_with_credentials_that_the_app_made(browser: Browser, tmp_path: Path) -> None:
    port = free_ports("turn")["turn"]
    with coturn(port, tmp_path) as secret:
        settings = {"EMULSION_TURN_URLS": f"turn:127.0.0.1:{port}?transport=udp", "EMULSION_TURN_SECRET": secret}
        with hosted(tmp_path, "one", EMULSION_ICE_POLICY="relay", **settings) as host:  # noqa: SIM117
            with person(browser, host.address + "/live") as page:
                start(page)
                wait_for_video(page, 60)
                host.replicas["one"].end(signal.SIGKILL)
                host.replicas["two"].start()
                wait_until_off(page, 40)
                expect(page.get_by_role("alert").filter(has_text="Press Start to go on")).to_be_visible(
                    timeout=PATIENCE
                )
                start(page)
                wait_for_video(page, 60)
                stop(page)
