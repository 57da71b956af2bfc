"""Compaction: erased is erased, nothing else is lost, and a kill leaves a database."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from neo4j import GraphDatabase

from schema.context import Context
from schema.query import schema
from service import database
from service.cli.compactor import Compactor
from service.cli.console import TerminalNotice
from service.cli.session import run_at
from service.database import SILENT, Compiler, compaction, server
from service.database.home import Home, prepare_home, replace_data
from service.errors import BadInput, Unavailable
from service.formats.load import read_records, write_records
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.support.everything import everything
from tests.support.worlds import write

# Neo4j packs a short text into its property record, in bits of its own; a long one is
# in the string store. Index keys and the transaction log have both as they are.
LONG = "Zyxomira Quellenthal-Vindskupefjördsdóttir av Uppåkra"
SHORT = "Ilx Bemm"
WORDS = ["quellenthal", "vindskupefjördsdóttir", "vindskupefjordsdottir", "bemm"]
# Types that the product does not store, and what it never makes: no key, no label.
OTHERS = """
CREATE (a:Odd:`A strange label` {
  day: date("-0044-03-15"), days: [date("2026-01-01"), date("+12345-01-01")],
  time: localtime("12:00:00.123456789"), zoned: time("12:00+01:30"),
  local: localdatetime("2026-02-03T04:05:06.7"),
  utc: datetime("2026-02-03T04:05Z"), named: datetime("2026-02-03T04:05[UTC]"),
  fold: datetime("2026-10-25T02:30+01:00[Europe/Stockholm]"),
  instants: [datetime("2026-02-03T04:05:06.000000007+05:45")],
  span: duration("P1Y2M3DT4H5M-6.007S"),
  spans: [duration("PT0.5S"), duration("P-1D")],
  flat: point({x: 1.5, y: -2.5}),
  earth: [point({longitude: 12.5, latitude: 57, height: 3})],
  none: [], texts: ["", "b"], whole: 1, float: 1.0, minus: -0.0,
  large: 9223372036854775807, nan: 0.0 / 0.0, infinite: 1.0 / 0.0,
  yes: true, flags: [true, false], floats: [1.0, 2.5], `a name`: "€ \\u0001 𝄞"
})
CREATE (b)
CREATE (a)-[:`TIES TO` {at: time("23:59:59-11:00"), n: 1}]->(a)
CREATE (a)-[:X]->(b), (a)-[:X]->(b), (b)-[:X {bytes: $bytes}]->(a)
"""
VALUES = """[k IN keys(p) | [k, valueType(p[k]),
  [v IN CASE WHEN p[k] IS :: LIST<ANY> THEN p[k] ELSE [p[k]] END | toString(v)]]]"""
NODES = f"""MATCH (n) WITH n, properties(n) AS p
  RETURN elementId(n) AS id, labels(n) AS labels, {VALUES} AS texts"""
TIES = """MATCH (a)-[r]->(b)
  RETURN elementId(a) AS a, type(r) AS type, properties(r) AS p, elementId(b) AS b"""
INDEXES = """SHOW INDEXES YIELD type, labelsOrTypes, properties, owningConstraint
  RETURN type, labelsOrTypes, properties, owningConstraint IS NULL AS is_free"""


WRITES = """mutation {
  a: createPerson(idempotencyKey: "KEY 1", input: {
    key: "KEY", name: "NAME", description: "NAME paints." }) { __typename }
  b: updateOrganisation(input: {
    key: "firm", description: "A customer of NAME, since long." }) { __typename }
  c: recordContact(person: "KEY", other: "person") { __typename }
}"""
compact = partial(database.compact, compiler=Compiler.QUICK)
KILLED = """
import os, signal, sys
from pathlib import Path
from service import database
from service.cli.compactor import Compactor
from service.cli.console import TerminalNotice
from service.database import Compiler
from service.settings import Settings
class Killed(Compactor):
    def copy(self, source, target):
        super().copy(source, target)
        os.kill(os.getpid(), signal.SIGKILL)
