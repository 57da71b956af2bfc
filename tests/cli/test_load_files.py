"""`valuenet load` as people use it: files of other programs, week after week."""

from __future__ import annotations

import csv
import json
import zipfile

import openpyxl
import pytest

TOML = """
[[members]]
name = "Name"
country = "Country"
kind = { column = "Kind", default = "ORGANISATION" }
[[members]]
key = { value = "us" }
name = { value = "Us" }
[[ties]]
kind = { value = "EXCHANGE" }
source = { value = "us" }
target = "Name"
value = "Sum"
"""
ACCOUNTS = """Account ID,Account Name,Billing Country
A1,Old Mill,Sweden
A2,Polar Foods Oy,Finland
"""
CONTACTS = """Contact ID,Account ID,First Name,Last Name
C1,A2,Mika,Virtanen
"""
OPPORTUNITIES = """Opportunity ID,Account ID,Opportunity Name,Stage,Amount
Q1,A1,Pilot,Closed Won,8000
Q2,A2,Pilot,Negotiation,15000
"""
CONTRACTS = "{ contracts { nodes { key parties { nodes { source { name } } } } } }"
EMPLOYMENTS = "{ employments { nodes { source { name } target { name } } } }"
HEADER = "Name,Country,Kind,Sum"
FIRST = [HEADER, "Torva AB,SE,,10", "Birk,DK,,20", "Pia Ek,,Person,30"]


@pytest.fixture
def load(run, draw, tmp_path):
    """Load lines of a CSV file with the mapping: exit code, stdout, stderr."""
    draw({})
    (tmp_path / "m.toml").write_text(TOML)

    def load(lines, *options, name="buyers.csv"):
        (tmp_path / name).write_text("\n".join(lines) + "\n")
        mapping = ["--mapping", tmp_path / "m.toml"]
        return run("load", tmp_path / name, *mapping, *options)

    return load


@pytest.fixture
def members(ask):
    def members():
        text = "{ members(first: 50) { nodes { key name until } } }"
        return [tuple(node.values()) for node in ask(text)["members"]["nodes"]]

    return members


def test_next_weeks_file_of_a_source_updates_the_same_records(load, members, ask):
    assert load(FIRST)[0] == 0
    before = members()
    assert [key for key, _, _ in before] == ["birk", "pia-ek", "torva", "us"]
    again = [FIRST[0], "Birk,DK,,25", *FIRST[1:2], FIRST[3], "Vik,NO,,1"]
    code, out, _ = load(again, name="buyers 2026-11-30.csv")
    assert code == 0
    assert members() == [*before, ("vik", "Vik", None)]
    text = "{ exchanges { nodes { target { key } value } } }"
    values = {e["target"]["key"]: e["value"] for e in ask(text)["exchanges"]["nodes"]}
    assert values == {"torva": 10, "birk": 25, "pia-ek": 30, "vik": 1}
    code, out, _ = load(again, "--dry-run")
    assert [line.split()[1:4] for line in out.splitlines()[4:7]] == [
        ["0", "0", "4"],
        ["0", "0", "1"],
        ["0", "0", "4"],
    ]


def test_a_complete_file_ends_what_its_source_no_longer_lists(load, members, ask):
    load(FIRST)
    load([HEADER, "Old Mill,GB,,5"], name="others.csv")
    code, _, err = load([HEADER, "Torva,SE,,10"], "--complete")
    assert code == 0, err
    ended = {key for key, _, until in members() if until}
    assert ended == {"birk", "pia-ek"}
    text = "{ exchanges { nodes { target { key } until } } }"
    ties = ask(text)["exchanges"]["nodes"]
    assert {tie["target"]["key"] for tie in ties if tie["until"]} == ended


def test_a_complete_load_needs_a_source(run, draw, tmp_path):
    (tmp_path / "members.csv").write_text("key,kind,name\na,TEAM,A\n")
    code, _, err = run("load", tmp_path, "--complete")
    assert code == 2
    assert "name it with --source" in err


