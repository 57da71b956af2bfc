"""Whom a start-up can reach, and whom only through its incubator or accelerator."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.csr import Floats, Int32s
from service.algorithms.routes import RouteQuestion, Routes
from service.algorithms.spread import Reachability, reach
from service.analyses.introductions.network import (
    IntroductionNetwork,
    introduction_network,
    network_key,
)
from service.analyses.introductions.startups import Backing, backing, read_backers
from service.computation.pool import in_thread
from service.graph.statements import statement
from service.networks.network import KEY_BYTES, Networks
from service.networks.selection import Selection
from service.settings import Settings
from service.vocabulary import ROLE_LABELS
from service.vocabulary.enums import MemberRole, TieKind

HELPERS = [MemberRole.INCUBATOR, MemberRole.ACCELERATOR]
# What members with a role do, and the tie that shows it.
ACTS = {MemberRole.MENTOR: "advise others", MemberRole.INVESTOR: "have invested"}
NOBODY = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class ExposedMemberResult:
    """One member within reach, with the best path to it."""

    key: str
    path: list[str]
    success: float
    is_added: bool  # only through the incubator or accelerator


@dataclass(frozen=True)
class ExposureAnalysis:
    network: IntroductionNetwork
    helpers: list[str]
    cohorts: list[str]
    members: list[ExposedMemberResult]  # by success descending, fewer hops, key
    missing_roles: dict[MemberRole, int]  # within reach, without the role

    @property
    def read_at(self) -> float:
        return self.network.read_at

    @property
    def byte_count(self) -> int:
        return KEY_BYTES * sum(2 + len(member.path) for member in self.members)

    @property
    def warnings(self) -> list[str]:
        warnings = [] if self.helpers else [self._no_helper]
        return warnings + [
            f"Members within reach that {ACTS[role]} without the role {role.value}, not"
            f" counted: {count}. Add the role to them."
            for role, count in self.missing_roles.items()
            if count
        ]

    @property
    def _no_helper(self) -> str:
        counted = "counts only what its cohorts add" if self.cohorts else "is 0"
        return (
            "No incubator or accelerator that backs the start-up is stored, so"
            f" addedCount {counted}. Add the role INCUBATOR or ACCELERATOR, and the tie"
            " to the start-up (INVESTMENT, ADVICE) or to its cohort (ORGANISING)."
        )


@dataclass(frozen=True)
class MissingRoleRow:
    """Who acts in a role without having it; the role by its label."""

    role: str
    members: list[str]


@dataclass(frozen=True)
class MissingRoles:
    """Who advises without the role of a mentor, or invests without an investor's."""

    members: dict[MemberRole, frozenset[str]]
    read_at: float

    @property
    def byte_count(self) -> int:
        return KEY_BYTES * sum(map(len, self.members.values()))


async def missing_roles(networks: Networks, day: date) -> MissingRoles:
    async def load() -> MissingRoles:
        read_at, query = time.monotonic(), statement("exposure/missing_roles")
        rows = await networks.snapshots.graph.rows(query, MissingRoleRow, day=day)
        keys = {row.role: frozenset(row.members) for row in rows}
        nobody: frozenset[str] = frozenset()
        return MissingRoles(
            {role: keys.get(ROLE_LABELS[role], nobody) for role in ACTS}, read_at
        )

    return await networks.snapshots.get(("missing roles", day), load)


async def exposure_analysis(
    networks: Networks,
    settings: Settings,
    startup: str,
    roles: Sequence[MemberRole],
    hops: int,
    day: date,
) -> ExposureAnalysis:
    """Who has one of the roles within a number of hops, with and without the helpers.

    Those who act in one of the roles and have none of them are counted apart. Cached
    until the next write.
    """

    async def work() -> ExposureAnalysis:
        network = await introduction_network(networks, settings, day)
        return await exposed_among(networks, network, startup, roles, hops)

    key = ("exposure", startup, tuple(roles), hops, *network_key(settings, day))
    return await networks.snapshots.get(key, work)


async def exposed_among(
    networks: Networks,
    network: IntroductionNetwork,
    startup: str,
    roles: Sequence[MemberRole],
    hops: int,
) -> ExposureAnalysis:
    graph, day = networks.snapshots.graph, network.day
    selection = Selection(ties=(TieKind.ACQUAINTANCE,), roles=tuple(roles), day=day)
    targets = set((await networks.members(selection)).keys)
    acting = (await missing_roles(networks, day)).members
    without = {role: acting[role] - targets for role in roles if role in acting}
    rows, members = await read_backers(graph, [startup], None, day)
    helper_rows, helper_members = await read_backers(graph, [startup], HELPERS, day)
    own = backing(network, rows[startup], members)
    helpers = backing(network, helper_rows[startup], helper_members).backers
    cohorts, near = rows[startup].cohorts, targets.union(*without.values())
    exposed = await in_thread(
        exposed_members, network, startup, own, helpers, cohorts, near, hops
    )
    reached = {member.key for member in exposed}
    return ExposureAnalysis(
        network,
        [network.keys[i] for i in helpers.tolist()],
        cohorts,
        [member for member in exposed if member.key in targets],
        {role: len(keys & reached) for role, keys in without.items()},
    )


def exposed_members(
    network: IntroductionNetwork,
    startup: str,
    own: Backing,
    helpers: Int32s,
    cohorts: list[str],
    targets: Iterable[str],
    hops: int,
) -> list[ExposedMemberResult]:
    start = network.index(startup)
    if start is None or network.manners.closed[start]:
        return []
    nobody = np.zeros(len(network.keys), dtype=np.bool_)
    with_all = spread_question(network.routes, start, own, hops)
    near = reach(with_all, nobody)
    left_out = nobody.copy()
    left_out[helpers] = True
    alone = spread_question(network.without(cohorts), start, None, hops)
    far = reach(alone, left_out)
    indices = np.intersect1d(network.indices(targets), near.members).tolist()
    members = [
        exposed_member(network, with_all, near, far, member) for member in indices
    ]
    return sorted(
        members,
        key=lambda member: (-round(member.success, 12), len(member.path), member.key),
    )


def spread_question(
    routes: Routes, startup: int, own: Backing | None, hops: int
) -> RouteQuestion:
    """First steps: to every member tied with the start-up, and to its cohorts."""
    begin, end = routes.steps.start[startup : startup + 2]
    first, success = routes.steps.target[begin:end], routes.steps.weight[begin:end]
    if own is not None:
        first, success = join_first_steps(first, success, own)
    return RouteQuestion(routes, startup, first, success, NOBODY, hops)


def join_first_steps(
    first: Int32s, success: Floats, own: Backing
) -> tuple[Int32s, Floats]:
    """Each member once, with the likelier of its two first steps."""
    both = np.union1d(first, own.backers).astype(np.int32)
    chance = np.zeros(len(both))
    chance[np.searchsorted(both, first)] = success
    at = np.searchsorted(both, own.backers)
    chance[at] = np.maximum(chance[at], own.success)
    return both, chance


def exposed_member(
    network: IntroductionNetwork,
    question: RouteQuestion,
    near: Reachability,
    far: Reachability,
    member: int,
) -> ExposedMemberResult:
    path = near.path(member)
    keys = [network.keys[i] for i in path]
    return ExposedMemberResult(
        network.keys[member], keys, question.chance(path), bool(far.label[member] < 0)
    )
