"""The reader of GraphML: what each program writes in its own way."""

from __future__ import annotations

import pytest

from tests.formats.readers.graph_files import GRAPHML, reading_of_text

YED = """
<key for="port" id="d0" yfiles.type="portgraphics"/>
<key attr.name="url" attr.type="string" for="node" id="d4"/>
<key attr.name="description" attr.type="string" for="node" id="d5"/>
<key for="node" id="d6" yfiles.type="nodegraphics"/>
<key for="graphml" id="d7" yfiles.type="resources"/>
<key for="edge" id="d10" yfiles.type="edgegraphics"/>
<graph edgedefault="directed" id="G">
 <node id="n0" yfiles.foldertype="group"><data key="d5"/>
  <data key="d6"><y:ProxyAutoBoundsNode xmlns:y="y"><y:Realizers active="0">
    <y:GroupNode><y:NodeLabel alignment="right">Harbour</y:NodeLabel></y:GroupNode>
    <y:GroupNode><y:NodeLabel>Folder 1</y:NodeLabel></y:GroupNode>
  </y:Realizers></y:ProxyAutoBoundsNode></data>
  <graph edgedefault="directed" id="n0:">
   <node id="n0::n0"><data key="d5"><![CDATA[Fish & more]]></data>
    <data key="d4">https://quay.example.com</data>
    <data key="d6"><y:ShapeNode xmlns:y="y"><y:Geometry height="30.0"/>
     <y:NodeLabel>Quay<y:LabelModel><y:SmartNodeLabelModel/></y:LabelModel></y:NodeLabel>
     <y:NodeLabel>est. 1911</y:NodeLabel></y:ShapeNode></data></node>
   <node id="n0::n1"><data key="d6"><y:ImageNode xmlns:y="y"><y:NodeLabel>Ice
house</y:NodeLabel></y:ImageNode></data></node>
   <edge id="n0::e0" source="n0::n0" target="n0::n1"/>
  </graph></node>
 <node id="n1"><data key="d6"><y:ShapeNode xmlns:y="y"/></data></node>
 <edge id="e0" source="n0::n0" target="n1"><data key="d10"><y:PolyLineEdge xmlns:y="y">
  <y:Arrows source="none" target="none"/><y:EdgeLabel>cod</y:EdgeLabel>
  </y:PolyLineEdge></data></edge>
</graph><data key="d7"><y:Resources xmlns:y="y"/></data>"""


def test_yed_has_its_labels_in_the_drawing_and_groups_in_nodes(tmp_path):
    reading = reading_of_text(tmp_path, GRAPHML.format(YED), "graphml")
    firm = {"kind": "ORGANISATION"}
    quay = {"description": "Fish & more", "url": "https://quay.example.com"}
    assert reading.nodes == {
        "n0": firm | {"name": "Harbour"},
        "n0::n0": firm | quay | {"name": "Quay", "x:other labels": "est. 1911"},
        "n0::n1": firm | {"name": "Ice\nhouse"},
        "n1": firm | {"name": "n1"},
    }
    assert reading.pairs() == [("n0::n0", "n0::n1"), ("n0::n0", "n1")]
    assert reading.pairs("AFFILIATION") == [("n0::n0", "n0"), ("n0::n1", "n0")]
    assert reading.ties[-1]["deliverable"] == "cod"
    arrow = "edge drawn without an arrow at its target: its direction is the one"
    assert reading.notes[f"{arrow} of the file"] == 1


def test_yfiles_has_its_labels_in_lists(tmp_path):
    label = "<y:Label><y:Label.Text>{}</y:Label.Text></y:Label>"
    text = (
        '<key id="d1" for="node" attr.name="NodeLabels"/>'
        '<key id="d2" for="edge" attr.name="EdgeLabels"/>'
        '<graph edgedefault="directed"><node id="n0"><data key="d1">'
        f'<x:List xmlns:x="x" xmlns:y="y">{label.format("Quay")}</x:List></data>'
        '<port name="p0"/></node><node id="n1"><data key="d1">'
        '<x:List xmlns:x="x" xmlns:y="y"><y:Label Text="Ice house"/></x:List></data>'
        '</node><edge source="n0" target="n1" sourceport="p0"><data key="d2">'
        f'<x:List xmlns:x="x" xmlns:y="y">{label.format("cod")}</x:List></data></edge>'
        "</graph>"
    )
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert [node["name"] for node in reading.nodes.values()] == ["Quay", "Ice house"]
    assert reading.ties[0]["deliverable"] == "cod"
    assert reading.notes["<port> elements: left out"] == 1


