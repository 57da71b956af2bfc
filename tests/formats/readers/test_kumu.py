"""The reader of Kumu's JSON: blueprints, and exports of whole projects."""

from __future__ import annotations

import json

import pytest

from tests.formats.readers.graph_files import reading_of, reading_of_text
from tests.formats.reading import faults_of

MAP = {
    "elements": [
        {"label": "Acme AB", "type": "Organization", "tags": ["a"], "region": "North"},
        {"label": "Ada", "type": "Person", "id": "p-1", "description": "Founder"},
        {"label": "Club", "kind": "COMMUNITY", "type": "CLUB", "id": "club"},
    ],
    "connections": [
        {"from": "Ada", "to": "Acme AB", "type": "EMPLOYMENT", "title": "Head"},
        {"from": "Acme AB", "to": "p-1", "direction": "mutual", "label": "tea"},
        {"from": "p-1", "to": "club", "type": "MEMBERSHIP"},
    ],
}


def project(elements, connections):
    """A map as Kumu exports a project: attributes in an object of their own."""
    return json.dumps(
        {
            "version": 1,
            "name": "Harbour",
            "attributes": [{"name": "Tier"}],
            "elements": [
                {"_id": f"elem-{id}", "attributes": {"label": id, **attributes}}
                for id, attributes in elements.items()
            ],
            "connections": [
                {"_id": f"conn-{number}", "delayed": False, "reversed": False}
                | {"from": f"elem-{start}", "to": f"elem-{end}", **own}
                for number, (start, end, own) in enumerate(connections)
            ],
            "maps": [{"elements": []}],
            "loops": [],
            "perspectives": [{}],
        }
    )


def test_elements_are_members_and_connections_are_ties(tmp_path):
    path = tmp_path / "map.json"
    path.write_text(json.dumps(MAP), encoding="utf-8-sig")
    reading = reading_of(path, "kumu")
    acme = {"kind": "ORGANISATION", "name": "Acme AB", "region": "North"}
    tea = {"kind": "EXCHANGE", "deliverable": "tea"}
    assert reading.nodes == {
        "Acme AB": acme | {"x:tags": "a"},
        "p-1": {"kind": "PERSON", "name": "Ada", "description": "Founder"},
        "club": {"table": "communities", "kind": "CLUB", "name": "Club"},
    }
    assert reading.ties == [
        {"kind": "EMPLOYMENT", "source": "p-1", "target": "Acme AB", "title": "Head"},
        tea | {"source": "Acme AB", "target": "p-1"},
        tea | {"source": "p-1", "target": "Acme AB"},
        {"kind": "MEMBERSHIP", "source": "p-1", "target": "club"},
    ]
    assert reading.notes == {
        "edge without a known kind: read as EXCHANGE": 1,
        "mutual edge of EXCHANGE: read as two ties, one in each direction": 1,
    }


ELEMENTS = {
    "Quay": {"element type": "Start-up", "Country": "SE", "Tier": "A"},
    "Eva": {"element type": "Person", "tags": ["fish", "ice"]},
    "Bo": {"element type": "person"},
    "Hub": {"element type": "Lighthouse"},
}
KIND, LABEL = "connection type", {"label": "cod"}
CONNECTIONS = [
    ("Eva", "Bo", {"direction": "undirected", "attributes": {KIND: "Friend"}}),
    ("Quay", "Hub", {"reversed": True, "attributes": {KIND: "supplies", **LABEL}}),
    ("Eva", "Quay", {"direction": "mutual", "attributes": {KIND: "advises"}}),
    ("Quay", "Hub", {"direction": "directed", "attributes": {KIND: "shines on"}}),
    ("Quay", "Hub", {"delayed": True, "attributes": LABEL}),
    ("Eva", "Quay", {"attributes": {KIND: "Founder of"} | LABEL}),
]
PROJECT = project(ELEMENTS, CONNECTIONS)


def test_a_project_export_has_attributes_types_and_directions(tmp_path):
    reading = reading_of_text(tmp_path, PROJECT, "kumu")
    firm = {"kind": "ORGANISATION"}
    assert reading.nodes == {
        "elem-Quay": firm
        | {"name": "Quay", "roles": "STARTUP", "country": "SE", "x:Tier": "A"},
        "elem-Eva": {"kind": "PERSON", "name": "Eva", "x:tags": "fish;ice"},
        "elem-Bo": {"kind": "PERSON", "name": "Bo"},
        "elem-Hub": firm | {"name": "Hub", "x:element type": "Lighthouse"},
    }
    quay, eva, bo, hub = (f"elem-{name}" for name in ELEMENTS)
    assert reading.ties == [
        {"kind": "ACQUAINTANCE", "source": eva, "target": bo},
        {"kind": "EXCHANGE", "source": hub, "target": quay, "deliverable": "cod"},
        {"kind": "ADVICE", "source": eva, "target": quay},
        {"kind": "ADVICE", "source": quay, "target": eva},
        {"kind": "EXCHANGE", "source": quay, "target": hub}
        | {"x:connection type": "shines on"},
        {"kind": "EXCHANGE", "source": quay, "target": hub}
        | {"deliverable": "cod", "x:delayed": "true"},
        {"kind": "EMPLOYMENT", "source": eva, "target": quay, "x:label": "cod"},
    ]
    assert reading.notes["maps of Kumu: left out"] == 1
    assert reading.notes["perspectives of Kumu: left out"] == 1


def test_two_elements_of_one_label_stay_two(tmp_path):
    elements = [{"label": "Quay", "country": c} for c in ("SE", "DK")]
    connection = {"from": "Quay", "to": "Hub"}
    document = {"elements": [*elements, {"label": "Hub"}], "connections": [connection]}
    reading = reading_of_text(tmp_path, json.dumps(document), "kumu")
    assert [node["name"] for node in reading.nodes.values()] == ["Quay", "Quay", "Hub"]
    assert reading.pairs() == [("Quay 1", "Hub")]
    text = "several elements have this label: the first is the end; got 'Quay'"
    assert reading.notes[text] == 1


def test_an_end_without_text_is_no_element_without_label(tmp_path):
    elements = [{"id": "quay"}, {"id": "hub"}, {"country": "SE"}, {"country": "DK"}]
    document = {"elements": elements, "connections": [{"to": "hub"}]}
    (tmp_path / "x").write_text(json.dumps(document))
    text = "column label: an element needs a label or an id"
    assert faults_of(tmp_path / "x", "kumu") == [
        f"x line 3, {text}",
        f"x line 4, {text}",
        "x line 1, column source: a tie needs a source and a target",
    ]


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
