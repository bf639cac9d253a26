"""Files of many encoders against independent decoders: Chromium's own rendering, ImageMagick's where it has none."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image as PILImage
from playwright.sync_api import Page

from effects.codec import DecodeError, decode, open_preview
from tests.chromium import opened_page
from tests.encoders import ffmpeg, imagemagick, libheif, opencv, opened_by_imagemagick
from tests.pictures import difference, exif, fade, gradient, saved, written
from tests.profiles import DISPLAY_P3, grey, power
from tests.shares import in_turn
from tests.shown import shown

pytestmark = pytest.mark.slow

PLAIN, CLEAR = gradient(), np.dstack([gradient(), fade()])
GREY = gradient()[..., 1]
P3_CODES = ("-color_primaries", "smpte432", "-color_trc", "iec61966-2-1", "-colorspace", "bt709")
HDR_CODES = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc")
AV1 = ("-c:v", "libaom-av1", "-crf", "8", "-cpu-used", "8", "-still-picture", "1", "-pix_fmt")


def animated(plugin: str, **settings: Any) -> bytes:
    frames = [PILImage.fromarray(PLAIN), PILImage.fromarray(255 - PLAIN)]
    return saved(frames[0], plugin, save_all=True, append_images=frames[1:], **settings)


def corner(place: str) -> bytes:
    """A GIF of 40 x 30 whose only frame covers a part of it."""
    return imagemagick(gradient(10, 20), "gif", "-repage", f"40x30+{place}")


FILES: dict[str, Callable[[], bytes]] = {
    "jpeg pillow": lambda: written(PLAIN, "JPEG"),
    "jpeg opencv": lambda: opencv(PLAIN, "jpg"),
    "jpeg ffmpeg": lambda: ffmpeg(PLAIN, "jpg"),
    "jpeg progressive": lambda: imagemagick(PLAIN, "jpg", "-interlace", "plane"),
    "jpeg arithmetic": lambda: imagemagick(PLAIN, "jpg", "-define", "jpeg:arithmetic-coding=true"),
    "jpeg 4:1:1": lambda: imagemagick(PLAIN, "jpg", "-sampling-factor", "4x1"),
    "jpeg 4:4:0": lambda: imagemagick(PLAIN, "jpg", "-sampling-factor", "1x2"),
    "jpeg rgb": lambda: imagemagick(PLAIN, "jpg", "-define", "jpeg:colorspace=RGB", "-colorspace", "RGB"),
    "jpeg grey": lambda: written(GREY, "JPEG"),
    "jpeg grey profile": lambda: written(GREY, "JPEG", icc_profile=grey(power(1.8))),
    "jpeg cmyk": lambda: imagemagick(PLAIN, "jpg", "-colorspace", "CMYK"),
    "jpeg cmyk pillow": lambda: saved(PILImage.fromarray(PLAIN).convert("CMYK"), "JPEG"),
    "jpeg p3": lambda: written(PLAIN, "JPEG", icc_profile=DISPLAY_P3),
    "jpeg p3 grey": lambda: written(GREY, "JPEG", icc_profile=DISPLAY_P3),
    "mpo": lambda: animated("MPO"),
    "png pillow": lambda: written(CLEAR, "PNG"),
    "png interlaced": lambda: imagemagick(CLEAR, "png", "-interlace", "plane"),
    "png palette": lambda: imagemagick(PLAIN, "png", "-colors", "200", "-type", "palette"),
    "png palette alpha": lambda: imagemagick(CLEAR, "png", "-colors", "50", "-type", "PaletteAlpha"),
    "png 16": lambda: opencv(PLAIN.astype(np.uint16) * 257, "png"),
    "png 16 alpha": lambda: opencv(CLEAR.astype(np.uint16) * 257, "png"),
    "png grey 16": lambda: imagemagick(PLAIN, "png", "-type", "grayscale", "-depth", "16"),
    "png grey alpha": lambda: imagemagick(CLEAR, "png", "-type", "GrayscaleAlpha"),
    "png bilevel": lambda: imagemagick(PLAIN, "png", "-monochrome"),
    "png ffmpeg": lambda: ffmpeg(CLEAR, "png", "-pix_fmt", "rgba64be", "-pred", "mixed"),
    "apng": lambda: animated("PNG"),
    "webp lossy": lambda: written(PLAIN, "WEBP"),
    "webp alpha": lambda: written(CLEAR, "WEBP", quality=90),
    "webp lossless": lambda: imagemagick(CLEAR, "webp", "-define", "webp:lossless=true"),
    "webp ffmpeg": lambda: ffmpeg(PLAIN, "webp"),
    "webp animated": lambda: animated("WEBP", lossless=True),
    "webp p3": lambda: written(PLAIN, "WEBP", icc_profile=DISPLAY_P3, lossless=True),
    "avif pillow": lambda: written(PLAIN, "AVIF", quality=90),
    "avif p3 profile": lambda: written(PLAIN, "AVIF", icc_profile=DISPLAY_P3, quality=90),
    "avif ffmpeg": lambda: ffmpeg(PLAIN, "avif", *AV1, "yuv420p"),
    "avif 10 bits": lambda: ffmpeg(PLAIN, "avif", *AV1, "yuv444p10le"),
    "avif grey": lambda: ffmpeg(PLAIN, "avif", *AV1, "gray"),
    "avif p3 codes": lambda: ffmpeg(PLAIN, "avif", *AV1, "yuv444p", *P3_CODES),
    "avif hdr codes": lambda: ffmpeg(PLAIN, "avif", *AV1, "yuv444p", *HDR_CODES),
    "gif": lambda: imagemagick(PLAIN, "gif"),
    "gif transparent": lambda: imagemagick(CLEAR, "gif"),
    "gif interlaced": lambda: imagemagick(PLAIN, "gif", "-interlace", "GIF"),
    "gif animated": lambda: animated("GIF"),
    "gif ffmpeg": lambda: ffmpeg(PLAIN, "gif"),
    "gif inside": lambda: corner("+10+5"),
    "gif across the edge": lambda: corner("+30+25"),
    "bmp 24": lambda: written(PLAIN, "BMP"),
    "bmp opencv alpha": lambda: opencv(CLEAR, "bmp", cv2.IMWRITE_BMP_COMPRESSION, 3),
    "bmp alpha": lambda: imagemagick(CLEAR, "bmp"),
    "bmp run lengths": lambda: imagemagick(PLAIN, "bmp", "-colors", "30", "-type", "palette", "-compress", "RLE"),
    "bmp bilevel": lambda: imagemagick(PLAIN, "bmp", "-monochrome"),
    "bmp 16 colours": lambda: imagemagick(PLAIN, "bmp", "-colors", "16", "-type", "palette"),
    **{f"bmp {layout}": lambda layout=layout: ffmpeg(PLAIN, "bmp", "-pix_fmt", layout)  # type: ignore[misc]
       for layout in ("rgb565le", "rgb555le", "rgb444le", "pal8", "gray", "bgra", "rgb8")},
    "bmp 4444": lambda: imagemagick(CLEAR, "bmp", "-define", "bmp:subtype=ARGB4444"),
    "ico": lambda: imagemagick(CLEAR, "ico"),
    "ico palette": lambda: imagemagick(CLEAR, "ico", "-colors", "200"),
    "ico bilevel": lambda: imagemagick(gradient(31, 31), "ico", "-monochrome"),
    "ico sizes": lambda: imagemagick(gradient(64, 64), "ico", "-define", "icon:auto-resize=64,32,16"),
    "ico png": lambda: saved(PILImage.fromarray(CLEAR), "ICO", sizes=[(64, 48)]),
    **{f"{plugin.lower()} orientation {turn}": lambda turn=turn, plugin=plugin: written(  # type: ignore[misc]
        PLAIN, plugin, exif=exif(turn)) for turn in range(1, 9) for plugin in ("JPEG", "PNG", "AVIF")},
}  # fmt: skip


@cache
def file_of(name: str) -> bytes:
    return FILES[name]()


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with opened_page() as page:
        yield page


@pytest.mark.parametrize("name", FILES)
def test_chromium_shows_the_same(page: Page, name: str) -> None:
    file = file_of(name)
    photo, there = decode(file), shown(page, file)
    assert there is not None
    alpha = np.full(photo.image.shape[:2], 255) if photo.alpha is None else photo.alpha
    opaque = alpha == 255
    assert difference(alpha, there[..., 3])[1] <= 1
    if opaque.any():
        mean, most = difference(photo.image[opaque], there[opaque][:, :3])
        assert mean <= 0.6
        assert most <= 8


@pytest.mark.parametrize(("icc", "side"), in_turn([None, DISPLAY_P3], [1280, 640]))
def test_a_large_jpeg_is_reduced_while_decoding_to_the_same_colours(icc: bytes | None, side: int) -> None:
    """Waves fine and coarse in colours that change: what a decoder's own reduction might blur or shift."""
    across, down = np.meshgrid(np.linspace(0, 150, 2600), np.linspace(0, 90, 1900))
    waves = [127 + 60 * np.sin(across * (1 + channel)) + 60 * np.cos(down) for channel in range(3)]
    pixels = np.stack(waves, axis=-1).round().astype(np.uint8)
    file = written(pixels, "JPEG", exif=exif(6), **({"icc_profile": icc} if icc else {}))
    full, preview = decode(file).image, open_preview(file, side).image
    small = cv2.resize(full, preview.shape[1::-1], interpolation=cv2.INTER_AREA)
    assert difference(preview, small)[0] <= 1


