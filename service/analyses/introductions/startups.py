"""What start-ups bring to an introduction network: backers, cohorts, needs."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.csr import Floats, Int32s
from service.algorithms.routes import Question
from service.analyses.introductions.chances import COHORT
from service.analyses.introductions.network import IntroductionNetwork
from service.graph import Graph
from service.graph.statements import statement
from service.vocabulary import ROLE_LABELS
from service.vocabulary.enums import MemberRole


@dataclass(frozen=True)
class Backed:
    """Who backs a start-up by itself, and the cohorts that it is in."""

    startup: str
    direct: list[str]
    cohorts: list[str]


@dataclass(frozen=True)
class Crew:
    """Who shares or organises a cohort."""

    cohort: str
    crew: list[str]


@dataclass(frozen=True)
class Needed:
    """What a start-up needs, in the order of the stages."""

    startup: str
    capabilities: list[str]
    stages: list[list[int]]  # each the first stage, or none


@dataclass(frozen=True)
class Able:
    """Who has a capability."""

    capability: str
    holders: list[str]


@dataclass(frozen=True)
class Backing:
    """Whom a start-up may ask first; only a cohort makes those of `cohort` backers."""

    backers: Int32s  # ascending
    success: Floats  # of the first step to each
    cohort: frozenset[int]


async def backed(
    graph: Graph, startups: list[str], roles: list[MemberRole] | None, day: date
) -> tuple[dict[str, Backed], dict[str, list[str]]]:
    """Each start-up's own backers and cohorts, and who is at each cohort."""
    labels = None if roles is None else [ROLE_LABELS[role] for role in roles]
    read = statement("introductions/backers")
    rows = await graph.rows(read, Backed, startups=startups, roles=labels, day=day)
    cohorts = sorted({key for row in rows for key in row.cohorts})
    read = statement("introductions/cohorts")
    crews = await graph.rows(read, Crew, cohorts=cohorts, roles=labels, day=day)
    return {row.startup: row for row in rows}, {row.cohort: row.crew for row in crews}


def backing(
    network: IntroductionNetwork, found: Backed, crews: dict[str, list[str]]
) -> Backing:
    """The first step of a start-up to each of its backers.

    CLOSED people are on no path, nor is a start-up that is not active that day.
    """
    startup = network.place(found.startup)
    if startup is None or network.manners.closed[startup]:
        return Backing(np.zeros(0, np.int32), np.zeros(0), frozenset())
    direct = network.places(found.direct)
    near = network.places(key for cohort in found.cohorts for key in crews[cohort])
    both = np.union1d(direct, near)
    backers = both[~network.manners.closed[both] & (both != startup)].astype(np.int32)
    success = steps_to(network, startup, backers)
    cohort = ~np.isin(backers, direct)
    at_least = COHORT * network.manners.willing[backers]
    success = np.where(cohort, np.maximum(success, at_least), success)
    return Backing(backers, success, frozenset(backers[cohort].tolist()))


def steps_to(
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
    found: Floats = row[targets]
    return found


def renewed_steps(network: IntroductionNetwork, startup: str, own: Backing) -> Floats:
    """The first step to each backer after a contact; 0 where that raises nothing."""
    place = network.place(startup)
    if place is None:
        return np.zeros(len(own.backers))
    found = steps_to(network, place, own.backers, network.renewals.success)
    return np.where(found > own.success, found, 0.0)


async def needed(
    graph: Graph, startups: list[str], needs: list[str] | None, day: date
) -> dict[str, Needed]:
    """By start-up; its own NEEDS where none are given."""
    read = statement("introductions/needs")
    rows = await graph.rows(read, Needed, startups=startups, needs=needs, day=day)
    return {row.startup: row for row in rows}


async def partners(
    graph: Graph, network: IntroductionNetwork, capabilities: list[str], day: date
) -> dict[str, Int32s]:
    """Who has each capability, by place; those that nobody has as empty arrays."""
    read = statement("introductions/partners")
    rows = await graph.rows(read, Able, capabilities=capabilities, day=day)
    return {
        row.capability: await asyncio.to_thread(network.places, row.holders)
        for row in rows
    }


def question(
    network: IntroductionNetwork, startup: str, own: Backing, able: Int32s, hops: int
) -> Question:
    """One need of one start-up, ready to be searched."""
    # Without a place it has no backers, and whose place it is does not matter.
    place = network.place(startup) or 0
    return Question(network.routes, place, own.backers, own.success, able, hops)
