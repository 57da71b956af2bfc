"""Exports: every node, label, property and tie can be loaded again."""

from __future__ import annotations

import csv
import io
import json

import nanoarrow
import networkx as nx
import pytest

from service.errors import BadInput
from service.formats import blocks
from service.formats.connections import CONNECTIONS
from service.formats.export import connections_of, export_graph
from tests.formats.reading import unnumbered
from tests.support.everything import ATTRIBUTES, everything
from tests.support.worlds import member, tie

TEXTS = ["=1+1", "+46", "-5", "@home", 'a "b", c;d', "two\r\nlines", "<&>'", "👩‍🔬 é"]


# Extra attributes of `everything` in JSON, which has types; dates are texts.
TYPED = {"size": 2.5, "paid": True, "code": "12"}


def told():
    """One record of every kind, and texts that files are prone to change."""
    world = everything()
    world["members"] += [
        member(f"text-{number}", description=text, sector=text)
        for number, text in enumerate(TEXTS)
    ]
    world["ties"].append(
        tie("EXCHANGE", "text-0", "firm", deliverable=TEXTS[4], key="=k")
    )
    return world


@pytest.fixture
def export(graph, runner, tmp_path):
    """Export into a new place; where it is."""

    def export(format, *what):
        path = tmp_path / f"out.{format}"
        wanted = connections_of(format, list(what))
        runner.run(export_graph(graph, path, format, wanted, lambda rows: None))
        return path

    return export


@pytest.mark.parametrize("format", ["tables", "graphml", "gexf", "kumu"])
def test_an_export_loaded_into_an_empty_database_gives_the_same_graph(
    draw, export, dump, format
):
    draw(told())
    before = unnumbered(dump())
    assert len(before) > 40
    path = export(format)
    draw(path, format)
    assert unnumbered(dump()) == before


def test_an_ocds_export_loads_again_with_the_parties_of_contracts(draw, export, ask):
    contract = {"key": "c", "title": "Pumps", "value": "100.5", "currency": "SEK"}
    contract |= {"value_period": "TOTAL", "status": "ACTIVE", "terms": "30 days"}
    contract |= {"since": "2026-01-01", "until": "2027-01-01"}
    members = [member("city", country="SE"), member("maker"), member("p", "PERSON")]
    ties = [tie("CONTRACT", "city", "c", role="CUSTOMER", accepted_on="2026-01-01")]
    ties += [tie("CONTRACT", "maker", "c", role="SUPPLIER", accepted_on="2026-01-01")]
    ties += [tie("CONTRACT", "p", "c", role="FUNDER", accepted_on="2026-01-01")]
    draw({"members": members, "contracts": [contract], "ties": ties})
    text = """{ contracts { nodes { key title value currency valuePeriod status terms
      since until parties { nodes { role acceptedOn source { __typename key name } } }
    } } }"""
    before = ask(text)
    path = export("ocds")
    package = json.loads(path.read_text())
    assert package["releases"][0]["contracts"][0]["period"] == {
        "startDate": "2026-01-01T00:00:00Z",
        "endDate": "2026-12-31T23:59:59Z",
    }
    draw(path, "ocds")
    parties = before["contracts"]["nodes"][0]["parties"]["nodes"]
    parties.sort(key=lambda party: party["source"]["key"])
    after = ask(text)
    after["contracts"]["nodes"][0]["parties"]["nodes"].sort(
        key=lambda party: party["source"]["key"]
    )
    assert after == before


def test_networkx_reads_our_graphml_and_gexf(draw, export):
    draw(told())
    for graph in (nx.read_graphml(export("graphml")), nx.read_gexf(export("gexf"))):
        assert graph.nodes["crew"]["headcount"] == 7
        assert graph.nodes["crew"]["kind"] == "TEAM"
        assert graph.nodes["referral"]["customer"] == "person"
        assert graph.number_of_edges() == len(told()["ties"])
        [held] = [d for *_, d in graph.edges(data=True) if d["kind"] == "DEPENDENCY"]
        assert (held["strength"], held["buffer_days"]) == (0.9, 2.5)