@pytest.mark.parametrize("name", FILES)
def test_a_preview_is_the_full_picture_made_smaller(name: str) -> None:
    file = file_of(name)
    full, preview = decode(file), open_preview(file, 24)
    assert max(preview.image.shape[:2]) == 24
    assert preview.metadata["notes"] == full.metadata["notes"]
    if full.alpha is None:
        size = (preview.image.shape[1], preview.image.shape[0])
        small = cv2.resize(full.image, size, interpolation=cv2.INTER_AREA)
        assert difference(preview.image, small)[0] <= 1.5


BEYOND_BROWSERS: dict[str, Callable[[], bytes]] = {
    "jp2": lambda: imagemagick(PLAIN, "jp2"),
    "jp2 alpha": lambda: imagemagick(CLEAR, "jp2"),
    "jp2 pillow": lambda: written(PLAIN, "JPEG2000"),
    "jp2 codestream": lambda: imagemagick(PLAIN, "j2k"),
    "jp2 16 bits": lambda: imagemagick(PLAIN, "jp2", "-depth", "16"),
    "jp2 4 bits": lambda: imagemagick(PLAIN, "jp2", "-depth", "4"),
    "jp2 grey 12 bits": lambda: imagemagick(PLAIN, "jp2", "-type", "grayscale", "-depth", "12"),
    "jp2 ffmpeg 16": lambda: ffmpeg(CLEAR, "jp2", "-c:v", "libopenjpeg", "-pix_fmt", "rgba64le"),
    "jp2 ffmpeg 12 grey": lambda: ffmpeg(PLAIN, "jp2", "-c:v", "libopenjpeg", "-pix_fmt", "gray12le"),
}


