"""Neo4j's jars: which ones (by a committed lock), and whether they are whole."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from service.database.disk import own_folder
from service.database.notice import SILENT, ProgressNotice
from service.errors import Unavailable
from service.settings import Settings

LOCK = Path(__file__).with_name("jgo.lock.toml")  # written by `jgo lock`


@dataclass(frozen=True)
class Jar:
    """One jar of the lock, by its Maven coordinates."""

    group: str
    artifact: str
    version: str
    classifier: str
    sha256: str

    @property
    def name(self) -> str:
        suffix = f"-{self.classifier}" if self.classifier else ""
        return f"{self.artifact}-{self.version}{suffix}.jar"

    @property
    def path(self) -> str:
        """Where every Maven repository keeps it."""
        group = self.group.replace(".", "/")
        return f"{group}/{self.artifact}/{self.version}/{self.name}"


def read_lock(lock: Path = LOCK) -> list[Jar]:
    with lock.open("rb") as file:
        rows = tomllib.load(file)["dependencies"]
    return [
        Jar(
            row["groupId"],
            row["artifactId"],
            row["version"],
            row.get("classifier", ""),
            row["sha256"],
        )
        for row in rows
    ]


def neo4j_version(jars: Iterable[Jar]) -> str:
    return next(
        jar.version
        for jar in jars
        if (jar.group, jar.artifact) == ("org.neo4j", "neo4j")
    )


def jar_paths(settings: Settings) -> list[Path]:
    """Where the jars of the lock are, or will be."""
    jars = read_lock()
    folder = jar_folder(settings, jars)
    return [folder / jar.name for jar in jars]


def jar_folder(settings: Settings, jars: list[Jar]) -> Path:
    cache = own_folder(settings.cache, "VALUENET_CACHE")
    return cache / f"neo4j-{neo4j_version(jars)}"


def ensure_jars(
    settings: Settings, notice: ProgressNotice = SILENT, jars: list[Jar] | None = None
) -> list[Path]:
    """All jars, each with the lock's sha256; what is missing or altered is fetched.

    Hashing all of them at every start takes 0.1 s (2 cores, 176 MB in the page cache).
    """
    jars = read_lock() if jars is None else jars
    folder = jar_folder(settings, jars)
    with ThreadPoolExecutor() as threads:
        intact = list(threads.map(partial(is_intact, folder), jars))
    missing = [jar for jar, good in zip(jars, intact, strict=True) if not good]
    for jar in missing:
        if (folder / jar.name).exists():
            notice.say(
                f"{folder / jar.name} was altered or is incomplete: fetching it again"
            )
    if missing:
        fetch_jars(missing, folder, settings.maven_repository, notice)
    return [folder / jar.name for jar in jars]


def is_intact(folder: Path, jar: Jar) -> bool:
    try:
        with (folder / jar.name).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == jar.sha256
    except FileNotFoundError:
        return False
    except OSError as error:
        raise Unavailable(
            f"cannot read {folder / jar.name}: {error.strerror};"
            " allow it, delete it, or set VALUENET_CACHE to another folder"
        ) from error


def fetch_jars(
    jars: list[Jar], folder: Path, mirror: str | None, notice: ProgressNotice
) -> None:
    # Imported where something is missing, which is once on most machines.
    from jgo.constants import MAVEN_CENTRAL_URL

    from service.database.download import Download

    repository = mirror or MAVEN_CENTRAL_URL
    with Download(repository, folder) as download:
        files = [(jar.path, jar.sha256) for jar in jars]
        total = download.total_bytes([path for path, _ in files])
        size = f", {total / 1e6:.0f} MB" if total else ""
        notice.say(
            f"Fetching Neo4j {folder.name.removeprefix('neo4j-')} from"
            f" {repository} ({len(jars)} jars{size}) into {folder}"
        )
        with notice.progress("Neo4j", total) as advance:
            download.fetch_all(files, advance)
