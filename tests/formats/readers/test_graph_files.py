"""The readers of graph files alike: values, words, directions, and hostile files."""

from __future__ import annotations

import json
import random

import igraph
import networkx as nx
import pytest

from tests.formats.readers.graph_files import (
    GRAPHML,
    reading_of,
    reading_of_text,
)
from tests.formats.reading import faults_of

WRITERS = {"graphml": nx.write_graphml, "gexf": nx.write_gexf}
NO_KIND = "node without a kind: read as an ORGANISATION"


def drawn() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("acme", kind="ORGANISATION", name="Acme AB", foundedOn="1999-01-01")
    graph.add_node("ada", kind="Person", name="Ada", colour="red", favours_open=2)
    graph.add_node(7, name="Seven", roles="STARTUP;SUPPLIER")
    graph.add_edge("acme", 7, kind="EXCHANGE", value=1.5, senderRole="Maker", pen=1)
    graph.add_edge("ada", "acme", kind="EMPLOYMENT", founder=True, title="Head")
    graph.add_edge("acme", 7, kind="FRIENDSHIP")
    return graph


def written(graph, folder, format):
    path = folder / f"drawn.{format}"
    WRITERS[format](graph, path)
    return path


@pytest.mark.parametrize("format", WRITERS)
def test_a_networkx_graph_becomes_members_and_ties(tmp_path, format):
    reading = reading_of(written(drawn(), tmp_path, format), format)
    firm = {"kind": "ORGANISATION"}
    assert reading.nodes == {
        "acme": firm | {"name": "Acme AB", "founded_on": "1999-01-01"},
        "ada": {"kind": "PERSON", "name": "Ada", "favours_open": "2"}
        | {"x:colour": "red"},
        "7": firm | {"name": "Seven", "roles": "STARTUP;SUPPLIER"},
    }
    ends = {"source": "acme", "target": "7"}
    works = {"kind": "EMPLOYMENT", "source": "ada", "target": "acme"}
    exchange = {"kind": "EXCHANGE", "value": "1.5", "sender_role": "Maker"}
    ties = sorted(reading.ties, key=lambda tie: (tie["kind"], len(tie)))
    assert [{k: str(v).lower() for k, v in tie.items()} for tie in ties] == [
        {k: str(v).lower() for k, v in tie.items()}
        for tie in (
            works | {"founder": "true", "title": "Head"},
            {"kind": "EXCHANGE", "x:kind": "FRIENDSHIP"} | ends,
            exchange | {"x:pen": "1"} | ends,
        )
    ]
    assert reading.notes == {
        NO_KIND: 1,
        "edge of a kind that its ends cannot have; got 'FRIENDSHIP'": 1,
        "edge without a known kind: read as EXCHANGE": 1,
    }


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("seed", range(3))
def test_an_undirected_graph_has_the_arcs_of_igraph(tmp_path, format, seed):
    graph = nx.gnm_random_graph(12, 25, seed)
    path = written(graph, tmp_path, format)
    arcs = igraph.Graph.from_networkx(graph)
    arcs.to_directed(mode="mutual")
    names = arcs.vs["_nx_name"]
    expected = sorted((str(names[e.source]), str(names[e.target])) for e in arcs.es)
    reading = reading_of(path, format)
    assert sorted(reading.pairs()) == expected
    note = "undirected edge of EXCHANGE: read as two ties, one in each direction"
    assert reading.notes[note] == 25


def test_igraph_has_the_id_of_another_file_as_an_attribute(tmp_path):
    graph = igraph.Graph(directed=True)
    graph.add_vertices(["mill", "bakery"], {"Tier": ["A", ""], "size": [1, 2.5]})
    graph.add_edges([(0, 1), (0, 1)], {"label": ["flour", "bran"], "weight": [2, 3]})
    graph.vs["id"] = ["Q1", "Q2"]
    graph.write_graphml(str(tmp_path / "a.graphml"))
    reading = reading_of(tmp_path / "a.graphml", "graphml")
    firm = {"kind": "ORGANISATION"}
    assert list(reading.nodes.values()) == [
        firm | {"name": "mill", "x:Tier": "A", "x:size": "1", "x:id": "Q1"},
        firm | {"name": "bakery", "x:size": "2.5", "x:id": "Q2"},
    ]
    values = [(tie["deliverable"], float(tie["value"])) for tie in reading.ties]
    assert values == [("flour", 2.0), ("bran", 3.0)]


