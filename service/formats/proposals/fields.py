"""Which properties of a record the columns of a sheet are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import Enum

from service.formats.cells import PARSERS
from service.formats.proposals.profiles import Cells, SheetColumn
from service.formats.proposals.words import enum_source
from service.formats.readers.mapping_cells import CellSource, standard_text
from service.formats.sheets.column_kinds import ColumnKind
from service.vocabulary import NODES, TIES
from service.vocabulary.kind_words import comparable_word
from service.vocabulary.nodes import Record
from service.vocabulary.properties import properties_of
from service.vocabulary.texts import InvalidValue
from service.vocabulary.validation import CHECKS

# The slots in a line that a property is taken from, other than that of its own name.
SLOTS = {
    "amount": ("value",),
    "budget": ("budget", "value"),
    "revenue": ("revenue", "value"),
    "value": ("value", "revenue"),
    "on": ("date", "since"),
    "asked_on": ("asked_on", "date", "since"),
    "opened_at": ("opened_at", "date", "since"),
    "accepted_on": ("accepted_on",),
    "role": ("role", "roles"),
    "state": ("state", "status"),
    "deliverable": ("deliverable", "offering"),
    "advice_kind": ("advice_kind", "kind", "roles"),
    "affiliation_kind": ("affiliation_kind", "kind"),
    "context": ("context", "relation", "kind"),
    "title": ("title", "roles"),
}
# The names of the values of each enumeration, by comparable word.
ENUMS: dict[type[Record], dict[str, dict[str, str]]] = {
    cls: {
        attribute.column: {comparable_word(n): n for n in attribute.type.__members__}
        for attribute in properties_of(cls).values()
        if issubclass(attribute.type, Enum)
    }
    for cls in (*NODES.values(), *TIES.values())
}
# Named otherwise in the line, or found with the ends and kinds.
OTHERS = frozenset(("name", "roles", "key"))


def slots_for(field: str, fields: Iterable[str]) -> Sequence[str]:
    if field == "until":
        return ("until", "employed_until")
    if field == "since" and not {"on", "asked_on", "opened_at"} & set(fields):
        return ("since", "employed_since", "date")
    return SLOTS.get(field, (field,))


def fitting_field(column: SheetColumn, fields: Sequence[str]) -> list[str]:
    """The properties that a column may be, by its header, the likeliest first."""
    every = []
    for slot in column.slots:
        every += [f for f in fields if slot in slots_for(f, fields) and f not in every]
    return every


def field_source(
    column: SheetColumn, field: str, classes: Iterable[type[Record] | None]
) -> CellSource | str:
    """Where a property is taken from, or why the column cannot be it."""
    if values := enum_values(field, classes):
        source = enum_source(column, field, values)
        return source or f"its words are not those of `{field}`"
    if column.meaning.is_scaled and column.type.kind is ColumnKind.NUMBER:
        return "its amounts are in thousands or millions"
    return CellSource((column.name,))


def enum_values(field: str, classes: Iterable[type[Record] | None]) -> dict[str, str]:
    """The names of an enumeration by comparable word; none for other properties."""
    values: dict[str, str] = {}
    for cls in dict.fromkeys(cls for cls in classes if cls):
        values |= ENUMS[cls].get(field, {})
    return values


def unfit_value(
    column: SheetColumn,
    field: str,
    rows: Sequence[Cells],
    classes: Sequence[type[Record] | None],
) -> str | None:
    """The first value that the property of its row cannot have; None if all fit.

    A row without a class is not about the record.
    """
    source = CellSource((column.name,))
    values = {
        (row.get(column.name), cls) for row, cls in zip(rows, classes, strict=True)
    }
    for text, cls in sorted(values, key=str):
        if text is None or cls is None:
            continue
        if field not in CHECKS[cls]:
            return text
        if column.type.parse(text) is not None and not ENUMS[cls].get(field, {}):
            standard = standard_text("", field, text, source, column.type)
            if not is_valid(cls, field, standard):
                return text
    return None


def is_valid(cls: type[Record], field: str, text: str) -> bool:
    parse = PARSERS[cls].get(field)
    try:
        value = parse(text) if parse else text
        CHECKS[cls][field][1](value)
    except (InvalidValue, ValueError):
        return False
    return True