def test_good_lines_are_loaded_and_faulty_ones_written(load, members, tmp_path):
    lines = [*FIRST, "Vik,NO,,much", "Low,NO,Dragon,1", ",,,5"]
    left_out = tmp_path / "faulty.csv"
    code, _, err = load(lines, "--skip-faulty", left_out)
    assert code == 0, err
    assert [key for key, _, _ in members()] == ["birk", "pia-ek", "torva", "us"]
    with left_out.open() as text:
        rows = list(csv.DictReader(text))
    faults = {row["line"]: row["faults"] for row in rows}
    assert faults == {
        "5": "Sum: must be a number such as 0.5; got 'much'",
        "6": "Kind: must be one of ORGANISATION, TEAM, PERSON; got Dragon",
    }
    assert "2 faulty lines left out" in err
    assert [[row[column] for column in HEADER.split(",")] for row in rows] == [
        ["Vik", "NO", "", "much"],
        ["Low", "NO", "Dragon", "1"],
    ]
    assert load(lines)[0] == 2
    corrected = left_out.read_text().replace(",much", ",7").replace("Dragon", "Person")
    code, _, err = load(corrected.splitlines(), name="corrected.csv")
    assert code == 0, err
    assert len(members()) == 6


def test_what_the_database_finds_faulty_is_left_out_too(load, run, members, tmp_path):
    tables = tmp_path / "t"
    tables.mkdir()
    (tables / "members.csv").write_text("key,kind,name\na,TEAM,A\nb,TEAM,B\n")
    run("load", tables)
    (tables / "members.csv").write_text("key,kind,name\na,PERSON,A\nc,TEAM,C\n")
    (tables / "ties.csv").write_text(
        "kind,source,target\nEXCHANGE,a,c\nEXCHANGE,c,nobody\n"
    )
    code, _, err = run("load", tables, "--skip-faulty", tmp_path / "faulty.csv")
    assert code == 0, err
    assert [key for key, _, _ in members()] == ["a", "b", "c"]
    assert "2 faulty lines left out" in err


def test_a_changed_key_column_is_noticed(run, members, tmp_path, draw):
    draw({})
    for prefix in ("a", "x"):
        lines = [f"{prefix}{i},ORGANISATION,Firm {i}" for i in range(6)]
        (tmp_path / "members.csv").write_text("\n".join(["key,kind,name", *lines]))
        code, _, err = run("load", tmp_path)
        assert code == (2 if prefix == "x" else 0)
    assert "6 of 6 names exist under other keys: 'Firm 0' has the key 'x0'" in err
    assert "--new-keys" in err
    assert run("load", tmp_path, "--new-keys")[0] == 0
    assert len(members()) == 12


def test_every_remark_and_fault_is_in_the_report(load, tmp_path):
    report = tmp_path / "report.csv"
    lines = [HEADER, *(f"Firm {i},SE,,x{i}" for i in range(30))]
    code, _, err = load(lines, "--report", report)
    assert code == 2
    [line] = [line for line in err.splitlines() if "must be a number" in line]
    assert "(30 rows: line 2: 'x0', line 3: 'x1', line 4: 'x2', …)" in line
    with report.open() as text:
        rows = list(csv.DictReader(text))
    assert [row["decision"] for row in rows] == ["fault"] * 30
    assert rows[29]["line"] == "31"


def test_each_file_is_recognised_by_its_content(run, draw, members, tmp_path):
    draw({})
    kumu = {"elements": [{"label": "Torva", "type": "Organisation"}]}
    (tmp_path / "a.txt").write_text(json.dumps(kumu))
    graph = '<graphml><graph edgedefault="directed"><node id="Birk"/></graph></graphml>'
    (tmp_path / "b").write_text(graph)
    book = openpyxl.Workbook()
    book.active.title = "Members"
    for row in (["Key", "Kind", "Name"], ["vik", "ORGANISATION", "Vik"]):
        book.active.append(row)
    book.save(tmp_path / "c.dat")
    code, _, err = run("load", *(tmp_path / name for name in ("a.txt", "b", "c.dat")))
    assert code == 0, err
    for name, about in [
        ("a.txt", "a Kumu map"),
        ("b", "a graph in GraphML"),
        ("c.dat", "tables in the format of valuenet"),
    ]:
        assert f"{tmp_path / name}: {about}" in err
    assert [key for key, _, _ in members()] == ["birk", "torva", "vik"]


