"""Keys of records other than members, where a file has none.

Capabilities, communities, offerings and initiatives are one where their names are
equal. The others, such as contracts, are events: their keys are made from the ids that
their source keeps, or else from what their rows say, and two that say the same are
numbered.
"""

from __future__ import annotations

from collections import Counter

from service.formats.names import comparable_name, key_from_name
from service.formats.records import TABLES
from service.formats.rows import TableRow

BY_NAME = ("offerings", "capabilities", "communities", "initiatives")
DISTINCTIVE = ["title", "name", "customer", "giver", "requester", "referrer", "target"]
DISTINCTIVE += ["provider", "since", "on", "asked_on", "opened_at", "kind", "value"]
MAX_KEY = 400  # characters


class NodeIdentities:
    """The keys of the rows of all tables but members and ties."""

    def __init__(self) -> None:
        self._by_id: dict[tuple[str, int, str], str] = {}
        self._by_name: dict[tuple[str, str], str] = {}
        self._keys: set[tuple[str, str]] = set()  # that files state
        self._counts: Counter[tuple[str, str]] = Counter()

    def add_stored(self, table: str, keys_by_name: dict[str, str]) -> None:
        for name, key in keys_by_name.items():
            self._by_name.setdefault((table, comparable_name(name)), key)

    def key(self, table: str, file: int, source: str, row: TableRow) -> str:
        """The key of a row: its own, that of its id or its name, or a new one."""
        label, id = TABLES[table], row.id or ""
        key = row.cells.get("key") or self._by_id.get((label, file, id))
        if key is None:
            key = self._new_key(table, source, row)
        if id:
            self._by_id.setdefault((label, file, id), key)
        if table in BY_NAME and (name := row.cells.get("name")):
            self._by_name.setdefault((table, comparable_name(name)), key)
        self._keys.add((label, key))
        return key

    def _new_key(self, table: str, source: str, row: TableRow) -> str:
        name = row.cells.get("name")
        if table in BY_NAME and name:
            known = self._by_name.get((table, comparable_name(name)))
            return known or key_from_name(name)
        texts = [row.id] if row.keeps_id else map(row.cells.get, DISTINCTIVE)
        parts = [key_from_name(text) for text in texts if text]
        base = "-".join(filter(None, [source, *parts]))[:MAX_KEY] or "record"
        self._counts[table, base] += 1
        number = self._counts[table, base]
        return base if number == 1 else f"{base}-{number}"

    def known(self, label: str, file: int, text: str) -> str | None:
        """The key of the record that a file means by this id, key or name."""
        if (label, file, text) in self._by_id:
            return self._by_id[label, file, text]
        if (label, text) in self._keys:
            return text
        table = next(table for table, of in TABLES.items() if of == label)
        return self._by_name.get((table, comparable_name(text)))
