"""The records of one run, set down on disk until all of them are known to be sound.

SQLite keeps them in a file of its own that is gone when it is closed: a load of any
size takes the memory of a few batches. Keys stand there once more, so that a second
record of a key and an end that nobody has are found by look-up.
"""

from __future__ import annotations

import pickle
import sqlite3
import weakref
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from service.formats.batches import BATCH, Batch, Staged, ordered, packed, put, unpacked
from service.formats.rows import Row
from service.writes.records import RecordInput, Records, ends

BUFFERED = 40_000  # rows of all kinds that wait for their batch to fill
TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -65536;
CREATE TABLE batches (id INTEGER PRIMARY KEY, kind TEXT, count INTEGER, records BLOB);
CREATE TABLE keys (space TEXT, key TEXT, kind TEXT, file INTEGER, line INTEGER,
  PRIMARY KEY (space, key)) WITHOUT ROWID;
CREATE TABLE wanted (space TEXT, key TEXT, kinds TEXT,
  PRIMARY KEY (space, key, kinds)) WITHOUT ROWID;
"""
KEEP = "INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?, ?)"
WANT = "INSERT OR IGNORE INTO wanted VALUES (?, ?, ?)"
HELD = "SELECT kind, file, line FROM keys WHERE space = ? AND key = ?"
ABSENT = """
SELECT DISTINCT key FROM wanted
WHERE space = ? AND NOT EXISTS (
  SELECT 1 FROM keys WHERE keys.space = wanted.space AND keys.key = wanted.key)
ORDER BY key
"""
WRONG = """
SELECT 1 FROM wanted LEFT JOIN keys USING (space, key)
WHERE kind IS NULL OR instr('|' || kinds || '|', '|' || kind || '|') = 0 LIMIT 1
"""
OUTSIDE = -1  # the file of a record that stands in the database alone


class Place(NamedTuple):
    """Where a record stands."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file} line {self.line}"


class Stage:
    """Records by kind (a label, or a kind of tie), in the order they were read."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self.close = weakref.finalize(self, self._db.close)
        self._db.executescript(TABLES)
        self._db.execute("BEGIN")
        self._waiting: dict[str, list[Staged]] = {}
        self._files: dict[str, int] = {}
        self.counts: Counter[str] = Counter()
        self.links = 0

    def count(self) -> int:
        """Records and the links between them: a row is written for each."""
        return self.counts.total() + self.links

    def add(self, kind: str, record: Staged) -> None:
        self.counts[kind] += 1
        self._waiting.setdefault(kind, []).append(record)
        if len(self._waiting[kind]) == BATCH:
            self._flush(kind)
        elif self.counts.total() % BATCH == 0:
            waiting = {kind: len(rows) for kind, rows in self._waiting.items()}
            if sum(waiting.values()) > BUFFERED:
                self._flush(max(waiting, key=lambda kind: waiting[kind]))

    def _flush(self, kind: str) -> None:
        given = self._waiting[kind]
        self._waiting[kind] = []
        found = Records()
        put(kind, given, found)
        self._db.executemany(
            WANT, {(end.find, end.key, "|".join(end.labels)) for end in ends(found)}
        )
        links = found.count() - len(given)
        self.links += links
        data = pickle.dumps(
            [packed(record) for record in given], pickle.HIGHEST_PROTOCOL
        )
        insert = "INSERT INTO batches (kind, count, records) VALUES (?, ?, ?)"
        self._db.execute(insert, (kind, len(given) + links, data))

    def settle(self) -> None:
        """All has been added: what waits goes down as well."""
        for kind, rows in self._waiting.items():
            if rows:
                self._flush(kind)

    def batches(self) -> list[Batch]:
        """What was set down, each after all that its records may lead to."""
        found = self._db.execute("SELECT kind, id, count FROM batches")
        return ordered(Batch(*row) for row in found)

    def records(self, batches: Iterable[Batch]) -> Records:
        found = Records()
        for batch in batches:
            read = "SELECT records FROM batches WHERE id = ?"
            [data] = self._db.execute(read, (batch.number,)).fetchone()
            put(batch.kind, unpacked(batch.kind, pickle.loads(data)), found)
        return found

    def claim(
        self, space: str, key: str, kind: str, row: Row | RecordInput
    ) -> Place | None:
        """Take a key; where another record has it, the place of that one."""
        file = self._files.setdefault(row.file, len(self._files))
        taken = self._db.execute(KEEP, (space, key, kind, file, row.line))
        if taken.rowcount:
            return None
        _, file, line = self._db.execute(HELD, (space, key)).fetchone()
        return Place(list(self._files)[file], line)

    def kind(self, space: str, key: str) -> str | None:
        """What has this key, in the files or in the database."""
        found = self._db.execute(HELD, (space, key)).fetchone()
        return found[0] if found else None

    def outside(self, space: str, kinds: Iterable[tuple[str, str]]) -> None:
        """(key, kind) of records that the database holds."""
        rows = ((space, key, kind, OUTSIDE, 0) for key, kind in kinds)
        self._db.executemany(KEEP, rows)

    def absent(self, space: str) -> Iterator[list[str]]:
        """Keys that are named as ends and that no file has, a batch at a time."""
        found = self._db.execute(ABSENT, (space,))
        while rows := found.fetchmany(BATCH):
            yield [row[0] for row in rows]

    def spaces(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT DISTINCT space FROM wanted")]

    def wrong_ends(self) -> bool:
        return self._db.execute(WRONG).fetchone() is not None
