"""The reader of GEXF: versions 1.1 to 1.3, with times, groups and weights."""

from __future__ import annotations

import pytest

from tests.formats.readers.graph_files import GEXF, reading_of_text

NODES = '<nodes><node id="a" label="Quay"/><node id="b" label="Ice house"/></nodes>'
SEVERAL = "several periods: read as one, from the first day to the last"
NO_DATES = "times that are no dates: kept as extra attributes"
LAST = "attribute with several values over time: the last one is read; got "


def graph(content, **attributes):
    own = "".join(f' {name}="{value}"' for name, value in attributes.items())
    return GEXF.format(f"<graph{own}>{content}</graph>")


def test_edges_have_labels_weights_kinds_and_directions(tmp_path):
    text = NODES + (
        '<edges><edge id="0" source="a" target="b" label="cod" weight="2.5"/>'
        '<edge id="1" source="a" target="b" kind="depends on" weight="0.5"/>'
        '<edge id="2" source="b" target="a" kind="depends on" weight="7"/>'
        '<edge id="3" source="a" target="b" label="invested in" weight="900"/>'
        '<edge id="4" source="a" target="b" label="competes with" weight="3"/>'
        '<edge id="5" source="a" target="b" type="mutual" label="ice"/>'
        '<edge id="6" source="b" target="a" type="undirected" label="rival"/></edges>'
    )
    reading = reading_of_text(tmp_path, graph(text, defaultedgetype="directed"), "gexf")
    ab, ba = ({"source": "a", "target": "b"}, {"source": "b", "target": "a"})
    assert reading.ties == [
        {"kind": "EXCHANGE", "deliverable": "cod", "value": "2.5"} | ab,
        {"kind": "DEPENDENCY", "strength": "0.5"} | ab,
        {"kind": "DEPENDENCY", "x:weight": "7"} | ba,
        {"kind": "INVESTMENT", "amount": "900"} | ab,
        {"kind": "COMPETITION", "x:weight": "3"} | ab,
        {"kind": "EXCHANGE", "deliverable": "ice"} | ab,
        {"kind": "EXCHANGE", "deliverable": "ice"} | ba,
        {"kind": "COMPETITION"} | ba,
    ]
    assert reading.notes == {
        "node without a kind: read as an ORGANISATION": 2,
        "edge without a known kind: read as EXCHANGE": 2,
        "weight of edges: read as `value` of EXCHANGE": 1,
        "weight of edges: read as `strength` of DEPENDENCY": 1,
        "weight of edges: read as `amount` of INVESTMENT": 1,
        "weight of edges: kept as an extra attribute": 2,
        "mutual edge of EXCHANGE: read as two ties, one in each direction": 1,
    }


SPELLS = (
    '<attributes class="node" mode="dynamic"><attribute id="0" title="Country" '
    'type="string"/></attributes><nodes><node id="a"><attvalues>'
    '<attvalue for="0" value="DK" start="2021-01-01"/>'
    '<attvalue for="0" value="SE" start="2019-01-01" end="2020-12-31"/></attvalues>'
    '<spells><spell start="2019-01-01" end="2019-06-30"/>'
    '<spell start="2021-01-01"/></spells></node></nodes>'
    '<edges><edge source="a" target="a"><spells>'
    '<spell start="2019-01-01" end="2019-06-30"/>'
    '<spell start="2018-01-01" end="2018-06-30"/></spells></edge></edges>'
)
DYNAMIC = graph(SPELLS, mode="dynamic", timeformat="date")


