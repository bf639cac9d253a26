"""Which samples of a JPEG 2000 are which colour: palettes (`pclr`, `cmap`) and definitions of channels (`cdef`).

Pillow gives the components as they are coded, knows equal colours of a palette only once and no definitions. So where a
file has either, its components are put in their places here. ISO 15444-1, annex I.5.3.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np

from effects.codec.colour.conversion import eight_bits
from effects.codec.colour.profiles import model_of
from effects.codec.containers.boxes import boxes, find
from effects.codec.limits import refuse
from effects.codec.raster import Model, Raster, Samples, unpremultiply
from effects.image import Alpha

INK, RGB, GREY, SYCC = 12, 16, 17, 18
NOT_READ = {1: "YCbCr", 3: "YCbCr", 4: "YCbCr", 9: "PhotoYCC", 11: "CMY", 13: "YCCK", 14: "CIE L*a*b*", 19: "CIE Jab",
            20: "e-sRGB", 21: "ROMM RGB", 22: "YPbPr", 24: "e-sYCC"}  # fmt: skip
"""Colour spaces of ISO 15444-2, table M.25, whose numbers mean something else."""

COLOURS = {INK: 4, GREY: 1}
"""Channels of the colour spaces that have not three."""

SPACES: dict[Model | None, int] = {"cmyk": INK, "grey": GREY}
"""What a profile may be of."""

ENUMERATED = 1
COLOUR, OPACITY, MULTIPLIED_OPACITY = 0, 1, 2
DIRECT, SIGN = 0, 0x80
MODELS: dict[int, Model] = {1: "grey", 3: "rgb", 4: "cmyk"}


@dataclass(frozen=True)
class Source:
    """Where a channel comes from: a component, and where that counts the entries of a palette, their values."""

    component: int
    column: Samples | None = None


@dataclass(frozen=True)
class Roles:
    """Which channels are the colours, in their order, and which says how opaque they are."""

    colours: tuple[int, ...]
    opacity: int | None = None
    is_multiplied: bool = False


@dataclass(frozen=True)
class Channels:
    """The colours in their order, and what says how opaque they are; `is_multiplied` where they are so by it."""

    colours: tuple[Source, ...]
    opacity: Source | None
    is_multiplied: bool
    ycc: bool

    def raster(self, coded: Raster, depths: Sequence[int]) -> Raster:
        """The picture of these channels from components that Pillow has shifted to 8 bits, or 16 where it is one."""

        def channel(components: Samples, source: Source) -> Samples:
            values, bits = components[..., source.component], depths[source.component]
            places = 8 * values.dtype.itemsize
            numbers = values >> max(0, places - bits)
            if source.column is not None:
                return source.column[np.minimum(numbers, len(source.column) - 1)]
            return to_full_range(numbers, bits) if bits < places else values

        def rows(top: int, bottom: int) -> tuple[Samples, Alpha | None]:
            samples, last = coded.rows(top, bottom)
            components = samples if last is None else np.dstack([samples, last])
            colours = stack_channels([channel(components, source) for source in self.colours])
            if self.ycc:
                colours = cv2.cvtColor(colours[..., [0, 2, 1]], cv2.COLOR_YCrCb2RGB)
            if self.opacity is None:
                return colours, None
            opacity = channel(components, self.opacity)
            return unpremultiply(colours, opacity) if self.is_multiplied else colours, eight_bits(opacity)

        return Raster(coded.width, coded.height, MODELS[len(self.colours)], rows)


def read_channels(data: bytes, depths: Sequence[int], icc: bytes | None) -> Channels | None:
    """What the boxes of a file say of its components; None where Pillow takes them for the same."""
    place = find(data, b"jp2h")
    found = {kind: data[start:end] for kind, start, end in reversed(list(boxes(data, *place)))} if place else {}
    space = enumerated_space(data) or SPACES.get(model_of(icc) if icc else None)
    if space in NOT_READ:
        refuse(f"This JPEG 2000 picture keeps its colours as {NOT_READ[space]}, which is not read here; "
               "saved as PNG it can be opened.")  # fmt: skip
    sources = [Source(component) for component in range(len(depths))]
    if b"pclr" in found:
        sources = through_palette(found[b"pclr"], found.get(b"cmap"))
    roles = defined_roles(found.get(b"cdef", b""), len(sources))
    if roles is None or len(roles.colours) not in MODELS or (len(roles.colours) == 4 and space != INK):
        roles = usual_roles(len(sources), COLOURS.get(space or RGB, 3))
    plain = roles == usual_roles(len(sources), len(roles.colours)) and b"pclr" not in found and len(set(depths)) == 1
    if plain and (space is None or len(roles.colours) == COLOURS.get(space, 3)) and not (space == INK and icc):
        return None
    if any(source.column is not None and depths[source.component] > 8 for source in sources) and len(depths) > 1:
        refuse("This JPEG 2000 picture has a palette of more than 256 colours beside other channels, "
               "which is not read here; saved as PNG it can be opened.")  # fmt: skip
    colours = tuple(sources[each] for each in roles.colours)
    opacity = None if roles.opacity is None else sources[roles.opacity]
    return Channels(colours, opacity, roles.is_multiplied, space == SYCC and len(colours) == 3)


def enumerated_space(data: bytes) -> int | None:
    """The number of the colour space, where the first colour box has one."""
    place = find(data, b"jp2h", b"colr")
    return struct.unpack_from(">I", data, place[0] + 3)[0] if place and data[place[0]] == ENUMERATED else None


def through_palette(palette: bytes, mapping: bytes | None) -> list[Source]:
    """Channels as `cmap` takes them from components and columns; without it each column is one, of component 0."""
    count, across = struct.unpack_from(">HB", palette)
    sizes = [((depth & ~SIGN) + 8) // 8 for depth in palette[3 : 3 + across]]
    stored = np.frombuffer(palette, np.uint8, count * sum(sizes), 3 + across).reshape(count, -1)
    columns, at = [], 0
    for depth, size in zip(palette[3 : 3 + across], sizes, strict=True):
        bits = (depth & ~SIGN) + 1
        numbers = np.zeros(count, np.uint64)
        for place in range(at, at + size):
            numbers = numbers << np.uint64(8) | stored[:, place]
        numbers &= np.uint64((1 << bits) - 1)
        # Black is the lowest that a signed number can be.
        columns.append(to_full_range(numbers ^ np.uint64(1 << bits - 1) if depth & SIGN else numbers, bits))
        at += size
    if mapping is None:
        return [Source(0, column) for column in columns]
    entries = struct.iter_unpack(">HBB", mapping)
    return [Source(component, None if kind == DIRECT else columns[column]) for component, kind, column in entries]


def usual_roles(count: int, expected: int) -> Roles:
    """Channels that nothing is said of: the colour space's and then opacity, else as many as make grey or RGB."""
    colours = expected if expected in (count, count - 1) else {1: 1, 2: 1, 3: 3, 4: 3}.get(count)
    if colours is None:
        refuse(f"This JPEG 2000 picture has {count} channels and does not say what they are; "
               "saved as PNG it can be opened.")  # fmt: skip
    return Roles(tuple(range(colours)), colours if count > colours else None)


