"""The result as a file: format, quality, size, and the button that renders it in full."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from effects import Photo, Pipeline, RecipeError, encode, workers
from effects.codec import obstacle
from pages.components.download_watch import download_watch
from pages.components.open_photo import OpenPhoto
from pages.components.trouble import trouble
from pages.components.workbench import Workbench

FORMATS = {"JPEG": "jpg", "PNG": "png", "WebP": "webp", "AVIF": "avif"}
WITHOUT_LOSS = "PNG"
STRIP = 32  # px; file sizes are estimated from three strips of the preview, as high as two of JPEG's blocks
THINNING = {"png": 0.06}  # how a pixel's bytes fall with the number of pixels: an exponent, measured on nine pictures
USUAL_THINNING = 0.18


def download(bench: Workbench, photo: OpenPhoto, result: Photo) -> None:
    """Choose format and quality, see about how large the file will be, and get the whole picture.

    Nothing is rendered before the click; then the full-size picture is, in a worker.
    """
    title = st.segmented_control("Format", list(FORMATS), default="JPEG", required=True, key="format",
                                 persist_state="session") or "JPEG"
    quality = 92
    if title != WITHOUT_LOSS:
        quality = st.slider("Quality", 40, 100, 92, key="quality", persist_state="session")
    keep, embed = companions()
    form = title.lower()

    def file() -> bytes:
        bench.download_trouble = ""
        pipeline = bench.pipeline
        try:
            return workers.render(photo.data, pipeline.to_json(), format=form, quality=quality,
                                  metadata="keep" if keep else "strip", embed_recipe=embed, tables=pipeline.tables)
        except ValueError as error:
            bench.download_trouble = str(error)
            raise

    file_size(bench, photo, result, form, quality)
    name = f"{stem(photo.name)}-emulsion.{FORMATS[title]}"
    st.download_button("Download", file, name, f"image/{form}", key="download", on_click="ignore", type="primary",
                       icon=":material/download:", width="stretch")
    if download_watch():
        trouble(bench.download_trouble)


def companions() -> tuple[bool, bool]:
    """Choose what travels inside the file beside the picture: nothing, unless asked for."""
    with st.expander("What else is in the file", icon=":material/attach_file:"):
        keep = st.checkbox("Keep camera data (EXIF)", key="keep_exif", persist_state="session",
                           help="Camera, lens, time and, where the photo says so, the place it was taken at.")
        embed = st.checkbox("Keep the recipe inside the file", key="keep_recipe", persist_state="session",
                            help="Opened here again, the file brings its stack along.")
    return keep, embed


def file_size(bench: Workbench, photo: OpenPhoto, result: Photo, form: str, quality: int) -> None:
    """Tell how large the file will be: its pixels, and about its bytes."""
    if bench.alone is not None:
        st.caption(f"Only {bench.alone.step.effect.title} is shown; the file will have the whole stack.")
    else:
        shown, whole = photo.preview.image.shape[:2], (photo.height, photo.width)
        if refusal := too_large(bench.pipeline, whole):
            # A stack that is too much for the preview, too, has been told of there.
            trouble("" if too_large(bench.pipeline, shown) else refusal)
            return
        height, width = bench.pipeline.size(*whole)
        trouble(obstacle(form, width, height))
        size = estimate(result, form, quality, width * height)
        st.caption(f"{width} × {height} pixels, about {readable(size)}")


def too_large(pipeline: Pipeline, size: tuple[int, int]) -> str:
    """Why the stack cannot be done to a picture of this height and width, in a sentence; nothing where it can."""
    try:
        pipeline.size(*size)
    except RecipeError as error:
        return str(error)
    return ""


def estimate(result: Photo, form: str, quality: int, pixels: int) -> float:
    """About how many bytes the file will have, from what pieces of the preview cost.

    A larger copy of a picture has less to tell in each pixel: of ten times as many, each costs two thirds in a JPEG.
    What every file begins with does not grow: of the pieces of a narrow picture it is the most.
    """
    height, width = result.image.shape[:2]
    rows = np.linspace(0, height - min(STRIP, height), 3).astype(int)

    def strips(plane: Any) -> Any:
        return np.concatenate([plane[row : row + STRIP] for row in rows])

    alpha = None if result.alpha is None else strips(result.alpha)
    pieces = Photo(strips(result.image), alpha)
    nothing = Photo(np.zeros((1, 1, 3), np.uint8))
    head, whole = (len(encode(photo, format=form, quality=quality)) for photo in (nothing, pieces))
    thinner = (pixels / (height * width)) ** -THINNING.get(form, USUAL_THINNING)
    return head + (whole - head) * pixels / pieces.image[..., 0].size * thinner


def readable(size: float) -> str:
    """Bytes as one reads them."""
    return f"{size / 1e6:.1f} MB" if size >= 1e6 else f"{max(size / 1e3, 1):.0f} kB"


def stem(name: str) -> str:
    """A file's name without folder and ending, cleaned of all but letters, digits and dashes."""
    return re.sub(r"[^\w-]+", "-", Path(name).stem)[:60].strip("-") or "photo"
