"""Where another library is quicker than ours, and what it does otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

ALIKE = "the same one call to cv2; ours is planned, checked and shared out as well: a tenth of a millisecond"

WHY: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("saturation", "hue_rotate", "fade", "grayscale", "black_and_white", "sepia"), ALIKE),
        "invert": "as quick, but for a hundredth of a millisecond of planning",
        "border": ALIKE,
        "local_contrast": "the same calls to cv2, whose CLAHE has threads that ours must not have",
        "temperature_tint": "albumentations multiplies encoded channels; ours works in linear light",
        "thermal": "cv2 goes by a grey of 8 bits; ours has 16, with straight lines between the palette's colours",
        "unsharp_mask": "cv2's three calls know no threshold, and their blur is rounded to 8 bits",
        "edges_canny": "cv2 gives a mask; ours are lines as thick, and as many, at every size, drawn in two inks",
        "pixelate": "Pillow stretches its blocks over the picture; ours stand on whole pixels",
        "gaussian_blur": "level with pyvips at 720p, 0.9 to 1.2 of it: half of it is shrinking, which one thread does",
        "bilateral": "the same call to cv2, which splits it over its threads in C; ours are Python's: a tenth at 720p",
        "mirror": "two copies do it; ours is a look-up, so that it fuses with other warps",
        "rotate_flip": "Pillow keeps a pixel in four bytes, which move as one; three do not",
        "straighten": "cv2.warpAffine has threads in C also for small pictures; the corners it leaves stay black",
    }
)
"""Effect -> why a peer is quicker, where one is and it stays so."""
