"""Undoing changes: what they touched returns to what it was, as new changes.

Refused where somebody changed the same since: then only a person can tell.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from service.change_log import append
from service.change_log.append import Addition, Author
from service.change_log.entries import Entry, Operation
from service.change_log.history import PAGE, LoggedChange, bounds, packs_after
from service.errors import BadInput, RecordNotFound, WriteRefusal
from service.graph import Graph
from service.graph.transactions import Writer
from service.vocabulary import NODES, TIES_BY_NAME
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.existing import Image
from service.writes.outcome import values_of
from service.writes.problems import RequestProblems
from service.writes.record_inputs import add_record
from service.writes.records import RecordInput, Records
from service.writes.removal import remove_nodes, remove_ties

RANGE = re.compile(r"(\d+)(?:-(\d+))?")
MOST_NAMED = 20
Place = tuple[str, str]  # kind and key


@dataclass
class Net:
    """What all undone changes of one record come to."""

    ends: tuple[str, str] | None
    before: Image | None  # as it was, before the first of them
    after: Image | None  # as the last of them left it


@dataclass
class Undone:
    """The changes to undo, record by record, and what stands against it."""

    nets: dict[Place, Net] = field(default_factory=dict)
    against: list[LoggedChange] = field(default_factory=list)
    count: int = 0

    def take(self, change: LoggedChange) -> None:
        if change.before is None and change.after is None:
            raise BadInput(f"Change {change.number} was erased and cannot be undone.")
        if change.operation is Operation.ERASE:
            raise BadInput(f"Change {change.number} erased a person, for good.")
        self.count += 1
        place = (change.kind, change.key)
        if place in self.nets:
            self.nets[place].after = change.after
        else:
            self.nets[place] = Net(change.ends, change.before, change.after)

    def meet(self, change: LoggedChange) -> None:
        """A later change of the same records, or one that builds on them."""
        linked = {
            (link.label, image.get(link.name))
            for image in (change.before, change.after)
            if image and change.kind in NODES
            for link in NODES[change.kind].links
        }
        made = {key for (_, key), net in self.nets.items() if net.before is None}
        own = (change.kind, change.key) in self.nets
        ends = not made.isdisjoint(change.ends or ())
        if own or ends or any(key in made for _, key in linked):
            self.against.append(change)


def chosen(given: list[str]) -> tuple[list[tuple[int, int]], set[str]]:
    """Numbers and ranges of numbers, and ids of runs.

    >>> chosen(["7", "9-12", "load-3f"])
    ([(7, 7), (9, 12)], {'load-3f'})
    """
    ranges, runs = [], set()
    for text in given:
        if found := RANGE.fullmatch(text):
            ranges.append((int(found[1]), int(found[2] or found[1])))
        else:
            runs.add(text)
    return ranges, runs


async def gathered(graph: Graph, given: list[str]) -> Undone:
    """Read the log once, from the first number that is named."""
    ranges, runs = chosen(given)
    known = await bounds(graph)
    number = known.dropped if runs else min(first for first, _ in ranges) - 1
    found = Undone()
    while packs := await packs_after(graph, number):
        for pack in packs:
            for change in pack.changes():
                named = any(low <= change.number <= high for low, high in ranges)
                if named or change.run in runs:
                    found.take(change)
                else:
                    found.meet(change)
            number = pack.number
        if len(packs) < PAGE:
            break
    return found


async def undo(graph: Graph, given: list[str], by: str) -> int:
    """How many changes were undone, in one transaction."""
    found = await gathered(graph, given)
    if not found.count:
        raise RecordNotFound(f"The log has no change {', '.join(given)}.")
    if found.against:
        raise BadInput(refusal(found.against))
    author = Author(by, f"undo-{secrets.token_hex(8)}")

    async def work(writer: Writer) -> None:
        try:
            entries = await restored(writer, found)
            entries += await removed(writer, found)
        except WriteRefusal as error:
            raise BadInput(f"Nothing was undone: {error}") from error
        await append.append(writer, [Addition(entries, author)])

    await graph.write(work)
    return found.count


def refusal(against: list[LoggedChange]) -> str:
    named = [
        f"{change.number} ({change.operation.value} {change.kind} {change.key!r})"
        for change in against[:MOST_NAMED]
    ]
    more = (
        "" if len(against) <= MOST_NAMED else f" and {len(against) - MOST_NAMED} more"
    )
    return (
        f"Nothing was undone: later changes stand on these: {', '.join(named)}{more};"
        " name them as well."
    )


async def restored(writer: Writer, found: Undone) -> list[Entry]:
    """What was changed or deleted is as it was before."""
    problems, records = RequestProblems(), Records()
    for (kind, key), net in found.nets.items():
        if net.before is not None and net.before != net.after:
            lost = dict.fromkeys(net.after or {})  # what came since is cleared
            given = {"key": key, **values_of(kind, {**lost, **net.before})}
            if kind in TIES_BY_NAME and net.ends:
                given |= {"source": net.ends[0], "target": net.ends[1]}
            add_record(records, kind, RecordInput(f"{kind} {key}", 0, given), problems)
    problems.refuse()
    return await write_records(writer, records, Mode.RESTORE, problems)


async def removed(writer: Writer, found: Undone) -> list[Entry]:
    """What was created is gone: ties first, members last."""
    entries, problems = [], RequestProblems()
    for kind in [*TIES_BY_NAME, *reversed(NODES)]:
        rows = [
            RecordInput(f"{kind} {key}", 0, {"key": key})
            for (of, key), net in found.nets.items()
            if of == kind and net.before is None and net.after is not None
        ]
        if rows and kind in TIES_BY_NAME:
            entries += await remove_ties(writer, TIES_BY_NAME[kind], rows, problems)
        elif rows:
            entries += await remove_nodes(writer, kind, rows, problems)
    return entries
