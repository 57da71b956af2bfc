"""Starts Java as its child and ends it when its last user has gone, in whatever way.

A script of its own (`python -I -S watch.py RUN CONSOLE PORT COMMAND…`), standard
library only: it outlives the command that starts it, and Ctrl-C there does not reach
it. It returns when java runs; what goes on is a process in a session of its own.
"""

from __future__ import annotations

import ctypes
import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

POLL_SECONDS = 0.25
END_SECONDS = 120  # a checkpoint of a large store takes its time
LINUX_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def main(run: Path, console: Path, port: int, command: list[str]) -> int:
    reader, writer = os.pipe()
    if os.fork():
        os.close(writer)
        return 0 if os.read(reader, 1) else 1  # nothing: the watcher died before
    os.setsid()
    os.umask(0o077)  # what java and we write is the owner's alone
    with console.open("wb") as output:
        os.dup2(output.fileno(), 1)
        os.dup2(output.fileno(), 2)
    watch(run, port, command, lambda: os.write(writer, b"1"))
    return 0


def watch(
    run: Path, port: int, command: list[str], started: Callable[[], object]
) -> None:
    ending: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, frame: ending.append(number))
    with lock_file(run / "watch.lock"), lock_file(run / "server.lock") as server:
        # java inherits server.lock: it stays held while java lives, also without us.
        java = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            pass_fds=[server.fileno()],
            preexec_fn=death_signal(os.getpid()),
        )
        try:
            write_server_file(run / "server.json", java.pid, port)
            started()
            users = (run / "users.lock").open("a")
            while java.poll() is None and not ending:
                if not (run / "stays").exists() and try_lock(users):
                    # Keep the lock: no process can join a server that is ending.
                    break
                time.sleep(POLL_SECONDS)
        finally:
            (run / "server.json").unlink(missing_ok=True)
            end_java(java)
            (run / "exit_code").write_text(str(java.returncode), encoding="utf-8")


def lock_file(path: Path) -> IO[str]:
    """A process that only checks the lock releases it soon, so a short wait helps."""
    file = path.open("a")
    for _ in range(100):
        if try_lock(file):
            return file
        time.sleep(0.05)
    raise SystemExit(f"{path} is held by another process")


def try_lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def death_signal(parent: int) -> Callable[[], None] | None:
    """On Linux the kernel ends java when this process is killed.

    Elsewhere the next start finds server.lock held without a watcher and ends java.
    """
    if sys.platform != "linux":
        return None
    library = ctypes.CDLL(None)

    def in_child() -> None:
        library.prctl(LINUX_DEATH_SIGNAL, signal.SIGTERM)
        if os.getppid() != parent:  # it died before the call above
            os.kill(os.getpid(), signal.SIGTERM)

    return in_child


def write_server_file(path: Path, java: int, port: int) -> None:
    about = {
        "watcher": os.getpid(),
        "java": java,
        "port": port,
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    part = path.with_name(".server.json")
    part.write_text(json.dumps(about), encoding="utf-8")
    part.replace(path)


def end_java(java: subprocess.Popen[bytes]) -> None:
    java.terminate()
    try:
        java.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        java.kill()
        java.wait()


if __name__ == "__main__":
    run, console, port, *command = sys.argv[1:]
    sys.exit(main(Path(run), Path(console), int(port), command))
