"""What a request read is freed when it ends: no cycle keeps it for the collector."""

from __future__ import annotations

import gc
from collections import Counter

import pytest

from schema.context import Context
from schema.execution.engine import GraphQLEngine
from service.networks.snapshots import Snapshots
from service.settings import Settings
from tests.support.worlds import member, tie

OWN = {"graphql", "strawberry", "schema", "service", "asyncio"}
KEYS = [f"o{number:03}" for number in range(150)]
LIST = """{ organisations(first: 150) { totalCount
  nodes { key tiesOut { nodes { key } } } } }"""
NETWORK = "network: {ties: [EXCHANGE]}"
RANKING = f"""{{ structuralHoles({NETWORK}, first: 150) {{
  positions {{ constraint member {{ key ... on Organisation {{ sector }} }} }} }} }}"""
MAP = f"""{{ networkMap({NETWORK}) {{
  nodes {{ betweenness brokerage member {{ key }} }} }} }}"""
FAULT = """{ organisation(key: "none") { key }
  brokerage(network: {ties: []}) { totalCount } }"""


@pytest.mark.parametrize("document", [LIST, RANKING, MAP, FAULT])
def test_no_cycle_holds_an_answer(draw, graph, runner, document):
    draw(
        {
            "members": [member(key) for key in KEYS],
            "ties": [tie("EXCHANGE", KEYS[0], key) for key in KEYS[1:]],
        }
    )
    engine = GraphQLEngine(Settings())
    snapshots = Snapshots(graph, Settings())

    def answer():
        context = Context(graph, Settings(), snapshots, may_write=False)
        return runner.run(engine.execute(document, {}, None, context)).body

    answer()  # plans, documents and snapshots stay
    gc.collect()
    gc.disable()
    gc.set_debug(gc.DEBUG_SAVEALL)
    try:
        assert answer()
        gc.collect()
        # Sessions of the driver are cycles too, but hold no record.
        modules = Counter(type(each).__module__.split(".")[0] for each in gc.garbage)
        assert not OWN & set(modules), modules
        assert sum(modules.values()) < 150
    finally:
        gc.set_debug(0)
        gc.garbage.clear()
        gc.enable()
