"""The most likely paths from one member to others, and the distances."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from service.algorithms.routes import MOST_HOPS
from service.algorithms.spread import Reachability, reach
from service.analyses.exposure import spread_question
from service.analyses.introductions.network import IntroductionNetwork

HOPS = 4


@dataclass(frozen=True)
class IntroductionWay:
    """The most likely path to a member, without the member that asks."""

    key: str
    path: list[str]
    success: float


class IntroductionWays:
    """What one member reaches within some hops, and the distances to all others."""

    def __init__(self, network: IntroductionNetwork, member: str) -> None:
        self.network, self.start = network, network.index(member)
        self.near: Reachability | None = None
        if self.start is None or network.manners.closed[self.start]:
            return
        nobody = np.zeros(len(network.keys), dtype=np.bool_)
        self.question = spread_question(network.routes, self.start, None, HOPS)
        self.near = reach(self.question, nobody)
        far = spread_question(network.routes.certain, self.start, None, MOST_HOPS)
        self.far = reach(far, nobody)

    def way(self, key: str) -> IntroductionWay | None:
        index = self.network.index(key)
        if self.near is None or index is None or self.near.label[index] < 0:
            return None
        path = self.near.path(index)
        keys = [self.network.keys[i] for i in path]
        return IntroductionWay(key, keys, self.question.chance(path))

    def best(self, keys: Iterable[str]) -> IntroductionWay | None:
        """The most likely; then fewer hops, then key."""
        ways = [way for key in keys if (way := self.way(key))]
        return min(
            ways,
            key=lambda w: (-round(w.success, 12), len(w.path), w.key),
            default=None,
        )

    def distance(self, keys: Iterable[str]) -> int | None:
        """Hops to the nearest of these, at most 8."""
        indices = [self.network.index(key) for key in keys]
        if self.near is None:
            return None
        hops = [
            len(self.far.path(index))
            for index in indices
            if index is not None and self.far.label[index] >= 0
        ]
        return min(hops, default=None)
