"""A key column that has changed: many names exist under other keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from service.errors import BadInput
from service.formats.identities.row_store import StoredRow
from service.formats.identities.stored import stored_nodes
from service.formats.staging import RecordStage
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary import MEMBERS
from service.writes.checks import NodeIdentity

SAMPLE = 500  # members that are looked up
LEAST, LEAST_SHARE = 5, 0.5  # of the new members, which exist under other keys


async def check_new_keys(graph: Graph, keyed_names: Iterable[tuple[str, str]]) -> None:
    """Refuse members that the database seems to have under other keys.

    `keyed_names` are the members whose keys the files state: the keys that a load makes
    from names cannot have changed.
    """
    names = dict(islice(keyed_names, SAMPLE))
    if len(names) < LEAST:
        return
    read = statement("records/existing", NODE="Member", KIND="Member")
    rows = await graph.rows(read, NodeIdentity, keys=sorted(names))
    new = {key: names[key] for key in names.keys() - {row.key for row in rows}}
    known = await stored_nodes(graph, "Member", sorted(set(new.values())))
    others = {key: known[name] for key, name in new.items() if name in known}
    if len(others) < LEAST or len(others) < LEAST_SHARE * len(names):
        return
    key = min(others)
    raise BadInput(
        f"{len(others):,} of {len(names):,} names exist under other keys: {new[key]!r}"
        f" has the key {key!r} in the file and {others[key]!r} in the database. Has the"
        " key column changed? Correct it, or load them as new members with --new-keys."
    )


def stated_names(rows: Iterable[StoredRow]) -> Iterator[tuple[str, str]]:
    """The keys and names of members that rows state."""
    for _, table, row in rows:
        key, name = row.cells.get("key"), row.cells.get("name")
        if table == "members" and key and name:
            yield key, name


def staged_names(stage: RecordStage) -> Iterator[tuple[str, str]]:
    """The keys and names of the members of a load."""
    for batch in stage.batches():
        if batch.kind not in MEMBERS:
            continue
        for key, record in stage.records([batch]).nodes[batch.kind].items():
            if name := record.properties.get("name"):
                yield key, name
