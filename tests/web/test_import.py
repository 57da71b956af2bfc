"""Importing files through the page: recognise, correct, check, load, undo."""

from __future__ import annotations

import csv
import io
import json
import os
import time
from itertools import islice

import pytest

from seeds import FOLDER
from service.server.tokens import TokenScope, create_token
from service.web.imports.folder import ImportFolder, ImportFolders, safe_name
from service.web.imports.processes import FAILED
from tests.support.worlds import member
from tests.web.importing import Importer, zipped

pytestmark = pytest.mark.database

CUSTOMERS = "Company,Country,Industry\nHill Bakery,SE,food\nOld Mill,NO,food\n"
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
MEMBERS = "key,kind,name\nmill,ORGANISATION,Old Mill\nbakery,ORGANISATION,Hill Bakery\n"
TIES = "kind,source,target\nEXCHANGE,mill,bakery\n"
TABLES = {"members.csv": MEMBERS, "ties.csv": TIES}
OTHERS = {
    "members.csv": MEMBERS.replace("\nmill", "\nsmoke").replace("Old Mill", "Smoke")
}
XLSX = (FOLDER.parent / "tests/formats/sheets/suppliers.xlsx").read_bytes()
ODS = (FOLDER.parent / "tests/formats/sheets/suppliers.ods").read_bytes()


@pytest.fixture
def visitor(serve, draw, tmp_path):
    """Let a visitor do something at a server whose home is an empty folder."""

    def visitor(work, world=None, cookies=None, **settings):
        if world is not None:
            draw(world)

        async def run(client):
            client.cookies.update(cookies or {})
            return await work(Importer(client))

        return serve(run, home=tmp_path, **settings)

    return visitor


def table(page, title):
    """The cells of the tables of a page that follow a title."""
    after = page.split(title, 1)[1].split("</table>")[0]
    rows = [row.split("</tr>")[0] for row in after.split("<tr>")[1:]]
    return [
        [cell.split(">", 1)[1].split("</td>")[0] for cell in row.split("<td")[1:]]
        for row in rows
    ]


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


def test_a_wrong_proposal_is_corrected_column_by_column(visitor):
    deals = (
        "Supplier,Customer,Amount,Signed,City\n"
        "Old Mill,Hill Bakery,60,2026-01-02,Oslo\n"
        "Harbour Fish,Hill Bakery,5,2026-02-03,Bergen\n"
    )

    async def work(importer):
        await importer.upload(("deals.csv", deals))
        columns = [name for name in importer.form.fields if name.startswith("column:")]
        codes = importer.form.options[columns[2]]
        assert "ties.1.value" in codes
        changed = {columns[2]: "ties.1.value", columns[4]: "-"}
        await importer.send("recognise", currency="NOK", **changed)
        assert "you chose it" in importer.text
        assert importer.form.fields[columns[2]] == ["ties.1.value"]
        [mapping] = [await importer.client.get(f"{importer.address}/mapping-0.toml")]
        assert 'value = "Amount"' in mapping.text
        await importer.send("check")
        await importer.send("load")
        found = await importer.ask(
            "{ exchanges(first: 9) { nodes { value currency"
            " source { name region } target { name } } } }"
        )
        return found["exchanges"]["nodes"]

    rows = visitor(work, world={})
    values = {
        (row["source"]["name"], row["target"]["name"], row["value"], row["currency"])
        for row in rows
    }
    assert values == {
        ("Old Mill", "Hill Bakery", 60, "NOK"),
        ("Harbour Fish", "Hill Bakery", 5, "NOK"),
    }
    assert {row["source"]["region"] for row in rows} == {None}


REQUESTS = """Requester,Introducer,Target,Result,Comment
Acme,Jane Doe,Big Corp,avtal,vunnen
Beta,Jane Doe,Mid Corp,pågår,
Gamma,John Roe,Low Corp,ställt in,förlorad
"""


def test_the_words_of_a_column_mean_what_a_person_says(visitor):
    async def work(importer):
        await importer.upload(("introductions.csv", REQUESTS))
        await importer.send("recognise", **{"column:0:0:3": "introductions.1.state"})
        assert "The column Result has words that valuenet does not know." in (
            importer.text
        )
        names = {f"word:0:0:3:{n}": None for n in range(3)}
        assert names.keys() <= importer.form.options.keys()
        # As long as nobody has said it, nothing is checked.
        await importer.send("check")
        assert "Check what would change" in importer.text
        words = dict(zip(names, ("MADE", "ACCEPTED", "-"), strict=True))
        await importer.send("check", **words)
        assert "Nothing is written yet" in importer.text, importer.text
        await importer.send("load")
        answer = await importer.ask(
            "{ introductions(first: 9) { nodes { requester { name } state } } }"
        )
        nodes = answer["introductions"]["nodes"]
        states = {node["requester"]["name"]: node["state"] for node in nodes}
        assert states == {"Acme": "MADE", "Beta": "ACCEPTED", "Gamma": None}

    visitor(work)


