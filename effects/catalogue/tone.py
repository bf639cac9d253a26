"""Light and dark: effects that treat each channel's value on its own, or move them all alike."""

from typing import Annotated

import numpy as np

from effects.effect import Category
from effects.image import Matrix, Values
from effects.kernels.curve import STRAIGHT, curve, read_curve
from effects.kernels.transfer import from_linear, to_linear
from effects.params import Range, Text

tone = Category("tone", "Tone", "How light and how dark, how soft and how hard.")


@tone.matrix
def brightness(*, amount: Annotated[float, Range(0, 2, neutral=1)] = 1.2) -> Matrix:
    """Make everything lighter or darker by the same factor.

    CSS `brightness()`: c * amount. Source: W3C Filter Effects Module Level 1.
    """
    return np.eye(3, 4) * amount


@tone.tone
def exposure(values: Values, *, stops: Annotated[float, Range(-3, 3, "EV", neutral=0)] = 0.5) -> Values:
    """Let in more or less light, as a camera does; one stop doubles it.

    In linear light: decode sRGB (IEC 61966-2-1), times 2 ** stops, encode.
    """
    return from_linear(to_linear(values) * 2**stops)


@tone.matrix
def contrast(*, amount: Annotated[float, Range(0, 3, neutral=1)] = 1.3) -> Matrix:
    """Pull light and dark apart, or bring them together around middle grey.

    CSS `contrast()`: (c - 0.5) * amount + 0.5. Source: W3C Filter Effects Module Level 1.
    """
    return np.hstack([np.eye(3) * amount, np.full((3, 1), 0.5 - 0.5 * amount)])


@tone.tone
def gamma(values: Values, *, gamma: Annotated[float, Range(0.2, 5, neutral=1, scale="log")] = 1.5) -> Values:
    """Lighten (above 1) or darken the middle tones and leave black and white where they are.

    c ** (1 / gamma) on encoded values.
    """
    return values ** (1 / gamma)


CurvePoints = Annotated[
    str,
    Text(256, read=read_curve, neutral=STRAIGHT, help="2 to 16 points 'x,y x,y' from 0 to 1, x rising."),
]


@tone.tone
def curves(
    values: Values,
    *,
    rgb: CurvePoints = "0.0,0.0 0.25,0.2 0.75,0.8 1.0,1.0",
    red: CurvePoints = STRAIGHT,
    green: CurvePoints = STRAIGHT,
    blue: CurvePoints = STRAIGHT,
) -> Values:
    """Redraw how light each tone becomes, for all channels and for each.

    A smooth curve through the points that never overshoots (PCHIP), flat outside them; each channel's own curve comes
    first, then the common one. Source: Fritsch and Carlson, Monotone Piecewise Cubic Interpolation, 1980.
    """
    result = np.empty_like(values)
    for channel, points in enumerate((red, green, blue)):
        result[..., channel] = curve(points, values[..., channel])
    return curve(rgb, result)


@tone.tone
def posterize(values: Values, *, levels: Annotated[int, Range(2, 32, "levels", scale="log")] = 4) -> Values:
    """Keep only a few evenly spaced levels in each channel, as in screen printing.

    rint(c * (levels - 1)) / (levels - 1).
    """
    return np.rint(values * (levels - 1)) / (levels - 1)
