"""Writer of contracts as an OCDS 1.1 release package: one process and release each.

OCDS has roles for buyers, suppliers and funders; parties in other roles are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from service.formats.blocks import ExportSource
from service.formats.connections import CONNECTIONS

ROLES = {"CUSTOMER": "buyer", "SUPPLIER": "supplier", "FUNDER": "funder"}
STATUSES = {
    "DRAFT": "pending",
    "ACTIVE": "active",
    "TERMINATED": "cancelled",
    "COMPLETED": "terminated",
}
OWN_SCHEME = "valuenet"  # of our keys among the identifiers of a party
UNDATED = "1970-01-01"  # for a contract without any date: OCDS requires one
JsonObject = dict[str, Any]


async def release_package(source: ExportSource, uri: str) -> AsyncIterator[bytes]:
    """One release on each line; members and parties stay in memory until the end."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    members = {row["key"]: row async for row in records(source, "members")}
    parties: dict[str, list[JsonObject]] = defaultdict(list)
    async for tie in records(source, "contractParties"):
        parties[tie["target"]].append(tie)
    head: JsonObject = {"uri": uri, "version": "1.1", "publishedDate": now}
    head["publisher"] = {"name": "valuenet"}
    yield orjson.dumps(head)[:-1] + b',"releases":[\n'
    comma = b""
    async for contract in records(source, "contracts"):
        ties = [tie for tie in parties[contract["key"]] if tie["role"] in ROLES]
        yield comma + orjson.dumps(release(contract, ties, members))
        comma = b",\n"
    yield b"\n]}\n"


async def records(source: ExportSource, name: str) -> AsyncIterator[JsonObject]:
    connection = CONNECTIONS[name]
    async for block in source.blocks(connection):
        for row in block:
            yield dict(zip(connection.header, row, strict=True))


def release(
    contract: JsonObject, ties: list[JsonObject], members: dict[str, JsonObject]
) -> JsonObject:
    key, roles_of = contract["key"], defaultdict(list)
    for tie in ties:
        roles_of[tie["source"]].append(ROLES[tie["role"]])
    signed = next((t["accepted_on"] for t in ties if t["accepted_on"]), None)
    value = {"amount": contract["value"], "currency": contract["currency"]}
    value = without_blanks(value) if contract["value"] is not None else {}
    references = {
        role: [reference(members[k]) for k, roles in roles_of.items() if role in roles]
        for role in ROLES.values()
    }
    suppliers, buyers = references["supplier"], references["buyer"]
    award = {"id": key, "title": contract["title"], "value": value}
    signed_contract = {
        "id": key,
        "awardID": key,
        "title": contract["title"],
        "description": contract["terms"],
        "status": STATUSES.get(contract["status"]),
        "value": value,
        "period": without_blanks(period(contract)),
        "dateSigned": signed and f"{signed}T00:00:00Z",
    }
    return without_blanks(
        {
            "ocid": key,
            "id": f"{key}-1",
            "date": f"{contract['since'] or signed or UNDATED}T00:00:00Z",
            "tag": ["contract"],
            "initiationType": "tender",
            "parties": [party(members[k], roles) for k, roles in roles_of.items()],
            "buyer": buyers[0] if buyers else None,
            "awards": [without_blanks(award | {"suppliers": suppliers})],
            "contracts": [without_blanks(signed_contract)],
        }
    )


def reference(member: JsonObject) -> JsonObject:
    return {"id": member["key"], "name": member["name"]}


def own_identifier(member: JsonObject) -> JsonObject:
    """Says that the id of the party means the same member in every process."""
    return {"scheme": OWN_SCHEME, "id": member["key"]}


def party(member: JsonObject, roles: list[str]) -> JsonObject:
    address = {"region": member["region"], "countryName": member["country"]}
    kind = member["kind"]
    details = {"kind": kind} if kind != "ORGANISATION" else {}
    more: JsonObject = {"roles": roles, "address": without_blanks(address)}
    more |= {"details": details, "additionalIdentifiers": [own_identifier(member)]}
    return without_blanks(reference(member) | more)


def period(contract: JsonObject) -> JsonObject:
    """OCDS has the last day; a contract here has the first day after it."""
    until = contract["until"]
    end = date.fromisoformat(until) if until else date.min
    last = end - timedelta(days=1) if end > date.min else None
    return {
        "startDate": contract["since"] and f"{contract['since']}T00:00:00Z",
        "endDate": last and f"{last}T23:59:59Z",
    }


def without_blanks(values: JsonObject) -> JsonObject:
    return {
        name: value for name, value in values.items() if value not in (None, {}, [])
    }
