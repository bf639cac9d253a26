"""What axe finds wrong with a page for people who cannot see, hear or point well."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from tests.browser.hands import quiet

ROOT = Path(__file__).parent.parent.parent
SCRIPT = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RUN = Path(__file__).with_name("axe.js").read_text(encoding="utf-8")
RUN = RUN.split("export const findings = ")[1].rstrip().removesuffix(";")

NOT_OURS = {
    ("presentation-role-conflict", "[data-testid=stFileUploaderDropzone]"): "Streamlit names a part that it hides: "
    "the field inside is what people reach, and that has the name",
    ("aria-dialog-name", "[data-testid=stToast]"): "Streamlit's toast has its words inside, which are read out, and no "
    "other name",
}
"""A rule and the place of Streamlit's own that breaks it -> why it may."""


@dataclass(frozen=True)
class Finding:
    """A rule that is broken, how bad that is, and by which element."""

    rule: str
    impact: str
    element: str


def findings(page: Page, rules: list[str] | None = None) -> list[Finding]:
    """All that breaks these rules, or any, of what the page shows now."""
    quiet(page)
    if not page.evaluate("'axe' in window"):
        if not SCRIPT.exists():
            raise FileNotFoundError("The tests need axe-core and node_modules has none; run: npm ci")
        page.evaluate(SCRIPT.read_text(encoding="utf-8"))  # not as an element, which a page's policy may forbid
    return [Finding(**found) for found in page.evaluate(RUN, [rules or [], [list(pair) for pair in NOT_OURS]])]
