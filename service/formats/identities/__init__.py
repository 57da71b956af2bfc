"""Keys for the rows of a load: which of them, and of the database, are one record.

A file names records by ids, keys or names of its own. All rows are read and stored
(`row_store`), members that are one get one key (`members`), and so do other records
(`nodes`). Then the rows are given out again, with keys of ours everywhere (`ends`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from service.formats.identities.ends import EndLookup
from service.formats.identities.entity import (
    NO_DECISIONS,
    NameMatch,
    PairDecisions,
)
from service.formats.identities.members import MemberIdentities
from service.formats.identities.merging import MergedRows
from service.formats.identities.nodes import NodeIdentities
from service.formats.identities.repeated_ties import once_each
from service.formats.identities.row_store import StoredRow
from service.formats.identities.stored import StoredMember
from service.formats.input_file import InputFile
from service.formats.records import TABLES
from service.formats.rows import Faults, Rows, TableRow
from service.vocabulary.enums import TieKind
from service.vocabulary.provenance import IMPORTED_FROM

EMPLOYING = (TieKind.EMPLOYMENT.value, TieKind.AFFILIATION.value)


class Identities:
    """The keys of one load."""

    def __init__(
        self,
        files: Sequence[InputFile],
        store: Iterable[StoredRow],
        stored: Iterable[StoredMember] | None = None,
        decisions: PairDecisions = NO_DECISIONS,
    ) -> None:
        """`stored`: the members of the database; None while it is not known."""
        self._files, self._store = files, store
        self._is_final = stored is not None
        self._members = MemberIdentities(files, stored or (), decisions)
        self.nodes = NodeIdentities()
        self._tie_files: set[str] = set()  # and sheets

    def rows(self, faults: Faults) -> Rows:
        """All rows with keys; a member that several rows describe comes once."""
        self._resolve_members()
        keys = [self._node_key(*each) for each in self._store if each[1] in TABLES]
        ends = EndLookup(self._members, self.nodes, faults, self._is_final)
        merged = MergedRows(faults)
        yield from self._member_rows(merged)
        yield from self._node_rows(keys, merged, ends)
        ties = partial(self._tie_rows, ends)
        rows = once_each(ties, faults) if len(self._tie_files) > 1 else ties()
        yield from (("ties", row) for row in rows)

    def matches(self) -> Iterator[NameMatch]:
        """Members that were merged, and possible duplicates; after the last row."""
        return self._members.matches()

    def _resolve_members(self) -> None:
        for file, table, row in self._store:
            if table == "members":
                self._members.add_row(file, row)
                continue
            if table == "ties" and not self._files[file].format.has_own_keys:
                self._tie_files.add(row.file)
            if table == "ties" and row.cells.get("kind") in EMPLOYING:
                source, target = row.cells.get("source"), row.cells.get("target")
                if source and target:
                    self._members.add_employer(file, source, target)
        self._members.resolve()

    def _node_key(self, file: int, table: str, row: TableRow) -> tuple[str, str]:
        return table, self.nodes.key(table, file, self._files[file].source, row)

    def _member_rows(self, merged: MergedRows) -> Rows:
        for file, table, row in self._store:
            if table != "members":
                continue
            entity = self._members.of_row(file, row)
            row = self._marked(file, row)
            if entity is None or self._files[file].format.has_own_keys:
                yield table, row
                continue
            decided = self._members.decided_cells(entity)
            cells = {**row.cells, **decided, "key": entity.key}
            if entity.is_stored and not row.cells.get("key"):
                cells["name"] = entity.name
            row = row._replace(cells=cells)
            yield from merged.add(table, entity.key or "", row, entity.rows)

    def _node_rows(
        self, keys: list[tuple[str, str]], merged: MergedRows, ends: EndLookup
    ) -> Rows:
        counts, number = Counter(keys), iter(keys)
        for file, table, row in self._store:
            if table not in TABLES:
                continue
            [_, key] = next(number)
            row = self._marked(file, row)
            if self._files[file].format.has_own_keys:
                yield table, row
                continue
            row = row._replace(cells={**row.cells, "key": key})
            if linked := ends.of_node(file, table, row):
                yield from merged.add(table, key, linked, counts[table, key])

    def _tie_rows(self, ends: EndLookup) -> Iterator[TableRow]:
        for file, table, row in self._store:
            if table == "ties":
                yield from ends.of_tie(file, self._marked(file, row))

    def _marked(self, file: int, row: TableRow) -> TableRow:
        """The row with its source. A blank cell of a foreign file removes nothing."""
        input = self._files[file]
        cells = row.cells
        if not input.format.has_own_keys:
            cells = {column: cell for column, cell in cells.items() if cell is not None}
        if input.source:
            cells = {**cells, IMPORTED_FROM: input.source}
        return row._replace(cells=cells)