def test_neo4j_has_labels_of_nodes_and_types_of_relationships(tmp_path):
    text = (
        '<key id="name" for="node" attr.name="name"/>'
        '<key id="labels" for="node" attr.name="labels"/>'
        '<key id="tags" for="node" attr.name="tags" attr.type="string" '
        'attr.list="string"/>'
        '<key id="label" for="edge" attr.name="label"/>'
        '<key id="year" for="edge" attr.name="year" attr.type="long"/>'
        '<graph id="G" edgedefault="directed">'
        '<node id="n7" labels=":Person:Member"><data key="labels">:Person:Member</data>'
        '<data key="name">Ada</data><data key="tags">["a","b"]</data></node>'
        '<node id="n8" labels=":Company:Bridge"><data key="labels">:Company:Bridge'
        '</data><data key="name">Quay</data></node>'
        '<edge id="e1" source="n7" target="n8" label="WORKS_FOR">'
        '<data key="label">WORKS_FOR</data><data key="year">2019</data></edge>'
        '<edge id="e2" source="n8" target="n7" label="SHIPS">'
        '<data key="label">SHIPS</data></edge></graph>'
    )
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert reading.nodes == {
        "n7": {"kind": "PERSON", "name": "Ada", "x:tags": "a;b"},
        "n8": {"kind": "ORGANISATION", "name": "Quay", "x:labels": ":Company:Bridge"},
    }
    ends = {"source": "n7", "target": "n8"}
    assert reading.ties == [
        {"kind": "EMPLOYMENT", "x:year": "2019"} | ends,
        {"kind": "EXCHANGE", "deliverable": "SHIPS", "source": "n8", "target": "n7"},
    ]


def test_gephi_has_capitals_a_weight_and_a_drawing(tmp_path):
    keys = [("label", "node"), ("r", "node"), ("g", "node"), ("b", "node")]
    keys += [("x", "node"), ("Edge Label", "edge"), ("weight", "edge")]
    text = "".join(f'<key attr.name="{n}" for="{d}" id="{n}"/>' for n, d in keys)
    text += '<graph edgedefault="directed"><node id="0.0"><data key="label">Quay</data>'
    text += "".join(f'<data key="{name}">1</data>' for name in "rgbx")
    text += '</node><node id="1.0"/><edge id="5" source="0.0" target="1.0">'
    text += '<data key="Edge Label">cod</data><data key="weight">2.5</data></edge>'
    reading = reading_of_text(tmp_path, GRAPHML.format(text + "</graph>"), "graphml")
    assert reading.nodes["0.0"] == {"kind": "ORGANISATION", "name": "Quay"}
    [tie] = reading.ties
    assert (tie["deliverable"], tie["value"]) == ("cod", "2.5")
    assert reading.notes["positions, sizes and colours of the drawing: left out"] == 1


def test_cytoscape_has_names_and_interactions(tmp_path):
    names = ["name", "shared name", "SUID", "interaction", "node type"]
    text = "".join(f'<key attr.name="{n}" for="all" id="{n}"/>' for n in names)
    text += '<graph edgedefault="directed"><node id="62"><data key="name">Quay</data>'
    text += '<data key="shared name">Quay</data><data key="SUID">62</data>'
    text += '<data key="node type">Start-up</data></node><node id="63"/>'
    text += '<edge id="70" source="62" target="63"><data key="interaction">depends on'
    text += '</data><data key="name">Quay (depends on) 63</data></edge></graph>'
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert reading.nodes["62"] == {
        "kind": "ORGANISATION",
        "roles": "STARTUP",
        "name": "Quay",
        "x:shared name": "Quay",
        "x:SUID": "62",
    }
    assert reading.ties == [
        {"kind": "DEPENDENCY", "source": "62", "target": "63"}
        | {"x:name": "Quay (depends on) 63"}
    ]


