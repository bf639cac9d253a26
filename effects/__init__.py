"""Photo and video effects, each written once: see the names below, and `python -m effects list`.

A picture is a uint8 array of H x W x 3, sRGB, in the order red, green, blue. An effect with its parameters is a step,
steps are a pipeline, and a pipeline is called with a picture:

>>> import numpy as np
>>> grey = np.full((2, 2, 3), 100, np.uint8)
>>> pipeline = Pipeline((EFFECTS["brightness"].step(amount=1.5), EFFECTS["invert"].step()))
>>> pipeline(grey)[0, 0].tolist()
[105, 105, 105]

`EFFECTS` holds every effect by its name, in reading order, `CATEGORIES` the shelves they stand on, and `LOOKS` ready
pipelines:

>>> EFFECTS["sepia"].summary
'Tone the picture brown, as old prints are.'
>>> [(param.name, param.default, param.mark.low, param.mark.high) for param in EFFECTS["sepia"].params]
[('amount', 1.0, 0, 1)]
>>> "sepia" in CATEGORIES["monochrome"].effects
True
>>> [step.effect.name for step in LOOKS["noir"]][0]
'black_and_white'

Steps can be read from pictures, too: `auto_steps` makes up for how one was exposed, `color_transfer` gives one the look
of another. They are steps like any others, to be seen and changed:

>>> [step.effect.name for step in auto_steps(np.full((2, 2, 3), 255, np.uint8))]
[]
>>> color_transfer(grey, grey + np.uint8(51)).params["blue_offset"]
0.2

What is wrong with a picture or a file is a `PictureError`, what is wrong with a recipe a `RecipeError`; both are
ValueErrors of one sentence that a user can read.

>>> EFFECTS["sepia"].step(amount=2)
Traceback (most recent call last):
    ...
effects.errors.RecipeError: sepia: amount 2 is outside 0..1
"""

from effects.auto import auto_steps
from effects.backdrop import Backdrop
from effects.catalogue import CATEGORIES, EFFECTS
from effects.codec import decode, encode, open_preview
from effects.color_transfer import color_transfer
from effects.effect import Step
from effects.errors import DecodeError, EncodeError, LimitError, PictureError, RecipeError
from effects.group import Group
from effects.image import Photo
from effects.looks import LOOKS
from effects.memory.cache import clear_caches
from effects.pipeline import Pipeline
from effects.render import open_backdrop, render
from effects.stream import Stream
from effects.tables.baking import CubeFile, Softened
from effects.tables.cube import Cube, CubeError
from effects.tables.files import read_3dl, read_cube, read_hald

__version__ = "0.1.0"

__all__ = [
    "CATEGORIES",
    "EFFECTS",
    "LOOKS",
    "Backdrop",
    "Cube",
    "CubeError",
    "CubeFile",
    "DecodeError",
    "EncodeError",
    "Group",
    "LimitError",
    "Photo",
    "PictureError",
    "Pipeline",
    "RecipeError",
    "Softened",
    "Step",
    "Stream",
    "__version__",
    "auto_steps",
    "clear_caches",
    "color_transfer",
    "decode",
    "encode",
    "open_backdrop",
    "open_preview",
    "read_3dl",
    "read_cube",
    "read_hald",
    "render",
]
