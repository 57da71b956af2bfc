"""What the database has, by which rows of files are recognised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary import MEMBER_KINDS, NODES, camel
from service.vocabulary.provenance import (
    IMPORTED_APART,
    IMPORTED_AS,
    IMPORTED_FROM,
    REGISTER_ID,
)

PAGE = 20_000  # members of one statement


class StoredMember(NamedTuple):
    """A member of the database."""

    key: str
    kind: str
    name: str
    country: str | None
    register: str | None
    sources: str | None
    employers: list[str]
    own_rows: str = ""  # IMPORTED_AS
    apart_rows: str = ""  # IMPORTED_APART


@dataclass(frozen=True)
class StoredMemberColumns:
    keys: list[str]
    kinds: list[list[str]]
    names: list[str]
    countries: list[str]
    registers: list[str]
    sources: list[str]
    own_rows: list[str]
    apart_rows: list[str]
    employers: list[list[str]]

    def members(self) -> Iterable[StoredMember]:
        kinds = [MEMBER_KINDS[label[0]].value if label else "" for label in self.kinds]
        countries = [country or None for country in self.countries]
        registers = [register or None for register in self.registers]
        sources = [source or None for source in self.sources]
        first = (self.keys, kinds, self.names, countries, registers, sources)
        others = (self.employers, self.own_rows, self.apart_rows)
        for member in zip(*first, *others, strict=True):
            yield StoredMember(*member)


@dataclass(frozen=True)
class NamedColumns:
    keys: list[str]
    names: list[str]


async def stored_members(graph: Graph) -> list[StoredMember]:
    """All members of the database; each takes about 500 bytes."""
    query, members = statement("imports/members"), list[StoredMember]()
    parameters = {"limit": PAGE, "register": REGISTER_ID, "sources": IMPORTED_FROM}
    parameters |= {"own_rows": IMPORTED_AS, "apart_rows": IMPORTED_APART}
    after = ""
    while True:
        [columns] = await graph.long_rows(
            query, StoredMemberColumns, after=after, **parameters
        )
        members += columns.members()
        if len(columns.keys) < PAGE:
            return members
        after = members[-1].key


async def stored_nodes(graph: Graph, label: str, names: list[str]) -> dict[str, str]:
    """The keys of records of one label by their names; the first key of each name."""
    if not names:
        return {}
    sort = "name" if label == "Member" else camel(NODES[label].sort)
    read = statement("imports/nodes", NODE=label, PROPERTY=f"n.{sort}")
    [columns] = await graph.rows(read, NamedColumns, names=names)
    pairs = zip(reversed(columns.names), reversed(columns.keys), strict=True)
    return dict(pairs)