def kumu(tmp_path, elements, connections=()):
    document = {"elements": elements, "connections": list(connections)}
    return reading_of_text(tmp_path, json.dumps(document), "kumu")


@pytest.mark.parametrize(
    ("name", "value", "column", "text"),
    [
        ("Country", "Sverige", "country", "Sverige"),
        ("country", "12 km", "x:country", "12 km"),
        ("founded_on", "long ago", "x:founded_on", "long ago"),
        ("Founded On", "1999-05-01T00:00:00", "founded_on", "1999-05-01"),
        ("gross margin", "7", "x:gross margin", "7"),
        ("headcount", 5, "x:headcount", "5"),
        ("recovery-days", 2, "recovery_days", "2"),
        ("url", "no address", "x:url", "no address"),
        ("Role", "Supplier; investor", "roles", "SUPPLIER;INVESTOR"),
        ("role", "Chair", "x:role", "Chair"),
        ("sector", "s" * 651, "x:sector", "s" * 651),
        ("Story", "s" * 2_001, "x:Story", "s" * 2_000),
        ("n" * 81, "v", "x:" + "n" * 80, "v"),
        ("GO term", "a\x00b", "x:GO term", "a b"),
        ("since", "2020-01-01", "since", "2020-01-01"),
        ("x:Tier", "A", "x:Tier", "A"),
        ("is it", True, "x:is it", "true"),
    ],
)
def test_a_value_is_in_our_column_or_is_an_extra_attribute(
    tmp_path, name, value, column, text
):
    reading = kumu(tmp_path, [{"id": "a", "label": "A", name: value}])
    firm = {"kind": "ORGANISATION", "name": "A"}
    assert reading.nodes == {"a": firm | {column: text}}


def test_attributes_that_clash_are_all_there(tmp_path):
    element = {"id": "a", "label": "A", "name": "B", "Country": "SE", "country": "DK"}
    [node] = kumu(tmp_path, [element]).nodes.values()
    assert node == {"kind": "ORGANISATION", "name": "B", "x:label": "A"} | {
        "country": "SE",
        "x:country": "DK",
    }


def test_a_name_that_is_too_long_is_cut(tmp_path):
    [node] = kumu(tmp_path, [{"id": "a", "label": "n" * 700}]).nodes.values()
    assert (node["name"], node["x:name"]) == ("n" * 650, "n" * 700)


def test_a_record_has_a_hundred_extra_attributes_at_most(tmp_path):
    element = {"label": "A"} | {f"n{number}": number for number in range(103)}
    reading = kumu(tmp_path, [element])
    [node] = reading.nodes.values()
    assert sum(name.startswith("x:") for name in node) == 100
    assert reading.notes["more than 100 attributes: left out"] == 3


@pytest.mark.parametrize(
    ("kind", "source", "target", "tie"),
    [
        ("knows", "ada", "eva", ("ACQUAINTANCE", "ada", "eva")),
        ("works for", "ada", "quay", ("EMPLOYMENT", "ada", "quay")),
        ("employs", "quay", "ada", ("EMPLOYMENT", "ada", "quay")),
        ("customer of", "quay", "ice", ("EXCHANGE", "ice", "quay")),
        ("part of", "quay", "ice", ("AFFILIATION", "quay", "ice")),
        ("part of", "quay", "club", ("MEMBERSHIP", "quay", "club")),
        ("member of", "ada", "club", ("MEMBERSHIP", "ada", "club")),
        ("knows", "quay", "ice", ("EXCHANGE", "quay", "ice")),
        ("shines on", "ada", "club", ("MEMBERSHIP", "ada", "club")),
        ("EMPLOYMENT", "quay", "ice", ("EMPLOYMENT", "quay", "ice")),  # ours: a fault
    ],
)
def test_words_say_the_kind_of_a_tie(tmp_path, kind, source, target, tie):
    elements = [
        {"id": "ada", "label": "Ada", "type": "Person"},
        {"id": "eva", "label": "Eva", "type": "Person"},
        {"id": "quay", "label": "Quay", "type": "Company"},
        {"id": "ice", "label": "Ice", "type": "Supplier"},
        {"id": "club", "label": "Club", "type": "Community"},
    ]
    for word in ("kind", "label"):
        connection = {"from": source, "to": target, word: kind}
        if word == "label" and kind == "EMPLOYMENT":
            continue
        [row] = kumu(tmp_path, elements, [connection]).ties
        assert (row["kind"], row["source"], row["target"]) == tie