def defined_roles(definitions: bytes, count: int) -> Roles | None:
    """What the box says of the channels; None where its colours are not numbered from one, each once."""
    whole = definitions[2 : 2 + len(definitions[2:]) // 6 * 6]
    entries = [each for each in struct.iter_unpack(">HHH", whole) if each[0] < count]
    colours = sorted((number, channel) for channel, kind, number in entries if kind == COLOUR)
    if not colours or [number for number, _ in colours] != list(range(1, len(colours) + 1)):
        return None
    opacities = [(channel, kind) for channel, kind, _ in entries if kind in (OPACITY, MULTIPLIED_OPACITY)]
    channel, kind = opacities[0] if opacities else (None, OPACITY)
    return Roles(tuple(channel for _, channel in colours), channel, kind == MULTIPLIED_OPACITY)


def to_full_range(numbers: Samples, bits: int) -> Samples:
    """Numbers of any depth as 0..255 where that is enough for them, else 0..65535."""
    top, kind = (255, np.uint8) if bits <= 8 else (65535, np.uint16)
    return np.rint(numbers * (top / ((1 << bits) - 1))).astype(kind)


def stack_channels(channels: Sequence[Samples]) -> Samples:
    """Channels as one array, of 16 bits where one of them is."""
    deep = any(channel.dtype == np.uint16 for channel in channels)
    return np.stack([channel * np.uint16(257) if deep and channel.dtype == np.uint8 else channel
                     for channel in channels], axis=-1)  # fmt: skip
