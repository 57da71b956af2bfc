"""One contracting process of OCDS: what its releases say of parties and contracts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from service.formats.records import LABELS
from service.formats.rows import Faults, Row, Rows

ROLES = {
    "buyer": ("CUSTOMER", "PUBLIC_BODY"),
    "procuringEntity": ("CUSTOMER", "PUBLIC_BODY"),
    "supplier": ("SUPPLIER",),
    "funder": ("INVESTOR",),
}
STATUSES = {
    "pending": "DRAFT",
    "active": "ACTIVE",
    "cancelled": "TERMINATED",
    "terminated": "COMPLETED",  # OCDS: signed, in force, and come to a close
}
Found = dict[str, Any]


class Process:
    """Parties, awards and contracts by id; a later release adds to an earlier one."""

    def __init__(self, ocid: str, file: str, faults: Faults) -> None:
        self.ocid, self.file, self.faults, self.line = ocid, file, faults, 0
        self.parties: dict[str, Found] = {}
        self.roles: dict[str, set[str]] = {}
        self.awards: dict[str, Found] = {}
        self.agreed: dict[str, Found] = {}
        self.tender: Found = {}

    def take(self, release: Found, number: int) -> None:
        self.line = number
        for party in listed(release, "parties"):
            self.party(party, *texts(party.get("roles")))
        self.tender |= inner(release, "tender")
        for role, found in (
            ("buyer", inner(release, "buyer")),
            ("procuringEntity", inner(self.tender, "procuringEntity")),
        ):
            if found:
                self.party(found, role)
        for tenderer in listed(self.tender, "tenderers"):
            self.party(tenderer, "tenderer")
        for award in listed(release, "awards"):
            id = str(award.get("id"))
            self.awards[id] = self.awards.get(id, {}) | award
            for supplier in listed(award, "suppliers"):
                self.party(supplier, "supplier")
        for contract in listed(release, "contracts"):
            id = str(contract.get("id"))
            self.agreed[id] = self.agreed.get(id, {}) | contract

    def party(self, found: Found, *roles: str) -> None:
        id = found.get("id") or found.get("name")
        if not id:
            self.faults.add(self.file, self.line, "parties", "a party needs its id")
            return
        self.parties[str(id)] = self.parties.get(str(id), {}) | found
        self.roles.setdefault(str(id), set()).update(roles)

    def members(self) -> Iterator[tuple[str, Row]]:
        for id, party in self.parties.items():
            address = inner(party, "address")
            ours = {ours for role in self.roles[id] for ours in ROLES.get(role, ())}
            yield (
                self.key(id),
                self.row(
                    key=self.key(id),
                    kind=kind(party),
                    name=party.get("name")
                    or inner(party, "identifier").get("legalName"),
                    roles=";".join(sorted(ours)),
                    region=address.get("region") or address.get("locality"),
                    country=address.get("countryName"),
                    url=inner(party, "contactPoint").get("url"),
                ),
            )

    def key(self, id: str) -> str:
        """The register's id of a party where it is told, else the publisher's."""
        identifier = inner(self.parties[id], "identifier")
        scheme, number = identifier.get("scheme"), identifier.get("id")
        return f"{scheme}-{number}" if scheme and number else id

    def contracts(self) -> Rows:
        kept = {str(contract.get("awardID")) for contract in self.agreed.values()}
        for id, contract in self.agreed.items():
            award = self.awards.get(str(contract.get("awardID")), {})
            yield from self.contract(self.agreed_key(id), contract, award)
        for id, award in self.awards.items():
            if award.get("status") == "unsuccessful":
                self.faults.note("award that was unsuccessful: left out")
            elif id not in kept:
                period = {"period": award.get("contractPeriod")}
                signed = {"dateSigned": award.get("date")}
                found = award | period | signed
                yield from self.contract(f"{self.ocid}-award-{id}", found, award)

    def agreed_key(self, id: str) -> str:
        """Its id is unique in its process alone; our own export has one a process."""
        return id if id == self.ocid else f"{self.ocid}-contract-{id}"

    def contract(self, key: str, found: Found, award: Found) -> Rows:
        value = inner(found, "value") or inner(award, "value")
        period, signed = inner(found, "period"), day(found.get("dateSigned"))
        title = found.get("title") or award.get("title") or self.tender.get("title")
        yield (
            "contracts",
            self.row(
                key=key,
                title=title,
                value=value.get("amount"),
                currency=value.get("currency") if "amount" in value else None,
                value_period="TOTAL" if "amount" in value else None,
                status=STATUSES.get(str(found.get("status"))),
                terms=found.get("description"),
                since=day(period.get("startDate")) or signed,
                until=day_after(period.get("endDate")),
            ),
        )
        for party, role in self.parties_of(award):
            ends = {"kind": "CONTRACT", "source": self.key(party), "target": key}
            yield "ties", self.row(**ends, role=role, accepted_on=signed)

    def parties_of(self, award: Found) -> Iterator[tuple[str, str]]:
        buyers = [id for id, roles in self.roles.items() if "buyer" in roles]
        entities = [
            id for id, roles in self.roles.items() if "procuringEntity" in roles
        ]
        yield from ((id, "CUSTOMER") for id in buyers or entities)
        suppliers = [
            str(s.get("id") or s.get("name")) for s in listed(award, "suppliers")
        ]
        yield from ((id, "SUPPLIER") for id in dict.fromkeys(suppliers))
        funders = [id for id, roles in self.roles.items() if "funder" in roles]
        yield from ((id, "FUNDER") for id in funders)

    def row(self, **cells: Any) -> Row:
        told = {
            n: None if v is None else str(v).strip() or None for n, v in cells.items()
        }
        return Row(self.file, self.line, told)


def kind(party: Found) -> str:
    """OCDS knows organisations alone; our own export tells others as a detail."""
    told = inner(party, "details").get("kind")
    return told if told in LABELS else "ORGANISATION"


def inner(found: Found, name: str) -> Found:
    """An object within; an empty one where there is none."""
    given = found.get(name)
    return given if isinstance(given, dict) else {}


def listed(found: Found, name: str) -> list[Found]:
    given = found.get(name)
    return [i for i in given if isinstance(i, dict)] if isinstance(given, list) else []


def texts(given: Any) -> list[str]:
    return [str(item) for item in given] if isinstance(given, list) else []


def day(text: Any) -> str | None:
    """The day of an OCDS time; what is no time stays, and is a fault of its cell.

    >>> day("2026-03-01T00:00:00Z")
    '2026-03-01'
    """
    return None if text is None else str(text)[:10]


def day_after(text: Any) -> str | None:
    """The first day after a period that ends at this time.

    >>> day_after("2026-12-31T23:59:59Z"), day_after("2027-01-01T00:00:00Z")
    ('2027-01-01', '2027-01-01')
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)
    last: date = moment.date()
    midnight = "T" in str(text) and not (moment.hour or moment.minute or moment.second)
    return str(last if midnight else last + timedelta(days=1))
