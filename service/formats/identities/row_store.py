"""The rows of a load in a temporary file: they are read again once keys are known."""

from __future__ import annotations

import pickle
import tempfile
import weakref
from collections.abc import Container, Iterator
from dataclasses import dataclass

from service.formats.rows import TableRow

BATCH = 2_000  # rows of one pickle
StoredRow = tuple[int, str, TableRow]  # the number of its file, its table, the row


class RowStore:
    """Takes the memory of one batch, however many rows there are."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 (for the life of this)
        self.close = weakref.finalize(self, self._file.close)
        self._batch: list[tuple[int, str, tuple[object, ...]]] = []
        self.count = 0

    def add(self, file: int, table: str, row: TableRow) -> None:
        self.count += 1
        self._batch.append((file, table, tuple(row)))
        if len(self._batch) == BATCH:
            self._write()

    def _write(self) -> None:
        pickle.dump(self._batch, self._file, pickle.HIGHEST_PROTOCOL)
        self._batch = []

    def __iter__(self) -> Iterator[StoredRow]:
        if self._batch:
            self._write()
        self._file.seek(0)
        while True:
            try:
                batch = pickle.load(self._file)
            except EOFError:
                return
            yield from ((file, table, TableRow(*row)) for file, table, row in batch)


@dataclass(frozen=True)
class LeftOutRows:
    """The rows of a store but those of some lines."""

    store: RowStore
    left_out: Container[tuple[str, int]]

    def __iter__(self) -> Iterator[StoredRow]:
        for stored in self.store:
            if (stored[2].file, stored[2].line) not in self.left_out:
                yield stored
