"""Networks find people in a photo, wherever steps move it; and where they fail, nobody is shown."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from effects import EFFECTS, Photo, Pipeline, Stream, decode, encode, render
from effects.cli import main
from effects.image import Image
from effects.masks.mask import FOUND, SHAPES
from effects.models.sight import Sight
from effects.models.tracking import HELD
from effects.shaders import coverage
from tests.portrait import SMALL, detail, face_of, portrait

pytestmark = pytest.mark.slow

FINDING = [name for name, effect in EFFECTS.items() if effect.finds]


def excess_of_blue(colors: Image) -> float:
    """How far blue stands above the other channels, in the mean."""
    red, green, blue = colors.astype(float).T
    return float(np.maximum(blue - np.maximum(red, green), 0).mean())


def test_all_kinds_are_shapes_and_what_has_to_be_found_says_so() -> None:
    assert {*FOUND} < {*SHAPES}
    for kind in FOUND:
        step = EFFECTS["exposure"].step(mask=[{"kind": kind, "invert": True}])
        again = Pipeline.from_json(Pipeline((step,)).to_json())
        assert again == Pipeline((step,))
        assert again.asks_networks
        assert '"version": 2' in again.to_json()
    assert all(coverage()[name] == "server: it needs a model" for name in FINDING)


@pytest.mark.parametrize("way", ["pixelate", "blur", "fill"])
def test_a_face_is_hidden_and_all_else_stays(way: str) -> None:
    image = portrait()
    out = Pipeline((EFFECTS["hide_faces"].step(way=way),))(image)
    assert detail(face_of(out)) < 0.5 * detail(face_of(image))
    assert np.array_equal(out[SMALL // 2 :], image[SMALL // 2 :])
    cells = cv2.absdiff(out, image).max(axis=2) > 0
    assert 0.02 < cells.mean() < 0.2
    if way == "pixelate":
        across = np.unique(face_of(out).reshape(-1, 3), axis=0)
        assert len(across) <= 8 * 8


def test_it_finds_the_face_wherever_steps_have_moved_it() -> None:
    """A turn and a mirror: what is hidden then is what is hidden without them, turned and mirrored."""
    image, hidden = portrait(), EFFECTS["hide_faces"].step(way="fill", color="#00ff00")
    turn = EFFECTS["rotate_flip"].step(angle="180", flip_horizontal=True)
    before = (Pipeline((hidden, turn))(image) == (0, 255, 0)).all(axis=2)
    after = (Pipeline((turn, hidden))(image) == (0, 255, 0)).all(axis=2)
    assert before.any()
    assert after[before].all()  # and more, where the face is found upside down, too
    border = EFFECTS["border"].step(width=0.1)
    framed = Pipeline((border, EFFECTS["exposure"].step(stops=1, mask=[{"kind": "person"}])))(image)
    edge = round(0.1 * SMALL) - 2
    assert np.array_equal(framed[:edge], Pipeline((border,))(image)[:edge])


def test_live_a_face_stays_hidden_for_a_while_and_failure_hides_the_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    image, running = portrait(), Stream(Pipeline((EFFECTS["hide_faces"].step(way="fill"),)))
    gone = np.full_like(image, 128)
    first = running(image, 0.0)
    assert (face_of(first) == 0).all()
    assert np.array_equal(first[SMALL // 2 :], image[SMALL // 2 :])
    for number in range(1, HELD):
        assert (face_of(running(gone, number / 30)) == 0).all()
    assert not (running(gone, HELD / 30) == 0).any()
    with monkeypatch.context() as patch:
        patch.setattr(cv2.dnn.Net, "forward", lambda *_: 1 / 0)
        assert not running(image, 1.0).any()
        assert not Stream(running.pipeline)(image, 0.0).any()
    assert (face_of(running(image, 1.1)) == 0).all()


def test_a_cut_out_laid_over_what_it_was_cut_from_is_the_picture() -> None:
    image = portrait()
    result = Pipeline((EFFECTS["cut_out"].step(who="person"),)).apply(Photo(image))
    assert result.alpha is not None
    share = result.alpha[..., None] / 255
    again = share * result.image + (1 - share) * image
    sure = (result.alpha == 255) | (result.alpha == 0)
    assert np.array_equal(again[sure], image[sure])
    assert np.abs(again - image).mean() <= 1
    assert 0.3 < share.mean() < 0.9
    assert result.alpha[:20, :20].max() == 0
    assert face_of(result.alpha)[10:-10, 10:-10].mean() > 254
    hidden = result.alpha == 0
    assert (result.image[hidden] == 255).all(), "what cannot be seen is not in the file either"
    # Cut from blue, little of the blue is left in the colours of mixed pixels.
    blue = Pipeline((EFFECTS["background"].step(way="color", color="#0000ff"),))(image)
    cut = Pipeline((EFFECTS["cut_out"].step(who="person"),)).apply(Photo(blue))
    assert cut.alpha is not None
    mixed = (cut.alpha > 60) & (cut.alpha < 200)
    before, after = (excess_of_blue(each[mixed]) for each in (blue, cut.image))
    assert before > 20
    assert after < 0.5 * before
    half = Pipeline((EFFECTS["cut_out"].step(who="person", strength=0.5),)).apply(Photo(image))
    assert half.alpha is not None
    assert int(half.alpha.min()) in (127, 128)


def test_a_sticker_has_its_line_and_its_file_its_transparency() -> None:
    image = portrait()
    cut, sticker = (EFFECTS["cut_out"].step(who="person", outline=outline) for outline in (0.0, 0.03))
    alone, lined = (Pipeline((step,)).apply(Photo(image)) for step in (cut, sticker))
    assert alone.alpha is not None
    assert lined.alpha is not None
    added = (lined.alpha == 255) & (alone.alpha == 0)
    assert (lined.image[added] == 255).all()
    assert 0.01 < added.mean() < 0.2
    file = decode(encode(lined, format="png"))
    assert file.alpha is not None
    assert np.array_equal(file.alpha, lined.alpha)


def test_each_backdrop_is_what_it_says() -> None:
    image = portrait()
    plane = Sight(image)("person")
    backdrops: dict[str, Callable[[float], Any]] = {
        "color": lambda y: np.full(3, [0x33, 0x66, 0x99]),
        "gradient": lambda y: np.array([0x33, 0x66, 0x99]) * (1 - y) + np.array([255, 255, 255]) * y,
    }
    for way, backdrop in backdrops.items():
        step = EFFECTS["background"].step(way=way, color="#336699", second="#ffffff")
        out = Pipeline((step,))(image)
        assert np.array_equal(out[plane == 255], image[plane == 255])
        for row, column in np.argwhere(plane == 0)[::97]:
            assert np.abs(out[row, column] - backdrop((row + 0.5) / SMALL)).max() <= 1
    blurred = Pipeline((EFFECTS["background"].step(radius=0.03),))(image)
    assert np.array_equal(blurred[plane == 255], image[plane == 255])
    assert detail(blurred[:60, :60]) < 0.5 * detail(image[:60, :60])


def test_skin_loses_its_texture_and_nothing_else_changes() -> None:
    chance = np.random.default_rng(3)
    image = np.clip(portrait(512) + chance.normal(0, 6, (512, 512, 3)), 0, 255).astype(np.uint8)
    plane = Sight(image)("face")
    out = Pipeline((EFFECTS["smooth_skin"].step(amount=1.0),))(image)
    assert np.array_equal(out[plane == 0], image[plane == 0])
    # Most of a face is skin: half of its pixels stand out less than so much.
    before, after = (np.median(np.abs(cv2.Laplacian(each, cv2.CV_64F))[plane == 255]) for each in (image, out))
    assert after < 0.6 * before
    assert np.abs(out[plane == 255].mean(axis=0) - image[plane == 255].mean(axis=0)).max() <= 2
    assert Pipeline((EFFECTS["smooth_skin"].step(amount=0),)).changes_nothing


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=pytest.mark.deep if name == "cut_out" else ()) for name in FINDING]
)
def test_they_keep_what_every_effect_promises(name: str) -> None:
    """A picture of the same size that went in unchanged; strength and masks mix; fused and plain are alike."""
    image = portrait()
    image.setflags(write=False)
    step = EFFECTS[name].step()
    whole = Pipeline((step,))(image)
    assert whole.shape == image.shape
    assert np.array_equal(whole, Pipeline((step,))(image))
    mask = [{"kind": "linear", "x0": 0.2, "y0": 0.1, "x1": 0.7, "y1": 0.8}]
    stack = Pipeline((EFFECTS["exposure"].step(stops=0.2), EFFECTS[name].step(mask=mask), EFFECTS["contrast"].step()))
    if name != "cut_out":  # which mixes colours as they are seen, and plain knows no transparency
        assert cv2.absdiff(stack(image), stack.plain(image)).max() <= 2
        half = Pipeline((EFFECTS[name].step(strength=0.5),))(image)
        assert np.abs(half - (image.astype(float) + whole) / 2).max() <= 0.51
    alpha = np.full(image.shape[:2], 255, np.uint8)
    alpha[:, :40] = 0
    one = Pipeline((step,)).apply(Photo(image, alpha))
    other = image.copy()
    other[:, :40] = 7
    two = Pipeline((step,)).apply(Photo(other, alpha))
    assert one.alpha is not None
    assert two.alpha is not None
    assert np.array_equal(one.alpha, two.alpha)
    assert np.array_equal(one.image[one.alpha > 0], two.image[one.alpha > 0])
    assert one.alpha[:, :40].max() == 0


@pytest.mark.parametrize(
    ("kind", "least"), [("face", 0.9), ("head", 0.9), pytest.param("person", 0.98, marks=pytest.mark.deep)]
)
def test_a_preview_finds_what_the_export_does(kind: str, least: float) -> None:
    large, small = portrait(1024), portrait(512)
    one, other = cv2.resize(Sight(large)(kind), (512, 512), interpolation=cv2.INTER_AREA), Sight(small)(kind)
    both, either = cv2.min(one, other).sum(dtype=float), cv2.max(one, other).sum(dtype=float)
    assert both / either >= least


def test_people_in_noise_do_not_flicker() -> None:
    chance, running = np.random.default_rng(5), Stream(Pipeline((EFFECTS["background"].step(way="color"),)))
    wide = np.ascontiguousarray(cv2.resize(portrait(512), (480, 270)))
    planes = []
    for number in range(6):
        frame = np.clip(wide + chance.normal(0, 6, wide.shape), 0, 255).astype(np.uint8)
        running(frame, number / 30)
        planes.append(running._tracked.people > 127)
    for one, other in pairwise(planes[2:]):
        assert (one & other).sum() / (one | other).sum() >= 0.98


def test_a_file_with_a_hidden_face_has_no_small_picture_of_it(tmp_path: Path) -> None:
    """Neither EXIF's thumbnail nor the former pixels leave in any file that is written."""
    image = portrait()
    thumbnail = encode(Photo(portrait(64)), format="jpeg")
    recipe = Pipeline((EFFECTS["hide_faces"].step(way="fill"),)).to_json()
    file = encode(Photo(image), format="jpeg", quality=95)
    held = with_thumbnail(file, thumbnail)
    assert thumbnail in held
    for metadata in ("keep", "strip"):
        made = render(held, recipe, metadata=metadata, embed_recipe=True)
        assert thumbnail not in made
        assert made.count(b"\xff\xd8\xff") == 1
        assert face_of(decode(made).image).max() <= 24
    (tmp_path / "in.jpg").write_bytes(held)
    assert main(["apply", str(tmp_path / "in.jpg"), str(tmp_path / "out.png"), "--effect", "hide_faces"]) == 0
    assert thumbnail not in (tmp_path / "out.png").read_bytes()


def with_thumbnail(jpeg: bytes, thumbnail: bytes) -> bytes:
    """A JPEG with an EXIF block whose second directory holds a small picture."""

    def entry(tag: int, kind: int, count: int, value: int) -> bytes:
        return tag.to_bytes(2, "big") + kind.to_bytes(2, "big") + count.to_bytes(4, "big") + value.to_bytes(4, "big")

    first = (1).to_bytes(2, "big") + entry(0x0112, 3, 1, 1 << 16) + (26).to_bytes(4, "big")
    at = 26 + 2 + 3 * 12 + 4
    second = (3).to_bytes(2, "big") + entry(0x0103, 3, 1, 6 << 16) + entry(0x0201, 4, 1, at)
    second += entry(0x0202, 4, 1, len(thumbnail)) + bytes(4)
    block = b"Exif\0\0MM\0*" + (8).to_bytes(4, "big") + first + second + thumbnail
    return jpeg[:2] + b"\xff\xe1" + (len(block) + 2).to_bytes(2, "big") + block + jpeg[2:]
