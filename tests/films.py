"""Small videos for tests: made by ffmpeg, and read by it and by ffprobe, which know nothing of ours."""

from __future__ import annotations

import json
import struct
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from effects.image import Image
from tests.tools import path_of

TAGGED = {
    name: ["-color_primaries", primaries, "-color_trc", transfer, "-colorspace", space, "-color_range", limits]
    for name, primaries, transfer, space, limits in (
        ("bt709", "bt709", "bt709", "bt709", "tv"),
        ("bt601", "smpte170m", "smpte170m", "smpte170m", "tv"),
        ("full", "bt709", "bt709", "bt709", "pc"),
    )
}

COLOURS = ":".join(f"c{number}=0x{c}" for number, c in enumerate(("204a87", "f57900", "73d216", "ad7fa8", "edd400")))
"""Said one by one: where they are not, ffmpeg takes others in each run, whatever its seed."""

PICTURES = f"gradients=size={{size}}:rate=10:speed=0.05:seed=4:nb_colors=5:{COLOURS},format=gbrp"
"""Smooth colours that move, as a lens gives them: those of test cards have edges that no half resolution holds."""

CALM = PICTURES.replace("nb_colors=5", "nb_colors=2")
"""Colours that half the resolution holds wherever its places lie."""

TONE = "sine=frequency=440:sample_rate=44100,volume=4,aformat=channel_layouts={layout}"


def ffmpeg(*words: str | Path) -> bytes:
    """What ffmpeg writes to its standard output."""
    command = [path_of("ffmpeg"), "-v", "error", "-y", "-threads", "1", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=True).stdout


def film(
    path: Path, *after: str, size: str = "64x48", seconds: float = 0.8, layout: str | None = "stereo",
    colours: str = "bt709", pictures: str = PICTURES, matrix: str | None = None, form: str = "yuv420p",
) -> Path:  # fmt: skip
    """A video of moving colours and a tone; `after` are ffmpeg's words for the file."""
    tags = TAGGED.get(colours, [])
    matrix = matrix or {"bt601": "bt601"}.get(colours, "bt709")
    limits = "full" if colours == "full" else "limited"
    shown = f"{pictures.format(size=size)},scale=out_color_matrix={matrix}:out_range={limits}:flags=accurate_rnd"
    tone = [] if layout is None else ["-f", "lavfi", "-i", TONE.format(layout=layout)]
    ffmpeg(
        "-f", "lavfi", "-i", f"{shown},format={form}", *tone, "-t", str(seconds), "-c:v", "libx264",
        "-preset", "ultrafast", "-crf", "8", *tags, *after, path,
    )  # fmt: skip
    return path


def turned(source: Path, target: Path, cosine: int = 0, sine: int = 1) -> Path:
    """The same video with a camera's matrix: without more, held upright, a quarter of a turn to the right."""
    data = bytearray(source.read_bytes())
    # In the track's header, version 0: ISO 14496-12, 8.3.2; seven numbers of 16.16 and two of 2.30.
    at = data.index(b"tkhd") + 4 + 40
    matrix = (cosine << 16, sine << 16, 0, -sine << 16, cosine << 16, 0, 0, 0, 1 << 30)
    data[at : at + 36] = struct.pack(">9i", *matrix)
    target.write_bytes(data)
    return target


def probed(path: Path, *words: str) -> dict[str, Any]:
    """What ffprobe says of a file."""
    command = ["ffprobe", "-v", "error", "-of", "json", *words, str(path)]
    found: dict[str, Any] = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    return found


def stream(path: Path, kind: str = "v") -> dict[str, Any]:
    """What a file says of its first stream of a kind; nothing where there is none."""
    found = probed(path, "-show_streams", "-select_streams", f"{kind}:0")["streams"]
    return dict(found[0]) if found else {}


def times(path: Path) -> list[float]:
    """When each frame is shown, in seconds."""
    found = probed(path, "-select_streams", "v:0", "-show_entries", "frame=pts_time")["frames"]
    return [float(each["pts_time"]) for each in found]


def sound(path: Path) -> list[tuple[float, str]]:
    """Every piece of the sound: its time and the hash of what it holds."""
    words = ("-select_streams", "a:0", "-show_data_hash", "md5", "-show_entries", "packet=pts_time,data_hash")
    return [(float(each["pts_time"]), each["data_hash"]) for each in probed(path, *words)["packets"]]


def loudness(path: Path) -> float:
    """The sound's root mean square, 0..1."""
    raw = ffmpeg("-i", path, "-map", "a:0", "-f", "f32le", "-ac", "1", "-")
    return float(np.sqrt(np.mean(np.square(np.frombuffer(raw, np.float32)))))


@cache
def frames(path: Path) -> list[Image]:
    """Every frame upright, as ffmpeg shows it."""
    data = ffmpeg("-i", path, "-fps_mode", "passthrough", "-f", "image2pipe", "-c:v", "ppm", "-pix_fmt", "rgb24", "-")
    found, at = [], 0
    while at < len(data):
        _, width, height, _ = data[at : at + 40].split(maxsplit=4)[:4]
        size, start = int(width) * int(height) * 3, data.index(b"\n255\n", at) + 5
        found.append(np.frombuffer(data, np.uint8, size, start).reshape(int(height), int(width), 3))
        at = start + size
    return found


def psnr(one: Image, other: Image) -> float:
    """Peak signal to noise ratio in dB."""
    error = np.mean(np.square(one.astype(float) - other))
    return float("inf") if error == 0 else float(10 * np.log10(255**2 / error))
