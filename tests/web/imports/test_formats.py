"""Each kind of file is recognised, loaded and undone."""

from __future__ import annotations

import csv
import io
import json
from itertools import islice

import pytest

from seeds import FOLDER
from tests.web.imports.importing import (
    CUSTOMERS,
    MEMBERS,
    TABLES,
    zipped,
)

pytestmark = pytest.mark.database

GRAPHML = """<graphml xmlns="http://graphml.graphdrawing.org/xmlns"><graph
 edgedefault="directed"><key id="l" for="node" attr.name="label" attr.type="string"/>
<node id="a"><data key="l">Anna</data></node><node id="b"><data key="l">Bo</data></node>
<edge source="a" target="b"/></graph></graphml>"""
GEXF = """<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph><nodes>
<node id="a" label="Cia"/><node id="b" label="Dan"/></nodes><edges>
<edge id="1" source="a" target="b"/></edges></graph></gexf>"""
KUMU = {
    "elements": [{"label": "Eva"}, {"label": "Fia"}],
    "connections": [{"from": "Eva", "to": "Fia"}],
}
OCDS = {
    "releases": [
        {
            "ocid": "o-1",
            "id": "1",
            "date": "2026-01-02T00:00:00Z",
            "tag": ["contract"],
            "parties": [
                {"id": "1", "name": "Town", "roles": ["buyer"]},
                {"id": "2", "name": "Paper", "roles": ["supplier"]},
            ],
            "buyer": {"id": "1", "name": "Town"},
            "awards": [{"id": "a", "suppliers": [{"id": "2", "name": "Paper"}]}],
            "contracts": [{"id": "c", "awardID": "a", "title": "Flour"}],
        }
    ]
}
CRUNCHBASE = "company,investor,date,amount\nAcme,North Fund,2026-01-02,100\n"


def head_of(path, count):
    """The header and the first lines of a published file."""
    out = io.StringIO()
    with path.open(encoding="utf-8-sig", newline="") as lines:
        csv.writer(out).writerows(islice(csv.reader(lines), count + 1))
    return out.getvalue()


YC = [(n, head_of(FOLDER / "yc" / n, 1)) for n in ("Startups.csv", "Founders.csv")]
CORDIS = {"organization.csv": head_of(FOLDER / "cordis" / "h2020_organizations.csv", 1)}
PROJECT = {"European Commission", "OPTIQGAIN LTD", "OPTIQGAIN LTD in SRSensor"}
OTHERS = {
    "members.csv": MEMBERS.replace("\nmill", "\nsmoke").replace("Old Mill", "Smoke")
}
XLSX = (FOLDER.parent / "tests/formats/sheets/suppliers.xlsx").read_bytes()
ODS = (FOLDER.parent / "tests/formats/sheets/suppliers.ods").read_bytes()


FILES = {
    "tables as files": (list(TABLES.items()), {"Hill Bakery", "Old Mill"}),
    "tables as a zip": ([("my.zip", zipped(OTHERS))], {"Smoke"}),
    "CSV": ([("c.csv", "Company,Country\nHarbour,SE\nSalt,NO\n")], {"Harbour", "Salt"}),
    "TSV": ([("t.tsv", "Company\tCountry\nFig\tSE\nElm\tNO\n")], {"Fig", "Elm"}),
    "xlsx": ([("s.xlsx", XLSX)], {"Åsvik Kvarn", "Grain", "Valley Fish"}),
    "ods": ([("s.ods", ODS)], set()),  # the same members again
    "GraphML": ([("g.graphml", GRAPHML)], {"Anna", "Bo"}),
    "GEXF": ([("g.gexf", GEXF)], {"Cia", "Dan"}),
    "Kumu": ([("map.json", json.dumps(KUMU))], {"Eva", "Fia"}),
    "OCDS": ([("o.json", json.dumps(OCDS))], {"Town", "Paper"}),
    "Crunchbase": ([("investments.csv", CRUNCHBASE)], {"Acme", "North Fund"}),
    "CORDIS": ([("cordis.zip", zipped(CORDIS))], PROJECT),
    "YC": (YC, set()),
}


def test_each_kind_of_file_is_recognised_and_loaded(visitor):
    async def work(importer):
        loaded = {}
        for kind, (files, _) in FILES.items():
            before = set(await importer.names())
            await importer.upload(*files)
            assert "Recognised: " in importer.text, kind
            answers = {}
            for each in importer.form.fields:
                if each.startswith("question:"):
                    answers[each] = "Valley Fish"
            await importer.send("check" if answers else "load", **answers)
            if answers:
                await importer.send("load")
            assert "Done." in importer.text, (kind, importer.alerts)
            loaded[kind] = set(await importer.names()) - before
        return loaded

    loaded = visitor(work, world={})
    assert "Curebit" in loaded["YC"]
    expected = {kind: names for kind, (_, names) in FILES.items()}
    assert loaded == {**expected, "YC": loaded["YC"]}


def test_an_import_is_undone_and_its_files_are_gone(visitor, tmp_path):
    async def work(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        await importer.send("check")
        before = await importer.names()
        await importer.send("load")
        loaded = await importer.names()
        [folder] = (tmp_path / "imports").iterdir()
        remains = [path.name for path in folder.iterdir() if path.is_dir()]
        await importer.send("undo")
        assert "This import was undone" in importer.text
        log = await importer.ask("{ changes(first: 9) { nodes { by run } } }")
        return before, loaded, remains, await importer.names(), log

    before, loaded, remains, after, log = visitor(work, world={})
    assert (before, loaded, after) == ([], ["Hill Bakery", "Old Mill"], [])
    assert remains == []
    assert {change["by"] for change in log["changes"]["nodes"]} == {"import"}


def test_an_import_that_others_depend_on_is_undone_together_with_these(visitor):
    async def work(importer):
        await importer.upload(("customers.csv", "Company\nHill Bakery\nOld Mill\n"))
        await importer.send("check")
        await importer.send("load")
        loaded = importer.address
        importer.address = "/community"
        await importer.get("/community")
        fields = {**importer.form.fields, "name": ["All"]}
        await importer.client.post("/community", data=fields)
        importer.address = loaded
        await importer.get(loaded)
        await importer.send("undo")
        refused = importer.text, await importer.names()
        await importer.send("undo")
        return refused, importer.text, await importer.names()

    (refusal, names), page, rest = visitor(work, world={})
    assert "2 later changes (membership: 2 added)" in refusal
    assert names == ["Hill Bakery", "Old Mill"]
    assert "This import was undone" in page
    assert rest == []
