"""Members that a file names by keys of its own, matched with those that we have.

In this order: the same key; else the same normalised name (names.py) and country, of
the same kind, if exactly one member has them and no other row of the file took it.
The same name with another country, or none, or of several members, is doubtful: the
row stays a member of its own, and the pair is reported.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from service.formats.blocks import blocks
from service.formats.connections import CONNECTIONS
from service.formats.names import normalised
from service.formats.records import TABLES
from service.formats.rows import Row, Rows
from service.graph import Graph
from service.vocabulary import NODES


class Known(NamedTuple):
    """A member of the database."""

    key: str
    kind: str
    name: str
    country: str | None


class Pair(NamedTuple):
    """A member of a file and one of the database that bear the same name."""

    given: Known
    known: Known
    decision: str  # MERGED or DOUBTFUL


LINKS = {"ties": ["source", "target"]} | {
    table: [link.name for link in NODES[label].links if link.label == "Member"]
    for table, label in TABLES.items()
}


@dataclass
class Matching:
    """The members of the database by key and by name; the pairs found so far."""

    keys: set[str] = field(default_factory=set)
    names: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))
    taken: dict[str, str] = field(default_factory=dict)  # key of ours: key in the file
    aliases: dict[str, str] = field(default_factory=dict)  # the other way round
    pairs: list[Pair] = field(default_factory=list)

    def settled(self, rows: Rows) -> Rows:
        """The same rows under our keys, members before what names them."""
        for table, row in rows:
            if table == "members":
                yield table, self.member(row)
            else:
                held = {name: row.cells.get(name) for name in LINKS[table]}
                ends = {
                    n: self.aliases[k] for n, k in held.items() if k in self.aliases
                }
                yield table, row._replace(cells={**row.cells, **ends}) if ends else row

    def member(self, row: Row) -> Row:
        key, name = row.cells.get("key") or "", row.cells.get("name") or ""
        if not name or key in self.keys:
            return row
        kind, country = row.cells.get("kind") or "", row.cells.get("country")
        given = Known(key, kind, name, country)
        same = self.names.get(normalised(name), [])
        sure = [k for k in same if country and (k.country, k.kind) == (country, kind)]
        if len(sure) == 1 and sure[0].key not in self.taken:
            [known] = sure
            self.taken[known.key] = key
            self.aliases[key] = known.key
            self.pairs.append(Pair(given, known, "MERGED"))
            return row._replace(cells={**row.cells, "key": known.key})
        self.pairs += [Pair(given, known, "DOUBTFUL") for known in same]
        return row


async def known(graph: Graph) -> Matching:
    """All members of the database, some 300 bytes each."""
    found = Matching()
    members = CONNECTIONS["members"]
    places = [members.header.index(n) for n in ("key", "kind", "name", "country")]
    async with graph.read_transaction() as reader:
        async for block in blocks(reader, members):
            for row in block:
                one = Known(*(row[place] for place in places))
                found.keys.add(one.key)
                found.names[normalised(one.name)].append(one)
    return found