@pytest.mark.parametrize(
    ("attributes", "format", "since", "until", "note"),
    [
        ('start="2020-01-01" end="2021-01-01"', "date", "2020-01-01", "2021-01-02", ""),
        ('start="2020-01-01"', "date", "2020-01-01", None, ""),
        ('end="9999-12-31"', "date", None, None, ""),
        ('startopen="2020-01-01" endopen="2021-01-01"', "date",
         "2020-01-02", "2021-01-01", ""),
        ('start="2020-05-05T10:00:00" end="2020-05-06T09:00:00Z"', "dateTime",
         "2020-05-05", "2020-05-07", ""),
        ('startopen="2020-05-05T10:00:00"', "datetime", "2020-05-05", None, ""),
        ('start="2020" end="2021-12"', "date", "2020-01-01", "2022-01-01", ""),
        ('start="-Infinity" end="Infinity"', "double", None, None, ""),
        ('start="2020-01-01"', "", "2020-01-01", None, ""),
        ('start="2020" end="2021.5"', "double", None, None, NO_DATES),
        ('start="7"', "integer", None, None, NO_DATES),
        ('start="soon"', "date", None, None, NO_DATES),
        ('timestamp="2020-02-29"', "date", "2020-02-29", "2020-03-01", ""),
        ('timestamps="&lt;[2020-02-01, 2020-02-03]>"', "date",
         "2020-02-01", "2020-02-04", SEVERAL),
        ('intervals="&lt;[2020-01-01, 2020-02-01]; [2021-01-01, 2021-02-01]>"', "date",
         "2020-01-01", "2021-02-02", SEVERAL),
    ],
)  # fmt: skip
def test_times_become_days(tmp_path, attributes, format, since, until, note):
    text = f'<nodes><node id="a" {attributes}/></nodes>'
    document = graph(text, mode="dynamic", timeformat=format)
    reading = reading_of_text(tmp_path, document, "gexf")
    assert reading.nodes["a"].get("since") == since
    assert reading.nodes["a"].get("until") == until
    assert not note or reading.notes[note] == 1
    if note == NO_DATES:
        assert reading.nodes["a"]["x:start"] in attributes


def test_spells_are_one_period_and_the_last_value_counts(tmp_path):
    reading = reading_of_text(tmp_path, DYNAMIC, "gexf")
    assert reading.nodes["a"]["since"] == "2019-01-01"
    assert "until" not in reading.nodes["a"]
    assert reading.nodes["a"]["country"] == "DK"
    [tie] = reading.ties
    assert (tie["since"], tie["until"]) == ("2018-01-01", "2019-07-01")
    assert (reading.notes[SEVERAL], reading.notes[f"{LAST}'Country'"]) == (2, 1)


def test_attributes_have_types_defaults_and_names_in_capitals(tmp_path):
    text = (
        '<attributes class="node"><attribute id="0" title="Sector" type="string">'
        '<default>Fish</default></attribute><attribute id="1" title="GO term" '
        'type="liststring"/><attribute id="2" title="Founded on" type="string"/>'
        '<attribute id="3" title="open" type="boolean"/></attributes><nodes>'
        '<node id="a"><attvalues><attvalue for="1" value="[x, y]"/>'
        '<attvalue for="3" value="true"/></attvalues></node>'
        '<node id="b"><attvalues><attvalue id="0" value="Ice"/>'
        '<attvalue for="2" value="1911-05-01"/></attvalues></node></nodes>'
    )
    reading = reading_of_text(tmp_path, graph(text), "gexf")
    firm = {"kind": "ORGANISATION"}
    assert reading.nodes == {
        "a": firm
        | {"name": "a", "sector": "Fish", "x:GO term": "x;y", "x:open": "true"},
        "b": firm | {"name": "b", "sector": "Ice", "founded_on": "1911-05-01"},
    }


@pytest.mark.parametrize(
    "nodes",
    [
        '<node id="g" label="Port"/><node id="a" pid="g"/><node id="b" pid="g"/>',
        '<node id="a" pid="g"/><node id="b" pid="g"/><node id="g" label="Port"/>',
        '<node id="g" label="Port"><nodes><node id="a"/><node id="b"/></nodes></node>',
        '<node id="a"><parents><parent for="g"/></parents></node>'
        '<node id="b"><parents><parent for="g"/></parents></node>'
        '<node id="g" label="Port"/>',
    ],
)
def test_nodes_belong_to_the_node_that_holds_them(tmp_path, nodes):
    text = f'<nodes>{nodes}</nodes><edges><edge source="a" target="g"/></edges>'
    document = graph(text, defaultedgetype="directed")
    reading = reading_of_text(tmp_path, document, "gexf")
    assert {id: node["name"] for id, node in reading.nodes.items()} == {
        "g": "Port",
        "a": "a",
        "b": "b",
    }
    assert sorted(reading.pairs("AFFILIATION")) == [("a", "g"), ("b", "g")]
    assert reading.pairs() == [("a", "g")]
    assert reading.notes["node in a group: read as AFFILIATION of the group"] == 2


def test_the_drawing_is_left_out_with_a_note(tmp_path):
    text = (
        '<nodes><node id="a" label="Quay"><viz:color xmlns:viz="v" r="1" g="2" b="3"/>'
        '<viz:size xmlns:viz="v" value="4"/></node></nodes>'
    )
    reading = reading_of_text(tmp_path, graph(text), "gexf")
    assert reading.nodes == {"a": {"kind": "ORGANISATION", "name": "Quay"}}
    assert reading.notes["positions, sizes and colours of the drawing: left out"] == 2