def test_a_word_that_is_known_can_mean_something_else(visitor):
    async def work(importer):
        await importer.upload(("introductions.csv", REQUESTS.replace("ställt in", "")))
        await importer.send("recognise", **{"column:0:0:4": "introductions.1.outcome"})
        assert "words that valuenet does not know" not in importer.text
        await importer.send("recognise", **{"word:0:0:4:1": "WON"})
        assert importer.form.fields["word:0:0:4:1"] == ["WON"]
        # A column that means something else forgets its words.
        await importer.send("recognise", **{"column:0:0:4": "-"})
        assert "word:0:0:4:1" not in importer.form.fields
        await importer.send("recognise", **{"column:0:0:4": "introductions.1.outcome"})
        assert importer.form.fields["word:0:0:4:1"] == ["LOST"]

    visitor(work)


def test_all_lines_of_a_sheet_have_the_role_that_a_person_says(visitor):
    async def work(importer):
        await importer.upload(("bolag.csv", "Bolag,Ort\nFuktlys,Luleå\nKlarvy,Umeå\n"))
        [field] = [n for n in importer.form.fields if n.startswith("subject:")]
        subject = "members ORGANISATION STARTUP"
        assert subject in importer.form.options[field]
        await importer.send("check", **{field: subject})
        await importer.send("load")
        found = await importer.ask(
            "{ members(filter: { roles: { has: STARTUP } }) { nodes { name } } }"
        )
        return {node["name"] for node in found["members"]["nodes"]}

    assert visitor(work, world={}) == {"Fuktlys", "Klarvy"}


def test_a_question_is_answered_and_a_mapping_of_ones_own_is_used(visitor):
    orders = "Order,Customer,Amount\n1,Hill Bakery,60\n2,Old Mill,5\n3,Hill Bakery,1\n"

    async def work(importer):
        await importer.upload(("orders.csv", orders))
        assert "Only you know" in importer.text
        await importer.send("check")
        assert "Only you know" in importer.text  # nothing was decided meanwhile
        [question] = [n for n in importer.form.fields if n.startswith("question:")]
        await importer.send("check", **{question: "Harbour Fish"})
        assert "What would change" in importer.text, importer.alerts
        await importer.get(f"{importer.address}?part=meaning")
        text = (await importer.client.get(f"{importer.address}/mapping-0.toml")).text
        assert "Harbour Fish" in text
        own = text.replace("Harbour Fish", "Valley Fish")
        await importer.send("write", part="meaning", mapping=own, number="0")
        assert "that you have written" in importer.text
        await importer.send("check")
        await importer.send("load")
        wrong = await importer.client.post(
            importer.address,
            data={"csrf_token": importer.csrf_token, "action": "check"},
        )
        return await importer.names(), wrong

    found, again = visitor(work, world={})
    assert found == ["Hill Bakery", "Old Mill", "Valley Fish"]
    assert again.status_code == 400
    assert "is loaded" in again.text


