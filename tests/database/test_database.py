"""The embedded Neo4j: one server per home, that dies with its last user only."""

import errno
import json
import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from functools import partial

import pytest
from neo4j import GraphDatabase

from service import database
from service.database import Compiler, locks, server
from service.database import home as homes
from service.database.disk import disk_error_message
from service.database.home import Home
from service.database.notice import Silent
from service.errors import BadInput, Unavailable
from service.settings import Settings

# A third off the start of a server that does little.
connect = partial(database.connect, compiler=Compiler.QUICK)
start = partial(database.start, compiler=Compiler.QUICK)

USER = """
import json, sys
from pathlib import Path
from service import database
from service.database import Compiler
from service.settings import Settings
settings = Settings(home=Path(sys.argv[1]), neo4j_uri=None, heap="512m")
with database.connect(settings, compiler=Compiler.QUICK) as address:
    print(json.dumps([address.uri, database.status(settings).pid]), flush=True)
    sys.stdin.read()
"""


class Told(Silent):
    def __init__(self):
        self.lines = []

    def say(self, text):
        self.lines.append(text)


def at(path):
    return Settings(home=path, neo4j_uri=None, heap="512m")


@pytest.fixture(scope="module")
def settings(neo4j, tmp_path_factory):
    """One home for the whole module: a start costs seconds."""
    settings = at(tmp_path_factory.mktemp("a home") / "valuenet")
    yield settings
    database.stop(settings)


@contextmanager
def users(settings, count):
    """Processes that use the server of a home, all started at once."""
    command = [sys.executable, "-c", USER, str(settings.home)]
    processes = [
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for _ in range(count)
    ]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()
            process.communicate()


def rows(address, query, **parameters):
    with GraphDatabase.driver(
        address.uri, auth=(address.username, address.password)
    ) as driver:
        return [record.data() for record in driver.execute_query(query, parameters)[0]]


def eventually(condition, seconds=30):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it never came true"
        time.sleep(0.05)


def lives(pid):
    """A zombie is dead: only its parent has not looked yet."""
    shown = ["ps", "-o", "stat=", "-p", str(pid)]
    state = subprocess.run(shown, capture_output=True, text=True).stdout.strip()
    return bool(state) and not state.startswith("Z")


def said(error):
    assert "\n" not in str(error.value)
    return str(error.value)


def test_two_starts_at_once_make_one_server_that_dies_with_its_last_user(settings):
    with users(settings, 2) as (first, second):
        seen = [json.loads(process.stdout.readline()) for process in (first, second)]
        assert seen[0] == seen[1]
        pid = seen[0][1]
        first.kill()
        first.wait()
        with connect(settings) as address:
            assert address.uri == seen[0][0]
            secret = address.password
            assert secret not in repr(address)
            assert rows(address, "RETURN 1 AS one") == [{"one": 1}]
            shown = ["ps", "-ewwo", "args"]
            everything = subprocess.run(shown, capture_output=True, text=True).stdout
            assert f"--home-dir={settings.home}" in everything
            assert secret not in everything
        assert database.status(settings).running
        second.kill()
        second.wait()
        with pytest.raises(BadInput, match="cannot read"):  # it waits for the end
            database.restore(settings, settings.home / "none.dump")
        assert not lives(pid)
        assert not database.status(settings).running
    home = Home(settings.home)
    assert home.password_file.stat().st_mode & 0o777 == 0o600
    assert home.root.stat().st_mode & 0o777 == 0o700
    readable = [path for path in home.root.rglob("*") if path.stat().st_mode & 0o077]
    assert readable == []
    logs = [
        path.read_text("utf-8", "replace") for path in home.console.parent.iterdir()
    ]
    assert len(logs) > 1
    assert not [text for text in logs if secret in text]


def test_a_server_killed_dead_keeps_every_commit_and_can_be_made_to_stay(settings):
    address = start(settings)
    about = database.status(settings)
    assert (about.running, about.stays) == (True, True)
    rows(address, "UNWIND range(1, 1000) AS number CREATE (:Kept {number: number})")
    os.kill(about.pid, signal.SIGKILL)
    eventually(lambda: not database.status(settings).running)
    told = Told()
    with connect(settings) as address:
        count = "MATCH (kept:Kept) RETURN count(kept) AS kept"
        assert rows(address, count) == [{"kept": 1000}]
        assert not database.status(settings).stays
        start(settings, told)
        assert "it now stays" in told.lines[-1]
    assert database.status(settings).stays
    check_given(settings, address)
    check_wrong_password(settings)
    with pytest.raises(Unavailable) as error:
        database.dump(settings, settings.home / "x.dump")
    assert "valuenet database stop" in said(error)
    with connect(settings), pytest.raises(Unavailable) as error:
        database.restore(settings, settings.home / "x.dump")
    assert "end the commands that use it" in said(error)
    assert database.stop(settings)
    assert not lives(database.status(settings).pid or about.pid)
    assert not database.stop(settings)


def check_given(settings, address):
    """NEO4J_URI, against the server that runs just now."""
    given = settings.model_copy(
        update={"neo4j_uri": address.uri, "neo4j_password": Wrapped(address.password)}
    )
    with connect(given) as found:
        assert found == address
    for change, word in [
        ({"neo4j_password": Wrapped("wrong")}, "NEO4J_PASSWORD"),
        ({"neo4j_database": "nowhere"}, "NEO4J_DATABASE"),
    ]:
        with (
            pytest.raises(Unavailable) as error,
            connect(given.model_copy(update=change)),
        ):
            pass
        assert word in said(error)
        assert address.password not in said(error)


