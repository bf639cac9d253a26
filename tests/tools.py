"""The programs tests run against: where each is found, and how a bare machine gets it.

`python -m tests.tools` finds or installs them all, or those that it is given the names of, and says in a sentence what
cannot be had.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import sync_playwright


@dataclass(frozen=True)
class Tool:
    """A program under any of its names, the Debian package that brings it, and what to ask for its version by."""

    names: tuple[str, ...]
    package: str
    version: str = "--version"

    def find(self) -> str | None:
        """The path of the first name on the PATH that really starts (Ubuntu's chromium may be an empty shell)."""
        for name in self.names:
            path = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
            if path and starts(path, self.version):
                return path
        return None


# A Chromium that has no windows starts and draws a page in 60% of the processor's time; not every system has it.
WINDOWLESS = Tool(("chromium-headless-shell", "chrome-headless-shell"), "chromium-headless-shell")
TOOLS = {
    "chromium": Tool(
        (*WINDOWLESS.names, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"), "chromium"
    ),
    "ffmpeg": Tool(("ffmpeg",), "ffmpeg", "-version"),
    "turnserver": Tool(("turnserver",), "coturn"),
    "nginx": Tool(("nginx",), "nginx", "-v"),
    "imagemagick": Tool(("magick", "convert"), "imagemagick", "-version"),
    "node": Tool(("node",), "nodejs", "--test --version"),  # one before 18 does not know --test
    "npm": Tool(("npm",), "npm"),
    "firefox": Tool(("firefox-esr", "firefox"), "firefox-esr"),
    "webkit": Tool(("WebKitWebDriver",), "webkit2gtk-driver", "--help"),  # its package brings MiniBrowser along
    "xvfb": Tool(("Xvfb",), "xvfb", "-help"),
}

SERVICES = {"nginx", "coturn"}
"""Packages that start a service when they are installed, of which only the program is wanted."""


def starts(path: str, version: str) -> bool:
    """Whether the program answers when asked for its version."""
    try:
        return subprocess.run([path, *version.split()], capture_output=True, timeout=60, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def path_of(name: str) -> str:
    """The path of a tool; FileNotFoundError says what to do where there is none."""
    found = chromium() if name == "chromium" else TOOLS[name].find()
    if found is None:
        raise FileNotFoundError(f"No {name} on the PATH; run: make tools")
    return found


def chromium() -> str:
    """The path of a Chromium: one on the PATH, or the one Playwright has downloaded."""
    found = TOOLS["chromium"].find()
    if found:
        return found
    with sync_playwright() as playwright:
        downloaded = playwright.chromium.executable_path
    if Path(downloaded).exists():
        return downloaded
    raise FileNotFoundError("No Chromium on the PATH, and Playwright has none either; run: make tools")


def install(packages: list[str]) -> None:
    """Ask Debian or Ubuntu for packages, where this account may; each alone if need be, so that none stops another."""
    if not packages or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    ask = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
    subprocess.run(["apt-get", "update", "-qq"], env=quiet, check=False)
    if subprocess.run([*ask, *packages], env=quiet, check=False, capture_output=True).returncode != 0:
        for package in packages:
            subprocess.run([*ask, package], env=quiet, check=False, stdout=subprocess.DEVNULL)
    for name in SERVICES & set(packages):
        subprocess.run(["service", name, "stop"], check=False, capture_output=True)


def download_chromium() -> None:
    """Let Playwright fetch its own Chromium, with the libraries it needs where this account may install them."""
    libraries = ["--with-deps"] if os.geteuid() == 0 else []
    subprocess.run([sys.executable, "-m", "playwright", "install", *libraries, "chromium"], check=False)


def is_there(name: str) -> bool:
    """Whether a tool is there, from wherever."""
    return has_chromium() if name == "chromium" else TOOLS[name].find() is not None


def main(names: Sequence[str]) -> int:
    """Find or install these tools, or all; 1 if one cannot be had."""
    wanted = names or tuple(TOOLS)
    first = [WINDOWLESS if name == "chromium" else TOOLS[name] for name in wanted]
    install([tool.package for tool in first if not tool.find()])
    if "chromium" in wanted and not has_chromium():
        install([TOOLS["chromium"].package])
    if "chromium" in wanted and not has_chromium():
        download_chromium()
    lacking = [name for name in wanted if not is_there(name)]
    for name in lacking:
        print(
            f"The tests need {name} and none could be installed; on Debian or Ubuntu run: "
            f"sudo apt install {TOOLS[name].package}",
            file=sys.stderr,
        )
    return 1 if lacking else 0


def has_chromium() -> bool:
    """Whether any Chromium is there."""
    try:
        return bool(chromium())
    except FileNotFoundError:
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
