"""Names that other packages do not promise to keep stand in the borrowed modules alone, and Python's hold."""

from __future__ import annotations

import ast
import multiprocessing
import sys
from collections.abc import Iterator
from multiprocessing import spawn

import pytest

from effects.borrowed import MAIN, without_main
from effects.workers.pool import Workers
from tests.hazards import modules
from tests.test_architecture import ROOT, name, tree, under
from tests.upgrades import forget, losses

LENDERS = {ROOT / "effects/borrowed.py", *(ROOT / "pages/borrowed").glob("*.py")}

UNDOCUMENTED = (
    "streamlit.runtime", "streamlit.web", "streamlit.file_util", "streamlit.proto", "streamlit.elements",
    "streamlit.delta_generator", "streamlit_webrtc.component", "streamlit_webrtc.webrtc.",
    "streamlit_webrtc.eventloop", "aiortc.codecs", "aiortc.rtc", "aiortc.mediastreams",
    "multiprocessing.spawn", "multiprocessing.popen", "multiprocessing.process", "PIL._", "PIL.Image.core",
    "PIL.TiffImagePlugin", "PIL.JpegImagePlugin", "PIL.PngImagePlugin", "numpy._", "cv2.gapi",
)  # fmt: skip
"""How modules begin that their packages' documentation does not name."""

NAMES = {
    "script_requests", "page_script_hash", "fragment_ids_this_run", "fragment_id", "session_id", "media_file_mgr",
    "get_preparation_data", "decoderconfig", "load_prepare", "icclist", "setimage", "READ_LIBTIFF",
    "LOAD_TRUNCATED_IMAGES", "DEFAULT_BITRATE", "MAX_BITRATE", "compile_state",
}  # fmt: skip
"""Names without an underscore that are promised as little."""

PROMISED = {"_replace", "_asdict", "_fields", "_exit"}
"""Of named tuples and `os`: documented in spite of their underscore."""

SETTINGS = {"options.DECODE_THREADS", "options.THUMBNAILS", "options.DEPTH_IMAGES", "options.AUX_IMAGES"}
"""What pillow-heif's documentation has users set."""

PEEKS = {"getattr", "setattr", "hasattr", "delattr", "import_module"}


def is_private(word: str) -> bool:
    return word.startswith("_") and not word.startswith("__") and len(word) > 1


def own(module: ast.Module) -> set[str]:
    """Private names that a module defines: functions, classes, and what is assigned or annotated."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(node.name)
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            found |= {node.attr} if isinstance(node.value, ast.Name) and node.value.id == "self" else set()
    return found


def brought(module: ast.Module) -> set[str]:
    """The names that a module's imports bind."""
    nodes = [node for node in ast.walk(module) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name for node in nodes for alias in node.names}


def borrowings(module: ast.Module) -> Iterator[str]:
    """Every use of what another package does not promise."""
    known, imports = own(module) | PROMISED, brought(module)
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if f"{alias.name}.".startswith(UNDOCUMENTED))
        elif isinstance(node, ast.ImportFrom):
            parts = (f"{node.module}.{alias.name}" for alias in node.names)
            whole = f"{node.module}.".startswith(UNDOCUMENTED)
            yield from (part for part in parts if whole or f"{part}.".startswith(UNDOCUMENTED))
            yield from (alias.name for alias in node.names if is_private(alias.name))
        elif isinstance(node, ast.Attribute):
            place = f"{node.value.id}.{node.attr}" if isinstance(node.value, ast.Name) else node.attr
            if (is_private(node.attr) and node.attr not in known) or node.attr in NAMES - known:
                yield place
            elif isinstance(node.ctx, ast.Store) and (node.attr in ("tile", "im") or place.split(".")[0] in imports):
                yield from () if place in SETTINGS else (f"{place} is set",)
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in PEEKS:
            words = [part.value for part in node.args if isinstance(part, ast.Constant)]
            yield from (
                word
                for word in words
                if isinstance(word, str) and (is_private(word) or f"{word}.".startswith(UNDOCUMENTED))
            )


def test_no_other_module_touches_what_is_private_to_another_package() -> None:
    others = [path for path in (*under("effects", "pages"), ROOT / "app.py") if path not in LENDERS]
    assert not {name(path): found for path in others if (found := set(borrowings(tree(path))))}


def test_the_borrowed_modules_do() -> None:
    assert all(set(borrowings(tree(path))) for path in LENDERS if path.name not in ("__init__.py", "borrowed.py"))


@pytest.mark.parametrize(
    "text",
    [
        "picture.tile = []",
        "import x\nx.LIMIT = 3",
        "Pictures._getdecoder(mode)",
        "getattr(session, '_scriptrunner')",
        "setattr(receiver, '_RTCRtpReceiver__decoder_queue', queue)",
        "from streamlit.runtime import exists",
        "from streamlit import file_util",
        "import streamlit_webrtc.component as streamer",
        "from multiprocessing import spawn",
        "import_module('streamlit.runtime')",
        "context.script_requests.request_rerun(wish)",
    ],
)
def test_what_is_private_is_known_when_seen(text: str) -> None:
    assert set(borrowings(ast.parse(text)))


def test_each_loan_says_whose_it_is_and_what_is_lost() -> None:
    for path in LENDERS:
        for node in ast.walk(tree(path)):
            for mark in getattr(node, "decorator_list", ()):
                if isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "lent":
                    owner, lost = (part.value for part in mark.args[:2] if isinstance(part, ast.Constant))
                    assert owner in ("streamlit", "streamlit-webrtc", "aiortc", "uvicorn", "Python")
                    assert len(str(lost).split()) > 4
                    assert isinstance(node, ast.FunctionDef)
                    assert ast.get_docstring(node)


# Python's


def test_multiprocessing_says_in_a_function_of_its_own_what_a_new_process_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    where = "effects/borrowed.py, without_main: this Python says in another way which main module a process imports"
    assert callable(getattr(spawn, "get_preparation_data", None)), where
    code = "import multiprocessing.spawn as s; print(*s.get_preparation_data('one'))"
    main = {"init_main_from_path", "init_main_from_name"}
    assert {*MAIN} == main
    # Whoever runs the tests may have a main module without a file.
    monkeypatch.setattr(sys.modules["__main__"], "__spec__", None)
    monkeypatch.setattr(sys.modules["__main__"], "__file__", __file__, raising=False)
    told = multiprocessing.spawn.get_preparation_data("one")
    assert {*told} & main, f"{where}, under other names: {sorted(told)} ({code})"


def test_without_that_function_workers_work_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Starting a process needs it, so here it is under another name for us alone."""
    forget()

    def renamed(module: str, wanted: str, new: object) -> None:
        raise AttributeError(f"{module} has no {wanted} any more")

    monkeypatch.setattr("effects.borrowed.replace", renamed)
    with without_main():
        pass
    workers = Workers(count=1)
    try:
        assert "effects.workers.process" in workers.call(modules)
    finally:
        workers.close()
    (loss,) = losses(caplog)
    assert "Python" in loss
    assert "main script again" in loss