class Wrapped(str):
    def get_secret_value(self):
        return str(self)


def check_wrong_password(settings):
    file = Home(settings.home).password_file
    right = file.read_text()
    file.write_text("wrong")
    try:
        with pytest.raises(Unavailable) as error, connect(settings):
            pass
        assert str(file) in said(error)
    finally:
        file.write_text(right)


def test_a_dump_restores_in_another_home_whose_port_is_taken(
    settings, tmp_path, monkeypatch
):
    dump = tmp_path / "all.dump"
    dump.write_text("an older dump")
    database.dump(settings, dump)
    assert dump.stat().st_mode & 0o777 == 0o600
    other = at(tmp_path / "other")
    database.restore(other, dump)
    assert list(tmp_path.glob(".dump-*")) == list(other.home.glob(".restore-*")) == []
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ports = [taken.getsockname()[1], homes.free_port(None)]
        monkeypatch.setattr(server, "free_port", lambda preferred: ports.pop(0))
        with connect(other) as address:
            assert ports == []
            numbers = rows(address, "MATCH (k:Kept) RETURN sum(k.number) AS total")
            assert numbers == [{"total": 500_500}]
            kill_the_watcher(other)


def kill_the_watcher(settings):
    """java goes with it: by the kernel on Linux, by the next command elsewhere."""
    home = Home(settings.home)
    about = server.server_facts(home)
    os.kill(about["watcher"], signal.SIGKILL)
    database.stop(settings)
    assert not locks.is_held(home.server_lock)
    eventually(lambda: not lives(about["java"]))


def test_an_orphan_is_recognised_by_its_command_line_and_ended(tmp_path):
    home = homes.prepare_home(at(tmp_path))
    hold = "import fcntl, sys, time; file = open(sys.argv[1], 'a'); \
fcntl.flock(file, fcntl.LOCK_EX); print(1, flush=True); time.sleep(60)"
    command = [sys.executable, "-c", hold, str(home.server_lock)]
    with subprocess.Popen(
        [*command, f"--home-dir={home.neo4j}"], stdout=subprocess.PIPE
    ) as orphan:
        orphan.stdout.readline()
        home.server_file.write_text(json.dumps({"java": orphan.pid}))
        assert database.stop(at(tmp_path))
        assert orphan.wait() == -signal.SIGTERM
    assert not server.is_java_of(home, os.getpid())


def test_a_bad_dump_leaves_the_database_as_it_was(settings, tmp_path):
    bad = tmp_path / "bad.dump"
    bad.write_text("no dump")
    before = database.status(settings).data_bytes
    with pytest.raises(Unavailable) as error:
        database.restore(settings, bad)
    assert "cannot load the database" in said(error)
    assert database.status(settings).data_bytes == before > 0


def test_dump_and_restore_say_what_they_miss(settings, tmp_path):
    for doing, place, word in [
        (database.dump, tmp_path, "is a folder"),
        (database.restore, tmp_path / "none.dump", "cannot read"),
    ]:
        with pytest.raises(BadInput, match=word):
            doing(settings, place)
    with pytest.raises(BadInput, match="no database to dump yet"):
        database.dump(at(tmp_path / "empty"), tmp_path / "x.dump")
    given = settings.model_copy(update={"neo4j_uri": "bolt://127.0.0.1:1"})
    with pytest.raises(BadInput, match="unset NEO4J_URI"):
        database.dump(given, tmp_path / "x.dump")


@pytest.mark.parametrize("place", ["file", "file/below", "home/run"])
def test_a_file_where_a_folder_belongs_is_explained(tmp_path, place):
    (tmp_path / "home").mkdir()
    (tmp_path / place.partition("/below")[0]).write_text("mine")
    home = tmp_path / place.removesuffix("/run")
    with pytest.raises(Unavailable) as error, connect(at(home)):
        pass
    assert "VALUENET_HOME" in said(error)


def test_a_home_that_may_not_be_written_is_explained():
    if not os.path.isdir("/proc/self"):
        place = homes.Path("/System/valuenet")  # macOS: sealed, also for root
    else:
        place = homes.Path("/proc/valuenet")
    with pytest.raises(Unavailable) as error, connect(at(place)):
        pass
    assert "VALUENET_HOME" in said(error)


@pytest.mark.parametrize(
    ("number", "word"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EROFS, "no permission"),
        (errno.EIO, "Input/output error"),
    ],
)
def test_the_disk_s_refusals_say_what_to_do(tmp_path, number, word):
    error = OSError(number, os.strerror(number))
    line = disk_error_message("keep the database", tmp_path, "set VALUENET_HOME", error)
    assert word in line
    assert "VALUENET_HOME" in line


@pytest.mark.parametrize(
    ("uri", "kind", "word"),
    [
        ("bolt://127.0.0.1:1", Unavailable, "does not answer"),
        ("neo4j://127.0.0.1:1", Unavailable, "does not answer"),
        ("bolt://nowhere.invalid:7687", Unavailable, "does not answer"),
        ("http://127.0.0.1:7474", BadInput, "expected neo4j://host:7687"),
        ("127.0.0.1:7687", BadInput, "expected neo4j://host:7687"),
        ("bolt+x://127.0.0.1:7687", BadInput, "not supported"),
        ("bolt://me:secret@127.0.0.1", BadInput, "NEO4J_PASSWORD"),
    ],
)
def test_a_given_server_that_is_not_there_is_explained(tmp_path, uri, kind, word):
    settings = at(tmp_path).model_copy(update={"neo4j_uri": uri})
    with pytest.raises(kind) as error, connect(settings):
        pass
    assert word in said(error)
