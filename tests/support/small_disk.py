"""A disk of a few megabytes, where this machine lets us make one."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

SUDO = [] if os.geteuid() == 0 else ["sudo", "-n"]


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """Where it is mounted; OSError where mounting is not allowed."""
    folder = Path(tempfile.mkdtemp(prefix="valuenet-disk-"))
    try:
        mount(folder, f"size={megabytes}m,uid={os.getuid()},mode=700")
        try:
            yield folder
        finally:
            subprocess.run([*SUDO, "umount", "-l", str(folder)], check=True)
    finally:
        folder.rmdir()


def grow(folder: Path, megabytes: int) -> None:
    """Give the disk that is mounted there this size."""
    mount(folder, f"remount,size={megabytes}m")


def mount(folder: Path, options: str) -> None:
    command = [*SUDO, "mount", "-t", "tmpfs", "-o", options, "tmpfs", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise OSError(done.stderr.strip())


@cache
def reason_against_small_disks() -> str:
    """Why this machine cannot have one; empty where it can."""
    if sys.platform != "linux":
        return "a disk of a few megabytes is made with tmpfs, on Linux only"
    try:
        with small_disk(1):
            return ""
    except OSError as error:
        return f"a disk of a few megabytes cannot be mounted: {error}"
