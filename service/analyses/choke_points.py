"""Choke points of a portfolio: who stands on every path of how many of its needs."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from service.algorithms.choke_points import Pages, choke_points
from service.algorithms.csr import Int32s
from service.algorithms.routes import MOST_HOPS
from service.analyses.introductions.network import IntroductionNetwork
from service.analyses.introductions.startups import (
    Backed,
    Needed,
    backed,
    backing,
    needed,
    partners,
    question,
)
from service.graph import Graph
from service.vocabulary.enums import MemberRole


@dataclass(frozen=True)
class Pair:
    """A start-up and one of its needs."""

    startup: str
    capability: str
    partner: bool = False  # the choke point is the only partner there is to reach


@dataclass(frozen=True)
class ChokePoint:
    """A member, and the pairs all of whose paths pass it."""

    key: str
    pairs: list[Pair]


@dataclass(frozen=True)
class Portfolio:
    """By the number of their pairs descending, then key; pairs by start-up, need."""

    points: list[ChokePoint]
    reached: list[Pair]
    unreached: list[Pair]


@dataclass(frozen=True)
class Asked:
    """What the start-ups of a portfolio bring to the network."""

    network: IntroductionNetwork
    backed: dict[str, Backed]
    crews: dict[str, list[str]]
    needed: dict[str, Needed]
    able: dict[str, Int32s]
    hops: int


async def portfolio(
    graph: Graph,
    network: IntroductionNetwork,
    startups: list[str],
    needs: list[str] | None,
    roles: list[MemberRole],
    hops: int,
    day: date,
) -> Portfolio:
    found, crews = await backed(graph, startups, roles, day)
    wanted = await needed(graph, startups, needs, day)
    capabilities = sorted({key for row in wanted.values() for key in row.capabilities})
    able = await partners(graph, network, capabilities, day)
    return await asyncio.to_thread(
        chosen, Asked(network, found, crews, wanted, able, hops)
    )


def chosen(asked: Asked) -> Portfolio:
    """Every pair in turn, its choke points by a search with each of them left out."""
    network, pages, turn = asked.network, Pages.of(len(asked.network.keys)), 1
    points: dict[int, list[Pair]] = defaultdict(list)
    reached, unreached = [], []
    for startup in sorted(asked.needed):
        own = backing(network, asked.backed[startup], asked.crews)
        for capability in sorted(asked.needed[startup].capabilities):
            able = asked.able[capability]
            search = question(network, startup, own, able, asked.hops)
            found = choke_points(search, pages, turn)
            turn += MOST_HOPS + 1
            if found is None:
                unreached.append(Pair(startup, capability))
                continue
            reached.append(Pair(startup, capability))
            for place in found:
                pair = Pair(startup, capability, bool(search.goal[place]))
                points[place].append(pair)
    ranked = sorted(points, key=lambda place: (-len(points[place]), place))
    return Portfolio(
        [ChokePoint(network.keys[place], points[place]) for place in ranked],
        reached,
        unreached,
    )
