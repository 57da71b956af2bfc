"""One contracting process of OCDS: its parties, awards and contracts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from service.formats.records import LABELS
from service.formats.rows import Faults, Rows, TableRow

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
    "terminated": "COMPLETED",  # in OCDS, a contract that came to its regular end
}
JsonObject = dict[str, Any]


class ContractingProcess:
    """Parties, awards and contracts by id; later releases override earlier ones."""

    def __init__(self, ocid: str, file: str, faults: Faults) -> None:
        self.ocid, self.file, self.faults, self.line = ocid, file, faults, 0
        self.parties: dict[str, JsonObject] = {}
        self.roles: dict[str, set[str]] = {}
        self.awards: dict[str, JsonObject] = {}
        self.signed_contracts: dict[str, JsonObject] = {}
        self.tender: JsonObject = {}

    def add_release(self, release: JsonObject, number: int) -> None:
        self.line = number
        for party in objects_in(release, "parties"):
            self.add_party(party, *texts_of(party.get("roles")))
        self.tender |= object_in(release, "tender")
        if buyer := object_in(release, "buyer"):
            self.add_party(buyer, "buyer")
        if entity := object_in(self.tender, "procuringEntity"):
            self.add_party(entity, "procuringEntity")
        for tenderer in objects_in(self.tender, "tenderers"):
            self.add_party(tenderer, "tenderer")
        for award in objects_in(release, "awards"):
            id = str(award.get("id"))
            self.awards[id] = self.awards.get(id, {}) | award
            for supplier in objects_in(award, "suppliers"):
                self.add_party(supplier, "supplier")
        for contract in objects_in(release, "contracts"):
            id = str(contract.get("id"))
            self.signed_contracts[id] = self.signed_contracts.get(id, {}) | contract

    def add_party(self, party: JsonObject, *roles: str) -> None:
        id = party.get("id") or party.get("name")
        if not id:
            text = "a party needs an id or a name"
            self.faults.add(self.file, self.line, "parties", text)
            return
        self.parties[str(id)] = self.parties.get(str(id), {}) | party
        self.roles.setdefault(str(id), set()).update(roles)

    def members(self) -> Iterator[tuple[str, TableRow]]:
        for id, party in self.parties.items():
            address = object_in(party, "address")
            roles = {ours for role in self.roles[id] for ours in ROLES.get(role, ())}
            yield (
                self.key(id),
                self.row(
                    key=self.key(id),
                    kind=member_kind(party),
                    name=party.get("name")
                    or object_in(party, "identifier").get("legalName"),
                    roles=";".join(sorted(roles)),
                    region=address.get("region") or address.get("locality"),
                    country=address.get("countryName"),
                    url=object_in(party, "contactPoint").get("url"),
                ),
            )

    def key(self, id: str) -> str:
        """The party's id in a public register, if any, else the publisher's id."""
        identifier = object_in(self.parties[id], "identifier")
        scheme, number = identifier.get("scheme"), identifier.get("id")
        return f"{scheme}-{number}" if scheme and number else id

    def contracts(self) -> Rows:
        awarded = {
            str(contract.get("awardID")) for contract in self.signed_contracts.values()
        }
        for id, contract in self.signed_contracts.items():
            award = self.awards.get(str(contract.get("awardID")), {})
            yield from self.contract(self.contract_key(id), contract, award)
        for id, award in self.awards.items():
            if award.get("status") == "unsuccessful":
                self.faults.note("unsuccessful award: not imported")
            elif id not in awarded:
                period = {"period": award.get("contractPeriod")}
                signed = {"dateSigned": award.get("date")}
                contract = award | period | signed
                yield from self.contract(f"{self.ocid}-award-{id}", contract, award)

    def contract_key(self, id: str) -> str:
        """Ids are unique within a process; our own export has one contract in each."""
        return id if id == self.ocid else f"{self.ocid}-contract-{id}"

    def contract(self, key: str, contract: JsonObject, award: JsonObject) -> Rows:
        value = object_in(contract, "value") or object_in(award, "value")
        period, signed = object_in(contract, "period"), day(contract.get("dateSigned"))
        title = contract.get("title") or award.get("title") or self.tender.get("title")
        yield (
            "contracts",
            self.row(
                key=key,
                title=title,
                value=value.get("amount"),
                currency=value.get("currency") if "amount" in value else None,
                value_period="TOTAL" if "amount" in value else None,
                status=STATUSES.get(str(contract.get("status"))),
                terms=contract.get("description"),
                since=day(period.get("startDate")) or signed,
                until=day_after(period.get("endDate")),
            ),
        )
        for party, role in self.parties_of(award):
            ends = {"kind": "CONTRACT", "source": self.key(party), "target": key}
            yield "ties", self.row(**ends, role=role, accepted_on=signed)

    def parties_of(self, award: JsonObject) -> Iterator[tuple[str, str]]:
        buyers = [id for id, roles in self.roles.items() if "buyer" in roles]
        entities = [
            id for id, roles in self.roles.items() if "procuringEntity" in roles
        ]
        yield from ((id, "CUSTOMER") for id in buyers or entities)
        suppliers = [
            s.get("id") or s.get("name") for s in objects_in(award, "suppliers")
        ]
        # One without either is a fault already.
        names = dict.fromkeys(str(supplier) for supplier in suppliers if supplier)
        yield from ((id, "SUPPLIER") for id in names)
        funders = [id for id, roles in self.roles.items() if "funder" in roles]
        yield from ((id, "FUNDER") for id in funders)

    def row(self, **cells: Any) -> TableRow:
        texts = {
            name: None if value is None else str(value).strip() or None
            for name, value in cells.items()
        }
        return TableRow(self.file, self.line, texts)


def member_kind(party: JsonObject) -> str:
    """ORGANISATION, the only kind of OCDS; our own export adds others as a detail."""
    kind = object_in(party, "details").get("kind")
    return kind if isinstance(kind, str) and kind in LABELS else "ORGANISATION"


def object_in(parent: JsonObject, name: str) -> JsonObject:
    """The object of that name; an empty one if there is none."""
    value = parent.get(name)
    return value if isinstance(value, dict) else {}


def objects_in(parent: JsonObject, name: str) -> list[JsonObject]:
    value = parent.get(name)
    return [i for i in value if isinstance(i, dict)] if isinstance(value, list) else []


def texts_of(value: Any) -> list[str]:
    return [str(item) for item in value] if isinstance(value, list) else []


def day(text: Any) -> str | None:
    """The day of an OCDS time; any other text is reported later as a fault.

    >>> day("2026-03-01T00:00:00Z")
    '2026-03-01'
    """
    return None if text is None else str(text)[:10]


def day_after(text: Any) -> str | None:
    """The first day after a period that ends at this time; none after the last year.

    >>> day_after("2026-12-31T23:59:59Z"), day_after("2027-01-01T00:00:00Z")
    ('2027-01-01', '2027-01-01')
    >>> day_after("9999-12-31T23:59:59Z")
    """
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        return str(text)
    last: date = moment.date()
    if last == date.max:
        return None
    midnight = "T" in str(text) and not (moment.hour or moment.minute or moment.second)
    return str(last if midnight else last + timedelta(days=1))
