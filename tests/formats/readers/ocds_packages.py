"""Small OCDS 1.1 packages: one process as two releases, and as a record."""

from __future__ import annotations

from typing import Any

PREFIX = "ocds-213czf-000-00001"


def buyer() -> dict[str, Any]:
    return {
        "id": "GB-LAC-E09000003",
        "name": "London Borough of Barnet",
        "identifier": {"scheme": "GB-LAC", "id": "E09000003"},
        "address": {"region": "London", "countryName": "GB"},
        "contactPoint": {"url": "https://www.barnet.gov.uk/"},
        "roles": ["buyer", "procuringEntity"],
    }


def builder() -> dict[str, Any]:
    return {
        "id": "s-1",
        "name": "AnyCorp Cycle Provision",
        "identifier": {"scheme": "GB-COH", "id": "1234567844"},
        "address": {"countryName": "GB"},
        "roles": ["supplier", "tenderer"],
    }


def award(**given: Any) -> dict[str, Any]:
    return {
        "id": "award-1",
        "title": "Cycle lanes",
        "status": "active",
        "date": "2026-05-10T09:30:00Z",
        "value": {"amount": 11_000_000, "currency": "GBP"},
        "suppliers": [{"id": "s-1", "name": "AnyCorp Cycle Provision"}],
    } | given


def contract(**given: Any) -> dict[str, Any]:
    return {
        "id": "c-1",
        "awardID": "award-1",
        "title": "Contract to build cycle lanes",
        "status": "active",
        "period": {
            "startDate": "2026-07-01T00:00:00Z",
            "endDate": "2027-08-01T23:59:00Z",
        },
        "value": {"amount": 10_500_000.5, "currency": "GBP"},
        "dateSigned": "2026-06-10T14:23:12Z",
    } | given


def release(number: int, date: str, **given: Any) -> dict[str, Any]:
    return {
        "ocid": PREFIX,
        "id": f"{PREFIX}-{number}",
        "date": date,
        "initiationType": "tender",
        "buyer": {"id": "GB-LAC-E09000003", "name": "London Borough of Barnet"},
    } | given


def release_package() -> dict[str, Any]:
    """The later release comes first, as in published files."""
    signed = {"tag": ["contract"], "contracts": [contract()], "awards": [award()]}
    loser = {"id": "t-2", "name": "Slow Roads"}
    planned = {
        "tag": ["tender"],
        "parties": [buyer(), builder()],
        "tender": {"id": "t", "title": "Cycle lanes", "tenderers": [loser]},
        "awards": [award(status="pending"), award(id="a-2", status="unsuccessful")],
    }
    return {
        "uri": "https://example.org/package.json",
        "version": "1.1",
        "publishedDate": "2026-06-11T00:00:00Z",
        "publisher": {"name": "Barnet"},
        "releases": [
            release(2, "2026-06-11T00:00:00Z", **signed),
            release(1, "2026-01-02T00:00:00Z", **planned),
        ],
    }


def record_package() -> dict[str, Any]:
    first, second = release_package()["releases"]
    compiled = second | first | {"awards": [award()], "parties": second["parties"]}
    return {
        "uri": "https://example.org/records.json",
        "version": "1.1",
        "publishedDate": "2026-06-11T00:00:00Z",
        "publisher": {"name": "Barnet"},
        "records": [
            {"ocid": PREFIX, "compiledRelease": compiled, "releases": [second]},
            {"ocid": "linked", "releases": [{"url": "https://example.org/1.json"}]},
        ],
    }


AGENCY = {"id": "900-02", "name": "Road Agency", "roles": ["buyer"]}
AGENCY |= {"identifier": {"scheme": "XX-REG", "id": "900", "legalName": "The Agency"}}
WORKS = {"id": "R", "name": "Road Works Ltd", "roles": ["supplier"]}


def process(ocid="o", **values):
    values = {"parties": [AGENCY, WORKS], "buyer": None, "awards": [], **values}
    return release(1, "2026-01-01T00:00:00Z", ocid=ocid, **values)


def names(tables, role):
    name_of = {row["id"]: row["name"] for row in tables["members"]}
    ties = tables.get("ties", ())
    return [name_of[tie["source"]] for tie in ties if tie["role"] == role]
