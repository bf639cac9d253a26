"""The sound of the result: the pieces of the source as they are where the container takes them, else converted."""

from __future__ import annotations

from typing import Any

import av

from effects.codec.limits import lacks_memory
from effects.video.moment import SoundPiece

COPIED: dict[str, tuple[str, ...]] = {
    "mp4": ("aac", "mp3", "ac3", "eac3", "alac", "opus"),
    "mov": ("aac", "mp3", "ac3", "eac3", "alac", "pcm_s16le", "pcm_s16be", "pcm_s24le", "pcm_s24be", "pcm_f32le"),
    "webm": ("opus", "vorbis"),
    "matroska": ("aac", "mp3", "ac3", "eac3", "alac", "opus", "vorbis", "flac", "dts", "pcm_s16le", "pcm_s24le"),
}
"""The sounds that players expect in each container."""

ENCODERS = {"webm": ("libopus", 48_000)}
"""What the others become: Opus in WebM, whose rate is always this, and AAC elsewhere."""

AAC = "aac"
AAC_RATES = (8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000, 64000, 88200, 96000)
BITS_A_CHANNEL = 96_000
LAYOUTS = {1: "mono", 2: "stereo", 3: "3.0", 4: "4.0", 5: "5.0", 6: "5.1", 8: "7.1"}
"""Speakers by their number, as both encoders know them; any other number becomes two."""

CONVERTED_NOTE = "The sound was {source} and is {target} now, which this kind of file holds."
UNREAD_NOTE = "The sound of this video cannot be read and was left out."


class Sound:
    """The sound's way into an open file. `note` is for the person once it is finished."""

    def __init__(self, container: Any, form: str, source: Any) -> None:
        self._container, self._source = container, source
        self._name = source.codec_context.codec.canonical_name if source.codec_context else ""
        self.is_copied = self._name in COPIED[form]
        self._has_failed = False
        self._count = 0
        if self.is_copied:
            self._stream = container.add_stream_from_template(source)
            return
        encoder, rate = ENCODERS.get(form, (AAC, source.codec_context.sample_rate))
        if rate not in AAC_RATES:
            rate = 48_000
        layout = LAYOUTS.get(source.codec_context.channels, "stereo")
        self._stream = container.add_stream(encoder, rate=rate, layout=layout)
        self._stream.bit_rate = BITS_A_CHANNEL * self._stream.codec_context.channels
        self._resampler = av.AudioResampler(format=self._stream.codec_context.format, layout=layout, rate=rate)

    @property
    def note(self) -> str | None:
        """A sentence for the person where the sound is not what it was."""
        if self._has_failed:
            return UNREAD_NOTE
        if self.is_copied:
            return None
        return CONVERTED_NOTE.format(source=self._name, target=self._stream.codec_context.codec.canonical_name)

    def add(self, piece: SoundPiece) -> None:
        """Write a piece, or what it becomes."""
        packet = piece.packet
        if self.is_copied:
            packet.stream = self._stream
            self._container.mux(packet)
            return
        self._convert(packet)

    def finish(self) -> None:
        """Write what the encoder still holds."""
        if self.is_copied:
            return
        self._convert(None)
        if self._count:
            self._container.mux(self._stream.encode(None))

    def _convert(self, packet: Any) -> None:
        try:
            frames = self._source.codec_context.decode(packet)
        except av.FFmpegError as error:
            if lacks_memory(error):
                raise
            self._has_failed = not self._count
            return
        for frame in frames:
            for fitting in self._resampler.resample(frame):
                self._count += 1
                self._has_failed = False
                self._container.mux(self._stream.encode(fitting))