def test_a_random_graph_of_people_is_told_as_igraph_counts_it(tmp_path):
    chance = random.Random(4)
    people = [{"id": f"p{i}", "label": f"P {i}", "type": "Person"} for i in range(9)]
    pairs = [chance.sample(range(9), 2) for _ in range(20)]
    words = ["directed", "undirected", "mutual"]
    connections = [
        {"from": f"p{a}", "to": f"p{b}", "direction": words[i % 3]}
        | {"type": "knows" if i % 2 else "advises"}
        for i, (a, b) in enumerate(pairs)
    ]
    reading = kumu(tmp_path, people, connections)
    both = [p for i, p in enumerate(pairs) if i % 2 == 0 and i % 3]
    one = [p for i, p in enumerate(pairs) if i % 2 == 0]
    expected = igraph.Graph([*one, *(p[::-1] for p in both)], directed=True)
    arcs = [(f"p{e.source}", f"p{e.target}") for e in expected.es]
    assert sorted(reading.pairs("ADVICE")) == sorted(arcs)
    assert len(reading.pairs("ACQUAINTANCE")) == 10


def test_a_node_without_an_id_is_a_fault(tmp_path):
    (tmp_path / "x").write_text(GRAPHML.format("<graph><node/></graph>"))
    assert faults_of(tmp_path / "x", "graphml") == [
        "x line 1, column id: a node needs an id"
    ]


LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 9))
OUTSIDE = '<!DOCTYPE g [<!ENTITY f SYSTEM "file:///etc/passwd">]><g>&f;</g>'
NO_DOCTYPE = "document types and entities are not supported; remove <!DOCTYPE"
HOSTILE = {
    "billion laughs": (
        f'<!DOCTYPE g [<!ENTITY l0 "ha">{LAUGHS}]><g>&l8;</g>',
        [f"x line 1: {NO_DOCTYPE}"],
    ),
    "an entity from outside": (OUTSIDE, [f"x line 1: {NO_DOCTYPE}"]),
    "empty": ("", ["x line 1: not valid XML: no element found"]),
    "cut off": ("<graphml>\n<graph>", ["x line 2: not valid XML: no element found"]),
    "no XML": ("key,kind\n", ["x line 1: not valid XML: syntax error"]),
    "NUL": (
        "<g>\n\0</g>",
        ["x line 2: not valid XML: not well-formed (invalid token)"],
    ),
    "deep": ("<a>" * 101, ["x line 1: elements are nested more than 100 deep"]),
    "an entity of nobody": (
        "<g>&x;</g>",
        ["x line 1: not valid XML: undefined entity"],
    ),
    "an end that is not there": (
        "<graphml><graph>\n<edge source='a' target='b'/></graph></graphml>",
        [],
    ),
}


@pytest.mark.parametrize("format", WRITERS)
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_or_broken_file_is_a_fault(tmp_path, format, name):
    text, expected = HOSTILE[name]
    (tmp_path / "x").write_text(text)
    assert faults_of(tmp_path / "x", format) == expected


def test_xml_is_read_in_its_declared_encoding(tmp_path):
    text = '<?xml version="1.0" encoding="ISO-8859-1"?><graphml><graph>'
    text += '<node id="Åsa"/></graph></graphml>'
    (tmp_path / "x").write_bytes(text.encode("latin-1"))
    assert list(reading_of(tmp_path / "x", "graphml").nodes) == ["Åsa"]