def test_declared_defaults_hold_for_elements_without_the_data(tmp_path):
    text = (
        '<key id="c" for="node" attr.name="Country"><default>SE</default></key>'
        '<key id="v" for="edge" attr.name="value"><default>5</default></key>'
        '<key id="t" attr.name="Tier"><default>B</default></key>'
        '<graph edgedefault="directed"><node id="a"/><node id="b"><data key="c">DK'
        '</data><data key="t">A</data></node><edge source="a" target="b"/></graph>'
    )
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert [n["country"] for n in reading.nodes.values()] == ["SE", "DK"]
    assert [n["x:Tier"] for n in reading.nodes.values()] == ["B", "A"]
    assert (reading.ties[0]["value"], reading.ties[0]["x:Tier"]) == ("5", "B")


def test_a_group_of_people_is_a_community(tmp_path):
    text = (
        '<key id="k" for="node" attr.name="type"/><graph edgedefault="directed">'
        '<node id="club"><graph edgedefault="directed"><node id="ada">'
        '<data key="k">Person</data></node><node id="quay"/></graph></node>'
        '<node id="firm"><data key="k">Company</data><graph edgedefault="directed">'
        '<node id="crew"><data key="k">Team</data></node></graph></node>'
        '<edge source="firm" target="club"/><edge source="club" target="firm"/></graph>'
    )
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert reading.nodes["club"] == {"table": "communities", "name": "club"}
    assert reading.pairs("MEMBERSHIP") == [
        ("ada", "club"),
        ("quay", "club"),
        ("firm", "club"),
    ]
    assert reading.pairs("AFFILIATION") == [("crew", "firm")]
    assert reading.notes["edge between records that no tie can join: left out"] == 1


def test_a_second_graph_has_nodes_of_its_own(tmp_path):
    graph = '<graph id="{}" edgedefault="directed"><node id="a"/><node id="b"/>'
    graph += '<edge source="a" target="b"/></graph>'
    text = GRAPHML.format(graph.format("G") + graph.format("H"))
    reading = reading_of_text(tmp_path, text, "graphml")
    assert [node["name"] for node in reading.nodes.values()] == ["a", "b", "a", "b"]
    assert reading.pairs() == [("a", "b"), ("H/2/a", "H/2/b")]


def test_edges_before_their_nodes_have_the_kind_of_their_ends(tmp_path):
    text = (
        '<key id="k" for="all" attr.name="type"/><graph edgedefault="undirected">'
        '<edge source="ada" target="eva"><data key="k">friend of</data></edge>'
        '<node id="ada"><data key="k">Person</data></node>'
        '<edge source="ada" target="quay"><data key="k">works for</data></edge>'
        '<node id="eva"><data key="k">Person</data></node><node id="quay"/></graph>'
    )
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert reading.pairs("ACQUAINTANCE") == [("ada", "eva")]
    assert reading.pairs("EMPLOYMENT") == [("ada", "quay")]
    assert reading.notes == {
        "node without a kind: read as an ORGANISATION": 1,
        "undirected edge of EMPLOYMENT: read in the only direction that is possible": 1,
    }


@pytest.mark.parametrize(
    ("content", "note"),
    [
        ('<hyperedge><data key="c">SE</data><endpoint node="a"/></hyperedge>',
         "<hyperedge> elements: left out"),
        ('<node id="b"><locator xmlns:xlink="x" xlink:href="f"/></node>',
         "<locator> elements: left out"),
        ('<node id="a"/>', "a second node of one id: left out; got 'a'"),
        ('<data key="g">A net</data>', "attribute of the graph: left out; got 'Title'"),
    ],
)  # fmt: skip
def test_what_is_no_node_and_no_edge_is_left_out_with_a_note(tmp_path, content, note):
    keys = '<key id="c" for="node" attr.name="country"/>'
    keys += '<key id="g" for="graph" attr.name="Title"/>'
    text = f'{keys}<graph edgedefault="directed"><node id="a"/>{content}</graph>'
    reading = reading_of_text(tmp_path, GRAPHML.format(text), "graphml")
    assert reading.nodes["a"] == {"kind": "ORGANISATION", "name": "a"}
    assert reading.notes[note] == 1
