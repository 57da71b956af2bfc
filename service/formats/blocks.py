"""The records of a connection, read by key in blocks of one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from service.errors import BadInput
from service.formats.connections import ExportedConnection
from service.formats.replacements import Replacements
from service.graph.activity import active_on
from service.graph.statements import Statement, statement
from service.graph.transactions import Reader, to_native
from service.vocabulary import MEMBER_KINDS, MEMBERS, NODES, ROLE_LABELS, key_label
from service.vocabulary.attributes import cell_of, is_value
from service.vocabulary.nodes import Member

FIRST_SIZE, LARGEST_SIZE = 500, 10_000  # records of a block
BLOCK_CHARACTERS = 20_000_000  # of the texts in a block: the database holds it at once
MAX_ATTRIBUTE_COLUMNS = 16_000  # of one connection: about as many as our reader takes
BLOCK_CELLS = 2_000_000  # blank ones too
GROWTH = 8  # a block has at most so many times the records of the one before
ROLES = {label: role.value for role, label in ROLE_LABELS.items()}
Block = list[list[Any]]  # rows of values, in the order of the header
Progress = Callable[[int], None]  # takes how many records were just read


@dataclass
class ExportSource:
    """Where an export reads its records, with all values that its format can hold."""

    reader: Reader
    replacements: Replacements
    day: date | None = None  # only records active on it; None: all records
    progress: Progress = lambda count: None
    largest: int = LARGEST_SIZE  # records of a block
    has_attributes: bool | None = None  # None: not known yet

    async def with_attributes(
        self, connection: ExportedConnection
    ) -> ExportedConnection:
        """The connection with a column for each extra attribute of its records."""
        if self.has_attributes is None:
            known = await self.reader.block(statement("exports/attributes"))
            self.has_attributes = bool(known)
        if not self.has_attributes:
            return connection
        limit = MAX_ATTRIBUTE_COLUMNS + 1
        names = await self.reader.block(attributes_statement(connection), limit=limit)
        if len(names) == limit:
            raise BadInput(
                f"{connection.name}: the records have extra attributes of more than"
                f" {MAX_ATTRIBUTE_COLUMNS:,} names, too many for the columns of a file;"
                " remove those that are not needed."
            )
        return replace(connection, attributes=tuple(map(str, names)))

    async def blocks(self, connection: ExportedConnection) -> AsyncIterator[Block]:
        blocks = read_blocks(self.reader, connection, self.day, self.largest)
        async for block in blocks:
            self.replacements.apply(connection, block)
            yield block
            self.progress(len(block))


async def read_blocks(
    reader: Reader,
    connection: ExportedConnection,
    day: date | None = None,
    largest: int = LARGEST_SIZE,
) -> AsyncIterator[Block]:
    """Rows of values; dates and times are ISO texts, blank values are None."""
    largest = min(largest, BLOCK_CELLS // len(connection.header))
    after, size = "", min(FIRST_SIZE, largest)
    records_read = records_statement(connection, day)
    links_read = links_statement(connection, day) if connection.links else None
    dates = connection.date_properties
    plain = [*connection.other_properties, *connection.attributes]
    while True:
        page: dict[str, Any] = {"after": after, "limit": size}
        page["values"] = {"day": day}
        records = await reader.block(records_read, **page, dates=dates, plain=plain)
        if not records:
            return
        after = records[-1][0]
        if links_read:
            links = dict(await reader.block(links_read, **page))
            rows = [node_row(connection, r, links.get(r[0], [])) for r in records]
        else:
            rows = rows_of(connection, records)
        add_attributes(connection, records, rows)
        yield rows
        if len(records) < size:
            return
        size = min(next_size(size, records), largest)


def next_size(size: int, records: Block) -> int:
    """How many records to read next, after a block of `size` of them.

    Records with long texts come in small blocks, which fit into the memory of a
    transaction.

    >>> next_size(500, [["key", "text"]] * 500)
    4000
    >>> next_size(500, [["key", "x" * 1_000_000]] * 500)
    19
    """
    sample = records[::20]
    texts = (value for row in sample for value in row if isinstance(value, str))
    characters = max(sum(map(len, texts)) // len(sample), 1)
    return max(1, min(LARGEST_SIZE, GROWTH * size, BLOCK_CHARACTERS // characters))


def attributes_statement(connection: ExportedConnection) -> Statement:
    if connection.tie:
        return statement("exports/tie_attributes", TYPE=connection.tie.type)
    return statement("exports/node_attributes", NODE=connection.label)


def records_statement(
    connection: ExportedConnection, day: date | None = None
) -> Statement:
    if connection.tie:
        active = activity(connection, "r", day)
        return statement("exports/ties", TYPE=connection.tie.type, ACTIVE=active)
    label, active = connection.label, activity(connection, "n", day)
    return statement("exports/nodes", LABEL=key_label(label), NODE=label, ACTIVE=active)


def links_statement(
    connection: ExportedConnection, day: date | None = None
) -> Statement:
    types = "|".join(dict.fromkeys(link.type for link in connection.links))
    active = activity(connection, "n", day)
    return statement("exports/links", NODE=connection.label, TYPE=types, ACTIVE=active)


def activity(connection: ExportedConnection, variable: str, day: date | None) -> str:
    """The condition for a record to be active on the day; without one, all are."""
    if day is None:
        return "true"
    cls = connection.tie or NODES.get(connection.label, Member)
    return " AND ".join(active_on(cls, variable, "$values.day"))


def rows_of(connection: ExportedConnection, records: Block) -> Block:
    order = column_order(connection)
    if connection.tie:
        kind = connection.tie.kind.value
        return [[kind, r[1], r[2], r[0], *[r[i + 3] for i in order]] for r in records]
    return [node_row(connection, record, []) for record in records]


def add_attributes(connection: ExportedConnection, records: Block, rows: Block) -> None:
    """Add the cells of extra attributes, which come last in a record, to its row."""
    if count := len(connection.attributes):
        end = None if connection.tie else -1  # the labels of a node come after them
        for record, row in zip(records, rows, strict=True):
            row += map(attribute_cell, record[:end][-count:])


def attribute_cell(value: Any) -> str | None:
    value = to_native(value)
    return cell_of(value) if is_value(value) else None


def column_order(connection: ExportedConnection) -> list[int]:
    """The index of each column in a record, which has dates before other values."""
    stored = [*connection.date_properties, *connection.other_properties]
    return [stored.index(column.stored) for column in connection.columns]


def node_row(
    connection: ExportedConnection, record: list[Any], links: Block
) -> list[Any]:
    """A record as a row; `links` are its links as lists of type, key and labels."""
    labels = record[-1]
    row: list[Any] = [record[0]]
    if "roles" in connection.leading_columns:
        kinds = [MEMBER_KINDS[label].value for label in MEMBERS if label in labels]
        row.append(kinds[0] if kinds else None)  # `valuenet check` lists those without
        row.append(sorted(ROLES[label] for label in labels if label in ROLES))
    for link in connection.links:
        ends = MEMBERS if link.label == "Member" else {link.label: NODES[link.label]}
        keys = [
            end[1] for end in links if end[0] == link.type and ends.keys() & end[2:]
        ]
        row.append(keys[0] if keys else None)
    return [*row, *[record[i + 1] for i in column_order(connection)]]
