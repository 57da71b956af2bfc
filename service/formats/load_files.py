"""The files of one load: read once, and given keys with and without the database."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import chain

from service.errors import BadInput
from service.formats.causes import Fault
from service.formats.identities import Identities
from service.formats.identities.entity import (
    NO_DECISIONS,
    NameMatch,
    PairDecisions,
)
from service.formats.identities.listed import unlisted_rows
from service.formats.identities.new_keys import (
    check_new_keys,
    staged_names,
    stated_names,
)
from service.formats.identities.nodes import BY_NAME
from service.formats.identities.row_store import LeftOutRows, RowStore, StoredRow
from service.formats.identities.stored import stored_members, stored_nodes
from service.formats.input_file import InputFile
from service.formats.records import HALF_LIFE_DAYS, TABLES, add_rows, records
from service.formats.rows import Faults, TableRow
from service.formats.staging import RecordStage
from service.graph import Graph
from service.inputs.files import exists
from service.inputs.packed import archive_around

FileLine = tuple[str, int]  # a file, and a line in it


@dataclass(frozen=True)
class LoadOptions:
    """How a load treats what its files say."""

    half_life: float = HALF_LIFE_DAYS
    skips_faulty: bool = False  # faulty lines are left out; else nothing is loaded
    is_complete: bool = False  # what the files no longer list has ended
    takes_new_keys: bool = False  # even where the names exist under other keys
    decisions: PairDecisions = NO_DECISIONS  # of a person, about equal names


class LoadFiles:
    """Reads the files of a load into a stage.

    `faults` has what is wrong with them, and the remarks; `matches` the members with
    equal names, once they were compared with the database.
    """

    def __init__(
        self, files: Sequence[InputFile], options: LoadOptions | None = None
    ) -> None:
        for file in files:
            if not exists(archive_around(file.path) or file.path):
                raise BadInput(f"{file.path}: no such file or folder")
        self.files = files
        self.options = options or LoadOptions()
        self.faults = Faults()
        self.matches: list[NameMatch] = []
        self.left_out: dict[FileLine, list[str]] = {}  # faulty lines, with their faults
        self._rows: RowStore | None = None
        self._parsed: RecordStage | None = None

    @property
    def has_own_keys(self) -> bool:
        """Whether no row has to be compared with the database to get its key."""
        own = all(file.format.has_own_keys and not file.source for file in self.files)
        return own and not self.options.skips_faulty

    def parse(self) -> RecordStage:
        """Read and check all files as far as possible without the database."""
        if self.has_own_keys:
            rows = ((table, row) for _, table, row in self._read_rows())
            with gc_paused():
                stage = records(rows, self.faults, self.options.half_life)
        else:
            self._rows = RowStore()
            with gc_paused():
                for row in self._read_rows():
                    self._rows.add(*row)
            stage = self._checked()
        self._require_records(stage)
        self._parsed = stage
        return stage

    def _checked(self) -> RecordStage:
        """The stage, as far as the files alone say what it is.

        What is remarked on now is remarked on again when all keys are known.
        """
        assert self._rows is not None
        while True:
            checks = replace(self.faults, notes=self.faults.notes.copy())
            rows, decisions = self._kept_rows(), self.options.decisions
            identities = Identities(self.files, rows, decisions=decisions)
            stage = self._stage(identities, checks)
            if not (self.options.skips_faulty and checks.faults):
                return stage
            self.leave_out(checks.faults)

    def _kept_rows(self) -> RowStore | LeftOutRows:
        assert self._rows is not None
        return LeftOutRows(self._rows, self.left_out) if self.left_out else self._rows

    def leave_out(self, faults: Iterable[Fault]) -> None:
        """Leave the lines of these faults out; one that is about no line is refused."""
        assert self._rows is not None
        lines = {(row.file, row.line) for _, _, row in self._rows}
        others = Faults()
        for fault in faults:
            position = (fault.file, fault.line)
            if position in lines or (fault.column is None and fault.line > 1):
                column = f"{fault.column}: " if fault.column else ""
                self.left_out.setdefault(position, []).append(f"{column}{fault.text}")
            else:
                others.faults[fault] = None
        others.refuse()
        self.faults.faults.clear()

    def faulty_rows(self) -> Iterator[tuple[TableRow, list[str]]]:
        """The lines that were left out, each with its faults."""
        positions = dict(self.left_out)
        readers = [(f.format.lines, f.path) for f in self.files]
        lines = (row for read, path in readers if read for row in read(path))
        for row in chain(lines, (row for _, _, row in self._rows or ())):
            if texts := positions.pop((row.file, row.line), None):
                yield row, texts
        for (file, line), texts in positions.items():
            yield TableRow(file, line, {}), texts

    def _read_rows(self) -> Iterator[StoredRow]:
        for number, file in enumerate(self.files):
            for table, row in file.format.reader(file.path, self.faults):
                yield number, table, row

    def _require_records(self, stage: RecordStage) -> None:
        if not (stage.count() or self.faults.faults):
            paths = ", ".join(str(file.path) for file in self.files)
            expected = self.files[0].format.records
            raise BadInput(f"{paths}: no record in it; expected {expected}")

    async def identify(self, graph: Graph) -> RecordStage:
        """The records with the keys that they have, or get, in the database."""
        if self._rows is None:
            stage = self._parsed or self.parse()
            self._parsed = None
        else:
            self._parsed = None  # its memory is needed
            rows = self._kept_rows()
            stored, decisions = await stored_members(graph), self.options.decisions
            identities = Identities(self.files, rows, stored, decisions)
            for table in BY_NAME:
                names = self._names(table)
                known = await stored_nodes(graph, TABLES[table], names)
                identities.nodes.add_stored(table, known)
            stage = self._stage(identities, self.faults)
            self.matches = list(identities.matches())
        if not self.options.takes_new_keys:
            is_keyed = self._rows is None
            keyed = staged_names(stage) if is_keyed else stated_names(self._kept_rows())
            await check_new_keys(graph, keyed)
        if self.options.is_complete:
            await self._end_unlisted(graph, stage)
        return stage

    async def _end_unlisted(self, graph: Graph, stage: RecordStage) -> None:
        day = datetime.now(UTC).date()
        sources = {file.source for file in self.files if file.source}
        found = unlisted_rows(graph, sources, stage, day, self.faults)
        add_rows(iter([row async for row in found]), stage, self.faults)

    def _names(self, table: str) -> list[str]:
        rows = (row for _, of, row in self._kept_rows() if of == table)
        names = (row.cells.get("name") for row in rows if not row.cells.get("key"))
        return sorted({name for name in names if name})

    def _stage(self, identities: Identities, faults: Faults) -> RecordStage:
        with gc_paused():
            return records(identities.rows(faults), faults, self.options.half_life)

    def close(self) -> None:
        if self._rows is not None:
            self._rows.close()


@contextmanager
def gc_paused() -> Iterator[None]:
    """Records form no cycles, and searching for cycles would double the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
