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
from typing import Any, NamedTuple

from service.formats.rows import Place

BATCH = 10_000  # rows of one statement
BUFFERED = 40_000  # rows of all kinds that wait for their batch to fill
TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -65536;
CREATE TABLE batches (id INTEGER PRIMARY KEY, kind TEXT, rows BLOB, places BLOB);
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
ROWS = "SELECT rows FROM batches WHERE id = ?"
PLACES = "SELECT places FROM batches WHERE id = ?"
PICKLE = pickle.HIGHEST_PROTOCOL
OUTSIDE = -1  # the file of a record that stands in the database alone


class Staged(NamedTuple):
    """One record as it will be written, and where it stood."""

    place: Place
    row: dict[str, Any]
    ends: list[End]


class End(NamedTuple):
    """A record that must exist: in which cell it is named, and what it may be."""

    owner: str
    column: str
    space: str
    key: str
    kinds: str  # labels, parted by |


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
        rows = self._waiting[kind]
        self._waiting[kind] = []
        wanted = {(e.space, e.key, e.kinds) for row in rows for e in row.ends}
        self._db.executemany(WANT, wanted)
        places = [(tuple(r.place), [tuple(e) for e in r.ends]) for r in rows]
        data = [pickle.dumps(x, PICKLE) for x in ([r.row for r in rows], places)]
        insert = "INSERT INTO batches (kind, rows, places) VALUES (?, ?, ?)"
        self._db.execute(insert, (kind, *data))

    def claim(self, space: str, key: str, kind: str, place: Place) -> Place | None:
        """Take a key; where another record has it, the place of that one."""
        file = self._files.setdefault(place.file, len(self._files))
        taken = self._db.execute(KEEP, (space, key, kind, file, place.line))
        return None if taken.rowcount else self.held(space, key)[1]

    def held(self, space: str, key: str) -> tuple[str | None, Place | None]:
        """What has this key, and where it stands unless in the database."""
        found = self._db.execute(HELD, (space, key)).fetchone()
        if found is None or found[1] == OUTSIDE:
            return (found and found[0]), None
        return found[0], Place(list(self._files)[found[1]], found[2])

    def outside(self, space: str, kinds: Iterable[tuple[str, str]]) -> None:
        """(key, kind) of records that the database holds."""
        rows = ((space, key, kind, OUTSIDE, 0) for key, kind in kinds)
        self._db.executemany(KEEP, rows)

    def absent(self, space: str) -> Iterator[list[str]]:
        """Keys that are named as ends and that no file has, a batch at a time."""
        yield from self._columns(ABSENT, space)

    def keys(self, space: str) -> Iterator[list[str]]:
        text = "SELECT key FROM keys WHERE space = ? AND file <> -1 ORDER BY key"
        yield from self._columns(text, space)

    def spaces(self) -> list[str]:
        return [row[0] for row in self._db.execute("SELECT DISTINCT space FROM wanted")]

    def wrong_ends(self) -> bool:
        return self._db.execute(WRONG).fetchone() is not None

    def rows(self, kind: str) -> Iterator[list[dict[str, Any]]]:
        """What will be written, a batch at a time."""
        for number in self._batches(kind):
            read = self._db.execute(ROWS, (number,))
            yield pickle.loads(read.fetchone()[0])

    def records(self, kind: str) -> Iterator[list[Staged]]:
        """The same with their places and ends, for those who look for faults."""
        for number, rows in zip(self._batches(kind), self.rows(kind), strict=True):
            read = self._db.execute(PLACES, (number,))
            told = zip(pickle.loads(read.fetchone()[0]), rows, strict=True)
            yield [
                Staged(Place(*p), row, [End(*e) for e in es]) for (p, es), row in told
            ]

    def _batches(self, kind: str) -> list[int]:
        found = self._db.execute("SELECT id FROM batches WHERE kind = ?", (kind,))
        return [row[0] for row in found]

    def _columns(self, text: str, space: str) -> Iterator[list[str]]:
        found = self._db.execute(text, (space,))
        while rows := found.fetchmany(BATCH):
            yield [row[0] for row in rows]

    def settle(self) -> None:
        """All has been added: what waits goes down as well."""
        for kind, rows in self._waiting.items():
            if rows:
                self._flush(kind)
