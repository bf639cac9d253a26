"""Colour profiles written byte by byte, so that what a test expects comes from numbers and not from a file."""

from __future__ import annotations

import struct

import numpy as np
import numpy.typing as npt

from effects.codec.colour.light import BT2020, D65, P3, SRGB, Chromaticities, xyz_of

ADOBE_RGB: Chromaticities = ((0.64, 0.33), (0.21, 0.71), (0.15, 0.06), D65)
PROPHOTO: Chromaticities = ((0.7347, 0.2653), (0.1596, 0.8404), (0.0366, 0.0001), (0.3457, 0.3585))
SRGB_PARAMETERS = (2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def fixed(*numbers: float) -> bytes:
    return struct.pack(f">{len(numbers)}i", *(round(number * 65536) for number in numbers))


def xyz(x: float, y: float, z: float) -> bytes:
    return b"XYZ \0\0\0\0" + fixed(x, y, z)


def power(exponent: float) -> bytes:
    return b"curv\0\0\0\0" + struct.pack(">IH", 1, round(exponent * 256)) + b"\0\0"


def parametric(*numbers: float) -> bytes:
    kind = {1: 0, 3: 1, 4: 2, 5: 3, 7: 4}[len(numbers)]
    return b"para\0\0\0\0" + struct.pack(">HH", kind, 0) + fixed(*numbers)


def sampled(values: npt.NDArray[np.float64]) -> bytes:
    table = np.rint(values * 65535).astype(">u2").tobytes()
    return b"curv\0\0\0\0" + struct.pack(">I", len(values)) + table + bytes(-len(table) % 4)


def profile(space: bytes, kind: bytes, tags: dict[bytes, bytes], connection: bytes = b"XYZ ") -> bytes:
    """An ICC profile of version 2.4 with these tags and the ones every profile needs."""
    name = b"made for a test"
    tags = {
        b"desc": b"desc\0\0\0\0" + struct.pack(">I", len(name) + 1) + name + bytes(79),
        b"cprt": b"text\0\0\0\0none\0",
        b"wtpt": xyz(0.9642, 1, 0.8249),
        **tags,
    }
    at, table, elements = 132 + 12 * len(tags), b"", b""
    for tag, unpadded in tags.items():
        element = unpadded + bytes(-len(unpadded) % 4)
        table += tag + struct.pack(">II", at + len(elements), len(element))
        elements += element
    header = bytes(8) + b"\x02\x40\0\0" + kind + space + connection + struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp"
    header += bytes(28) + fixed(0.9642, 1, 0.8249) + bytes(48)
    body = header + struct.pack(">I", len(tags)) + table + elements
    return struct.pack(">I", len(body)) + body[4:]


def matrix(primaries: Chromaticities, curve: bytes) -> bytes:
    """A screen's profile."""
    columns = xyz_of(primaries).T
    colorants = {name: xyz(*column) for name, column in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns, strict=True)}
    return profile(b"RGB ", b"mntr", colorants | dict.fromkeys((b"rTRC", b"gTRC", b"bTRC"), curve))


def grey(curve: bytes) -> bytes:
    return profile(b"GRAY", b"mntr", {b"kTRC": curve})


def ink() -> bytes:
    """A printer's profile (16 corners of ink, as Lab): each ink takes away its share, black takes lightness."""
    nodes = b""
    for corner in range(16):
        cyan, magenta, yellow, black = (corner >> 3 & 1, corner >> 2 & 1, corner >> 1 & 1, corner & 1)
        lightness = (100 - 40 * cyan - 50 * magenta - 10 * yellow) * (1 - 0.9 * black)
        red, blue = (40 * magenta - 30 * cyan) * (1 - black), (70 * yellow - 45 * cyan) * (1 - black)
        nodes += bytes((max(0, round(lightness * 2.55)), round(red) + 128, round(blue) + 128))
    straight = bytes(range(256))
    table = b"mft1\0\0\0\0" + bytes((4, 3, 2, 0)) + fixed(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return profile(b"CMYK", b"prtr", {b"A2B0": table + straight * 4 + nodes + straight * 3}, b"Lab ")


DISPLAY_P3 = matrix(P3, parametric(*SRGB_PARAMETERS))
ADOBE = matrix(ADOBE_RGB, power(563 / 256))
PROFILES = {
    "display p3": DISPLAY_P3,
    "adobe rgb": ADOBE,
    "prophoto": matrix(PROPHOTO, power(1.8)),
    "rec 2020, sampled": matrix(BT2020, sampled(np.linspace(0, 1, 1024) ** 2.4)),
    "linear srgb": matrix(SRGB, power(1.0)),
    "a power, as a form": matrix(P3, parametric(2.2)),
    "a power from a place on": matrix(P3, parametric(2.2, 1.1, -0.1)),
}
EQUAL_TO_SRGB = matrix(SRGB, parametric(*SRGB_PARAMETERS))