@pytest.mark.parametrize("name", BEYOND_BROWSERS)
def test_imagemagick_shows_the_same_of_what_browsers_do_not(name: str) -> None:
    file = BEYOND_BROWSERS[name]()
    photo, there = decode(file), opened_by_imagemagick(file, "jp2")
    alpha = np.full(photo.image.shape[:2], 255) if photo.alpha is None else photo.alpha
    assert difference(alpha, there[..., 3])[1] <= 1
    # ImageMagick cuts 16 bits to 8 where we round.
    assert difference(photo.image, there[..., :3])[0] <= 1.6


@pytest.mark.parametrize("layout", ["yuv420p", "yuv422p", "yuva420p"])
@pytest.mark.parametrize(("width", "height"), [(64, 48), (63, 48), (64, 47)])
def test_jpeg_2000_of_coarse_colours_is_right_or_refused(width: int, height: int, layout: str) -> None:
    """Pillow shows the colours askew where their rows are not a whole share of the picture's."""

    def written_as(layout: str) -> bytes:
        pixels = np.dstack([gradient(height, width), fade(height, width)])
        return ffmpeg(pixels, "jp2", "-c:v", "libopenjpeg", "-pix_fmt", layout)

    file, fine = written_as(layout), decode(written_as(f"{layout[:-4]}444p"))
    if width % 2 or (height % 2 and "420" in layout):
        with pytest.raises(DecodeError, match="coarser"):
            decode(file)
    else:
        photo = decode(file)
        assert difference(photo.image, fine.image)[0] <= 3
        assert photo.alpha is None or difference(photo.alpha, fade(height, width))[1] <= 2


