"""The organisations of one process: its parties, and what refers to them.

The id of a party is unique in its process alone. A reference (a buyer, a supplier, …)
names a party by that id, by the id of its register, or by its name; one that names
none is a party of its own, as all are in OCDS 1.0.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from service.formats.names import comparable_name
from service.formats.readers.ocds.objects import (
    JsonObject,
    id_in,
    object_in,
    objects_in,
    register_id,
    texts_in,
)

BUYERS, SUPPLIERS, FUNDERS = "buyer", "supplier", "funder"
DEAL_BUYERS = "buyer of an award or contract"  # an extension has buyers there
BLANKS: tuple[object, ...] = (None, "", [], {})
ENTITIES, TENDERERS = "procuringEntity", "tenderer"
UNSUCCESSFUL = "unsuccessful"  # an award that nobody won


@dataclass(eq=False)
class Party:
    """One organisation of a process, with its roles in it."""

    id: str
    values: JsonObject
    is_listed: bool = False  # in `parties`, so that references may name it
    roles: set[str] = field(default_factory=set)

    @property
    def name(self) -> str | None:
        identifier = object_in(self.values, "identifier")
        return id_in(self.values, "name") or id_in(identifier, "legalName")


PartyIndex = defaultdict[str | None, list[Party]]  # what has no text has no party


class Parties:
    """The parties of one merged release, with the roles that its references add."""

    def __init__(self, release: JsonObject) -> None:
        self.by_id: dict[str, Party] = {}
        self._by_register: PartyIndex = defaultdict(list)
        self._by_number: PartyIndex = defaultdict(list)
        self._by_name: PartyIndex = defaultdict(list)
        self.unknown = 0  # references and parties without id, identifier and name
        own = objects_in(release, "parties")
        for party in sorted(own, key=lambda party: id_in(party) is None):
            if added := self.add(party, id_in(party)):
                added.is_listed = True
                added.roles.update(texts_in(party, "roles"))
        self.add_references(release)

    def add_references(self, release: JsonObject) -> None:
        tender, awards = object_in(release, "tender"), objects_in(release, "awards")
        contracts = objects_in(release, "contracts")
        self.refer(buyers_in(release), BUYERS)
        for deal in (*awards, *contracts):
            self.refer(buyers_in(deal), DEAL_BUYERS)
            is_lost = deal.get("status") == UNSUCCESSFUL
            role = TENDERERS if is_lost else SUPPLIERS
            self.refer(objects_in(deal, "suppliers"), role)
        self.refer(objects_in(tender, "procuringEntity"), ENTITIES)
        self.refer(objects_in(tender, "tenderers"), TENDERERS)
        budget = object_in(object_in(release, "planning"), "budget")
        for part in objects_in(budget, "budgetBreakdown"):
            self.refer(objects_in(part, "sourceParty"), FUNDERS)
        for contract in contracts:
            implementation = object_in(contract, "implementation")
            for payment in objects_in(implementation, "transactions"):
                self.refer(objects_in(payment, "payer"), "payer")
                self.refer(objects_in(payment, "payee"), "payee")

    def refer(self, references: list[JsonObject], role: str) -> None:
        for reference in references:
            if party := self.add(reference):
                party.roles.add(role)

    def resolve(self, references: list[JsonObject]) -> list[Party]:
        """The parties that these references name, each once."""
        parties = [self.find(reference) for reference in references]
        return list({party.id: party for party in parties if party}.values())

    def with_role(self, role: str) -> list[Party]:
        return [party for party in self.by_id.values() if role in party.roles]

    def find(self, reference: JsonObject) -> Party | None:
        """By its id; else by the id of a register; else by a name that is unique."""
        id = id_in(reference)
        if id in self.by_id:
            return self.by_id[id]
        register = register_id(reference)
        number = id or id_in(object_in(reference, "identifier"))
        same_name = self._by_name[comparable_name_of(reference)]
        for parties in (
            self._by_register[register],
            [p for p in self._by_number[number] if is_same_register(p, register)],
            [
                party
                for party in same_name
                if (party.is_listed or not id) and is_same_register(party, register)
            ],
        ):
            if len(parties) == 1:
                return parties[0]
        return None

    def add(self, organisation: JsonObject, id: str | None = None) -> Party | None:
        """The party that this names, or a new one; `id` if it is one of its own."""
        organisation = {n: v for n, v in organisation.items() if v not in BLANKS}
        party = self.by_id.get(id) if id else self.find(organisation)
        if party:
            party.values = organisation | party.values
        else:
            new = Party(id or id_in(organisation) or "", organisation)
            new.id = new.id or register_id(organisation) or new.name or ""
            if not new.id:
                self.unknown += 1
                return None
            party = self.by_id.setdefault(new.id, new)
        self.index(party)
        return party

    def index(self, party: Party) -> None:
        register = register_id(party.values)
        number = id_in(object_in(party.values, "identifier"))
        for index, text in (
            (self._by_register, register),
            (self._by_number, number),
            (self._by_number, register and register.replace(":", "-", 1)),  # org-id
            (self._by_name, comparable_name_of(party.values)),
        ):
            if text and party not in index[text]:
                index[text].append(party)


def is_same_register(party: Party, register: str | None) -> bool:
    """Whether no identifier of a register says that the two are not the same."""
    other = register_id(party.values)
    return register is None or other in (None, register)


def comparable_name_of(organisation: JsonObject) -> str | None:
    name = Party("", organisation).name
    return comparable_name(name) if name else None


def buyers_in(parent: JsonObject) -> list[JsonObject]:
    return [*objects_in(parent, "buyer"), *objects_in(parent, "buyers")]
