"""Pictures in and out: bytes to a Photo (upright, sRGB, within the limits) and back."""

from effects.codec.limits import MAX_BYTES, MAX_PIXELS, DecodeError
from effects.codec.reading import decode, open_preview
from effects.codec.writing import again, encode, obstacle

__all__ = ["MAX_BYTES", "MAX_PIXELS", "DecodeError", "again", "decode", "encode", "obstacle", "open_preview"]
