"""The contracts of one contracting process of OCDS, and their parties."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.formats.readers.ocds.awards import Deal, deals_of
from service.formats.readers.ocds.days import day, day_after
from service.formats.readers.ocds.objects import (
    JsonObject,
    attribute_columns,
    id_in,
    object_in,
    objects_in,
    short_key,
    texts_in,
)
from service.formats.readers.ocds.parties import (
    BUYERS,
    ENTITIES,
    FUNDERS,
    SUPPLIERS,
    TENDERERS,
    Parties,
    Party,
    buyers_in,
)
from service.formats.readers.published_values import published_cells
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary import NODES, TIES_BY_NAME

STATUSES = {
    "pending": "DRAFT",
    "active": "ACTIVE",
    "cancelled": "TERMINATED",
    "terminated": "COMPLETED",  # in OCDS, a contract that came to its regular end
}


class ContractingProcess:
    """The rows of the contracts of one merged release."""

    def __init__(
        self, release: JsonObject, line: int, file: str, faults: Faults
    ) -> None:
        self.release, self.line, self.file, self.faults = release, line, file, faults
        self.ocid = id_in(release, "ocid") or ""
        self.tender = object_in(release, "tender")
        self.parties = Parties(release)

    def contracts(self) -> Rows:
        deals = deals_of(self.release, self.ocid, self.faults)
        for deal in deals:
            signed = day(deal.contract.get("dateSigned"))
            if not deal.contract:
                signed = day(deal.award.get("date"))
            key = self.contract_key(deal)
            cells = {"key": key, **self.values(deal, signed), **self.attributes(deal)}
            yield "contracts", self.row("Contract", cells)
            for party, role in self.parties_of(deal, is_only=len(deals) == 1):
                ends = {"source": self.member_id(party), "target": key}
                cells = {"kind": "CONTRACT", **ends, "role": role}
                cells["accepted_on"] = signed
                yield "ties", self.row("ContractParty", cells)

    def member_id(self, party: Party) -> str:
        """Ids of parties are unique within their process."""
        return f"{self.ocid}/{party.id}"

    def contract_key(self, deal: Deal) -> str:
        """Ids are unique within a process; our own export has one contract in each."""
        is_own = id_in(deal.contract) == self.ocid
        return short_key(self.ocid if is_own else f"{self.ocid}-{deal.id}")

    def values(self, deal: Deal, signed: str | None) -> dict[str, Any]:
        contract, award = deal.contract, deal.award
        value = self.value_of(deal)
        has_amount = value.get("amount") is not None
        period = object_in(contract, "period")
        if not contract:
            period = object_in(award, "contractPeriod")
        return {
            "title": self.title(deal),
            "value": value.get("amount"),
            "currency": value.get("currency") if has_amount else None,
            "value_period": "TOTAL" if has_amount else None,
            "status": self.status(contract or award),
            "terms": contract.get("description") or award.get("description"),
            "since": day(period.get("startDate")) or signed,
            "until": day_after(period.get("endDate")),
        }

    def value_of(self, deal: Deal) -> JsonObject:
        """The contract's own value, or that of an award that has no other contract."""
        value = object_in(deal.contract, "value")
        if "amount" in value or not deal.is_only_contract:
            return value
        return object_in(deal.award, "value")

    def title(self, deal: Deal) -> Any:
        parents = (deal.contract, deal.award, self.tender)
        titles = [parent.get("title") for parent in parents]
        titles += [parent.get("description") for parent in parents]
        return next((title for title in titles if title), None)

    def status(self, deal: JsonObject) -> str | None:
        status = id_in(deal, "status")
        if status and status not in STATUSES:
            self.faults.note("status: unknown, left blank", repr(status))
        return STATUSES.get(status or "")

    def attributes(self, deal: Deal) -> dict[str, Any]:
        """What our contracts have no property for; nothing for those of our export."""
        contract, award, tender = deal.contract, deal.award, self.tender
        if id_in(contract) == self.ocid:
            return {}
        value = object_in(award, "value")
        amount = f"{value.get('amount')} {value.get('currency') or ''}"
        has_own = value and value != self.value_of(deal)
        tenderers = [party.name or party.id for party in self.tenderers()]
        attributes = {
            "ocid": self.ocid,
            "contractId": id_in(contract),
            "awardId": id_in(award),
            "awardStatus": award.get("status") if contract else None,
            "awardValue": amount.strip() if has_own else None,
            "tenderId": id_in(tender),
            "tenderTitle": tender.get("title"),
            "procurementMethod": tender.get("procurementMethod"),
            "mainProcurementCategory": tender.get("mainProcurementCategory"),
            "numberOfTenderers": tender.get("numberOfTenderers"),
            "tenderers": "; ".join(tenderers),
            "relatedLots": "; ".join(texts_in(award, "relatedLots")),
            "classification": classification(contract, award, tender),
        }
        return attribute_columns(attributes)

    def tenderers(self) -> list[Party]:
        return self.parties.with_role(TENDERERS)

    def parties_of(self, deal: Deal, is_only: bool) -> Iterator[tuple[Party, str]]:
        parties = self.parties
        buyers = parties.resolve(buyers_in(deal.contract) or buyers_in(deal.award))
        buyers = buyers or parties.with_role(BUYERS) or parties.with_role(ENTITIES)
        yield from ((party, "CUSTOMER") for party in buyers)
        yield from ((party, "SUPPLIER") for party in self.suppliers(deal, is_only))
        yield from ((party, "FUNDER") for party in parties.with_role(FUNDERS))

    def suppliers(self, deal: Deal, is_only: bool) -> list[Party]:
        """Those of the contract or of its award; else those that it can only be."""
        for parent in (deal.contract, deal.award):
            if named := self.parties.resolve(objects_in(parent, "suppliers")):
                return named
        possible = self.parties.with_role(SUPPLIERS)
        if len(possible) == 1 or (is_only and possible):
            text = "contract without suppliers: has the suppliers of its process"
            self.faults.note(text, self.ocid)
            return possible
        text = "contract without suppliers: imported without them"
        self.faults.note(text, self.ocid)
        return []

    def row(self, name: str, cells: dict[str, Any]) -> TableRow:
        cls = TIES_BY_NAME.get(name) or NODES[name]
        return TableRow(self.file, self.line, published_cells(cls, cells, self.faults))


def classification(*parents: JsonObject) -> str:
    """How the items are classified, such as CPV:45233 Road works, each once."""
    items = next((i for p in parents if (i := objects_in(p, "items"))), [])
    classes = [object_in(item, "classification") for item in items]
    classes += [object_in(parent, "classification") for parent in parents]
    texts = [
        f"{c.get('scheme') or ''}:{c.get('id') or ''} {c.get('description') or ''}"
        for c in classes
        if c
    ]
    return "; ".join(dict.fromkeys(text.strip(" :") for text in texts))
