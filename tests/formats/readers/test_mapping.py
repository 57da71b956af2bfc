"""The reader of any CSV file, with a mapping file."""

from __future__ import annotations

import pytest

from service.errors import BadInput
from service.formats.readers import file_format
from tests.formats.reading import faults_of, keyed_rows_of, rows_of

TOML = """
delimiter = ";"
decimal = ","
date = "%d/%m/%Y"

[[members]]
name = "Supplier"
country = "Land"
roles = { value = "SUPPLIER" }

[[members]]
key = { value = "us" }
name = { value = "Our firm" }

[[ties]]
kind = { value = "EXCHANGE" }
source = "Supplier"
target = { value = "us" }
deliverable = "What"
value = "Amount"
since = "From"
"""
CSV = """Supplier;Land;What;Amount;From;Note
Old Mill Ltd;GB;flour;1.200,50;31/12/2025;x
OLD MILL;;bread;3;01/02/2026;
"""


@pytest.fixture
def files(tmp_path):
    (tmp_path / "m.toml").write_text(TOML)
    (tmp_path / "x.csv").write_text(CSV)
    return tmp_path


def test_mapped_columns_become_members_and_ties(files):
    found, notes = keyed_rows_of(files / "x.csv", "tables", files / "m.toml")
    mill = {"key": "old-mill", "name": "Old Mill Ltd", "kind": "ORGANISATION"}
    ends = {"kind": "EXCHANGE", "source": "old-mill", "target": "us"}
    assert found == {
        "members": [
            {"key": "us", "name": "Our firm", "kind": "ORGANISATION"},
            mill | {"country": "GB", "roles": "SUPPLIER"},
        ],
        "ties": [
            {**ends, "deliverable": "flour", "value": "1200.50", "since": "2025-12-31"},
            {**ends, "deliverable": "bread", "value": "3", "since": "2026-02-01"},
        ],
    }
    assert notes == {"column 'Note' is not in the mapping: not imported": 1}


def test_a_wrong_number_or_date_is_a_fault_with_its_line(files):
    (files / "x.csv").write_text(CSV + "Mill;;x;much;yesterday;\n")
    assert faults_of(files / "x.csv", "tables", files / "m.toml") == [
        "x.csv line 4, column Amount: must be a number such as 0.5; got 'much'",
        "x.csv line 4, column From: must be a date such as 2026-11-01; got 'yesterday'",
    ]


def test_a_mapped_column_missing_in_the_csv_is_a_fault(files):
    (files / "x.csv").write_text("Supplier;Land\nA;SE\n")
    faults = faults_of(files / "x.csv", "tables", files / "m.toml")
    assert [fault.partition(":")[0] for fault in faults] == [
        "x.csv line 1, column Amount",
        "x.csv line 1, column From",
        "x.csv line 1, column What",
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "expected sections such as"),
        ("members", "not a TOML mapping"),
        ("[[people]]\nname = 'x'", "people: expected one of delimiter, "),
        ("[[members]]\nnom = 'x'", "members: members.csv has no column nom"),
        ("[[members]]\nname = 5", "members: name: expected"),
        ("[[members]]\nname = { fixed = 'x' }", "members: name: expected"),
        ("members = 5", r"members: expected a section \[\[members\]\]"),
        ("delimiter = ';;'", "delimiter: expected one character"),
        ("encoding = 'no such'", "encoding: expected a name such as"),
        ("[[members]]\nname = 'x'\nsum = ['value']", "sum: expected a list of its"),
        ("[[members]]\nname = { column = 5 }", "members: name: expected"),
        ("[[members]]\nsheet = 5\nname = 'x'", "sheet: expected the name"),
    ],
)
def test_a_wrong_mapping_file_is_refused_with_the_reason(tmp_path, text, says):
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        file_format("", tmp_path / "m.toml")


FIRM = """
[[members]]
key = { value = "us" }
name = { value = "Us" }
"""
SALES = (
    FIRM
    + """
[[members]]
name = "Buyer"
roles = { value = "CUSTOMER" }
{more}
[[ties]]
kind = {{ value = "EXCHANGE" }}
source = {{ value = "us" }}
target = "Buyer"
value = "Sum"
"""
)


