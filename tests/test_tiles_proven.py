"""The programs of the picker's tiles, each proven by the page's own brush in every browser: so the tiles are drawn."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest

from pages.components.page_script import COMPONENTS, page_script
from pages.components.picker.tile_programs import made_programs
from tests.engines.drawer_page import DRAWER_PAGES
from tests.shader_page import ShaderPage

pytestmark = pytest.mark.deep

REFUSED = """async address => {
  const [file, brush] = [await tileFile(address), createBrush()];
  const refused = [];
  for (const name of file.programs.keys()) if (!(await brush.isRight(name, file))) refused.push(name);
  return [file.programs.size, refused];
}"""


def alone(module: Path, name: str) -> str:
    """A module's script, of whose names the page knows one."""
    return f"{{ {page_script(module)} window.{name} = {name}; }}"


@pytest.fixture(scope="module", params=DRAWER_PAGES)
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[ShaderPage]:
    with request.param(tmp_path_factory.mktemp("browser")) as opened:
        opened.run(alone(COMPONENTS / "picker/tile_files.js", "tileFile"))
        opened.run(alone(COMPONENTS / "picker/tile_brush.js", "createBrush"))
        yield opened


def test_every_tile_that_has_a_program_is_proven(page: ShaderPage) -> None:
    made = made_programs()
    address = "data:application/octet-stream;base64," + base64.b64encode(made.file).decode()
    assert page.page.evaluate(REFUSED, address) == [len(made.names), []]
