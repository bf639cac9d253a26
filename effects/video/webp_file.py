"""Writing an animated WebP, a frame at a time: each a picture of what changed, laid over the one before. RFC 9649."""

from __future__ import annotations

import struct
from pathlib import Path

import cv2
import numpy as np

from effects.codec.containers.riff import ALPHA, ANIMATION, PICTURE, first_riff_chunks, riff_chunk
from effects.codec.writing import encode
from effects.image import Alpha, Image, Photo

OVERWRITE = 0x02
"""The flag of a frame that is not mixed with what it lies on."""

HEADER_BYTES = 12 + 8 + 10


class WebpFile:
    """The file, whose header is written last. FFmpeg's own writer loses transparency and the last frame's duration."""

    def __init__(self, path: Path, plays: int) -> None:
        self._file = path.open("wb")
        self._file.write(bytes(HEADER_BYTES))
        self._file.write(b"ANIM" + struct.pack("<I4sH", 6, bytes(4), min(plays, 65_535)))
        self._before: Image | None = None
        self._shape = (0, 0)
        self._has_alpha = False

    def write(self, image: Image, alpha: Alpha | None, at: int, duration: int) -> None:
        """The next frame and its milliseconds; the time `at` which it is shown follows from those before."""
        del at
        self._has_alpha |= alpha is not None
        opacity = np.full(image.shape[:2], 255, np.uint8) if alpha is None else alpha
        pixels = cv2.merge([*cv2.split(image), opacity])
        left, top, right, bottom = changed_box(self._before, pixels)
        part = slice(top, bottom), slice(left, right)
        photo = Photo(np.ascontiguousarray(image[part]), None if alpha is None else np.ascontiguousarray(alpha[part]))
        found = first_riff_chunks(encode(photo, format="webp"))
        content = b"".join(riff_chunk(kind, found[kind]) for kind in PICTURE if kind in found)
        numbers = (left // 2, top // 2, right - left - 1, bottom - top - 1, min(duration, (1 << 24) - 1))
        header = b"".join(number.to_bytes(3, "little") for number in numbers) + bytes([OVERWRITE])
        self._file.write(riff_chunk(b"ANMF", header + content))
        self._before, self._shape = pixels, image.shape[:2]

    def finish(self) -> None:
        """Say how large it all is, and end the file."""
        height, width = self._shape
        size = self._file.tell() - 8
        flags = ANIMATION | (ALPHA if self._has_alpha else 0)
        canvas = bytes([flags, 0, 0, 0]) + (width - 1).to_bytes(3, "little") + (height - 1).to_bytes(3, "little")
        self._file.seek(0)
        self._file.write(b"RIFF" + struct.pack("<I", size) + b"WEBP" + riff_chunk(b"VP8X", canvas))
        self._file.close()

    def close(self) -> None:
        """Let go of the file, whatever is in it."""
        self._file.close()


def changed_box(before: Image | None, pixels: Image) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what is not as before, from even places on; a pixel where nothing changed."""
    height, width = pixels.shape[:2]
    if before is None:
        return 0, 0, width, height
    other = (before != pixels).any(axis=2)
    rows, columns = np.flatnonzero(other.any(axis=1)), np.flatnonzero(other.any(axis=0))
    if not rows.size:
        return 0, 0, 1, 1
    return int(columns[0]) // 2 * 2, int(rows[0]) // 2 * 2, int(columns[-1]) + 1, int(rows[-1]) + 1
