"""Erasing a person: what identifies it is removed, what questions count stays.

The person stays in the network under a new key without meaning. The free text of its
ties and records is removed, and their keys are replaced; days, amounts and kinds stay.
Its name in the texts of other records is replaced. The log still shows that the records
changed, under the new keys, but not how.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from service.change_log import append
from service.change_log.append import Addition, Author
from service.change_log.entries import Entry, Operation, text
from service.errors import WriteErrorCode, WriteRefusal
from service.graph import Graph
from service.graph.statements import statement
from service.graph.transactions import Writer
from service.vocabulary import NODES
from service.vocabulary.enums import Introductions
from service.writes.existing import ExistingRecords, Image, lock_nodes
from service.writes.idempotency import WriteRequest, WriteResult, run_once
from service.writes.mentions import remove_name_elsewhere
from service.writes.outcome import WriteOutcome, WrittenRecord
from service.writes.removal import LINKS, TYPES, RelatedTie, sides
from service.writes.traces import NAME, PersonTraces, without_free_text

EMPTY_OUTCOME = text([[], [], 0])


@dataclass(frozen=True)
class LogMention:
    number: int
    keys: list[str]
    records: str


async def erase_person(graph: Graph, request: WriteRequest, key: str) -> WriteOutcome:
    """Erase a person; the outcome is the person as it is afterwards."""
    author = Author(request.caller, request.run)

    async def work(writer: Writer) -> WriteResult:
        # This locks the log: no other write can add a mention of the person meanwhile.
        await append.append(writer, [Addition([], author)])
        existing = ExistingRecords()
        await lock_nodes(writer, existing, "Member", [key])
        image = existing.nodes.get("Person", {}).get(key)
        if image is None:
            message = f"no Person has the key {key!r}"
            raise WriteRefusal.conflict(("key",), WriteErrorCode.NONE, message)
        traces = PersonTraces(key, image["name"])
        entries = await erase_related(writer, traces)
        after = await erase_properties(writer, traces, image)
        entries += await remove_name_elsewhere(writer, traces)
        await redact_log(writer, traces)
        new = traces.new_keys[key]
        entries.append(Entry(Operation.ERASE, "Person", new, None, after))
        return entries, WriteOutcome([WrittenRecord("Person", new, after, None)], [new])

    return await run_once(graph, request, work)


async def erase_properties(writer: Writer, traces: PersonTraces, image: Image) -> Image:
    remaining = {n: v for n, v in image.items() if n in ("since", "until")}
    remaining |= {"name": NAME, "introductions": Introductions.CLOSED.value}
    properties = {**remaining, "key": traces.new_keys[traces.key]}
    await writer.write(
        statement("writes/erase_person"), key=traces.key, properties=properties
    )
    return {**remaining, "roles": image.get("roles", [])}


async def erase_related(writer: Writer, traces: PersonTraces) -> list[Entry]:
    """Erase the free text of ties and records that have the person as an end."""
    query = statement("writes/ties_of_nodes", NODE="Member")
    related = await writer.rows(query, RelatedTie, keys=[traces.key])
    entries = []
    for type, cls in TYPES.items():
        ties = [tie for tie in related if tie.type == type]
        if not ties:
            continue
        remaining: list[dict[str, Any]] = []
        reversed_rows: list[dict[str, Any]] = []
        for tie in ties:
            row = row_without_text(cls.__name__, tie.properties, traces)
            new_ends = (traces.key_of(tie.source[0]), traces.key_of(tie.target[0]))
            ends = cls.stored_ends(*new_ends)  # the new key may sort differently
            (remaining if ends == new_ends else reversed_rows).append(row)
            entries.append(tie_entry(cls.__name__, row, ends))
        await writer.write(statement("writes/erase_ties", TYPE=type), rows=remaining)
        if reversed_rows:
            await writer.write(
                statement("writes/reverse_acquaintances"), rows=reversed_rows
            )
    return entries + await erase_records(writer, traces, related)


def row_without_text(
    kind: str, properties: Image, traces: PersonTraces
) -> dict[str, Any]:
    new = traces.replacement_key(properties["key"])
    return {
        "key": properties["key"],
        "properties": {**without_free_text(kind, properties), "key": new},
    }


def tie_entry(kind: str, row: dict[str, Any], ends: tuple[str, str]) -> Entry:
    after = {n: v for n, v in row["properties"].items() if n != "key"}
    new = row["properties"]["key"]
    return Entry(Operation.ERASE, kind, new, None, after, ends)


async def erase_records(
    writer: Writer, traces: PersonTraces, related: list[RelatedTie]
) -> list[Entry]:
    """Erase the free text of referrals, introductions, feedback and cases."""
    entries = []
    owners = {
        (label, owner[0])
        for tie in related
        for label, link in LINKS
        for owner, _ in [sides(tie, link)]
        if tie.type == link.type and label in owner
    }
    for label, key in sorted(owners):
        existing = ExistingRecords()
        await lock_nodes(writer, existing, label, [key])
        image = existing.nodes[label][key]
        links = [link.name for link in NODES[label].links]
        after = without_free_text(
            label, {n: v for n, v in image.items() if n not in links}
        )
        new = traces.replacement_key(key)
        row = {"key": key, "properties": {**after, "key": new}}
        erase = statement("writes/erase_records", NODE=label)
        await writer.write(erase, rows=[row])
        ends = {n: traces.key_of(image[n]) for n in links if n in image}
        entries.append(Entry(Operation.ERASE, label, new, None, {**after, **ends}))
    return entries


async def redact_log(writer: Writer, traces: PersonTraces) -> None:
    """Remove what identifies the person from the log and the stored answers."""
    mentions = await writer.rows(
        statement("writes/changes_with_mention"),
        LogMention,
        texts=traces.texts,
        keys=list(traces.new_keys),
    )
    rows = []
    for mention in mentions:
        keys, records = traces.redact(mention.keys, mention.records)
        key = keys[0] if len(keys) == 1 else ""
        row = {"number": mention.number, "keys": keys, "key": key, "records": records}
        rows.append(row)
    await writer.write(statement("writes/redact_changes"), rows=rows)
    await writer.write(
        statement("writes/redact_answers"),
        texts=traces.texts,
        empty_outcome=EMPTY_OUTCOME,
    )
