"""The reader of any CSV file, with a mapping file."""

from __future__ import annotations

import pytest

from service.errors import BadInput
from service.formats.readers.mapping import mapped_reader
from tests.formats.reading import faults_of, rows_of

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
    found, notes = rows_of(files / "x.csv", "tables", files / "m.toml")
    mill = {"key": "old-mill", "name": "Old Mill Ltd", "kind": "ORGANISATION"}
    ends = {"kind": "EXCHANGE", "source": "old-mill", "target": "us"}
    assert found == {
        "members": [
            mill | {"country": "GB", "roles": "SUPPLIER"},
            {"key": "us", "name": "Our firm", "kind": "ORGANISATION"},
        ],
        "ties": [
            {**ends, "deliverable": "flour", "value": "1200.50", "since": "2025-12-31"},
            {**ends, "deliverable": "bread", "value": "3", "since": "2026-02-01"},
        ],
    }
    assert notes == {
        "column 'Note' is not in the mapping: not imported": 1,
        "repeated key in members: only its first line is imported": 1,
    }


def test_a_wrong_number_or_date_is_a_fault_with_its_line(files):
    (files / "x.csv").write_text(CSV + "Mill;;x;much;yesterday;\n")
    assert faults_of(files / "x.csv", "tables", files / "m.toml") == [
        "x.csv line 4, column value: must be a number such as 0.5; got 'much'",
        "x.csv line 4, column since: must be a date such as 2026-11-01;"
        " got 'yesterday'",
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
    ],
)
def test_a_wrong_mapping_file_is_refused_with_the_reason(tmp_path, text, says):
    (tmp_path / "m.toml").write_text(text)
    with pytest.raises(BadInput, match=says):
        mapped_reader(tmp_path / "m.toml")
