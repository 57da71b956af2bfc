"""Plans while indexes have no statistics, as in the seconds after a load.

The planner then takes a scan of an index to be free. For each row of a statement it is
the difference between seconds and hours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from neo4j import GraphDatabase

from service import database
from service.database import Compiler, java
from service.formats.load import read_records, write_records
from service.graph import migrations, open_graph
from service.settings import Settings
from tests.cypher.files import DEMO, NAMES, sample

UNSAMPLED = "db.index_sampling.background_enabled=false\n"
SCANS = {"AllNodesScan", "NodeByLabelScan", "NodeIndexScan", "NodeIndexSeekByRange"}
SCANS |= {"NodeUniqueIndexSeekByRange", "DirectedRelationshipTypeScan"}
SCANS |= {"UndirectedRelationshipTypeScan", "PartitionedNodeByLabelScan"}
# Rows that such a statement scans for are one or few, and so is what it scans.
FEW = {
    "departures/staff": "one leaver",
    "introductions/needs": "the capabilities, for each start-up that is asked for",
    "networking/communities": "the communities, for one member",
    "networking/needs": "the capabilities, for one member",
    "referral_network/regions": "the community that is asked for",
    "setup/state": "the one record of the schema",
    "writes/member_numbers": "the one record of the schema",
}


@pytest.fixture
def driver(neo4j, tmp_path, runner, monkeypatch):
    """A server that samples no index, with the demo in it."""
    monkeypatch.setattr(java, "CONF", java.CONF + UNSAMPLED)
    settings = Settings(neo4j_uri=None, home=tmp_path / "home", heap="512m")

    async def load(address: database.Address) -> None:
        async with open_graph(address, 600) as graph:
            await migrations.prepare(graph)
            await write_records(graph, *read_records(DEMO, "tables"), lambda rows: None)

    with database.connect(settings, compiler=Compiler.QUICK) as address:
        runner.run(load(address))
        auth = (address.username, address.password)
        with GraphDatabase.driver(address.uri, auth=auth) as driver:
            yield driver


def scans(plan: dict[str, Any]) -> set[str]:
    own = {plan["operatorType"].partition("@")[0]} & SCANS
    return own.union(*map(scans, plan.get("children", [])))


def scans_for_each_row(plan: dict[str, Any]) -> Iterator[str]:
    """What the second branch of an Apply scans: it runs for each row of the first."""
    first, *others = plan.get("children", []) or [None]
    if first is None:
        return
    yield from scans_for_each_row(first)
    for other in others:
        is_apply = "Apply" in plan["operatorType"]
        yield from scans(other) if is_apply else scans_for_each_row(other)


def test_nothing_is_scanned_for_each_row_while_an_index_has_no_statistics(driver):
    found = {}
    for name in NAMES:
        statement = sample(name)
        result = driver.execute_query(f"EXPLAIN {statement.text}", statement.params)
        if plan := result.summary.plan:
            found[name] = set(scans_for_each_row(plan))
    assert {name for name, scanned in found.items() if scanned} == FEW.keys()
