"""The house keeps its shape: who may import whom, read from the syntax tree."""

from __future__ import annotations

import ast
import gc
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from effects.codec.formats import WRITTEN_FORMATS

ROOT = Path(__file__).parent.parent
FOLDERS = ("effects", "pages", "tests", "benchmarks")
FILES = [ROOT / "app.py", *sorted(path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py"))]

# What the library may import from outside itself.
LIBRARY_NEEDS = {"numpy", "cv2", "PIL", "pillow_heif", "simplejpeg", "stringzilla", "tqdm"}

# What its videos may, which whoever works on photos alone need not have.
VIDEO_NEEDS = {"av"}

# Where what stands: every module but those with names of Python's own. A new one has its place here, or none.
HOUSE: dict[str, str] = {
    "effects": "auto backdrop borrowed chance cli color_transfer effect errors flags glance group "
    "image kind logs marks migration params pipeline recipe reference render settings "
    "stream tuning",
    "effects/batch": "command development inputs manifest names report whole_file work",
    "effects/catalogue": "art blur color film frames geometry light monochrome motion people retro stylize tone warp",
    "effects/codec": "checkered companions formats header kept_exif limits lossless metadata orientation "
    "pieces raster reading writing",
    "effects/codec/colour": "conversion exif_colour hdr light matrix_profiles png_colour profiles",
    "effects/codec/containers": "boxes chunks exif riff segments tiff_directory",
    "effects/codec/readers": "bits bmp bmp_runs contents gif ico jp2 jp2_channels jpeg jpeg_codes jpeg_ends "
    "jpeg_passes jpeg_pixels media pillow png png_rows stills tiff tiff_samples tiff_webp "
    "webp",
    "effects/kernels": "enlarging extremes fonts gaussian glow gradient guided hidden ink lettering lookups "
    "luma resizing sampling saturate smoothstep stretch surroundings transfer turn "
    "weighing white",
    "effects/kernels/art": "cartoon emboss oil_paint outlines pencil_sketch pop_art watercolor",
    "effects/kernels/blur": "bilateral tilt_shift unsharp_mask",
    "effects/kernels/film": "grain overlay",
    "effects/kernels/frames": "border polaroid",
    "effects/kernels/geometry": "crop rotate_flip straighten",
    "effects/kernels/light": "chromatic_aberration light_leak",
    "effects/kernels/monochrome": "threshold",
    "effects/kernels/motion": "history in_time past",
    "effects/kernels/people": "backdrop edges hiding skin",
    "effects/kernels/retro": "crt glitch scanlines thermal vhs",
    "effects/kernels/stylize": "ascii blocks dither halftone palettes",
    "effects/kernels/tone": "curves hdr_detail local_contrast shadows_highlights",
    "effects/masks": "blending brush maps mask shapes strokes",
    "effects/memory": "bands cache heaps scratch sheets",
    "effects/models": "faces nets outlines sight tracking",
    "effects/plan": "affine atlas calls colors dense edges lowering masked passes personal plain plan pointwise "
    "region rounding",
    "effects/shaders": "beginning branches coverage drawn_curves expressions glsl interpreter masks "
    "numpy_functions operations past pieces program shader_text surroundings symbols "
    "tables textures tracing trees",
    "effects/tables": "baking cube cube_file curve_fitting file_3dl files hald interpolation lines",
    "effects/video": "ahead animation animation_writer command facts film film_colour film_writer jobs "
    "limits moment rendering sound webp_file",
    "effects/workers": "cluster crew dask_worker health jobs ledger line patience pool process scheduler shared_files "
    "spawning worker",
    "pages": "batch catalogue live snapshot video",
    "pages/borrowed": "leaving messages pictures sending streamlit thrift visits webrtc",
    "pages/components": "address background_work connection_watch echoes floor left_over packed page_component "
    "page_script picture_retry picture_url pieces place_in_line presses session settings "
    "sheets time_left trouble unforeseen widgets words workbench",
    "pages/components/batch": "batch_bar batch_wishes contact_sheet development line roll roll_photo roll_zip",
    "pages/components/live": "backlog camera_watch colour connection desk device device_card device_frames "
    "device_program full_screen ice large_view looks_strip mirror pace player recorder "
    "room seats shot shutter streamer tray try_on video way",
    "pages/components/stage": "closeup compare face_marks grips histogram instant mask_grips preview stage",
    "pages/components/camera": "camera_words capture",
    "pages/components/drawing": "dials program_address",
    "pages/components/own": "own_look own_looks own_menu own_store",
    "pages/components/photo": "first_pictures intake invitation kept_photo open_photo photo_buttons photo_url "
    "picture_input public_address sample web_photo",
    "pages/components/picker": "chips drawn_here gallery large_trial looks picker shelf strip thumbnails tile_easel "
    "tile_programs trials",
    "pages/components/save": "cube_file download download_watch exports file_button file_name file_size parcel "
    "piece recipe_io save saved_files share share_file zip_link",
    "pages/components/stack": "auto card card_groups card_hands cards found_faces history history_menu lying "
    "moves needs_live needs_server not_promised photo_match stack surprise told_presses turns "
    "where where_changes where_plane where_shapes where_shared where_turned",
    "pages/components/video": "reel rendition scrubber video_bar video_input video_player video_wishes",
    "pages/shell": "assets closed_tabs events front_page garbage headers health incoming metrics "
    "navigation parcels reels rolls uploads",
}

SHELVES = tuple(HOUSE["effects/catalogue"].split())

# Each file of the plan knows those before it.
PLAN = (
    *("personal", "rounding", "affine", "dense", "atlas", "pointwise", "lowering", "calls", "passes", "masked"),
    *("region", "plan", "plain", "colors", "edges"),
)

# Who inside the library may know whom; whoever is not listed stands at an end of the chain and may know all.
MAY_KNOW: dict[str, set[str]] = {
    **{name: set() for name in ("borrowed", "image", "chance", "errors", "logs", "migration", "memory", "settings")},
    "kind": {"image"},
    "tables": {"image", "logs"},
    "backdrop": {"image", "logs"},
    "marks": {"backdrop", "chance", "tables"},
    "params": {"marks"},
    "tuning": {"memory"},
    "models": {"image", "errors", "kernels", "memory"},
    "masks": {"image", "errors", "marks", "kernels", "memory", "models"},
    "effect": {"backdrop", "image", "chance", "errors", "kind", "marks", "masks", "params", "tables"},
    "kernels": {"backdrop", "image", "chance", "memory"},
    "catalogue": {"backdrop", "image", "effect", "logs", "marks", "models", "tables", "kernels"},
    "group": {"effect", "marks", "masks"},
    "plan": {"image", "effect", "group", "kernels", "marks", "masks", "memory", "models", "tables"},
    "recipe": {"effect", "group", "marks", "masks", "tables", "catalogue", "logs", "migration"},
    "pipeline": {"image", "effect", "group", "marks", "masks", "tables", "kernels", "plan", "recipe"},
    "stream": {"image", "effect", "group", "models", "plan", "pipeline"},
    "codec": {"image", "kernels", "memory", "errors", "logs", "settings"},
    "render": {"backdrop", "image", "errors", "models", "tables", "codec", "plan", "recipe", "pipeline"},
    "workers": {
        *("backdrop", "borrowed", "image", "errors", "logs", "memory", "tables", "tuning", "codec", "render"),
        "settings",
    },
    "batch": {"errors", "memory", "codec", "render", "pipeline", "auto", "color_transfer", "workers", "settings"},
    "video": {
        "image",
        "errors",
        "kind",
        "kernels",
        "memory",
        "codec",
        "pipeline",
        "render",
        "stream",
        "workers",
        "batch",
        "settings",
    },
    "looks": {"pipeline"},
    "shaders": {"chance", "image", "effect", "group", "marks", "masks", "tables", "kernels", "catalogue", "plan"},
    "glance": {"image"},
    "auto": {"glance", "image", "effect", "catalogue", "kernels", "pipeline"},
    "color_transfer": {"glance", "image", "marks", "params", "effect", "catalogue"},
    "reference": {"effect", "marks", "params", "catalogue", "looks"},
}

DRAWERS = {
    "utils",
    "util",
    "helpers",
    "common",
    "misc",
    "base",
    "core",
    "manager",
    "handler",
    "processor",
    "engine",
    "service",
    "factory",
}


@cache
def tree(path: Path) -> ast.Module:
    """The syntax tree of a file; no garbage is looked for meanwhile, which would take longer than the reading."""
    gc.disable()
    try:
        return ast.parse(path.read_text(encoding="utf-8"))
    finally:
        gc.enable()


def statements(node: ast.AST) -> Iterator[ast.stmt]:
    """Every statement below this node. Most of a tree are expressions, in which there are none."""
    for field in ("body", "handlers", "orelse", "finalbody", "cases"):
        parts = getattr(node, field, None)
        for part in parts if isinstance(parts, list) else ():
            if isinstance(part, ast.stmt):
                yield part
            yield from statements(part)


def imports(node: ast.AST) -> Iterator[str]:
    """Every module named by an import below this node; `from a import b` gives both a and a.b, a relative one dots."""
    for part in statements(node):
        if isinstance(part, ast.Import):
            yield from (alias.name for alias in part.names)
        elif isinstance(part, ast.ImportFrom):
            module = "." * part.level + (part.module or "")
            yield module
            yield from (f"{module}.{alias.name}" for alias in part.names)


@cache
def known(path: Path) -> frozenset[str]:
    """Every module that a file imports, at its top or inside a function."""
    return frozenset(imports(tree(path)))


def under(*folders: str) -> list[Path]:
    return [path for path in FILES if path.relative_to(ROOT).parts[0] in folders]


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def test_every_module_has_its_place() -> None:
    found: dict[str, list[str]] = {}
    for path in (path for path in under("effects", "pages") if not path.stem.startswith("__")):
        found.setdefault(name(path.parent), []).append(path.stem)
    assert {folder: " ".join(sorted(names)) for folder, names in found.items()} == HOUSE


@pytest.mark.slow
def test_the_library_needs_only_what_it_says() -> None:
    allowed = {"effects", *LIBRARY_NEEDS, *sys.stdlib_module_names}
    roots = {name(path): {module.split(".")[0] for module in known(path)} for path in under("effects")}
    more = {path: VIDEO_NEEDS if path.startswith("effects/video/") else set() for path in roots}
    assert not {path: needs - allowed - more[path] for path, needs in roots.items() if needs - allowed - more[path]}


def test_inside_the_library_nobody_looks_up_the_chain() -> None:
    parts = {path.stem for path in (ROOT / "effects").iterdir()}
    looks_up = {}
    for path in under("effects"):
        own = path.relative_to(ROOT / "effects").with_suffix("").parts[0]
        others = {module.split(".")[1] for module in known(path) if module.startswith("effects.")} & parts - {own}
        if own in MAY_KNOW and others - MAY_KNOW[own]:
            looks_up[name(path)] = others - MAY_KNOW[own]
    assert not looks_up


def test_only_the_ends_of_the_chain_may_know_all() -> None:
    top = {part for path in under("effects") if not (part := Path(name(path)).parts[1].split(".")[0]).startswith("__")}
    assert top - set(MAY_KNOW) == {"cli", "flags"}
    assert not set(MAY_KNOW) - top


def test_a_file_of_the_plan_knows_those_before_it() -> None:
    for place, own in enumerate(PLAN):
        later = {f"effects.plan.{each}" for each in PLAN[place:]}
        assert not later & known(ROOT / f"effects/plan/{own}.py"), own


@pytest.mark.parametrize("shelf", SHELVES)
def test_arithmetic_of_one_effect_is_known_by_its_shelf_alone(shelf: str) -> None:
    folder = f"effects.kernels.{shelf}"
    own = {ROOT / f"effects/catalogue/{shelf}.py", *(ROOT / f"effects/kernels/{shelf}").glob("*.py")}
    others = [path for path in under("effects", "pages") if path not in own]
    assert not [name(path) for path in others if any(f"{each}.".startswith(f"{folder}.") for each in known(path))]


def test_arithmetic_beside_the_shelves_is_shared() -> None:
    users: dict[str, set[str]] = {}
    for path in under("effects"):
        folder = path.parent.name if path.parent.parent.name == "kernels" else name(path.parent)
        place = path.stem if folder == "effects/catalogue" else folder
        for kernel in HOUSE["effects/kernels"].split():
            if f"effects.kernels.{kernel}" in known(path):
                users.setdefault(kernel, set()).add(place)
    assert not {kernel: places for kernel, places in users.items() if len(places & {*SHELVES}) == len(places) == 1}


def test_what_is_known_of_a_written_format_is_said_once() -> None:
    kinds = {form.mime for form in WRITTEN_FORMATS.values()}
    others = [path for path in under("effects", "pages") if path != ROOT / "effects/codec/formats.py"]
    said = {
        name(path): kinds & {part.value for part in ast.walk(tree(path)) if isinstance(part, ast.Constant)}
        for path in others
    }
    assert not {path: found for path, found in said.items() if found}


def test_pages_and_components_never_import_a_page() -> None:
    scripts = {f"pages.{page}" for page in HOUSE["pages"].split()}
    assert not [name(path) for path in under("pages") if scripts & known(path)]


def test_only_session_reads_and_writes_the_session_state() -> None:
    touch = [
        name(path)
        for path in (*under("pages"), ROOT / "app.py")
        if any(isinstance(node, ast.Attribute) and node.attr == "session_state" for node in ast.walk(tree(path)))
    ]
    assert touch == ["pages/components/session.py"]


@pytest.mark.slow
def test_no_test_but_those_in_chromium_needs_playwright() -> None:
    mine = [path for path in under("tests") if path.parent == ROOT / "tests"]
    driven = {path for path in mine if path.stem in {"chromium", "shown", "tools"} or "tests.chromium" in known(path)}
    asked = {path for path in mine if any(each.split(".")[0] == "playwright" for each in known(path))}
    assert not {name(path) for path in asked - driven}
    assert not [name(path) for path in mine if any(each.startswith("tests.browser") for each in known(path))]


def test_imports_are_absolute() -> None:
    assert not [name(path) for path in FILES if any(module.startswith(".") for module in known(path))]


def test_a_file_is_short_enough_to_read() -> None:
    assert not [name(path) for path in FILES if len(path.read_text(encoding="utf-8").splitlines()) > 350]


def test_a_page_script_is_short_enough_to_read() -> None:
    scripts = sorted((ROOT / "pages").rglob("*.js"))
    assert not [name(path) for path in scripts if len(path.read_text(encoding="utf-8").splitlines()) > 80]


def test_no_file_is_a_drawer() -> None:
    assert not [name(path) for path in FILES if DRAWERS & set(path.relative_to(ROOT).with_suffix("").parts)]


def test_a_file_opens_with_a_sentence() -> None:
    assert not [name(path) for path in FILES if path.stat().st_size and not ast.get_docstring(tree(path))]


def test_the_effect_in_the_readme_is_the_one_on_the_shelf() -> None:
    example = (ROOT / "README.md").read_text(encoding="utf-8").split("```python\n@tone.tone(")[1].split("```")[0]
    assert f"@tone.tone({example}" in (ROOT / "effects/catalogue/tone.py").read_text(encoding="utf-8")
