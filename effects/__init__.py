"""Photo and video effects, each written once: see the names below, and `python -m effects list`."""

from effects.catalogue import CATEGORIES, EFFECTS
from effects.codec import decode, encode, open_preview
from effects.effect import Step
from effects.errors import DecodeError, EncodeError, LimitError, PictureError, RecipeError
from effects.image import Photo
from effects.looks import LOOKS
from effects.memory.cache import clear_caches
from effects.pipeline import Pipeline
from effects.render import render
from effects.stream import Stream
from effects.tables.cube import Cube, CubeError
from effects.tables.files import read_3dl, read_cube, read_hald

__version__ = "0.1.0"

__all__ = [
    "CATEGORIES",
    "EFFECTS",
    "LOOKS",
    "Cube",
    "CubeError",
    "DecodeError",
    "EncodeError",
    "LimitError",
    "Photo",
    "PictureError",
    "Pipeline",
    "RecipeError",
    "Step",
    "Stream",
    "__version__",
    "clear_caches",
    "decode",
    "encode",
    "open_preview",
    "read_3dl",
    "read_cube",
    "read_hald",
    "render",
]
