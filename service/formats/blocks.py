"""The records of a connection, read by key in blocks of one transaction."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from service.formats.connections import ExportedConnection
from service.graph.statements import statement
from service.graph.transactions import Reader
from service.vocabulary import MEMBER_KINDS, MEMBERS, NODES, ROLE_LABELS, key_label

BLOCK_SIZE = 10_000
ROLES = {label: role.value for role, label in ROLE_LABELS.items()}
Block = list[list[Any]]  # rows of values, in the order of the header


async def read_blocks(
    reader: Reader, connection: ExportedConnection
) -> AsyncIterator[Block]:
    """Rows of values; dates and times are ISO texts, blank values are None."""
    after = ""
    while True:
        page: dict[str, Any] = {"after": after, "limit": BLOCK_SIZE}
        dates, plain = connection.date_properties, connection.other_properties
        records = await reader.block(
            records_statement(connection), **page, dates=dates, plain=plain
        )
        if not records:
            return
        after = records[-1][0]
        if connection.links:
            links = dict(await reader.block(links_statement(connection), **page))
            yield [node_row(connection, r, links.get(r[0], [])) for r in records]
        else:
            yield rows_of(connection, records)
        if len(records) < BLOCK_SIZE:
            return


def records_statement(connection: ExportedConnection) -> Any:
    if connection.tie:
        return statement("exports/ties", TYPE=connection.tie.type)
    label = connection.label
    return statement("exports/nodes", LABEL=key_label(label), NODE=label)


def links_statement(connection: ExportedConnection) -> Any:
    types = dict.fromkeys(link.type for link in connection.links)
    return statement("exports/links", NODE=connection.label, TYPE="|".join(types))


def rows_of(connection: ExportedConnection, records: Block) -> Block:
    order = column_order(connection)
    if connection.tie:
        kind = connection.tie.kind.value
        return [[kind, r[1], r[2], r[0], *[r[i + 3] for i in order]] for r in records]
    return [node_row(connection, record, []) for record in records]


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
        kind = next(MEMBER_KINDS[label].value for label in MEMBERS if label in labels)
        row += [kind, sorted(ROLES[label] for label in labels if label in ROLES)]
    for link in connection.links:
        kinds = MEMBERS if link.label == "Member" else {link.label: NODES[link.label]}
        keys = [
            end[1] for end in links if end[0] == link.type and kinds.keys() & end[2:]
        ]
        row.append(keys[0] if keys else None)
    return [*row, *[record[i + 1] for i in column_order(connection)]]
