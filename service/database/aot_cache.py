"""The JVM's ahead-of-time cache, which halves the start of the embedded Neo4j.

The cache is one file of about 170 MB in VALUENET_CACHE/aot. It holds the classes that
an earlier run of Neo4j loaded and linked, and which of their methods were used most
(JDK 25, JEP 483, 514 and 515). A JVM that finds the file unfit for its jars, runtime or
flags starts without it; there is nothing to set, and the file may be deleted.

The cache is made once for each user, set of jars and Java runtime, by a training run
with a temporary home. It costs about a minute of CPU; therefore it is done in a process
of its own, at the lowest priority, after the first command that started a server.
"""

from __future__ import annotations

import hashlib
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import IO

from service.database import bolt, jars, java, locks
from service.database.address import Address
from service.database.disk import MOVE_CACHE, disk_error_message, require_space
from service.database.home import Home, free_port
from service.database.watch import death_signal
from service.errors import Unavailable
from service.settings import Settings

TRAINING_HEAP = "512m"
START_SECONDS = 600  # at the lowest priority, beside whatever else the machine does
END_SECONDS = 900  # the JVM writes its cache as it ends
STORE_CACHE = "store its start-up cache"
NEEDED_BYTES = 700_000_000  # the cache, what it is made from, and an empty database
MAKE_CACHE = "make the start-up cache of Neo4j"
LOCK = "making.lock"
PART = ".training-"
CACHES = 2  # two checkouts with different jars do not replace each other's cache

log = logging.getLogger("valuenet.database")
Workload = Callable[[Address], None]


def cache_folder(settings: Settings) -> Path:
    return settings.cache.absolute() / "aot"


def cache_file(settings: Settings, classes: Iterable[Path]) -> Path:
    """The name changes with all that the JVM compares: jars, runtime and flags."""
    runtime = java.EXECUTABLE.parents[1]
    parts = list(java.FLAGS)
    for path in [*classes, runtime / "lib" / "modules", runtime / "release"]:
        status = path.stat()
        parts.append(f"{path.name} {status.st_size} {status.st_mtime_ns}")
    digest = hashlib.sha256("\n".join(parts).encode()).hexdigest()
    return cache_folder(settings) / f"neo4j-{digest[:16]}.aot"


def existing_cache(settings: Settings, classes: Iterable[Path]) -> Path | None:
    """The cache, or None where it has not been made."""
    path = cache_file(settings, classes)
    try:
        os.utime(path)  # remove_old_caches compares these times
    except OSError:
        return None
    return path


def cache_flags(cache: Path | None) -> list[str]:
    """If the cache does not fit, the JVM starts without it and says nothing."""
    return (
        [f"-XX:AOTCache={cache}", "-Xlog:aot*=off", "-Xlog:cds*=off"] if cache else []
    )


def start_training(settings: Settings, *command: str) -> None:
    """Runs `command`, which calls make_cache, in the background if there is no cache.

    Call it after the answer has been printed. A failure is only logged.
    """
    if settings.neo4j_uri or not is_missing(settings):
        return
    folder = cache_folder(settings)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if locks.is_held(folder / LOCK):
            return
        require_space(MAKE_CACHE, folder, MOVE_CACHE, NEEDED_BYTES)
        with (folder / "training.log").open("wb") as output:
            process = subprocess.Popen(
                [sys.executable, *command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env={**os.environ, "VALUENET_CACHE": str(settings.cache.absolute())},
                cwd="/",
                start_new_session=True,
                preexec_fn=lower_priority,  # before its imports, which take seconds
            )
            process.returncode = 0  # it outlives us: Python would warn of it
    except OSError as error:
        reason = disk_error_message(STORE_CACHE, folder, MOVE_CACHE, error)
        log.warning("Neo4j starts more slowly: %s", reason)
    except Unavailable as error:
        log.warning("Neo4j starts more slowly: %s", error)


def lower_priority() -> None:
    """Yields to every other process of this machine."""
    os.setpriority(os.PRIO_PROCESS, 0, 19)
    with suppress(OSError):  # Linux shares time among sessions first: sched(7)
        Path("/proc/self/autogroup").write_text("19")


def is_missing(settings: Settings) -> bool:
    """Whether the jars are here but their cache is not."""
    try:
        return not cache_file(settings, jars.jar_paths(settings)).exists()
    except FileNotFoundError:
        return False


def make_cache(settings: Settings, workload: Workload) -> bool:
    """Trains a server with `workload` and stores its cache; False where one exists.

    Raises Unavailable or OSError where that fails; nothing is left behind then.
    """
    classes = jars.ensure_jars(settings)
    path = cache_file(settings, classes)
    path.parent.mkdir(parents=True, exist_ok=True)
    with locks.hold(path.parent / LOCK) as lock:
        if path.exists():
            return False
        remove_remains(path.parent)
        require_space(MAKE_CACHE, path.parent, MOVE_CACHE, NEEDED_BYTES)
        with tempfile.TemporaryDirectory(prefix=PART, dir=path.parent) as part:
            output = Path(part, path.name)
            train(Home(Path(part, "home")), classes, output, workload, lock)
            require_usable(output, classes)
            output.replace(path)
        remove_old_caches(path.parent)
    return True


def remove_remains(folder: Path) -> None:
    """Removes what a killed training run left; call it under the lock."""
    for path in folder.glob(f"{PART}*"):
        shutil.rmtree(path, ignore_errors=True)


def train(
    home: Home, classes: list[Path], output: Path, workload: Workload, lock: IO[str]
) -> None:
    """One life of a server with a temporary home, whose JVM writes `output`."""
    for folder in (home.conf.parent, home.console.parent):
        folder.mkdir(parents=True)
    port = free_port(None)
    java.configure(home, port)
    flag = f"-XX:AOTCacheOutput={output}"
    with (
        home.console.open("wb") as console,
        subprocess.Popen(
            java.server_command(home, TRAINING_HEAP, flag),
            stdin=subprocess.DEVNULL,
            stdout=console,
            stderr=subprocess.STDOUT,
            env=java.environment(home, classes),
            cwd=home.neo4j,
            pass_fds=[lock.fileno()],  # held while java lives, also without us
            preexec_fn=death_signal(os.getpid()),
        ) as process,
    ):
        try:
            address = bolt.await_bolt(
                home, port, lambda: process.poll() is None, START_SECONDS
            )
            workload(address)
            process.terminate()
            process.wait(END_SECONDS)
        finally:
            process.kill()


def require_usable(cache: Path, classes: list[Path]) -> None:
    """Refuses a cache that a JVM with these jars would not take."""
    flags = [*java.FLAGS, f"-XX:AOTCache={cache}", "-XX:AOTMode=on"]
    environment = {**os.environ, "CLASSPATH": os.pathsep.join(map(str, classes))}
    result = subprocess.run(
        [str(java.EXECUTABLE), f"-Xmx{TRAINING_HEAP}", *flags, "-version"],
        capture_output=True,
        cwd=cache.parent,  # where a JVM that crashes writes why
        env=environment,
        text=True,
    )
    if result.returncode:
        lines = (result.stdout + result.stderr).strip().splitlines() or ["no output"]
        raise Unavailable(f"Java does not accept its new start-up cache: {lines[0]}")


def remove_old_caches(folder: Path) -> None:
    """Removes all caches except those used last."""
    caches = sorted(folder.glob("neo4j-*.aot"), key=lambda path: path.stat().st_mtime)
    for path in caches[:-CACHES]:
        path.unlink(missing_ok=True)
