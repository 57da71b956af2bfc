"""Tables as entity sets: which are, their keys, the service document and $metadata."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import quoteattr

from service.errors import RecordNotFound
from service.feeds.odata.values import EDM
from service.feeds.table import Column, Table

MOST_COLUMNS = 64
ROW = "row"  # the key of a table whose rows are no records: their number
NAMESPACE = "valuenet"
XML = '<?xml version="1.0" encoding="utf-8"?>\n'
EDMX = "http://docs.oasis-open.org/odata/ns/edmx"
SCHEMA = "http://docs.oasis-open.org/odata/ns/edm"


@dataclass(frozen=True)
class EntitySet:
    """A table as OData sees it."""

    table: Table

    @property
    def key(self) -> str:
        return self.table.key or ROW

    @property
    def columns(self) -> dict[str, Column]:
        """The columns by name; the number of a row is the first if it is the key."""
        columns = {column.name: column for column in self.table.columns}
        if self.table.key:
            return columns
        number = Column(ROW, int, True, (), (), 0, "The number of the row.")
        return {ROW: number, **columns}

    @property
    def is_listed(self) -> bool:
        """A set that needs a parameter is not: clients read all that are listed."""
        return not self.table.missing


def entity_sets(tables: Iterable[Table]) -> dict[str, EntitySet]:
    """The tables that are sets: those with 64 columns at most, and none named `row`."""
    return {table.name: EntitySet(table) for table in tables if is_set(table)}


def is_set(table: Table) -> bool:
    each, names = EntitySet(table), [column.name for column in table.columns]
    clash = each.key == ROW and ROW in names
    return len(each.columns) <= MOST_COLUMNS and not clash


def set_named(sets: dict[str, EntitySet], name: str) -> EntitySet:
    if name not in sets:
        raise RecordNotFound(f"{name[:60]}: no such set; /odata/ lists them.")
    return sets[name]


def service_document(root: str, sets: dict[str, EntitySet]) -> dict[str, Any]:
    names = [name for name, each in sets.items() if each.is_listed]
    return {
        "@odata.context": f"{root}$metadata",
        "value": [{"name": n, "kind": "EntitySet", "url": n} for n in names],
    }


def metadata(sets: dict[str, EntitySet]) -> str:
    """The model of all sets as CSDL."""
    types = "".join(entity_type_element(each) for each in sets.values())
    entries = "".join(entity_set_element(each) for each in sets.values())
    return (
        f'{XML}<edmx:Edmx Version="4.0" xmlns:edmx="{EDMX}"><edmx:DataServices>'
        f'<Schema Namespace="{NAMESPACE}" xmlns="{SCHEMA}">{types}'
        f'<EntityContainer Name="tables">{entries}</EntityContainer>'
        "</Schema></edmx:DataServices></edmx:Edmx>"
    )


def entity_type_element(entity_set: EntitySet) -> str:
    properties = "".join(
        f"<Property Name={quoteattr(name)} Type={quoteattr(EDM[column.type])}"
        f"{nullability(name == entity_set.key)}/>"
        for name, column in entity_set.columns.items()
    )
    return (
        f"<EntityType Name={quoteattr(entity_set.table.name)}>"
        f"<Key><PropertyRef Name={quoteattr(entity_set.key)}/></Key>"
        f"{properties}</EntityType>"
    )


def nullability(is_key: bool) -> str:
    return ' Nullable="false"' if is_key else ""


def entity_set_element(entity_set: EntitySet) -> str:
    name = entity_set.table.name
    type = quoteattr(f"{NAMESPACE}.{name}")
    hidden = "" if entity_set.is_listed else ' IncludeInServiceDocument="false"'
    return f"<EntitySet Name={quoteattr(name)} EntityType={type}{hidden}/>"
