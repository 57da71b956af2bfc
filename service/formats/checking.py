"""What files alone cannot tell: whether a run agrees with what the database holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from service.formats.rows import Faults
from service.formats.staging import BATCH, Stage
from service.graph import Writer
from service.queries import statement
from service.vocabulary import MEMBERS, NODES, TIES
from service.vocabulary.ties import Tie


@dataclass(frozen=True)
class Existing:
    key: str
    labels: list[str]


@dataclass(frozen=True)
class ExistingTie:
    key: str
    source: str
    target: str


@dataclass(frozen=True)
class Total:
    total: int


async def check(writer: Writer, stage: Stage, faults: Faults) -> set[type[Tie]]:
    """Refuse the run if anything is wrong; the kinds of tie that are not all new."""
    await check_members(writer, stage, faults)
    await check_ends(writer, stage, faults)
    known = {cls for cls in TIES.values() if stage.counts[cls.kind.value]}
    known = {cls for cls in known if await any_ties(writer, cls)}
    for cls in sorted(known, key=lambda cls: cls.kind.value):
        await check_ties(writer, cls, stage, faults)
    faults.refuse()
    return known


async def check_members(writer: Writer, stage: Stage, faults: Faults) -> None:
    """A member's kind never changes."""
    for keys in stage.keys("Member"):
        for known in await existing(writer, "Member", keys):
            kind = next(name for name in MEMBERS if name in known.labels)
            given, place = stage.held("Member", known.key)
            if kind != given and place is not None:
                text = f"{known.key!r} is a {kind} in the database, and stays one"
                faults.at(place, "kind", text)


async def check_ends(writer: Writer, stage: Stage, faults: Faults) -> None:
    """Every end is in the files or in the database, and is what its tie needs."""
    for space in stage.spaces():
        for keys in list(stage.absent(space)):
            found = await existing(writer, space, keys)
            kinds = (next(k for k in NODES if k in node.labels) for node in found)
            stage.outside(space, zip((n.key for n in found), kinds, strict=True))
    if not stage.wrong_ends():
        return
    ties = [cls.kind.value for cls in TIES.values()]
    for kind in sorted(stage.counts, key=lambda kind: kind not in ties):
        check_ends_of(kind, stage, faults)


def check_ends_of(kind: str, stage: Stage, faults: Faults) -> None:
    for batch in stage.records(kind):
        for place, end in (
            (record.place, end) for record in batch for end in record.ends
        ):
            label, _ = stage.held(end.space, end.key)
            kinds = end.kinds.split("|")
            if label is None:
                text = f"no {end.space} has the key {end.key!r}"
                faults.at(place, end.column, text)
            elif label not in kinds:
                wanted = f"a {end.owner} wants a {' or '.join(kinds)} there"
                faults.at(place, end.column, f"{end.key!r} is a {label}; {wanted}")


async def any_ties(writer: Writer, cls: type[Tie]) -> bool:
    read = statement("records/ties_count", TYPE=cls.type)
    return (await writer.rows(read, Total))[0].total > 0


async def check_ties(
    writer: Writer, cls: type[Tie], stage: Stage, faults: Faults
) -> None:
    """A tie keeps its two ends."""
    for batch in stage.records(cls.kind.value):
        given = {record.row["key"]: record for record in batch}
        for known in await existing_ties(writer, cls, given):
            place, row, _ = given[known.key]
            if (row["source"], row["target"]) != (known.source, known.target):
                ends = f"{known.source!r} to {known.target!r}"
                faults.at(
                    place, "key", f"{known.key!r} runs from {ends} in the database"
                )


async def existing_ties(
    writer: Writer, cls: type[Tie], keys: Iterable[str]
) -> list[ExistingTie]:
    read = statement("writes/existing_ties", TYPE=cls.type)
    return await writer.rows(read, ExistingTie, keys=list(keys))


async def existing(writer: Writer, label: str, keys: list[str]) -> list[Existing]:
    read = statement("existing", NODE=label)
    found: list[Existing] = []
    for start in range(0, len(keys), BATCH):
        part = keys[start : start + BATCH]
        found += await writer.rows(read, Existing, keys=part)
    return found
