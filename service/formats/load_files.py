"""The files of one load: read once, and given keys with and without the database."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from service.errors import BadInput
from service.formats.identities import Identities
from service.formats.identities.entity import NameMatch
from service.formats.identities.nodes import BY_NAME
from service.formats.identities.row_store import RowStore, StoredRow
from service.formats.identities.stored import stored_members, stored_nodes
from service.formats.input_file import InputFile
from service.formats.records import HALF_LIFE_DAYS, TABLES, records
from service.formats.rows import Faults
from service.formats.staging import RecordStage
from service.graph import Graph
from service.inputs.files import exists


class LoadFiles:
    """Reads the files of a load into a stage.

    `faults` has what is wrong with them, and the remarks; `matches` the members with
    equal names, once they were compared with the database.
    """

    def __init__(
        self, files: Sequence[InputFile], half_life: float = HALF_LIFE_DAYS
    ) -> None:
        for file in files:
            if not exists(file.path):
                raise BadInput(f"{file.path}: no such file or folder")
        self.files = files
        self._half_life = half_life
        self.faults = Faults()
        self.matches: list[NameMatch] = []
        self._rows: RowStore | None = None

    @property
    def has_own_keys(self) -> bool:
        """Whether no row has to be compared with the database to get its key."""
        return all(file.format.has_own_keys and not file.source for file in self.files)

    def parse(self) -> RecordStage:
        """Read and check all files as far as possible without the database."""
        if self.has_own_keys:
            rows = ((table, row) for _, table, row in self._read_rows())
            with gc_paused():
                stage = records(rows, self.faults, self._half_life)
        else:
            self._rows = RowStore()
            for row in self._read_rows():
                self._rows.add(*row)
            # What is remarked on now is remarked on again when all keys are known.
            checks = replace(self.faults, notes=self.faults.notes.copy())
            stage = self._stage(Identities(self.files, self._rows), checks)
        self._require_records(stage)
        return stage

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
            return self.parse()
        identities = Identities(self.files, self._rows, await stored_members(graph))
        for table in BY_NAME:
            names = self._names(table)
            known = await stored_nodes(graph, TABLES[table], names)
            identities.nodes.add_stored(table, known)
        stage = self._stage(identities, self.faults)
        self.matches = list(identities.matches())
        return stage

    def _names(self, table: str) -> list[str]:
        rows = (row for _, of, row in self._rows or () if of == table)
        names = (row.cells.get("name") for row in rows if not row.cells.get("key"))
        return sorted({name for name in names if name})

    def _stage(self, identities: Identities, faults: Faults) -> RecordStage:
        with gc_paused():
            return records(identities.rows(faults), faults, self._half_life)

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
