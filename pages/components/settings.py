"""What whoever runs the app may set, beside the library's limits: what may be held, and what is told."""

from __future__ import annotations

from dataclasses import dataclass

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
    upload_files: int = number(200, "files", (1, 100_000), "that one session may have uploaded and not let go")
    metrics: str = choice("private", ("private", "public", "off"), "who may read `/metrics`: see below")
    events: str = choice("troubles", ("off", "troubles", "all"), "which events have a line in the log: see below")
    framed_by: str = text(
        r"https?://[\w.*:-]+( https?://[\w.*:-]+)*",
        "https://huggingface.co",
        "sites, with spaces between them, that may show the app in a frame, as itself may",
    )


SETTINGS = read_settings(AppSettings)
