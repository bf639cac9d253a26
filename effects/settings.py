"""What whoever runs this may set: limits with their defaults, each read once from the environment as `EMULSION_...`.

A group of settings is a frozen dataclass whose fields are made by `number`, `choice` and `text`. An import never fails
for a wrong value: the default counts, and who starts a program asks `check_settings`, which refuses in one sentence.
`docs/settings.md` is made from the same fields.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from typing import Any, TypeVar

PREFIX = "EMULSION_"

MAX_SHOWN = 40
"""Letters of a wrong value that are told."""

Group = TypeVar("Group")


class SettingError(ValueError):
    """A setting that cannot be: one sentence, which says what was asked and what is allowed."""


@dataclass(frozen=True)
class Allowed:
    """What a setting may be: a whole number from `least` to `most`, one of some `words`, or a text of a `form`.

    `example` is such a text; `usual` says in words what counts where nothing is set, if the default itself does not.
    """

    meaning: str
    least: int = 0
    most: int = 0
    unit: str = ""
    words: tuple[str, ...] = ()
    form: str = ""
    example: str = ""
    usual: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it is a whole number."""
        return self.most > 0

    @property
    def rule(self) -> str:
        """What is allowed, as a sentence goes on after "has to be"."""
        if self.is_number:
            return f"a whole number{f' of {self.unit}' if self.unit else ''} from {self.least} to {self.most}"
        return f"one of {', '.join(self.words)}" if self.words else f"such as {self.example}"

    def parse(self, name: str, given: str) -> int | str:
        """The value in these letters; SettingError."""
        if self.is_number:
            is_allowed = bool(re.fullmatch(r"[0-9]{1,9}", given)) and self.least <= int(given) <= self.most
        else:
            is_allowed = given in self.words if self.words else bool(re.fullmatch(self.form, given))
        if not is_allowed:
            raise SettingError(f"{name} is {given[:MAX_SHOWN]!r}; it has to be {self.rule}.")
        return int(given) if self.is_number else given


def number(default: int | None, unit: str, allowed: tuple[int, int], meaning: str, usual: str = "") -> Any:
    """A whole number of this unit; None by default where `usual` says what counts then."""
    return field(default=default, metadata={"allowed": Allowed(meaning, *allowed, unit, usual=usual)})


def choice(default: str, words: tuple[str, ...], meaning: str) -> Any:
    """One of these words."""
    return field(default=default, metadata={"allowed": Allowed(meaning, words=words)})


def text(form: str, example: str, meaning: str) -> Any:
    """A text of a form (a regular expression), such as the example; none by default."""
    return field(default="", metadata={"allowed": Allowed(meaning, form=form, example=example)})


@dataclass(frozen=True)
class LibrarySettings:
    """What one picture, one job and all jobs together may ask of the machine."""

    megabytes: int = number(25, "MB", (1, 500), "of 2^20 bytes each, a photo's file may have")
    megapixels: int = number(50, "megapixels", (1, 500), "a photo may have")
    video_mb: int = number(200, "MB", (1, 10_000), "of 2^20 bytes each, a video's file may have on the page")
    video_seconds: int = number(60, "seconds", (1, 3600), "of a video that are worked on at once on the page")
    seconds: int = number(10, "seconds", (1, 600), "a job may take before its process is ended")
    memory_mb: int = number(1200, "MB", (200, 65536), "a job may map beyond what its process began with")
    workers: int | None = number(None, "processes", (1, 256), "that open and render pictures", "one a core")
    worker_jobs: int = number(500, "jobs", (1, 100_000), "after which a process is replaced by a new one")
    queue: int = number(
        100, "jobs", (1, 10_000), "that may wait for a process; the next is told that the server is busy"
    )
    queue_seconds: int = number(60, "seconds", (1, 3600), "a job may wait for a process")
    scheduler: str = text(
        r"(tcp|tls)://\S+", "tcp://scheduler:8786", "a Dask cluster that opens and renders: see `deploy/CLUSTER.md`"
    )


def allowed(of: Field[Any]) -> Allowed:
    """What a field of a group of settings may be."""
    found: Allowed = of.metadata["allowed"]
    return found


def setting_name(of: Field[Any]) -> str:
    """The name of a field in the environment."""
    return PREFIX + of.name.upper()


def parse_settings(group: type[Group], given: Mapping[str, str]) -> tuple[Group, list[SettingError]]:
    """The settings of a group as given, and what is wrong with them; an empty text counts as none."""
    values: dict[str, int | str] = {}
    wrong = []
    for each in fields(group):  # type: ignore[arg-type]
        name = setting_name(each)
        if words := given.get(name, "").strip():
            try:
                values[each.name] = allowed(each).parse(name, words)
            except SettingError as error:
                wrong.append(error)
    return group(**values), wrong


_wrong: list[SettingError] = []


def read_settings(group: type[Group]) -> Group:
    """The settings of a group from the environment, once for the life of the process."""
    settings, wrong = parse_settings(group, os.environ)
    _wrong.extend(wrong)
    return settings


def check_settings() -> None:
    """Refuse to start with a setting that cannot be: SettingError, the first of them."""
    if _wrong:
        raise _wrong[0]


def settings_table(*groups: type[Any]) -> str:
    """The settings of these groups as a table in Markdown."""
    lines = ["| setting | default | allowed | what it is |", "|---|---|---|---|"]
    for each in (each for group in groups for each in fields(group)):
        rule = allowed(each)
        default = rule.usual or ("" if each.default == "" else f"{each.default}")
        if rule.is_number:
            unit = f" {rule.unit}" if rule.unit else ""
            what, values = f"{rule.unit} {rule.meaning}".strip(), f"{rule.least} to {rule.most}"
            default = default if rule.usual else default + unit
        else:
            what, values = rule.meaning, ", ".join(rule.words) or f"such as `{rule.example}`"
        lines.append(f"| `{setting_name(each)}` | {default} | {values} | {what} |")
    return "\n".join(lines) + "\n"


SETTINGS = read_settings(LibrarySettings)
