"""Pictures in and out: bytes to a Photo (upright, sRGB, within the limits) and back."""

from effects.codec.limits import MAX_BYTES, MAX_PIXELS
from effects.codec.pieces import Sample, file_size, sample
from effects.codec.reading import decode, decode_numbers, open_preview
from effects.codec.writing import check_wishes, encode, encode_untouched, obstacle
from effects.errors import DecodeError

__all__ = [
    "MAX_BYTES",
    "MAX_PIXELS",
    "DecodeError",
    "Sample",
    "check_wishes",
    "decode",
    "decode_numbers",
    "encode",
    "encode_untouched",
    "file_size",
    "obstacle",
    "open_preview",
    "sample",
]
