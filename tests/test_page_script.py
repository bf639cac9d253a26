"""Modules of JavaScript as one text: each once, in order, and never two things under one name."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages.components.page_script import page_script


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
