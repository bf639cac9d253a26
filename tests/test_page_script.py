"""Modules of JavaScript as one text: each once, in order, and never two things under one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.components.page_script import COMPONENTS, component_scripts, loader, page_script, script_name


def written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text, encoding="utf-8")
    return folder / "entry.js"


def test_a_module_stands_once_and_after_those_it_needs(tmp_path: Path) -> None:
    entry = written(
        tmp_path,
        entry='import { one } from "./one.js";\nimport {\n  two,\n} from "./two.js";\nexport default one + two;\n',
        two='import { one } from "./one.js";\nexport const two = one * 2;\n',
        one="export const one = 1;\n",
    )
    assert page_script(entry) == "const one = 1;\nconst two = one * 2;\nexport default one + two;\n"


@pytest.mark.parametrize(
    "declared", ["const far = 2;", "let [near, far] = [1, 2];", "function far() {}", "class far {}"]
)
def test_a_name_that_two_modules_declare_is_refused(tmp_path: Path, declared: str) -> None:
    entry = written(tmp_path, entry=f'import {{ other }} from "./one.js";\n{declared}\n', one="const far = 1;\n")
    with pytest.raises(ValueError, match=r"entry\.js and one\.js both declare far"):
        page_script(entry)


@pytest.mark.parametrize(
    "form", ['import * as one from "./one.js";', 'import one from "./one.js";', 'import { one } from "far";']
)
def test_an_import_of_another_form_is_refused(tmp_path: Path, form: str) -> None:
    with pytest.raises(ValueError, match=r"entry\.js: .* cannot be joined"):
        page_script(written(tmp_path, entry=f"{form}\n", one="export const one = 1;\n"))


def test_messages_hold_where_a_script_is_and_another_content_is_elsewhere(tmp_path: Path) -> None:
    one = written(tmp_path, entry="export default 1;\n" + "// as long as scripts are\n" * 100)
    (other := tmp_path / "other").mkdir()
    two = written(other, entry="export default 2;\n")

    assert script_name(one) in loader(one)
    assert len(loader(one)) < 550
    assert script_name(one) != script_name(two)


def test_the_script_of_every_component_has_an_address() -> None:
    declared = {path.with_suffix(".js") for path in COMPONENTS.rglob("*.py") if "= page_component(" in path.read_text()}
    assert len(declared) > 15
    assert declared <= set(component_scripts().values())