def test_csv_jsonl_and_arrow_hold_the_same_rows_of_every_connection(draw, export):
    draw(told())
    folders = {name: export(name) for name in ("csv", "jsonl", "arrow")}
    for name in [
        n for n in CONNECTIONS if n not in ("organisations", "teams", "people")
    ]:
        lines = (folders["jsonl"] / f"{name}.jsonl").read_text().splitlines()
        objects = [json.loads(line) for line in lines]
        data = (folders["arrow"] / f"{name}.arrow").read_bytes()
        arrow = nanoarrow.ArrayStream.from_readable(data).read_all().to_pylist()
        assert objects, name
        for given, same in zip(objects, arrow, strict=True):
            attributes = given.pop("attributes", {})
            cells = {k[2:]: same.pop(k) for k in list(same) if k.startswith("x:")}
            cells = {k: v for k, v in cells.items() if v is not None}
            whole = {name[2:]: cell for name, cell in ATTRIBUTES.items()}
            assert (attributes, cells) in [({}, {}), (whole | TYPED, whole)]
            shown = {k: str(v) if hasattr(v, "year") else v for k, v in same.items()}
            times = {k for k in given if k.endswith("_at") and len(given[k] or "") > 10}
            assert {k: v for k, v in shown.items() if k not in times} == {
                k: v for k, v in given.items() if k not in times
            }
        text = (folders["csv"] / f"{name}.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text, newline="")))
        assert [row["key"] for row in rows] == [given["key"] for given in objects]
        columns = [column for column in rows[0] if not column.startswith("x:")]
        assert columns == list(objects[0])
        assert columns == list(rows[0])[: len(columns)]


def test_times_are_timestamps_in_arrow(draw, export):
    draw(told())
    data = export("arrow", "serviceCases").read_bytes()
    [case] = nanoarrow.ArrayStream.from_readable(data).read_all().to_pylist()
    assert case["resolved_at"].isoformat() == "2026-05-06T10:00:00.125000+00:00"


def test_a_cell_that_looks_like_a_formula_is_exported_unchanged(draw, export):
    draw(told())
    with export("csv", "organisations").open(encoding="utf-8", newline="") as lines:
        rows = {row["key"]: row["description"] for row in csv.DictReader(lines)}
    assert [rows[f"text-{number}"] for number in range(len(TEXTS))] == TEXTS


def test_an_empty_graph_exports_a_header_and_a_schema(draw, export):
    draw({"members": [member("a")]})
    assert export("csv", "works").read_text().startswith("kind,source,target,key,")
    data = export("arrow", "works").read_bytes()
    found = nanoarrow.ArrayStream.from_readable(data).read_all()
    assert len(found) == 0
    assert "time_share" in str(found.schema)


def test_a_thousand_names_of_attributes_fit_into_the_columns_of_a_file(
    draw, export, dump
):
    members = [
        member(f"m{n:02}", **{f"x:{n * 100 + i}": f"v{i}" for i in range(100)})
        for n in range(11)
    ]
    draw({"members": [*members, member("none")]})
    before = unnumbered(dump())
    path = export("tables")
    [header, *_] = (path / "members.csv").read_text().splitlines()
    assert header.count(",x:") == 1_100
    draw(path, "tables")
    assert unnumbered(dump()) == before


def test_too_many_names_of_attributes_are_refused(draw, export, monkeypatch):
    monkeypatch.setattr(blocks, "MAX_ATTRIBUTE_COLUMNS", 2)
    draw({"members": [member("m", **{"x:a": "1", "x:b": "1"})]})
    assert export("csv", "members").read_text().splitlines()[0].endswith(",x:a,x:b")
    draw({"members": [member("m", **{"x:a": "1", "x:b": "1", "x:c": "1"})]})
    with pytest.raises(BadInput, match="members: the records have extra attributes"):
        export("jsonl", "members")


def test_an_existing_file_is_not_overwritten(draw, export, tmp_path):
    draw({"members": [member("a")]})
    (tmp_path / "out.jsonl").write_text("mine")
    with pytest.raises(BadInput, match="already exists"):
        export("jsonl", "members")
    assert (tmp_path / "out.jsonl").read_text() == "mine"
    with pytest.raises(BadInput, match="expected one of members, "):
        export("csv", "membres")
    with pytest.raises(BadInput, match="exports everything"):
        export("tables", "members")
    assert [path.name for path in tmp_path.iterdir()] == ["out.jsonl"]


def test_a_contract_that_ended_on_the_first_day_of_all_is_exported_as_ocds(
    draw, export
):
    draw({"members": [], "contracts": [{"key": "c", "until": "0001-01-01"}]})
    [release] = json.loads(export("ocds").read_text())["releases"]
    assert "period" not in release["contracts"][0]