def test_a_deep_grey_heic_keeps_its_greys() -> None:
    deep = pillow_heif.from_bytes("L;16", (64, 48), (GREY.astype(np.uint16) * 257).tobytes())
    file = io.BytesIO()
    deep.save(file, quality=95)
    assert difference(decode(file.getvalue()).image, GREY[..., None].repeat(3, 2))[0] <= 1


@pytest.mark.parametrize(("file", "near"), [(lambda: libheif(CLEAR), 0.8), (lambda: imagemagick(PLAIN, "heic"), 3)])
def test_heic_is_near_the_pixels_it_was_made_of(file: Callable[[], bytes], near: float) -> None:
    photo = decode(file())
    assert difference(photo.image, PLAIN)[0] <= near
    assert photo.alpha is None or difference(photo.alpha, fade())[1] <= 2


def test_a_heic_of_multiplied_colours_shows_them_straight() -> None:
    stored, file = PILImage.fromarray(CLEAR).convert("RGBa"), io.BytesIO()
    pillow_heif.from_pillow(stored).save(file, quality=100, chroma=444)
    photo = decode(file.getvalue())
    assert photo.alpha is not None
    seen = photo.alpha > 128
    assert difference(photo.image[seen], CLEAR[seen][:, :3])[0] <= 2


def test_another_picture_is_not_shown_for_a_heic_that_cannot_be_read() -> None:
    """Its first picture, the one it is of, told to be laid out of tiles that are not there."""
    both, file = pillow_heif.from_pillow(PILImage.fromarray(PLAIN)), io.BytesIO()
    both.add_from_pillow(PILImage.fromarray(PLAIN[::2, ::2]))
    both.save(file)
    with pytest.raises(DecodeError, match="damaged"):
        decode(file.getvalue().replace(b"hvc1", b"grid", 1))


@pytest.mark.parametrize("turn", range(1, 9))
def test_heic_is_turned_once(turn: int) -> None:
    """The file's own rotation and mirroring count, the EXIF orientation that tells of the same does not."""
    turned = decode(libheif(PLAIN, exif=exif(turn).tobytes())).image
    upright = decode(written(PLAIN, "PNG", exif=exif(turn))).image
    assert difference(turned, upright)[0] < 0.8


@pytest.mark.parametrize(("name", "says"), [("apng", "animation of 2 frames"), ("webp animated", "2 frames"),
                                            ("gif animated", "2 frames"), ("avif hdr codes", "HDR")])  # fmt: skip
def test_what_is_not_shown_is_said_in_words(name: str, says: str) -> None:
    assert any(says in note for note in decode(file_of(name)).metadata["notes"])
