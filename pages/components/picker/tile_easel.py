"""The tiles that the browser draws by itself: of which pictures, by which programs, and which the server makes."""

from __future__ import annotations

from dataclasses import dataclass

from effects import Photo, encode
from pages.components import session
from pages.components.packed import ANY_BYTES
from pages.components.page_component import page_component
from pages.components.picker.drawn_here import is_drawn_here
from pages.components.picker.tile_programs import tile_programs
from pages.components.picker.trials import Trials
from pages.components.picture_url import picture_url

KEY = "tile_easel"
QUALITY = 97
"""Of the small pictures that the browser begins with, 4:4:4."""

ALL = "all"
"""What it refuses where it can draw none."""

_easel = page_component(KEY, __file__)


@dataclass(frozen=True)
class DrawnTiles:
    """The names of tiles that the browser draws, and the addresses of the pictures under effects and under looks."""

    names: frozenset[str] = frozenset()
    sources: tuple[str, str] = ("", "")


def drawn_tiles(trials: Trials) -> DrawnTiles:
    """What the browser draws of these: nothing where it has not proven that it can."""
    refused = refused_tiles()
    programs = tile_programs() if is_drawn_here() and ALL not in refused else None
    names = programs.names & trials.of_the_shelf - refused if programs else frozenset()
    if not names:
        return DrawnTiles()
    of_effects, of_looks = trials.beginnings
    source = small_source(of_effects, "effects")
    return DrawnTiles(names, (source, source if of_looks is of_effects else small_source(of_looks, "looks")))


def small_source(photo: Photo, of: str) -> str:
    """The address of a small picture that the browser begins with; none where that is transparent anywhere."""
    return picture_url(encode(photo, format="jpeg", quality=QUALITY), f"{KEY}-{of}") if photo.alpha is None else ""


def tile_easel(is_due: bool) -> None:
    """Give the browser the programs: as soon as it draws, else when it `is_due` that it proves itself."""
    programs = tile_programs() if is_drawn_here() or is_due else None
    _easel(
        key=KEY,
        data={"file": picture_url(programs.file, KEY, ANY_BYTES) if programs else "", "refused": len(refused_tiles())},
        default={"refused": []},
        on_refused_change=lambda: None,
    )


def refused_tiles() -> frozenset[str]:
    """What the browser cannot draw, as it has told."""
    told = session.component_value(KEY, "refused")
    return frozenset(name for name in told if isinstance(name, str)) if isinstance(told, list) else frozenset()
