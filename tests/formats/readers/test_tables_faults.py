"""Faults of the `tables` format: each with its file, line and column."""

from __future__ import annotations

import re

import pytest

from service.errors import BadInput, ImportRefusal
from service.formats.load import read_records
from service.formats.rows import NOTHING_IMPORTED
from tests.formats.readers.tables_faults import FAULTS
from tests.support.worlds import World, member, tie

ALONE: World = {"members": [member("there")]}


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_names_file_line_and_column_and_nothing_is_imported(
    draw, refused, dump, name
):
    draw(ALONE)
    before = dump()
    files, expected = FAULTS[name]
    assert refused(files) == [*expected, NOTHING_IMPORTED]
    assert dump() == before


def test_all_faults_of_all_files_are_reported_at_once(draw, refused, dump):
    draw(ALONE)
    before = dump()
    files = {
        "members.csv": "key,kind,name,favours_open\na,PERSON,,x\n",
        "ties.csv": "kind,source,target,since\nNO,a,a,\nADVICE,a,b,never\n",
        "contracts.csv": "key,value\n,1\nc,\nc,\n",
        "communities.csv": "key,size\ng,1\n",
    }
    assert [fault.partition(":")[0] for fault in refused(files)] == [
        "members.csv line 2, column favours_open",
        "members.csv line 2, column name",
        "ties.csv line 2, column kind",
        "ties.csv line 3, column since",
        "communities.csv line 1, column size",
        "contracts.csv line 2, column key",
        "contracts.csv line 4, column key",
        "ties.csv line 3, column target",
        NOTHING_IMPORTED,
    ]
    assert dump() == before


def test_one_cause_is_one_message_with_its_count(tmp_path):
    text = "key,kind,name,since\n" + "".join(f"m{i},FIRM,M,\n" for i in range(150))
    (tmp_path / "members.csv").write_text(f"{text}x,TEAM,X,soon\n")
    _, faults = read_records(tmp_path, "tables")
    with pytest.raises(ImportRefusal) as caught:
        faults.refuse()
    assert len(caught.value.faults) == 151
    file = tmp_path / "members.csv"
    assert caught.value.messages == [
        f"{file}, column kind: must be one of ORGANISATION, TEAM, PERSON (150 rows:"
        " line 2: FIRM, line 3: FIRM, line 4: FIRM, …)",
        f"{file} line 152, column since: must be a date such as 2026-11-01; got 'soon'",
        NOTHING_IMPORTED,
    ]


def test_causes_beyond_twenty_are_counted(tmp_path):
    columns = [f"c{i}" for i in range(30)]
    (tmp_path / "members.csv").write_text(f"key,{','.join(columns)}\na\n")
    _, faults = read_records(tmp_path, "tables")
    with pytest.raises(ImportRefusal) as caught:
        faults.refuse()
    assert len(caught.value.messages) == 22
    assert caught.value.messages[20] == (
        "… and 11 more causes (11 rows); --report FILE lists all of them"
    )


def test_a_load_cannot_change_the_kind_of_a_member(draw, refused, dump):
    draw({"members": [member("a"), member("b", "PERSON")]})
    before = dump()
    assert refused({"members": [member("c"), member("a", "TEAM")]}) == [
        "members.csv line 3, column kind: 'a' is an organisation in the database; the"
        " kind of a member cannot change",
        NOTHING_IMPORTED,
    ]
    assert dump() == before


def test_a_load_cannot_change_the_ends_of_a_tie(draw, refused, dump):
    members = [member(key) for key in "abc"]
    draw({"members": members, "ties": [tie("COMPETITION", "a", "b", key="k")]})
    before = dump()
    moved = {"members": members, "ties": [tie("COMPETITION", "a", "c", key="k")]}
    assert refused(moved) == [
        "ties.csv line 2, column key: 'k' connects 'a' to 'b' in the database; its"
        " ends cannot change",
        NOTHING_IMPORTED,
    ]
    assert dump() == before


def test_the_end_of_a_tie_may_already_be_in_the_database(draw, load, refused):
    draw({"members": [member("a"), member("b", "TEAM")]})
    assert load({"ties": [tie("AFFILIATION", "b", "a")]}) == {"AFFILIATION": 1}
    assert refused({"ties": [tie("AFFILIATION", "a", "b")]}) == [
        "ties.csv line 2, column target: 'b' is a team; the target of an AFFILIATION"
        " must be an organisation",
        NOTHING_IMPORTED,
    ]


@pytest.mark.parametrize(
    ("name", "format", "says"),
    [
        ("absent", "tables", "no such file or folder"),
        ("file.csv", "tables", "expected a folder"),
        ("", "tables", "has no .csv file"),
        ("", "yc", "Startups.csv: not found"),
        ("", "cordis", "organization.csv: not found"),
        ("", "xml", "expected one of tables, yc, cordis"),
    ],
)
def test_a_wrong_path_is_refused_with_what_was_expected(tmp_path, name, format, says):
    path = tmp_path / name
    if name == "file.csv":
        path.write_text("key\n")
    with pytest.raises(BadInput, match=says):
        read_records(path, format)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (
            b"key,title\na,\xc3\x85\n" + b"b,\n" * 9000 + b"c,\xc5s\n",
            "line 9003: neither UTF-8 (invalid continuation byte) nor Windows-1252",
        ),
        (b"PK\x03\x04\n\xff\xfe", "its compressed data is damaged"),
    ],
    ids=["an error in UTF-8", "no text"],
)
def test_a_file_that_is_no_text_is_refused_with_the_line(tmp_path, data, says):
    (tmp_path / "contracts.csv").write_bytes(data)
    with pytest.raises(BadInput, match=re.escape(says)):
        read_records(tmp_path, "tables")
