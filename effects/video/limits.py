"""What a video may ask of the machine: bytes before it is opened, the rest as it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from effects.codec.limits import MEGA, refuse
from effects.errors import LimitError
from effects.settings import SETTINGS
from effects.stream import MAX_FRAME_PIXELS


@dataclass(frozen=True)
class VideoLimits:
    """The most that is taken of each; None where there is no limit. `pixels` are those of a frame."""

    bytes: int | None = None
    seconds: float | None = None
    pixels: int = MAX_FRAME_PIXELS
    rate: float | None = None

    def check_bytes(self, path: Path) -> None:
        """DecodeError for an empty file, LimitError for one that is too large."""
        count = path.stat().st_size
        if not count:
            refuse("The file is empty.")
        if self.bytes is not None and count > self.bytes:
            megabytes = f"{count / 2**20:.1f} MB; at most {self.bytes // 2**20} MB are taken"
            refuse(f"The video has {megabytes}.", LimitError)

    def check_size(self, width: int, height: int) -> None:
        """DecodeError for frames without pixels, LimitError for too many."""
        if width < 1 or height < 1:
            refuse("The file says that its frames have no pixels, so there is no video in it.")
        if width * height > self.pixels:
            size = f"{width} x {height} pixels; at most {self.pixels / MEGA:.1f} megapixels are taken"
            refuse(f"The frames of this video have {size}.", LimitError)

    def check_rate(self, rate: float | None) -> None:
        """LimitError for more frames a second than are taken."""
        if self.rate is not None and rate is not None and rate > self.rate:
            refuse(f"The video has {rate:.0f} frames a second; at most {self.rate:.0f} are taken.", LimitError)

    def check_seconds(self, seconds: float | None) -> None:
        """LimitError for what lasts too long."""
        if self.seconds is not None and seconds is not None and seconds > self.seconds:
            refuse(
                f"This lasts over {self.seconds:g} s, and at most so much is taken; a part of it will do.", LimitError
            )

    def check_count(self, count: int) -> None:
        """LimitError for more frames than seconds and rate allow together, whatever times they state."""
        if self.seconds is not None and self.rate is not None and count > self.seconds * self.rate + 1:
            refuse(f"The video has more than {self.seconds * self.rate:.0f} frames, and no more are taken.", LimitError)


PAGE_LIMITS = VideoLimits(
    bytes=SETTINGS.video_mb * 2**20, seconds=SETTINGS.video_seconds + 0.5, pixels=1920 * 1088, rate=60.5
)
"""What the page takes: 60 s of 1080p60 in 200 MB unless set otherwise, with the half frame more that cameras count."""
