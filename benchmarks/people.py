"""`python -m benchmarks.people`: which faces are found, by size, light, turn and tone, how outlines fit, and the time.

The one portrait that there is (NASA's of Eileen Collins, public domain, out of scikit-image) is pasted into scenes of
1280 x 853 pixels. One person says little about others: detectors are known to find darker skin, dim light, profiles and
covered faces less often (arXiv 2211.15937, 2211.03588), and the tones here are only simulated.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise, product

import cv2
import numpy as np
from skimage import data

from benchmarks.subjects import fits
from effects import EFFECTS, Pipeline, Stream, clear_caches
from effects.image import Alpha, Image
from effects.models.faces import Face, frame_faces, still_faces
from effects.models.outlines import frame_person_map, person_map, refined, subject_map
from effects.models.sight import Sight
from effects.models.tracking import LIVE_SCORE
from effects.tuning import tune

SIDES = 1280, 853
FACE = (170.0, 67.0, 280.0, 177.0)
"""The face of the portrait, of 512 x 512 pixels, from its brows to its chin."""

CUT = (slice(0, 330), slice(60, 400))
"""What of the portrait is pasted: head and shoulders."""

SIZES = (18, 24, 30, 46, 64, 91, 140)
LIGHTS = (1.0, 0.5, 0.25, 0.12)
TURNS = (0, 15, 30, 45, 90)
TONES = (1.0, 0.75, 0.5, 0.35)

ENOUGH = 0.35
"""Of what a box and the face's own share of both: from here on that face counts as found."""

MAX_FRAME_MS = {"720p": 15.0, "480p": 1000 / 28}
"""What another backdrop may take of one core a frame of live video."""

MAX_EDGES_MS = 80.0
"""What laying an outline onto the edges of 12 megapixels may take of one core."""

LIVE_ROUNDS = 15

NOISE = 4.0, 8.0
"""The standard deviations in levels under which outlines of a still scene have to stay."""

LIVE_SIZES = {"480p": (854, 480), "720p": (1280, 720)}


@dataclass(frozen=True)
class Case:
    """A face that was pasted, whether it was found, and how many boxes lie around none."""

    is_found: bool
    false: int


@cache
def scenes() -> tuple[Image, ...]:
    """Photos and drawings without a face in them."""
    chance = np.random.default_rng(1)
    noise = chance.integers(0, 255, (24, 36, 3), dtype=np.uint8)
    pictures = data.coffee(), data.chelsea(), data.rocket(), cv2.resize(noise, SIDES, interpolation=cv2.INTER_CUBIC)
    return tuple(cv2.resize(picture, SIDES, interpolation=cv2.INTER_AREA) for picture in pictures)


def toned(image: Image, tone: float) -> Image:
    """The portrait with skin so much darker, and its reds less so: a simulation, no other person's skin."""
    gains = np.array([tone**0.8, tone, tone**1.1])
    return np.clip(image * gains, 0, 255).astype(np.uint8)


