"""Records without a first day: they count as active on every day, however early."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date

from service.graph import Graph
from service.graph.statements import statement
from service.networks.network import Networks
from service.networks.selection import SHARED_TIES, STORED_TIES, Selection
from service.vocabulary import TIES
from service.vocabulary.enums import TieKind
from service.vocabulary.names import counted
from service.vocabulary.nodes import KEYED

ALL_TYPES = tuple(cls.type for cls in TIES.values())
NO_TYPES = (TIES[TieKind.COVERAGE].type,)  # referrals are no ties: no member has this


@dataclass(frozen=True)
class UndatedRecords:
    """What is active on a day only because it has no first day."""

    members: int
    ties: int
    dated: int  # records that are active on the day and have a first day
    first_day: date | None = None  # of all records; read where `dated` is 0
    read_at: float = 0
    byte_count: int = 100

    def warnings(self, day: date) -> list[str]:
        """
        >>> UndatedRecords(1, 20, 5).warnings(date(1900, 1, 1))
        ['1 member and 20 ties without a first day count as active on 1900-01-01.']
        """
        warnings = []
        if self.members or self.ties:
            warnings.append(
                f"{counted(self.members, 'member')} and {counted(self.ties, 'tie')}"
                f" without a first day count as active on {day}."
            )
        if self.first_day is not None and day < self.first_day:
            warnings.append(
                f"{day} is before the first dated record, which begins on"
                f" {self.first_day}."
            )
        return warnings


@dataclass(frozen=True)
class FirstDayRow:
    day: date | None


async def undated_records(
    networks: Networks, subject: Selection | date
) -> UndatedRecords:
    """Of the members and ties of a network, or of the whole graph on a day."""
    return await networks.snapshots.get(
        ("undated", subject), lambda: read_undated(networks, subject)
    )


async def read_undated(networks: Networks, subject: Selection | date) -> UndatedRecords:
    read_at, graph = time.monotonic(), networks.snapshots.graph
    day, types, members, exchange_kind = subject, ALL_TYPES, None, None
    if isinstance(subject, Selection):
        members = (await networks.network(subject)).keys
        day, types = subject.day, types_of(subject)
        exchange_kind = subject.exchange_kind and subject.exchange_kind.value
    [undated] = await graph.long_rows(
        statement("networks/undated", TYPES="|".join(types)),
        UndatedRecords,
        day=day,
        members=members,
        exchange_kind=exchange_kind,
    )
    first = None if undated.dated else await read_first_day(graph)
    return replace(undated, first_day=first, read_at=read_at)


def types_of(selection: Selection) -> tuple[str, ...]:
    """The types of the stored ties that a network is made of."""
    types = [TIES[kind].type for kind in selection.ties if kind in STORED_TIES]
    types += [SHARED_TIES[kind] for kind in selection.ties if kind in SHARED_TIES]
    if TieKind.CONTRACT in selection.ties:
        types.append(TIES[TieKind.CONTRACT].type)
    return tuple(dict.fromkeys(types)) or NO_TYPES


async def read_first_day(graph: Graph) -> date | None:
    texts = {"NODES": "|".join(KEYED), "TYPES": "|".join(ALL_TYPES)}
    rows = await graph.rows(statement("networks/first_day", **texts), FirstDayRow)
    return rows[0].day
