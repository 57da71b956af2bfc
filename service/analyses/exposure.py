"""Whom a start-up can reach, and whom only through its incubator or accelerator."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import date

import numpy as np

from service.algorithms.csr import Floats, Int32s
from service.algorithms.routes import Question, Routes
from service.algorithms.spread import Reach, reach
from service.analyses.introductions.network import IntroductionNetwork
from service.analyses.introductions.startups import Backing, backed, backing
from service.graph import Graph
from service.vocabulary.enums import MemberRole

HELPERS = [MemberRole.INCUBATOR, MemberRole.ACCELERATOR]
NOBODY = np.zeros(0, dtype=np.int32)


@dataclass(frozen=True)
class Exposed:
    """One member within reach, with the best path to it."""

    key: str
    path: list[str]
    success: float
    added: bool  # only through the incubator or accelerator


@dataclass(frozen=True)
class Exposure:
    helpers: list[str]
    cohorts: list[str]
    members: list[Exposed]  # by success descending, fewer hops, key


async def exposure(
    graph: Graph,
    network: IntroductionNetwork,
    startup: str,
    targets: list[str],
    hops: int,
    day: date,
) -> Exposure:
    """Who of `targets` is within so many hops, with and without its helpers."""
    found, crews = await backed(graph, [startup], None, day)
    helping, helpers_of = await backed(graph, [startup], HELPERS, day)
    own = backing(network, found[startup], crews)
    helpers = backing(network, helping[startup], helpers_of).backers
    cohorts = found[startup].cohorts
    members = await asyncio.to_thread(
        reached, network, startup, own, helpers, cohorts, targets, hops
    )
    keys = [network.keys[i] for i in helpers.tolist()]
    return Exposure(keys, cohorts, members)


def reached(
    network: IntroductionNetwork,
    startup: str,
    own: Backing,
    helpers: Int32s,
    cohorts: list[str],
    targets: list[str],
    hops: int,
) -> list[Exposed]:
    place = network.place(startup)
    if place is None or network.manners.closed[place]:
        return []
    nobody = np.zeros(len(network.keys), dtype=np.bool_)
    with_all = asked(network.routes, place, own, hops)
    near = reach(with_all, nobody)
    left_out = nobody.copy()
    left_out[helpers] = True
    alone = asked(network.without(cohorts), place, None, hops)
    far = reach(alone, left_out)
    places = np.intersect1d(network.places(targets), near.members).tolist()
    found = [one(network, with_all, near, far, member) for member in places]
    return sorted(
        found, key=lambda one: (-round(one.success, 12), len(one.path), one.key)
    )


def asked(routes: Routes, startup: int, own: Backing | None, hops: int) -> Question:
    """First to anybody whom a tie joins with the start-up, and to its cohorts."""
    begin, end = routes.steps.start[startup : startup + 2]
    first, success = routes.steps.target[begin:end], routes.steps.weight[begin:end]
    if own is not None:
        first, success = joined(first, success, own)
    return Question(routes, startup, first, success, NOBODY, hops)


def joined(first: Int32s, success: Floats, own: Backing) -> tuple[Int32s, Floats]:
    """Each member once, with the likelier of its two first steps."""
    both = np.union1d(first, own.backers).astype(np.int32)
    chance = np.zeros(len(both))
    chance[np.searchsorted(both, first)] = success
    at = np.searchsorted(both, own.backers)
    chance[at] = np.maximum(chance[at], own.success)
    return both, chance


def one(
    network: IntroductionNetwork,
    asked: Question,
    near: Reach,
    far: Reach,
    member: int,
) -> Exposed:
    path = near.path(member)
    keys = [network.keys[i] for i in path]
    return Exposed(
        network.keys[member], keys, asked.chance(path), bool(far.label[member] < 0)
    )