def placed(scene: Image, size: int, *, light: float = 1.0, turned: float = 0, seed: int = 0, tone: float = 1.0) -> Case:
    """Whether a face of so many pixels is found, pasted somewhere into a scene, and all of it made so dark."""
    share = size / (FACE[2] - FACE[0])
    head = np.ascontiguousarray(toned(data.astronaut(), tone)[CUT])
    height, width = head.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), turned, share)
    sides = round(width * share), round(height * share)
    turn[:, 2] += np.array(sides) / 2 - [width / 2, height / 2]
    pasted = cv2.warpAffine(head, turn, sides, flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    if share < 1 and not turned:
        pasted = cv2.resize(head, sides, interpolation=cv2.INTER_AREA)
    chance = np.random.default_rng([seed, size])
    x, y = (int(chance.integers(0, most - side)) for most, side in zip(SIDES, sides, strict=True))
    image = scene.copy()
    image[y : y + sides[1], x : x + sides[0]] = pasted
    image = np.rint(image * light).astype(np.uint8)
    middle = turn[:, :2] @ [(FACE[0] + FACE[2]) / 2 - CUT[1].start, (FACE[1] + FACE[3]) / 2] + turn[:, 2] + [x, y]
    corners = (middle - size / 2) / SIDES, (middle + size / 2) / SIDES
    (left, top), (right, bottom) = (corner.tolist() for corner in corners)
    there = Face(left, top, right, bottom, 1.0)
    faces, (x, y) = still_faces(image), (middle / SIDES).tolist()
    is_found = any(face.overlap(there) >= ENOUGH for face in faces)
    return Case(is_found, sum(not (face.left < x < face.right and face.top < y < face.bottom) for face in faces))


def recall(**asked: float) -> str:
    """How many of one case in each scene are found, as a line."""
    cases = [placed(scene, **{"size": 64, **asked}, seed=seed) for scene, seed in product(scenes(), range(2))]  # type: ignore[arg-type]
    found, false = sum(case.is_found for case in cases), sum(case.false for case in cases)
    return f"{found / len(cases):5.0%} of {len(cases)}, {false} false"


def curves() -> Iterator[str]:
    """Recall by each of what makes faces hard to find."""
    for name, values in {"size": SIZES, "light": LIGHTS, "turned": TURNS, "tone": TONES}.items():
        for value in values:
            yield f"{name:8} {value:6g}   {recall(**{name: value})}"


def iou(one: Alpha, other: Alpha) -> float:
    """What two maps share of what both cover."""
    return float(cv2.min(one, other).sum(dtype=float) / max(cv2.max(one, other).sum(dtype=float), 1))


def outlines() -> Iterator[str]:
    """How far the portrait's outline is the same before another backdrop, larger, darker, and mirrored."""
    portrait = data.astronaut()
    own = Sight(portrait)("subject")
    for name, changed in {
        "before blue": Pipeline((EFFECTS["background"].step(way="color", color="#336699"),))(portrait),
        "twice as large": cv2.resize(portrait, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC),
        "half the light": (portrait // 2),
        "mirrored": np.ascontiguousarray(portrait[:, ::-1]),
    }.items():
        found = cv2.resize(Sight(changed)("subject"), own.shape[::-1], interpolation=cv2.INTER_AREA)
        yield f"{name:16} IoU {iou(found[:, ::-1] if name == 'mirrored' else found, own):.3f}"


def steadiness() -> Iterator[str]:
    """How far the outlines in successive frames of a still scene with noise are the same: the least of a few."""
    for (name, size), noise in product(LIVE_SIZES.items(), NOISE):
        scene, chance = cv2.resize(data.astronaut(), size), np.random.default_rng(5)
        running, planes = Stream(Pipeline((EFFECTS["background"].step(way="color", color="#000000"),))), []
        for number in range(8):
            frame = np.clip(scene + chance.normal(0, noise, scene.shape), 0, 255).astype(np.uint8)
            running(frame, number / 30)
            planes.append(np.where(running._tracked.people > 127, 255, 0).astype(np.uint8))
        least = min(iou(one, other) for one, other in pairwise(planes[1:]))
        yield f"{name}, noise of {noise:g}    IoU {least:.3f} of at least 0.98"


def milliseconds(work: Callable[[], object], rounds: int = 5) -> float:
    """The best of a few rounds, by this process's own clock."""
    taken = []
    for _ in range(rounds):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return 1000 * min(taken)


def times() -> Iterator[str]:
    """What each part takes of one core."""
    portrait = data.astronaut()
    frame = np.ascontiguousarray(cv2.resize(portrait, (1280, 720)))
    large = np.ascontiguousarray(cv2.resize(portrait, (4000, 3000)))
    small = person_map(portrait)
    for name, work in {
        "faces of a still": lambda: still_faces(scenes()[0]),
        "faces of a frame": lambda: frame_faces(frame, LIVE_SCORE),
        "people of a frame": lambda: frame_person_map(frame),
        "subject (with reading its network)": lambda: subject_map(portrait),
        "edges at 12 MP": lambda: refined(large, small),
    }.items():
        bound = f" of at most {MAX_EDGES_MS:.0f}" if name.startswith("edges") else ""
        yield f"{name:36} {milliseconds(work):7.1f} ms{bound}"
    live = {
        "background, blur": EFFECTS["background"].step(),
        "background, color": EFFECTS["background"].step(way="color"),
        "background, gradient": EFFECTS["background"].step(way="gradient"),
        "hide_faces": EFFECTS["hide_faces"].step(),
    }
    for (title, step), (name, size) in product(live.items(), LIVE_SIZES.items()):
        running, shown = Stream(Pipeline((step,))), cv2.resize(portrait, size)
        running(shown, 0.0)
        taken = milliseconds(partial(running, shown, 1.0), LIVE_ROUNDS)
        yield f"{f'{title}, {name} live':36} {taken:7.1f} ms{most(title, name)}"


def most(title: str, name: str) -> str:
    """What may be taken at most, as a word, where that is promised."""
    if not title.startswith("background"):
        return ""
    return f" of at most {MAX_FRAME_MS[name]:.0f}"


def main() -> None:
    """Print all of it."""
    tune()
    clear_caches()
    for title, lines in {
        "Faces found": curves,
        "Outlines": outlines,
        "Subjects whose outline is known": fits,
        "Outlines of a still scene, frame by frame": steadiness,
        "Time of one core": times,
    }.items():
        print(f"\n{title}")
        for line in lines():
            print(line, flush=True)


if __name__ == "__main__":
    main()
