"""What browsers are told to forbid goes with every answer, and what pages need is not among it."""

from __future__ import annotations

import base64
import hashlib

import pytest

from pages.shell.front_page import INDEX
from pages.shell.headers import Headers, policy
from tests.straight import SCRIPT_AT, asked, served

APP = Headers(served())


def directives(text: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in text.split(";"))}


@pytest.mark.parametrize("path", ["/", SCRIPT_AT, "/letter", "/nowhere/at/all", "/film"])
def test_every_answer_has_them(path: str) -> None:
    answer = asked(path, app=APP)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"] == "no-referrer"
    allowed = dict(part.strip().split("=") for part in answer.headers["permissions-policy"].split(","))
    assert allowed["camera"] == "(self)"
    assert allowed["microphone"] == allowed["geolocation"] == "()"
    rules = directives(answer.headers["content-security-policy"])
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == ["'self'"]
    assert rules["object-src"] == ["'none'"]
    assert rules["frame-ancestors"] == ["'self'"]
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "data:"} & {*rules["script-src"]}
    others = [source for sources in rules.values() for source in sources if not source.startswith("'")]
    assert {*others} <= {"data:", "blob:"}, "a page needs nothing from elsewhere"


def test_an_answer_that_nothing_has_changed_has_them_too() -> None:
    tag = asked(SCRIPT_AT, app=APP).headers["etag"]
    again = asked(SCRIPT_AT, app=APP, if_none_match=tag)
    assert again.status == 304
    assert "content-security-policy" in again.headers


def test_the_scripts_that_stand_in_the_page_are_named_by_what_is_in_them() -> None:
    script = INDEX.read_text(encoding="utf-8").split("<script>")[1].split("</script>")[0]
    name = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    page = asked("/", app=APP)
    assert f"'sha256-{name}'" in page.headers["content-security-policy"]
    assert page.text.count("<script>") == INDEX.read_text(encoding="utf-8").count("<script>")
    assert "onclick" not in page.text
    assert "sha256" not in policy(b"<p>no script</p>")


def test_sites_that_are_named_may_frame_the_app() -> None:
    rules = directives(policy(b"", "https://huggingface.co"))
    assert rules["frame-ancestors"] == ["'self'", "https://huggingface.co"]
