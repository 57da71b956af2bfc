"""Whom a start-up can reach, and whom only through its incubator or accelerator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.csr import Floats, Int32s
from service.algorithms.routes import RouteQuestion, Routes
from service.algorithms.spread import Reachability, reach
from service.analyses.introductions.network import IntroductionNetwork
from service.analyses.introductions.startups import Backing, backing, read_backers
from service.graph import Graph
from service.vocabulary.enums import MemberRole

HELPERS = [MemberRole.INCUBATOR, MemberRole.ACCELERATOR]
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
    helpers: list[str]
    cohorts: list[str]
    members: list[ExposedMemberResult]  # by success descending, fewer hops, key


async def exposure_analysis(
    graph: Graph,
    network: IntroductionNetwork,
    startup: str,
    targets: list[str],
    hops: int,
    day: date,
) -> ExposureAnalysis:
    """The `targets` within a number of hops, with and without the helpers."""
    rows, members = await read_backers(graph, [startup], None, day)
    helper_rows, helper_members = await read_backers(graph, [startup], HELPERS, day)
    own = backing(network, rows[startup], members)
    helpers = backing(network, helper_rows[startup], helper_members).backers
    cohorts = rows[startup].cohorts
    exposed = await asyncio.to_thread(
        exposed_members, network, startup, own, helpers, cohorts, targets, hops
    )
    keys = [network.keys[i] for i in helpers.tolist()]
    return ExposureAnalysis(keys, cohorts, exposed)


def exposed_members(
    network: IntroductionNetwork,
    startup: str,
    own: Backing,
    helpers: Int32s,
    cohorts: list[str],
    targets: list[str],
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
