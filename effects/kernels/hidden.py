"""What stands where nobody sees it: colours of the places around, in the stead of whatever a file hides there.

Every effect that looks at its surroundings may then look there, too. Pull-push: colours are averaged by what is seen
of them, to half the size again and again, and every gap is filled from the next smaller size. Source: Gortler,
Grzeszczuk, Szeliski and Cohen, The Lumigraph, 1996.
"""

from __future__ import annotations

import cv2
import numpy as np

from effects.image import Alpha, Image
from effects.memory.bands import each_band
from effects.memory.sheets import sheet

UNSEEN = 4
"""Alpha up to which a pixel's own colour does not count: any other would look the same to within as many levels."""


def fill_hidden(image: Image, alpha: Alpha) -> Image:
    """The picture with colours from around wherever it cannot be seen; seen pixels are as they were.

    It depends on nothing but what is seen. Where all is seen it is the picture itself.
    """
    if cv2.minMaxLoc(alpha)[0] > UNSEEN:
        return image
    small, seen = halve(image, np.asarray(cv2.threshold(alpha, UNSEEN, 0, cv2.THRESH_TOZERO)[1], np.uint8))
    around, out = pull_push(small, seen), sheet(image.shape)

    def work(rows: slice) -> None:
        part = alpha[rows]
        least, most = cv2.minMaxLoc(part)[:2]
        if least <= UNSEEN:
            out[rows] = double_rows(around, rows, image.shape[1])
        if most > UNSEEN:
            cv2.copyTo(image[rows], (part > UNSEEN).view(np.uint8), out[rows])

    each_band(work, *alpha.shape, bytes_per_pixel=11, step=2)
    return out


def pull_push(image: Image, seen: Alpha) -> Image:
    """The picture with as much of what is around in every pixel as is missing from 255 in `seen`."""
    if cv2.minMaxLoc(seen)[0] == 255 or max(seen.shape) == 1:
        return image
    around, out = pull_push(*halve(image, seen)), np.empty_like(image)

    def work(rows: slice) -> None:
        share = cv2.merge([seen[rows]] * 3)
        own = cv2.multiply(image[rows], share, scale=1 / 255)
        cv2.multiply(double_rows(around, rows, image.shape[1]), cv2.bitwise_not(share), dst=out[rows], scale=1 / 255)
        cv2.add(own, out[rows], dst=out[rows])

    each_band(work, *seen.shape, bytes_per_pixel=19, step=2)
    return out


def halve(image: Image, seen: Alpha) -> tuple[Image, Alpha]:
    """Half the size: every colour the mean of 2 x 2, weighed by `seen`; how much is seen adds up to at most 255."""
    height, width = (-(-length // 2) for length in seen.shape)
    small, sums = np.empty((height, width, 3), np.uint8), np.empty((height, width), np.uint8)

    def work(rows: slice) -> None:
        taken = slice(2 * rows.start, 2 * rows.stop)
        band, share = image[taken], seen[taken]
        missing = 2 * (rows.stop - rows.start) - len(share), 2 * width - share.shape[1]
        if any(missing):
            # Of what is added at an odd edge nothing is seen: it does not count.
            band, share = (
                cv2.copyMakeBorder(part, 0, missing[0], 0, missing[1], cv2.BORDER_CONSTANT, value=0)
                for part in (band, share)
            )
        size = width, rows.stop - rows.start
        weights = cv2.resize(np.multiply(share, 255, dtype=np.uint16), size, interpolation=cv2.INTER_AREA)
        colors = cv2.multiply(band, cv2.merge([share] * 3), dtype=cv2.CV_16U)
        colors = cv2.resize(colors, size, interpolation=cv2.INTER_AREA)
        cv2.convertScaleAbs(weights, dst=sums[rows], alpha=4 / 255)
        cv2.divide(colors, cv2.merge([np.maximum(weights, 1)] * 3), dst=small[rows], scale=255, dtype=cv2.CV_8U)

    each_band(work, height, width, bytes_per_pixel=60)
    return small, sums


def double_rows(small: Image, rows: slice, width: int) -> Image:
    """These rows (from an even one on) of a small picture at twice its size, bilinear, cut to `width` columns."""
    first, last = max(0, rows.start // 2 - 1), min(len(small), -(-rows.stop // 2) + 1)
    size = 2 * small.shape[1], 2 * (last - first)
    large = cv2.resize(small[first:last], size, interpolation=cv2.INTER_LINEAR).reshape(*size[::-1], 3)
    top = rows.start - 2 * first
    return np.asarray(large[top : top + rows.stop - rows.start, :width])
