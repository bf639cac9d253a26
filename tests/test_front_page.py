"""Every page has something to read before any script has run."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from streamlit.web.server.starlette.starlette_static_routes import create_streamlit_static_assets_routes

from pages.components.page_script import component_scripts
from pages.shell.assets import HERE, STREAMLIT
from pages.shell.front_page import amend
from tests.straight import SCRIPT, WORDS, asked


@pytest.mark.parametrize("path", ["/", "/live", "/catalogue", "/a/page/to/come"])
def test_every_page_has_words_before_any_script(path: str) -> None:
    answer = asked(path, accept_encoding="gzip")
    page = answer.text

    body = re.sub(r"(?s)<(script|style|noscript)\b.*?</\1>", "", page.split("<body>")[1])
    assert WORDS in body
    assert "<title>Emulsion</title>" in page
    assert '<div id="root"></div>' in page
    assert SCRIPT.name in page
    assert answer.headers["cache-control"] == "no-cache"
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["content-length"] == str(len(answer.body))


def test_what_places_the_parts_of_a_page_is_there_before_them_and_counts_after_streamlits_own() -> None:
    page = amend((STREAMLIT / "index.html").read_text(encoding="utf-8"))
    for sheet in ("style.css", "frame.css"):
        assert page.index((HERE / sheet).read_text(encoding="utf-8")) > page.index("</head>")


def test_the_page_names_only_what_is_there_fonts_of_ours_and_the_scripts_of_the_page_one_comes_to() -> None:
    page = asked("/").text
    assert "SourceSansVF" not in page
    own = set(re.findall(r"\./(static/shell/[^\"') ]+)", page))
    places = {f"static/shell/{name}": (path.parent.name, path.stem) for name, path in component_scripts().items()}
    elsewhere = {name for name, (folder, _) in places.items() if folder in ("batch", "live", "video")}
    scripts = {name for name in own if name.endswith(".js")}
    assert {places[name] for name in scripts & elsewhere} == {("live", "camera_watch")}
    assert scripts | elsewhere == places.keys()
    assert {name.split("/")[-1].split(".")[0] for name in own - scripts} == {"sans", "serif", "symbols", "icon"}
    assert all(asked(f"/{name}").status == 200 for name in own)


def test_a_browser_that_has_the_page_is_told_so_and_one_with_streamlits_own_gets_ours() -> None:
    ours = asked("/live", accept_encoding="gzip").headers["etag"]
    assert asked("/live", accept_encoding="gzip", if_none_match=ours).status == 304

    theirs = asked("/live", app=Starlette(routes=create_streamlit_static_assets_routes(None))).headers["etag"]
    answer = asked("/live", if_none_match=theirs)
    assert answer.status == 200
    assert WORDS in answer.text


def test_nothing_of_streamlits_is_changed_on_disk() -> None:
    before = (STREAMLIT / "index.html").read_bytes()
    asked("/")
    assert (STREAMLIT / "index.html").read_bytes() == before
    assert WORDS.encode() not in before
