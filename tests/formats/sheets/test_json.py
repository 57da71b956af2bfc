"""JSON objects as sheets."""

from __future__ import annotations

import gzip

import orjson
import pytest

from service.errors import BadInput
from service.formats.rows import Faults
from service.formats.sheets import sheets_of

OBJECTS = [
    {"name": "Old Mill", "size": 12.0, "owner": {"name": "Ada", "id": 7}},
    {"name": "Grain", "tags": ["a", "b"], "open": True, "size": 0.5},
    {"name": " ", "owner": {}, "deals": [{"id": 1}]},
]
HEADER = ["name", "size", "owner.name", "owner.id", "tags", "open", "owner", "deals"]
ROWS = [
    {"name": "Old Mill", "size": "12", "owner.name": "Ada", "owner.id": "7"},
    {"name": "Grain", "tags": "a;b", "open": "true", "size": "0.5"},
    {"deals": '[{"id":1}]'},
]
LINES = b"\n".join(orjson.dumps(o) for o in OBJECTS)


@pytest.mark.parametrize(
    "data",
    [
        orjson.dumps(OBJECTS),
        orjson.dumps({"count": 3, "results": OBJECTS, "errors": []}),
        LINES,
        LINES.replace(b"\n", b"\r\n\r\n"),
        b"\xef\xbb\xbf" + LINES,
        LINES.decode().encode("utf-16"),
        orjson.dumps(OBJECTS).decode().encode("utf-16-le"),
        gzip.compress(LINES, mtime=0),
    ],
)
def test_keys_are_columns_in_the_order_of_the_file(tmp_path, data):
    (tmp_path / "a.json").write_bytes(data)
    [sheet] = sheets_of(tmp_path / "a.json")
    assert sheet.header == HEADER
    faults = Faults()
    rows = [row.cells for row in sheet.rows(faults)]
    assert [{n: c for n, c in row.items() if c} for row in rows] == ROWS
    assert all(list(row) == HEADER for row in rows)
    assert faults.messages == []


def test_a_line_that_is_no_object_is_a_fault_with_its_number(tmp_path):
    (tmp_path / "a.jsonl").write_bytes(LINES + b'\n{"a": \n\n[1]\n')
    [sheet] = sheets_of(tmp_path / "a.jsonl")
    faults = Faults()
    assert len(list(sheet.rows(faults))) == 3
    assert [(fault.line, fault.text) for fault in faults.faults] == [
        (4, "expected an object of JSON"),
        (6, "expected an object of JSON"),
    ]


@pytest.mark.parametrize("text", ['{"a": 1}', '{"a": [{"b": 1}], "c": [{"d": 1}]}'])
def test_json_without_one_list_of_objects_is_refused(tmp_path, text):
    (tmp_path / "a.json").write_text(text)
    with pytest.raises(BadInput, match="expected a list of objects to read as a table"):
        sheets_of(tmp_path / "a.json")


def test_json_that_is_broken_is_refused(tmp_path):
    (tmp_path / "a.json").write_text('[{"a": 1}, {"a": ')
    with pytest.raises(BadInput, match=r"a\.json line 1: not valid JSON"):
        sheets_of(tmp_path / "a.json")
