"""Which members, if weak, would hurt the network most?"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import numpy as np

from service.algorithms.cascade_arrays import Totals
from service.algorithms.csr import Int32s
from service.algorithms.weak_nodes import MOST_WORK_OF_ALL, weak_nodes
from service.analyses.cascades.gaps import no_dependency, unstated_strengths
from service.analyses.cascades.rows import supply_web
from service.analyses.cascades.supply_web import SupplyWeb
from service.analyses.weak_node_impact import MODELS, ignored_groups
from service.computation.pool import in_thread
from service.computation.sharing import LazyResults
from service.networks.network import KEY_BYTES, Networks
from service.networks.selection import Selection
from service.vocabulary.enums import CascadeModel, TieKind

log = logging.getLogger(__name__)
SECONDS_BETWEEN = 3  # two lines of progress


@dataclass(frozen=True)
class WeakNodeResult:
    """What the weakness of one member does to all the others."""

    key: str
    total_loss: float = 0
    affected_count: int = 0
    customers_waiting: int = 0
    converged: bool = True


@dataclass(frozen=True)
class WeakNodesQuestion:
    """Among whom (None: everybody), when, how weak, by which model."""

    selection: Selection | None
    day: date
    operability: float
    model: CascadeModel


@dataclass(frozen=True)
class WeakNodesAnalysis:
    """The totals of all members with a dependent or a customer; others hurt no
    member."""

    question: WeakNodesQuestion
    among: SupplyWeb
    seeds: Int32s
    totals: Totals
    read_at: float
    _results: LazyResults = field(default_factory=LazyResults)

    @property
    def byte_count(self) -> int:
        keys = KEY_BYTES * len(self.among.keys)  # in the order of the ranking
        return 40 * len(self.seeds) + self.among.byte_count + keys

    async def ranked(self, networks: Networks) -> RankedNodes:
        """All members that were examined, computed once."""

        async def rank() -> RankedNodes:
            members = await member_keys(networks, self)
            harmless = await in_thread(harmless_keys, self, members)
            return RankedNodes(self, harmless)

        return await self._results.result("ranked", rank)

    @cached_property
    def hurting(self) -> list[int]:
        """Indices of the seeds that hurt other members, the worst first."""
        loss, waiting = self.totals.loss.round(9), self.totals.waiting
        order = np.lexsort((self.seeds, -waiting, -loss))
        hurting: list[int] = order[(loss[order] > 0) | (waiting[order] > 0)].tolist()
        return hurting

    def node(self, index: int) -> WeakNodeResult:
        member, of = int(self.seeds[index]), self.totals
        return WeakNodeResult(
            self.among.keys[member],
            float(of.loss[index]),
            int(of.affected[index]),
            int(of.waiting[index]),
            bool(of.converged[index]),
        )

    @property
    def warnings(self) -> list[str]:
        of, question = self.totals, self.question
        is_part = question.selection is not None
        warnings = no_dependency(self.among, question.day, is_part)
        warnings += unstated_strengths(self.among.unstated.shape[1])
        warnings += ignored_groups(question.model, self.among)
        unknown = np.isnan(self.among.recovery_days[self.seeds[self.hurting]]).sum()
        if unknown:
            warnings.append(
                f"{unknown} of {len(self.hurting)} members that hurt others have no"
                f" recoveryDays: all customers that may wait for them are counted."
            )
        slow = int((of.done & ~of.converged).sum())
        if slow:
            warnings.append(
                "Members that may hurt others more than shown, because their cascades"
                f" did not converge: {slow}."
            )
        if not of.done.all():
            warnings.append(
                f"Stopped after {MOST_WORK_OF_ALL:,} entries, the limit:"
                f" {of.done.sum():,} of {len(of.done):,} members are ranked, those with"
                " most dependents. Narrow the network."
            )
        return warnings


@dataclass(frozen=True)
class RankedNodes:
    """Members that hurt others, the worst first; then the other members, by key."""

    analysis: WeakNodesAnalysis
    harmless: list[str]

    def __len__(self) -> int:
        return len(self.analysis.hurting) + len(self.harmless)

    def __getitem__(self, part: slice) -> list[WeakNodeResult]:
        count, analysis = len(self.analysis.hurting), self.analysis
        start, stop, _ = part.indices(len(self))
        nodes = [analysis.node(index) for index in analysis.hurting[start:stop]]
        keys = self.harmless[max(start - count, 0) : max(stop - count, 0)]
        return nodes + [WeakNodeResult(key) for key in keys]


async def weak_nodes_analysis(
    networks: Networks, question: WeakNodesQuestion
) -> WeakNodesAnalysis:
    """Cached until the next write; requests for the same ranking wait for one."""

    async def work() -> WeakNodesAnalysis:
        among = await supply_web(networks, question.day)
        if question.selection is not None:
            members = await networks.members(question.selection)
            among = await in_thread(among.within, members.keys)
        return await in_thread(rank_seeds, question, among)

    return await networks.snapshots.get(("weak nodes", question), work)


def rank_seeds(question: WeakNodesQuestion, among: SupplyWeb) -> WeakNodesAnalysis:
    d = among.dependencies
    dependents = np.diff(d.dependent_start)
    able = (dependents > 0) & among.active
    able[among.supplies.supplier] = among.active[among.supplies.supplier]
    seeds = np.flatnonzero(able).astype(np.int32)
    # Most dependents first: what the limit of work cuts off matters least.
    seeds = seeds[np.argsort(-dependents[seeds], kind="stable")]
    lost = 1 - question.operability
    totals = weak_nodes(
        d,
        among.customers,
        seeds,
        among.recovery_days[seeds] * lost,
        lost,
        MODELS[question.model],
        progress=progress_log(),
    )
    return WeakNodesAnalysis(question, among, seeds, totals, among.read_at)


def progress_log() -> Callable[[int, int], None]:
    """A line in the log every few seconds."""
    logged_at = time.monotonic()

    def progress(done: int, total: int) -> None:
        nonlocal logged_at
        if time.monotonic() - logged_at >= SECONDS_BETWEEN:
            logged_at = time.monotonic()
            log.info("weakNodes: %d of %d members", done, total)

    return progress


def harmless_keys(analysis: WeakNodesAnalysis, members: list[str]) -> list[str]:
    """The members that hurt no other, by key; not those whose cascade was not run."""
    keys, seeds = analysis.among.keys, analysis.seeds
    left_out = {keys[i] for i in seeds[analysis.hurting]}
    left_out |= {keys[i] for i in seeds[~analysis.totals.done]}
    return sorted(set(members) - left_out)


async def member_keys(networks: Networks, analysis: WeakNodesAnalysis) -> list[str]:
    """The members of the network: all of them, or those with a dependency."""
    selection = analysis.question.selection
    if selection is not None and not selection.isolates:
        d = analysis.among.dependencies
        tied = d.dependents | (np.diff(d.dependent_start) > 0)
        return [analysis.among.keys[i] for i in np.flatnonzero(tied)]
    everybody = Selection(ties=(TieKind.DEPENDENCY,), day=analysis.question.day)
    return (await networks.members(selection or everybody)).keys
