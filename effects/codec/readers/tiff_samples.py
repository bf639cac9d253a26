"""What a TIFF's numbers mean: black and white, signs, white that is zero, palettes, Lab. TIFF 6.0."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from effects.codec.limits import refuse
from effects.codec.raster import Model, Samples
from effects.codec.readers.bits import FLOAT_TYPES, Numbers

WHITE_IS_ZERO, BLACK_IS_ZERO, RGB, PALETTE, MASK, INKS, YCBCR, CIELAB, ICCLAB = 0, 1, 2, 3, 4, 5, 6, 8, 9
CHANNELS = {WHITE_IS_ZERO: 1, BLACK_IS_ZERO: 1, RGB: 3, PALETTE: 1, MASK: 1, INKS: 4, CIELAB: 3, ICCLAB: 3}
MODELS: dict[int, Model] = {RGB: "rgb", PALETTE: "rgb", INKS: "cmyk", CIELAB: "lab", ICCLAB: "lab"}
LAB = (CIELAB, ICCLAB)
SIGNED, FLOATING, UNKNOWN = 2, 3, 4

Bands = Callable[[], Iterable[Numbers]]
"""All rows of a picture, a few at a time, H x W x samples; read anew at each call."""


@dataclass(frozen=True)
class Span:
    """The numbers that stand for black and white, after the bits in `flip` are turned; and what is to be said of it."""

    low: float
    high: float
    flip: int = 0
    notes: tuple[str, ...] = ()

    def scale_numbers(self, numbers: Numbers) -> Samples:
        """`low` to `high` as 0..255 where that is exact enough, else 0..65535."""
        if self.flip:
            numbers = numbers ^ self.flip
        whole = numbers.dtype.kind == "u"
        if numbers.dtype == np.uint8 and self.high == 255:
            return numbers
        if whole and numbers.dtype.itemsize == 2 and self.high == 65535:
            return numbers.astype(np.uint16)
        if whole and self.high < 256:
            return np.rint(numbers * np.float32(255 / self.high)).astype(np.uint8)
        share = (numbers.astype(np.float64) - self.low) * (65535 / (self.high - self.low))
        return np.clip(np.rint(share), 0, 65535).astype(np.uint16)


def as_floats(numbers: Numbers, kind: int, bits: int) -> Numbers:
    """Unsigned numbers as the floats that the file says they are; what is signed is seen in `span_of`."""
    if kind == FLOATING and bits in FLOAT_TYPES:
        return np.nan_to_num(numbers.view(np.dtype(FLOAT_TYPES[bits]).newbyteorder(numbers.dtype.byteorder)))
    if kind in (FLOATING, *range(UNKNOWN + 1, 256)):
        refuse(f"This TIFF picture is made of {'floats' if kind == FLOATING else 'complex numbers'} of {bits} bits, "
               "which are not read here; saved with 8 or 16 bits it can be opened.")  # fmt: skip
    return numbers


def span_of(bands: Bands, kind: int, bits: int, photometric: int) -> Span:
    """From the sample format, depth and colour, and where they leave it open from the numbers themselves."""
    channels = CHANNELS[photometric]
    if photometric in LAB or kind not in (SIGNED, FLOATING):
        return Span(0, (1 << bits) - 1)
    if kind == SIGNED:
        return Span(0, (1 << bits) - 1) if bits == 1 or photometric == PALETTE else signed_span(bands, bits, channels)
    extremes = [(float(band.min()), float(band.max())) for band in (each[..., :channels] for each in bands())]
    low, high = min(0.0, *(least for least, _ in extremes)), max(1.0, *(most for _, most in extremes))
    if (low, high) == (0, 1):
        return Span(low, high)
    return Span(low, high, 0, (f"Its values go from {low:.4g} to {high:.4g}; they are shown from black to white.",))


def signed_span(bands: Bands, bits: int, channels: int) -> Span:
    """Of numbers said to be signed. Where some are below zero, black is the lowest there can be.

    There are encoders that call unsigned numbers so. A picture is smooth: of the two readings that one counts in which
    neighbours differ less, and where they do not tell them apart, what the file says. Opacity is never below zero.
    Nothing but 0 and -1 is black and white, as no picture is made of two greys that nobody can tell apart.
    """
    sign = 1 << bits - 1
    as_stored = as_signed = 0.0
    below = strong = False
    two = True
    above = None
    for band in bands():
        colours = band[..., :channels]
        below |= bool((colours & sign).any())
        two = two and bool(((colours == 0) | (colours == 2 * sign - 1)).all())
        strong |= bool((band[..., channels:] & sign).any())
        as_stored += roughness(colours, above)
        as_signed += roughness(colours ^ sign, None if above is None else above ^ sign)
        above = colours[-1:]
    if not below and not strong:
        return Span(0, sign - 1)
    signed = not two and (as_signed < as_stored or (as_signed == as_stored and not strong))
    return Span(0, 2 * sign - 1, sign if signed else 0)


def roughness(numbers: Numbers, above: Numbers | None) -> float:
    """The sum of all differences between neighbours, across and down; `above` is the row before the first."""
    wide = numbers.astype(np.int32 if numbers.dtype.itemsize <= 2 else np.float64)
    across = np.abs(np.diff(wide, axis=1)).sum(dtype=np.float64)
    down = np.abs(np.diff(wide, axis=0)).sum(dtype=np.float64)
    seam = 0.0 if above is None else np.abs(wide[:1] - above.astype(wide.dtype)).sum(dtype=np.float64)
    return float(across + down + seam)


def look_up_palette(indices: Numbers, palette: tuple[int, ...]) -> Samples:
    """Colours of a palette: 16 bits each, or 8 where a careless encoder wrote them so."""
    table = np.array(palette, np.uint16).reshape(3, -1).T
    if table.max() < 256:
        table = table * 257
    return table[np.minimum(indices, len(table) - 1)]


def lab_samples(numbers: Numbers, bits: int, signed: bool) -> Samples:
    """CIE L*a*b* as Pillow's raw Lab: L* on 0..255, a* and b* as signed bytes (ICCLab counts them from 128).

    Floats are L*, a* and b* themselves.
    """
    if numbers.dtype.kind != "f" and bits not in (8, 16):
        refuse(f"This TIFF picture is CIE Lab of {bits} bits, which is not read here; saved as RGB it can be opened.")
    values = numbers.astype(np.float64)
    lightness, others = values[..., :1], values[..., 1:]
    if numbers.dtype.kind == "f":
        lightness, others = lightness * 2.55, others + 128
    elif signed:
        others = (others + (1 << bits - 1)) % (1 << bits)
    if bits == 16 and numbers.dtype.kind != "f":
        lightness, others = lightness / (257 if signed else 256), others / 256
    bytes_ = np.clip(np.rint(np.concatenate([lightness, others], axis=-1)), 0, 255).astype(np.uint8)
    return bytes_ ^ np.array([0, 128, 128], np.uint8)