@pytest.fixture
def read(tmp_path):
    """The members and ties of a CSV file with a mapping, and the notes."""

    def read(csv, toml):
        (tmp_path / "x.csv").write_bytes(
            csv if isinstance(csv, bytes) else csv.encode()
        )
        (tmp_path / "m.toml").write_text(toml.replace("{{", "{").replace("}}", "}"))
        found, notes = keyed_rows_of(tmp_path / "x.csv", "tables", tmp_path / "m.toml")
        return found["members"], found.get("ties", []), notes

    return read


def values(ties):
    return [(tie["target"], tie.get("value")) for tie in ties]


@pytest.mark.parametrize(
    ("csv", "expected"),
    [
        ("Buyer;Sum\nPia;7,5\nBo;7.5\nCy;1.750,25\n", ["7.5", "7.5", "1750.25"]),
        ('Buyer,Sum\nPia,"2,345.67"\nBo,"31,000"\n', ["2345.67", "31000"]),
        (",Buyer,Sum\n0,Pia,5\n1,Bo,6\n", ["5", "6"]),
        ("Buyer\tSum\nSøren\t1 250 kr\nBo\t12 kr\n".encode("cp1252"), ["1250", "12"]),
        ("Our buyers\n\nBuyer;Sum;;\nPia;5;;\n".encode("utf-16"), ["5"]),
    ],
    ids=["a dot for a comma", "thousands", "an index", "an encoding", "a title"],
)
def test_numbers_are_read_as_they_are_written_anywhere(read, csv, expected):
    _, ties, _ = read(csv, SALES.replace("{more}", ""))
    assert [value for _, value in values(ties)] == expected


def test_a_list_in_a_cell_is_several_members_each_with_its_tie(read):
    split = '{ column = "Buyer", split = ";," }'
    toml = SALES.replace("{more}", "").replace('"Buyer"', split, 1)
    members, ties, _ = read('Buyer,Sum\n"Pia; Bo, Cy",5\nBo,6\n', toml)
    assert sorted(member["key"] for member in members) == ["bo", "cy", "pia", "us"]
    assert values(ties) == [("pia", None), ("bo", None), ("cy", None), ("bo", "6")]
    totals = [tie.get("x:lineTotal") for tie in ties]  # the 5 is of all three
    assert totals == ["5", "5", "5", None]


def test_columns_that_are_left_out_are_counted_by_their_values(read):
    lines = "Buyer,Sum,Mail,Blank\nPia,5,pia@x.se,\nBo,6,,\nCy,7,cy@x.se,\n"
    _, _, notes = read(lines, SALES.replace("{more}", ""))
    assert notes == {"column 'Mail' is not in the mapping: not imported": 2}


def test_a_line_without_an_end_is_left_out_with_a_note(read):
    members, ties, notes = read("Buyer,Sum\nPia,5\n,6\n", SALES.replace("{more}", ""))
    assert (len(members), values(ties)) == (2, [("pia", "5")])
    assert notes == {"'Buyer' is blank: no EXCHANGE tie imported": 1}


def test_lines_that_agree_in_all_else_are_summed_on_demand(read):
    toml = SALES.replace("{more}", "") + 'sum = ["value"]\n'
    _, ties, _ = read("Buyer,Sum\nPia,5\nBo,1\nPia,2.5\n", toml)
    assert values(ties) == [("pia", "7.5"), ("bo", "1")]


WORDS = """
[[members]]
name = {{ columns = ["First", "Last"] }}
kind = {{ value = "PERSON" }}
attributes = {{ tier = "Tier", joined = "Joined" }}

[[members]]
name = "Firm"
kind = {{ column = "Type", map = {{ "Verein" = "ORGANISATION" }} }}
roles = {{ column = "Role", map = {{ "VIP" = "CUSTOMER" }}, default = "SUPPLIER" }}

[[ties]]
kind = "Tie"
source = {{ columns = ["First", "Last"] }}
target = "Firm"
"""


