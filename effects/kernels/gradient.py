"""Gradients as CSS draws them: where each pixel stands along one, and the colour there."""

from __future__ import annotations

import numpy as np

from effects.image import Colors, Floats, Place
from effects.kernels.turn import length


def along_line(place: Place, angle: float) -> Floats:
    """0 at the start and 1 at the end of the CSS gradient line at `angle` degrees (0 up, 90 right), by `Place.ramp`."""
    way = np.array([np.sin(np.radians(angle)), -np.cos(np.radians(angle))])
    across, down = (way / (2 * np.abs(place.frame.extent * way).sum())).tolist()
    return place.ramp(0.5, across, down)


def from_centre(place: Place, x: float, y: float) -> Floats:
    """0 at the point, 1 at the corner farthest from it (CSS `circle farthest-corner`); h x W."""
    centre = place.frame.at(x, y)
    across, down = centre.tolist()
    return length(place.x - across, place.y - down) / np.hypot(*(np.abs(centre) + place.frame.extent)).item()


def between(first: Floats, second: Floats, share: Floats) -> Colors:
    """The colours (three values each) mixed: `first` where the share (h x W) is 0, `second` where it is 1; of its type.

    Each channel is made in a plane of its own: numpy takes four times as long over colours that lie side by side.
    """
    planes = np.empty_like(share, shape=(3, *share.shape), order="C")
    for plane, start, end in zip(planes, first.tolist(), second.tolist(), strict=True):
        np.add(np.multiply(share, end - start, out=plane), start, out=plane)
    return np.moveaxis(planes, 0, -1)


def rgb(swatch: str | Floats) -> Floats:
    """A swatch "#rrggbb" as three values 0..1; three values are what they are."""
    if not isinstance(swatch, str):
        return swatch
    return np.array([int(swatch[index : index + 2], 16) for index in (1, 3, 5)]) / 255
