"""The members of a network, and the group of each under a GroupKey."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from service.errors import BadInput, RecordNotFound
from service.graph import Graph
from service.graph.statements import statement
from service.networks.member_groups import (
    AttributeGroups,
    MemberGrouping,
    group_names,
    property_of,
)
from service.networks.selection import Selection
from service.vocabulary import MEMBER_KINDS, MEMBER_LABELS, ROLE_LABELS, key_label
from service.vocabulary.enums import GroupKey, Side

PARENTS = {GroupKey.ORGANISATION: "WORKS_FOR|PART_OF", GroupKey.COMMUNITY: "MEMBER_OF"}
PARENT_NAMES = {GroupKey.ORGANISATION: "employers", GroupKey.COMMUNITY: "communities"}


@dataclass(frozen=True)
class Members:
    """Members in the order of their keys, each with its group or None."""

    keys: list[str]
    numbers: list[int]  # the same members by number; empty where one has none
    groups: list[str | None]  # empty where no groups were requested
    choices: frozenset[str] = frozenset()  # keys with several groups to choose from
    read_at: float = 0

    @property
    def byte_count(self) -> int:
        return 150 * len(self.keys)  # by sys.getsizeof of keys and numbers

    def subset(self, indices: list[int]) -> Members:
        return replace(
            self,
            keys=[self.keys[i] for i in indices],
            numbers=[self.numbers[i] for i in indices] if self.numbers else [],
            groups=[self.groups[i] for i in indices] if self.groups else [],
        )


@dataclass(frozen=True)
class Groups:
    """The group of each member of a network, by name and by number."""

    names: list[str | None]
    ids: NDArray[np.int64]
    warnings: list[str]

    @classmethod
    def of(cls, keys: list[str], members: Members, group_by: MemberGrouping) -> Groups:
        """A member without a group is a group of its own."""
        known = dict(zip(members.keys, members.groups, strict=True))
        names = [known.get(key) for key in keys]
        numbers: dict[str, int] = {}
        ids = [
            i if name is None else numbers.setdefault(name, i)
            for i, name in enumerate(names)
        ]
        warnings = []
        if alone := names.count(None):
            warnings.append(
                f"Members without a group, each counted as a group of its own: {alone}."
            )
        chosen = len(members.choices.intersection(keys))
        if chosen and isinstance(group_by, GroupKey):
            warnings.append(
                f"Members with several {PARENT_NAMES[group_by]}, of which the earliest"
                f" counts: {chosen}."
            )
        return cls(names, np.array(ids, dtype=np.int64), warnings)


@dataclass(frozen=True)
class MemberColumns:
    keys: list[str]
    numbers: list[int]
    labels: list[str]
    values: list[Any]


@dataclass(frozen=True)
class MemberNames:
    """The names of members by their keys."""

    names: dict[str, str]
    read_at: float

    @property
    def byte_count(self) -> int:
        return 200 * len(self.names)  # by sys.getsizeof of keys, names and the dict


@dataclass(frozen=True)
class SideColumns:
    internal: list[str]
    external: list[str]


@dataclass(frozen=True)
class ParentColumns:
    members: list[str]
    parents: list[str]


@dataclass(frozen=True)
class ExistingKey:
    key: str
    labels: list[str]


async def read_network_members(
    graph: Graph, selection: Selection, group_by: MemberGrouping | None = None
) -> Members:
    """The members that pass the filters, also those without any arc."""
    read_at = time.monotonic()
    if group_by is GroupKey.SIDE and selection.organisation is None:
        raise BadInput("groupBy: SIDE needs network.organisation.")
    await check_key(graph, "Organisation", selection.organisation)
    await check_key(graph, "Community", selection.community)
    columns = await read_members(graph, selection, group_by)
    complete = len(columns.numbers) == len(columns.keys)
    groups: list[str | None] = [value or None for value in columns.values]
    if isinstance(group_by, AttributeGroups):
        groups = group_names(columns.values)
    if group_by is GroupKey.KIND:
        groups = [MEMBER_KINDS[label].value for label in columns.labels]
    network_members = Members(columns.keys, columns.numbers if complete else [], groups)
    if selection.surroundings:
        network_members = await surrounding_members(graph, network_members, selection)
    if selection.organisation is not None:
        network_members = await organisation_members(
            graph, network_members, selection, group_by
        )
    if group_by is GroupKey.ORGANISATION or group_by is GroupKey.COMMUNITY:
        labels = zip(columns.keys, columns.labels, strict=False)
        own = {key for key, label in labels if label == "Organisation"}
        network_members = await grouped_by_parent(
            graph, network_members, group_by, selection.day, own
        )
    return replace(network_members, read_at=read_at)


async def check_key(graph: Graph, label: str, key: str | None) -> None:
    if key is not None:
        read = statement("records/existing", NODE=key_label(label), KIND=label)
        if not await graph.rows(read, ExistingKey, keys=[key]):
            raise RecordNotFound(
                f"network.{label.lower()}: no {label} has the key {key!r}."
            )


async def read_members(
    graph: Graph, selection: Selection, group_by: MemberGrouping | None
) -> MemberColumns:
    kinds, roles = selection.kinds, selection.roles
    labels = MEMBER_LABELS
    scope = "(m:Member)"
    community = None if selection.surroundings else selection.community
    if community is not None:
        scope = "(:Community {key: $community})<-[:MEMBER_OF]-(m:Member)"
    rows = await graph.long_rows(
        statement("networks/members", SCOPE=scope),
        MemberColumns,
        day=selection.day,
        kinds=None if kinds is None else [labels[kind] for kind in kinds],
        roles=None if roles is None else [ROLE_LABELS[role] for role in roles],
        region=selection.region,
        community=community,
        property=property_of(group_by),
    )
    return rows[0]


async def read_names(graph: Graph) -> MemberNames:
    """The names of all members, read as columns."""
    read_at = time.monotonic()
    rows = await graph.long_rows(
        statement("networks/members", SCOPE="(m:Member)"),
        MemberColumns,
        day=None,
        kinds=None,
        roles=None,
        region=None,
        community=None,
        property="name",
    )
    names = dict(zip(rows[0].keys, rows[0].values, strict=True))
    return MemberNames(names, read_at)


async def organisation_sides(
    graph: Graph, organisation: str, day: date
) -> tuple[set[str], set[str]]:
    """Keys of the internal members, and of the external ones tied to them.

    The organisation itself is on neither side of its own list of members.
    """
    inside, outside = await sides_of(graph, [organisation], day)
    return inside - {organisation}, outside


async def sides_of(
    graph: Graph, members: list[str], day: date
) -> tuple[set[str], set[str]]:
    """Keys of these members with all that are inside them, and of those around."""
    read = statement("networks/surroundings")
    rows = await graph.rows(read, SideColumns, members=members, day=day)
    inside = {key for row in rows for key in row.internal}
    return inside, {key for row in rows for key in row.external}


async def surrounding_members(
    graph: Graph, members: Members, selection: Selection
) -> Members:
    """The members of the community, those inside them, and those tied to either."""
    within = Selection(
        ties=selection.ties, community=selection.community, day=selection.day
    )
    roots = (await read_members(graph, within, None)).keys
    inside, outside = await sides_of(graph, roots, selection.day)
    around = inside | outside
    return members.subset([i for i, key in enumerate(members.keys) if key in around])


async def organisation_members(
    graph: Graph,
    members: Members,
    selection: Selection,
    group_by: MemberGrouping | None,
) -> Members:
    """That organisation, its internal members, and the external ones tied to them."""
    own = selection.organisation or ""
    inside, outside = await organisation_sides(graph, own, selection.day)
    inside.add(own)
    sides = inside | outside
    inner = members.subset([i for i, k in enumerate(members.keys) if k in sides])
    if group_by is not GroupKey.SIDE:
        return inner
    groups = [Side.INTERNAL if key in inside else Side.EXTERNAL for key in inner.keys]
    return replace(inner, groups=[side.value for side in groups])


async def grouped_by_parent(
    graph: Graph, members: Members, group_by: GroupKey, day: date, own: set[str]
) -> Members:
    """The group is the top employer, or the community, that began earliest."""
    read = statement("networks/parents", TYPES=PARENTS[group_by])
    columns = (await graph.rows(read, ParentColumns, day=day))[0]
    ties = list(dict.fromkeys(zip(columns.members, columns.parents, strict=True)))
    parent: dict[str, str] = {}
    for member, key in ties:  # the earliest comes first
        parent.setdefault(member, key)
    several = frozenset(m for m, n in Counter(m for m, _ in ties).items() if n > 1)
    if group_by is GroupKey.COMMUNITY:
        groups = [parent.get(key) for key in members.keys]
    else:
        groups = [top(key, parent, own) for key in members.keys]
    return replace(members, groups=groups, choices=several)


def top(key: str, parent: dict[str, str], own: set[str]) -> str | None:
    """Where the walk up ends; an organisation without a parent is its own group."""
    path = [key]
    while (above := parent.get(path[-1])) and above not in path:
        path.append(above)
    return path[-1] if len(path) > 1 or key in own else None
