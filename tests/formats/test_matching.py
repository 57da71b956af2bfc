"""Members with equal names: merged if certain, else kept separate and reported."""

from __future__ import annotations

import csv

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.formats.matching import (
    MERGED,
    SEPARATE,
    MemberMatching,
    NamedMember,
    NameMatch,
)
from service.formats.names import comparable_name, key_from_name
from service.formats.rows import TableRow
from tests.support.worlds import member, tie

EXISTING = [
    NamedMember("acme", "ORGANISATION", "Acme AB", "SE"),
    NamedMember("mill-1", "ORGANISATION", "Old Mill", "GB"),
    NamedMember("mill-2", "ORGANISATION", "Old Mill Ltd", "GB"),
    NamedMember("ada", "PERSON", "Ada", "SE"),
]


def given(key, name, country=None, kind="ORGANISATION"):
    cells = {"key": key, "kind": kind, "name": name, "country": country}
    return "members", TableRow("x", 2, cells)


@pytest.fixture
def matched():
    """(keys that the rows come out under, ends of the tie, pairs)."""

    def matched(*rows):
        matching = MemberMatching()
        for existing in EXISTING:
            matching.add(existing)
        out = [row.cells for _, row in matching.replace_keys(iter(rows))]
        pairs = [
            (match.imported.key, match.existing.key, match.decision)
            for match in matching.matches
        ]
        return out, pairs

    return matched


def test_an_existing_key_is_the_same_member_under_any_name(matched):
    [row], pairs = matched(given("acme", "Another name", "NO"))
    assert (row["key"], row["name"], pairs) == ("acme", "Another name", [])


def test_equal_names_in_one_country_are_merged_with_their_ties(matched):
    ends = {"source": "n1", "target": "else", "kind": "EXCHANGE"}
    rows, pairs = matched(
        given("n1", "ACME, Aktiebolag", "SE"), ("ties", TableRow("x", 3, ends))
    )
    assert rows[0]["key"] == "acme"
    assert (rows[1]["source"], rows[1]["target"]) == ("acme", "else")
    assert pairs == [("n1", "acme", MERGED)]


@pytest.mark.parametrize(
    "row",
    [
        given("n1", "Acme", "NO"),
        given("n1", "Acme"),
        given("n1", "Ada", "SE"),
        given("n1", "Old Mill", "GB"),
    ],
    ids=["another country", "no country", "another kind", "two of that name"],
)
def test_possible_duplicates_are_kept_separate_and_reported(matched, row):
    [out], pairs = matched(row)
    assert out["key"] == "n1"
    assert pairs
    assert {decision for _, _, decision in pairs} == {SEPARATE}


def test_two_rows_are_never_merged_into_one_member(matched):
    rows, pairs = matched(given("n1", "Acme", "SE"), given("n2", "Acme AB", "SE"))
    assert [row["key"] for row in rows] == ["acme", "n2"]
    assert pairs == [("n1", "acme", MERGED), ("n2", "acme", SEPARATE)]


def test_a_match_has_both_members_and_the_decision():
    assert NameMatch._fields == ("imported", "existing", "decision")


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("Åsvik Pump AB (publ)", "ÅSVIK PUMP"),
        ("Müller & Söhne GmbH", "Müller und Söhne".replace("und", "and")),
        ("Sequoia Capital, L.L.C.".replace(".", ""), "sequoia-capital"),
        ("AB Volvo", "Volvo"),
        ("Fu\u0301r Co.", "fúr"),
        ("Åsvik", "ASVIK AB"),
        ("Müller GmbH", "Muller"),
        ("O’Reilly", "O'Reilly Inc."),
        ("Straße 9", "Strasse 9"),
        ("Ærø Łódź", "aero lodz"),
        ("İzmir", "IZMIR"),
    ],
)
def test_names_that_are_equal(left, right):
    assert comparable_name(left) == comparable_name(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [("Åsa", "Åse"), ("AB", "Ltd"), ("Pump 1", "Pump 2"), ("Oy Media", "Media")],
)
def test_names_that_differ(left, right):
    assert comparable_name(left) != comparable_name(right)


def test_a_key_made_from_a_name_keeps_its_accents():
    assert key_from_name("Müller GmbH") == "müller"


def test_a_name_without_accents_and_a_country_by_its_name_are_the_same_member(matched):
    [row], pairs = matched(given("n1", "ACMÉ", "Sweden"))
    assert (row["key"], pairs) == ("acme", [("n1", "acme", MERGED)])


CSV = "company,investor,date,amount,company_country\nAcme AB,New Fund,,5,SE\n"
CSV += "Old Mill,New Fund,,6,NO\n"


def test_the_command_shows_changes_then_loads_and_reports(
    draw, dump, address, tmp_path, monkeypatch
):
    names = {"acme": ("Acme", "SE"), "mill": ("Old Mill", "GB"), "b": ("B", "")}
    held = [member(k, name=name, country=land) for k, (name, land) in names.items()]
    draw({"members": held, "ties": [tie("COMPETITION", "acme", "b")]})
    for name in ("uri", "username", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(address, name))
    (tmp_path / "x.csv").write_text(CSV)
    command = ["load", str(tmp_path / "x.csv"), "--format", "crunchbase"]
    before = dump()
    shown = CliRunner().invoke(app, [*command, "--dry-run"])
    assert shown.exit_code == 0, shown.output
    assert dump() == before
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert ["INVESTMENT", "2", "0", "0"] in [line[:4] for line in lines]
    assert ["Organisation", "2", "1", "0"] in [line[:4] for line in lines]
    report = tmp_path / "report.csv"
    done = CliRunner().invoke(app, [*command, "--report", str(report)])
    assert done.exit_code == 0, done.output
    with report.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    found = [(row["decision"], row["key"], row["known_key"]) for row in rows]
    assert found == [(SEPARATE, "old-mill", "mill")]
    again = CliRunner().invoke(app, [*command, "--dry-run"])
    lines = [line.split() for line in again.stdout.splitlines()]
    assert ["INVESTMENT", "0", "0", "2"] in [line[:4] for line in lines]
    assert ["Organisation", "0", "0", "3"] in [line[:4] for line in lines]
