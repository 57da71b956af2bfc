"""The readers of GraphML and GEXF: files of networkx and Gephi, and hostile files."""

from __future__ import annotations

import networkx as nx
import pytest

from tests.formats.reading import faults_of, rows_of

UNDIRECTED = "undirected edge: imported as directed, from its source to its target"
WRITERS = {"graphml": nx.write_graphml, "gexf": nx.write_gexf}


def drawn() -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    graph.add_node("acme", kind="ORGANISATION", name="Acme AB", foundedOn="1999-01-01")
    graph.add_node("ada", kind="Person", name="Ada", colour="red", favours_open=2)
    graph.add_node(7, name="Seven", roles="STARTUP;SUPPLIER")
    graph.add_edge("acme", 7, kind="EXCHANGE", value=1.5, senderRole="Maker", pen=1)
    graph.add_edge("ada", "acme", kind="EMPLOYMENT", founder=True, title="Head")
    graph.add_edge("acme", 7, kind="FRIENDSHIP")
    return graph


@pytest.mark.parametrize("format", WRITERS)
def test_a_networkx_graph_becomes_members_and_ties(tmp_path, format):
    path = tmp_path / f"drawn.{format}"
    WRITERS[format](drawn(), path)
    found, notes = rows_of(path, format)
    made = {"kind": "ORGANISATION", "key": "drawn-7"}
    assert found["members"] == [
        {"key": "acme", "kind": "ORGANISATION", "name": "Acme AB"}
        | {"founded_on": "1999-01-01"},
        {"key": "ada", "kind": "PERSON", "name": "Ada", "favours_open": "2"},
        {**made, "name": "Seven", "roles": "STARTUP;SUPPLIER"},
    ]
    ends = {"source": "acme", "target": "drawn-7"}
    exchange = {"kind": "EXCHANGE", "value": "1.5", "sender_role": "Maker"}
    works = {"kind": "EMPLOYMENT", "source": "ada", "target": "acme"}
    ties = sorted(found["ties"], key=lambda tie: (tie["kind"], len(tie)))
    assert [{k: str(v).lower() for k, v in tie.items()} for tie in ties] == [
        {k: str(v).lower() for k, v in tie.items()}
        for tie in (
            {**works, "founder": "true", "title": "Head"},
            {"kind": "EXCHANGE", **ends},
            {**exchange, **ends},
        )
    ]
    notes.pop(
        "unknown attribute 'networkx_key' of ties: not imported", None
    )  # of its own
    assert notes == {
        "unknown attribute 'colour' of members: not imported": 1,
        "node without a kind: imported as ORGANISATION": 1,
        "unknown attribute 'pen' of ties: not imported": 1,
        "edge of unknown kind 'FRIENDSHIP': imported as EXCHANGE": 1,
    }


@pytest.mark.parametrize("format", WRITERS)
def test_undirected_edges_are_imported_as_directed_with_a_note(tmp_path, format):
    path = tmp_path / f"plain.{format}"
    WRITERS[format](nx.path_graph(["a", "b", "c"]), path)
    found, notes = rows_of(path, format)
    assert [member["name"] for member in found["members"]] == ["a", "b", "c"]
    pairs = [(tie["source"], tie["target"]) for tie in found["ties"]]
    assert pairs == [("a", "b"), ("b", "c")]
    assert notes[UNDIRECTED] == 2
    assert notes["edge without a kind: imported as EXCHANGE"] == 2


@pytest.mark.parametrize("format", WRITERS)
def test_loading_a_networkx_graph_twice_gives_the_same_graph(
    draw, ask, load, tmp_path, format
):
    graph = drawn()
    graph.remove_edge("acme", 7, key=1)
    path = tmp_path / f"drawn.{format}"
    WRITERS[format](graph, path)
    draw(path, format)
    text = """{ members { nodes { key name } } exchanges { nodes { value senderRole
      target { key } } } employments { nodes { founder source { key } } } }"""
    before = ask(text)
    assert before == {
        "members": {
            "nodes": [
                {"key": "acme", "name": "Acme AB"},
                {"key": "ada", "name": "Ada"},
                {"key": "drawn-7", "name": "Seven"},
            ]
        },
        "exchanges": {
            "nodes": [
                {"value": 1.5, "senderRole": "Maker", "target": {"key": "drawn-7"}}
            ]
        },
        "employments": {"nodes": [{"founder": True, "source": {"key": "ada"}}]},
    }
    load(path, format)
    assert ask(text) == before


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
    found, _ = rows_of(tmp_path / "x", "graphml")
    assert found["members"][0]["key"] == "Åsa"
