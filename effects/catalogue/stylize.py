"""Pictures made of something else: blocks, dots, letters."""

from typing import Annotated

from effects.effect import Category
from effects.image import Image, pixels
from effects.kernels.blocks import block_means, spread
from effects.params import Range

stylize = Category("stylize", "Stylize", "Pictures made of blocks, dots or letters.")


@stylize.spatial
def pixelate(image: Image, *, block: Annotated[float, Range(0.005, 0.15, "side", scale="log")] = 0.03) -> Image:
    """Show the picture in large square blocks.

    Each block is the mean of its pixels; the grid begins at the top left.
    """
    size = max(1, round(pixels(block, image)))
    return spread(block_means(image, size), size, image.shape)
