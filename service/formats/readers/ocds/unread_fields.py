"""Remarks on the fields of a release that have no place in our model."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from service.formats.readers.ocds.objects import JsonObject, object_in, objects_in
from service.formats.rows import Faults

BLANKS: tuple[object, ...] = (None, "", [], {})
DEAL = {"id", "title", "description", "status", "value", "suppliers", "buyer", "buyers"}
DEAL |= {"items", "classification"}
READ_INSIDE = {"url"}  # all that is read of a contact point
FIELDS = {  # by section: what is read, or only describes the file itself
    "release": {"ocid", "id", "date", "tag", "language", "initiationType", "parties"}
    | {"buyer", "buyers", "tender", "awards", "contracts"},
    "tender": {"id", "title", "description", "status", "procuringEntity", "tenderers"}
    | {"procurementMethod", "mainProcurementCategory", "numberOfTenderers", "items"}
    | {"classification"},
    "awards": DEAL | {"date", "contractPeriod", "relatedLots"},
    "contracts": DEAL | {"awardID", "period", "dateSigned"},
    "parties": {"id", "name", "identifier", "additionalIdentifiers", "address"}
    | {"roles", "details"},
}


def unread_fields(release: JsonObject) -> Iterator[str]:
    """The section and name of each field that is not read, once for each object."""
    sections = {
        "release": [release],
        "tender": [object_in(release, "tender")],
        **{n: objects_in(release, n) for n in ("awards", "contracts", "parties")},
    }
    for section, parents in sections.items():
        for parent in parents:
            for name in parent.keys() - FIELDS[section]:
                value = parent[name]
                is_read = isinstance(value, dict) and value.keys() <= READ_INSIDE
                if value not in BLANKS and not is_read:
                    yield f"{section}.{name}"


def note_unread_fields(counts: Counter[str], faults: Faults) -> None:
    for field, count in sorted(counts.items()):
        for _ in range(count):
            faults.note(f"{field}: has no place here, not imported")
