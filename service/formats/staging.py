"""The records of one load, stored on disk until all of them have passed the checks.

SQLite keeps them in a temporary file, so a load of any size takes the memory of a few
batches. It also has a table of all keys: a duplicate key, or an end of a tie that does
not exist, is a look-up.
"""

from __future__ import annotations

import pickle
import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.formats.batches import (
    BATCH_SIZE,
    RecordBatch,
    StagedRecord,
    add_records,
    in_write_order,
    pack,
    unpack,
)
from service.formats.rows import TableRow
from service.vocabulary.ties import Tie
from service.writes.contact import merged_tie
from service.writes.records import RecordInput, Records, TieRecord, ends

MAX_BUFFERED = 40_000  # records of all kinds whose batches are not yet full
SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -65536;
CREATE TABLE batches (id INTEGER PRIMARY KEY, kind TEXT, count INTEGER, records BLOB);
CREATE TABLE keys (space TEXT, key TEXT, kind TEXT, file INTEGER, line INTEGER,
  PRIMARY KEY (space, key)) WITHOUT ROWID;
CREATE TABLE ends (space TEXT, key TEXT, kinds TEXT,
  PRIMARY KEY (space, key, kinds)) WITHOUT ROWID;
"""
INSERT_KEY = "INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?, ?)"
INSERT_END = "INSERT OR IGNORE INTO ends VALUES (?, ?, ?)"
SELECT_KEY = "SELECT kind, file, line FROM keys WHERE space = ? AND key = ?"
SELECT_MISSING_ENDS = """
SELECT DISTINCT key FROM ends
WHERE space = ? AND NOT EXISTS (
  SELECT 1 FROM keys WHERE keys.space = ends.space AND keys.key = ends.key)
ORDER BY key
"""
SELECT_WRONG_END = """
SELECT 1 FROM ends LEFT JOIN keys USING (space, key)
WHERE kind IS NULL OR instr('|' || kinds || '|', '|' || kind || '|') = 0 LIMIT 1
"""
IN_DATABASE = -1  # the file number of records that only the database has


class SourceLine(NamedTuple):
    """The file and line of a record."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file} line {self.line}"


class RecordStage:
    """Records by kind (a label or a kind of tie), in the order of the files."""

    def __init__(self, half_life: float) -> None:
        """`half_life` in days: by it the contacts of two rows of one tie are added."""
        self._half_life = half_life
        # Used by one thread; another one may free it.
        self._db = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        self.close = weakref.finalize(self, self._db.close)
        self._db.executescript(SCHEMA)
        self._db.execute("BEGIN")
        self._buffers: dict[str, list[StagedRecord]] = {}
        self._files: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self.links = 0
        self._repeated: dict[tuple[type[Tie], str], list[TieRecord]] = {}
        self._key_counts: Counter[str] = Counter()

    def count(self) -> int:
        """The number of records and of links between them; each is one row to write."""
        return self.counts.total() + self.links

    def add(self, kind: str, record: StagedRecord) -> None:
        self.counts[kind] += 1
        self._buffers.setdefault(kind, []).append(record)
        if len(self._buffers[kind]) == BATCH_SIZE:
            self._flush(kind)
        elif self.counts.total() % BATCH_SIZE == 0:
            waiting = {kind: len(rows) for kind, rows in self._buffers.items()}
            if sum(waiting.values()) > MAX_BUFFERED:
                self._flush(max(waiting, key=lambda kind: waiting[kind]))

    def add_again(self, cls: type[Tie], record: TieRecord) -> None:
        """Another row of a tie; it is merged with the first when that is read."""
        self._repeated.setdefault((cls, record.key), []).append(record)

    def free_key(self, space: str, key: str) -> str:
        """The key, or the first of `key#2`, `key#3`, … that no other record has.

        Rows in the same order get the same keys when they are loaded again.
        """
        if self.kind(space, key) is None:
            return key
        name = f"{space} {key}"
        while True:
            self._key_counts[name] += 1
            numbered = f"{key}#{self._key_counts[name] + 1}"
            if self.kind(space, numbered) is None:
                return numbered

    def _flush(self, kind: str) -> None:
        buffer = self._buffers[kind]
        self._buffers[kind] = []
        records = Records()
        add_records(kind, buffer, records)
        self._db.executemany(
            INSERT_END,
            {(end.find, end.key, "|".join(end.labels)) for end in ends(records)},
        )
        links = records.count() - len(buffer)
        self.links += links
        data = pickle.dumps(
            [pack(record) for record in buffer], pickle.HIGHEST_PROTOCOL
        )
        insert = "INSERT INTO batches (kind, count, records) VALUES (?, ?, ?)"
        self._db.execute(insert, (kind, len(buffer) + links, data))

    def flush(self) -> None:
        """Store what is still in the buffers, after the last record."""
        for kind, rows in self._buffers.items():
            if rows:
                self._flush(kind)

    def batches(self) -> list[RecordBatch]:
        """The batches in the order to write them: the ends of ties before the ties."""
        rows = self._db.execute("SELECT kind, id, count FROM batches")
        return in_write_order(RecordBatch(*row) for row in rows)

    def records(self, batches: Iterable[RecordBatch]) -> Records:
        records = Records()
        for batch in batches:
            select = "SELECT records FROM batches WHERE id = ?"
            [data] = self._db.execute(select, (batch.number,)).fetchone()
            add_records(batch.kind, unpack(batch.kind, pickle.loads(data)), records)
        for (cls, key), others in self._repeated.items():
            if first := records.ties.get(cls, {}).get(key):
                for other in others:
                    first = merged_tie(cls, first, other, self._half_life)
                records.ties[cls][key] = first
        return records

    def claim(
        self, space: str, key: str, kind: str, row: TableRow | RecordInput
    ) -> SourceLine | None:
        """Reserve a key; if another record has it, the file and line of that record."""
        file = self._files.setdefault(row.file, len(self._files))
        inserted = self._db.execute(INSERT_KEY, (space, key, kind, file, row.line))
        if inserted.rowcount:
            return None
        _, file, line = self._db.execute(SELECT_KEY, (space, key)).fetchone()
        return SourceLine(list(self._files)[file], line)

    def kind(self, space: str, key: str) -> str | None:
        """The kind of the record with this key, in the files or in the database."""
        row = self._db.execute(SELECT_KEY, (space, key)).fetchone()
        return row[0] if row else None

    def add_existing(self, space: str, kinds: Iterable[tuple[str, str]]) -> None:
        """Add the (key, kind) of records that the database has."""
        rows = ((space, key, kind, IN_DATABASE, 0) for key, kind in kinds)
        self._db.executemany(INSERT_KEY, rows)

    def missing_ends(self, space: str) -> Iterator[list[str]]:
        """Keys of ends that no file has, a batch at a time."""
        cursor = self._db.execute(SELECT_MISSING_ENDS, (space,))
        while rows := cursor.fetchmany(BATCH_SIZE):
            yield [row[0] for row in rows]

    def end_spaces(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT DISTINCT space FROM ends")]

    def has_wrong_end(self) -> bool:
        return self._db.execute(SELECT_WRONG_END).fetchone() is not None
