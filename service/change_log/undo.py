"""Undoing changes: new changes restore the records as they were before.

Refused if a later change touches the same records; a person must decide then.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass, field

from service.change_log import append
from service.change_log.append import Addition, Author
from service.change_log.entries import Entry, Operation
from service.change_log.history import PAGE, LoggedChange, bounds, packs_after
from service.errors import BadInput, RecordNotFound, WriteErrorCode, WriteRefusal
from service.graph import Graph
from service.graph.transactions import Writer
from service.vocabulary import MEMBERS, NODES, ROLE_LABELS, TIES_BY_NAME, snake
from service.vocabulary.enums import MemberRole
from service.writes.apply import write_records
from service.writes.checks import Mode
from service.writes.existing import Image
from service.writes.outcome import with_dates
from service.writes.problems import RequestProblems
from service.writes.records import NodeRecord, RecordInput, Records, TieRecord
from service.writes.removal import remove_nodes, remove_ties

RANGE = re.compile(r"([0-9]{1,15})(?:-([0-9]{1,15}))?")
RUN = re.compile(r"(undo-)?[0-9a-f]{16}")
MAX_NAMED = 20
RecordId = tuple[str, str]  # kind and key


@dataclass
class NetChange:
    """All changes of one record to undo, as one change."""

    ends: tuple[str, str] | None
    before: Image | None  # before the first of the changes
    after: Image | None  # after the last of the changes


@dataclass(frozen=True)
class UndoOutcome:
    """How many changes were undone, and by which changes of the log."""

    count: int
    change_count: int  # of the log's new changes
    last: int  # number of the log's last change


@dataclass
class UndoPlan:
    """The changes to undo, by record, and the later changes that prevent it."""

    nets: dict[RecordId, NetChange] = field(default_factory=dict)
    conflicts: list[LoggedChange] = field(default_factory=list)
    count: int = 0

    def add(self, change: LoggedChange) -> None:
        if change.before is None and change.after is None:
            raise BadInput(f"Change {change.number} was erased and cannot be undone.")
        if change.operation is Operation.ERASE:
            raise BadInput(f"Change {change.number} erased a person permanently.")
        self.count += 1
        record = (change.kind, change.key)
        if record in self.nets:
            self.nets[record].after = change.after
        else:
            self.nets[record] = NetChange(change.ends, change.before, change.after)

    def add_conflict(self, change: LoggedChange) -> None:
        """Add a later change if it touches the same records or depends on new ones."""
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
            self.conflicts.append(change)


def parse_selection(selection: list[str]) -> tuple[list[tuple[int, int]], set[str]]:
    """The ranges of numbers and the ids of runs that a selection names.

    >>> parse_selection(["7", "9-12", "undo-0123456789abcdef"])
    ([(7, 7), (9, 12)], {'undo-0123456789abcdef'})
    """
    ranges, runs = [], set()
    for text in selection:
        if match := RANGE.fullmatch(text):
            first, last = int(match[1]), int(match[2] or match[1])
            if not 1 <= first <= last:
                raise BadInput(f"{text}: a range is from a lower to a higher number")
            ranges.append((first, last))
        else:
            runs.add(text)
    return ranges, runs


def check_selection(selection: list[str]) -> None:
    """Refuse what no log can have, without reading one."""
    if not selection:
        raise BadInput("Name the changes to undo: numbers, ranges or runs.")
    _, runs = parse_selection(selection)
    for run in runs:
        if not RUN.fullmatch(run):
            expected = (
                "a number (12), a range (12-40) or a run id (16 digits of 0-9a-f)"
            )
            raise BadInput(f"{run[:60]!r}: expected {expected}")


async def read_plan(graph: Graph, selection: list[str]) -> UndoPlan:
    """Read the log once, from the first selected number on."""
    ranges, runs = parse_selection(selection)
    log_bounds = await bounds(graph)
    number = log_bounds.dropped if runs else min(first for first, _ in ranges) - 1
    plan = UndoPlan()
    while packs := await packs_after(graph, number):
        for pack in packs:
            for change in pack.changes():
                names = any(low <= change.number <= high for low, high in ranges)
                if names or change.run in runs:
                    plan.add(change)
                else:
                    plan.add_conflict(change)
            number = pack.number
        if len(packs) < PAGE:
            break
    return plan


async def later_changes(graph: Graph, selection: list[str]) -> list[LoggedChange]:
    """The later changes that depend on the selected ones, or on one of these."""
    later: list[LoggedChange] = []
    while True:
        numbers = [str(change.number) for change in later]
        plan = await read_plan(graph, [*selection, *numbers])
        if not plan.conflicts:
            return sorted(later, key=lambda change: change.number)
        later += plan.conflicts


async def undo(graph: Graph, selection: list[str], by: str) -> UndoOutcome:
    """Undo the selected changes in one transaction."""
    plan = await read_plan(graph, selection)
    if not plan.count:
        raise RecordNotFound(f"The log has no change {', '.join(selection)}.")
    if plan.conflicts:
        text = refusal(plan.conflicts)
        raise WriteRefusal.conflict(("changes",), WriteErrorCode.CONFLICT, text)
    author = Author(by, f"undo-{secrets.token_hex(8)}")

    async def work(writer: Writer) -> UndoOutcome:
        try:
            entries = await restore(writer, plan)
            entries += await remove(writer, plan)
        except WriteRefusal as error:
            raise BadInput(f"Nothing was undone: {error}") from error
        [last] = await append.append(writer, [Addition(entries, author)])
        return UndoOutcome(plan.count, len(entries), last)

    return await graph.write(work)


def refusal(conflicts: list[LoggedChange]) -> str:
    names = [
        f"{change.number} ({change.operation.value} {change.kind} {change.key!r})"
        for change in conflicts[:MAX_NAMED]
    ]
    more = (
        "" if len(conflicts) <= MAX_NAMED else f" and {len(conflicts) - MAX_NAMED} more"
    )
    return (
        f"Nothing was undone: later changes depend on these: {', '.join(names)}{more};"
        " undo them as well."
    )


async def restore(writer: Writer, plan: UndoPlan) -> list[Entry]:
    """Restore the records that were changed or deleted."""
    problems, records = RequestProblems(), Records()
    for (kind, key), net in plan.nets.items():
        if net.before is not None:  # what did not change is not written
            lost = dict.fromkeys(net.after or {})  # clears properties that are new
            image = {**lost, **with_dates(kind, net.before)}
            add_image(records, kind, key, image, net.ends)
    return await write_records(writer, records, Mode.RESTORE, problems)


def add_image(
    records: Records, kind: str, key: str, image: Image, ends: tuple[str, str] | None
) -> None:
    """Add a record as it was, also where later rules for its values forbid that."""
    values = {"key": key, **{snake(name): value for name, value in image.items()}}
    if ends:
        values |= {"source": ends[0], "target": ends[1]}
    input = RecordInput(f"{kind} {key}", 0, values)
    if ends:
        ties = records.ties.setdefault(TIES_BY_NAME[kind], {})
        ties[key] = TieRecord(input, key, *ends, image)
        return
    links = {link.name for link in NODES[kind].links}
    roles = image.get("roles")
    if kind in MEMBERS:
        roles = [ROLE_LABELS[MemberRole[name]] for name in roles or ()]
    properties = {n: v for n, v in image.items() if n not in {*links, "roles"}}
    linked = {n: end for n, end in image.items() if n in links}
    node = NodeRecord(input, key, properties, linked, roles)
    records.nodes.setdefault(kind, {})[key] = node


async def remove(writer: Writer, plan: UndoPlan) -> list[Entry]:
    """Delete the records that were created: ties first, members last."""
    entries, problems = [], RequestProblems()
    for kind in [*TIES_BY_NAME, *reversed(NODES)]:
        rows = [
            RecordInput(f"{kind} {key}", 0, {"key": key})
            for (of, key), net in plan.nets.items()
            if of == kind and net.before is None and net.after is not None
        ]
        if rows and kind in TIES_BY_NAME:
            entries += await remove_ties(writer, TIES_BY_NAME[kind], rows, problems)
        elif rows:
            entries += await remove_nodes(writer, kind, rows, problems)
    return entries
