"""A new person for each test, at half the price: half of what a visit costs goes into reading the page's scripts.

Who visits where somebody has been, while a small page keeps the renderer, finds them read. All that the person before
has left in the browser is taken away in between, and only the app's own files stay.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, Page

WITNESS = Path(__file__).with_name("witness.js").read_text(encoding="utf-8")
ONE_RENDERER = "--process-per-site"  # for all pages that a person has of a site
MOST_AT_REST = 4  # each holds a renderer


class Person:
    """Somebody at a screen of a kind, who opens pages of one server."""

    def __init__(self, browser: Browser, address: str, wishes: dict[str, object]) -> None:
        self.address, self.wishes = address, wishes
        self.context: BrowserContext = browser.new_context(accept_downloads=True, **wishes)  # type: ignore[arg-type]
        self.context.add_init_script(WITNESS)
        self.keeper = self.context.new_page()
        self.keeper.goto(address + "/healthz")

    def opened(self, path: str) -> Page:
        """The page at this path, as soon as its heading is there."""
        page = self.context.new_page()
        page.goto(self.address + path)
        page.wait_for_selector("h1")
        return page

    @property
    def pages(self) -> list[Page]:
        """What is open."""
        return [page for page in self.context.pages if page is not self.keeper]

    def is_forgotten(self) -> bool:
        """Take away all that this person has left; whether that could be: not where the test has closed the browser."""
        with suppress(Error):
            for page in self.pages:
                page.close()
            self.context.clear_cookies()
            self.context.clear_permissions()
            inspector = self.context.new_cdp_session(self.keeper)
            inspector.send("Storage.clearDataForOrigin", {"origin": self.address, "storageTypes": "all"})
            inspector.detach()
            return True
        return False


class Persons:
    """All that come to a browser."""

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.at_rest: list[Person] = []

    def new(self, address: str, wishes: dict[str, object]) -> Person:
        """Somebody of whom the browser knows nothing."""
        for person in self.at_rest:
            if (person.address, person.wishes) == (address, wishes):
                self.at_rest.remove(person)
                return person
        return Person(self.browser, address, wishes)

    def leave(self, person: Person) -> None:
        """The person's test is over."""
        if not person.is_forgotten():
            person.context.close()
            return
        self.at_rest.append(person)
        if len(self.at_rest) > MOST_AT_REST:
            self.at_rest.pop(0).context.close()
