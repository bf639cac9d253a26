"""Old screens and broken signals."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Colors, Image, pixels
from effects.kernels.gaussian import gaussian
from effects.kernels.glow import highlights, screen_pictures
from effects.kernels.luma import float_luma
from effects.kernels.retro.crt import behind_glass, bulge_glass, shine_through, through_grille
from effects.kernels.retro.glitch import roll_bands, tear_bands, torn
from effects.kernels.retro.thermal import HEAT_PALETTES, false_colors
from effects.kernels.retro.vhs import mistrack, play_tape, stamp_date
from effects.kernels.surroundings import Surroundings
from effects.marks import RARE, Choice, Range, Seed, Text, Toggle

TEARS_A_SECOND = 6
"""Times a second that a broken signal tears anew: each tear holds for some frames, and six are at most three flashes.

Source of the three: WCAG 2.2, 2.3.1.
"""

retro = Category("retro", "Retro and digital", "Tape, tubes, heat and broken signals.")


@retro.spatial(formula=torn, also="error, datamosh, rgb split, broken, corrupt")
def glitch(
    image: Image,
    *,
    amount: Annotated[float, Range(0, 1, neutral=0, help="How many bands are torn away, and how far.")] = 0.3,
    blocks: Annotated[int, Range(2, 60, "count", help="Bands over the height.")] = 16,
    shift: Annotated[float, Range(0, 0.05, "side", neutral=0, help="Red and blue apart.")] = 0.01,
    seed: Annotated[int, Seed(rate=TEARS_A_SECOND)] = 0,
) -> Image:
    """Tear the picture into bands and pull its colours apart, as a broken signal does.

    Rows are turned around their ends, each channel by itself, so every value stays in its row.
    """
    return roll_bands(image, tear_bands(blocks, amount, shift, seed))


@retro.spatial(title="VHS tape", also="tape, video, 80s, camcorder, retro")
def vhs(
    image: Image,
    *,
    bleed: Annotated[float, Range(0, 0.05, "side", neutral=0, help="How far colours run.")] = 0.01,
    noise: Annotated[float, Range(0, 1, neutral=0)] = 0.2,
    tracking: Annotated[float, Range(0, 1, neutral=0, help="Lines out of step, and a torn band.")] = 0.3,
    scanlines: Annotated[float, Range(0, 1, neutral=0)] = 0.2,
    text: Annotated[str, Text(20, neutral="", help="A date or title in the corner.")] = "",
    seed: Annotated[int, Seed(), RARE] = 0,
) -> Image:
    """Play the picture from a worn video tape.

    In luma and two colour differences (Rec. 601): colour is blurred sideways and comes late, both get noise, every one
    of 480 lines is a little out of step and darker at its edge; words come from the recorder, unharmed. Without noise
    and lines, light stays as it is.
    """
    out = mistrack(image, tracking, seed) if tracking > 0 else image.copy()
    if text:
        out = stamp_date(out, text)
    if bleed > 0 or noise > 0 or scanlines > 0:
        out = play_tape(out, pixels(bleed, image), noise, scanlines, seed)
    return out


def _on_tube(
    colors: Colors, around: Surroundings, *, scanlines: float, mask: str, curvature: float, bloom: float
) -> Colors:
    bent, seen = behind_glass(around, curvature)
    shown = np.where(curvature > 0, around.at(colors, bent) * seen, colors)
    glow = around.gaussian(np.maximum(shown - 0.4, 0) / 0.6, 0.012)
    glowing = 1 - (1 - shown) * (1 - 0.7 * bloom * glow)
    return through_grille(glowing, around, scanlines, mask)


@retro.spatial(formula=_on_tube, title="CRT screen", also="tv, monitor, scanlines, screen, arcade, television")
def crt(
    image: Image,
    *,
    scanlines: Annotated[float, Range(0, 1, neutral=0, help="How dark it is between the lines.")] = 0.4,
    mask: Annotated[str, Choice("none", "aperture", "slot", neutral="none", help="Phosphors in three colours.")] = (
        "aperture"
    ),
    curvature: Annotated[float, Range(0, 0.3, neutral=0, help="How far the glass bulges.")] = 0.1,
    bloom: Annotated[float, Range(0, 1, neutral=0, help="How much bright places glow.")] = 0.3,
) -> Image:
    """Show the picture on an old television.

    Bulging glass, a glow around bright places, 240 lines and as fine a mask of red, green and blue, all of them
    averaged over each pixel; the picture is lightened by what lines and mask take away.
    """
    out = bulge_glass(image, curvature) if curvature > 0 else image.copy()
    if bloom > 0:
        out = screen_pictures(out, gaussian(highlights(out, 0.4), pixels(0.012, image)), 0.7 * bloom)
    if scanlines > 0 or mask != "none":
        out = shine_through(out, scanlines, mask)
    return out


@retro.color(by_luma=True, also="heat, infrared, false colour")
def thermal(
    colors: Colors,
    *,
    palette: Annotated[str, Choice(*HEAT_PALETTES)] = "inferno",
    invert: Annotated[bool, Toggle(help="Dark becomes hot.")] = False,
) -> Colors:
    """Show light as heat, in the colours of a thermal camera.

    OpenCV's palette at the luma of Rec. 709, with straight lines between its 256 entries.
    """
    light = float_luma(colors)
    return false_colors(palette, 1 - light if invert else light).astype(colors.dtype, copy=False)
