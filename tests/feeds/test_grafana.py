"""The dashboard for Grafana: each query is answered with the columns that it uses."""

from __future__ import annotations

import json
import re
from collections import Counter

import pytest

from tests.docs.pages import ROOT
from tests.support.worlds import tie

DASHBOARD = json.loads((ROOT / "docs" / "grafana" / "valuenet.json").read_text())
# What Grafana puts into an address.
VALUES = {
    "${community:percentencode}": "demo",
    "${__from:date:YYYY-MM-DD}": "2026-01-01",
    "${__to:date:YYYY-MM-DD}": "2026-06-01",
}
[VARIABLE] = DASHBOARD["templating"]["list"]
QUERIES = {
    f"{panel['title']} {query['refId']}": query
    for panel in DASHBOARD["panels"]
    for query in panel["targets"]
} | {"community": VARIABLE["query"]["infinityQuery"]}
TYPES = {"number": (int, float), "string": str, "timestamp": str}


def address(query):
    url = query["url"]
    for name, value in VALUES.items():
        url = url.replace(name, value)
    assert "$" not in url
    return url


@pytest.mark.parametrize("name", QUERIES)
def test_a_query_has_the_columns_of_its_table(demo, get, name):
    query = QUERIES[name]
    [answer] = get(address(query))
    assert answer.status_code == 200, answer.text
    rows = answer.json()
    assert rows
    for column in query["columns"]:
        values = [row[column["selector"]] for row in rows]
        known = [value for value in values if value is not None]
        assert known, column
        assert all(isinstance(value, TYPES[column["type"]]) for value in known), column


def test_the_dashboard_can_be_imported():
    """As Grafana's importer and its version 39 of dashboards require."""
    [source] = DASHBOARD["__inputs"]
    used = set(re.findall(r"\$\{(DS_\w+)\}", json.dumps(DASHBOARD)))
    assert used == {source["name"]}
    assert source["pluginId"] == VARIABLE["datasource"]["type"]
    required = {item["id"] for item in DASHBOARD["__requires"]}
    types = {panel["type"] for panel in DASHBOARD["panels"]}
    assert required == {"grafana", source["pluginId"], *types}
    assert DASHBOARD["id"] is None
    ids = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(ids)) == len(ids)
    cells = Counter(cell for p in DASHBOARD["panels"] for cell in grid(p["gridPos"]))
    assert set(cells.values()) == {1}, "no panel covers another"


def grid(place):
    assert place["x"] + place["w"] <= 24
    xs = range(place["x"], place["x"] + place["w"])
    ys = range(place["y"], place["y"] + place["h"])
    return [(x, y) for x in xs for y in ys]


def test_edges_join_nodes_and_arcs_are_shares(demo, get):
    nodes, edges = (
        r.json() for r in get("/tables/networkNodes.json", "/tables/networkEdges.json")
    )
    ids = [node["id"] for node in nodes]
    assert len(set(ids)) == len(ids)
    assert len({edge["id"] for edge in edges}) == len(edges)
    assert {end for e in edges for end in (e["source"], e["target"])} <= set(ids)
    shares = [(n["arc__tangible"], n["arc__intangible"]) for n in nodes]
    for shared in shares:
        assert shared == (None, None) or sum(shared) == pytest.approx(1)
    assert any(shared != (None, None) for shared in shares)


def test_a_graph_has_all_nodes_and_edges(draw, get):
    """The API gives at most 2,000 points and 10,000 links; a table gives all."""
    count = 102
    keys = [f"m{number}" for number in range(count)]
    members = [{"key": key, "kind": "ORGANISATION", "name": key} for key in keys]
    ties = [
        tie("EXCHANGE", source, target, key=f"{source}-{target}")
        for source in keys
        for target in keys
        if source != target
    ]
    draw({"members": members, "ties": ties})
    nodes, edges = get("/tables/networkNodes.json", "/tables/networkEdges.json")
    assert len(nodes.json()) == count
    assert len(edges.json()) == count * (count - 1) > 10_000
