"""The records of a connection, read in blocks of one transaction, in order of key."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from service.formats.connections import Connection
from service.graph.statements import statement
from service.graph.transactions import Reader
from service.vocabulary import MEMBER_KINDS, MEMBERS, NODES, ROLE_LABELS, key_label

BLOCK = 10_000
ROLES = {label: role.value for role, label in ROLE_LABELS.items()}
Block = list[list[Any]]  # rows of values, in the order of Connection.header


async def blocks(reader: Reader, connection: Connection) -> AsyncIterator[Block]:
    """Rows of values; dates and times are ISO texts, what is absent is None."""
    after = ""
    while True:
        given: dict[str, Any] = {"after": after, "limit": BLOCK}
        asked = given | {"dates": connection.dates, "plain": connection.plain}
        found = await reader.block(selecting(connection), **asked)
        if not found:
            return
        after = found[-1][0]
        if connection.links:
            links = await reader.block(linking(connection), **given)
            ends = dict(links)
            yield [row_of_node(connection, row, ends.get(row[0], [])) for row in found]
        else:
            yield rows(connection, found)
        if len(found) < BLOCK:
            return


def selecting(connection: Connection) -> Any:
    if connection.tie:
        return statement("exports/ties", TYPE=connection.tie.type)
    label = connection.label
    return statement("exports/nodes", LABEL=key_label(label), NODE=label)


def linking(connection: Connection) -> Any:
    types = dict.fromkeys(link.type for link in connection.links)
    return statement("exports/links", NODE=connection.label, TYPE="|".join(types))


def rows(connection: Connection, found: Block) -> Block:
    order = ordered(connection)
    if connection.tie:
        kind = connection.tie.kind.value
        return [[kind, r[1], r[2], r[0], *[r[i + 3] for i in order]] for r in found]
    return [row_of_node(connection, row, []) for row in found]


def ordered(connection: Connection) -> list[int]:
    """Where each column stands among dates, then plain ones."""
    told = [*connection.dates, *connection.plain]
    return [told.index(column.stored) for column in connection.columns]


def row_of_node(connection: Connection, row: list[Any], ends: Block) -> list[Any]:
    labels = row[-1]
    first: list[Any] = [row[0]]
    if "roles" in connection.first:
        kind = next(MEMBER_KINDS[label].value for label in MEMBERS if label in labels)
        first += [kind, sorted(ROLES[label] for label in labels if label in ROLES)]
    for link in connection.links:
        kinds = MEMBERS if link.label == "Member" else {link.label: NODES[link.label]}
        keys = [
            end[1] for end in ends if end[0] == link.type and kinds.keys() & end[2:]
        ]
        first.append(keys[0] if keys else None)
    return [*first, *[row[i + 1] for i in ordered(connection)]]
