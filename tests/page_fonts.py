"""The page's fonts, cut from Streamlit's to what one mostly sees: `make fonts` makes them anew.

Of 975 kB on a first visit 71 remain. Letters beyond these come from Streamlit's own fonts when a page shows them. Signs
do not, as a sign is written with letters: `tests/browser/test_first_visit.py` fails if one that is named is missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from pages.shell.assets import HERE, STREAMLIT
from pages.shell.front_page import LETTERS

ROOT = Path(__file__).parent.parent
MEDIA = STREAMLIT / "static/media"
SIGN = re.compile(r":material/([a-z0-9_]+)")

# Signs that a page of pictures may want next, so that not each of them needs new fonts.
LIKELY = """
add add_a_photo add_photo_alternate animation arrow_back arrow_downward arrow_forward arrow_upward aspect_ratio
auto_awesome auto_fix_high block blur_on bolt bookmark brightness_6 brush burst_mode cached camera cameraswitch cancel
center_focus_strong check check_circle chevron_left chevron_right circle close cloud_upload collections colorize compare
content_copy content_paste contrast crop crop_free crop_rotate delete deselect done download drag_handle drag_indicator
draw edit error exposure expand_less expand_more face favorite file_download file_upload filter filter_alt
filter_b_and_w filter_vintage fit_screen flare flip flip_camera_ios folder folder_open fullscreen fullscreen_exit grain
grid_on grid_view group help history home hourglass_empty image image_search info invert_colors iso keyboard
keyboard_arrow_down keyboard_arrow_up landscape layers lens library_add lightbulb link list lock lock_open menu mic
mode_standby more_horiz more_vert movie movie_filter opacity open_in_full open_in_new palette pan_tool panorama pause
pause_circle person photo photo_album photo_camera photo_filter photo_library photo_size_select_large play_arrow
play_circle preview print radio_button_checked receipt_long redo refresh remove replay reset_image restart_alt
rotate_left rotate_right save schedule search select_all settings settings_backup_restore share shuffle sort speed
star stop stop_circle straighten style swap_horiz swap_vert switch_camera sync texture texture_add timer timer_10
timer_3 tonality touch_app transform tune undo unfold_more upload upload_file video_camera_front video_file videocam
videocam_off view_carousel view_module vignette visibility visibility_off volume_off volume_up warning wb_sunny web
zoom_in zoom_out zoom_out_map
"""


def signs() -> set[str]:
    """The signs that the pages and Streamlit itself name."""
    sources = [*(ROOT / "pages").rglob("*.py"), *STREAMLIT.glob("static/js/*.js")]
    return {sign for source in sources for sign in SIGN.findall(source.read_text(encoding="utf-8"))}


def opened(name: str) -> TTFont:
    """Streamlit's font whose file begins like this."""
    return TTFont(next(MEDIA.glob(f"{name}.*.woff2")))


def letters() -> list[int]:
    """The code points of `LETTERS`."""
    ends = [re.findall(r"[0-9A-F]+", part) for part in LETTERS.replace("U+", "").split(",")]
    return [code for part in ends for code in range(int(part[0], 16), int(part[-1], 16) + 1)]


def symbols(wanted: Iterable[str]) -> TTFont:
    """The font of signs, whose ligatures turn a sign's name into it, with these alone."""
    font = opened("MaterialSymbols-Rounded")
    letter = {glyph: chr(code) for code, glyph in font.getBestCmap().items()}
    names = set(wanted)
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in (getattr(one, "ExtSubTable", one) for one in lookup.SubTable):
            for first, ligatures in table.ligatures.items():
                table.ligatures[first] = [
                    ligature
                    for ligature in ligatures
                    if "".join(letter.get(part, " ") for part in (first, *ligature.Component)) in names
                ]
            table.ligatures = {first: ligatures for first, ligatures in table.ligatures.items() if ligatures}
    return font


def save(font: TTFont, name: str, codes: Iterable[int], features: list[str]) -> None:
    """Write a font with these characters under a name of our own, as its licence asks of a changed one."""
    options = subset.Options(layout_features=features, name_IDs=[0, 13, 14], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=codes)
    cutter.subset(font)
    for part, text in ((1, f"Emulsion {name}"), (2, "Regular"), (4, f"Emulsion {name}"), (6, f"Emulsion{name}")):
        font["name"].setName(text, part, 3, 1, 0x409)
    font.flavor = "woff2"
    font.save(HERE / "fonts" / f"{name.lower()}.woff2")


def heading(font: TTFont) -> TTFont:
    """The weight and the optical size of headings alone."""
    fixed, out = instancer.instantiateVariableFont(font, {"wght": 600, "opsz": 28}), BytesIO()
    fixed.flavor = None
    fixed.save(out)
    return TTFont(out)


if __name__ == "__main__":
    shapes = ["ccmp", "kern", "liga", "locl", "mark", "mkmk"]
    save(opened("SourceSansVF-Upright"), "Sans", letters(), shapes)
    save(heading(opened("SourceSerifVariable-Roman")), "Serif", letters(), shapes)
    named = map(ord, "abcdefghijklmnopqrstuvwxyz0123456789_ ")
    save(symbols(signs() | set(LIKELY.split())), "Symbols", named, ["rlig"])
