"""The reader of Open Contracting packages: parties, awards and contracts."""

from __future__ import annotations

import json

import pytest

from tests.formats.readers.ocds_packages import (
    PREFIX,
    award,
    record_package,
    release,
    release_package,
)
from tests.formats.reading import faults_of, rows_with_ids

BUYER, BUILDER = "GB-LAC:E09000003", "GB-COH:1234567844"


def written(tmp_path, package):
    path = tmp_path / "package.json"
    path.write_text(json.dumps(package))
    return path


def expected():
    kind = {"kind": "ORGANISATION"}
    buyer = {"id": f"{PREFIX}/GB-LAC-E09000003", "name": "London Borough of Barnet"}
    buyer |= {"roles": "CUSTOMER;PUBLIC_BODY", "region": "London", "country": "GB"}
    buyer |= {"url": "https://www.barnet.gov.uk/", "x:registerId": BUYER}
    builder = {"id": f"{PREFIX}/s-1", "name": "AnyCorp Cycle Provision"}
    builder |= {"country": "GB", "roles": "SUPPLIER", "x:registerId": BUILDER}
    contract = {"key": f"{PREFIX}-contract-c-1", "value": "10500000.5"}
    contract |= {"title": "Contract to build cycle lanes", "currency": "GBP"}
    contract |= {"value_period": "TOTAL", "status": "ACTIVE"}
    contract |= {"since": "2026-07-01", "until": "2027-08-02", "x:ocid": PREFIX}
    contract |= {"x:contractId": "c-1", "x:awardId": "award-1"}
    contract |= {"x:awardStatus": "active", "x:awardValue": "11000000 GBP"}
    contract |= {"x:tenderId": "t", "x:tenderTitle": "Cycle lanes"}
    contract |= {"x:tenderers": "AnyCorp Cycle Provision; Slow Roads"}
    signed = {"kind": "CONTRACT", "accepted_on": "2026-06-10"}
    signed |= {"target": contract["key"]}
    return {
        "members": [
            buyer | kind,
            builder | kind,
            {"id": f"{PREFIX}/t-2", "name": "Slow Roads", **kind},
        ],
        "contracts": [contract],
        "ties": [
            {**signed, "source": buyer["id"], "role": "CUSTOMER"},
            {**signed, "source": builder["id"], "role": "SUPPLIER"},
        ],
    }


LOSER = "tenderer without an award: imported as a member without ties"
NOTES = {"unsuccessful award: not imported": 1, LOSER: 1}


def test_releases_of_a_process_are_merged_by_date(tmp_path):
    rows, notes = rows_with_ids(written(tmp_path, release_package()))
    assert rows == expected()
    assert notes == NOTES


def test_a_record_is_read_from_its_compiled_release(tmp_path):
    rows, notes = rows_with_ids(written(tmp_path, record_package()))
    assert rows == expected()
    text = "record without a compiled or embedded release: not imported"
    assert notes == {text: 1, LOSER: 1}


@pytest.mark.parametrize(
    ("status", "ours"),
    [
        ("pending", "DRAFT"),
        ("active", "ACTIVE"),
        ("cancelled", "TERMINATED"),
        ("terminated", "COMPLETED"),
    ],
)
def test_an_award_without_a_contract_becomes_a_contract(tmp_path, status, ours):
    period = {"startDate": "2026-07-01T00:00:00Z", "endDate": "2026-12-31"}
    given = award(status=status, contractPeriod=period, title=None)
    tender = {"id": "t", "title": "Lanes"}
    one = release(1, "2026-01-02T00:00:00Z", awards=[given], tender=tender)
    rows, _ = rows_with_ids(written(tmp_path, {"releases": [one]}))
    assert rows["contracts"] == [
        {"key": f"{PREFIX}-award-award-1", "title": "Lanes", "value": "11000000"}
        | {"currency": "GBP", "value_period": "TOTAL", "status": ours}
        | {"since": "2026-07-01", "until": "2027-01-01", "x:ocid": PREFIX}
        | {"x:awardId": "award-1", "x:tenderId": "t", "x:tenderTitle": "Lanes"}
    ]
    sources = [(tie["source"], tie["role"]) for tie in rows["ties"]]
    buyer = f"{PREFIX}/GB-LAC-E09000003"
    assert sources == [(buyer, "CUSTOMER"), (f"{PREFIX}/s-1", "SUPPLIER")]


def test_loading_a_package_twice_gives_the_same_graph(draw, load, ask, tmp_path):
    path = written(tmp_path, release_package())
    draw(path, "ocds")
    text = """query ($key: String!) { contract(key: $key) { title status since until
      value parties { nodes { role acceptedOn source { key roles } } } } }"""
    key = f"{PREFIX}-contract-c-1"
    before = ask(text, key=key)
    buyer = {"key": "GB-LAC-E09000003", "roles": ["CUSTOMER", "PUBLIC_BODY"]}
    builder = {"key": "GB-COH-1234567844", "roles": ["SUPPLIER"]}
    signed = {"acceptedOn": "2026-06-10"}
    assert before["contract"] == {
        "title": "Contract to build cycle lanes",
        "status": "ACTIVE",
        "since": "2026-07-01",
        "until": "2027-08-02",
        "value": 10_500_000.5,
        "parties": {
            "nodes": [
                {"role": "SUPPLIER", **signed, "source": builder},
                {"role": "CUSTOMER", **signed, "source": buyer},
            ]
        },
    }
    load(path, "ocds")
    assert ask(text, key=key) == before


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{", "x line 1: not valid JSON"),
        ('{"uri": "x"}', "x line 1: expected an OCDS package"),
        ('{"releases": {}}', "x line 1, column releases: expected a list of objects"),
        ('{"releases": [{}]}', "x line 1, column ocid: a release needs an ocid"),
        ('{"elements": []}', "x line 1: expected an OCDS package"),
        ('{"ocid": "a", "tag": []}\n{', "x line 2: not valid JSON"),
    ],
)
def test_a_broken_package_is_a_fault(tmp_path, text, expected):
    (tmp_path / "x").write_text(text)
    assert faults_of(tmp_path / "x", "ocds")[0].startswith(expected)