settings = Settings(home=Path(sys.argv[1]), neo4j_uri=None, heap="512m")
compactor, quick = Killed(TerminalNotice()), Compiler.QUICK
work = (compactor.copy, compactor.compare)
database.compact(settings, TerminalNotice(), *work, quick)
"""


@dataclass
class ErasedHome:
    """A home with one record of every kind, odd nodes, and two erased people."""

    settings: Settings
    content: dict[str, list[str]]
    refusal: str  # of a compaction while the server ran


@pytest.fixture(scope="module")
def erased(neo4j, tmp_path_factory):
    home = tmp_path_factory.mktemp("home") / "valuenet"
    settings = Settings(home=home, neo4j_uri=None, heap="512m")
    folder = tmp_path_factory.mktemp("world")
    write(everything(), folder)

    async def fill(graph):
        records, faults = read_records(folder, "tables")
        await write_records(graph, records, faults, lambda rows: None)
        for key, name in (("gone", LONG), ("brief", SHORT)):
            await ask(graph, WRITES.replace("KEY", key).replace("NAME", name))
            await ask(
                graph, f'mutation {{ erasePerson(key: "{key}") {{ __typename }} }}'
            )

    async def ask(graph, text):
        context = Context(graph, settings, Snapshots(graph, settings), may_write=True)
        answer = await schema.execute(text, context_value=context)
        assert answer.errors is None

    with database.connect(settings, compiler=Compiler.QUICK) as address:
        run_at(address, settings, TerminalNotice(), fill)
        with driver_of(address) as driver:
            driver.execute_query(OTHERS, bytes=b"\x00\xff")
            content = content_of(driver)
        with pytest.raises(Unavailable) as error:
            compact(settings, SILENT, no_copy, no_copy)
    yield ErasedHome(settings, content, str(error.value))
    database.stop(settings)


def no_copy(*addresses):
    raise AssertionError("nothing is copied")


def driver_of(address):
    return GraphDatabase.driver(address.uri, auth=(address.username, address.password))


def content_of(driver):
    """Everything that is stored, in an order that does not depend on ids."""

    def rows(query):
        return [record.data() for record in driver.execute_query(query).records]

    nodes = {
        row["id"]: repr((sorted(row["labels"]), sorted(row["texts"])))
        for row in rows(NODES)
    }
    ties = [
        (nodes[row["a"]], row["type"], sorted(row["p"].items()), nodes[row["b"]])
        for row in rows(TIES)
    ]
    return {
        "nodes": sorted(nodes.values()),
        "ties": sorted(map(repr, ties)),
        "indexes": sorted(map(repr, rows(INDEXES))),
    }


def traces_in(folder):
    """The files with a name of an erased person, in any usual form."""
    wanted = [
        form
        for name in (LONG, SHORT, *WORDS)
        for text in (name, name.lower(), name.upper())
        for form in encodings(text)
    ]
    files = [path for path in folder.rglob("*") if path.is_file()]
    assert files
    return {
        str(path.relative_to(folder))
        for path in files
        if any(form in path.read_bytes() for form in wanted)
    }


def encodings(text):
    return [
        text.encode(kind) for kind in ("utf-8", "utf-16-le", "utf-16-be", "latin-1")
    ]


def test_compaction_leaves_no_trace_of_the_erased_and_all_else_even_after_a_kill(
    erased,
):
    settings, home = erased.settings, Home(erased.settings.home)
    assert len(erased.content["nodes"]) > 20
    traces = traces_in(home.root)
    for part in ("neostore.propertystore.db.strings", "/index/", "/transactions/"):
        assert [name for name in traces if part in name], part
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home.root)])
    assert killed.returncode == -signal.SIGKILL
    compactor = Compactor(TerminalNotice())
    sizes = compact(settings, SILENT, compactor.copy, compactor.compare)
    assert sizes.before > sizes.after > 0
    assert traces_in(home.root) == set()
    assert not home.compacted.exists()
    assert not home.previous_data.exists()
    with (
        database.connect(settings, compiler=Compiler.QUICK) as address,
        driver_of(address) as driver,
    ):
        assert content_of(driver) == erased.content
        compactor.compare(address)
        # What a killed compaction leaves while its first server runs on.
        prepare_home(Settings(home=home.compacted))
        with database.connect(settings):
            assert not home.compacted.exists()
        driver.execute_query("MATCH (n:Odd) SET n.whole = 1.0")
        with pytest.raises(Unavailable, match="left as it was"):
            compactor.compare(address)
    assert traces_in(home.root) == set()
    assert [p for p in home.root.rglob("*") if p.stat().st_mode & 0o077] == []


def test_compaction_says_what_it_needs(erased, tmp_path, monkeypatch):
    def refused(kind, settings, *words):
        with pytest.raises(kind) as error:
            compact(settings, SILENT, no_copy, no_copy)
        assert all(word in str(error.value) for word in words), error.value

    settings = erased.settings
    assert "end the commands that use it" in erased.refusal
    refused(
        BadInput,
        settings.model_copy(update={"home": tmp_path / "empty"}),
        "no database to compact yet",
    )
    given = settings.model_copy(update={"neo4j_uri": "bolt://127.0.0.1:1"})
    refused(BadInput, given, "NEO4J_URI", "tools of that server")
    monkeypatch.setattr(compaction, "NEW_BYTES", 1 << 60)
    refused(Unavailable, settings, "MB of free space", "VALUENET_HOME")


@pytest.mark.parametrize("kill_at", range(5))
def test_a_kill_while_the_new_data_take_the_place_leaves_one_of_them(
    tmp_path, kill_at, monkeypatch
):
    """The disk is all that a killed process leaves; its steps are renames."""
    home = prepare_home(Settings(home=tmp_path / "home"))
    new = prepare_home(Settings(home=home.compacted))
    for folder, text in ((home.data, "old"), (new.data, "new")):
        folder.mkdir()
        (folder / "store").write_text(text)
    steps = [kill_at]

    def step(action):
        def run(*arguments, **options):
            if not steps[0]:
                raise KeyboardInterrupt
            steps[0] -= 1
            return action(*arguments, **options)

        return run

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", step(Path.rename))
        patch.setattr(shutil, "rmtree", step(shutil.rmtree))
        with contextlib.suppress(KeyboardInterrupt):
            replace_data(home, new.data)
    server.remove_remains(home)
    assert (home.data / "store").read_text() == ("old" if kill_at < 3 else "new")
    assert sorted(os.listdir(home.neo4j)) == ["conf", "data", "logs"]
    assert not home.compacted.exists()
