"""Advice to a person who starts Neo4j again and again: once, and only at a terminal."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from service.cli.console import TerminalNotice

SOON_SECONDS = 600
KEEP_RUNNING = (
    "Each command starts Neo4j and stops it again. `valuenet database start` keeps it"
    " running, until `valuenet database stop`."
)


def advise_to_keep_running(home: Path, notice: TerminalNotice) -> None:
    """Call it when a command has started the server of `home`."""
    last_start, advised = home / "run" / "last-start", home / "run" / "advised"
    with suppress(OSError):
        is_soon = (
            last_start.exists()
            and time.time() - last_start.stat().st_mtime < SOON_SECONDS
        )
        last_start.touch(mode=0o600)
        if is_soon and notice.console.is_terminal and not advised.exists():
            notice.say(KEEP_RUNNING)
            advised.touch(mode=0o600)
