"""scikit-image, from uint8 to whatever it gives."""

from __future__ import annotations

from skimage import color, exposure, filters, restoration, transform

from benchmarks.peers.peer import Peer

SKIMAGE = Peer(
    "scikit-image",
    given=lambda image: image,
    named={
        "gamma": lambda image, p, short: exposure.adjust_gamma(image, 1 / p["gamma"]),
        "grayscale": lambda image, p, short: color.gray2rgb(color.rgb2gray(image)),
        "gaussian_blur": lambda image, p, short: filters.gaussian(image, p["radius"] * short, channel_axis=-1),
        "unsharp_mask": lambda image, p, short: filters.unsharp_mask(
            image, p["radius"] * short, p["amount"], channel_axis=-1
        ),
        "swirl": lambda image, p, short: transform.swirl(image, strength=3, radius=p["radius"] * short),
        "auto_levels": lambda image, p, short: exposure.rescale_intensity(image),
        "local_contrast": lambda image, p, short: exposure.equalize_adapthist(image),
        "bilateral": lambda image, p, short: restoration.denoise_bilateral(image, channel_axis=-1),
    },
)
