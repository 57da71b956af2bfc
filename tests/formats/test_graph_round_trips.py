"""Exports that NetworkX or igraph has read and written again give the same graph."""

from __future__ import annotations

import igraph
import networkx as nx
import pytest

from seeds import SEEDS
from service.formats.export import connections_of, export_graph
from tests.formats.reading import unnumbered
from tests.formats.test_export_ids import random_world
from tests.support.everything import everything
from tests.support.worlds import member, tie

DEMO = next(seed.folder for seed in SEEDS if seed.key == "demo")
HUB = "{ brokerage(network: {ties: [EXCHANGE]}, groupBy: KIND, first: 20)"
HUB += " { brokers { member { name } scores { observed { total } } } } }"


def through_igraph(path, new):
    igraph.Graph.Read_GraphML(str(path)).write_graphml(str(new))


def unchanged(path, new):
    new.write_bytes(path.read_bytes())


PROGRAMS = {
    "nobody, kumu": unchanged,
    "networkx, graphml": lambda path, new: nx.write_graphml(
        nx.read_graphml(path, force_multigraph=True), new
    ),
    "networkx, gexf": lambda path, new: nx.write_gexf(nx.read_gexf(path), new),
    "igraph, graphml": through_igraph,
}


@pytest.fixture
def rewritten(graph, runner, tmp_path):
    """An export of the graph, after a program has read it and written it again."""

    def rewritten(program):
        format = program.partition(", ")[2]
        path, new = tmp_path / f"a.{format}", tmp_path / f"b.{format}"
        every = connections_of(format, [])
        runner.run(export_graph(graph, path, format, every, lambda count: None))
        PROGRAMS[program](path, new)
        return new, format

    return rewritten


def full_world():
    """Every kind of record, with texts, numbers, truth values and periods."""
    world = everything()
    world["members"] += [
        member("text", description='<a> "b" & c;d', sector="👩‍🔬 é"),
        member("past", since="2019-02-28", until="2020-03-01", gross_margin=0.1),
        member("one day", since="2024-02-29", until="2024-03-01"),
    ]
    world["members"] += [
        member("extra", **{"x:Tier": "A", "x:GO term": "b; c", "x:Country": "12 km"}),
        member("typed", **{"x:size": "12.5", "x:open": "true", "x:day": "2026-01-01"}),
        member("texts", **{"x:size": "'12", "x:_x0041_": "'true", "x:Tier": "0123"}),
        member("words", **{"x:label": "B", "x:type": "C", "x:start": "D", "x:id": "7"}),
    ]
    world["communities"][0]["x:Tier"] = "B"
    world["ties"] += [
        tie("COMPETITION", "extra", "typed", key="t0", **{"x:weight": "5"}),
        tie("EXCHANGE", "extra", "typed", key="t5", **{"x:title": "A", "x:p q": "1"}),
        tie("EXCHANGE", "text", "past", key="t1", value=1e-7, deliverable="=1+1"),
        tie("EXCHANGE", "text", "past", key="t2", value=-5, until="2021-01-01"),
        tie("EMPLOYMENT", "person", "past", key="t3", founder="false"),
        tie("EMPLOYMENT", "person", "text", key="t4", founder="true"),
    ]
    return world


def renumbered_world():
    """Keys that look like the ids that igraph gives to nodes, in another order."""
    keys = [f"n{number}" for number in (3, 0, 2, 1)]
    ends = {"referrer": "n3", "customer": "n0", "provider": "n2"}
    return {
        "members": [member(key) for key in keys],
        "communities": [{"key": "n1"}, {"key": "n4"}],
        "referrals": [{"key": "n0", "on": "2026-01-01", **ends}],
        "ties": [
            tie("EXCHANGE", "n0", "n1"),
            tie("MEMBERSHIP", "n0", "n1"),
            tie("MEMBERSHIP", "n2", "n4"),
        ],
    }


WORLDS = {
    "renumbered": renumbered_world(),
    "full": full_world(),
    "shared keys": random_world(11),
    "demo": DEMO,
}


CASES = [("full", program) for program in PROGRAMS]
CASES += [("demo", program) for program in PROGRAMS if program != "networkx, graphml"]
CASES += [(world, "igraph, graphml") for world in ("renumbered", "shared keys")]


@pytest.mark.parametrize(("world", "program"), CASES)
def test_a_graph_comes_back_equal(draw, dump, rewritten, program, world):
    draw(WORLDS[world])
    before = unnumbered(dump())
    path, format = rewritten(program)
    draw(path, format)
    assert unnumbered(dump()) == before


def test_brokers_of_an_undirected_graph_are_those_of_igraph(draw, ask, tmp_path):
    graph = igraph.Graph(nx.gnm_random_graph(14, 30, seed=5).edges())
    graph.vs["name"] = [f"Firm {number}" for number in range(graph.vcount())]
    graph.write_graphml(str(tmp_path / "a.graphml"))
    draw(tmp_path / "a.graphml", "graphml")
    brokers = ask(HUB)["brokerage"]["brokers"]
    totals = {b["member"]["name"]: b["scores"]["observed"]["total"] for b in brokers}
    expected = {}
    for vertex in graph.vs:
        friends = graph.neighbors(vertex.index)
        open_pairs = sum(
            not graph.are_adjacent(a, b) for a in friends for b in friends if a != b
        )
        expected[vertex["name"]] = open_pairs
    assert {name: totals.get(name, 0) for name in expected} == expected


def test_parallel_edges_are_two_ties_also_when_they_are_loaded_again(
    draw, ask, load, tmp_path
):
    graph = nx.MultiDiGraph()
    graph.add_edge("mill", "bakery", value=10.0)
    graph.add_edge("mill", "bakery", value=15.0)
    nx.write_graphml(graph, tmp_path / "a.graphml")
    draw(tmp_path / "a.graphml", "graphml")
    text = "{ exchanges { nodes { key value } } }"
    before = ask(text)["exchanges"]["nodes"]
    assert sorted(node["value"] for node in before) == [10, 15]
    load(tmp_path / "a.graphml", "graphml")
    assert ask(text)["exchanges"]["nodes"] == before