def test_a_mapping_that_is_none_changes_nothing(visitor):
    async def work(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        data = {"csrf_token": importer.csrf_token, "action": "write", "number": "0"}
        answers = []
        for text in ("members = ", '[[members]]\nname = "Company"\ncolour = "x"\n'):
            sent = await importer.client.post(
                importer.address, data={**data, "mapping": text}
            )
            answers.append((sent.status_code, sent.text))
        await importer.send("check")
        assert "What would change" in importer.text
        return answers

    syntax, column = visitor(work, world={})
    assert syntax[0] == column[0] == 400
    assert "Your mapping is not TOML" in syntax[1]
    assert "members.csv has no column colour" in column[1]


STORED = {
    "members": [
        member("mill", name="Old Mill", country="SE"),
        member("mill-no", name="Old Mill", country="NO"),
        member("bakery", name="Hill Bakery", country="SE"),
    ]
}
NAMESAKES = "Company,Country\nOld Mill,\nHill Bakery,SE\n"


@pytest.mark.parametrize("decision", ["same", "different", ""])
def test_possible_duplicates_become_what_a_person_says(decision, visitor):
    async def work(importer):
        await importer.upload(("companies.csv", NAMESAKES))
        await importer.send("check")
        rows = table(importer.text, "Members with equal or similar names")
        number = next(
            n
            for n, row in enumerate(rows[1:])
            if "Old Mill" in row[0] and ">mill," in row[1].replace('"quiet">', ">")
        )
        await importer.send("check", **{f"pair:{number}": decision})
        changes = table(importer.text, "What would change")[1]
        await importer.send("load")
        found = await importer.ask("{ members(first: 9) { nodes { key } } }")
        return changes, sorted(row["key"] for row in found["members"]["nodes"])

    changes, keys = visitor(work, world=STORED)
    if decision == "same":
        assert keys == ["bakery", "mill", "mill-no"]
        assert changes[1:3] == ["0", "2"]
    else:
        assert keys == ["bakery", "mill", "mill-no", "old-mill"]
        assert changes[1:3] == ["1", "1"]


def test_what_would_be_one_member_stays_two_if_a_person_says_so(visitor):
    async def work(importer):
        await importer.upload(("companies.csv", NAMESAKES))
        await importer.send("check")
        rows = table(importer.text, "Members with equal or similar names")[1:]
        number = next(n for n, row in enumerate(rows) if "Hill Bakery" in row[0])
        assert rows[number][2] == "one"
        await importer.send("load", **{f"pair:{number}": "different"})
        return await importer.names()

    assert visitor(work, world=STORED).count("Hill Bakery") == 2


def test_decisions_are_remembered_in_the_next_file_of_the_source(visitor):
    lines = ["Hill Bakery,SE", "Lumen Lab,SE", "Tide AB,SE", "Tide,SE", "Moor,"]
    answers = {"Hill Bakery": "different", "Lumen": "same", "Tide": "different"}
    labs = member("labs", name="Lumen Labs", country="SE")

    async def load(importer, name, lines, decides):
        await importer.upload((name, "\n".join(["Company,Country", *lines])))
        await importer.send("check")
        rows = table(importer.text, "Members with equal or similar names")[1:]
        choices = {
            f"pair:{number}": answer
            for number, row in enumerate(rows if decides else ())
            for name, answer in answers.items()
            if name in row[0]
        }
        await importer.send("check", **choices)
        changes = table(importer.text, "What would change")[1]
        await importer.send("load")
        return changes[1:4], await importer.names()

    async def work(importer):
        first = await load(importer, "firms 2026-10.csv", lines, True)
        later = ["New,SE", *reversed(lines)]
        second = await load(importer, "firms 2026-11.csv", later, False)
        return first, second, await load(importer, "firms 2026-12.csv", lines, False)

    world = {"members": [*STORED["members"][2:], labs]}
    (_, first), (changes, second), (again, third) = visitor(work, world=world)
    assert first == [*["Hill Bakery"] * 2, "Lumen Labs", "Moor", "Tide", "Tide AB"]
    assert (changes, second) == (["1", "0", "5"], sorted([*first, "New"]))
    assert (again, third) == (["0", "0", "5"], second)


@pytest.mark.parametrize("names", [("Tide Games", "Tide Game Ltd")])
def test_an_answer_stays_with_its_pair_when_that_turns_round(names, visitor):
    async def work(importer):
        await importer.upload(("companies.csv", "\n".join(["Company", *names])))
        await importer.send("check")
        assert table(importer.text, "similar names")[1][2] == "two"
        await importer.send("check", **{"pair:0": "same"})
        assert table(importer.text, "similar names")[1][2] == "one"
        assert importer.form.fields["pair:0"] == ["same"]
        await importer.send("check")  # what the page shows is what it sends
        assert importer.form.fields["pair:0"] == ["same"]
        await importer.send("load")
        return await importer.names()

    assert visitor(work, world={}) == [names[0]]


def test_people_of_one_name_are_told_apart_by_their_employers(visitor):
    text = "Person,Company\nJohan Berg,Tide Games\nJohan Berg,Paper Bits\n"

    async def work(importer):
        await importer.upload(("people.csv", text))
        await importer.send("check")
        return table(importer.text, "similar names")[1]

    row = visitor(work, world={})
    assert {cell.partition("works for ")[2] for cell in row[:2]} == {
        "Tide Games</span>",
        "Paper Bits</span>",
    }


def test_a_newer_file_under_another_name_is_asked_for_its_source(visitor):
    first = "Company,Industry\nHill Bakery,food\nOld Mill,food\n"

    async def work(importer):
        for name in ("customers spring.csv", "customers autumn.csv"):
            await importer.upload((name, first))
            await importer.send("check")
            if "spring" in name:
                await importer.send("load")
        asked = importer.text
        await importer.send("check", source="customers spring")
        return asked, importer.text

    asked, known = visitor(work, world={})
    assert "2 members of these files are known from the source" in asked
    assert "customers spring" in asked
    assert "next version of a file" not in known
    assert "0 new, 0 changed and 2 unchanged" in known


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


def test_one_cause_is_one_message_and_good_lines_load_alone(visitor):
    lines = "".join(f"m{n},ORGANISATION,M {n},{n}\n" for n in range(3))
    faults = "".join(f"x{n},FIRM,X {n},{n}\n" for n in range(50))
    text = f"key,kind,name,recovery_days\n{lines}{faults}"

    async def work(importer):
        await importer.upload(("members.csv", text))
        await importer.send("check")
        assert "Nothing was loaded, because:" in importer.text
        assert "(50 rows: line 5:" in importer.text
        assert 'value="load"' not in importer.text
        report = (await importer.client.get(f"{importer.address}/report.csv")).text
        rows = list(csv.DictReader(io.StringIO(report)))
        assert sum(row["decision"] == "fault" for row in rows) == 50
        none = await importer.names()
        await importer.send("check", skips_faulty="yes")
        await importer.send("load")
        assert "Left out: 50 faulty lines" in importer.text
        assert "20 of 50 lines" in importer.text
        assert "members.csv line 5: kind: must be" in importer.text
        faulty = (await importer.client.get(f"{importer.address}/faulty.csv")).text
        return none, await importer.names(), list(csv.DictReader(io.StringIO(faulty)))

    none, names, faulty = visitor(work, world={})
    assert (none, names) == ([], ["M 0", "M 1", "M 2"])
    assert [row["key"] for row in faulty] == [f"x{n}" for n in range(50)]


@pytest.mark.parametrize(
    ("name", "content", "text"),
    [
        ("empty.csv", "", "no table in it"),
        ("rows.csv", "Company,Country\n", "no table in it"),
        ("members.csv", "key,kind,name\n", "no table in it"),
        ("x.pdf", "%PDF-1.7\n", "this is PDF, which is not read"),
        ("g.graphml", "<graphml><graph>", ""),
        ("a.zip", zipped({"b.zip": zipped({"c.csv": "a,b\n1,2\n"})}), "archive"),
        ("bomb.zip", zipped({"x.csv": "a,b\n" + "1,2\n" * 30_000_000}), "unpacks to"),
    ],
)
def test_bad_files_are_refused_in_a_sentence(name, content, text, visitor):
    async def work(importer):
        await importer.upload((name, content))
        if 'role="alert"' not in importer.text:
            await importer.send("check")
        return importer.text, await importer.names()

    page, found = visitor(work, world={})
    assert 'role="alert"' in page
    assert text in page
    assert FAILED not in page
    assert found == []


def test_uploads_are_bounded_and_leave_nothing(visitor, tmp_path):
    async def work(importer):
        answers = [await importer.upload(("big.csv", b"x" * 1_000_001))]
        pages = [importer.text]
        for files in ([], [("a.csv", "x"), ("A.csv", "y")]):
            await importer.upload(*files)
            pages.append(importer.text)
        await importer.get("/import")
        for csrf_token in (
            importer.csrf_token,
            "",
        ):  # a browser whose user chose no file
            form = [("csrf_token", (None, csrf_token)), ("files", ("", b""))]
            importer.page = await importer.client.post("/import", files=form)
            pages.append(importer.text)
            await importer.get("/import")
        body = {"csrf_token": importer.csrf_token, "files": "no file"}
        plain = await importer.client.post("/import", data=body)
        return pages, plain, answers

    pages, plain, _ = visitor(work, world={}, import_megabytes=1)
    assert "larger than 1 MB" in pages[0]
    assert "multipart/form-data" in pages[1]  # a client without files
    assert "Two files have the name A.csv" in pages[2]
    assert "Choose a file first" in pages[3]
    assert 'role="alert"' in pages[4]
    assert plain.status_code == 400
    assert list((tmp_path / "imports").iterdir()) == []


def test_a_name_of_a_file_is_never_a_path_or_markup(visitor, tmp_path):
    hostile = "../../<script>alert(1)</script>\u202e\u0000.csv"

    async def work(importer):
        await importer.upload((hostile, CUSTOMERS))
        assert "<script>alert" not in importer.text
        await importer.send("check")
        assert "What would change" in importer.text
        return importer.address.rpartition("/")[2]

    folder = ImportFolder(tmp_path / "imports" / visitor(work, world={}))
    [name] = folder.file_names
    assert "/" not in name
    assert "\u202e" not in name
    assert (folder.files / name).stat().st_mode & 0o777 == 0o600
    assert folder.root.stat().st_mode & 0o777 == 0o700


def test_names_of_files_that_a_system_cannot_have():
    assert safe_name("é" * 300 + ".xlsx").endswith(".xlsx")
    assert len(safe_name("é" * 300 + ".xlsx").encode()) <= 255
    assert safe_name("...") == "file"
    assert safe_name("json.py") == "json.py"  # the process does not import from there


def test_a_form_without_its_csrf_token_stores_nothing(visitor, tmp_path):
    async def work(importer):
        await importer.upload(("customers.csv", CUSTOMERS), csrf_token="")
        foreign = importer.page
        await importer.upload(("customers.csv", CUSTOMERS))
        answers = [foreign]
        for csrf_token in ("", "x" * 22):
            data = {"action": "load", "csrf_token": csrf_token}
            answers.append(await importer.client.post(importer.address, data=data))
        origin = {"origin": "https://evil.example"}
        answers.append(await importer.client.post("/import", headers=origin))
        return [answer.status_code for answer in answers], await importer.names()

    assert visitor(work, world={}) == ([403] * 4, [])
    assert len(list((tmp_path / "imports").iterdir())) == 1


def test_only_a_token_that_may_write_imports_and_only_its_own(visitor, tmp_path):
    file = tmp_path / "tokens"
    cookies = {
        name: {"valuenet_token": create_token(file, name, scope)}
        for name, scope in (
            ("ada", TokenScope.WRITE),
            ("bo", TokenScope.WRITE),
            ("eve", TokenScope.READ),
        )
    }

    async def own(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        return importer.address

    address = visitor(own, world={}, cookies=cookies["ada"], tokens=file)

    async def look(importer):
        pages = [await importer.client.get(path) for path in ("/import", address)]
        return [(page.status_code, page.text) for page in pages]

    reads = visitor(look, cookies=cookies["eve"], tokens=file)
    assert [status for status, _ in reads] == [403, 403]
    assert "Your token may read only" in reads[0][1]
    listing, other = visitor(look, cookies=cookies["bo"], tokens=file)
    assert "customers.csv" not in listing[1]
    assert other[0] == 404
    assert visitor(look, cookies=cookies["ada"], tokens=file)[1][0] == 200


def test_a_step_survives_nothing_but_says_so(visitor, tmp_path):
    async def begin(importer):
        await importer.upload(("customers.csv", CUSTOMERS))
        return importer.address

    address = visitor(begin, world={})
    folder = ImportFolder(tmp_path / "imports" / address.rpartition("/")[2])
    folder.write("step", {"step": "load"})  # as a server that was killed leaves it

    async def return_later(importer):
        importer.address = address
        await importer.wait()
        text = importer.text
        await importer.send("check")
        await importer.send("load")
        return text, await importer.names()

    text, found = visitor(return_later)
    assert "The server was restarted while it was loading" in text
    assert found == ["Hill Bakery", "Old Mill"]


def test_two_imports_at_once_and_one_that_is_stopped(visitor, monkeypatch):
    from service.web.pages import import_file, imports

    monkeypatch.setattr(imports, "PATIENCE_SECONDS", 0)
    monkeypatch.setattr(import_file, "PATIENCE_SECONDS", 0)

    async def work(importer):
        other = Importer(importer.client)
        for one, text in ((importer, CUSTOMERS), (other, NAMESAKES)):
            await one.get("/import")
            files = [("files", ("companies.csv", text))]
            sent = await one.client.post(
                "/import", data={"csrf_token": one.csrf_token}, files=files
            )
            one.address = sent.headers["location"]
        await other.get(other.address)
        assert "Another import is working; this one follows." in other.text
        data = {"csrf_token": other.csrf_token, "action": "stop"}
        await other.client.post(other.address, data=data)
        await other.wait()
        assert "You stopped this step." in other.text
        await importer.wait()
        await importer.send("check")
        await importer.send("load")
        await importer.get("/import")
        return importer.text, await importer.names()

    page, found = visitor(work, world={})
    assert found == ["Hill Bakery", "Old Mill"]
    assert page.count("companies.csv") == 2


def test_abandoned_imports_are_removed_after_a_day(tmp_path):
    from service.settings import Settings

    folders = ImportFolders(Settings(home=tmp_path))
    old, new = folders.new(""), folders.new("")
    past = time.time() - 25 * 3600
    os.utime(old.root, (past, past))
    folders.remove_old()
    assert [folder.id for folder in folders.every()] == [new.id]
