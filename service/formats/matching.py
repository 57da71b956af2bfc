"""Members that a file names by its own keys, matched with those of the database.

The rules, in this order: the same key; else the same comparable name (names.py) and
country, of the same kind, if exactly one member has them and no other row of the file
is matched with it. Members of the same name with another country, or none, or of
several members, are possible duplicates: the row stays a member of its own, and the
pair is reported.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import NamedTuple

from service.formats.blocks import read_blocks
from service.formats.connections import CONNECTIONS
from service.formats.names import comparable_name
from service.formats.records import TABLES
from service.formats.rows import Rows, TableRow
from service.graph import Graph
from service.vocabulary import NODES
from service.vocabulary.countries import country_code

MERGED = "merged"
SEPARATE = "possible duplicate, kept separate"
# The columns of each table that hold the key of a member.
MEMBER_COLUMNS = {"ties": ["source", "target"]} | {
    table: [link.name for link in NODES[label].links if link.label == "Member"]
    for table, label in TABLES.items()
}


class NamedMember(NamedTuple):
    """A member with what it is matched by."""

    key: str
    kind: str
    name: str
    country: str | None


class NameMatch(NamedTuple):
    """A member of a file, one of the database with the same name, and the decision."""

    imported: NamedMember
    existing: NamedMember
    decision: str  # MERGED or SEPARATE


@dataclass
class MemberMatching:
    """The members of the database by key and by name; the matches of one file."""

    keys: set[str] = field(default_factory=set)
    names: dict[str, list[NamedMember]] = field(
        default_factory=lambda: defaultdict(list)
    )
    merged_keys: set[str] = field(default_factory=set)  # of the database
    new_keys: dict[str, str] = field(default_factory=dict)  # by the key in the file
    matches: list[NameMatch] = field(default_factory=list)

    def add(self, member: NamedMember) -> None:
        """Add a member of the database."""
        self.keys.add(member.key)
        self.names[comparable_name(member.name)].append(member)

    def replace_keys(self, rows: Rows) -> Rows:
        """The rows with the keys of the database; members come before their ties."""
        for table, row in rows:
            if table == "members":
                yield table, self.member_row(row)
                continue
            ends = {
                column: self.new_keys[key]
                for column in MEMBER_COLUMNS[table]
                if (key := row.cells.get(column) or "") in self.new_keys
            }
            yield table, row._replace(cells={**row.cells, **ends}) if ends else row

    def member_row(self, row: TableRow) -> TableRow:
        key, name = row.cells.get("key") or "", row.cells.get("name") or ""
        if not name or key in self.keys:
            return row
        kind, country = row.cells.get("kind") or "", row.cells.get("country")
        country = country and (country_code(country) or country)
        imported = NamedMember(key, kind, name, country)
        same_name = self.names.get(comparable_name(name), [])
        equal = [
            member
            for member in same_name
            if country and (member.kind, member.country) == (kind, country)
        ]
        if len(equal) == 1 and equal[0].key not in self.merged_keys:
            [existing] = equal
            self.merged_keys.add(existing.key)
            self.new_keys[key] = existing.key
            self.matches.append(NameMatch(imported, existing, MERGED))
            return row._replace(cells={**row.cells, "key": existing.key})
        self.matches += [NameMatch(imported, m, SEPARATE) for m in same_name]
        return row


async def load_members(graph: Graph) -> MemberMatching:
    """All members of the database; each takes about 300 bytes."""
    matching = MemberMatching()
    members = CONNECTIONS["members"]
    indexes = [members.header.index(n) for n in NamedMember._fields]
    async with graph.read_transaction() as reader:
        async for block in read_blocks(reader, members):
            for row in block:
                matching.add(NamedMember(*(row[index] for index in indexes)))
    return matching
