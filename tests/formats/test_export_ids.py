"""Graph files: as many nodes and edges as records, each with an id of its own."""

from __future__ import annotations

import json
import random
import xml.etree.ElementTree as ET
from collections import Counter

import igraph
import networkx as nx
import pytest

from seeds import SEEDS
from service.formats.export import connections_of, export_graph
from tests.formats.reading import unnumbered
from tests.support.worlds import member, tie

DEMO = next(seed.folder for seed in SEEDS if seed.key == "demo")
FORMATS = ["graphml", "gexf", "kumu"]
TABLES = ["contracts", "offerings", "capabilities", "communities", "initiatives"]
# The table of the target of each kind of tie, for ties whose source is a member.
TARGETS = {
    "EXCHANGE": "members",
    "COMPETITION": "members",
    "MEMBERSHIP": "communities",
    "CAPABILITY": "capabilities",
    "NEED": "capabilities",
    "OFFER": "offerings",
    "WORK": "initiatives",
    "CONTRACT": "contracts",
}
KEYS = ["a", "7", "n7", "OFFERING:a", "MEMBER:a", "MEMBER:OFFERING:a", "COMMUNITY:"]
KEYS += ["<&>\"'", "å b", "x;y", "offering:a", "två ord", "inf", "CONTRACT:a"]


@pytest.fixture
def export(graph, runner, tmp_path):
    def export(format):
        path = tmp_path / f"out.{format}"
        wanted = connections_of(format, [])
        runner.run(export_graph(graph, path, format, wanted, lambda count: None))
        return path

    return export


def random_world(seed):
    """Records of every kind that share their keys, and ties that share theirs."""
    chance = random.Random(seed)
    keys = {t: chance.sample(KEYS, 9) for t in ("members", *TABLES)}
    world = {t: [{"key": key, "name": f"{t} {key}"} for key in keys[t]] for t in TABLES}
    world["members"] = [member(key) for key in keys["members"]]
    world["ties"] = [
        tie(kind, chance.choice(keys["members"]), key, key=f"tie-{number}")
        for kind, table in TARGETS.items()
        for number, key in enumerate(keys[table])
    ]
    world["ties"] += [
        tie("COVERAGE", contract, offering)
        for contract, offering in zip(keys["contracts"], keys["offerings"], strict=True)
    ]
    return world


def edges_of(world):
    """Each tie as its kind and its ends, which are a table and a key."""
    return Counter((row["kind"], row["source"], row["target"]) for row in world["ties"])


def in_networkx(path, read):
    graph = read(path)
    nodes = dict(graph.nodes(data=True))
    edges = [
        (data["kind"], nodes[source]["key"], nodes[target]["key"])
        for source, target, data in graph.edges(data=True)
    ]
    kinds = {(data["kind"], data["key"]) for data in nodes.values()}
    return len(nodes), len(kinds), Counter(edges)


def in_igraph(path):
    graph = igraph.Graph.Read_GraphML(str(path))
    key = graph.vs["key"]
    edges = [(e["kind"], key[e.source], key[e.target]) for e in graph.es]
    kinds = set(zip(graph.vs["kind"], key, strict=True))
    return graph.vcount(), len(kinds), Counter(edges)


def in_kumu(path):
    document = json.loads(path.read_text())
    nodes = {element["id"]: element for element in document["elements"]}
    edges = [
        (c["kind"], nodes[c["from"]]["key"], nodes[c["to"]]["key"])
        for c in document["connections"]
    ]
    kinds = {(node["kind"], node["key"]) for node in nodes.values()}
    assert len(nodes) == len(document["elements"])
    return len(nodes), len(kinds), Counter(edges)


def readings(export):
    """What each program reads from our files: nodes, distinct records, edges."""
    graphml = export("graphml")
    return {
        "networkx, graphml": in_networkx(graphml, nx.read_graphml),
        "networkx, gexf": in_networkx(export("gexf"), nx.read_gexf),
        "igraph": in_igraph(graphml),
        "kumu": in_kumu(export("kumu")),
    }


@pytest.mark.parametrize("seed", range(3))
def test_other_programs_read_every_record_and_tie_of_a_random_world(draw, export, seed):
    world = random_world(seed)
    draw(world)
    nodes = sum(len(rows) for table, rows in world.items() if table != "ties")
    for program, reading in readings(export).items():
        assert reading == (nodes, nodes, edges_of(world)), program


def test_other_programs_read_every_record_and_tie_of_the_demo(draw, export, count):
    draw(DEMO)
    records = "n:Member|Contract|Offering|Capability|Community|Referral|Introduction"
    text = f"MATCH ({records}|Feedback|ServiceCase|Initiative) RETURN count(n) AS n"
    nodes = count(text)["n"]
    ties = count("MATCH ()-[r]->() WHERE r.key IS NOT NULL RETURN count(r) AS n")["n"]
    assert nodes > 500
    for program, (read, kinds, edges) in readings(export).items():
        assert (read, kinds, edges.total()) == (nodes, nodes, ties), program


@pytest.mark.parametrize("format", FORMATS)
def test_records_that_share_their_keys_load_again(draw, export, dump, format):
    draw(random_world(7))
    before = unnumbered(dump())
    draw(export(format), format)
    assert unnumbered(dump()) == before


def test_a_key_is_the_id_where_no_other_kind_has_it(draw, export):
    world = {"members": [member("market"), member("a"), member("OFFERING:a")]}
    world["offerings"] = [{"key": "market"}, {"key": "own"}]
    world["communities"] = [{"key": "own"}]
    draw(world)
    space = "{http://graphml.graphdrawing.org/xmlns}"
    ids = [node.get("id") for node in ET.parse(export("graphml")).iter(f"{space}node")]
    assert sorted(ids) == [
        "COMMUNITY:own",
        "MEMBER:OFFERING:a",
        "OFFERING:market",
        "a",
        "market",
        "own",
    ]
