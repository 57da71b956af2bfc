"""Which Chromium the tests use, and how they get one."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
DOWNLOAD = [sys.executable, "-m", "playwright", "install", "chromium"]
# The two workers of a run may both install: the second waits for the first.
APT = ["apt-get", "install", "-y", "-qq", "--no-install-recommends"]
APT += ["-o", "DPkg::Lock::Timeout=300", "chromium"]
ADVICE = (
    "The browser tests need a Chromium: install the package chromium, run"
    " `uv run playwright install chromium`, or set CHROMIUM to the path of one."
)


class NoChromium(Exception):
    """There is no Chromium, and none can be installed."""


def chromium(own: Path) -> str:
    """CHROMIUM, else one on the PATH, else Playwright's own, else one installed now."""
    if setting := os.environ.get("CHROMIUM"):
        if path := shutil.which(setting):
            return path
        raise NoChromium(f"CHROMIUM={setting} is not a program. {ADVICE}")
    if path := chromium_on_path():
        return path
    if own.exists() or (succeeds(DOWNLOAD) and own.exists()):
        return str(own)
    if shutil.which("apt-get") and os.geteuid() == 0 and succeeds(APT):
        return chromium_on_path() or "chromium"
    raise NoChromium(ADVICE)


def chromium_on_path() -> str | None:
    paths = (shutil.which(name) for name in NAMES)
    return next((path for path in paths if path), None)


def succeeds(command: list[str]) -> bool:
    """Whether an installer does its work within five minutes."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0
