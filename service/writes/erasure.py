"""Erasing a person: who it was is gone everywhere, what was counted stays counted.

The person keeps its place under a key that says nothing. Free text of its ties and
records goes, and the keys that could tell its name; days, amounts and kinds stay. Where
other records have its name in a text, something else stands there. The log keeps that
something happened, under the new keys, without what it was.
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
from service.writes.mentions import unnamed_elsewhere
from service.writes.outcome import WriteOutcome, WrittenRecord
from service.writes.removal import LINKS, TYPES, Attached, sides
from service.writes.traces import NAME, Traces, plain

NOTHING = text([[], [], 0])


@dataclass(frozen=True)
class Mention:
    number: int
    keys: list[str]
    records: str


async def erase_person(graph: Graph, request: WriteRequest, key: str) -> WriteOutcome:
    """The person, as it is afterwards."""
    author = Author(request.caller, request.run)

    async def work(writer: Writer) -> WriteResult:
        # Nobody writes to the log until this is done: nothing can slip in behind it.
        await append.append(writer, [Addition([], author)])
        held = ExistingRecords()
        await lock_nodes(writer, held, "Member", [key])
        image = held.nodes.get("Person", {}).get(key)
        if image is None:
            message = f"no Person has the key {key!r}"
            raise WriteRefusal.conflict(("key",), WriteErrorCode.NONE, message)
        traces = Traces(key, image["name"])
        entries = await erased_around(writer, traces)
        after = await erased(writer, traces, image)
        entries += await unnamed_elsewhere(writer, traces)
        await redact(writer, traces)
        new = traces.new[key]
        entries.append(Entry(Operation.ERASE, "Person", new, None, after))
        return entries, WriteOutcome([WrittenRecord("Person", new, after, None)], [new])

    return await run_once(graph, request, work)


async def erased(writer: Writer, traces: Traces, image: Image) -> Image:
    kept = {n: v for n, v in image.items() if n in ("since", "until")}
    kept |= {"name": NAME, "introductions": Introductions.CLOSED.value}
    properties = {**kept, "key": traces.new[traces.key]}
    await writer.write(
        statement("writes/erased_person"), key=traces.key, properties=properties
    )
    return {**kept, "roles": image.get("roles", [])}


async def erased_around(writer: Writer, traces: Traces) -> list[Entry]:
    """Ties and records that the person is an end of."""
    look = statement("writes/attached", NODE="Member")
    around = await writer.rows(look, Attached, keys=[traces.key])
    entries = []
    for type, cls in TYPES.items():
        ties = [tie for tie in around if tie.type == type]
        if not ties:
            continue
        kept: list[dict[str, Any]] = []
        turned: list[dict[str, Any]] = []
        for tie in ties:
            row = plain_row(cls.__name__, tie.properties, traces)
            now = (traces.key_of(tie.source[0]), traces.key_of(tie.target[0]))
            ends = cls.stored(*now)  # a new key may have another place
            (kept if ends == now else turned).append(row)
            entries.append(tie_entry(cls.__name__, row, ends))
        await writer.write(statement("writes/erased_ties", TYPE=type), rows=kept)
        if turned:
            await writer.write(statement("writes/turned_acquaintances"), rows=turned)
    return entries + await erased_records(writer, traces, around)


def plain_row(kind: str, properties: Image, traces: Traces) -> dict[str, Any]:
    new = traces.instead_of(properties["key"])
    return {
        "key": properties["key"],
        "properties": {**plain(kind, properties), "key": new},
    }


def tie_entry(kind: str, row: dict[str, Any], ends: tuple[str, str]) -> Entry:
    after = {n: v for n, v in row["properties"].items() if n != "key"}
    new = row["properties"]["key"]
    return Entry(Operation.ERASE, kind, new, None, after, ends)


async def erased_records(
    writer: Writer, traces: Traces, around: list[Attached]
) -> list[Entry]:
    """Referrals, introductions, feedback and cases of the person."""
    entries = []
    owners = {
        (label, owner[0])
        for tie in around
        for label, link in LINKS
        for owner, _ in [sides(tie, link)]
        if tie.type == link.type and label in owner
    }
    for label, key in sorted(owners):
        held = ExistingRecords()
        await lock_nodes(writer, held, label, [key])
        image = held.nodes[label][key]
        links = [link.name for link in NODES[label].links]
        after = plain(label, {n: v for n, v in image.items() if n not in links})
        new = traces.instead_of(key)
        row = {"key": key, "properties": {**after, "key": new}}
        erase = statement("writes/erased_records", NODE=label)
        await writer.write(erase, rows=[row])
        ends = {n: traces.key_of(image[n]) for n in links if n in image}
        entries.append(Entry(Operation.ERASE, label, new, None, {**after, **ends}))
    return entries


async def redact(writer: Writer, traces: Traces) -> None:
    """The log and the kept answers no longer tell who it was."""
    mentions = await writer.rows(
        statement("writes/mentioning"),
        Mention,
        texts=traces.texts,
        keys=list(traces.new),
    )
    rows = []
    for mention in mentions:
        keys, records = traces.redacted(mention.keys, mention.records)
        key = keys[0] if len(keys) == 1 else ""
        one = {"number": mention.number, "keys": keys, "key": key, "records": records}
        rows.append(one)
    await writer.write(statement("writes/redacted"), rows=rows)
    await writer.write(
        statement("writes/redacted_answers"), texts=traces.texts, nothing=NOTHING
    )
