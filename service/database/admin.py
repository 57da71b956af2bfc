"""Dump and restore by neo4j-admin, in a Java runtime of its own."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from service.database import jars, java, locks
from service.database.disk import disk_full_message, explain_disk_errors
from service.database.home import (
    MOVE_HOME,
    STORE_DATABASE,
    Home,
    prepare_home,
    replace_data,
)
from service.database.notice import ProgressNotice
from service.database.server import (
    await_end_unless_used,
    end_orphan,
    remove_remains,
    transition,
)
from service.database.watch import death_signal
from service.errors import BadInput, Unavailable
from service.inputs.files import open_input
from service.settings import Settings

OTHER_FILE = "name another file"


def dump(settings: Settings, path: Path, notice: ProgressNotice) -> None:
    """Writes the database to one file, completely or not at all."""
    path = path.absolute()
    if path.is_dir():
        raise BadInput(f"{path} is a folder: name the file to write the dump to")
    with hold_stopped_home(settings, "dump", notice) as home:
        if not (home.data / "databases" / "neo4j").exists():
            raise BadInput(f"{home.root} has no database to dump yet")
        notice.say(f"Dumping the database of {home.root} to {path}")
        with (
            explain_disk_errors("write the dump", path.parent, OTHER_FILE),
            tempfile.TemporaryDirectory(dir=path.parent, prefix=".dump-") as part,
        ):
            arguments = ["database", "dump", "neo4j", f"--to-path={part}"]
            run_admin(settings, home, arguments, notice, writes=path.parent)
            dumped = Path(part, "neo4j.dump")
            dumped.chmod(0o600)  # it contains what the password protects
            dumped.replace(path)


def restore(settings: Settings, path: Path, notice: ProgressNotice) -> None:
    """Replaces the database with the dump; a bad dump leaves it unchanged."""
    with (
        hold_stopped_home(settings, "restore", notice) as home,
        open_dump(path) as file,
    ):
        notice.say(f"Restoring the database of {home.root} from {path}")
        with (
            explain_disk_errors(STORE_DATABASE, home.root, MOVE_HOME),
            tempfile.TemporaryDirectory(dir=home.root, prefix=".restore-") as part,
        ):
            scratch = Home(Path(part))
            scratch.conf.parent.mkdir(parents=True)
            java.configure(scratch, port=0)
            arguments = ["database", "load", "neo4j", "--from-stdin"]
            run_admin(settings, scratch, arguments, notice, home.root, file)
            replace_data(home, scratch.data)


@contextmanager
def hold_stopped_home(
    settings: Settings, doing: str, notice: ProgressNotice
) -> Iterator[Home]:
    """A home whose server is stopped and cannot start; waits for one that ends."""
    home = prepare_home(settings)
    with transition(home, notice):
        await_end_unless_used(home)
        if locks.is_held(home.watch_lock):
            raise Unavailable(busy_message(home, doing))
        end_orphan(home)
        remove_remains(home)
        yield home


def busy_message(home: Home, doing: str) -> str:
    why = f"cannot {doing} while Neo4j of {home.root} runs:"
    if locks.is_shared(home.users_lock):
        return f"{why} end the commands that use it (valuenet serve or another) first"
    return f"{why} first run `valuenet database stop`"


@contextmanager
def open_dump(path: Path) -> Iterator[BinaryIO]:
    try:
        file = open_input(path)
    except BadInput as error:
        raise BadInput(f"cannot read {error}") from error
    with file:
        yield file


def run_admin(
    settings: Settings,
    home: Home,
    arguments: list[str],
    notice: ProgressNotice,
    writes: Path,
    stdin: BinaryIO | None = None,
) -> None:
    """Runs one neo4j-admin command on a home whose server is down."""
    done = subprocess.run(
        java.admin_command(settings.heap, *arguments),
        stdin=stdin or subprocess.DEVNULL,
        capture_output=True,
        env=java.environment(home, jars.ensure_jars(settings, notice)),
        cwd=home.neo4j,
        preexec_fn=death_signal(os.getpid()),
    )
    if done.returncode == 0:
        return
    output = (done.stdout + done.stderr).decode("utf-8", "replace")
    if "No space left" in output:
        raise Unavailable(
            disk_full_message(f"{arguments[1]} the database", writes, MOVE_HOME)
        )
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    causes = [line for line in lines if "Failed" in line or "Caused by" in line]
    last = (causes or lines or ["neo4j-admin gave no reason"])[-1]
    raise Unavailable(f"cannot {arguments[1]} the database of {home.root}: {last}")
