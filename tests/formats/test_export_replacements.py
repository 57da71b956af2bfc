"""Stored values that a format cannot hold do not stop an export; it says which."""

from __future__ import annotations

import csv
import io
import json
import math

import igraph
import nanoarrow
import networkx as nx
import pytest

from service.formats.export import EXPORT_FORMATS, connections_of, export_graph
from tests.support.worlds import contract, member, party, tie

CONTROLS = "".join(map(chr, (*range(1, 9), 11, 12, *range(14, 32))))
OLD_MEMBER = """MATCH (m:Member {key: $key})
SET m.name = $name, m.description = $text, m.recoveryDays = $number"""
OLD_TIE = "MATCH ()-[r {key: $key}]->() SET r.value = $number, r.deliverable = $text"


@pytest.fixture
def export(graph, runner, tmp_path):
    """The path of an export, and what it says about replacements."""

    def export(format, *what):
        path = tmp_path / f"out.{format}"
        wanted = connections_of(format, list(what))
        work = export_graph(graph, path, format, wanted, lambda count: None)
        return path, list(runner.run(work).sentences())

    return export


@pytest.fixture
def old_data(draw, driver, address):
    """What no mutation or import takes any more, but older versions stored."""
    draw(
        {
            "members": [member(key) for key in ("a", "b", "c")],
            "contracts": [contract("c", value="5")],
            "ties": [
                tie("EXCHANGE", "a", "b", key="t"),
                party("a", "c", "SUPPLIER", key="p"),
            ],
        }
    )

    def run(statement, **values):
        driver.execute_query(statement, values, database_=address.database)

    run(OLD_MEMBER, key="a", name="Nul \x00 A", text="bell \x07", number=math.inf)
    run(OLD_MEMBER, key="b", name="B", text=f"{CONTROLS}\ufffe", number=math.nan)
    run(OLD_MEMBER, key="c", name="C\x85\x7f", text="x" * 2_000_000, number=1.5)
    run(OLD_TIE, key="t", number=-math.inf, text="\uffff")
    run(
        "MATCH (c:Contract) SET c.value = $number, c.title = $text",
        number=math.inf,
        text="\x00",
    )


@pytest.mark.parametrize("format", EXPORT_FORMATS)
def test_no_stored_value_stops_an_export(old_data, export, format):
    path, sentences = export(format)
    assert path.exists()
    [numbers] = [s for s in sentences if "number" in s]
    values = 3 if format == "ocds" else 4  # OCDS has no exchanges
    assert f"(values: {values}; first: recovery_days of 'a' in members)" in numbers


@pytest.mark.parametrize("format", ["graphml", "gexf"])
def test_xml_gets_symbols_for_what_it_cannot_hold(old_data, export, format):
    path, sentences = export(format)
    graph = {"graphml": nx.read_graphml, "gexf": nx.read_gexf}[format](path)
    assert graph.nodes["a"]["name"] == "Nul ␀ A"
    assert graph.nodes["a"]["description"] == "bell ␇"
    assert "recovery_days" not in graph.nodes["a"]
    assert graph.nodes["b"]["description"].startswith("␁␂␃")
    assert graph.nodes["b"]["description"].endswith("\ufffd")
    assert len(graph.nodes["b"]["description"]) == len(CONTROLS) + 1
    assert len(graph.nodes["c"]["description"]) == 2_000_000
    [characters] = [s for s in sentences if "haracters" in s]
    assert "(values: 5; first: name of 'a' in members)" in characters
    if format == "graphml":
        vertices = igraph.Graph.Read_GraphML(str(path)).vs
        assert vertices.find(key="a")["description"] == "bell ␇"


def test_other_formats_hold_control_characters_as_they_are(old_data, export):
    elements = json.loads(export("kumu")[0].read_text())["elements"]
    assert elements[0]["name"] == "Nul \x00 A"
    text = (export("csv", "members")[0]).read_bytes().decode()
    limit = csv.field_size_limit(10_000_000)
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    csv.field_size_limit(limit)
    assert [row["name"] for row in rows] == ["Nul \x00 A", "B", "C\x85\x7f"]
    assert [row["recovery_days"] for row in rows] == ["", "", "1.5"]
    lines = export("jsonl", "members")[0].read_text().split("\n")
    assert [json.loads(line)["recovery_days"] for line in lines if line] == [
        None,
        None,
        1.5,
    ]
    data = export("arrow", "members")[0].read_bytes()
    table = nanoarrow.ArrayStream.from_readable(data).read_all().to_pylist()
    assert [row["recovery_days"] for row in table] == [None, None, 1.5]


def test_an_export_without_replacements_says_nothing(draw, export):
    draw({"members": [member("a", description="tab\tand é👩‍🔬")]})
    for format in EXPORT_FORMATS:
        assert export(format)[1] == []
