"""The parties of one process as members: organisations, each with its roles.

`additionalIdentifiers` with the scheme `valuenet` have the key of a member that our own
export wrote.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from service.formats.readers.ocds.objects import (
    JsonObject,
    attribute_columns,
    id_in,
    object_in,
    objects_in,
    register_id,
    register_ids,
)
from service.formats.readers.ocds.parties import (
    BUYERS,
    DEAL_BUYERS,
    ENTITIES,
    FUNDERS,
    SUPPLIERS,
    TENDERERS,
    Party,
)
from service.formats.readers.ocds.process import ContractingProcess
from service.formats.readers.published_values import (
    published_cells,
    shown_text,
    text_of,
    web_address,
)
from service.formats.records import LABELS
from service.formats.rows import Faults, TableRow
from service.vocabulary import NODES
from service.vocabulary.provenance import REGISTER_ID

ROLES = {
    BUYERS: ("CUSTOMER", "PUBLIC_BODY"),
    DEAL_BUYERS: ("CUSTOMER", "PUBLIC_BODY"),
    ENTITIES: ("CUSTOMER", "PUBLIC_BODY"),
    SUPPLIERS: ("SUPPLIER",),
    FUNDERS: ("INVESTOR",),
}
OWN_DETAILS = ("kind", "url")  # that are properties
OWN_SCHEME = "valuenet"  # of the keys that our own export writes


def member_rows(process: ContractingProcess, faults: Faults) -> Iterator[TableRow]:
    parties = process.parties
    for party in parties.by_id.values():
        values = member_values(party, faults)
        label = LABELS[values["kind"]]
        cells = published_cells(NODES[label], values, faults)
        id = process.member_id(party)
        yield TableRow(process.file, process.line, cells, id)
        if party.roles == {TENDERERS}:
            text = "tenderer without an award: imported as a member without ties"
            faults.note(text, shown_text(values["name"]))
    for _ in range(parties.unknown):
        text = "party without id, identifier and name: not imported"
        faults.note(text, process.ocid)


def member_values(party: Party, faults: Faults) -> dict[str, Any]:
    values = party.values
    register = register_id(values)
    name = text_of(party.name) or register or text_of(party.id) or "?"
    if not party.name:
        text = "party without a name: has its id as name"
        faults.note(text, shown_text(name))
    address, roles = object_in(values, "address"), party.roles
    other_roles = "; ".join(sorted(roles - ROLES.keys() - {TENDERERS}))
    country = (address.get(n) for n in ("country", "countryCode", "countryName"))
    return {
        "key": own_key(values),
        "kind": member_kind(values),
        "name": name,
        "roles": ";".join(sorted({r for role in roles for r in ROLES.get(role, ())})),
        "region": address.get("region") or address.get("locality"),
        "country": next((text for text in country if text), None),
        "url": website(values, faults),
        REGISTER_ID: register,
        **attribute_columns(attributes(values) | {"partyRoles": other_roles}),
    }


def website(values: JsonObject, faults: Faults) -> str | None:
    text = object_in(values, "details").get("url")
    text = text or object_in(values, "contactPoint").get("url")
    address = web_address(text)
    if text and not address:
        faults.note("url: not an address, left blank", shown_text(str(text)))
    return address


def attributes(values: JsonObject) -> dict[str, Any]:
    """What our members have no property for."""
    address, identifier = object_in(values, "address"), object_in(values, "identifier")
    others = objects_in(values, "additionalIdentifiers")
    others = [other for other in others if other.get("scheme") != OWN_SCHEME]
    legal_name = identifier.get("legalName")
    details = object_in(values, "details")
    others_of_details = {n: v for n, v in details.items() if n not in OWN_DETAILS}
    return others_of_details | {
        "legalName": legal_name if legal_name != values.get("name") else None,
        "additionalIdentifiers": "; ".join(register_ids(*others)),
        "locality": address.get("locality") if address.get("region") else None,
        "streetAddress": address.get("streetAddress"),
        "postalCode": address.get("postalCode"),
    }


def own_key(values: JsonObject) -> str | None:
    """The key of a member that our own export wrote."""
    identifiers = objects_in(values, "additionalIdentifiers")
    keys = (id_in(i) for i in identifiers if i.get("scheme") == OWN_SCHEME)
    return next(keys, None)


def member_kind(values: JsonObject) -> str:
    """ORGANISATION, the only kind of OCDS; our own export adds others as a detail."""
    kind = object_in(values, "details").get("kind")
    return kind if isinstance(kind, str) and kind in LABELS else "ORGANISATION"
