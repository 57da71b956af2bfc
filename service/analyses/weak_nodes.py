"""All members as seeds: which of them, if weak, would hurt the network most?"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from service.algorithms.cascade_arrays import Totals
from service.algorithms.csr import Int32s
from service.algorithms.weak_nodes import MOST_WORK_OF_ALL, weak_nodes
from service.analyses.cascades.rows import supply_web
from service.analyses.cascades.supply_web import SupplyWeb
from service.analyses.weak_node_impact import MODELS, ignored_groups
from service.networks.network import Networks
from service.networks.selection import Selection
from service.vocabulary.enums import CascadeModel, TieKind

log = logging.getLogger(__name__)
SECONDS_BETWEEN = 3  # two lines of progress


@dataclass(frozen=True)
class WeakNode:
    """What the weakness of one member does to all the others."""

    key: str
    total_loss: float = 0
    affected_count: int = 0
    customers_waiting: int = 0
    converged: bool = True


@dataclass(frozen=True)
class Question:
    """Among whom (None: everybody), when, how weak, by which model."""

    selection: Selection | None
    day: date
    operability: float
    model: CascadeModel


@dataclass(frozen=True)
class Ranking:
    """The totals of all with a dependent or a customer: nobody else hurts others."""

    question: Question
    among: SupplyWeb
    seeds: Int32s
    totals: Totals
    read_at: float

    @property
    def byte_count(self) -> int:
        return 40 * len(self.seeds) + self.among.byte_count

    @cached_property
    def hurting(self) -> list[int]:
        """Places of the seeds that hurt somebody, the worst first."""
        loss, waiting = self.totals.loss.round(9), self.totals.waiting
        order = np.lexsort((self.seeds, -waiting, -loss))
        kept: list[int] = order[(loss[order] > 0) | (waiting[order] > 0)].tolist()
        return kept

    def node(self, place: int) -> WeakNode:
        member, of = int(self.seeds[place]), self.totals
        return WeakNode(
            self.among.keys[member],
            float(of.loss[place]),
            int(of.affected[place]),
            int(of.waiting[place]),
            bool(of.converged[place]),
        )

    @property
    def warnings(self) -> list[str]:
        of = self.totals
        found = ignored_groups(self.question.model, self.among)
        unknown = np.isnan(self.among.recovery_days[self.seeds[self.hurting]]).sum()
        if unknown:
            found.append(
                f"recoveryDays are unknown for {unknown} of {len(self.hurting)} members"
                " that hurt others: all customers that may wait for them are counted."
            )
        slow = int((of.done & ~of.converged).sum())
        if slow:
            found.append(f"Not converged for {slow} members: they hurt more than told.")
        if not of.done.all():
            found.append(
                f"Stopped after {MOST_WORK_OF_ALL:,} entries, the limit:"
                f" {of.done.sum():,} of {len(of.done):,} members are ranked, those with"
                " most dependents. Narrow the network."
            )
        return found


async def ranking(networks: Networks, question: Question) -> Ranking:
    """Kept until somebody writes; one works it out, and others wait for it."""

    async def work() -> Ranking:
        among = await supply_web(networks, question.day)
        if question.selection is not None:
            members = await networks.members(question.selection)
            among = await asyncio.to_thread(among.within, members.keys)
        return await asyncio.to_thread(rank, question, among)

    return await networks.snapshots.get(("weak nodes", question), work)


def rank(question: Question, among: SupplyWeb) -> Ranking:
    d = among.dependencies
    dependents = np.diff(d.dependent_start)
    able = (dependents > 0) & among.active
    able[among.supplies.supplier] = among.active[among.supplies.supplier]
    seeds = np.flatnonzero(able).astype(np.int32)
    # Those with most dependents first: what the work does not last for matters least.
    seeds = seeds[np.argsort(-dependents[seeds], kind="stable")]
    lost = 1 - question.operability
    totals = weak_nodes(
        d,
        among.customers,
        seeds,
        among.recovery_days[seeds] * lost,
        lost,
        MODELS[question.model],
        told=progress(),
    )
    return Ranking(question, among, seeds, totals, among.read_at)


def progress() -> Callable[[int, int], None]:
    """A line in the log every few seconds."""
    said = time.monotonic()

    def told(done: int, of: int) -> None:
        nonlocal said
        if time.monotonic() - said >= SECONDS_BETWEEN:
            said = time.monotonic()
            log.info("weakNodes: %d of %d members", done, of)

    return told


async def first(networks: Networks, found: Ranking, count: int) -> list[WeakNode]:
    """Those that hurt others most; then, by key, those that hurt nobody."""
    hurting = found.hurting
    nodes = [found.node(place) for place in hurting[:count]]
    if len(nodes) == count:
        return nodes
    left_out = {node.key for node in nodes}
    left_out |= {found.among.keys[i] for i in found.seeds[~found.totals.done]}
    rest = sorted(set(await members(networks, found)) - left_out)
    return nodes + [WeakNode(key) for key in rest[: count - len(nodes)]]


async def members(networks: Networks, found: Ranking) -> list[str]:
    """The members of the network: all of them, or those with a dependency."""
    asked = found.question.selection
    if asked is not None and not asked.isolates:
        d = found.among.dependencies
        tied = d.dependents | (np.diff(d.dependent_start) > 0)
        return [found.among.keys[i] for i in np.flatnonzero(tied)]
    everybody = Selection(ties=(TieKind.DEPENDENCY,), day=found.question.day)
    return (await networks.members(asked or everybody)).keys
