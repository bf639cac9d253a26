"""What whoever runs the app may set, beside the library's limits: what may be held, and what is told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from effects.settings import choice, number, read_settings, text


@dataclass(frozen=True)
class AppSettings:
    """What one session, and all sessions of this process together, may ask of it; what it tells whom."""

    live_seats: int | None = number(None, "seats", (1, 10_000), "for people who are live at once", "one a core")
    live_way: str = choice("device", ("device", "server"), "where Live computes effects as long as nobody has chosen")
    session_jobs: int = number(6, "jobs", (1, 1000), "of one session that may wait or run at once")
    exports_a_minute: int = number(30, "files", (1, 10_000), "of whole pictures that are made for one session a minute")
    saved_mb: int = number(60, "MB", (1, 10_000), "of saved files that are kept for one session, to be had again")
    session_mb: int = number(600, "MB", (25, 100_000), "of uploads that one session may hold")
    uploads_mb: int = number(2000, "MB", (25, 1_000_000), "of uploads that all sessions together may hold")
    batches_mb: int = number(
        5000,
        "MB",
        (25, 1_000_000),
        "on disk that the photos of all batches and their results may fill before more come",
    )
    upload_files: int = number(200, "files", (1, 100_000), "that one session may have uploaded and not let go")
    videos_mb: int = number(4000, "MB", (1, 1_000_000), "of videos that all sessions together may have on the disk")
    metrics: str = choice("private", ("private", "public", "off"), "who may read `/metrics`: see below")
    events: str = choice("troubles", ("off", "troubles", "all"), "which events have a line in the log: see below")
    framed_by: str = text(
        r"https?://[A-Za-z0-9_.*:-]+( https?://[A-Za-z0-9_.*:-]+)*",
        "https://huggingface.co",
        "sites, with spaces between them, that may show the app in a frame, as itself may",
    )


SETTINGS = read_settings(AppSettings)

RELAY: Mapping[str, str] = MappingProxyType(
    {
        "EMULSION_ICE_SERVERS": "servers of your own, as RTCPeerConnection takes them: a list in JSON",
        "EMULSION_TURN_URLS": "addresses of a coturn of your own, in a row with commas",
        "EMULSION_TURN_SECRET": "what that coturn and the app both know (`use-auth-secret`)",
        "CLOUDFLARE_TURN_KEY_ID": "of Cloudflare's TURN",
        "CLOUDFLARE_TURN_KEY_API_TOKEN": "of the same key",
        "TWILIO_ACCOUNT_SID": "of Twilio's TURN",
        "TWILIO_AUTH_TOKEN": "of the same account",
        "HF_TOKEN": "of Hugging Face's community TURN",
        "EMULSION_ICE_POLICY": "`relay` sends all video through the relay, even where a direct way exists: to test it",
    }
)
"""What may be set of the relay of live video, here or in Streamlit's secrets; the first that is set counts."""


def relay_table() -> str:
    """The settings of the relay as a table in Markdown."""
    return "\n".join(
        ["| setting | what it is |", "|---|---|", *(f"| `{name}` | {what} |" for name, what in RELAY.items()), ""]
    )
