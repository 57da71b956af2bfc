"""Which rows are one member: by key, register, name and country, or employer."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from typer.testing import CliRunner

from service.cli import app
from service.formats.identities import Identities
from service.formats.identities.entity import (
    MERGED,
    NO_DECISIONS,
    SEPARATE,
    NameMatch,
    PairDecisions,
)
from service.formats.identities.members import MemberIdentities
from service.formats.identities.row_store import RowStore
from service.formats.identities.stored import StoredMember
from service.formats.input_file import FileFormat, InputFile
from service.formats.names import comparable_name, key_from_name
from service.formats.rows import Faults, TableRow
from service.vocabulary.provenance import (
    IMPORTED_APART,
    IMPORTED_AS,
    IMPORTED_FROM,
    REGISTER_ID,
)
from tests.support.worlds import member, tie


def stored(key, name, country=None, kind="ORGANISATION", **own):
    return StoredMember(
        key,
        kind,
        name,
        country,
        own.get("register"),
        own.get("sources"),
        own.get("employers", []),
        own.get("own_rows", ""),
        own.get("apart_rows", ""),
    )


EXISTING = [
    stored("acme", "Acme AB", "SE"),
    stored("mill-1", "Old Mill", "GB"),
    stored("mill-2", "Old Mill Ltd", "GB"),
    stored("fund", "North Fund", register="SE-ORG:556"),
    stored("ada", "Ada Berg", "SE", "PERSON", employers=["acme"]),
    stored("bo", "Bo Ek", kind="PERSON", sources="list"),
]


def given(name, country=None, kind="ORGANISATION", id=None, **cells):
    own = {"kind": kind, "name": name, "country": country, **cells}
    return "members", TableRow("x", 2, own, id or f"{kind} {name} {country}")


def works(person, firm):
    ends = {"kind": "EMPLOYMENT", "source": person, "target": firm}
    return "ties", TableRow("x", 3, ends)


def identified(
    *files, existing=EXISTING, graph=False, source="list", decisions=NO_DECISIONS
):
    """The members (by name), the ties, the merges and duplicates, and the faults."""
    format = FileFormat("x", lambda path, faults: iter(()), "", False, graph)
    inputs = [InputFile(Path(f"{i}"), format, source) for i in range(len(files))]
    store = RowStore()
    for number, rows in enumerate(files):
        for table, row in rows:
            store.add(number, table, row)
    faults, identities = Faults(), Identities(inputs, store, existing, decisions)
    rows = [(table, row.cells) for table, row in identities.rows(faults)]
    members = [cells for table, cells in rows if table == "members"]
    ties = [(c["source"], c["target"]) for table, c in rows if table == "ties"]
    pairs = [(m.imported.key, m.existing.key, m.decision) for m in identities.matches()]
    return members, ties, pairs, faults.messages


def keys_of(*files, **options):
    return [cells["key"] for cells in identified(*files, **options)[0]]


def test_an_existing_key_is_the_same_member_under_any_name():
    [row], _, pairs, _ = identified([given("Another name", "NO", key="acme")])
    assert (row["key"], row["name"], pairs) == ("acme", "Another name", [])


def test_equal_names_in_one_country_are_one_with_their_ties():
    exchange = {"kind": "EXCHANGE", "source": "n1", "target": "acme"}
    rows = [
        given("ACME, Aktiebolag", "SE", id="n1"),
        ("ties", TableRow("x", 3, exchange)),
    ]
    members, ties, pairs, _ = identified(rows)
    assert [(row["key"], row["name"]) for row in members] == [("acme", "Acme AB")]
    assert ties == [("acme", "acme")]
    assert pairs == [("acme", "acme", MERGED)]


@pytest.mark.parametrize(
    ("row", "key"),
    [
        (given("Acme", "NO"), "acme-no"),
        (given("Acme", "SE", kind="TEAM"), "acme-se"),
        (given("Old Mill", "GB"), "old-mill"),
        (given("Ada Berg", "SE", "PERSON"), "ada-berg"),
        (given("Bo Ek", kind="TEAM"), "bo-ek"),
    ],
    ids=["another country", "another kind", "two of that name", "a person", "kind"],
)
def test_members_that_may_be_others_stay_apart(row, key):
    assert keys_of([row]) == [key]


def test_possible_duplicates_are_reported():
    _, _, pairs, _ = identified([given("Acme", "NO"), given("Old Mill", "GB")])
    assert pairs == [
        ("acme-no", "acme", SEPARATE),
        ("old-mill", "mill-1", SEPARATE),
        ("old-mill", "mill-2", SEPARATE),
    ]


def test_a_source_means_the_organisation_that_it_has_listed_before():
    others = [stored("acme-no", "Acme", "NO"), stored("hill", "Hill", sources="list")]
    listed = stored("acme-se", "Acme AB", "SE", sources="list; other")
    assert keys_of([given("Acme")], existing=[*others, listed]) == ["acme-se"]
    assert keys_of([given("Acme")], existing=[*others, listed], source="new") == [
        "acme"
    ]


def test_contracts_that_their_source_numbers_are_recognised_by_their_numbers():
    def deal(number, value):
        cells = {"title": "Solar pilot", "value": value}
        return "contracts", TableRow("x", 2, cells, number, keeps_id=True)

    store = RowStore()
    for row in (deal("1002", "48000"), deal("1004", "9000")):
        store.add(0, *row)
    format = FileFormat("x", lambda path, faults: iter(()), "")
    identities = Identities([InputFile(Path("x"), format, "deals")], store, [])
    keys = [row.cells["key"] for _, row in identities.rows(Faults())]
    assert keys == ["deals-1002", "deals-1004"]


@pytest.mark.parametrize("countries", [(None, "SE"), ("SE", None), (None, None)])
def test_a_name_that_one_country_has_is_one_organisation(countries):
    rows = [given("Torva", country, id=str(n)) for n, country in enumerate(countries)]
    assert keys_of(rows) == ["torva"]


def test_without_a_country_a_name_of_two_countries_is_a_third_member():
    rows = [given("Torva", country) for country in ("SE", "DK", None)]
    assert keys_of(rows) == ["torva", "torva-dk", "torva-2"]


def test_a_register_identifier_is_the_member_and_another_one_is_not():
    same = given("Nordfonden", **{REGISTER_ID: "SE-ORG:556"})
    other = given("North Fund", **{REGISTER_ID: "SE-ORG:777"})
    assert keys_of([same]) == ["fund"]
    assert keys_of([other]) == ["SE-ORG-777"]


def test_people_are_one_by_name_and_employer_alone():
    rows = [
        given("Acme", "SE", id="firm"),
        given("Bank", id="bank"),
        given("Ada Berg", kind="PERSON", id="1"),
        given("Ada Berg", kind="PERSON", id="2"),
        given("Ada Berg", kind="PERSON", id="3"),
        works("1", "firm"),
        works("2", "bank"),
        works("3", "bank"),
    ]
    members, ties, _, _ = identified(rows)
    assert [row["key"] for row in members] == ["acme", "bank", "ada", "ada-berg"]
    assert ties == [("ada", "acme"), ("ada-berg", "bank"), ("ada-berg", "bank")]


def test_people_without_an_employer_are_one_in_a_file_and_not_in_two():
    row = [given("Cy Dal", kind="PERSON", id=str(n)) for n in range(2)]
    assert keys_of(row) == ["cy-dal"]
    assert keys_of(row, row) == ["cy-dal", "cy-dal-2"]


def test_a_source_that_is_loaded_again_names_the_same_people():
    assert keys_of([given("Bo Ek", kind="PERSON")], source="list") == ["bo"]
    assert keys_of([given("Bo Ek", kind="PERSON")], source="crm") == ["bo-ek"]


def test_two_nodes_of_a_graph_with_one_label_are_two_members_again_and_again():
    rows = [given("Torva", id="n1"), given("Torva", id="n2")]
    assert keys_of(rows, graph=True) == ["torva-n1", "torva-n2"]
    known = [stored(key, "Torva", sources="list") for key in ("torva-n1", "torva-n2")]
    assert keys_of(rows, graph=True, existing=known) == ["torva-n1", "torva-n2"]


def test_ids_mean_nothing_outside_their_file():
    one, two = [given("Old Farm", id="n0")], [given("New Farm", id="n0")]
    assert keys_of(one, two, graph=True) == ["old-farm", "new-farm"]


def test_several_rows_add_their_roles_fill_blanks_and_say_where_they_differ():
    rows = [
        given("Torva", roles="CUSTOMER", region="Umeå"),
        given("Torva", roles="SUPPLIER", sector="Peat", region="Luleå"),
    ]
    faults = Faults()
    [row], *_ = identified(rows)
    assert row == {
        "key": "torva",
        "kind": "ORGANISATION",
        "name": "Torva",
        "roles": "CUSTOMER;SUPPLIER",
        "region": "Umeå",
        "sector": "Peat",
        IMPORTED_FROM: "list",
    }
    assert faults.messages == []


@pytest.mark.parametrize(
    ("ends", "expected"),
    [
        (("Torva", "acme"), ("torva", "acme")),
        (("torva ab", "Acme"), ("torva", "acme")),
        (("Torva", "North Fund"), ("torva", "fund")),
    ],
)
def test_ends_are_named_by_key_or_by_name(ends, expected):
    cells = {"kind": "EXCHANGE", "source": ends[0], "target": ends[1]}
    _, ties, _, faults = identified([given("Torva"), ("ties", TableRow("x", 3, cells))])
    assert (ties, faults) == ([expected], [])


def test_a_name_of_many_members_is_looked_up_once(monkeypatch):
    """Once for each tie would take quadratic time."""
    lookups, named = [], MemberIdentities.named
    monkeypatch.setattr(
        MemberIdentities, "named", lambda *own: lookups.append(1) or named(*own)
    )
    exchange = {"kind": "EXCHANGE", "source": "acme", "target": "Bo"}
    rows = [given("Bo", id=f"{n}") for n in range(50)]
    rows += [("ties", TableRow("x", n, exchange)) for n in range(200)]
    _, ties, _, faults = identified(rows, graph=True)
    assert (ties, len(faults), len(lookups)) == ([], 200, 1)


def test_many_people_of_one_name_are_as_many_as_their_employers():
    rows = [given(f"Firm {n}", id=f"f{n}") for n in range(300)]
    rows += [given("Al", kind="PERSON", id=f"p{n}") for n in range(600)]
    rows += [works(f"p{n}", f"f{n % 300}") for n in range(600)]
    members, ties, _, _ = identified(rows, existing=[])
    assert len(members) == 600
    assert len(set(ties)) == 300


@pytest.mark.parametrize(
    ("target", "text"),
    [
        ("Nobody", "no organisation or team or person has this key or name"),
        ("Old Mill", "2 members have this name; use one of the keys mill-1, mill-2"),
        ("Ada Berg", "the name alone does not identify a person; use the key ada"),
    ],
)
def test_an_end_that_may_be_nobody_or_several_is_a_fault(target, text):
    cells = {"kind": "EXCHANGE", "source": "acme", "target": target}
    _, ties, _, faults = identified([("ties", TableRow("x", 3, cells))])
    assert ties == []
    assert faults == [f"x line 3, column target: {text}; got {target!r}"]


def test_a_match_has_both_members_and_the_decision():
    fields = ("imported", "existing", "decision", "references")
    assert NameMatch._fields == fields


def decided(*files, same=(), different=(), **options):
    """As `identified`; a person says of pairs that they are one member, or two."""
    pairs = PairDecisions(frozenset(same), frozenset(different))
    return identified(*files, decisions=pairs, **options)


def test_a_person_makes_one_member_of_possible_duplicates():
    rows = [given("Acme", "NO", id="1"), given("Old Mill", id="2")]
    members, _, pairs, _ = identified(rows)
    assert [cells["key"] for cells in members] == ["acme-no", "old-mill"]
    assert ("acme-no", "acme", SEPARATE) in pairs
    same = [("file 0 1", "key acme"), ("file 0 2", "key mill-2")]
    members, _, pairs, _ = decided(rows, same=same)
    assert [cells["key"] for cells in members] == ["acme", "mill-2"]
    assert ("acme", "acme", MERGED) in pairs
    assert ("mill-2", "mill-2", MERGED) in pairs


def test_a_person_keeps_apart_what_would_be_one_member():
    rows = [given("Acme", "SE", id="1"), given("ACME Ltd", "SE", id="2")]
    members, _, _, _ = identified(rows)
    assert {cells["key"] for cells in members} == {"acme"}
    different = [("file 0 1", "key acme")]
    members, _, pairs, _ = decided(rows, different=different)
    assert {cells["key"] for cells in members} == {"acme-se"}
    assert ("acme-se", "acme", SEPARATE) in pairs
    two = [("key acme", "file 0 2"), ("file 0 1", "file 0 2")]  # in any order
    members, _, _, _ = decided(rows, different=two)
    assert {cells["key"] for cells in members} == {"acme", "acme-se"}


def test_two_keys_stay_two_members_whatever_a_person_says():
    same = [("key mill-1", "key mill-2"), ("file 0 1", "key gone")]
    members, _, _, _ = decided([given("Old Mill", "NO", id="1")], same=same)
    assert [cells["key"] for cells in members] == ["old-mill"]


def test_a_decision_is_stored_with_the_member_that_the_row_became():
    rows = [given("Acme  Ltd", "SE", id="1"), given("Old Mil", "GB", id="2")]
    rows += [given("Bo Ek", kind="PERSON", id="3"), works("3", "1")]
    decisions = {
        "different": [("file 0 1", "key acme"), ("file 0 3", "key bo")],
        "same": [("file 0 2", "key mill-2"), ("file 0 2", "key gone")],
    }
    members, _, _, _ = decided(rows, **decisions)
    cells = {
        row["key"]: (row.get(IMPORTED_AS), row.get(IMPORTED_APART)) for row in members
    }
    assert cells == {
        "acme-se": (None, "list: acme ltd, SE"),
        "mill-2": ("list: old mil, GB", None),
        "bo-ek": (None, "list: bo ek, acme ltd"),
    }


APART = [
    stored("acme", "Acme AB", "SE", sources="crm; list"),
    stored("k7", "Acme Ltd", "SE", sources="list", apart_rows="list: acme ltd, SE"),
]


@pytest.mark.parametrize("turn", [1, -1])
def test_rows_that_were_told_apart_stay_two_in_the_next_file_of_the_source(turn):
    names = {"Acme Ltd": "k7", "ACME": "acme"}
    rows = [given(name, "SE", id=f"n{n}") for n, name in enumerate(names)][::turn]
    assert keys_of(rows, existing=APART) == list(names.values())[::turn]
    for name, key in names.items():
        members, _, pairs, _ = identified([given(name, "SE")], existing=APART)
        assert [row["key"] for row in members] == [key]
        assert SEPARATE not in [decision for _, _, decision in pairs]


def test_what_one_source_tells_apart_another_one_may_not():
    rows = [given("Acme Ltd", "SE", id="1")]
    assert keys_of(rows, existing=APART, source="other") == ["acme-se"]
    assert keys_of(rows, existing=APART, source="crm") == ["acme"]


def test_a_row_of_the_name_beside_the_one_that_was_told_apart_is_the_other_member():
    existing = [stored("acme", "Acme AB", "SE"), APART[1]]
    rows = [given("Acme Ltd", "SE", id="1"), given("ACME", "SE", id="2")]
    assert keys_of(rows, existing=existing) == ["k7", "acme"]


def test_a_row_that_was_said_to_be_a_member_is_it_again_with_its_ties():
    lab = stored("lab", "Lumen Labs", "SE", own_rows="list: lumen lab, SE")
    rows = [given("Lumen  Lab", "SE", id="1"), given("Lumen Labs", "SE", id="2")]
    sale = {"kind": "EXCHANGE", "source": "Lumen Lab", "target": "2"}
    rows.append(("ties", TableRow("x", 3, sale)))
    members, ties, _, _ = identified(rows, existing=[lab])
    assert [row["key"] for row in members] == ["lab"]
    assert ties == [("lab", "lab")]
    for row, source in ((given("Lumen Lab", "NO"), "list"), (rows[0], "other")):
        members, _, _, _ = identified([row], existing=[lab], source=source)
        assert [row["key"] for row in members] != ["lab"]


def test_people_are_remembered_with_their_employers():
    firms = [stored("a", "Alfa"), stored("b", "Beta")]
    own = {"sources": "list", "apart_rows": "list: ada berg, alfa"}
    people = [
        stored("ada", "Ada Berg", kind="PERSON", employers=["a"], sources="list"),
        stored("z", "Ada Berg", kind="PERSON", employers=["a"], **own),
    ]
    rows = [given("Alfa", id="1"), given("Beta", id="2")]
    for firm, key in (("1", "z"), ("2", "ada-berg")):
        person = [given("Ada Berg", kind="PERSON", id="p"), works("p", firm)]
        assert keys_of([*rows, *person], existing=[*firms, *people])[2:] == [key]


def test_a_source_with_ids_of_its_own_is_remembered_by_them():
    lab = stored("lab", "Lumen Labs", "SE", own_rows="list: id 17")
    rows = [given("Old Name", "NO", id="17"), given("Lumen Labs", "SE", id="18")]
    assert keys_of(rows, existing=[lab], graph=True)[0] == "lab"
    [table, row] = rows[0]
    numbered = [(table, row._replace(keeps_id=True))]
    assert keys_of(numbered, existing=[lab]) == ["lab"]
    assert keys_of([(table, row)], existing=[lab]) == ["old-name"]
    fund = stored("fund", "North Fund", register="R:1", own_rows="list: id R:2")
    row = given("Fund North", **{REGISTER_ID: "R:2"})
    assert keys_of([row], existing=[fund]) == ["fund"]


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


CSV = "Company,Country,Fund,Sum\nAcme AB,SE,New Fund,5\nOld Mill,NO,New Fund,6\n"
TOML = """
[[members]]
name = "Company"
country = "Country"
[[members]]
name = "Fund"
[[ties]]
kind = { value = "INVESTMENT" }
source = "Fund"
target = "Company"
amount = "Sum"
"""


def test_the_command_shows_changes_then_loads_and_reports(
    draw, dump, address, tmp_path, monkeypatch
):
    names = {"acme": ("Acme", "SE"), "mill": ("Old Mill", "GB"), "b": ("B", "")}
    held = [member(k, name=name, country=land) for k, (name, land) in names.items()]
    draw({"members": held, "ties": [tie("COMPETITION", "acme", "b")]})
    for name in ("uri", "username", "password", "database"):
        monkeypatch.setenv(f"NEO4J_{name.upper()}", getattr(address, name))
    (tmp_path / "x.csv").write_text(CSV)
    (tmp_path / "x.toml").write_text(TOML)
    command = ["load", str(tmp_path / "x.csv"), "--mapping", str(tmp_path / "x.toml")]
    before = dump()
    shown = CliRunner().invoke(app, [*command, "--dry-run"])
    assert shown.exit_code == 0, shown.output
    assert dump() == before
    lines = [line.split() for line in shown.stdout.splitlines()]
    assert ["INVESTMENT", "2", "0", "0"] in [line[:4] for line in lines]
    assert ["Organisation", "2"] in [line[:2] for line in lines]
    report = tmp_path / "report.csv"
    done = CliRunner().invoke(app, [*command, "--report", str(report)])
    assert done.exit_code == 0, done.output
    with report.open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))
    found = [(row["decision"], row["key"], row["known_key"]) for row in rows]
    assert found == [(MERGED, "acme", "acme"), (SEPARATE, "old-mill", "mill")]
    again = CliRunner().invoke(app, [*command, "--dry-run"])
    lines = [line.split() for line in again.stdout.splitlines()]
    assert ["INVESTMENT", "0", "0", "2"] in [line[:4] for line in lines]
    assert ["Organisation", "0", "0", "3"] in [line[:4] for line in lines]
