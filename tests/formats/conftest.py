"""Fixtures to load files into an existing graph, and to dump all of a graph."""

from __future__ import annotations

from pathlib import Path

import pytest
from neo4j import GraphDatabase

from service.errors import ImportRefusal
from service.formats.load import read_records, write_records
from tests.support.worlds import World, write

NODES = "MATCH (n) RETURN labels(n) AS labels, properties(n) AS properties"
TIES = "MATCH (a)-[r]->(b) RETURN type(r) AS type, properties(r) AS properties,"
TIES += " a.key AS source, b.key AS target"


@pytest.fixture
def load(graph, runner, tmp_path):
    """Load a world, files or a folder into the graph; the counts of each kind."""

    def load(given: World | Path, name: str = "tables") -> dict[str, int]:
        folder = given if isinstance(given, Path) else tmp_path
        if isinstance(given, dict):
            for old in tmp_path.iterdir():
                old.unlink()
            texts = {k: v for k, v in given.items() if not isinstance(v, list)}
            for file, text in texts.items():
                data = text if isinstance(text, bytes) else text.encode()
                (tmp_path / file).write_bytes(data)
            write({k: v for k, v in given.items() if k not in texts}, tmp_path)
        found, faults = read_records(folder, name)
        return runner.run(write_records(graph, found, faults, lambda rows: None))

    return load


@pytest.fixture
def refused(load, tmp_path):
    """The faults for which these files are refused, without the name of the folder."""

    def refused(files: World) -> list[str]:
        with pytest.raises(ImportRefusal) as caught:
            load(files)
        texts = [*map(str, caught.value.faults), caught.value.messages[-1]]
        return [text.replace(f"{tmp_path}/", "") for text in texts]

    return refused


@pytest.fixture(scope="module")
def driver(address):
    auth = (address.username, address.password)
    with GraphDatabase.driver(address.uri, auth=auth) as driver:
        yield driver


@pytest.fixture(scope="module")
def dump(driver, address):
    """Every node and every tie with their labels and properties."""

    def dump() -> list[str]:
        with driver.session(database=address.database) as session:
            rows = [r.data() for text in (NODES, TIES) for r in session.run(text)]
        for row in rows:
            row["labels"] = sorted(row.get("labels", []))
            row["properties"] = sorted(row["properties"].items())
        return sorted(map(repr, rows))

    return dump


@pytest.fixture(scope="module")
def count(driver, address):
    def count(text: str) -> dict[str, int]:
        return driver.execute_query(text, database_=address.database).records[0].data()

    return count
