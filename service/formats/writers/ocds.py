"""Contracts as an OCDS 1.1 release package: a process and a release for each.

OCDS has words for buyers, suppliers and funders; a party in another role is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import orjson

from service.formats.blocks import blocks
from service.formats.connections import CONNECTIONS
from service.formats.writers.graph_writer import Progress
from service.graph.transactions import Reader

ROLES = {"CUSTOMER": "buyer", "SUPPLIER": "supplier", "FUNDER": "funder"}
STATUSES = {
    "DRAFT": "pending",
    "ACTIVE": "active",
    "TERMINATED": "cancelled",
    "COMPLETED": "terminated",
}
UNDATED = "1970-01-01"  # of a release whose contract tells no day: OCDS wants one
Found = dict[str, Any]


async def release_package(
    reader: Reader, uri: str, progress: Progress
) -> AsyncIterator[bytes]:
    """A release a line; members and parties of contracts are held while it lasts."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    members = {row["key"]: row async for row in told(reader, "members")}
    parties: dict[str, list[Found]] = defaultdict(list)
    async for tie in told(reader, "contractParties"):
        parties[tie["target"]].append(tie)
    head: Found = {"uri": uri, "version": "1.1", "publishedDate": now}
    head["publisher"] = {"name": "valuenet"}
    yield orjson.dumps(head)[:-1] + b',"releases":[\n'
    comma = b""
    async for contract in told(reader, "contracts"):
        ties = [tie for tie in parties[contract["key"]] if tie["role"] in ROLES]
        yield comma + orjson.dumps(release(contract, ties, members))
        comma = b",\n"
    yield b"\n]}\n"


async def told(reader: Reader, name: str) -> AsyncIterator[Found]:
    connection = CONNECTIONS[name]
    async for block in blocks(reader, connection):
        for row in block:
            yield dict(zip(connection.header, row, strict=True))


def release(contract: Found, ties: list[Found], members: dict[str, Found]) -> Found:
    key, held = contract["key"], defaultdict(list)
    for tie in ties:
        held[tie["source"]].append(ROLES[tie["role"]])
    signed = next((t["accepted_on"] for t in ties if t["accepted_on"]), None)
    value = {"amount": contract["value"], "currency": contract["currency"]}
    value = filled(value) if contract["value"] is not None else {}
    named = {
        role: [reference(members[k]) for k, roles in held.items() if role in roles]
        for role in ROLES.values()
    }
    suppliers, buyers = named["supplier"], named["buyer"]
    award = {"id": key, "title": contract["title"], "value": value}
    agreed = {
        "id": key,
        "awardID": key,
        "title": contract["title"],
        "description": contract["terms"],
        "status": STATUSES.get(contract["status"]),
        "value": value,
        "period": filled(period(contract)),
        "dateSigned": signed and f"{signed}T00:00:00Z",
    }
    return filled(
        {
            "ocid": key,
            "id": f"{key}-1",
            "date": f"{contract['since'] or signed or UNDATED}T00:00:00Z",
            "tag": ["contract"],
            "initiationType": "tender",
            "parties": [party(members[k], roles) for k, roles in held.items()],
            "buyer": buyers[0] if buyers else None,
            "awards": [filled(award | {"suppliers": suppliers})],
            "contracts": [filled(agreed)],
        }
    )


def reference(member: Found) -> Found:
    return {"id": member["key"], "name": member["name"]}


def party(member: Found, roles: list[str]) -> Found:
    address = {"region": member["region"], "countryName": member["country"]}
    kind = member["kind"]
    details = {"kind": kind} if kind != "ORGANISATION" else {}
    told = {"roles": roles, "address": filled(address), "details": details}
    return filled(reference(member) | told)


def period(contract: Found) -> Found:
    """OCDS tells the last day, we the first day after it."""
    until = contract["until"]
    last = until and date.fromisoformat(until) - timedelta(days=1)
    return {
        "startDate": contract["since"] and f"{contract['since']}T00:00:00Z",
        "endDate": last and f"{last}T23:59:59Z",
    }


def filled(found: Found) -> Found:
    return {name: value for name, value in found.items() if value not in (None, {}, [])}
