"""A home: one folder with one database, its password and its lock files."""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import stat
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from service.database.disk import explain_disk_errors, own_folder
from service.settings import Settings

MOVE_HOME = "set VALUENET_HOME to another folder"
STORE_DATABASE = "store the database"
NEW_DATABASE_BYTES = 64_000_000  # 30 MB at first, and what the first records need
START_BYTES = 24_000_000  # a file of the transaction log, a checkpoint, Neo4j's logs
WRITABLE_BYTES = 128_000_000  # free after a full disk, before a restart is worth it
RECORD_BYTES = 700  # a small record with its index entries and its change
OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True)
class Home:
    """Where each thing of a home lies; two homes never share a server."""

    root: Path

    @property
    def neo4j(self) -> Path:
        """Neo4j's own home: conf, data, logs."""
        return self.root / "neo4j"

    @property
    def data(self) -> Path:
        return self.neo4j / "data"

    @property
    def previous_data(self) -> Path:
        """The data that a restore or compaction replaces, until it has succeeded."""
        return self.neo4j / "data.before-restore"

    @property
    def compacted(self) -> Path:
        """The home in which a compaction writes the new database."""
        return self.root / ".compact"

    @property
    def conf(self) -> Path:
        return self.neo4j / "conf" / "neo4j.conf"

    @property
    def console(self) -> Path:
        """The output of Java since its last start."""
        return self.neo4j / "logs" / "console.log"

    @property
    def debug_log(self) -> Path:
        """Neo4j's own log of all its starts, one JSON object a line."""
        return self.neo4j / "logs" / "debug.log"

    @property
    def password_file(self) -> Path:
        return self.root / "password"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def start_lock(self) -> Path:
        """Held by the one command that starts, joins, leaves or stops."""
        return self.run / "start.lock"

    @property
    def users_lock(self) -> Path:
        """Shared by each process that uses the server: its lease."""
        return self.run / "users.lock"

    @property
    def watch_lock(self) -> Path:
        """Held by the process that watches java."""
        return self.run / "watch.lock"

    @property
    def server_lock(self) -> Path:
        """Held while Java runs, with or without its watcher."""
        return self.run / "server.lock"

    @property
    def server_file(self) -> Path:
        """Process ids, port and start of the server that runs."""
        return self.run / "server.json"

    @property
    def exit_file(self) -> Path:
        """The exit code of the last Java, negative for a signal."""
        return self.run / "exit_code"

    @property
    def stays_file(self) -> Path:
        """Present while the server must keep running without users."""
        return self.run / "stays"


def prepare_home(settings: Settings) -> Home:
    """The home with its folders, readable by its owner alone."""
    home = Home(own_folder(settings.home, "VALUENET_HOME"))
    with explain_disk_errors(STORE_DATABASE, home.root, MOVE_HOME):
        home.root.mkdir(parents=True, exist_ok=True, mode=0o700)
        home.root.chmod(0o700)
        for folder in (home.run, home.conf.parent, home.console.parent):
            folder.mkdir(parents=True, exist_ok=True)
        home.start_lock.touch(mode=0o600)
    return home


def make_private(home: Home) -> None:
    """Files that an older version or an unpacked dump left readable become private."""
    for folder, _, names in os.walk(home.root):
        for path in (folder, *(os.path.join(folder, name) for name in names)):
            with suppress(FileNotFoundError):
                mode = os.lstat(path).st_mode
                if stat.S_IMODE(mode) & OTHERS and not stat.S_ISLNK(mode):
                    os.chmod(path, stat.S_IMODE(mode) & ~OTHERS)


def password(home: Home) -> str:
    """The home's password, made before its first use; call it under start_lock."""
    with explain_disk_errors(STORE_DATABASE, home.root, MOVE_HOME):
        if not home.password_file.exists():
            text = secrets.token_urlsafe(24)
            write_atomically(home.password_file, text)
            return text
        return home.password_file.read_text(encoding="utf-8").strip()


def replace_data(home: Home, data: Path) -> None:
    """Puts `data` in the place of the home's data, which are deleted.

    A start after a kill between the two renames puts the previous data back. The system
    database goes too: it has the home's password, or takes it at the next start.
    """
    if home.data.exists():
        shutil.rmtree(home.previous_data, ignore_errors=True)
        home.data.rename(home.previous_data)
    data.rename(home.data)
    sync_to_disk(home.neo4j)
    if home.previous_data.exists():
        shutil.rmtree(home.previous_data)


def sync_to_disk(path: Path) -> None:
    """Makes the bytes of a file, or the renames in a folder, durable."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_atomically(path: Path, text: str, mode: int = 0o600) -> None:
    """Written completely or not at all, even if the process is killed."""
    part = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def size_bytes(folder: Path) -> int:
    """What the files below take on the disk (a running server may remove some)."""
    total = 0
    for path, _, names in os.walk(folder):
        for name in names:
            try:
                total += os.lstat(os.path.join(path, name)).st_blocks * 512
            except FileNotFoundError:
                continue
    return total


def free_port(preferred: int | None) -> int:
    """The port of the last start where free, so that waiting drivers find it again."""
    for port in (preferred, 0):
        if port is None:
            continue
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise AssertionError("port 0 always binds")