def test_a_file_that_is_not_read_says_what_it_is(run, tmp_path):
    (tmp_path / "a.csv").write_text("<!doctype html><html></html>")
    code, _, err = run("load", tmp_path / "a.csv")
    assert code == 2
    assert "a.csv: this is HTML, which is not read" in err


DEALS = """Investor,Startup,Amount,Date
North Fund,Torva,€ 250 000,2024-02-01
Vik Capital,Torva,€ 100 000,2024-02-01
North Fund,Birk,€ 50 000,2025-06-30
"""


def test_a_table_of_a_manager_is_loaded_without_a_mapping(run, draw, ask, tmp_path):
    draw({})
    (tmp_path / "deals.csv").write_text(DEALS)
    code, _, err = run("load", tmp_path / "deals.csv")
    assert code == 0, err
    text = "{ investments { nodes { source { name } amount currency since } } }"
    assert [tuple(tie.values()) for tie in ask(text)["investments"]["nodes"]] == [
        ({"name": "North Fund"}, 250000, "EUR", "2024-02-01"),
        ({"name": "Vik Capital"}, 100000, "EUR", "2024-02-01"),
        ({"name": "North Fund"}, 50000, "EUR", "2025-06-30"),
    ]
    _, out, _ = run("load", tmp_path / "deals.csv", "--dry-run")
    assert " 0         0      3 " in out


def test_what_only_a_person_knows_is_asked_by_naming_the_option(run, tmp_path):
    (tmp_path / "kunder.csv").write_text("Kund;Belopp\nTorva;10\nBirk;20\n")
    code, _, err = run("load", tmp_path / "kunder.csv")
    assert code == 2
    assert "--our-firm NAME" in err
    assert f"valuenet map {tmp_path}/kunder.csv --out mapping.toml" in err


def test_the_tables_of_a_zip_name_each_others_lines(run, draw, ask, tmp_path):
    draw({})
    with zipfile.ZipFile(tmp_path / "crm.zip", "w") as file:
        file.writestr("crm/accounts.csv", ACCOUNTS)
        file.writestr("crm/contacts.csv", CONTACTS)
        file.writestr("crm/opportunities.csv", OPPORTUNITIES)
    code, _, err = run("load", tmp_path / "crm.zip")
    assert code == 0, err
    [employment] = ask(EMPLOYMENTS)["employments"]["nodes"]
    ends = [employment["source"]["name"], employment["target"]["name"]]
    assert ends == ["Mika Virtanen", "Polar Foods Oy"]
    contracts = ask(CONTRACTS)["contracts"]["nodes"]
    parties = {c["key"]: c["parties"]["nodes"][0]["source"]["name"] for c in contracts}
    assert parties == {"crm-q1": "Old Mill", "crm-q2": "Polar Foods Oy"}


def test_people_of_one_name_in_another_file_are_no_changed_keys(
    run, draw, members, tmp_path
):
    draw({})
    names = ["Ada Berg", "Bo Ek", "Cia Dal", "Dag Alm", "Eva Bo", "Finn Rud"]
    for file in ("mentors.csv", "guests.csv"):
        lines = [f"{name},Person" for name in names]
        (tmp_path / file).write_text("\n".join(["Name,Kind", *lines]) + "\n")
        code, _, err = run("load", tmp_path / file)
        assert code == 0, err
    assert [name for _, name, _ in members()] == sorted(names * 2)
    assert "possible duplicate, kept separate" in err


def test_a_salesperson_is_not_taken_for_a_supplier(run, tmp_path):
    lines = ["Namn;Typ;Säljare;Belopp", "Torva;Kund;Pia Ek;10", "Birk;Kund;Bo Ek;20"]
    (tmp_path / "kunder.csv").write_text("\n".join(lines))
    code, _, err = run("load", tmp_path / "kunder.csv", "--dry-run")
    assert code == 2
    assert "--out mapping.toml --our-firm NAME" in err
