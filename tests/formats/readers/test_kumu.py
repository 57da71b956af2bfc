"""The reader of Kumu's JSON, by labels and by ids."""

from __future__ import annotations

import json

import pytest

from tests.formats.reading import faults_of, rows_of

MAP = {
    "elements": [
        {"label": "Acme AB", "type": "Organization", "tags": ["a"], "region": "North"},
        {"label": "Ada", "type": "Person", "id": "p-1", "description": "Founder"},
        {"label": "Club", "kind": "COMMUNITY", "type": "CLUB", "id": "club"},
    ],
    "connections": [
        {"from": "Ada", "to": "Acme AB", "type": "EMPLOYMENT", "title": "Head"},
        {"from": "Acme AB", "to": "p-1", "direction": "mutual", "label": "advice"},
        {"from": "p-1", "to": "club", "type": "MEMBERSHIP"},
    ],
}


def test_elements_are_members_and_connections_are_ties(tmp_path):
    path = tmp_path / "map.json"
    path.write_text(json.dumps(MAP), encoding="utf-8-sig")
    found, notes = rows_of(path, "kumu")
    acme = {"key": "Acme AB", "kind": "ORGANISATION", "name": "Acme AB"}
    ada = {"key": "p-1", "kind": "PERSON", "name": "Ada"}
    works = {"kind": "EMPLOYMENT", "source": "p-1", "target": "Acme AB"}
    advice = {"kind": "EXCHANGE", "source": "Acme AB", "target": "p-1"}
    assert found == {
        "members": [acme | {"region": "North"}, ada | {"description": "Founder"}],
        "communities": [{"key": "club", "kind": "CLUB", "name": "Club"}],
        "ties": [
            works | {"title": "Head"},
            advice | {"deliverable": "advice"},
            {"kind": "MEMBERSHIP", "source": "p-1", "target": "club"},
        ],
    }
    assert notes == {
        "unknown attribute 'tags' of members: not imported": 1,
        "edge without a kind: imported as EXCHANGE": 1,
        "mutual connection: imported as directed, from `from` to `to`": 1,
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["x line 1: not valid JSON: "]),
        ('{"elements": [\n{]}', ["x line 2: not valid JSON: "]),
        ("[]", ["x line 1: expected a JSON object"]),
        ('{"elements": 5}', ["x line 1, column elements: expected a list of objects"]),
        ('{"elements": [{}]}', ["x line 1, column label: an element needs a label"]),
        ("[" * 100_000, ["x line 1: not valid JSON: "]),
    ],
)
def test_a_broken_map_is_a_fault(tmp_path, text, expected):
    (tmp_path / "x").write_text(text)
    found = faults_of(tmp_path / "x", "kumu")
    assert len(found) == len(expected)
    assert all(fault.startswith(e) for fault, e in zip(found, expected, strict=True))
