"""What start-ups add to an introduction network: backers, cohorts, needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.csr import Floats, Int32s
from service.algorithms.routes import RouteQuestion
from service.analyses.introductions.chances import COHORT
from service.analyses.introductions.network import IntroductionNetwork
from service.computation.pool import in_thread
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary import ROLE_LABELS
from service.vocabulary.enums import MemberRole

ADD_NEEDS = (
    "Add NEED ties from start-ups to capabilities, and CAPABILITY ties from the members"
    " that have these."
)

BACKERS = [MemberRole.INVESTOR]  # where a question names no others


@dataclass(frozen=True)
class BackersRow:
    """The direct backers of a start-up, and its cohorts."""

    startup: str
    direct: list[str]
    cohorts: list[str]


@dataclass(frozen=True)
class CohortRow:
    """Who shares or organises a cohort."""

    cohort: str
    members: list[str]


@dataclass(frozen=True)
class NeedsRow:
    """What a start-up needs, in the order of the stages."""

    startup: str
    capabilities: list[str]
    stages: list[list[int]]  # for each the first stage, or none


@dataclass(frozen=True)
class HoldersRow:
    """Who has a capability."""

    capability: str
    holders: list[str]


@dataclass(frozen=True)
class Backing:
    """Whom a start-up may ask first; those of `cohort` are backers by it alone."""

    backers: Int32s  # ascending
    success: Floats  # of the first step to each
    cohort: frozenset[int]


async def read_backers(
    graph: Graph, startups: list[str], roles: list[MemberRole] | None, day: date
) -> tuple[dict[str, BackersRow], dict[str, list[str]]]:
    """The backers and cohorts of each start-up, and the members of each cohort."""
    labels = None if roles is None else [ROLE_LABELS[role] for role in roles]
    query = statement("introductions/backers")
    rows = await graph.rows(query, BackersRow, startups=startups, roles=labels, day=day)
    cohorts = sorted({key for row in rows for key in row.cohorts})
    query = statement("introductions/cohorts")
    members = await graph.rows(query, CohortRow, cohorts=cohorts, roles=labels, day=day)
    return {row.startup: row for row in rows}, {
        row.cohort: row.members for row in members
    }


def backing(
    network: IntroductionNetwork, row: BackersRow, cohort_members: dict[str, list[str]]
) -> Backing:
    """The first step of a start-up to each of its backers.

    CLOSED people are on no path, nor is a start-up that is not active that day.
    """
    startup = network.index(row.startup)
    if startup is None or network.manners.closed[startup]:
        return Backing(np.zeros(0, np.int32), np.zeros(0), frozenset())
    direct = network.indices(row.direct)
    near = network.indices(
        key for cohort in row.cohorts for key in cohort_members[cohort]
    )
    both = np.union1d(direct, near)
    backers = both[~network.manners.closed[both] & (both != startup)].astype(np.int32)
    success = step_success(network, startup, backers)
    cohort = ~np.isin(backers, direct)
    at_least = COHORT * network.manners.willing[backers]
    success = np.where(cohort, np.maximum(success, at_least), success)
    return Backing(backers, success, frozenset(backers[cohort].tolist()))


def step_success(
    network: IntroductionNetwork,
    source: int,
    targets: Int32s,
    success: Floats | None = None,
) -> Floats:
    """The success of the step to each target, 0 where there is none."""
    steps = network.routes.steps
    begin, end = steps.start[source : source + 2]
    row = np.zeros(steps.size)
    chances = steps.weight if success is None else success
    row[steps.target[begin:end]] = chances[begin:end]
    success_to: Floats = row[targets]
    return success_to


def renewed_success(network: IntroductionNetwork, startup: str, own: Backing) -> Floats:
    """The first step to each backer after a contact; 0 where that raises nothing."""
    index = network.index(startup)
    if index is None:
        return np.zeros(len(own.backers))
    success = step_success(network, index, own.backers, network.renewals.success)
    return np.where(success > own.success, success, 0.0)


async def read_needs(
    graph: Graph, startups: list[str], needs: list[str] | None, day: date
) -> dict[str, NeedsRow]:
    """By start-up; its own NEEDS if `needs` is None."""
    query = statement("introductions/needs")
    rows = await graph.rows(query, NeedsRow, startups=startups, needs=needs, day=day)
    return {row.startup: row for row in rows}


async def read_partners(
    graph: Graph, network: IntroductionNetwork, capabilities: list[str], day: date
) -> dict[str, Int32s]:
    """Who has each capability, by index; an empty array if no member has it."""
    query = statement("introductions/partners")
    rows = await graph.rows(query, HoldersRow, capabilities=capabilities, day=day)
    return {
        row.capability: await in_thread(network.indices, row.holders) for row in rows
    }


def question(
    network: IntroductionNetwork, startup: str, own: Backing, holders: Int32s, hops: int
) -> RouteQuestion:
    """One need of one start-up, ready to be searched."""
    # Outside the network it has no backers, and any index serves.
    index = network.index(startup) or 0
    return RouteQuestion(network.routes, index, own.backers, own.success, holders, hops)