def test_words_columns_and_defaults_of_a_mapping(read):
    csv = """First,Last,Firm,Type,Role,Tie,Tier,Joined
Pia,Ek,Torva,Company,VIP,works for,A,31/12/2025
Bo,Ek,Fonden,Verein,,advises,B,01/02/2026
"""
    members, ties, _ = read(csv, WORDS)
    assert members == [
        {
            "key": "pia-ek",
            "name": "Pia Ek",
            "kind": "PERSON",
            "x:tier": "A",
            "x:joined": "2025-12-31",
        },
        {"key": "torva", "name": "Torva", "kind": "ORGANISATION", "roles": "CUSTOMER"},
        {
            "key": "bo-ek",
            "name": "Bo Ek",
            "kind": "PERSON",
            "x:tier": "B",
            "x:joined": "2026-02-01",
        },
        {
            "key": "fonden",
            "name": "Fonden",
            "kind": "ORGANISATION",
            "roles": "SUPPLIER",
        },
    ]
    assert ties == [
        {"kind": "EMPLOYMENT", "source": "pia-ek", "target": "torva"},
        {"kind": "ADVICE", "source": "bo-ek", "target": "fonden"},
    ]


def test_a_word_may_say_that_the_tie_runs_the_other_way(read):
    toml = """
[[members]]
name = "A"
[[members]]
name = "B"
[[ties]]
kind = "How"
source = "A"
target = "B"
"""
    _, ties, _ = read("A,B,How\nPia,Bo,buys from\n", toml)
    assert ties == [{"kind": "EXCHANGE", "source": "bo", "target": "pia"}]


def test_a_column_that_can_be_read_in_two_ways_is_a_fault_that_says_what_to_do(files):
    toml = TOML.replace('date = "%d/%m/%Y"\n', "")
    (files / "m.toml").write_text(toml)
    (files / "x.csv").write_text(
        "Supplier;Land;What;Amount;From\nA;SE;x;1;03/04/2025\n"
    )
    [fault] = faults_of(files / "x.csv", "tables", files / "m.toml")
    assert fault == (
        "x.csv line 1, column From: its values can be read in 2 ways; write"
        f' date = "%d/%m/%Y" or date = "%m/%d/%Y" in {files}/m.toml'.replace(
            f"{files}/", ""
        )
    )


def test_a_percentage_is_a_share_or_a_number_up_to_a_hundred(files):
    (files / "m.toml").write_text("""
[[ties]]
kind = { value = "DEPENDENCY" }
source = "A"
target = "B"
strength = "How much"
criticality = "How bad"
""")
    (files / "x.csv").write_text("A;B;How much;How bad\na;b;80 %;12,5 %\n")
    [tie] = rows_of(files / "x.csv", "tables", files / "m.toml")[0]["ties"]
    assert (tie["strength"], tie["criticality"]) == ("0.8", "12.500")


def test_an_id_is_what_other_columns_of_the_file_call_a_record(tmp_path):
    (tmp_path / "m.toml").write_text(
        """
        members = { id = "No", name = "Name", lines = { "What" = ["firm"] } }
        [[ties]]
        lines = { "What" = ["Sells to", "buys from"] }
        kind = "What"
        source = "No"
        target = "Name"
        """
    )
    text = "What,No,Name\nFirm,7,Old Mill\nfirm,8,Hill Bakery\n"
    (tmp_path / "x.csv").write_text(text + "sells to,7,8\nBuys from,7,8\nnote,x,y\n")
    found, notes = keyed_rows_of(tmp_path / "x.csv", "tables", tmp_path / "m.toml")
    assert [row["key"] for row in found["members"]] == ["old-mill", "hill-bakery"]
    assert [(row["source"], row["target"]) for row in found["ties"]] == [
        ("old-mill", "hill-bakery"),
        ("hill-bakery", "old-mill"),
    ]
    text = "line that no section of the mapping is about: not imported"
    assert notes == {text: 1}


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ("id = 3", "members: id: expected a column"),
        ('lines = "Type"', "members: lines: expected columns and texts"),
        ('lines = { "Type" = "Order" }', "members: lines: expected columns and texts"),
    ],
)
def test_a_wrong_id_or_lines_is_told(tmp_path, entry, fault):
    (tmp_path / "m.toml").write_text(f'[[members]]\nname = "Name"\n{entry}\n')
    with pytest.raises(BadInput, match=fault):
        file_format("", tmp_path / "m.toml")
