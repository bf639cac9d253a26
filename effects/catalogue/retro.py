"""Old screens and broken signals."""

from typing import Annotated

from effects.effect import Category
from effects.image import Colors, Image
from effects.kernels.glitching import rolled, torn
from effects.kernels.palette import PALETTES, false_colors
from effects.params import Choice, Range, Seed, Toggle

retro = Category("retro", "Retro and digital", "Tape, tubes, heat and broken signals.")


@retro.spatial
def glitch(
    image: Image,
    *,
    amount: Annotated[float, Range(0, 1, neutral=0, help="How many bands are torn away, and how far.")] = 0.3,
    blocks: Annotated[int, Range(2, 60, "count", help="Bands over the height.")] = 16,
    shift: Annotated[float, Range(0, 0.05, "side", neutral=0, help="Red and blue apart.")] = 0.01,
    seed: Annotated[int, Seed()] = 0,
) -> Image:
    """Tear the picture into bands and pull its colours apart, as a broken signal does.

    Rows are turned around their ends, each channel by itself, so every value stays in its row.
    """
    return rolled(image, torn(blocks, amount, shift, seed))


@retro.color
def thermal(
    colors: Colors,
    *,
    palette: Annotated[str, Choice(*PALETTES)] = "inferno",
    invert: Annotated[bool, Toggle(help="Dark becomes hot.")] = False,
) -> Colors:
    """Show light as heat, in the colours of a thermal camera.

    OpenCV's palette at the luma of Rec. 709, with straight lines between its 256 entries.
    """
    light = colors[..., 0] * 0.2126 + colors[..., 1] * 0.7152 + colors[..., 2] * 0.0722
    return false_colors(palette, 1 - light if invert else light).astype(colors.dtype, copy=False)
