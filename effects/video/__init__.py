"""A stack over a video or an animation, from file to file: see `effects.video.rendering`. It needs PyAV (`av`)."""

from effects.video.facts import VideoFacts, frame_at, probe
from effects.video.limits import PAGE_LIMITS, VideoLimits
from effects.video.rendering import Rendered, render_video

__all__ = ["PAGE_LIMITS", "Rendered", "VideoFacts", "VideoLimits", "frame_at", "probe", "render_video"]
