"""Pictures in and out: bytes to a Photo (upright, sRGB, within the limits) and back."""

from effects.codec.limits import MAX_BYTES, MAX_PIXELS, DecodeError
from effects.codec.reading import decode, decode_numbers, open_preview
from effects.codec.writing import again, encode, obstacle

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "DecodeError",
    "again",
    "decode",
    "decode_numbers",
    "encode",
    "obstacle",
    "open_preview",
]
