"""Releases on disk, by process: a file of any size takes little memory."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, NamedTuple

import orjson

from service.formats.readers.ocds.merging import merged_release
from service.formats.readers.ocds.objects import JsonObject

SCHEMA = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA temp_store = FILE;
PRAGMA cache_size = -32768;
CREATE TABLE processes (id INTEGER PRIMARY KEY, ocid TEXT UNIQUE);
CREATE TABLE releases (process INTEGER, moment TEXT, number INTEGER, line INTEGER,
  body BLOB, PRIMARY KEY (process, moment, number)) WITHOUT ROWID;
"""
INSERT_PROCESS = "INSERT OR IGNORE INTO processes (ocid) VALUES (?)"
INSERT_RELEASE = """
INSERT INTO releases SELECT id, ?, ?, ?, ? FROM processes WHERE ocid = ?
"""
SELECT_RELEASES = """
SELECT process, line, body FROM releases ORDER BY process, moment, number
"""


class SpooledProcess(NamedTuple):
    """The releases of one process as one, with the line of the last."""

    line: int
    release: JsonObject


class ReleaseSpool:
    """The releases of one file, grouped by process and ordered by date."""

    def __init__(self) -> None:
        self._db = sqlite3.connect("", isolation_level=None)
        self.close = weakref.finalize(self, self._db.close)
        self._db.executescript(SCHEMA)
        self._db.execute("BEGIN")
        self._count = 0

    def add(self, ocid: str, line: int, release: JsonObject) -> None:
        self._count += 1
        self._db.execute(INSERT_PROCESS, (ocid,))
        values = (moment_of(release), self._count, line, orjson.dumps(release), ocid)
        self._db.execute(INSERT_RELEASE, values)

    def processes(self) -> Iterator[SpooledProcess]:
        """Each process, in the order of its first release in the file."""
        rows = self._db.execute(SELECT_RELEASES)
        for _, group in groupby(rows, key=itemgetter(0)):
            releases = list(group)
            release = merged_release(orjson.loads(row[2]) for row in releases)
            yield SpooledProcess(releases[-1][1], release)


def moment_of(release: dict[str, Any]) -> str:
    """The date of a release, in a form that can be ordered; an odd one comes first.

    >>> moment_of({"date": "2026-01-02T00:00:00+02:00"})
    '2026-01-01T22:00:00+00:00'
    """
    try:
        moment = datetime.fromisoformat(str(release.get("date")))
        return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC).isoformat()
    except (ValueError, OverflowError):
        return ""
